"""Grounded claims become the items of a briefing: one party per name, one item per move, numbered.

Thin on purpose: parties are one when their names are the same, or when one name ends exactly one other; claims are one
when they say the same, or copy the same words of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from summarizer.document import Document
from summarizer.merging.answers import link
from summarizer.merging.items import demands, outcomes, positions
from summarizer.merging.moves import merge_claims
from summarizer.merging.parties import Register
from summarizer.merging.ranking import ranked
from summarizer.merging.summaries import headline, summarised
from summarizer.schema import Claim, Demand, GroundedClaim, Outcome, Party, Position

__all__ = ["Merged", "headline", "merge", "summarised"]


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


def merge(grounded: Iterable[GroundedClaim], document: Document) -> Merged:
    """Unite what is the same, and give everything its id and its statement."""
    moves = merge_claims(grounded, language=document.language)
    register = Register(name for each in moves for name in _names(each.claim))
    claims = ranked(moves, register, document)
    wanted, settled = demands(claims, register, document), outcomes(claims, register, document)
    if document.language == "en":
        wanted, settled = link(wanted, settled, claims, register.parties)
    return Merged(register.parties, positions(claims, register, document), wanted, settled)


def _names(claim: Claim) -> Iterator[str]:
    yield from claim.parties
    yield from claim.addressees
    if claim.reported_by:
        yield claim.reported_by
