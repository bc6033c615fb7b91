"""What one mention of a party says by itself: which name it is, which office it holds, and for whom it speaks.

"Russian President Vladimir Putin" says, wherever it stands, that Putin speaks for Russia.
"""

from __future__ import annotations

from functools import lru_cache

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.mentions import Mention
from summarizer.grounding.naming import party_keys, same_party, sits_for, states_of, words_of

_BODIES = lexicon.listed("bodies")
_BEFORE_OFFICE = lexicon.listed("before_office")
LONGEST_HOLDER = 4
"""Words of a name before an office: "the Central Bank of Velia's governor"."""


def is_named(mention: Mention, name: str) -> bool:
    """Whether the mention is this party by name."""
    if name.lower() == mention.head.lower() or _is_kind_of(mention, name):
        return True
    if mention.of and not lexicon.speaks_for(mention.head) and same_party(mention.text.partition(" of ")[0], name):
        return True
    if mention.of and lexicon.speaks_for(mention.head):
        words, own = words_of(mention.text), words_of(name)
        return same_party(mention.text, name) or words[-len(own) :] == own != words_of(mention.of)
    if name == mention.also or same_party(mention.text, name):
        return True
    return same_party(f"{mention.before_head} {mention.head}".strip(), name)


def mention_keys(mention: Mention) -> frozenset[str]:
    """Keys of which a mention and a name share one where `is_named` says that the one is the other: see `name_keys`."""
    return _mention_keys(mention.text, mention.before_head, mention.head, mention.also)


@lru_cache(maxsize=4_096)
def _mention_keys(text: str, before_head: str, head: str, also: str) -> frozenset[str]:
    names = {text, text.partition(" of ")[0], f"{before_head} {head}".strip()}
    return frozenset((f"head {head.lower()}", f"also {also}", *words_of(text)[-1:])).union(*map(party_keys, names))


@lru_cache(maxsize=4_096)
def name_keys(name: str) -> frozenset[str]:
    """The keys of a name, for those of mentions."""
    own = {f"head {name.lower()}", f"also {name}", *(f"head {word}" for word in words_of(name)), *words_of(name)[-1:]}
    return party_keys(name) | own


def _is_kind_of(mention: Mention, name: str) -> bool:
    """Whether the mention is the kind of body that the name says it is: "the court" or "the Court" of the Supreme Court."""
    kind = mention.head.lower()
    return mention.text.lower() == kind and kind in words_of(name) and kind in _BODIES


def speaks_for(mention: Mention, holder: str) -> bool:
    """Whether the mention says itself for whom it speaks: "Velia's foreign minister", "the head of Velia", "Velian troops"."""
    if sits_for(mention.text) & states_of(holder) or _sits_in(mention, holder):
        return True
    if not has_office(mention):
        return False
    if mention.of and same_party(mention.of, holder):
        return True
    words = mention.text.split()
    before = (" ".join(words[:n]) for n in range(1, min(LONGEST_HOLDER + 1, len(words))))
    return any(same_party(name.removesuffix("'s").removesuffix("’s"), holder) for name in before)


def _sits_in(mention: Mention, holder: str) -> bool:
    """Whether those mentioned make up such a body: the judges of a court, the deputies of a parliament."""
    return mention.head.islower() and bool(lexicon.bodies_of(mention.head) & set(words_of(holder)))


def has_office(mention: Mention) -> bool:
    """Whether any word of it is an office or a body that speaks for another."""
    return any(lexicon.speaks_for(word.strip("'’s") if word.endswith(("'s", "’s")) else word) for word in mention.text.split())


def is_office(mention: Mention) -> bool:
    """Whether it names an office or a body by common words alone: "the Prime Minister", "the Council"."""
    words = mention.text.split()
    return mention.text[:1].isupper() and all(lexicon.speaks_for(word) or word in _BEFORE_OFFICE for word in words)


def is_body(mention: Mention) -> bool:
    """Whether it is a body by its nouns: a ministry, a party, a union."""
    return mention.head.lower() in _BODIES or any(word in _BODIES for word in mention.text.split() if word.islower())


def explains(one: Mention, other: Mention) -> bool:
    """Whether one says who the other is: "Lena Dorn, the foreign minister", "its spokesman, Ivo Mark"."""
    if one.after != "," or other.first != one.last + 1:
        return False
    return has_office(one) != has_office(other) or (one.text.islower() and other.after == "," and not other.text.islower())
