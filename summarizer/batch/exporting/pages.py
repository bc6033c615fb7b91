"""A folder of web pages: one for each briefing, and lists of them that can be searched.

    index.html              the list of all entries; of more than ON_A_LIST of them the list of the lists
    list/0001.html          these lists, in the order of the corpus
    briefings/0001/...      the pages of the briefings, in a folder for each list

As on the page of a briefing, everything is there without scripts, and what is searched is the text of the page itself. The
one kind of link that leaves a page leads to another page of the folder. A file's name begins with its entry's number, which
no other has, and which is the same whenever the run is exported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from summarizer.batch.exporting.cards import Card, card_of
from summarizer.batch.results import Briefed, Result, Results
from summarizer.files import file_stem, replace_whole
from summarizer.rendering import render
from summarizer.rendering.html import PALETTE
from summarizer.rendering.html.templates import content_hash, template, text_beside
from summarizer.rendering.wording import wording

ON_A_LIST = 1_000
"""Entries: what a browser searches as fast as one types."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The entries of a list, from `first` to `last`."""

    number: int
    first: int
    last: int

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.number:04}.html"


@dataclass(frozen=True, slots=True)
class Line:
    """A list in the list of the lists: what it has, where some entries may not be finished, and from where to where it goes."""

    stretch: Stretch
    briefed: int
    failed: int
    sources: tuple[str, ...]


def write_pages(results: Results, folder: Path) -> None:
    """Write all pages into the folder; those that link to others come after them. Raises OSError."""
    folder.mkdir(exist_ok=True)
    stretches = _stretches(results.tally.entries)
    lines = []
    finished = _Ahead(iter(results))
    for stretch in stretches:
        cards = [_card(result, stretch, folder) for result in finished.until(stretch.last)]
        if len(stretches) == 1:
            _put(folder / "index.html", _page(results, cards=cards))
            return
        _put(folder / "list" / stretch.name, _page(results, cards=cards, stretch=stretch, stretches=stretches))
        lines.append(_line(stretch, cards))
        del cards  # before those of the next list are made
    _put(folder / "index.html", _page(results, lines=lines))


def _stretches(entries: int) -> list[Stretch]:
    """Those of all lists; one also where there is no entry."""
    starts = range(0, max(entries, 1), ON_A_LIST)
    return [Stretch(number, start + 1, min(start + ON_A_LIST, entries)) for number, start in enumerate(starts, start=1)]


class _Ahead:
    """Results, of which the next is known before it is wanted."""

    def __init__(self, results: Iterator[Result]) -> None:
        self._results = results
        self._next = next(results, None)

    def until(self, entry: int) -> Iterator[Result]:
        """Those that are not given yet, up to this entry."""
        while self._next is not None and self._next.entry <= entry:
            yield self._next
            self._next = next(self._results, None)


def _card(result: Result, stretch: Stretch, folder: Path) -> Card:
    """The card of a result; the page of its briefing is written."""
    if not isinstance(result, Briefed):
        return card_of(result, "")
    path = f"briefings/{stretch.number:04}/{result.entry:06}-{file_stem(result.briefing.document.source)}.html"
    _put(folder / path, render(result.briefing, format="html"))
    return card_of(result, quote(path))


def _line(stretch: Stretch, cards: Sequence[Card]) -> Line:
    briefed = sum(bool(card.page) for card in cards)
    sources = (cards[0].source, cards[-1].source) if cards else ()
    return Line(stretch, briefed=briefed, failed=len(cards) - briefed, sources=sources)


def _page(
    results: Results,
    *,
    cards: Sequence[Card] = (),
    stretch: Stretch | None = None,
    stretches: Sequence[Stretch] = (),
    lines: Sequence[Line] = (),
) -> str:
    """A list of cards, which is one of several where there is a stretch, or the list of the lists."""
    style = PALETTE + text_beside(__package__, "index.css")
    script = text_beside(__package__, "index.js")
    return (
        template(__package__, "index.html.j2").render(
            tally=results.tally,
            made=results.configuration,
            number=wording("en").number,
            cards=cards,
            stretch=stretch,
            stretches=stretches,
            lines=lines,
            style=style,
            script=script,
            style_hash=content_hash(style),
            script_hash=content_hash(script),
        )
        + "\n"
    )


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_whole(path, text.encode())
