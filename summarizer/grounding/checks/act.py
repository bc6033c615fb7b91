"""Some word of the sentence tells of the act that copied words are said to be: small models say "agreed" of a plain no."""

from __future__ import annotations

import re

from summarizer.acts import ActName, act_of
from summarizer.grounding.checks.basis import Basis
from summarizer.grounding.english.lexicon import listed
from summarizer.grounding.english.verbs import acts_told_in
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.languages import word_lists
from summarizer.schema import Check, Claim

_ALSO: dict[ActName, frozenset[str]] = {
    "agrees": listed("agreeing"),
    "refuses": listed("denials"),
    "commits": listed("promising"),
    "leaves open": listed("open") | listed("leaving_open"),
}
"""Beside the verbs of an act, and the nouns made of them, the words by which a sentence may tell of it."""

_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[,;:.!?–—()\n]")


def is_asked(claim: Claim) -> bool:
    """Whether the claim is of an act that has words of its own."""
    return act_of(claim) in _ALSO


def check(claim: Claim, basis: Basis) -> Check:
    """Doubts where no word of the sentence tells of the act. In other languages, where it is given and a word there denies."""
    if basis.language != "en":
        return _elsewhere(claim, basis)
    act = act_of(claim)
    words = [token.lower for token in tokens_of(basis.sentences) if token.is_word]
    also = act is not None and any(word in _ALSO[act] or word.endswith("n't") for word in words)
    if act is None or also or act in acts_told_in(basis.sentences):
        return Check(name="act", result="pass", reason="the sentence tells of such an act")
    return Check(name="act", result="doubt", reason=f"no word of the sentence tells that somebody {claim.verb}")


def _elsewhere(claim: Claim, basis: Basis) -> Check:
    """Languages whose sentences we cannot read: whether a word denies where something is said to be agreed or promised."""
    negations = word_lists("negations").get(basis.language, frozenset())
    around = _MARK.split(basis.sentences[: basis.start])[-1] + basis.quoted + _MARK.split(basis.sentences[basis.end :])[0]
    denying = next((word for word in _WORD.findall(around.casefold()) if word in negations), None)
    if denying and act_of(claim) in ("agrees", "commits"):
        return Check(name="act", result="doubt", reason=f"{denying!r} stands beside words by which somebody {claim.verb}")
    return Check(name="act", result="not_checked", reason=f"not known how {basis.language!r} tells of an act")
