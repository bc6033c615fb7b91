"""On what condition: the phrase of the sentence itself that binds the copied words to it."""

from __future__ import annotations

from summarizer.grounding.corrections.terms.wording import Wording, phrase_at, terms
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.sentence import JOINING
from summarizer.grounding.english.signs import signs
from summarizer.grounding.english.words import QUOTES

_IN_GENERAL = "in principle"
_BINDING = frozenset({"conditional", "depend", "depends", "depended"})
_BINDING_PHRASES = terms("binding")


def condition_of(wording: Wording) -> str | None:
    """The condition: "unless Velia withdraws", "provided that the port stays open"; None where it is bound to none."""
    places = _conditions(wording)
    within = [at for at in places if wording.first <= at < wording.last]
    after = [at for at in places if at >= wording.last and not any(_parts(wording, i) for i in range(wording.last, at))]
    before = [at for at in places if at < wording.first and _opens(wording, at) and _reaches(wording, at)]
    for at in (*within, *after, *reversed(before)):
        end = wording.up_to_stop(at)
        if end - at > 1:
            return wording.sentence.span(at, end)
    return None


def is_conditional(wording: Wording) -> bool:
    """Whether the words are bound to a condition, or make something one; not to one that was not met: "would not have"."""
    if any(_is_unreal(wording, at) for at in range(wording.first, wording.last)):
        return False
    places = range(wording.clause, wording.last)
    bound = {at for at in _conditions(wording) if wording.sentence.lower(at) in _BINDING}
    return condition_of(wording) is not None or any(at in bound for at in places)


def _is_unreal(wording: Wording, at: int) -> bool:
    return wording.sentence.lower(at) in ("would", "wouldn't") and wording.sentence.lower(at + 1) in ("have", "not", "never")


def _conditions(wording: Wording) -> list[int]:
    """The places where a condition is said, "only" before it included."""
    starts = {token.start: place for place, token in enumerate(wording.sentence.tokens)}
    places = {
        starts[sign.start] for sign in signs(wording.sentence.text) if sign.kind == "condition" and sign.word != _IN_GENERAL
    }
    places |= {at for at in starts.values() if phrase_at(wording.sentence, at, _BINDING_PHRASES)}
    return [
        at - (wording.sentence.lower(at - 1) in ("only", "but") and wording.sentence.lower(at) == "if") for at in sorted(places)
    ]


def _parts(wording: Wording, at: int) -> bool:
    """Whether something else begins here that the words have no part in: a comma alone does not part a condition."""
    sentence = wording.sentence
    joined = sentence.lower(at - 1) in (*JOINING, "but")
    finite = sentence.verb_at(at) == at and sentence.is_finite(at) and sentence.lower(at) not in lexicon.MODALS
    another = joined and (sentence.lower(at) == "that" or finite)  # but "would stay and would pay if" binds both
    own_mark = sentence.word(at) == "," or (at == wording.last and sentence.word(at) in QUOTES)
    return another or wording.tells(at) or (wording.is_stop(at) and not own_mark)


def _opens(wording: Wording, at: int) -> bool:
    """Whether a clause begins with the condition."""
    before = wording.sentence.word(at - 1)
    return at == 0 or not before.isalnum() or wording.sentence.lower(at - 1) in ("that", "and", "but")


def _reaches(wording: Wording, at: int) -> bool:
    """Whether the words are in the clause right after the condition: nobody speaks between, but in an insertion."""
    stops = [i for i in range(at + 1, wording.first) if wording.sentence.word(i) in ".;:—–"]
    return not stops and lexicon.bare(wording.sentence.word(at)) is None
