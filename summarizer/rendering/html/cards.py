"""Items and withheld claims with what links and filters need to know of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from summarizer.briefing import Briefing
from summarizer.rendering.html.numbering import Numbering
from summarizer.rendering.outline import Entry, Outline, WithheldLine
from summarizer.schema import Demand, Item, Kind, Outcome, Position, Withheld

State = Literal["grounded", "flagged", "withheld"]
"""What became of a claim: the verdict on its item, or that it is none."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a card is filtered by, the sentences that it lights up, and the items that it leads to, all by their numbers."""

    kind: Kind
    state: State
    parties: tuple[int, ...]
    sentences: tuple[int, ...]
    leads_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """An item of the page; `tone` is its stance or status."""

    number: int
    entry: Entry
    tone: str
    known: Known


@dataclass(frozen=True, slots=True)
class Part:
    """All cards of a kind."""

    kind: Kind
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class WithheldCard:
    """A withheld claim of the page."""

    line: WithheldLine
    known: Known


def parts(page: Outline, *, numbering: Numbering) -> tuple[Part, ...]:
    """The sections of the page, their items numbered on from one to the next."""
    numbers = count(1)
    return tuple(
        Part(
            section.kind,
            section.title,
            tuple(_card(next(numbers), entry, section.kind, page.briefing, numbering) for entry in section.entries),
        )
        for section in page.sections
    )


def withheld_cards(page: Outline, *, numbering: Numbering) -> tuple[WithheldCard, ...]:
    """What is withheld. A claim has names, not ids: its parties are those that bear one of them."""
    bearers = {name: party.id for party in reversed(page.briefing.parties) for name in (party.name, *party.aliases)}
    made = zip(page.withheld, page.briefing.withheld, strict=True)
    return tuple(WithheldCard(line, _known_of_claim(withheld, bearers, page.briefing, numbering)) for line, withheld in made)


def _card(number: int, entry: Entry, kind: Kind, briefing: Briefing, numbering: Numbering) -> Card:
    item = entry.item
    return Card(
        number,
        entry,
        tone=_tone(item),
        known=Known(
            kind,
            item.verdict,
            parties=numbering.of_parties(_involved(item)),
            sentences=tuple(_sentences(entry, briefing)),
            leads_to=numbering.of_items(_related(item)),
        ),
    )


def _known_of_claim(withheld: Withheld, bearers: dict[str, str], briefing: Briefing, numbering: Numbering) -> Known:
    claim = withheld.item
    ids = [bearers[name] for name in (*claim.parties, *claim.addressees) if name in bearers]
    sentences = tuple(number for number in claim.sentences if 0 < number <= len(briefing.document.sentence_spans))
    return Known(withheld.kind, "withheld", parties=numbering.of_parties(ids), sentences=sentences)


def _tone(item: Item) -> str:
    match item:
        case Position():
            return item.stance
        case Demand() | Outcome():
            return item.status
    return ""


def _involved(item: Item) -> Iterator[str]:
    """Ids of all parties that an item names: who acts, who is addressed, who tells of it."""
    yield from item.parties
    if isinstance(item, Demand):
        yield from item.addressees
    if isinstance(item, Position) and item.reported_by:
        yield item.reported_by


def _related(item: Item) -> Sequence[str]:
    match item:
        case Demand():
            return item.answered_by
        case Outcome():
            return item.answers
    return ()


def _sentences(entry: Entry, briefing: Briefing) -> Iterator[int]:
    """Numbers of the sentences that its sources touch."""
    for number, (start, end) in enumerate(briefing.document.sentence_spans, start=1):
        if any(
            source.evidence.sentence == number or (source.evidence.start < end and start < source.evidence.end)
            for source in entry.sources
        ):
            yield number
