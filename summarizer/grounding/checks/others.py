"""Those of whom it is demanded, and who tells of it, are named by the report."""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.grounding.checks.basis import Basis, plain, stands
from summarizer.grounding.naming import names_in, same_party
from summarizer.schema import Check, CheckResult, Claim

_WORD = re.compile(r"\w+(?:-\w+)*")
_TELLING = 4
"""Letters from which on a word says what a name is about."""


def check(claim: Claim, basis: Basis) -> Check:
    """Fails where one of them is named nowhere, doubts where a name is not there in full."""
    others = (*claim.addressees, *([claim.reported_by] if claim.reported_by else []))
    result, reason = are_named(claim, others, basis)
    return Check(name="others", result=result, reason=reason)


def are_named(claim: Claim, names: tuple[str, ...], basis: Basis) -> tuple[CheckResult, str]:
    """Whether the report names all of these. A copied name must stand in it as it is; of another, every telling word."""
    copied = claim.words is not None
    text = basis.document.text
    shares = {name: float(stands(name, text)) if copied else _share(name, text) for name in names}
    for name, share in sorted(shares.items(), key=lambda shared: shared[1]):
        if share == 0:
            return "fail", f"the report names nobody {name!r}"
        if share < 1:
            return "doubt", f"the report does not name {name!r} in full"
    return "pass", "the report names them all"


@lru_cache(maxsize=256)
def _share(name: str, text: str) -> float:
    share = share_of(name, text)
    return 1.0 if share < 1 and any(same_party(name, other) for other in names_in(text)) else share


def share_of(name: str, text: str) -> float:
    """How many of the telling words of a name stand in the text, from 0 to 1."""
    name, text = plain(name), plain(text)
    words = [word for word in _WORD.findall(name) if len(word) >= _TELLING] or [name]
    return sum(stands(word, text) for word in words) / len(words)
