"""Which characters of a Word document are text, in which order, and by what they are hidden.

What is not known to be no text is gone through, so that an element that nobody thought of loses nothing. Tracked changes
count as accepted: what was deleted or moved away is no text. A footnote, an endnote or a text box follows the paragraph that
it belongs to. The cells of a row stand in one line, `a | b`, unless one of them holds several paragraphs. Of alternatives that
one counts which Word takes; another is hidden where it says something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer.reading.readers.docx.fields import Fields, chosen
from summarizer.reading.readers.docx.looks import Look, Looks, fill_of_cell
from summarizer.reading.readers.docx.names import KNOWN_TO_WORD, MC, WPS, A, Element, M, V, W

_BETWEEN_CELLS = " | "
_NO_TEXT = {
    f"{W}{name}"
    for name in (
        "del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "tblPr", "tblGrid", "trPr", "tcPr", "sectPr",
        "sdtPr", "sdtEndPr", "fldData", "tblPrEx",
    )
}  # fmt: skip
_CHARACTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": "\t"}
_NOT_TAKEN = "an alternative that Word does not take"
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
        for child, how in _told(parent):
            inside = _hidden(around, how)
            if child.tag == f"{W}p":
                yield from self._paragraph(child, inside)
            elif child.tag == f"{W}tbl":
                yield from self._rows(child, inside)
            else:
                yield from self._blocks(child, inside)

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
        for child, alternative in _told(parent):
            tag = child.tag
            if tag in {f"{W}t", f"{M}t"}:
                yield Piece(_characters(child), self._hidden_by(hidden_by, around))
            elif tag == f"{W}r":
                how = hidden_by or self._looks.hidden_by(child, look, around.background)
                yield from self._pieces(child, look, around, apart, how)
            elif tag in _CHARACTERS:
                yield Piece(_CHARACTERS[str(tag)], self._hidden_by(hidden_by, around))
            elif tag == f"{W}sym":
                yield Piece(_symbol(child), self._hidden_by(hidden_by, around))
            elif tag == f"{V}textpath":  # WordArt
                yield Piece(child.get("string") or "", self._hidden_by(hidden_by, around))
            elif tag == f"{W}fldChar":
                yield Piece(chosen(child), self._hidden_by(hidden_by, around))
                self._fields.follow(child)
            elif tag == f"{W}rt":  # how what follows is read, in small letters above it
                yield from _bracketed(self._pieces(child, look, around, apart, hidden_by))
            elif tag in _NOTES:
                apart.extend(self._note(_NOTES[str(tag)], child, hidden_by or around.hidden_by))
            elif tag == f"{W}txbxContent":
                inside = replace(
                    around, background=_behind_box(child, around.background), hidden_by=hidden_by or around.hidden_by
                )
                apart.append((child, inside))
            else:
                yield from self._pieces(child, look, around, apart, hidden_by or alternative)

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
        for row, how in _found(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            is_hidden = properties is not None and properties.find(f"{W}hidden") is not None
            yield from self._row(row, _hidden(inside, how or ("a hidden row" if is_hidden else None)))

    def _row(self, row: Element, around: _Around) -> Iterator[Paragraph]:
        """A row in one line, or the paragraphs of its cells where one of them has several."""
        cells = [
            [paragraph for paragraph in self._blocks(cell, _hidden(_in_cell(cell, around), how)) if paragraph.words.strip()]
            for cell, how in _found(row, f"{W}tc")
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


def _hidden(around: _Around, how: str | None) -> _Around:
    """The same surroundings, hidden by this where it is anything."""
    return around if how is None else replace(around, hidden_by=how)


def _told(parent: Element) -> Iterator[tuple[Element, str | None]]:
    """The children that may hold text, with by what each is hidden as an alternative to another."""
    for child in parent:
        if not isinstance(child.tag, str) or child.tag in _NO_TEXT:
            continue
        if child.tag == f"{MC}AlternateContent":
            yield from _alternatives(child)
        else:
            yield child, None


def _alternatives(element: Element) -> Iterator[tuple[Element, str | None]]:
    """The alternative that Word takes, and each other one that says something else: most say the same for older programs."""
    taken = _taken(element)
    said = [] if taken is None else _words(taken)
    for alternative in element:
        if alternative is taken:
            yield alternative, None
        elif isinstance(alternative.tag, str) and _words(alternative) not in ([], said):
            yield alternative, _NOT_TAKEN


def _taken(element: Element) -> Element | None:
    """The first choice of which Word knows all that it requires, else what is there for programs that know none."""
    choices = (child for child in element if child.tag == f"{MC}Choice")
    known = (choice for choice in choices if _is_known(choice))
    return next(known, element.find(f"{MC}Fallback"))


def _is_known(choice: Element) -> bool:
    """Whether Word knows every namespace that a choice requires. One that requires nothing is no choice."""
    prefixes = (choice.get("Requires") or "").split()
    return bool(prefixes) and all(choice.nsmap.get(prefix) in KNOWN_TO_WORD for prefix in prefixes)


def _words(element: Element) -> list[str]:
    """What an alternative says, however it is laid out."""
    pieces: list[str] = []
    pending = [element]
    while pending:
        child = pending.pop()
        if child.tag in {f"{W}t", f"{M}t"}:
            pieces.append(_characters(child))
        elif child.tag == f"{MC}AlternateContent":
            taken = _taken(child)
            pending += [] if taken is None else [taken]
        elif isinstance(child.tag, str) and child.tag not in _NO_TEXT:
            pending += [*child][::-1]
    return "".join(pieces).split()


def _found(parent: Element, tag: str) -> Iterator[tuple[Element, str | None]]:
    """The rows of a table or the cells of a row, also those inside content controls, insertions and alternatives."""
    for child, how in _told(parent):
        if child.tag == tag:
            yield child, how
        else:
            yield from ((found, how or inner) for found, inner in _found(child, tag))


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


def _bracketed(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces in brackets, where they are to be seen."""
    inside = list(pieces)
    seen = any(piece.words.strip() and piece.hidden_by is None for piece in inside)
    yield from (Piece("("), *inside, Piece(")")) if seen else inside
