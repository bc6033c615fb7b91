"""Grounded claims become the items of a briefing: one party per name, one item per move, numbered.

Thin on purpose: parties are one when their names are the same, or when one name ends exactly one other; claims are one
when they say the same, or copy the same words of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.merging.answers import link
from summarizer.merging.items import demands, merge_claims, outcomes, positions
from summarizer.merging.parties import Register
from summarizer.schema import Claim, Demand, GroundedClaim, Outcome, Party, Position

__all__ = ["Merged", "merge"]


@dataclass(frozen=True, slots=True)
class Merged:
    """The items of a briefing and the parties that they name, in the order of the report."""

    parties: tuple[Party, ...]
    positions: tuple[Position, ...]
    demands: tuple[Demand, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def items(self) -> tuple[Position | Demand | Outcome, ...]:
        """Positions, then demands, then outcomes."""
        return (*self.positions, *self.demands, *self.outcomes)


def merge(grounded: Iterable[GroundedClaim], *, language: str) -> Merged:
    """Unite what is the same, and give everything its id. `language` is the report's, an ISO 639-1 code."""
    claims = merge_claims(grounded, language=language)
    register = Register(name for each in claims for name in _names(each.claim))
    wanted, settled = demands(claims, register), outcomes(claims, register)
    if language == "en":
        wanted, settled = link(wanted, settled, claims, register.parties)
    return Merged(register.parties, positions(claims, register), wanted, settled)


def _names(claim: Claim) -> Iterator[str]:
    yield from claim.parties
    yield from claim.addressees
    if claim.reported_by:
        yield claim.reported_by
