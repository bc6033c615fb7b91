"""Some word of the passage says that something is demanded: small models take plain narrative for a demand."""

from __future__ import annotations

from summarizer.grounding.checks.basis import Basis
from summarizer.grounding.demands import says_that_it_demands
from summarizer.schema import Check, Claim


def check(claim: Claim, basis: Basis) -> Check:
    """Doubts where no word of the sentence demands. English only."""
    if claim.recast:
        return Check(name="demand", result="doubt", reason="the model called it a demand, which no word of the sentence says")
    if basis.language != "en":
        return Check(name="demand", result="not_checked", reason=f"not known how {basis.language!r} says that it demands")
    if not says_that_it_demands(claim):
        return Check(name="demand", result="doubt", reason="no word of the sentence says that something is demanded")
    return Check(name="demand", result="pass", reason="the sentence says that something is demanded")
