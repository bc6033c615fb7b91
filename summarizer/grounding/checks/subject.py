"""The statement speaks of what its evidence speaks of: it shares at least one telling word with it."""

from __future__ import annotations

import re

from summarizer.grounding.checks.basis import Basis, plain
from summarizer.schema import Check, Claim

_WORD = re.compile(r"\w+")
_TELLING = 4
"""Letters from which on a word says what a sentence is about."""


def check(claim: Claim, basis: Basis) -> Check:
    """Fails where they share nothing."""
    telling = {word for word in _WORD.findall(plain(claim.statement or basis.quoted)) if len(word) >= _TELLING}
    if telling and not telling & set(_WORD.findall(plain(basis.quoted))):
        return Check(name="subject", result="fail", reason="nothing that the statement speaks of is in the cited sentences")
    return Check(name="subject", result="pass", reason="the cited sentences speak of the same")
