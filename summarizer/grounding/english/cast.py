"""Who is who in an English report: which mentions are one party, and which are persons.

A party goes by a longer name, an acronym, an office, an apposition. "Kerry" is a person where a longer name ends in it or a
title stands before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, pairwise

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.clauses import clauses
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.offices import (
    explains,
    has_office,
    is_body,
    is_named,
    is_office,
    mention_keys,
    name_keys,
    speaks_for,
)
from summarizer.grounding.english.words import sentences_of
from summarizer.grounding.naming import same_party, states_of, words_of

_SHORT_OFFICES = {"PM": "Prime Minister"}


@lru_cache(maxsize=8)
def cast(text: str) -> Cast:
    """The cast of a report. Kept, since every claim about it asks."""
    return Cast(text)


class Cast:
    """The parties of one report."""

    def __init__(self, text: str) -> None:
        self._text = text
        named = [[each for each in mentions(sentence) if not each.is_pronoun] for sentence in sentences_of(text)]
        told = [mention for sentence in named for mention in sentence]
        self._mentions = list({(each.text, each.before_head, each.also): each for each in told}.values())
        self._counts = Counter(each.text for each in told)
        self._judged: dict[tuple[Mention, str], bool] = {}
        appositions = (pair for sentence in named for pair in pairwise(sentence) if explains(*pair))
        self._appositions = tuple(dict.fromkeys(appositions))

    @property
    def mentions(self) -> Sequence[Mention]:
        """Each way in which the report names a party, once, in its order."""
        return self._mentions

    def acts_as(self, mention: Mention, holder: str) -> bool:
        """Whether who is mentioned is the holder, or speaks for it, by what this mention or any other of it says."""
        if (mention, holder) not in self._judged:
            told = chain([mention], self._same_as(mention))
            self._judged[mention, holder] = any(is_named(each, holder) or speaks_for(each, holder) for each in told)
        return self._judged[mention, holder]

    def name_of(self, mention: Mention) -> str:
        """What to call who is mentioned: by a name that stands beside an office, "the president, Ivo Mark"."""
        if not mention.text.islower():
            return mention.text
        beside = [other for pair in self._appositions if mention in pair for other in pair if not other.text.islower()]
        return beside[0].text if beside else mention.text

    def _same_as(self, mention: Mention) -> Iterator[Mention]:
        """Where else the report speaks of who is mentioned."""
        for pair in self._appositions:
            if mention in pair:
                yield from pair
        yield from self._described(mention)
        if mention.text[:1].isupper() and not (lexicon.names_party(mention.head.lower()) and mention.head.islower()):
            yield from self._named_alike(mention)
            yield from self._in_office(_SHORT_OFFICES.get(mention.text, mention.text)) if is_office(mention) else ()

    def _described(self, mention: Mention) -> Iterator[Mention]:
        """Who is called so elsewhere before the name: "the rebels" after "the rebel Free Front"."""
        kind = mention.head.removesuffix("s")
        if mention.text == mention.head and mention.head.islower():
            yield from (other for other in self._mentions if other.text.split()[0] == kind and other.text != mention.text)
            yield from (other for one, other in self._appositions if one.text == mention.text)

    def _named_alike(self, mention: Mention) -> Iterator[Mention]:
        """Who has a longer or a shorter form of this name, or it for an acronym; and who these are by an apposition."""
        yield from self._begun_alike(mention)
        yield from self._named_so(mention)
        for one, other in self._appositions:
            if is_named(one, mention.text) or is_named(other, mention.text):
                yield from (one, other)

    def _named_so(self, mention: Mention) -> Iterator[Mention]:
        """Those of whom the one's words are a name of the other."""
        by_mention, by_name = self._by_keys
        places = {at for key in name_keys(mention.text) for at in by_mention.get(key, ())}
        places.update(at for key in mention_keys(mention) for at in by_name.get(key, ()))
        for other in (self._mentions[at] for at in sorted(places)):
            if mention.text == other.also or is_named(other, mention.text) or is_named(mention, other.text):
                yield other

    @cached_property
    def _by_keys(self) -> tuple[Mapping[str, Sequence[int]], Mapping[str, Sequence[int]]]:
        """The places of the mentions by what their names may be, and by what they may be as names of others."""
        by_mention: defaultdict[str, list[int]] = defaultdict(list)
        by_name: defaultdict[str, list[int]] = defaultdict(list)
        for at, mention in enumerate(self._mentions):
            for key in mention_keys(mention):
                by_mention[key].append(at)
            for key in name_keys(mention.text):
                by_name[key].append(at)
        return by_mention, by_name

    def _begun_alike(self, mention: Mention) -> Iterator[Mention]:
        """By the first word of its name, "Corval" for "Corval Construction", where no other name begins so."""
        if len(mention.text.split()) > 1 or states_of(mention.text):
            return
        longer = self._by_first_word.get(words_of(mention.text), ())
        if all(same_party(each.text, longer[0].text) for each in longer):
            yield from longer

    @cached_property
    def _by_first_word(self) -> Mapping[tuple[str, ...], Sequence[Mention]]:
        """The names of several words, by the first of them."""
        found: defaultdict[tuple[str, ...], list[Mention]] = defaultdict(list)
        for mention in self._mentions:
            words = words_of(_named_part(mention.text))
            if len(words) > 1:
                found[words[:1]].append(mention)
        return found

    def _in_office(self, office: str) -> Iterator[Mention]:
        """Who holds an office that is named alone, by "Prime Minister Lena Dorn" or "Lena Dorn, the Prime Minister".

        Also who alone speaks in the report: a release gives the office in its heading, and the name further on.
        """
        yield from (other for other in self._mentions if f" {office} " in f" {other.text} " and office != other.text)
        yield from (party for pair in self._appositions if any(office in each.text for each in pair) for party in pair)
        if self.only_speaker is not None:
            yield self.only_speaker

    @cached_property
    def only_speaker(self) -> Mention | None:
        """The only person who speaks in the report by name, as in a release of a ministry; None where there are several."""
        told = (clause for sentence in sentences_of(self._text) for clause in clauses(sentence))
        speaking = (clause.parties[0] for clause in told if clause.is_speaking and not clause.parties[0].is_pronoun)
        persons = [mention for mention in speaking if self.is_person(mention) and not is_office(mention)]
        alone = all(same_party(mention.text, persons[0].text) for mention in persons)
        return persons[0] if persons and alone else None

    def is_person(self, mention: Mention) -> bool:
        """Whether a mention is a person: more than one word and no body, or a surname that the report gives in full."""
        return self._is_person(mention, self._explained_as_persons)

    @cached_property
    def _explained_as_persons(self) -> Collection[Mention]:
        """Those who are a person by an apposition: "the lawyer" by "the lawyer, Simon Oster". Of a row, the last one first."""
        found: set[Mention] = set()
        for one, other in sorted(self._appositions, key=lambda pair: pair[0].first, reverse=True):
            if self._is_person(other, found):
                found.add(one)
        return found

    def _is_person(self, mention: Mention, explained: Collection[Mention]) -> bool:
        if states_of(mention.text) or mention.text.isupper() or is_body(mention):
            return False
        if mention.before_head[:4].lower() == "the " and not has_office(mention):
            return False
        if mention.head.islower() and mention in explained:
            return True
        if lexicon.names_party(mention.head):
            return lexicon.speaks_for(mention.head) and not mention.head.lower().endswith("s")
        return len(words_of(mention.text)) > 1 or words_of(mention.text) in self._surnames

    @cached_property
    def _surnames(self) -> frozenset[tuple[str, ...]]:
        """The last word of each name of several words that is no body."""
        longer = (words_of(each.text) for each in self._mentions if not is_body(each))
        return frozenset(words[-1:] for words in longer if len(words) > 1)

    def may_be_person(self, mention: Mention) -> bool:
        """Whether nothing speaks against it: one word with a capital, of which the report says no more."""
        known = lexicon.names_party(mention.text) or states_of(mention.text) or mention.is_pronoun
        return mention.text[:1].isupper() and len(mention.text.split()) == 1 and not known

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the two are for sure not one party, nor one the other's: two states, or two persons."""
        if not one or same_party(one, other):
            return False
        if states_of(one) and states_of(other):
            return True
        return all(any(self.is_person(m) for m in mentions(name)) and not states_of(name) for name in (one, other))

    def is_known(self, name: str) -> bool:
        """Whether the report names this party, and not only in a pair such as "Velia-Ostria"."""
        return any(is_named(each, name) for each in self._mentions if "-" not in each.text)

    def is_named_again(self, mention: Mention) -> bool:
        """Whether the report names this one in more places, by the same words."""
        return self._counts[mention.text] > 1


def _named_part(text: str) -> str:
    """The text from its first capital on: the name after "partner" or "group"."""
    words = text.split()
    return " ".join(words[next((i for i, word in enumerate(words) if word[:1].isupper()), 0) :])
