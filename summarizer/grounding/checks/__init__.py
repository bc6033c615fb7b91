"""Questions put to a claim, none of which needs a model: does its statement say what its evidence says, and of whom.

One module a question; each gives a `Check` from a claim and the `Basis` it rests on, and `not_checked` where a language
cannot be done without a model. What each can and cannot tell: docs/grounding.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.document import Document
from summarizer.grounding.checks import (
    act,
    demand,
    figures,
    markup,
    modality,
    names,
    others,
    party,
    polarity,
    quotation,
    subject,
    terms,
)
from summarizer.grounding.checks.basis import basis
from summarizer.schema import Check, Claim, Evidence

__all__ = ["check"]


def check(claim: Claim, document: Document, evidence: tuple[Evidence, ...]) -> Iterator[Check]:
    """The checks of one claim. Without evidence only its names are asked about: it is withheld anyway."""
    rests_on = basis(claim, document, evidence)
    yield party.check(claim, rests_on)
    if claim.kind == "demand" or claim.recast:
        yield demand.check(claim, rests_on)
    if act.is_asked(claim):
        yield act.check(claim, rests_on)
    if claim.addressees or claim.reported_by:
        yield others.check(claim, rests_on)
    if not evidence:
        return
    for question in (quotation, figures, names, polarity, modality):
        yield question.check(claim, rests_on)
    if mark := markup.mark_in(rests_on):
        yield markup.check(mark)
    if claim.statement is not None:
        yield subject.check(claim, rests_on)
        yield from (terms.check(words, rests_on) for words in terms.terms(claim))
