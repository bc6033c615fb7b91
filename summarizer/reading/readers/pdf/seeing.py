"""What one page says: the lines that it shows, and the words that it does not show.

pypdf tells the words of a page from the strings that are drawn on it, with the spaces between them. So that it tells what can
be seen and nothing else, what is hidden is taken out of its hands: the page is followed once to learn which strings are
hidden, then read without them, and once more, with nothing but them, to know what they say.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from summarizer.reading.readers.pdf.drawing import SHOWING, Drawing
from summarizer.reading.readers.pdf.geometry import Matrix, multiplied
from summarizer.reading.readers.pdf.lines import Line
from summarizer.reading.readers.pdf.objects import Found, dictionary, resolved, unresolved

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
)
_SHOWS_WORDS = re.compile(rb"[)>\]]\s*T[jJ]\b")
_PIECE = 2**20  # bytes
_BLANKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its lines, its hidden words, each with what hides them, and whether it shows pictures, and texts laid over it.

    `has_holes`: it refers to content that the file does not have, or that was damaged.
    """

    lines: tuple[Line, ...]
    hidden: tuple[tuple[str, str], ...]
    has_pictures: bool
    has_overlays: bool
    has_holes: bool


def read_page(page: Found) -> Page:
    """What a page of pypdf says."""
    _lend_resources(page)
    drawing = Drawing(page)
    lines = _Lines()
    page.extract_text(visitor_operand_before=drawing.before, visitor_operand_after=drawing.after, visitor_text=lines.add)
    ways = tuple(dict.fromkeys(how for how in drawing.hidden_by if how is not None))
    overlays = any(map(_is_overlay, _annotations(page)))
    holes = _has_holes(page) or _is_garbled(page)
    if not ways:
        return Page(lines.finished(), (), drawing.has_pictures, overlays, holes)
    seen = _read(page, [how is None for how in drawing.hidden_by])
    hidden = ((_words(_read(page, [each == how for each in drawing.hidden_by])), how) for how in ways)
    return Page(seen, tuple((words, how) for words, how in hidden if words), drawing.has_pictures, overlays, holes)


def _has_holes(page: Found) -> bool:
    """Whether content that the page refers to is missing: for pypdf such a page is blank, or shows the rest."""
    given = unresolved(page, "/Contents")
    content = resolved(given)
    parts = content if isinstance(content, list) else [given] if given is not None else []
    return any(hasattr(part, "idnum") and not hasattr(resolved(part), "get_data") for part in parts)


def _annotations(page: Found) -> list[Mapping[str, Found]]:
    """What is laid over a page."""
    there = resolved(dictionary(page).get("/Annots"))
    return [dictionary(each) for each in there] if isinstance(there, list) else []


def _is_overlay(annotation: Mapping[str, Found]) -> bool:
    """Whether this shows words on the page that are no part of its text: a note in its own box, a stamp, a filled-in field."""
    kind = resolved(annotation.get("/Subtype"))
    if kind in ("/Link", "/Popup", "/Text"):  # what opens elsewhere
        return False
    key = "/V" if kind == "/Widget" else "/Contents" if kind == "/FreeText" else ""
    said = resolved(annotation.get(key) or dictionary(annotation.get("/Parent")).get(key))
    words = said if isinstance(said, list) else [said]
    written = any(isinstance(word, str) and not word.startswith("/") and word.strip() for word in map(resolved, words))
    return written or _draws_words(resolved(dictionary(annotation.get("/AP")).get("/N")))


def _draws_words(appearance: Found) -> bool:
    """Whether how an annotation looks is drawn with words. Of a check box there is one look for each state, and no words."""
    return hasattr(appearance, "get_data") and _SHOWS_WORDS.search(appearance.get_data()) is not None


def _lend_resources(page: Found) -> None:
    """Give forms that name no fonts of their own those of their page, as readers of old files do; pypdf passes them over."""
    resources = next((key for key in page if key == "/Resources"), None)
    for form in dictionary(dictionary(page.get("/Resources")).get("/XObject")).values() if resources else ():
        drawn = resolved(form)
        if hasattr(drawn, "get_data") and drawn.get("/Subtype") == "/Form" and "/Resources" not in drawn:
            drawn[resources] = page.raw_get(resources)


def _is_garbled(page: Found) -> bool:
    """Whether what the page draws was damaged: its packing does not end as it should, and pypdf takes what it gets."""
    content = resolved(unresolved(page, "/Contents"))
    forms = dictionary(dictionary(page.get("/Resources")).get("/XObject")).values()
    streams = [*(content if isinstance(content, list) else [content]), *forms]
    return any(map(_is_damaged, map(resolved, streams)))


def _is_damaged(stream: Found) -> bool:
    packed = getattr(stream, "_data", None)
    if not isinstance(packed, bytes) or resolved(dictionary(stream).get("/Filter")) not in ("/FlateDecode", ["/FlateDecode"]):
        return False
    unpacking = zlib.decompressobj()
    try:
        while packed and not unpacking.eof:
            unpacking.decompress(packed, _PIECE)
            packed = unpacking.unconsumed_tail
    except zlib.error:
        return True
    return False


def _read(page: Found, is_kept: list[bool]) -> tuple[Line, ...]:
    """The lines of those strings that are kept."""
    lines = _Lines()
    page.extract_text(visitor_operand_before=_without(is_kept), visitor_text=lines.add)
    return lines.finished()


def _without(is_kept: list[bool]) -> Callable[[bytes, list[Found], Matrix, Matrix], None]:
    """A visitor that empties the strings that are not kept, before pypdf sees them."""
    kept = iter(is_kept)

    def empty(operator: bytes, operands: list[Found], *_: Matrix) -> None:
        if operator in SHOWING and not next(kept) and operands:
            operands[-1] = type(operands[-1])() if operator == b"TJ" else b""

    return empty


def _words(lines: tuple[Line, ...]) -> str:
    """Lines in one."""
    return " ".join(line.text for line in lines)


class _Lines:
    """Collects the pieces in which pypdf gives the text of a page, and where each line begins."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._open: Line | None = None

    def add(self, text: str, matrix: Matrix, text_matrix: Matrix, _font: Found, size: Found) -> None:
        """Take in a piece; a line break stands at its end, if at all."""
        for piece in text.splitlines(keepends=True):
            if piece.strip():
                where = multiplied(text_matrix, matrix)
                height = abs(size) * math.hypot(where[2], where[3])
                begun = self._open or Line("", where[4], where[5], height)
                # The last piece may stand higher, as the mark of a footnote does: the line is where it began.
                self._open = replace(begun, text=begun.text + piece, size=max(begun.size, height))
            elif self._open is not None:
                self._open = replace(self._open, text=self._open.text + piece)
            if piece.endswith("\n"):
                self._close()

    def _close(self) -> None:
        if self._open is not None:
            self._lines.append(replace(self._open, text=_clean(self._open.text)))
        self._open = None

    def finished(self) -> tuple[Line, ...]:
        """The lines that hold anything."""
        self._close()
        return tuple(line for line in self._lines if line.text)


def _clean(text: str) -> str:
    """A line with single spaces; ligatures as letters; U+FFFD for what no text can hold."""
    return _BLANKS.sub(" ", _UNSTORABLE.sub("\ufffd", text).translate(_LIGATURES)).strip(" ")
