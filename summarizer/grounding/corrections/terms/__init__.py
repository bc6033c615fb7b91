"""The terms of a move, read in the sentence of its copied words: to whom, for or against what, on what condition, until when.

A small model names one of thirteen acts, which says nothing of these. What the sentence does not say stays empty.
"""

from __future__ import annotations

from dataclasses import replace

from summarizer.document import Document
from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.corrections.terms.addressees import addressees_of
from summarizer.grounding.corrections.terms.conditions import condition_of
from summarizer.grounding.corrections.terms.issues import issue_of
from summarizer.grounding.corrections.terms.stances import stance_of
from summarizer.grounding.corrections.terms.statuses import status_of
from summarizer.grounding.corrections.terms.times import deadline_of, timing_of
from summarizer.grounding.corrections.terms.wording import wording_of
from summarizer.schema import Claim

__all__ = ["with_terms"]


def with_terms(claim: Claim, telling: Telling, document: Document) -> Claim:
    """The claim with what its sentence tells of addressees, condition and time limit, stance and issue, or status and time."""
    wording = wording_of(telling)
    if wording is None:
        return claim
    match claim.kind:
        case "position":
            stance = stance_of(claim, telling, wording)
            return replace(claim, stance=stance, issue=issue_of(wording, document))
        case "demand":
            addressees = addressees_of(claim, telling, wording)
            return replace(claim, addressees=addressees, condition=condition_of(wording), deadline=deadline_of(wording))
        case "outcome":
            return replace(claim, outcome_status=status_of(claim, wording), timing=timing_of(wording))
