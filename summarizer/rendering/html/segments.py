"""Text cut wherever words that somebody quoted begin or end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Quoted(Generic[T]):
    """Words between two offsets, and by whom they are quoted."""

    start: int
    end: int
    by: T


@dataclass(frozen=True, slots=True)
class Segment(Generic[T]):
    """A stretch of text that is quoted as a whole: by all of `by`, or by nobody."""

    start: int
    end: int
    by: tuple[T, ...]


def segments(start: int, end: int, quoted: Sequence[Quoted[T]]) -> Iterator[Segment[T]]:
    """What stands between two offsets, in order; `by` keeps the order of `quoted`."""
    near = [each for each in quoted if each.start < end and start < each.end]
    inside = {place for each in near for place in (each.start, each.end) if start < place < end}
    for first, last in pairwise(sorted({start, end, *inside})):
        yield Segment(first, last, tuple(each.by for each in near if each.start <= first and last <= each.end))
