"""A picture of who demands what of whom: those who demand on the left, the demands, those addressed on the right.

Only places and lines are worked out here; the template draws them. Sizes are in units of the picture, about a pixel each.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.rendering.html.numbering import NumberedDemand, Numbering
from summarizer.rendering.outline import Outline

WIDTH = 770
_PARTY_WIDTH, _DEMAND_WIDTH = 155, 370
_DEMAND_LEFT = (WIDTH - _DEMAND_WIDTH) // 2
_LINE, _PADDING, _GAP = 17, 8, 12
_PARTY_LETTERS, _DEMAND_LETTERS = 17, 48
_MOST_LINES = 3
_LARGE = 1_500
_NOBODY = (0,)  # where a party's number would stand

NodeKind = Literal["demander", "demand", "addressee", "nobody"]


@dataclass(frozen=True, slots=True)
class Node:
    """A box with its lines of text. `number` is the number of a demand among the items of the page, else 0."""

    kind: NodeKind
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]
    title: str
    number: int = 0
    status: str = "unknown"

    @property
    def middle(self) -> int:
        """Half its height, from the top of the picture."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Link:
    """A line from one box to another, which stands right of it."""

    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def path(self) -> str:
        """The line as a path of SVG, bent so that it leaves and comes level."""
        bend = (self.x1 + self.x2) // 2
        return f"M{self.x1} {self.y1}C{bend} {self.y1} {bend} {self.y2} {self.x2} {self.y2}"


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes and lines; nothing where nothing is demanded."""

    height: int
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    @property
    def is_large(self) -> bool:
        """Whether no one could read it on a sheet of paper, which gets it in words."""
        return self.height > _LARGE


def picture(page: Outline, *, numbering: Numbering) -> Picture:
    """The demands of a page, those of the same parties together."""
    demands = sorted(numbering.demands, key=lambda each: (each.parties[:1], each.addressees[:1]))
    boxes = tuple(_demand_boxes(demands, page))
    left = _parties([each.parties for each in demands], boxes, page, kind="demander")
    right = _parties([each.addressees or _NOBODY for each in demands], boxes, page, kind="addressee")
    nodes = (*left.values(), *boxes, *right.values())
    return Picture(
        height=max((node.y + node.height for node in nodes), default=0) + 2,
        nodes=nodes,
        links=tuple(_links(demands, boxes, left, right)),
    )


def _demand_boxes(demands: Sequence[NumberedDemand], page: Outline) -> Iterator[Node]:
    y = 1
    for numbered in demands:
        demand = numbered.demand
        lines = wrapped(demand.statement, letters=_DEMAND_LETTERS, most=_MOST_LINES)
        told = [page.wording.statuses[demand.status]] if demand.status != "unknown" else []
        told += [page.wording.say("doubtful")] if demand.verdict == "flagged" else []
        if told:
            lines = (*lines, f"({'; '.join(told)})")
        height = len(lines) * _LINE + 2 * _PADDING
        yield Node(
            "demand",
            x=_DEMAND_LEFT,
            y=y,
            width=_DEMAND_WIDTH,
            height=height,
            lines=lines,
            title=demand.statement,
            number=numbered.number,
            status=demand.status,
        )
        y += height + _GAP


def _parties(named: Sequence[tuple[int, ...]], boxes: Sequence[Node], page: Outline, *, kind: NodeKind) -> dict[int, Node]:
    """A box for each party, by its number, as near to the middle of its demands as the others let it."""
    middles: dict[int, list[int]] = {}
    for numbers, box in zip(named, boxes, strict=True):
        for number in numbers:
            middles.setdefault(number, []).append(box.middle)
    wanted = sorted((sum(each) // len(each), number) for number, each in middles.items())
    placed: dict[int, Node] = {}
    free = 1
    for middle, number in wanted:
        name = page.briefing.parties[number - 1].name if number else page.wording.say("nobody_named")
        lines = wrapped(name, letters=_PARTY_LETTERS, most=_MOST_LINES)
        height = len(lines) * _LINE + 2 * _PADDING
        y = max(free, middle - height // 2)
        placed[number] = Node(
            kind if number else "nobody",
            x=1 if kind == "demander" else WIDTH - _PARTY_WIDTH - 1,
            y=y,
            width=_PARTY_WIDTH,
            height=height,
            lines=lines,
            title=name,
        )
        free = y + height + _GAP
    return placed


def _links(
    demands: Sequence[NumberedDemand], boxes: Sequence[Node], left: Mapping[int, Node], right: Mapping[int, Node]
) -> Iterator[Link]:
    for demand, box in zip(demands, boxes, strict=True):
        for number in demand.parties:
            yield Link(left[number].x + left[number].width, left[number].middle, box.x, box.middle)
        for number in demand.addressees or _NOBODY:
            yield Link(box.x + box.width, box.middle, right[number].x, right[number].middle)


def wrapped(text: str, *, letters: int, most: int) -> tuple[str, ...]:
    """The text in at most so many lines of so many letters, with an ellipsis where it is cut. Wide letters count twice."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, letters=letters):
            joined = f"{lines[-1]} {piece}".strip()
            if _width(joined) <= letters:
                lines[-1] = joined
            else:
                lines.append(piece)
        if len(lines) > most:
            return (*lines[: most - 1], _cut(lines[most - 1], letters=letters - 1) + "…")
    return tuple(lines)


def _pieces(word: str, *, letters: int) -> Iterator[str]:
    """The word, in pieces where it is longer than a line."""
    piece = ""
    for letter in word:
        if _width(piece + letter) > letters:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _cut(line: str, *, letters: int) -> str:
    return line if _width(line) <= letters else next(_pieces(line, letters=letters))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text if not unicodedata.combining(each))
