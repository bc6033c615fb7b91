"""Whom "he", "we", "they" and "both sides" mean: sentences read one after the other, each with those before it in mind.

A pronoun is sure where only one party fits; all else is a guess, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import Cast
from summarizer.grounding.english.clauses import Clause, clauses
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.words import sentences_of
from summarizer.grounding.naming import same_party, states_of

_PERSONAL = lexicon.listed("personal")
_FIRST = lexicon.listed("first")
_OFFICIAL = lexicon.listed("official")
_BOTH = lexicon.listed("both")
_MY = lexicon.listed("my")
_OWN = lexicon.listed("own")
REACH = 6_000
"""Code points before a sentence in which a party may have been named for a pronoun to mean it, or for it to speak."""
NEAR = 6
"""Sentences, likewise."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The party that a mention means. `sure` is false where a pronoun could mean another."""

    mention: Mention
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """A clause with the parties that its names and pronouns mean."""

    clause: Clause
    parties: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence that was read, with what its parties do in it."""

    text: str
    acts: tuple[Act, ...]


def read_all(text: str, people: Cast) -> list[Reading]:
    """The last sentences of a text, each read with those before it in mind."""
    readings: list[Reading] = []
    for sentence in sentences_of(text[-REACH:])[-NEAR:]:
        readings.append(read(sentence, readings, people))
    return readings


def read(sentence: str, before: Sequence[Reading], people: Cast, *, speakers: Sequence[Reference] = ()) -> Reading:
    """The clauses of a sentence, with whom their pronouns mean.

    `speakers` are who says it, where the sentence does not tell.
    """
    acts: list[Act] = []
    found = clauses(sentence)
    attributed = [Reference(c.parties[0]) for c in found if c.attribution and not c.parties[0].is_pronoun]
    said = attributed[:1] or speakers
    for clause in found:
        here = Reading(sentence, tuple(act for act in acts if _stands_before(act, clause)))
        context = _Context(clause, (*before, here), said, people)
        acts.append(Act(clause, tuple(ref for party in clause.parties for ref in context.meant(party))))
    return Reading(sentence, tuple(acts))


def both_in(sentence: str, before: Sequence[Reading], people: Cast) -> list[Reference]:
    """The two whom "both sides" or "the two leaders" of a sentence mean, in whatever place these words stand."""
    said = any(_says_both(mention) for mention in mentions(sentence))
    return list(_pair(before, people)) if said else []


def _distinct(references: Sequence[Reference]) -> list[Reference]:
    """The first of each party."""
    kept: list[Reference] = []
    for each in references:
        if not any(same_party(each.mention.text, other.mention.text) for other in kept):
            kept.append(each)
    return kept


@dataclass(frozen=True, slots=True)
class _Context:
    """Where a party stands whose name may be a pronoun: its clause, what was read before, and who says it all."""

    clause: Clause
    before: Sequence[Reading]
    said: Sequence[Reference]
    people: Cast

    def meant(self, party: Mention) -> Iterator[Reference]:
        """Whom the words mean that name this party."""
        word = party.text.lower()
        if not party.is_pronoun:
            yield Reference(party)
            yield from self._meant_beside(party)
        elif word in _FIRST:
            yield from self.said
        elif word == "both":
            yield from _pair(self.before, self.people)
        else:
            yield from self._third(word)

    def _meant_beside(self, party: Mention) -> Iterator[Reference]:
        """Who also acts where a noun does: of "our minister", "its minister", "both sides", "officials"."""
        owner = party.before_head.lower()
        if owner in _MY:
            yield from self.said
        if owner in _OWN and lexicon.speaks_for(party.head):
            yield from self._third("it")
        if lexicon.names_party(party.head) and _says_both(party):
            yield from _pair(self.before, self.people)
        elif party.text in _OFFICIAL:
            yield from _body_before(self.before)

    def _third(self, word: str) -> Iterator[Reference]:
        """Whom he, she, it or they mean: the last who acted and fits, sure where nobody else in that sentence does.

        Who goes on to speak ("it added") is who spoke, and who began the sentence before.
        """
        for reading in reversed(self.before):
            acts = [act for act in reading.acts if act.clause.attribution] if self.clause.is_speaking else []
            fitting = self._fitting(word, acts) or self._fitting(word, reading.acts)
            if fitting:
                goes_on = self.clause.is_speaking and _begins(fitting[0], acts or reading.acts)
                yield Reference(fitting[0].mention, fitting[0].sure and (len(fitting) == 1 or goes_on))
                return
            named = [ref for act in reading.acts for ref in act.parties if self.people.may_be_person(ref.mention)]
            if word in _PERSONAL and named:
                yield Reference(named[0].mention, sure=False)
                return

    def _fitting(self, word: str, acts: Sequence[Act]) -> list[Reference]:
        return _distinct([ref for act in acts for ref in act.parties if self._fits(word, ref.mention)])

    def _fits(self, word: str, mention: Mention) -> bool:
        if len(mention.text) == 1 or mention.head.lower() in lexicon.DAYS:  # "annex B", "by 30 June"
            return False
        if word in _PERSONAL:
            return self.people.is_person(mention)
        if word == "it":
            return not self.people.is_person(mention) and not mention.head.lower().endswith("s")
        return True


def _stands_before(act: Act, clause: Clause) -> bool:
    return act.clause.parties[0].first < clause.parties[0].first and not act.clause.parties[0].is_pronoun


def _begins(reference: Reference, acts: Sequence[Act]) -> bool:
    """Whether a sentence begins with this party, and with what it says."""
    return acts[0].clause.is_speaking and reference.mention in acts[0].clause.parties


def _says_both(mention: Mention) -> bool:
    return bool(set(mention.before_head.lower().split()) & _BOTH)


def _pair(before: Sequence[Reading], people: Cast) -> Iterator[Reference]:
    """The two that were named together last: "X and Y", "the X-Y talks"; else the two states that were named last."""
    for reading in reversed(before):
        named = mentions(reading.text)
        for mention in named:
            parts = mention.text.split("-")
            if len(parts) == 2 and all(part[:1].isupper() and people.is_known(part) for part in parts):
                yield from (Reference(replace(mention, text=part, head=part)) for part in parts)
                return
        for one, other in pairwise(named):
            if other.first - one.last == 1 and f"{one.text} and" in reading.text and not one.is_pronoun:
                yield from (Reference(one), Reference(other))
                return
    yield from _states_before(before)[:2]


def _states_before(before: Sequence[Reading]) -> list[Reference]:
    """The states that were named last, the last one first."""
    named = [mention for reading in reversed(before) for mention in reversed(mentions(reading.text))]
    states = [replace(m, text=word, head=word) for m in named for word in (m.text, m.text.split()[0]) if states_of(word)]
    return _distinct([Reference(state) for state in states])


def _body_before(before: Sequence[Reading]) -> Iterator[Reference]:
    """The body whose officials these are: the one that acted last."""
    for reading in reversed(before):
        for act in reading.acts[:1]:
            for ref in act.parties:
                if ref.mention.text[:1].isupper() and (lexicon.speaks_for(ref.mention.head) or states_of(ref.mention.text)):
                    yield Reference(ref.mention)
                    return
