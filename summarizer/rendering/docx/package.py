"""The Word file around a briefing: template, styles, footnotes, properties. The only module that writes with python-docx.

python-docx has no footnotes, so these are a part of their own, put into the package by its `opc` layer.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, register_namespace, tostring
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from summarizer.errors import UsageError
from summarizer.rendering.controls import fit_for_xml, on_one_line
from summarizer.rendering.docx.blocks import W

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST_PROPERTY = 255
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_A4 = (11906, 16838)  # twentieths of a point, as all that follows
_MARGIN = 1134
_PT = 12700  # in the units of python-docx
_LOOKS = frozenset({"styles", "numbering", "settings", "webSettings", "theme", "fontTable", "header", "footer"})
"""Kinds of what hangs on a document that make its looks."""
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # that a zip can hold
_TABLE_STYLE = f"""
<w:style xmlns:w="{W}" w:type="table" w:customStyle="1" w:styleId="BriefingTable">
  <w:name w:val="Briefing Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="20"/></w:rPr>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="4" w:color="7F7F7F"/><w:bottom w:val="single" w:sz="4" w:color="7F7F7F"/>
    <w:insideH w:val="single" w:sz="4" w:color="BFBFBF"/>
  </w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E7EBF0"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document says of itself."""

    title: str
    subject: str
    comments: str
    created: str
    language: str


class WordFile:
    """A document to be filled: the template of a house, emptied of its text, or a plain one."""

    def __init__(self, template: Path | None) -> None:
        """Raises UsageError for a template that is no Word document, and where python-docx is not installed."""
        self._document = _opened(template)
        self._document.element.body.get_or_add_sectPr()
        if template is None:
            self._lay_out()
        self._make_styles()
        self._drop_text()

    def style(self, name: str) -> str:
        """The id of the style that Word shows under this English name, which some programs write with capitals."""
        return str(self._style(name).style_id)

    @property
    def width(self) -> int:
        """From margin to margin, in twentieths of a point."""
        section = self._document.sections[-1]
        sizes = (section.page_width, section.left_margin, section.right_margin)
        page, left, right = (int(size or 0) * 20 // _PT for size in sizes)
        return page - left - right if page else _A4[0] - 2 * _MARGIN

    def filled(self, body: Iterable[Element], *, notes: Iterable[Element], properties: Properties) -> bytes:
        """The file, with these blocks for its text and these footnotes."""
        from docx.oxml import parse_xml

        whole = Element(f"{{{W}}}body")
        whole.extend(body)
        place = self._document.element.body
        for number, block in enumerate(list(parse_xml(_xml(whole)))):
            place.insert(number, block)  # before what says how the page is laid out, which stays the last
        self._put_notes(notes)
        self._say_of_itself(properties)
        written = BytesIO()
        self._document.save(written)
        return _without_times(written)

    def _lay_out(self) -> None:
        from docx.shared import Twips

        section = self._document.sections[0]
        section.page_width, section.page_height = Twips(_A4[0]), Twips(_A4[1])
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(_MARGIN)

    def _make_styles(self) -> None:
        """Those that a template may lack; what it has of them stays."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml import parse_xml
        from docx.shared import Pt

        styles = self._document.styles
        for name in ("Title", "Subtitle", "Heading 1", "List Bullet"):
            if self._style(name) is None:
                styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if self._style("footnote text") is None:
            style: Any = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)  # Any: a style of some type
            style.font.size = Pt(9)
            style.paragraph_format.space_after = Pt(2)
        if self._style("footnote reference") is None:
            style = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
            style.font.superscript = True
        if self._style("Briefing Table") is None:
            styles.element.append(parse_xml(_TABLE_STYLE))

    def _style(self, name: str) -> Any:  # Any: a style of some type, or None
        return next((style for style in self._document.styles if (style.name or "").casefold() == name.casefold()), None)

    def _drop_text(self) -> None:
        """What says something in a template: its text, notes, comments, and what hangs on them. Its looks stay."""
        for element in list(self._document.element.body):
            if not element.tag.endswith("}sectPr"):
                self._document.element.body.remove(element)
        relations = self._document.part.rels
        for id in [id for id, relation in relations.items() if relation.reltype.rpartition("/")[2] not in _LOOKS]:
            del relations[id]
        settings = self._document.settings.element
        for element in [
            each for each in settings if each.tag.endswith(("}footnotePr", "}endnotePr", "}attachedTemplate", "}mailMerge"))
        ]:
            settings.remove(element)  # notes that are gone, and a file that Word would fetch
        for relation in relations.values():
            if relation.reltype.endswith("/settings"):
                for id in list(relation.target_part.rels):
                    del relation.target_part.rels[id]

    def _put_notes(self, notes: Iterable[Element]) -> None:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        part = self._document.part
        root = Element(f"{{{W}}}footnotes")
        root.extend(notes)
        written = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, _xml(root), part.package)
        part.relate_to(written, RELATIONSHIP_TYPE.FOOTNOTES)

    def _say_of_itself(self, properties: Properties) -> None:
        core = self._document.core_properties
        core.title, core.subject = _property(properties.title), _property(properties.subject)
        core.comments = _property(properties.comments)
        core.author = core.last_modified_by = "summarizer"
        core.language = properties.language
        core.keywords = core.category = core.content_status = ""
        core.revision = 1
        core.created = core.modified = _moment(properties.created)


def _opened(template: Path | None) -> Document:
    try:
        import docx
    except ModuleNotFoundError as error:
        raise UsageError("a Word document is written by python-docx: pip install 'summarizer[docx]'") from error
    try:
        return docx.Document(None if template is None else os.fspath(template))
    except Exception as error:  # python-docx, zipfile and lxml raise what they like at what is no Word file
        raise UsageError(
            f"{os.fspath(template or '')!r} cannot be the template of a Word document ({type(error).__name__}):"
            " name a file that Word or LibreOffice saved as DOCX"
        ) from error


def _without_times(file: BytesIO) -> bytes:
    """The same file without the time at which each of its parts was written: the same briefing is the same bytes."""
    written = BytesIO()
    with ZipFile(file) as parts, ZipFile(written, "w", ZIP_DEFLATED) as kept:
        for part in parts.infolist():
            timeless = ZipInfo(part.filename, _FIRST_MOMENT)
            timeless.compress_type = ZIP_DEFLATED
            kept.writestr(timeless, parts.read(part))
    return written.getvalue()


def _xml(element: Element) -> bytes:
    register_namespace("w", W)
    return bytes(tostring(element, encoding="utf-8", xml_declaration=True))


def _property(text: str) -> str:
    shown = fit_for_xml(on_one_line(text))
    return shown if len(shown) <= _LONGEST_PROPERTY else f"{shown[: _LONGEST_PROPERTY - 1]}…"


def _moment(created: str) -> datetime:
    """In UTC, as Word has it; for what is no moment, the first that Word knows."""
    try:
        return datetime.fromisoformat(created).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1)


STYLES: Mapping[str, str] = {
    "title": "Title",
    "subtitle": "Subtitle",
    "heading": "Heading 1",
    "bullet": "List Bullet",
    "note": "footnote text",
    "note_mark": "footnote reference",
    "table": "Briefing Table",
}
"""What a template can set: the styles, by the English names under which Word shows them."""
