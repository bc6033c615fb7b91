"""Numbers of items and parties, counted from 1 down the page: what links and filters know them by.

Ids are text of a briefing, and such text is never part of a link or of a name that a script looks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from summarizer.briefing import Briefing
from summarizer.schema import Demand


@dataclass(frozen=True, slots=True)
class NumberedDemand:
    """A demand with its own number and those of its parties."""

    number: int
    demand: Demand
    parties: tuple[int, ...]
    addressees: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of a briefing's items and parties, by id."""

    items: Mapping[str, int]
    parties: Mapping[str, int]
    demands: tuple[NumberedDemand, ...]

    def of_parties(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these parties, each once, in order."""
        return tuple(dict.fromkeys(self.parties[id] for id in ids if id in self.parties))

    def of_items(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of these items, each once, in order."""
        return tuple(dict.fromkeys(self.items[id] for id in ids if id in self.items))


def numbering(briefing: Briefing) -> Numbering:
    """The numbers of a briefing. Of several with one id, which no briefing of ours has, the first one has it."""
    parties = {party.id: number for number, party in reversed([*enumerate(briefing.parties, start=1)])}
    items = {item.id: number for number, item in reversed([*enumerate(briefing.items, start=1)])}
    bare = Numbering(items, parties, ())
    demands = tuple(
        NumberedDemand(number, demand, bare.of_parties(demand.parties), bare.of_parties(demand.addressees))
        for number, demand in enumerate(briefing.demands, start=len(briefing.positions) + 1)
    )
    return Numbering(items, parties, demands)
