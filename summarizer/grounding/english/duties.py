"""Whether an English clause tells what must be done, rather than what is done."""

from __future__ import annotations

import itertools

from summarizer.grounding.english.lexicon import listed
from summarizer.grounding.english.words import tokens_of

_DUTY = listed("duty")
_OWED = frozenset((first, "to") for first in ("has", "have", "needs", "need", "ought"))
_NEAR = 8
"""Words from the beginning of a clause within which its duty is said."""


def is_duty(clause: str) -> bool:
    """Whether it says so near its beginning: "Velia must leave", "Velia has a responsibility to"."""
    near = [token.text for token in tokens_of(clause)[:_NEAR]]
    return "responsibility" in near or says_duty(" ".join(near))


def says_duty(words: str) -> bool:
    """Whether any word of these says that something must be."""
    said = [token.lower for token in tokens_of(words)]
    return any(word in _DUTY for word in said) or any(pair in _OWED for pair in itertools.pairwise(said))
