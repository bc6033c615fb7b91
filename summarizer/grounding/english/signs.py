"""Signs: the English words that turn a statement, each with the words it bears on.

"Refused to commit to a full ceasefire" bears a sign of negation on "commit", "full", "ceasefire". A statement that speaks of
these without one has lost it. Word lists are data: languages/english_signs.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.stems import stem
from summarizer.grounding.english.words import Token, tokens_of
from summarizer.grounding.languages import DATA

_REACH = 4
"""Words of content that a sign bears on."""
_LONGEST = 200
"""Words and marks around a sign among which these are looked for: no sentence is longer."""
_STOPS = frozenset(".;:!?—–\n”")
_TURNS = lexicon.listed("turns")
_REFUSING_PARTIES = lexicon.listed("refusing_parties")
_BEFORE_BARE = lexicon.listed("before_bare")
_WHETHER = lexicon.listed("whether")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: `word` as it stands; `on`, the stems it bears on, the nearest first; `rest`, all to the end of its sentence."""

    kind: str
    word: str
    start: int
    on: tuple[str, ...]
    rest: frozenset[str] = frozenset()

    def bears_on(self, stems: frozenset[str]) -> bool:
        """Whether what it bears on is spoken of there: the nearest word, and most of all."""
        held = sum(each in stems for each in self.on)
        return bool(self.on) and self.on[0] in stems and (2 * held > len(self.on) or held == len(self.on) - 1)

    def covers(self, other: Sign) -> bool:
        """Whether they meet, or this one reaches on to what the other bears on: "would attack and respond"."""
        return self.meets(other) or bool(other.on and other.on[0] in self.rest)

    def meets(self, other: Sign) -> bool:
        """Whether both bear on the same: the nearest word of one is among those of the other."""
        return bool(self.on and other.on) and (self.on[0] in other.on or other.on[0] in self.on)


@lru_cache(maxsize=256)
def signs(text: str) -> tuple[Sign, ...]:
    """The signs of a text, in order."""
    tokens = tokens_of(text)
    return tuple(sign for at in range(len(tokens)) for sign in _at(tokens, at))


def signs_before(text: str, place: int, *, reach: int) -> list[Sign]:
    """The signs of a text that stand at most so many words and marks before an offset."""
    near = [token.start for token in tokens_of(text[:place])][-reach:]
    return [sign for sign in signs(text) if near and near[0] <= sign.start < place]


@lru_cache(maxsize=256)
def deeds(text: str) -> tuple[Sign, ...]:
    """The verbs of a text that another verb undoes, each as a sign of its own kind: what is done, and to what."""
    tokens = tokens_of(text)
    verbs = ((at, lexicon.bare(token.text)) for at, token in enumerate(tokens) if token.is_word)
    return tuple(
        Sign(verb, tokens[at].text, tokens[at].start, _after(tokens, at + 1) or _just_before(tokens, at))
        for at, verb in verbs
        if verb and opposites_of(verb)
    )


def opposites_of(verb: str) -> frozenset[str]:
    """The verbs that undo this one."""
    return _words().opposites.get(verb, frozenset())


def _at(tokens: Sequence[Token], at: int) -> Iterator[Sign]:
    token = tokens[at]
    if not token.is_word:
        return
    for kind, length in _kinds(tokens, at):
        on = _condition_on(tokens, at) if kind == "condition" else _on(tokens, at, length)
        rest = frozenset(_content(tokens[at + length : _end(tokens, at + length)]))
        yield Sign(kind, " ".join(t.text for t in tokens[at : at + length]), token.start, on, rest)


def _kinds(tokens: Sequence[Token], at: int) -> Iterator[tuple[str, int]]:
    """The kinds of sign that begin here, and how many words each has."""
    known, word = _words(), tokens[at].lower
    if not _may_be_sign(word):
        return
    phrase = " ".join(token.lower for token in tokens[at : at + 2]), " ".join(token.lower for token in tokens[at : at + 3])
    verb = lexicon.bare(word)
    if word.endswith("n't") or (lexicon.verb_of_noun(word) in known.verbs["negation"] and word not in _REFUSING_PARTIES):
        yield "negation", 1
    if word == "if" and at and lexicon.bare(tokens[at - 1].text) in _WHETHER:
        return
    if word == "may" and tokens[at].is_capital and at:
        return
    if word == "should" and tokens[at].is_capital:  # "Should they refuse, ..."
        yield "condition", 1
        return
    for kind in known.words:
        if phrase[1] in known.phrases[kind]:
            yield kind, 3
        elif phrase[0] in known.phrases[kind]:
            yield kind, 2
        elif word in known.words[kind] or (verb is not None and verb in known.verbs[kind] and _is_verb(tokens, at)):
            yield kind, 1


@lru_cache(maxsize=16_384)
def _may_be_sign(word: str) -> bool:
    """Whether some sign begins with this word. Most words begin none, which is known without those around them."""
    known, verb = _words(), lexicon.bare(word)
    refusing = lexicon.verb_of_noun(word) in known.verbs["negation"]
    return word in known.beginnings or verb in known.all_verbs or word.endswith("n't") or refusing or word == "should"


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether this form stands as a verb: not after an article or a possessive ("the ban")."""
    before = tokens[at - 1] if at else None
    if before is not None and tokens[at].lower == lexicon.bare(tokens[at].text):
        modal = any(token.lower in lexicon.MODALS for token in tokens[max(0, at - 5) : at])
        return (
            before.lower.endswith("s") or before.lower in lexicon.AUXILIARIES | _BEFORE_BARE or (before.text == "," and modal)
        )
    return before is None or not (before.lower in ("the", "a", "an", "of", "its", "his", "their") or before.is_possessive)


def _on(tokens: Sequence[Token], at: int, length: int) -> tuple[str, ...]:
    """What a sign bears on: what comes after it; of a passive, what its sentence began with."""
    passive = any(token.lower in lexicon.BE for token in tokens[max(0, at - 3) : at]) and lexicon.is_participle(tokens[at].text)
    if passive and lexicon.bare(tokens[at].text) in _words().verbs["negation"] | _words().verbs["disapproval"]:
        begin = _beginning(tokens, at)
        by_whom = at + length < len(tokens) and tokens[at + length].lower == "by"
        return (*_content(tokens[begin:at])[:_REACH], *(() if by_whom else _after(tokens, at + length)))
    return _after(tokens, at + length)


def _content(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(stem(token.text) for token in tokens if token.is_word and token.lower not in lexicon.STOPWORDS)


def _just_before(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The words of content before this place, the nearest first."""
    return _content(tokens[max(0, at - _LONGEST) : at])[: -_REACH - 1 : -1]


def _beginning(tokens: Sequence[Token], at: int) -> int:
    """Where the sentence begins in which this place is."""
    first = max(0, at - _LONGEST)
    return next((i + 1 for i in range(at - 1, first - 1, -1) if tokens[i].text in _STOPS), first)


def _end(tokens: Sequence[Token], at: int) -> int:
    """Where what is said goes over to something else."""
    last = min(at + _LONGEST, len(tokens))
    return next((i for i in range(at, last) if tokens[i].text in _STOPS or tokens[i].lower in _TURNS), last)


def _after(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The words of content that follow."""
    if at < len(tokens) and tokens[at].text == ",":  # "should, in turn, reject"; but "which it rejects, and" bears on nothing
        closing = next((i for i in range(at + 1, min(at + 5, len(tokens))) if tokens[i].text == ","), None)
        if closing is None or tokens[at + 1].lower in ("and", "or", "but"):
            return ()
        at = closing + 1
    found: list[str] = []
    for token in tokens[at : at + _LONGEST]:
        if token.text in _STOPS or token.lower in _TURNS or (token.text == "," and found) or len(found) == _REACH:
            break
        if token.is_word and token.lower not in lexicon.STOPWORDS:
            found.append(stem(token.text))
    return tuple(found)


def _condition_on(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """What is bound to a condition: what stands before "if"; where "if" begins, what comes after its comma."""
    before: list[str] = []
    for token in reversed(tokens[max(0, at - _LONGEST) : at]):
        if token.text in _STOPS or token.lower in _TURNS or len(before) == _REACH:
            break
        if token.is_word and token.lower not in lexicon.STOPWORDS:
            before.append(stem(token.text))
    if before:
        return tuple(before)
    commas = (i for i in range(at, min(at + _LONGEST, len(tokens))) if tokens[i].text == ",")
    return _after(tokens, next(commas, len(tokens)) + 1)


@dataclass(frozen=True)
class _Words:
    words: dict[str, frozenset[str]]
    verbs: dict[str, frozenset[str]]
    phrases: dict[str, frozenset[str]]
    opposites: dict[str, frozenset[str]]

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The words, and those with which a phrase begins."""
        phrases = frozenset(phrase.split(" ")[0] for kind in self.phrases.values() for phrase in kind)
        return phrases.union(*self.words.values())

    @cached_property
    def all_verbs(self) -> frozenset[str | None]:
        """The verbs of all kinds."""
        return frozenset[str | None]().union(*self.verbs.values())


@cache
def _words() -> _Words:
    """Any: TOML."""
    data: dict[str, Any] = tomllib.loads((DATA / "english_signs.toml").read_text(encoding="utf-8"))
    pairs = [pair.split() for line in data.pop("opposites")["pairs"].splitlines() for pair in line.split(";") if pair.strip()]
    opposites: dict[str, set[str]] = {}
    for one, other in pairs:
        opposites.setdefault(one, set()).add(other)
        opposites.setdefault(other, set()).add(one)
    return _Words(
        words={kind: frozenset(table.get("words", "").split()) for kind, table in data.items()},
        verbs={kind: frozenset(table.get("verbs", "").split()) for kind, table in data.items()},
        phrases={kind: frozenset(table.get("phrases", ())) for kind, table in data.items()},
        opposites={verb: frozenset(others) for verb, others in opposites.items()},
    )
