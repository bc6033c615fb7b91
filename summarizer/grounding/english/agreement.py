"""A verb made to agree with the name that is put in its subject's place: "we urge" of one state is "Velia urges"."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.words import tokens_of

_SINGULAR = {"are": "is", "am": "is", "have": "has", "do": "does", "were": "was", "aren't": "isn't", "haven't": "hasn't"} | {
    "don't": "doesn't",
    "weren't": "wasn't",
}
_PLURAL = {"is": "are", "has": "have", "does": "do", "was": "were", "isn't": "aren't", "hasn't": "haven't"} | {
    "doesn't": "don't",
    "wasn't": "weren't",
}
_PRONOUNS = frozenset({"i", "we", "they", "he", "she", "it", "both", "who", "which"})


def agreeing(verb: str, *, subject: str, parties: int, names: Sequence[str]) -> str:
    """The verb, with its auxiliaries, for these names; as it is written where they are as many as its subject.

    A participle that goes on from another verb ("..., adding that") becomes past.

    `subject` is what stands for the parties in the sentence, `parties` how many it names.
    """
    bare = lexicon.bare(verb)
    if bare is not None and verb.lower().endswith("ing") and bare != verb.lower():
        return lexicon.past(bare)
    words = [token.lower for token in tokens_of(subject) if token.is_word]
    if parties == len(names) and not _PRONOUNS.intersection(words[-2:]):
        return verb
    first, _, rest = verb.partition(" ")
    made = _plural(first) if len(names) > 1 or is_plural(names[0]) else _singular(first)
    return f"{made} {rest}".rstrip()


def is_plural(name: str) -> bool:
    """Whether the name is of several: "analysts", "U.S. officials"."""
    head = name.split()[-1]
    return head.islower() and (head.endswith("s") or head in ("people", "media", "police"))


def _singular(form: str) -> str:
    if form.lower() in _SINGULAR:
        return _SINGULAR[form.lower()]
    is_present = lexicon.bare(form) == form.lower() and form.lower() not in lexicon.AUXILIARIES and not lexicon.is_past(form)
    return lexicon.third(form) if is_present else form


def _plural(form: str) -> str:
    if form.lower() in _PLURAL:
        return _PLURAL[form.lower()]
    verb = lexicon.bare(form)
    return verb if verb is not None and lexicon.third(verb) == form.lower() else form
