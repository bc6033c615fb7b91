"""Grounded claims become the items of a briefing: one party per actor, one item per move, numbered.

Parties are one when the report tells that their names mean the same; claims are one when they say the same, or copy the same
words of a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.document import Document
from summarizer.merging.answers import link
from summarizer.merging.items import demands, outcomes, positions
from summarizer.merging.moves import merge_claims
from summarizer.merging.parties import Register, forms_in, fully_named, names_in, who_is_who
from summarizer.merging.ranking import ranked
from summarizer.merging.summaries import headline, summarised
from summarizer.schema import Demand, GroundedClaim, Outcome, Party, Position

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


def merge(grounded: Sequence[GroundedClaim], document: Document) -> Merged:
    """Unite what is the same, and give everything its id and its statement. The report tells who is who."""
    who = who_is_who(grounded, document)
    moves = merge_claims((fully_named(each, who) for each in grounded), language=document.language)
    register = Register((name for each in moves for name in names_in(each.claim)), who, forms_in(grounded, who))
    claims = ranked(moves, register, document)
    wanted, settled = demands(claims, register, document), outcomes(claims, register, document)
    if document.language == "en":
        wanted, settled = link(wanted, settled, claims, register.parties)
    return Merged(register.parties, positions(claims, register, document), wanted, settled)
