"""The names of an English report at their fullest: of surnames, acronyms and capitals of states the names that they stand for.

A name becomes another only where the report has one alone that it can stand for.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import Cast
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.states import states_in
from summarizer.grounding.english.titles import Called, is_body_word, is_role, taken_apart
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.languages import word_lists
from summarizer.grounding.naming import is_acronym, state_called, words_of

_PLACES = word_lists("english_parties")["places"]
_PARTICLES = lexicon.listed("particles")
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_OWNERS = re.compile(r"^(?:its|their|his|her|our)\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)[’']s$|(?<=s)[’']$")
_POINTS = '"“”„«»‘,;:()[] '
_CAPITALS = re.compile(r"\b[A-Z]\w+")
_PAIR = re.compile(r"(?P<before>\w+ )?\b(?P<one>[A-Z]\w+) and (?P<other>[A-Z]\w+)\b")
_IN_PLACE = re.compile(r"\b(?i:in|at|from|near|of) ([A-Z]\w+)")
_POSSESSOR = re.compile(r"((?:[A-Z][\w-]* ){0,2}[A-Z][\w-]*)[’']s\b")
LONGEST_PERSON = 5
"""Words of a person's name."""


class FullNames:
    """The names of one report."""

    def __init__(self, text: str, people: Cast) -> None:
        self._text, self._people, self._states = text, people, states_in(text)
        self._fullest: dict[str, str] = {}
        self._taken_apart: dict[str, Called] = {}

    def fullest(self, name: str) -> str:
        """The fullest form of a name that has no office in it; the name itself where the report has no other."""
        if name not in self._fullest:
            self._fullest[name] = self._looked_for(self._without_institute(trimmed(name)))
        return self._fullest[name]

    def _looked_for(self, name: str) -> str:
        return (
            self._full_person(name)
            or self._states.called(self.as_written(name))
            or self._long_form(name)
            or self.joint.get(name)
            or self._begun_alike(name)
            or self.as_written(name)
        )

    def _full_person(self, name: str) -> str | None:
        """The only full name that ends in this one."""
        words = words_of(name)
        longer = sorted((full for full in self._by_surname[words[-1:]] if full[-len(words) :] == words), key=len)
        nested = all(after[-len(one) :] == one for one, after in pairwise(longer))
        return self.persons[longer[-1]] if longer and nested else None

    @cached_property
    def _by_surname(self) -> Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]:
        """The words of the full names, by the last of them."""
        found: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for words in self.persons:
            found[words[-1:]].append(words)
        return found

    @cached_property
    def persons(self) -> Mapping[tuple[str, ...], str]:
        """The full names of persons, of two words or more, by their words."""
        persons = (trimmed(each.text) for each in self._people.mentions if self._may_be_person(each))
        names = (self._without_institute(self.taken_apart(person).name) for person in persons)
        return {words_of(name): name for name in reversed(list(names)) if _is_full_name(name)}

    def is_person(self, name: str) -> bool:
        """Whether this is the full name of what may be a person."""
        return words_of(name) in self.persons

    def _may_be_person(self, mention: Mention) -> bool:
        first = mention.text.split()[0].lower()
        return self._people.is_person(mention) and first not in _PLACES and not state_called(mention.text)

    def _without_institute(self, name: str) -> str:
        """A person's name without what stands after "of": "Lena Dorn of the Institute"."""
        before, of, _ = name.partition(" of ")
        person = next(iter(mentions(before)), None) if of and _is_full_name(before) else None
        return before if person and self._may_be_person(person) and not self._is_body_name(before) else name

    def _is_body_name(self, name: str) -> bool:
        return any(is_body_word(word) or lexicon.names_party(word) for word in name.split())

    def _long_form(self, name: str) -> str | None:
        """The only name of the report that this one abbreviates."""
        if not (name.isupper() and " " not in name):
            return None
        beside = {each.text for each in self._people.mentions if each.also == name}
        parts = [part for each in self._people.mentions for part in _ends(each.text)]
        short = {part for part in parts if is_acronym(words_of(name), words_of(part))}
        long = {self.as_written(each) for each in short or beside if short or _may_abbreviate(name, each)}
        return long.pop() if len(long) == 1 else None

    def _begun_alike(self, name: str) -> str | None:
        """The only longer name that begins with this word, which is no place: "Corval" of "Corval Construction"."""
        no_name = is_body_word(name) or is_role(name) or name.lower() in _PLACES or name in self._in_places
        longer = self._by_first_word.get(name, ()) if not no_name else ()
        return longer[0] if len(longer) == 1 else None

    @cached_property
    def _in_places(self) -> frozenset[str]:
        return frozenset(_IN_PLACE.findall(self._text))

    @cached_property
    def _by_first_word(self) -> Mapping[str, Sequence[str]]:
        """Names of several capitals, by the first word."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in dict.fromkeys(each.text for each in self._people.mentions):
            if " " in name and all(word[0].isupper() for word in name.split()):
                found[name.split()[0]].append(name)
        return found

    @cached_property
    def joint(self) -> Mapping[str, str]:
        """Names of two that are one, "Bread and Shelter", by themselves and by their first word: they are never named apart."""
        alone = Counter(_CAPITALS.findall(self._text))
        pairs = list(_PAIR.finditer(self._text))
        together = Counter((pair["one"], pair["other"]) for pair in pairs)
        found: dict[str, str] = {}
        for pair in pairs:
            one, other, before = pair["one"], pair["other"], (pair["before"] or "").strip()
            times = together[one, other]
            announced = before.islower() and lexicon.names_party(before)
            if alone[one] == alone[other] == times and (times > 1 or announced):
                whole = f"{one} and {other}"
                found |= {one: whole, whole: whole}
        return found

    def as_written(self, name: str) -> str:
        """The name, with capitals at the beginnings of its words where the report has it so somewhere."""
        if not name.isupper() or len(name) < 3:
            return name
        others = (match[0] for match in re.finditer(rf"\b{re.escape(name)}\b", self._text, re.IGNORECASE))
        return next((" ".join(other.split()) for other in others if not other.isupper() and other[0].isupper()), name)

    def taken_apart(self, words: str) -> Called:
        """These words as name, role and owner."""
        if words not in self._taken_apart:
            self._taken_apart[words] = taken_apart(words, self._is_owner) if words else Called("")
        return self._taken_apart[words]

    def _is_owner(self, words: str) -> bool:
        """Whether these words name a state, its people, or a body or a party of the report."""
        plain = self.as_written(_ARTICLE.sub("", words))
        if self._states.of_people(plain) or self._states.called(plain):
            return True
        return plain[:1].isupper() and not is_role(plain) and plain in self._possessors

    @cached_property
    def _possessors(self) -> frozenset[str]:
        """Names, of up to three words, that stand somewhere as those to whom something belongs."""
        runs = re.findall(r"((?:[A-Z][\w-]* ){0,2}[A-Z][\w-]*)[’']s\b", self._text)
        return frozenset(" ".join(run.split()[at:]) for run in runs for at in range(len(run.split())))


def trimmed(words: str) -> str:
    """The words without article, possessive and marks around them."""
    plain = " ".join(words.split()).strip(_POINTS)
    plain = _OWNERS.sub("", _ARTICLE.sub("", plain))
    return _POSSESSIVE.sub("", plain) or plain or words


def _is_full_name(name: str) -> bool:
    words = [token for token in tokens_of(name) if token.is_word]
    return 1 < len(words) <= LONGEST_PERSON and all(word.is_capital or word.lower in _PARTICLES for word in words)


def _ends(name: str) -> Iterator[str]:
    """The name, and what it ends in from each capital on."""
    words = name.split()
    yield from (" ".join(words[at:]) for at in range(len(words) - 1) if words[at][0].isupper())


def _may_abbreviate(short: str, long: str) -> bool:
    """Whether the letters of the one stand in the other in this order, from its first one on."""
    letters = iter(long.lower())
    return short.isalpha() and short[0].lower() == long[0].lower() and all(letter in letters for letter in short.lower())
