"""Who agrees with what, and who does not: the stands that items tell of, as discourse networks are made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.briefing import Briefing
from summarizer.schema import Demand, Item, Outcome, Party, Position


@dataclass(frozen=True, slots=True)
class Stand:
    """A party agrees with a concept, or not, as an item says. `agrees` is None where the item does not say which."""

    item: Item
    party: Party
    concept: str
    agrees: bool | None


def stands(briefing: Briefing) -> Iterator[Stand]:
    """A stand for each party of each item.

    Who demands something agrees with it. Whoever accepts or rejects a demand takes a stand on what was demanded, so that
    both are about the same concept.
    """
    for item in briefing.items:
        for id in item.parties:
            yield from (Stand(item, briefing.party(id), concept, agrees) for concept, agrees in _concepts(item, briefing))


def _concepts(item: Item, briefing: Briefing) -> list[tuple[str, bool | None]]:
    match item:
        case Position():
            return [(item.issue or _said(item, briefing), {"supports": True, "opposes": False}.get(item.stance))]
        case Demand():
            return [(_said(item, briefing), True)]
        case Outcome():
            agrees = {"agreed": True, "committed": True, "rejected": False}.get(item.status)
            answered = [_said(demand, briefing) for demand in briefing.demands if demand.id in item.answers]
            return [(concept, agrees) for concept in answered or [_said(item, briefing)]]
        case _:
            raise AssertionError(type(item))  # an item is one of the three


def _said(item: Item, briefing: Briefing) -> str:
    """What an item is about: the report's own words where they were copied for it, else its statement."""
    return item.evidence[0].quote if briefing.provenance.strategy == "passage" else item.statement
