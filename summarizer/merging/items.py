"""Moves as the items of a briefing, each with its number and its statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summarizer.document import Document
from summarizer.merging.days import day_of_deadline, day_of_outcome
from summarizer.merging.parties import Register
from summarizer.merging.statements import statement
from summarizer.schema import Claim, Demand, GroundedClaim, Kind, Outcome, Position


def positions(claims: Sequence[GroundedClaim], register: Register, document: Document) -> tuple[Position, ...]:
    """The positions among these claims."""
    return tuple(
        Position(
            **common,
            issue=claim.issue,
            stance=claim.stance,
            reported_by=register.id_of(claim.reported_by) if claim.reported_by else None,
        )
        for claim, common in _of_kind("position", claims, register, document)
    )


def demands(claims: Sequence[GroundedClaim], register: Register, document: Document) -> tuple[Demand, ...]:
    """The demands among these claims. Whether they were answered, `answers.link` tells."""
    return tuple(
        Demand(
            **common,
            addressees=_ids(claim.addressees, register),
            condition=claim.condition,
            deadline=claim.deadline,
            deadline_day=day_of_deadline(claim.deadline, document),
            status="unknown",
            answered_by=(),
        )
        for claim, common in _of_kind("demand", claims, register, document)
    )


def outcomes(claims: Sequence[GroundedClaim], register: Register, document: Document) -> tuple[Outcome, ...]:
    """The outcomes among these claims."""
    return tuple(
        Outcome(
            **common,
            status=claim.outcome_status,
            timing=claim.timing,
            timing_day=day_of_outcome(claim.timing, claim.outcome_status, document),
            answers=(),
        )
        for claim, common in _of_kind("outcome", claims, register, document)
    )


def _of_kind(
    kind: Kind, claims: Sequence[GroundedClaim], register: Register, document: Document
) -> list[tuple[Claim, dict[str, Any]]]:
    """Each claim of a kind with the fields that all items share. Any: they are passed on by keyword."""
    chosen = [each for each in claims if each.claim.kind == kind]
    return [(each.claim, _common(each, f"{kind}-{n}", register, document)) for n, each in enumerate(chosen, start=1)]


def _common(each: GroundedClaim, id: str, register: Register, document: Document) -> dict[str, Any]:
    parties = _ids(each.claim.parties, register)
    return {
        "id": id,
        "parties": parties,
        "statement": each.claim.statement or statement(each, [register.name_of(id) for id in parties], document),
        "core": bool(each.claim.core),
        "evidence": each.evidence,
        "verdict": each.verdict,
        "checks": each.checks,
    }


def _ids(names: Sequence[str], register: Register) -> tuple[str, ...]:
    return tuple(dict.fromkeys(register.id_of(name) for name in names))
