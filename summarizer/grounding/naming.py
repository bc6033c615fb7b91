"""Names: which a text holds, and whether two of them name the same party.

A party goes by its surname and its full name, with or without a title, by the first letters of its words, and, if it is a
state, by its people, its capital or its seat of government. The words are data: languages/states.toml and english_names.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from summarizer.grounding.languages import DATA, fold, word_lists
from summarizer.schema import PartyKind

_LISTS = word_lists("english_names")
_ARTICLES = _LISTS["articles"]
_HONORIFICS = _LISTS["honorifics"]
_TITLES = _LISTS["titles"]
_GOVERNING = _LISTS["governing"]
_COMMON = _LISTS["common"]
_PEOPLES = _LISTS["peoples"]
_PARTICLES = r"(?:(?:of|for)[ ](?:the[ ])?|(?:von|van|der|den|de|del|della|di|da|dos|bin|ibn|al|el|la|le|du|ter|zu)[ -])"
_CAPITAL = r"(?:[A-Z]\.(?:[A-Z]\.?)+|(?!\d)[^\W_a-zа-яёіїєґß-öø-ÿ][\w’'’-]*)"
_NAME = re.compile(rf"{_CAPITAL}(?:[  ](?:{_PARTICLES}{{0,2}})?{_CAPITAL})*")
_SHORT = 3
_POSSESSIVE = re.compile(r"[’']s?$")
_SPLIT = re.compile(r"(?:[^\w.’'-]|_)+")


@lru_cache(maxsize=16_384)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without articles, possessives and the points of an acronym."""
    words = (_POSSESSIVE.sub("", word).replace(".", "").replace("’", "'") for word in _SPLIT.split(name) if word)
    folded = tuple(fold(word) for word in words if word and fold(word) not in _ARTICLES)
    return folded[1:] if len(folded) > 1 and folded[0] in _HONORIFICS else folded


@lru_cache(maxsize=16_384)
def states_of(name: str) -> frozenset[str]:
    """The states or bodies that this name stands for: itself, its people, its capital."""
    return _states().get(" ".join(words_of(name)), frozenset()) if name != name.lower() else frozenset()


def sits_for(body: str) -> frozenset[str]:
    """The state or union that this body acts for, without being the same: the Foreign Office, the European Commission."""
    state = _seats().get(" ".join(words_of(body)))
    return frozenset({state} if state and body[:1].isupper() else ())


def state_called(name: str) -> str | None:
    """The state or body of which this is a name, the capital or the seat of government; not one of which it is the people."""
    return _called().get(" ".join(words_of(name))) if name != name.lower() else None


def state_of_people(people: str) -> str | None:
    """The state of which this is the people, as a noun or an adjective: Russia of "Russian"."""
    return _formed("peoples").get(" ".join(words_of(people))) if people[:1].isupper() else None


def own_names(state: str) -> tuple[str, ...]:
    """The names of a state or body, the one that we know it by first."""
    return (state, *(name for name in _data()["states"].get(state, "").split(", ") if name))


def kind_of_state(state: str) -> PartyKind:
    """What this is of the states and bodies that we know."""
    kinds: dict[str, PartyKind] = {"bloc": "bloc", "organisation": "organisation", "armed_group": "armed_group"}
    return next((kind for word, kind in kinds.items() if state in _data()["kinds"][word].split(", ")), "state")


def forms_of(state: str) -> frozenset[str]:
    """Every form, folded, that stands for this state or body."""
    return frozenset(form for form, names in _states().items() if state in names)


@lru_cache(maxsize=65_536)
def same_party(one: str, other: str) -> bool:
    """Whether the two names may name one party: the same words, a surname, an acronym, a state and its capital."""
    a, b = words_of(one), words_of(other)
    if not a or not b:
        return False
    if _singular(a) == _singular(b) or _same_state(one, other):
        return True
    if is_acronym(a, b) or is_acronym(b, a):
        return True
    a, b = _untitled(_bare(a)), _untitled(_bare(b))
    if _singular(a) == _singular(b):
        return True
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < len(longer) and _singular(longer)[-len(shorter) :] == _singular(shorter):
        return not _COMMON.issuperset(shorter)
    return _is_people(a, b) or _is_people(b, a)


@lru_cache(maxsize=16_384)
def party_keys(name: str) -> frozenset[str]:
    """Keys of which two names share one where `same_party` has them for one party; where they do, they may be two all the same.

    An index: to compare all names of a long report with each other takes the square of its length.
    """
    words = words_of(name)
    if not words:
        return frozenset()
    plain = _untitled(_bare(words))
    keys = {_singular(words)[-1], _singular(plain)[-1], *(f"state {state}" for state in states_of(name) | _governed(name))}
    if len(words) == 1:
        keys.add(f"acronym {words[0]}")
    keys.update(f"acronym {letters}" for letters in _acronyms(words))
    if len(plain) == 1:
        ended = (plain[0].removesuffix(ending) for ending in _PEOPLES if plain[0].endswith(ending))
        keys.update(f"root {root}" for root in (_root(plain[0]), *ended))
    return frozenset(keys)


def _is_people(people: tuple[str, ...], state: tuple[str, ...]) -> bool:
    """Whether the one is the adjective of the other, as it is mostly made: Velian of Velia."""
    if len(people) != 1 or len(state) != 1 or len(state[0]) <= _SHORT:
        return False
    root = _root(state[0])
    return people[0].startswith(root) and people[0].removeprefix(root) in _PEOPLES


def peoples_among(words: Iterable[str]) -> dict[str, str]:
    """Of these words those that are the people of another of them, with that one: Velian with Velia."""
    folded = {word: fold(word) for word in words}
    states: dict[str, list[str]] = {}
    for word, plain in folded.items():
        if len(plain) > _SHORT and not plain.endswith("s"):
            states.setdefault(_root(plain), []).append(word)
    return {
        word: state
        for word, plain in folded.items()
        for ending in _PEOPLES
        if plain.endswith(ending)
        for state in states.get(plain.removesuffix(ending), ())
        if folded[state] != plain
    }


def _root(state: str) -> str:
    return re.sub("[aeiouy]$", "", state)


def _same_state(one: str, other: str) -> bool:
    return bool((states_of(one) | _governed(one)) & (states_of(other) | _governed(other)))


def _governed(name: str) -> frozenset[str]:
    """The state whose government this is."""
    state, _, last = name.rpartition(" ")
    return states_of(re.sub(r"[’']s?$", "", state)) if last.lower() in _GOVERNING else frozenset()


@lru_cache(maxsize=64)
def names_in(text: str) -> tuple[str, ...]:
    """The proper names of a text, as they stand: runs of words with capitals, with what joins them."""
    return tuple(match[0] for match in _NAME.finditer(text))


def places_of(name: str, text: str) -> Iterator[int]:
    r"""Where the name begins in the text, each time that it stands there as whole words.

    As `(?<!\w)name(?!\w)` finds it, which would have to be compiled for each name: that takes longer than the search.
    """
    place = text.find(name)
    while place >= 0:
        end = place + len(name)
        whole = not (_is_in_word(text[place - 1 : place]) or _is_in_word(text[end : end + 1]))
        if whole:
            yield place
        place = text.find(name, max(end, place + 1) if whole else place + 1)


def _is_in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def is_acronym(short: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether the one word is made of the first letters of the others, all folded, "of" and "for" left out or not."""
    if len(short) != 1 or len(words) < 2 or not 2 <= len(short[0]) <= 8:
        return False
    return short[0] in _acronyms(words)


def _acronyms(words: tuple[str, ...]) -> tuple[str, str]:
    telling = [word for word in words if word not in ("of", "for", "and", "in", "on")]
    return "".join(word[0] for word in words), "".join(word[0] for word in telling)


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without one that only says that it governs: the Labour Party, the Velian government."""
    return words[:-1] if len(words) > 1 and words[-1] in _GOVERNING else words


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the titles before a name: President Dorn, Judge Mark."""
    first = next((i for i, word in enumerate(words) if word not in _TITLES), 0)
    return words[first:]


def _singular(words: tuple[str, ...]) -> tuple[str, ...]:
    return (*words[:-1], re.sub(r"(?<=[^s\W]{3})s$", "", words[-1]))


@cache
def _states() -> dict[str, frozenset[str]]:
    states: dict[str, set[str]] = {}
    for table in ("states", "peoples", "capitals"):
        for name, others in _data()[table].items():
            for form in filter(None, (name, *others.split(", "))):
                states.setdefault(" ".join(words_of(form)), set()).add(name)
    return {form: frozenset(names) for form, names in states.items()}


@cache
def _called() -> dict[str, str]:
    return _formed("capitals") | _formed("states") | {" ".join(words_of(name)): name for name in _data()["states"]}


@cache
def _formed(table: str) -> dict[str, str]:
    return {" ".join(words_of(form)): name for name, forms in _data()[table].items() for form in forms.split(", ") if form}


@cache
def _seats() -> dict[str, str]:
    return {" ".join(words_of(body)): name for name, bodies in _data()["seats"].items() for body in bodies.split(", ")}


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "states.toml").read_text(encoding="utf-8"))
