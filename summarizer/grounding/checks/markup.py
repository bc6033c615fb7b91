"""Marks by which programs talk to language models have no business in a report: what stands beside them is a doubt."""

from __future__ import annotations

import re

from summarizer.grounding.checks.basis import Basis
from summarizer.schema import Check

_MARKS = re.compile(
    r"<\|[a-z_]{2,20}\|>|\[\[(?:system|user|assistant)\]\]|\[/?INST\]|<</?SYS>>|</?(?:system|assistant)>"
    r"|\{\s*[\"“](?:moves|role|content|items)[\"”]\s*:",
    re.IGNORECASE,
)


def mark_in(basis: Basis) -> str | None:
    """The first such mark in the cited sentences."""
    found = _MARKS.search(basis.sentences)
    return found[0] if found else None


def check(mark: str) -> Check:
    """Doubts."""
    return Check(name="markup", result="doubt", reason=f"{mark!r} stands there, by which programs talk to language models")
