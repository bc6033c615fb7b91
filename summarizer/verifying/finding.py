"""What does not hold in a briefing: where, what is there, and what should be."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 80
"""Characters of a value that are shown."""
_BEFORE = 20
"""How many of them come before the first difference, in a longer value."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is a path into the JSON, such as `demands[0].evidence[0].quote`; the others are for people."""

    where: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.where}: there is {self.found}; there should be {self.expected}"


def unlike(where: str, found: object, expected: object, *, why: str = "") -> Finding:
    """The finding that one value stands where another should; of long texts the part around their first difference."""
    if isinstance(found, str) and isinstance(expected, str):
        begin = max(0, first_difference(found, expected) - _BEFORE)
        return Finding(where, shown(found, begin=begin), shown(expected, begin=begin) + why)
    return Finding(where, shown(found), shown(expected) + why)


def first_difference(one: str, other: str) -> int:
    """Where two texts begin to differ, counted from 0."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def shown(value: object, *, begin: int = 0) -> str:
    """The value on one line, nothing in it able to steer a terminal, cut where it is long; a text from `begin` on."""
    if not isinstance(value, str):
        written = repr(value)
        return written if len(written) <= LONGEST else f"{written[:LONGEST]}…"
    before = "…" if begin else ""
    after = "…" if len(value) > begin + LONGEST else ""
    return repr(f"{before}{value[begin : begin + LONGEST]}{after}")
