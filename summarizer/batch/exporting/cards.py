"""What a list of briefings says of each: enough to find it and to know whether to open it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from summarizer.batch.results import Briefed, Failed, Result
from summarizer.briefing import Briefing
from summarizer.rendering.wording import Wording, wording
from summarizer.schema import Item, Kind

State = Literal["doubts", "gaps", "failed"]


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a briefing."""

    kind: Kind
    text: str
    is_doubtful: bool


@dataclass(frozen=True, slots=True)
class Card:
    """An entry of a list. `page` is the link to its page from the folder, empty for what failed; `failure` says why."""

    entry: int
    page: str
    headline: str
    source: str
    about: tuple[str, ...]
    parties: tuple[str, ...]
    statements: tuple[Said, ...]
    counts: tuple[str, ...]
    states: tuple[State, ...]
    failure: str = ""


def card_of(result: Result, page: str) -> Card:
    """The card of this result, whose page is there."""
    match result:
        case Briefed(briefing=briefing):
            words = wording("en")
            return Card(
                entry=result.entry,
                page=page,
                headline=briefing.headline,
                source=briefing.document.source,
                about=tuple(_about(briefing, words)),
                parties=tuple(party.name for party in briefing.parties),
                statements=tuple(_said(briefing)),
                counts=tuple(_counts(briefing)),
                states=tuple(_states(briefing)),
            )
        case Failed():
            return Card(
                entry=result.entry,
                page="",
                headline="",
                source=result.source,
                about=(),
                parties=(),
                statements=(),
                counts=(),
                states=("failed",),
                failure=f"{result.why}: {result.reason}",
            )


def _about(briefing: Briefing, words: Wording) -> Iterator[str]:
    document = briefing.document
    if document.title and document.title != briefing.headline:
        yield document.title
    if document.publisher:
        yield document.publisher
    if document.published:
        yield words.date(document.published)


def _said(briefing: Briefing) -> Iterator[Said]:
    kinds: tuple[tuple[Kind, tuple[Item, ...]], ...] = (
        ("position", briefing.positions),
        ("demand", briefing.demands),
        ("outcome", briefing.outcomes),
    )
    for kind, items in kinds:
        for item in items:
            yield Said(kind, item.statement, item.verdict == "flagged")


def _counts(briefing: Briefing) -> Iterator[str]:
    counted = (
        ("position", len(briefing.positions)),
        ("demand", len(briefing.demands)),
        ("outcome", len(briefing.outcomes)),
    )
    for name, count in counted:
        if count:
            yield f"{count} {name}{'' if count == 1 else 's'}"
    if briefing.withheld:
        yield f"{len(briefing.withheld)} withheld"


def _states(briefing: Briefing) -> Iterator[State]:
    if briefing.withheld or any(item.verdict == "flagged" for item in briefing.items):
        yield "doubts"
    if briefing.coverage.gaps or not briefing.document.complete:
        yield "gaps"
