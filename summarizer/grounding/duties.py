"""Whether an English clause tells what must be done, rather than what is done."""

from __future__ import annotations

from summarizer.grounding import english

_DUTY = english.listed("duty")
_NEAR = 8
"""Words from the beginning of a clause within which its duty is said."""


def is_duty(clause: str) -> bool:
    """Whether it says so near its beginning: "Velia must leave", "Velia has a responsibility to"."""
    near = [token.text for token in english.tokens(clause)[:_NEAR]]
    return "responsibility" in near or says_duty(" ".join(near))


def says_duty(words: str) -> bool:
    """Whether any word of these says that something must be."""
    said = [token.lower for token in english.tokens(words)]
    return any(word in _DUTY for word in said) or any(pair in _OWED for pair in zip(said, said[1:], strict=False))


_OWED = frozenset((first, "to") for first in ("has", "have", "needs", "need", "ought"))
