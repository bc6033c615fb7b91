"""The parts of a Word file that hold text. The only module that knows python-docx.

python-docx opens the package, follows its relationships and knows its properties. It is not asked for text: its paragraphs
leave out tracked insertions, text boxes and notes, show hidden text, and cut a run at an entity. So no part may declare
entities: Word writes no document type declaration, and reads none.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any
from xml.parsers import expat

from summarizer.reading.content import Unreadable, missing
from summarizer.reading.readers.docx.names import Element, W

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docx.package import Package

_MOST_UNPACKED = 400_000_000  # bytes, pictures and all
_CHUNK = 65_536
_SAVE_ANEW = "open it in Word or LibreOffice and save it anew as DOCX"
_NOT_READ = {
    "/aFChunk": "A document that is embedded in this one",
    "/chart": "A chart",
    "/comments": "A comment in the margin",
    "/diagramData": "A diagram (SmartArt)",
    "/oleObject": "An embedded object",
    "/package": "An embedded object",
    "/subDocument": "A document that belongs to this one",
}
_OUT_OF_MEMORY = {"unknown error", "out of memory"}  # how libxml2 says it
_WHITE = "FFFFFF"


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a Word file holds: XML elements, and what it says of itself.

    `notes` are the footnotes and endnotes, by the name of their kind and their id; `frames` the headers and footers, each
    with what it is. `unread` says what is there and is not read. `background` is the colour of the page.
    """

    body: Element
    styles: Element | None
    notes: dict[tuple[str, str], Element]
    frames: tuple[tuple[str, Element], ...]
    background: str
    unread: tuple[str, ...]
    title: str | None
    published: str | None
    language: str | None


def opened(data: bytes) -> WordFile:
    """The Word file in these bytes; `Unreadable` for one that is damaged, encrypted, a bomb or a trick."""
    try:
        from docx.package import Package
        from lxml.etree import XMLSyntaxError
    except ImportError as error:
        raise missing("a Word document", "docx") from error
    try:
        _require_plain_parts(data)
        package = Package.open(BytesIO(data))
        return _parts(package)
    except expat.ExpatError as error:
        raise Unreadable(f"is a damaged Word document ({error})", _SAVE_ANEW) from error
    except XMLSyntaxError as error:
        if error.msg in _OUT_OF_MEMORY:
            raise MemoryError from error
        is_deep = "depth" in (error.msg or "")
        how = "is nested too deeply" if is_deep else "is damaged, with XML that is broken, cut off or too large"
        raise Unreadable(f"is a Word document that {how}", _SAVE_ANEW) from error
    except zlib.error as error:
        raise Unreadable("is a damaged Word document (a part of it cannot be unpacked)", _SAVE_ANEW) from error
    except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError, ValueError) as error:
        raise Unreadable(f"is a damaged Word document ({_first_line(error)})", _SAVE_ANEW) from error


def _first_line(error: Exception) -> str:
    """What an error says, in a line."""
    return str(error.args[0] if error.args else type(error).__name__).partition("\n")[0]


def _require_plain_parts(data: bytes) -> None:
    """Let an archive pass that unpacks to a size one can hold, and whose XML declares no document type."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise Unreadable("is an encrypted Word document", "save it without a password")
        if sum(member.file_size for member in members) > _MOST_UNPACKED:
            raise Unreadable(
                f"is a Word document that unpacks to more than {_MOST_UNPACKED // 1_000_000} MB", "split it, or save it as text"
            )
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels")):
                with archive.open(member) as stream:
                    _require_no_declaration(stream)


def _declares_entities() -> Unreadable:
    return Unreadable("is a Word document whose XML declares entities, which Word never does", _SAVE_ANEW)


class _RootReachedError(Exception):
    """The root element has begun: behind it no document type can be declared."""


def _require_no_declaration(stream: IO[bytes]) -> None:
    """Let XML pass that declares no document type, in whatever encoding it is."""

    def refuse(*_: object) -> None:
        raise _declares_entities()

    def stop(*_: object) -> None:
        raise _RootReachedError

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk)
    except _RootReachedError:
        return


def _parts(package: Package) -> WordFile:
    """The parts of an open package."""
    main = package.main_document_part
    root = _root(main)
    if root.tag != f"{W}document":
        raise Unreadable("is no Word document, whatever its name", _SAVE_ANEW)
    body = root.find(f"{W}body")
    if body is None:
        raise Unreadable("is a Word document without text", _SAVE_ANEW)
    page = root.find(f"{W}background")
    styles = _related(main, "/styles")
    frames = ((kind, _root(part)) for kind in ("header", "footer") for part in _related(main, f"/{kind}"))
    return WordFile(
        body=body,
        styles=_root(styles[0]) if styles else None,
        notes=_notes(main),
        frames=tuple((f"a {kind}", frame) for kind, frame in frames),
        background=_WHITE if page is None else page.get(f"{W}color") or _WHITE,
        unread=_unread(main),
        **_properties(package),
    )


def _related(part: Part, ending: str) -> list[Part]:
    """The parts within the file that a part refers to in this role, in the order of their names."""
    related = (rel.target_part for rel in part.rels.values() if not rel.is_external and rel.reltype.endswith(ending))
    return sorted(related, key=lambda other: str(other.partname))


def _root(part: Part) -> Element:
    """The root element of a part without entities; one that python-docx did not parse, as with macros, is parsed here."""
    from docx.opc.part import XmlPart
    from docx.oxml.parser import parse_xml

    root = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
    if root.getroottree().docinfo.doctype:  # parts have any name, and any encoding that lxml knows: `expat` sees not all
        raise _declares_entities()
    return root


def _notes(main: Part) -> dict[tuple[str, str], Element]:
    """The footnotes and endnotes that are referred to; separators have ids too, and no text."""
    return {
        (kind, note.get(f"{W}id") or ""): note
        for kind in ("footnote", "endnote")
        for part in _related(main, f"/{kind}s")
        for note in _root(part)
    }


def _unread(main: Part) -> tuple[str, ...]:
    """A warning for each kind of thing with text in it that is there and is not read."""
    found = {words for rel in main.rels.values() for ending, words in _NOT_READ.items() if rel.reltype.endswith(ending)}
    if next(_root(main).iter(f"{W}altChunk"), None) is not None:  # also one that refers to nothing
        found.add(_NOT_READ["/aFChunk"])
    return tuple(f"{words} is not read: if its text matters, save the document as PDF." for words in sorted(found))


def _properties(package: Package) -> dict[str, Any]:
    """Title, date and language from the core properties, where the file has any: python-docx makes some up where not."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    if not any(rel.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES for rel in package.rels.values()):
        return {"title": None, "published": None, "language": None}
    _root(package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES))
    properties = package.core_properties
    # Of the two dates the last change comes closer to when it was published: the first is often that of a template.
    date = properties.modified or properties.created
    language = properties.language[:2].lower()
    return {
        "title": properties.title.strip() or None,
        "published": date.date().isoformat() if date else None,
        "language": language if len(language) == 2 and language.isascii() and language.isalpha() else None,
    }
