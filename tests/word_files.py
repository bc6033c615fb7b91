"""Word files, written part by part: what Word writes, and what it never would."""

from __future__ import annotations

import zipfile
from io import BytesIO

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "q": "urn:example:unknown-to-word",
    }.items()
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN = f"{_WORD}.document.main+xml"
WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def run(words: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text becomes one."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def alternatives(*choices: tuple[str, str], otherwise: str) -> str:
    """Markup of which one is taken: what each choice requires and holds, and what there is for programs that know none."""
    each = "".join(f'<mc:Choice Requires="{required}">{inside}</mc:Choice>' for required, inside in choices)
    return f"<mc:AlternateContent>{each}<mc:Fallback>{otherwise}</mc:Fallback></mc:AlternateContent>"


def table(*rows: list[str], properties: str = "") -> str:
    """A table of cells, each what stands in it."""
    cells = ["".join(f"<w:tc><w:tcPr/>{each}</w:tc>" for each in row) for row in rows]
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>" + "".join(f"<w:tr>{each}</w:tr>" for each in cells) + "</w:tbl>"


def word_file(
    *body: str,
    styles: str = "",
    prolog: str = "",
    core: str = "",
    content_type: str = _MAIN,
    encoding: str = "utf-8",
    relations: dict[str, str] | None = None,
    **parts: str,
) -> bytes:
    """A Word file; `parts` stand in `footnotes`, `endnotes`, `header`, `footer`; `relations` are further targets by type."""
    named = {"styles": styles, **parts}
    tags = {"header": "hdr", "footer": "ftr"}
    members = {
        "word/document.xml": f"{prolog}<w:document {_NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
        **{f"word/{name}.xml": _part(tags.get(name, name), inside) for name, inside in named.items() if inside},
    }
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{name}+xml"/>' for name, inside in named.items() if inside
    )
    related = {name: f"{name}.xml" for name, inside in named.items() if inside} | (relations or {})
    if core:
        members["docProps/core.xml"] = _core(core)
        types += (
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        )
    members["word/_rels/document.xml.rels"] = _relations({name: (f"{_OFFICE}/{name}", to) for name, to in related.items()})
    members["_rels/.rels"] = _relations(
        {"main": (f"{_OFFICE}/officeDocument", "word/document.xml")} | ({"core": (_CORE, "docProps/core.xml")} if core else {})
    )
    members["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="bin" ContentType="application/octet-stream"/>'
        f'<Override PartName="/word/document.xml" ContentType="{content_type}"/>{types}</Types>'
    )
    return zipped({name: inside.encode(encoding) for name, inside in members.items()})


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inside in members.items():
            archive.writestr(name, inside)
    return stream.getvalue()


def _part(tag: str, inside: str) -> str:
    return f"<w:{tag} {_NAMESPACES}>{inside}</w:{tag}>"


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    inside = "".join(f'<Relationship Id="{name}" Type="{kind}" Target="{to}"/>' for name, (kind, to) in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def _core(inside: str) -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{inside}</cp:coreProperties>'
    )
