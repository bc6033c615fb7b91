"""Every number, date, amount, share and duration of the statement stands in its evidence: the same value, unit and bound."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.grounding.checks.basis import Basis
from summarizer.grounding.checks.terms import terms
from summarizer.grounding.figures import ANY, Figure, figures
from summarizer.grounding.languages import figure_words
from summarizer.schema import Check, CheckResult, Claim

_SOME_DAY = re.compile(r"\b(?:to|yester)day|\btomorrow|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
"""A day that is told from the day of the report, so that a date may have been reckoned from it."""


def check(claim: Claim, basis: Basis) -> Check:
    """Fails where a figure is nowhere in the report, doubts where it is elsewhere, or said with another bound."""
    if claim.statement is None:
        return Check(name="figures", result="pass", reason="the words are the report's own")
    stated = figures("\n".join((claim.statement, *terms(claim))), basis.language)
    if figure_words(basis.language) is None and not stated:
        return Check(name="figures", result="not_checked", reason=f"not known how {basis.language!r} writes numbers in words")
    held = figures(basis.quoted, basis.language) if stated else ()
    findings = [finding for figure in stated if (finding := _finding(figure, held, basis))]
    if not findings:
        return Check(name="figures", result="pass", reason="every figure stands in the cited sentences")
    worst = min(findings, key=lambda finding: finding[0] != "fail")
    return Check(name="figures", result=worst[0], reason=worst[1])


def _finding(figure: Figure, held: Sequence[Figure], basis: Basis) -> tuple[CheckResult, str] | None:
    """What is wrong with a figure of the statement; None where it stands in its evidence."""
    same = [each for each in held if _same_value(figure, each)]
    if any(each.bound == figure.bound for each in same):
        return None
    if same:
        said, stated = (f"{each.bound or 'exactly'} {each.text}".strip() for each in (same[0], figure))
        return "doubt", f"the cited sentences say {said}, the statement {stated}"
    if any(_same_value(figure, each) for each in figures(basis.report, basis.language)):
        return "doubt", f"{figure.text} is in the source, but not in the cited sentences"
    reckoned = figure.unit in ("date", "month name") and _SOME_DAY.search(basis.quoted)
    bare = any(each.value == figure.value and not each.unit for each in held)
    return ("doubt" if figure.soft or reckoned or bare else "fail"), f"{figure.text} is not in the source"


def _same_value(stated: Figure, held: Figure) -> bool:
    """The same value of the same unit. A statement may leave the unit out, but not add one; a date gives its month too."""
    if stated.unit == "month name" and held.unit == "date":
        return held.value // 100 == stated.value
    if stated.value == ANY:
        return stated.unit == held.unit
    measured = held.unit not in ("date", "month name", "weekday", "ordinal", "vague", "clock")
    return stated.value == held.value and (stated.unit == held.unit or (not stated.unit and measured))
