"""A condition, a time limit or a time is given in the report's words, as the model was told."""

from __future__ import annotations

from summarizer.grounding.checks.basis import Basis
from summarizer.grounding.checks.others import share_of
from summarizer.schema import Check, Claim


def terms(claim: Claim) -> list[str]:
    """The condition, the time limit and the time that a claim gives."""
    return [words for words in (claim.condition, claim.deadline, claim.timing) if words]


def check(words: str, basis: Basis) -> Check:
    """Doubts where a telling word of these is not in the report."""
    if share_of(words, basis.document.text) < 1:
        return Check(name="terms", result="doubt", reason=f"{words!r} is not in the source")
    return Check(name="terms", result="pass", reason=f"the words of {words!r} stand in the source")
