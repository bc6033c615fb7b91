"""What is core in a report, and comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from summarizer.document import Document
from summarizer.grounding.moves import says_what
from summarizer.merging.parties import Register
from summarizer.schema import GroundedClaim

LEADING_PARTIES = 2
"""How many of those that do most hold views that are core wherever they are told."""
EARLY = 1 / 3
"""The part of a report in which every view is core."""


def ranked(claims: Sequence[GroundedClaim], register: Register, document: Document) -> list[GroundedClaim]:
    """The claims, each of which says whether it is core, and these first; else in the order of the report."""
    leading = _leading(claims, register)
    rated = [_rated(each, register, leading, document) for each in claims]
    return sorted(rated, key=lambda each: not each.claim.core)


def _rated(each: GroundedClaim, register: Register, leading: set[str], document: Document) -> GroundedClaim:
    """The claim, which says whether it is core."""
    core = each.claim.core if each.claim.core is not None else _is_core(each, register, leading, document)
    return replace(each, claim=replace(each.claim, core=core))


def _is_core(each: GroundedClaim, register: Register, leading: set[str], document: Document) -> bool:
    """Where the model did not say: what is sure, and is settled, wanted, told early, or held by a party that does much."""
    if each.verdict != "grounded" or not says_what(each.evidence[0].quote):
        return False
    early = each.evidence[0].start < EARLY * len(document.text)
    return each.claim.kind != "position" or early or not leading.isdisjoint(map(register.id_of, each.claim.parties))


def _leading(claims: Sequence[GroundedClaim], register: Register) -> set[str]:
    moves = Counter(register.id_of(name) for each in claims for name in each.claim.parties)
    return {id for id, _ in moves.most_common(LEADING_PARTIES)}
