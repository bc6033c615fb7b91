"""For or against: how a view stands to its issue, as the verb before the copied words and the words themselves tell.

"Condemned" and "warned" are against whatever follows; of "said" the words decide: what they praise or blame, more of the one than
of the other, and what they deny. Words that only tell are neutral; what is bound to a condition is conditional.
"""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.corrections.terms.conditions import condition_of
from summarizer.grounding.corrections.terms.wording import Wording, terms
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.stems import stem
from summarizer.schema import Claim, Stance

_APPROVING, _DISAPPROVING = terms("approving"), terms("disapproving")
_GOOD = frozenset(map(stem, terms("good")))
_BAD = frozenset(map(stem, terms("bad")))
_DENYING = terms("denying")
_REACH = 3
"""Words after a denial that it turns: "not a very good step"."""


def stance_of(claim: Claim, telling: Telling, wording: Wording) -> Stance:
    """The stance that the sentence tells."""
    if condition_of(wording) is not None:
        return "conditional"
    told = _by_verb(claim, telling, wording)
    if told is not None:
        return told
    worth = sum(_worths(wording))
    if worth:
        return "supports" if worth > 0 else "opposes"
    if any(_denies(wording, at) for at in range(wording.first, wording.last)):
        return "opposes"
    return "neutral"


def _by_verb(claim: Claim, telling: Telling, wording: Wording) -> Stance | None:
    own = [act for act in telling.governing if telling.is_by([act], claim.parties[0])]
    inner = max(own, key=lambda act: (not act.clause.attribution, act.clause.start), default=None)
    if inner is None or inner.clause.passive:
        return None
    verb = inner.clause.verb
    if verb in _DISAPPROVING:
        return "opposes"
    return "supports" if verb in _APPROVING else None


def _worths(wording: Wording) -> Iterable[int]:
    """Of each word that praises or blames, 1 or -1; the other way round where it is denied."""
    for at in range(wording.first, wording.last):
        worth = _worth(wording.sentence.word(at))
        if worth:
            denied = any(_denies(wording, i) for i in range(max(wording.first, at - _REACH), at))
            yield -worth if denied else worth


def _worth(word: str) -> int:
    verb = lexicon.bare(word)
    if word[:1].isupper() and verb is None:
        pass
    if verb in _APPROVING or stem(word) in _GOOD:
        return 1
    return -1 if verb in _DISAPPROVING or stem(word) in _BAD else 0


def _denies(wording: Wording, at: int) -> bool:
    word = wording.sentence.lower(at)
    return word in _DENYING or word.endswith("n't")
