"""A PDF file, opened: its pages, and what it says of itself. The only module that knows pypdf."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from summarizer.reading.content import Unreadable, missing

if TYPE_CHECKING:
    from pypdf import PdfReader

_SAVE_ANEW = "get it anew, or open it in a PDF viewer and print it to a new PDF"
_NO_TITLE = re.compile(r"microsoft word - .*|untitled.*|.*\.(?:docx?|pdf|indd|rtf|odt|qxd)|\W*", re.IGNORECASE)
_END = re.compile(rb"%%EOF")
_CATALOG = re.compile(rb"(\d{1,9} \d{1,5}) obj\s{0,9}<<[^<>]{0,999}/Type\s{0,9}/Catalog\b")
_END_OF_OBJECT = b"endobj"
_TAIL = 2_048  # bytes in which the mark of the end stands, also where a mail server added a line
_MOST_COMPLAINTS = 3


@dataclass(slots=True)
class OpenFile:
    """A PDF file while it is open. `promised` is the number of pages that it says it has.

    `warnings` are of losses, `attached` the names of the files in it; `complaints` what pypdf found odd so far: not every
    oddity costs text.
    """

    pages: Sequence[object]
    promised: int
    title: str | None
    published: str | None
    language: str | None
    warnings: tuple[str, ...]
    attached: tuple[str, ...] = ()
    _complaints: list[str] = field(default_factory=list)  # pypdf goes on adding to it

    @property
    def complaints(self) -> tuple[str, ...]:
        """What pypdf found odd, each once, the first few."""
        found = tuple(dict.fromkeys(self._complaints))[:_MOST_COMPLAINTS]
        return tuple(f"The PDF is odd, and some of its text may be wrong or lost: {words}." for words in found)


@contextmanager
def opened(data: bytes) -> Iterator[OpenFile]:
    """The PDF in these bytes; `Unreadable` for one that is damaged beyond its pages, or that wants a password."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise missing("a PDF", "pdf") from error
    with _listening() as complaints:
        try:
            reader = PdfReader(BytesIO(_mended(data) if _is_cut(data) else data))
            _require_no_password(reader)
            file = _described(reader, data, complaints)
            complaints.clear()  # a table that pypdf had to make anew costs no text
        except DependencyError as error:
            raise missing("an encrypted PDF", "pdf") from error
        except NotImplementedError as error:
            raise Unreadable(
                "is a PDF that is encrypted in a way that is not known here", "save it without a password"
            ) from error
        except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, IndexError, OSError) as error:
            cut = "cut off" if _is_cut(data) else "damaged"
            raise Unreadable(f"is a PDF that is {cut} ({_line(error)})", _SAVE_ANEW) from error
        yield file


class _Listener(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, kept: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._kept = kept

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append(" ".join(record.getMessage().split()).rstrip("."))


@contextmanager
def _listening() -> Iterator[list[str]]:
    """What pypdf complains of meanwhile, instead of on standard error."""
    complaints: list[str] = []
    logger = logging.getLogger("pypdf")
    listener, propagate = _Listener(complaints), logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield complaints
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate


def _require_no_password(reader: PdfReader) -> None:
    """Let a PDF pass that anybody may open, also one that forbids to copy."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("is a PDF that needs a password", "save it without one")


def _described(reader: PdfReader, data: bytes, complaints: list[str]) -> OpenFile:
    """The open file."""
    pages = list(reader.pages)
    root = reader.root_object
    tree = root["/Pages"].get_object()
    count = tree.get("/Count") if isinstance(tree, dict) else None
    language = str(root.get("/Lang") or "")[:2].lower()
    cut = "The PDF is cut off at its end, and text may be lost: get it anew."
    return OpenFile(
        pages,
        count if isinstance(count, int) else 0,
        title=_title(reader),
        published=_date(reader),
        language=language if len(language) == 2 and language.isascii() and language.isalpha() else None,
        warnings=(cut,) if _is_cut(data) else (),
        attached=_attached(reader),
        _complaints=complaints,
    )


def _attached(reader: PdfReader) -> tuple[str, ...]:
    """The names of the files that are inside the file; none where it is too broken to say."""
    try:
        return tuple(reader.attachments)
    except Exception:  # noqa: BLE001  whatever pypdf raises at a broken table: the pages are read without it
        return ()


def _is_cut(data: bytes) -> bool:
    """Whether the mark of the end is missing."""
    return _END.search(data[-_TAIL:]) is None


def _mended(data: bytes) -> bytes:
    """A PDF whose end was cut off, with an end that lets pypdf look for what is left: a torn table would keep it from that."""
    catalog = _CATALOG.search(data)
    root = catalog[1].decode() if catalog else "1 0"
    whole, end, rest = data.rpartition(_END_OF_OBJECT)
    left = data if b"obj" in rest else whole + end
    return left + f"\nendobj\ntrailer << /Root {root} R >>\nstartxref\n0\n%%EOF\n".encode()


def _title(reader: PdfReader) -> str | None:
    """The title that the file gives, unless a program made it up from the name of another file."""
    title = str((reader.metadata and reader.metadata.title) or "").strip()
    return None if _NO_TITLE.fullmatch(title) else " ".join(title.split())


def _date(reader: PdfReader) -> str | None:
    """The day on which the file was made."""
    try:
        date = reader.metadata and reader.metadata.creation_date
    except ValueError:
        return None
    return date.date().isoformat() if date else None


def _line(error: Exception) -> str:
    """What an error says, in a line."""
    return " ".join(str(error).split()) or type(error).__name__
