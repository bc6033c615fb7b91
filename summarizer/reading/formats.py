"""What kind of source bytes are: told from the bytes, since names lie, and from the name where bytes do not tell.

Markdown is text like any other, so only its name tells; and a page that begins in its middle is HTML only by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Literal

from summarizer.reading.compression import GZIP
from summarizer.reading.content import Declared, Unreadable
from summarizer.reading.encodings import marked, wide

Kind = Literal["text", "markdown", "html", "pdf", "docx", "eml"]

TEXTS: frozenset[Kind] = frozenset({"text", "markdown", "html"})
"""Kinds whose bytes are in one encoding."""
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How archives begin: with a member, or, where they are empty, with their end."""
HEAD = 65_536
"""Bytes in which a signature may lie."""
_BEGINNING = 128
"""Bytes that are ASCII in whatever page, so that their NULs tell UTF-16."""

_SUFFIXES: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".eml": "eml",
}
_MEDIA_TYPES: dict[str | None, Kind] = {
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "message/rfc822": "eml",
}
_NAMES: dict[Kind, str] = {
    "text": "plain text",
    "markdown": "Markdown",
    "html": "a web page (HTML)",
    "pdf": "a PDF document",
    "docx": "a Word document (DOCX)",
    "eml": "an e-mail",
}

# The names of its members stand in an archive as they are, each after a NUL: of a length, an offset.
_ARCHIVES = (
    (re.compile(rb"\x00word/document\d*\.xml"), "a Word document (DOCX)"),
    (re.compile(rb"\x00xl/"), "an Excel workbook (XLSX)"),
    (re.compile(rb"\x00ppt/"), "a PowerPoint presentation (PPTX)"),
    (re.compile(rb"mimetypeapplication/vnd\.oasis"), "an OpenDocument file (ODF)"),
    (re.compile(rb"mimetypeapplication/epub"), "an e-book (EPUB)"),
)
_PARQUET = "a Parquet table"
_ADVICE = {_PARQUET: "it is a corpus, whose records `summarise` reads from a file"}
_OTHERS = (
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Office document (DOC, XLS or PPT)"),
    (re.compile(rb"\{\\rtf"), "a rich text document (RTF)"),
    (re.compile(rb"\x89PNG"), "a PNG image"),
    (re.compile(rb"\xff\xd8\xff"), "a JPEG image"),
    (re.compile(rb"GIF8[79]a"), "a GIF image"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "a TIFF image"),
    (re.compile(GZIP), "a gzip archive"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "a 7-Zip archive"),
    (re.compile(rb"PAR1"), _PARQUET),
    (re.compile(rb"\x7fELF|MZ.{58}[\x40-\xff]\x00\x00\x00", re.DOTALL), "a program"),
)
_PDF = re.compile(rb"\s*%PDF-")
_PDF_BEHIND_SOMETHING = re.compile(rb".{0,1023}?%PDF-\d", re.DOTALL)  # programs that show PDF look as far for it
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*>\s*+)?+(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.DOTALL | re.IGNORECASE,
)
_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*\"[^\"\n]*\"\s*:")  # also where records follow each other: those are read from files
_XML = re.compile(r"\s*<(?:\?xml\s|!doctype\s+(?!html)|(?:svg|rss|feed)[\s>])", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.IGNORECASE)

# An e-mail begins with header fields. People type some of them over a memorandum too; others only programs write.
_MAILBOX = re.compile(r"From \S[^\n]*\n")
_FIELDS = re.compile(r"(?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+(?=\r?\n|\Z)")
_TYPED = re.compile(r"^(?:from|subject|date|to)[ \t]*:", re.MULTILINE | re.IGNORECASE)
_WRITTEN_BY_PROGRAMS = re.compile(
    r"^(?:message-id|mime-version|received|return-path|delivered-to)[ \t]*:", re.MULTILINE | re.IGNORECASE
)


def kind_of(data: bytes, name: str, declared: Declared = Declared()) -> Kind:
    """The kind of source that these bytes are, as a whole or cut short; `name` is a file's, or what to call it.

    What they came with decides where they do not tell, before the name. Raises Unreadable for what is known to be of another
    kind than these.
    """
    head, named = data[:HEAD], _MEDIA_TYPES.get(declared.media_type) or _SUFFIXES.get(suffix(name))
    if _PDF.match(head) or (named == "pdf" and _PDF_BEHIND_SOMETHING.match(head)):
        return "pdf"
    other = _other(data, head)
    if other == _NAMES["docx"]:
        return "docx"
    if other:
        raise Unreadable(
            f"looks like {other}, which is not read", _ADVICE.get(other, "save it as text, HTML, PDF or DOCX first")
        )
    return _kind_of_text(_characters(head), named)


def misnamed(kind: Kind, name: str) -> Iterator[str]:
    """A warning where the name promises another kind than the bytes are."""
    named = _SUFFIXES.get(suffix(name))
    if named and named != kind:
        yield f"By its name it is {_NAMES[named]}, by its content {_NAMES[kind]}, and was read as that."


def suffix(name: str) -> str:
    """The end of a name that tells the kind of a file, in small letters: `.pdf` of `Report.PDF.gz`."""
    return PurePath(name.lower().removesuffix(".gz")).suffix


def _other(data: bytes, head: bytes) -> str | None:
    """A format that is no text."""
    if head.startswith(ZIP):
        return next((words for signature, words in _ARCHIVES if signature.search(data)), "a ZIP archive")
    return next((words for signature, words in _OTHERS if signature.match(head)), None)


def _kind_of_text(text: str, named: Kind | None) -> Kind:
    """Markdown goes by its name before all else: a page or an e-mail may be what it is about."""
    if named == "markdown":
        return "markdown"
    if _HTML.match(text) or (named == "html" and _TAG.search(text)):
        return "html"
    if _is_mail(text, named):
        return "eml"
    if _JSON.match(text):
        raise Unreadable(
            "looks like JSON, which is not read as text",
            "save its records as JSON Lines, one object a line, in a file (.jsonl)",
        )
    if _XML.match(text):
        raise Unreadable("looks like XML or SVG, whose marks are no text", "save it as text, HTML, PDF or DOCX first")
    return "text"


def _is_mail(text: str, named: Kind | None) -> bool:
    mailbox = _MAILBOX.match(text)
    fields = _FIELDS.match(text[mailbox.end() if mailbox else 0 :].replace("\r\n", "\n"))
    if fields is None or not _TYPED.search(fields[0]):
        return False
    return named == "eml" or bool(mailbox) or _WRITTEN_BY_PROGRAMS.search(fields[0]) is not None


def _characters(head: bytes) -> str:
    """The beginning of a text, as far as ASCII tells what it is."""
    mark, encoding = marked(head) or (b"", wide(head[:_BEGINNING]) or "latin-1")
    return head.removeprefix(mark).decode(encoding, "replace")
