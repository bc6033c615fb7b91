"""English words, one at a time: the forms of verbs, what a verb tells, which nouns name a party or speak for one.

The words are data: languages/english_words.toml and english_verbs.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer.grounding.languages import DATA, word_lists


def listed(name: str) -> frozenset[str]:
    """The words of this list in languages/english_words.toml."""
    return word_lists("english_words")[name]


MODALS = listed("modals")
BE = listed("be")
HAVE = listed("have")
DO = listed("do")
AUXILIARIES = MODALS | BE | HAVE | DO
ADVERBS = listed("adverbs")
PREPOSITIONS = listed("prepositions")
STOPWORDS = PREPOSITIONS | AUXILIARIES | ADVERBS | listed("stopwords")
DETERMINERS = listed("determiners")
DAYS = listed("days")

_DOERS = re.compile(r"(?:\w{3}ists|\w{3}ians|\w{3}crats|\w{4}(?:er|or)s)$")


@lru_cache(maxsize=16_384)
def bare(word: str) -> str | None:
    """The bare form of this form of a verb that we know, or None."""
    return _forms().get(word.lower().replace("’", "'"))


def is_speaking(verb: str) -> bool:
    """Whether this verb, in its bare form, says what a party says, holds, wants or thinks."""
    return verb in _lexicon().speaking


def is_move(verb: str) -> bool:
    """Whether this verb, in its bare form, tells of a move: something said, or done towards others."""
    return is_speaking(verb) or verb in _lexicon().moving


def is_participle(word: str) -> bool:
    """Whether this form may stand after "was" or "has"."""
    word = word.lower()
    return word.endswith("ed") or word in _lexicon().participles


@lru_cache(maxsize=16_384)
def is_past(word: str) -> bool:
    """Whether this form may be a past, also where it looks like the bare form ("put")."""
    word = word.lower()
    return word.endswith("ed") or any(word == past for past, _ in _lexicon().irregular.values())


def past(verb: str) -> str:
    """The past of a verb, given in its bare form, that we know."""
    if verb in _lexicon().irregular:
        return _lexicon().irregular[verb][0]
    doubled = verb + verb[-1] + "ed"
    return doubled if doubled in _forms() else _with(verb, "ed")


def third(verb: str) -> str:
    """The form of a verb that one other does it by: "urges", "denies"."""
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s")


def verb_of_noun(noun: str) -> str | None:
    """The verb behind a noun that tells of a move: "refusal" gives "refuse"."""
    word = noun.lower()
    nouns = _lexicon().nouns
    return nouns.get(word) or nouns.get(word.removesuffix("s"))


@lru_cache(maxsize=16_384)
def names_party(noun: str) -> bool:
    """Whether this common noun names a party: one that is listed, or whose ending says that it does something ("insurers")."""
    word = noun.lower()
    parties = _lexicon().parties
    return word in parties | listed("bodies") or f"{word}s" in parties or speaks_for(word) or _is_doer(word)


def _is_doer(word: str) -> bool:
    return bool(_DOERS.search(word)) and bare(word) is None and word not in listed("no_doers")


def speaks_for(noun: str) -> bool:
    """Whether this common noun names somebody who speaks for the state or body named before it."""
    return noun.lower() in _lexicon().spokesmen


def bodies_of(noun: str) -> frozenset[str]:
    """The kinds of bodies that these make up: a court of judges."""
    word = noun.lower()
    return frozenset(body for body, members in _members().items() if word in members)


@cache
def _members() -> dict[str, frozenset[str]]:
    data = tomllib.loads((DATA / "english_verbs.toml").read_text(encoding="utf-8"))
    return {body: frozenset(members.split()) for body, members in data["members"].items()}


def act_told_by(verb: str, following: str = "") -> str | None:
    """Which act of `summarizer.acts` this verb, in its bare form, tells of before this word; None where it may be any."""
    act = _acts().get(f"{verb}_{following}", _acts().get(verb))
    return None if act == "no_act" else act


@cache
def _acts() -> dict[str, str]:
    data = tomllib.loads((DATA / "english_verbs.toml").read_text(encoding="utf-8"))
    return {verb: act for act, verbs in data["acts"].items() for verb in verbs.split()}


@dataclass(frozen=True)
class _Lexicon:
    speaking: frozenset[str]
    acting: frozenset[str]
    moving: frozenset[str]
    irregular: dict[str, tuple[str, str]]
    participles: frozenset[str]
    nouns: dict[str, str]
    parties: frozenset[str]
    spokesmen: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads((DATA / "english_verbs.toml").read_text(encoding="utf-8"))
    rows = [row.split() for line in data["irregular"].splitlines() for row in line.split(";") if row.strip()]
    pairs = [pair.split() for line in data["nouns"].splitlines() for pair in line.split(";") if pair.strip()]
    return _Lexicon(
        speaking=frozenset(data["speaking"].split()),
        acting=frozenset(data["acting"].split()),
        moving=frozenset(data["moving"].split()),
        irregular={verb: (past, participle) for verb, past, participle in rows},
        participles=frozenset(participle for _, _, participle in rows),
        nouns={pair[0]: pair[1] for pair in pairs},
        parties=frozenset(data["parties"].split()),
        spokesmen=frozenset(data["spokesmen"].split()),
    )


@cache
def _forms() -> dict[str, str]:
    """Every form of every verb that we know."""
    lexicon = _lexicon()
    forms: dict[str, str] = {}
    for verb in sorted(lexicon.speaking | lexicon.acting | lexicon.moving | set(lexicon.irregular)):
        past, participle = lexicon.irregular.get(verb, (_with(verb, "ed"), _with(verb, "ed")))
        for form in (verb, third(verb), past, participle, _with(verb, "ing")):
            forms.setdefault(form, verb)
        doubled = verb + verb[-1]
        if re.search(r"[^aeiou][aeiou][^aeiouwxy]$", verb) and verb not in lexicon.irregular:
            forms.setdefault(doubled + "ed", verb)
        forms.setdefault(doubled + "ing", verb)
    return forms


def _with(verb: str, ending: str) -> str:
    if verb.endswith("e") and (ending == "ed" or not verb.endswith("ee")):
        return verb[:-1] + ending
    if ending == "ed" and re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    return verb + ending
