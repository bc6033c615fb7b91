"""The words of a page in paragraphs, each piece with what hides it, and where the paragraphs stand.

A block is what a browser sets apart: an element that is laid out as one, a heading, an item, a row of a table. White space is
collapsed as browsers do, and kept in `<pre>`. `<br>` is a line break. The cells of a row stand in one line, `a | b`, unless
one of them holds several blocks, as where a table only arranges the page. `<q>` gets the quotation marks that browsers show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement

from summarizer.reading.readers.html.looks import Look, look
from summarizer.reading.readers.html.parsing import Page
from summarizer.reading.readers.html.styles import Styles

_SPACE = re.compile(r"[ \t\n\r\f]+")
_FRAME_TAGS = {"nav", "footer", "aside", "header"}
_FRAME_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar", "alertdialog"}
_MAIN_TAGS = {"main", "article"}
_BETWEEN_CELLS = " | "
FIELD = "form field"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together and are hidden by the same, or by nothing."""

    words: str
    hidden_by: str | None = None
    preformatted: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class HiddenSpan:
    """Hidden words in the text of a block."""

    start: int
    end: int
    how: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. `home` is the number of the element that holds it, `frame` the part of the page's frame that it is in."""

    runs: tuple[Run, ...]
    home: int
    frame: str | None = None
    heading: bool = False

    @property
    def seen(self) -> str:
        """The words that are to be seen."""
        return _text(run for run in self.runs if run.hidden_by is None)[0]

    @property
    def linked(self) -> float:
        """The share of the visible letters that belong to links."""
        seen = [run for run in self.runs if run.hidden_by is None]
        letters = sum(len(run.words.strip()) for run in seen)
        return sum(len(run.words.strip()) for run in seen if run.linked) / letters if letters else 0

    def whole(self) -> tuple[str, tuple[HiddenSpan, ...]]:
        """All words, and which of them are hidden."""
        return _text(self.runs)

    def hidden_only(self) -> Block:
        """The block without what is to be seen."""
        return Block(tuple(run for run in self.runs if run.hidden_by), self.home, self.frame)


@dataclass(frozen=True, slots=True)
class Layout:
    """The blocks of a page, and the elements that hold them: by number, the number of the one around each, and its name.

    `fields` has the visible words in buttons and the like, which are no part of the text.
    """

    blocks: tuple[Block, ...]
    fields: tuple[Block, ...]
    parents: tuple[int, ...]
    names: tuple[str, ...]
    warnings: tuple[str, ...]


def lay_out(page: Page) -> Layout:
    """The blocks of a page in reading order. Takes the hidden words out of the tree, so that nobody else finds them there."""
    styles = Styles(page)
    walk = _Walk(page, styles)
    for event, element in etree.iterwalk(page.root, events=("start", "end")):
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
    walk.finish()
    warnings = (*styles.warnings, *walk.warnings, *_other_pages(page.root))
    return Layout(tuple(walk.blocks), tuple(walk.fields), tuple(walk.parents), tuple(walk.names), warnings)


def _text(runs: Iterable[Run]) -> tuple[str, tuple[HiddenSpan, ...]]:
    """The words of runs as a browser sets them, and where hidden ones stand."""
    parts: list[str] = []
    spans: list[HiddenSpan] = []
    length, last = 0, "\n"
    for how, group in groupby(runs, key=lambda run: run.hidden_by):
        start = length
        for run in group:
            for piece in _pieces(run, last):
                if piece == "\n" and last == " ":
                    parts[-1] = parts[-1][:-1]
                    length -= 1
                parts.append(piece)
                length += len(piece)
                last = piece[-1]
        if how:
            spans.append(HiddenSpan(min(start, length), length, how))
    text = "".join(parts)
    trimmed = (_trimmed(text, span) for span in spans)
    return text.rstrip(" \n"), tuple(span for span in trimmed if span.start < span.end)


def _pieces(run: Run, last: str) -> Iterator[str]:
    """The words of a run, given the character before it: a space after a space is none."""
    if run.preformatted:
        words = run.words.replace("\r\n", "\n").replace("\r", "\n")
    else:
        words = _SPACE.sub(" ", run.words)
        words = words[1:] if last in " \n" and words.startswith(" ") else words
    if words:
        yield words


def _trimmed(text: str, span: HiddenSpan) -> HiddenSpan:
    """A span without the white space at its ends."""
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return HiddenSpan(start, max(start, span.start + len(words.rstrip())), span.how)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds inside an open element."""

    look: Look
    home: int
    frame: str | None
    in_main: bool
    linked: bool
    heading: bool


class _Walk:
    """The way through a tree."""

    def __init__(self, page: Page, styles: Styles) -> None:
        self.blocks: list[Block] = []
        self.fields: list[Block] = []
        self.warnings: list[str] = []
        self.parents: list[int] = [0]
        self.names: list[str] = [""]
        self._styles = styles
        self._inside = page.inside
        self._holders = set(page.inside.values())
        self._frames = [_Frame(Look(), 0, None, in_main=False, linked=False, heading=False)]
        self._frame_of: dict[HtmlElement, _Frame] = {}
        self._runs: list[Run] = []
        self._field: list[Run] = []
        self._rows: list[list[list[Block]]] = []

    def enter(self, element: HtmlElement) -> None:
        """Begin an element: what it looks like, whether it begins a block, its first words."""
        above = self._frame_of[self._inside[element]] if element in self._inside else self._frames[-1]
        frame = self._frame(element, above)
        if frame.look.block:
            self._end_block()
        elif self._frames[-1].look.apart:
            self._say(" ", frame)
        self._frames.append(frame)
        if element in self._holders:
            self._frame_of[element] = frame
        self._begin_table_part(element)
        if element.tag in {"br", "q"}:
            self._say("\n" if element.tag == "br" else "“", frame, preformatted=True)
        element.text = self._take(element.text, frame)

    def leave(self, element: HtmlElement) -> None:
        """End an element; the words after it belong to the one around it."""
        frame = self._frames.pop()
        if element.tag == "q":
            self._say("”", frame, preformatted=True)
        if frame.look.block:
            self._end_block(frame)
        elif self._frames[-1].look.apart:
            self._say(" ", frame)
        if element.tag == "tr" and self._rows:
            self._end_row(frame)
        if frame.look.in_field and not self._frames[-1].look.in_field:
            self._end_field(frame)
        element.tail = self._take(element.tail, self._frames[-1])

    def finish(self) -> None:
        """End what is open."""
        self._end_block()

    def _frame(self, element: HtmlElement, above: _Frame) -> _Frame:
        """What holds inside an element."""
        appearance = look(element, self._styles.declared(element), above.look)
        in_main = above.in_main or element.tag in _MAIN_TAGS or element.get("role") == "main"
        return _Frame(
            appearance,
            self._number(element, above.home) if appearance.block else above.home,
            above.frame or _part_of_frame(element, in_main=in_main),
            in_main=in_main,
            linked=above.linked or (element.tag == "a" and "href" in element.attrib),
            heading=above.heading or element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"},
        )

    def _number(self, element: HtmlElement, home: int) -> int:
        """The number of an element that may hold blocks."""
        self.parents.append(home)
        self.names.append("main" if element.get("role") == "main" else str(element.tag))
        return len(self.parents) - 1

    def _take(self, words: str | None, frame: _Frame) -> str | None:
        """Note words, and give back those that may stay in the tree."""
        if not words or not frame.look.words:
            return words
        self._say(words, frame, preformatted=frame.look.preformatted)
        return words if frame.look.in_field or frame.look.hidden_by() is None else None

    def _say(self, words: str, frame: _Frame, *, preformatted: bool = False) -> None:
        """Add words to the block that is being read."""
        if frame.look.words:
            if frame.look.unclear and not self.warnings and frame.look.hidden_by() is None and words.strip():
                said = "Some styles that may hide words were not understood: what they are of is read. The first of them:"
                self.warnings.append(f"{said} {frame.look.unclear}.")
            runs = self._field if frame.look.in_field else self._runs
            runs.append(Run(words, frame.look.hidden_by(), preformatted, frame.linked))

    def _end_field(self, frame: _Frame) -> None:
        """Put the words of a form field aside."""
        self.fields.append(Block(tuple(self._field), frame.home, FIELD))
        self._field = []

    def _end_block(self, frame: _Frame | None = None) -> None:
        """Begin a new block, if there are words in this one."""
        frame = frame or self._frames[-1]
        runs, self._runs = tuple(self._runs), []
        if any(run.words.strip() for run in runs):
            self._place(Block(runs, frame.home, frame.frame, frame.heading))

    def _place(self, block: Block) -> None:
        """Put a block where it belongs: into the cell that is being read, or to the others."""
        if not self._rows:
            self.blocks.append(block)
            return
        row = self._rows[-1]
        if not row:
            row.append([])
        row[-1].append(block)

    def _begin_table_part(self, element: HtmlElement) -> None:
        """Begin a row or a cell."""
        if element.tag == "tr":
            self._end_block()
            self._rows.append([])
        elif element.tag in {"td", "th"} and self._rows:
            self._rows[-1].append([])

    def _end_row(self, frame: _Frame) -> None:
        """Put the blocks of a row into one line, where they are cells of data."""
        self._end_block(frame)
        cells = self._rows.pop()
        shown = [[block for block in cell if block.seen] for cell in cells]
        if sum(bool(cell) for cell in shown) > 1 and all(len(cell) <= 1 for cell in shown):
            self._place(Block(tuple(_in_one_line(shown)), frame.home, frame.frame))
            cells = [[block for block in cell if not block.seen] for cell in cells]
        for block in (block for cell in cells for block in cell):
            self._place(block)


def _in_one_line(cells: list[list[Block]]) -> Iterator[Run]:
    """The runs of the cells of a row, with what separates them."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    for number, cell in enumerate(cells):
        if number:
            yield Run(_BETWEEN_CELLS)
        for block in cell:
            yield from block.runs


def _other_pages(root: HtmlElement) -> Iterator[str]:
    """What is said of pages that are written inside the page."""
    count = sum(1 for element in root.iter("iframe") if element.get("srcdoc"))
    if count:
        yield f"It shows {count:,} further page(s) that are written inside it (iframe srcdoc), which are not read."


def _part_of_frame(element: HtmlElement, *, in_main: bool) -> str | None:
    """The part of the frame around a report that an element is; None for all others."""
    role = (element.get("role") or "").lower()
    if element.tag == "nav" or role in _FRAME_ROLES:
        return role or "nav"
    if element.tag not in _FRAME_TAGS or in_main or next(element.iterancestors("blockquote"), None) is not None:
        return None
    if element.tag == "header" and element.find(".//h1") is not None:
        return None
    return str(element.tag)
