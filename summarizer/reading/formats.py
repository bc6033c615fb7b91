"""What bytes are: text in UTF-8, or something else that has to be named before anybody can convert it."""

from __future__ import annotations

import re

from summarizer.errors import SourceError

# First match wins: a Word file is a ZIP archive too, and the mark of UTF-32 starts like that of UTF-16.
_SIGNATURES = (
    (re.compile(rb"\s*%PDF-"), "a PDF document"),
    (re.compile(rb"PK\x03\x04.*?word/", re.DOTALL), "a Word document (DOCX)"),
    (re.compile(rb"PK\x03\x04.*?xl/", re.DOTALL), "an Excel workbook (XLSX)"),
    (re.compile(rb"PK\x03\x04.*?ppt/", re.DOTALL), "a PowerPoint presentation (PPTX)"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", re.DOTALL), "an OpenDocument file (ODF)"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub", re.DOTALL), "an e-book (EPUB)"),
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), "a ZIP archive"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Office document (DOC, XLS or PPT)"),
    (re.compile(rb"\{\\rtf"), "a rich text document (RTF)"),
    (re.compile(rb"\x89PNG"), "a PNG image"),
    (re.compile(rb"\xff\xd8\xff"), "a JPEG image"),
    (re.compile(rb"GIF8[79]a"), "a GIF image"),
    (re.compile(rb"II\*\x00|MM\x00\*"), "a TIFF image"),
    (re.compile(rb"\x1f\x8b"), "a gzip archive"),
    (re.compile(rb"7z\xbc\xaf\x27\x1c"), "a 7-Zip archive"),
    (re.compile(rb"\x7fELF|MZ.{58}[\x40-\xff]\x00\x00\x00", re.DOTALL), "a program"),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html[\s>])", re.DOTALL | re.IGNORECASE),
        "a web page (HTML)",
    ),
)
_WIDE_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_HEAD = 65_536  # bytes in which a signature may lie: an archive names its first members early


def require_text(data: bytes, name: str) -> None:
    """Let text pass, whole or cut short. What is in another format or encoding is a `SourceError` that says which."""
    looks_like = _other_format(data[:_HEAD])
    if looks_like:
        raise SourceError(f"{name!r} looks like {looks_like}, and only plain text is read so far: save it as text first.")
    wide = _wide_encoding(data)
    if wide:
        raise SourceError(f"{name!r} is text in {wide}, not UTF-8: convert it, for instance with iconv -f {wide} -t UTF-8.")
    if b"\0" in data:
        raise SourceError(
            f"{name!r} looks like binary data (a NUL byte at offset {data.index(0)}), and only plain text is read so far: "
            "save it as text in UTF-8 first."
        )


def decode(data: bytes, name: str) -> str:
    """The text of UTF-8 bytes, with its byte-order mark; a `SourceError` that says where it stops being UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name!r} is not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start}): if it is in another encoding, "
            "convert it, for instance with iconv -f WINDOWS-1252 -t UTF-8."
        ) from error


def _other_format(head: bytes) -> str | None:
    """The format that the first bytes give away, None for what may be text."""
    return next((words for signature, words in _SIGNATURES if signature.match(head)), None)


def _wide_encoding(data: bytes) -> str | None:
    """The encoding with two or four bytes to a character that a byte-order mark announces."""
    return next((encoding for mark, encoding in _WIDE_ENCODINGS if data.startswith(mark)), None)
