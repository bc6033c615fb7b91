"""Which characters of a Word document are text, in which order, and by what they are hidden.

What is not known to be no text is gone through, so that an element that nobody thought of loses nothing. Tracked changes
count as accepted: what was deleted or moved away is no text. A footnote, an endnote or a text box follows the paragraph that
it belongs to. The cells of a row stand in one line, `a | b`, unless one of them holds several paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.reading.readers.docx.fields import Fields
from summarizer.reading.readers.docx.looks import Look, Looks, fill_of_cell
from summarizer.reading.readers.docx.names import MC, WPS, A, Element, M, V, W

_BETWEEN_CELLS = " | "
_NO_TEXT = {
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr",
        "sdtPr", "sdtEndPr", "rt", "fldData", "tblPrEx",
    )
}  # fmt: skip
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": "\t"}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that are hidden by the same, or by nothing."""

    words: str
    hidden_by: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a row of a table; `place` says where it stands unless that is the body."""

    pieces: tuple[Piece, ...]
    place: str | None = None

    @property
    def words(self) -> str:
        """All its characters, hidden ones too."""
        return "".join(piece.words for piece in self.pieces)

    @property
    def is_shown(self) -> bool:
        """Whether anything of it is to be seen."""
        return any(piece.hidden_by is None and piece.words.strip() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds a paragraph: the colour behind it, None where it cannot be told; what hides all of it; its place."""

    background: str | None
    hidden_by: str | None = None
    place: str | None = None


class Walk:
    """One walk through the parts of a document; `unread` are warnings of what was met and could not be read."""

    def __init__(self, looks: Looks, notes: dict[tuple[str, str], Element]) -> None:
        self._looks = looks
        self._notes = dict(notes)
        self._fields = Fields(self._notes.values())
        self.unread: tuple[str, ...] = ()

    def paragraphs(self, part: Element, *, background: str, place: str | None = None) -> Iterator[Paragraph]:
        """The paragraphs and rows in a part, in order, blank ones too."""
        self._fields.enter(part)
        yield from self._blocks(part, _Around(background, place=place))

    def _blocks(self, parent: Element, around: _Around) -> Iterator[Paragraph]:
        """The paragraphs and rows below an element that holds such."""
        for child in _shown(parent):
            if child.tag == f"{W}p":
                yield from self._paragraph(child, around)
            elif child.tag == f"{W}tbl":
                yield from self._rows(child, around)
            else:
                yield from self._blocks(child, around)

    def _paragraph(self, element: Element, around: _Around) -> Iterator[Paragraph]:
        """A paragraph, then what belongs to it and stands apart."""
        apart: list[tuple[Element, _Around]] = []
        pieces = tuple(self._pieces(element, self._looks.of_paragraph(element), around, apart))
        yield Paragraph(pieces, around.place)
        for other, surroundings in apart:
            yield from self._blocks(other, surroundings)

    def _pieces(
        self, parent: Element, look: Look, around: _Around, apart: list[tuple[Element, _Around]], hidden_by: str | None = None
    ) -> Iterator[Piece]:
        """The characters below an element; notes and text boxes go to `apart`."""
        for child in _shown(parent):
            tag = child.tag
            if tag in {f"{W}t", f"{M}t"}:
                yield Piece(_characters(child), self._hidden_by(hidden_by, around))
            elif tag == f"{W}r":
                how = self._looks.hidden_by(child, look, around.background)
                yield from self._pieces(child, look, around, apart, how)
            elif tag in _CHARACTERS:
                yield Piece(_CHARACTERS[str(tag)], self._hidden_by(hidden_by, around))
            elif tag == f"{W}sym":
                yield Piece(_symbol(child), self._hidden_by(hidden_by, around))
            elif tag == f"{V}textpath":  # WordArt
                yield Piece(child.get("string") or "", self._hidden_by(hidden_by, around))
            elif tag == f"{W}fldChar":
                self._fields.follow(child)
            elif tag in _NOTES:
                apart.extend(self._note(_NOTES[str(tag)], child, hidden_by or around.hidden_by))
            elif tag == f"{W}txbxContent":
                inside = replace(
                    around, background=_behind_box(child, around.background), hidden_by=hidden_by or around.hidden_by
                )
                apart.append((child, inside))
            else:
                yield from self._pieces(child, look, around, apart, hidden_by)

    def _hidden_by(self, run: str | None, around: _Around) -> str | None:
        """By what characters are hidden: their run, what surrounds it, or a field."""
        return run or around.hidden_by or self._fields.hidden_by

    def _note(self, kind: str, reference: Element, hidden_by: str | None) -> Iterator[tuple[Element, _Around]]:
        """The note that is referred to, the first time."""
        note = self._notes.pop((kind, reference.get(f"{W}id") or ""), None)
        if note is not None:
            yield note, _Around("FFFFFF", hidden_by, f"a {kind}" if kind == "footnote" else f"an {kind}")

    def _rows(self, table: Element, around: _Around) -> Iterator[Paragraph]:
        """The rows of a table that were not deleted."""
        inside = replace(around, background=None) if self._looks.is_shaded(table) else around
        for row in _found(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            is_hidden = properties is not None and properties.find(f"{W}hidden") is not None
            yield from self._row(row, replace(inside, hidden_by="a hidden row") if is_hidden else inside)

    def _row(self, row: Element, around: _Around) -> Iterator[Paragraph]:
        """A row in one line, or the paragraphs of its cells where one of them has several."""
        cells = [
            [paragraph for paragraph in self._blocks(cell, _in_cell(cell, around)) if paragraph.words.strip()]
            for cell in _found(row, f"{W}tc")
        ]
        if any(len(cell) > 1 for cell in cells):
            yield from (paragraph for cell in cells for paragraph in cell)
        else:
            yield Paragraph(_in_one_line([paragraph for cell in cells for paragraph in cell]), around.place)


def _in_one_line(cells: list[Paragraph]) -> tuple[Piece, ...]:
    """The cells of a row with bars between them; before the first that shows something, a bar is as hidden as the cell."""
    line: list[Piece] = []
    is_shown = False
    for cell in cells:
        how = None if cell.is_shown and is_shown else next((piece.hidden_by for piece in cell.pieces if piece.hidden_by), None)
        bar = [Piece(_BETWEEN_CELLS, how)] if is_shown else []
        line = [*line, *bar, *cell.pieces]
        is_shown = is_shown or cell.is_shown
    return tuple(line)


def _shown(parent: Element) -> Iterator[Element]:
    """The children that may hold text; of alternatives the one that Word takes."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _NO_TEXT:
            continue
        if child.tag == f"{MC}AlternateContent":
            yield from _alternative(child)
        else:
            yield child


def _alternative(element: Element) -> Iterator[Element]:
    """The first choice, or what is there for programs that know none."""
    found = element.find(f"{MC}Choice")
    taken = element.find(f"{MC}Fallback") if found is None else found
    if taken is not None:
        yield taken


def _found(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those inside content controls and tracked insertions."""
    for child in _shown(parent):
        if child.tag == tag:
            yield child
        else:
            yield from _found(child, tag)


def _in_cell(cell: Element, around: _Around) -> _Around:
    """What surrounds the paragraphs of a cell."""
    fill = fill_of_cell(cell)
    return around if fill is None else replace(around, background=fill)


def _behind_box(box: Element, background: str | None) -> str | None:
    """The colour of a text box: its own where it is filled with one, that behind it where it is empty, else unknown."""
    shape = box
    while shape.tag != f"{WPS}wsp":
        above = shape.getparent()
        if above is None or above.tag == f"{W}p":
            return None
        shape = above
    fill = shape.find(f"{WPS}spPr/{A}solidFill/{A}srgbClr")
    if fill is not None:
        return fill.get("val")
    is_empty = shape.find(f"{WPS}spPr/{A}noFill") is not None or shape.find(f"{WPS}style") is None
    return background if is_empty else None


def _characters(element: Element) -> str:
    """All characters of an element that has only such: a comment among them does not end them."""
    return str(element.xpath("string()")) if len(element) else element.text or ""


def _symbol(element: Element) -> str:
    """A character of a font of symbols: the nearest that can be told without that font."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return "\ufffd"
    return chr(code) if code < 0xD800 else "\ufffd"
