"""For or against: how a view stands to its issue, as the verb before the copied words and the words themselves tell.

"Condemned" and "warned" are against whatever follows; of "said" the words decide: what they praise or blame, more of the one
than of the other, and what they deny. Words that only tell are neutral; what is bound to a condition is conditional.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.corrections.terms.conditions import is_conditional
from summarizer.grounding.corrections.terms.wording import Wording, terms
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.references import Act
from summarizer.schema import Claim, Stance

_APPROVING, _DISAPPROVING = terms("approving"), terms("disapproving")
_GOOD, _BAD = terms("good"), terms("bad")
_DENYING = terms("denying")
_REACH = 3
"""Words after a denial that it turns: "not a very good step"."""


def stance_of(claim: Claim, telling: Telling, wording: Wording) -> Stance:
    """The stance that the sentence tells."""
    if is_conditional(wording):
        return "conditional"
    told = _by_verb(claim, telling, wording)
    if told is not None:
        return told
    for places, denies in ((range(wording.first, wording.last), True), (wording.clause_around, wording.is_fragment)):
        worth = sum(_worths(wording, places))
        if worth:
            return "supports" if worth > 0 else "opposes"
        if denies and any(_denies(wording, at) for at in places):
            return "opposes"
    return "neutral"


def _by_verb(claim: Claim, telling: Telling, wording: Wording) -> Stance | None:
    """What the party's own verb before the words tells, of one that only says with what it did: "rejected it, saying that"."""
    before = [act for act in telling.acts if not act.clause.attribution and act.clause.start < telling.start]
    acts = [*telling.governing, *(before if telling.governing else ())]
    own = [act for act in acts if telling.is_by([act], claim.parties[0]) and not act.clause.passive]
    for act in sorted(own, key=lambda act: (act.clause.attribution, -act.clause.start)):
        worth = _worth_of_verb(act.clause.verb)
        if worth:
            return "supports" if worth * _turned(wording, act) > 0 else "opposes"
        if not _only_says_with(wording, act):
            return None
    return None


def _turned(wording: Wording, act: Act) -> int:
    """-1 where the verb of a clause is denied: "cannot support"."""
    place = next((at for at in _places(wording, act) if lexicon.bare(wording.sentence.word(at)) == act.clause.verb), None)
    return -1 if place is not None and any(_denies(wording, at) for at in range(place - _REACH, place)) else 1


def _only_says_with(wording: Wording, act: Act) -> bool:
    """Whether a clause says something beside what was done: "..., saying that"; "..., who said that"."""
    verb = next((at for at in _places(wording, act) if lexicon.bare(wording.sentence.word(at)) == act.clause.verb), 0)
    beside = wording.sentence.lower(verb).endswith("ing") or wording.sentence.lower(verb - 1) == "who"
    return act.clause.is_speaking and beside


def _places(wording: Wording, act: Act) -> Iterator[int]:
    """The places of the words of a clause."""
    begin = act.clause.start - wording.offset
    return (at for at, token in enumerate(wording.sentence.tokens) if token.start >= begin)


def _worths(wording: Wording, places: range) -> Iterator[int]:
    """Of each word that praises or blames, 1 or -1; the other way round where it is denied."""
    for at in places:
        word = wording.sentence.lower(at)
        worth = _worth_of_verb(lexicon.bare(word) or word) or _worth(word)
        if worth:
            yield -worth if any(_denies(wording, i) for i in range(max(places.start, at - _REACH), at)) else worth


def _worth_of_verb(verb: str) -> int:
    return (verb in _APPROVING) - (verb in _DISAPPROVING)


def _worth(word: str) -> int:
    return (word in _GOOD) - (word in _BAD)


def _denies(wording: Wording, at: int) -> bool:
    word = wording.sentence.lower(at)
    return word in _DENYING or word.endswith("n't")
