"""Counts of what is right and wrong, the shares that follow from them, and how sure one can be of those."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

DRAWS = 1000
SEED = 7
_TAIL = 0.025
Statistic = Callable[["Tally"], float]
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits, false alarms and misses. A share of right ones has no false alarms: its misses are what is wrong."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.false_alarms + other.false_alarms, self.misses + other.misses)

    @property
    def precision(self) -> float:
        """Hits among what was made; 0 where nothing was."""
        made = self.hits + self.false_alarms
        return self.hits / made if made else 0.0

    @property
    def recall(self) -> float:
        """Hits among what there is; 0 where there is nothing."""
        there = self.hits + self.misses
        return self.hits / there if there else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def size(self) -> int:
        """How many were counted."""
        return self.hits + self.false_alarms + self.misses


def share(right: Sequence[bool]) -> Tally:
    """The tally of a share."""
    return Tally(hits=sum(right), misses=len(right) - sum(right))


def total(tallies: Sequence[Tally]) -> Tally:
    """All of them together, so that each item counts the same wherever it stands."""
    return reduce(add, tallies, Tally())


def intervals(tallies: Sequence[Tally], statistics: Sequence[Statistic]) -> tuple[Interval, ...]:
    """Where 95 % of each statistic lie when the documents, a tally each, are drawn again, and in each its items.

    Percentiles of 1,000 seeded draws with replacement: as many documents as there are, and of each as many items as it has.
    """
    chance = random.Random(SEED)  # noqa: S311  no secret
    if not sum(tally.size for tally in tallies):
        return tuple((0.0, 0.0) for _ in statistics)
    drawn = [total([_redrawn(tally, chance) for tally in chance.choices(tallies, k=len(tallies))]) for _ in range(DRAWS)]
    return tuple(_middle([statistic(tally) for tally in drawn]) for statistic in statistics)


def _redrawn(tally: Tally, chance: random.Random) -> Tally:
    if tally.size in (tally.hits, tally.false_alarms, tally.misses):
        return tally  # all alike: any draw is the same
    items = chance.choices("hfm", (tally.hits, tally.false_alarms, tally.misses), k=tally.size)
    return Tally(items.count("h"), items.count("f"), items.count("m"))


def _middle(values: list[float]) -> Interval:
    values.sort()
    left_out = round(_TAIL * len(values))
    return values[left_out], values[-1 - left_out]
