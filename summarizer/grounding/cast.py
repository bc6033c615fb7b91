"""Who is who in an English report: who speaks for which state or body, who is a person, whom "he", "we" and "both sides" mean.

"Russian President Vladimir Putin" says, wherever it stands, that Putin speaks for Russia; "Kerry" is a person where a longer
name ends in it or a title stands before it. A pronoun is sure where only one party fits; all else is a guess, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from summarizer.grounding import english
from summarizer.grounding.clauses import Clause, clauses
from summarizer.grounding.mentions import Mention, mentions
from summarizer.grounding.naming import same_party, states_of, words_of

_PERSONAL = english.listed("personal")
_FIRST = english.listed("first")
_OFFICIAL = english.listed("official")
_BOTH = english.listed("both")
_QUOTES = '"“„«'
_BODIES = english.listed("bodies")
REACH = 6_000
"""Code points before a sentence in which its speaker may have been named."""
_SHORT = 8
"""Words from a speaker to the colon."""
NEAR = 6
"""How many sentences back a party may have been named for a pronoun to mean it."""


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


class Cast:
    """The parties of one report."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._mentions = [each for sentence in english.sentences_of(text) for each in mentions(sentence) if not each.is_pronoun]

    def acts_as(self, mention: Mention, holder: str) -> bool:
        """Whether who is mentioned is the holder, or speaks for it."""
        return is_named(mention, holder) or speaks_for(mention, holder) or self._is_known_to_speak_for(mention, holder)

    def _is_known_to_speak_for(self, mention: Mention, holder: str) -> bool:
        if not mention.text[:1].isupper() or (english.names_party(mention.head.lower()) and mention.head.islower()):
            return False
        return any(
            speaks_for(other, holder)
            and (mention.text == other.also or is_named(other, mention.text) or is_named(mention, other.text))
            for other in self._mentions
        )

    def is_person(self, mention: Mention) -> bool:
        """Whether a mention is a person: more than one word and no body, or a surname that the report gives in full."""
        if states_of(mention.text) or mention.text.isupper() or self._is_body(mention):
            return False
        if english.names_party(mention.head):
            return english.speaks_for(mention.head) and not mention.head.lower().endswith("s")
        if len(words_of(mention.text)) > 1:
            return True
        longer = (each for each in self._mentions if len(words_of(each.text)) > 1 and not self._is_body(each))
        return any(words_of(each.text)[-1:] == words_of(mention.text) for each in longer)

    def _may_be_person(self, reference: Reference) -> bool:
        """Whether nothing speaks against it: one word with a capital, of which the report says no more."""
        name = reference.mention.text
        known = english.names_party(name) or states_of(name) or reference.mention.is_pronoun
        return name[:1].isupper() and len(name.split()) == 1 and not known

    def _is_body(self, mention: Mention) -> bool:
        return mention.head.lower() in _BODIES

    def read_all(self, text: str) -> list[Reading]:
        """The sentences of a text, each read with those before it in mind."""
        readings: list[Reading] = []
        for sentence in english.sentences_of(text[-REACH:])[-NEAR:]:
            readings.append(self.read(sentence, readings))
        return readings

    def read(self, sentence: str, before: Sequence[Reading], *, speaker: Reference | None = None) -> Reading:
        """The clauses of a sentence, with whom their pronouns mean.

        `speaker` is who says it, where the sentence does not tell.
        """
        acts: list[Act] = []
        found = clauses(sentence)
        said = next((Reference(c.parties[0]) for c in found if c.attribution and not c.parties[0].is_pronoun), speaker)
        for clause in found:
            here = Reading(sentence, tuple(act for act in acts if _stands_before(act, clause)))
            parties = tuple(ref for party in clause.parties for ref in self._meant(party, clause, [*before, here], said))
            acts.append(Act(clause, parties))
        return Reading(sentence, tuple(acts))

    def _meant(self, party: Mention, clause: Clause, before: Sequence[Reading], said: Reference | None) -> Iterator[Reference]:
        word = party.text.lower()
        if not party.is_pronoun:
            yield Reference(party)
            if english.names_party(party.head) and set(party.before_head.lower().split()) & _BOTH:
                yield from self._pair(before)
            elif party.text.lower() in _OFFICIAL:
                yield from self._body_before(before)
        elif word in _FIRST:
            yield from [said] if said is not None else []
        else:
            yield from self._third(word, clause, before)

    def _third(self, word: str, clause: Clause, before: Sequence[Reading]) -> Iterator[Reference]:
        """Whom he, she, it or they mean: the last who acted and fits, sure where nobody else in that sentence does.

        Who goes on to speak ("it added") is who spoke, and who began the sentence before.
        """
        for reading in reversed(before):
            acts = [act for act in reading.acts if act.clause.attribution] if clause.is_speaking else []
            fitting = self._fitting(word, acts) or self._fitting(word, reading.acts)
            if fitting:
                goes_on = clause.is_speaking and bool(acts or reading.acts) and _begins(fitting[0], acts or reading.acts)
                yield Reference(fitting[0].mention, fitting[0].sure and (len(fitting) == 1 or goes_on))
                return
            if word in _PERSONAL and (
                named := [ref for act in reading.acts for ref in act.parties if self._may_be_person(ref)]
            ):
                yield Reference(named[0].mention, sure=False)
                return

    def _fitting(self, word: str, acts: Sequence[Act]) -> list[Reference]:
        return _distinct([ref for act in acts for ref in act.parties if self._fits(word, ref.mention)])

    def _fits(self, word: str, mention: Mention) -> bool:
        if word in _PERSONAL:
            return self.is_person(mention)
        if word == "it":
            return not self.is_person(mention) and not mention.head.lower().endswith("s")
        return True

    def _pair(self, before: Sequence[Reading]) -> Iterator[Reference]:
        """The two that were named together last: "X and Y", "the X-Y talks"."""
        for reading in reversed(before):
            named = mentions(reading.text)
            for mention in named:
                parts = mention.text.split("-")
                if len(parts) == 2 and all(part[:1].isupper() and self._is_known(part) for part in parts):
                    yield from (Reference(replace(mention, text=part, head=part)) for part in parts)
                    return
            for one, other in pairwise(named):
                if other.first - one.last == 1 and f"{one.text} and" in reading.text and not one.is_pronoun:
                    yield from (Reference(one), Reference(other))
                    return
        yield from self._states_before(before)[:2]

    def _states_before(self, before: Sequence[Reading]) -> list[Reference]:
        """The states that were named last, the last one first."""
        named = [mention for reading in reversed(before) for mention in reversed(mentions(reading.text))]
        states = [replace(m, text=word, head=word) for m in named for word in (m.text, m.text.split()[0]) if states_of(word)]
        return _distinct([Reference(state) for state in states])

    def both(self, sentence: str, before: Sequence[Reading]) -> list[Reference]:
        """The two whom "both sides" or "the two leaders" of a sentence mean, in whatever place these words stand."""
        said = any(set(mention.before_head.lower().split()) & _BOTH for mention in mentions(sentence))
        return list(self._pair(before)) if said else []

    def _is_known(self, name: str) -> bool:
        return any(is_named(each, name) for each in self._mentions if "-" not in each.text)

    def _body_before(self, before: Sequence[Reading]) -> Iterator[Reference]:
        """The body whose officials these are: the one that acted last."""
        for reading in reversed(before):
            for act in reading.acts[:1]:
                for ref in act.parties:
                    if ref.mention.text[:1].isupper() and (english.speaks_for(ref.mention.head) or states_of(ref.mention.text)):
                        yield Reference(ref.mention)
                        return

    def speaker(self, sentence: str, before: str) -> Reference | None:
        """Who says a sentence that names nobody who does.

        Of a speech after "X said:", of a quotation that goes on, of a report in the first person; None of others.
        """
        if (announced := _announced(before)) is not None:
            return Reference(announced)
        if sentence.lstrip()[:1] in _QUOTES or _is_open(before):
            said = [act for reading in self.read_all(before) for act in reading.acts if act.clause.is_speaking and act.parties]
            return said[-1].parties[0] if said else None
        return self._author()

    def _author(self) -> Reference | None:
        """Whose report it is, where it says "we" of itself: who acts first in it."""
        plain = _without_quotations(self._text)
        if not any(token.lower in ("we", "our") for token in english.tokens(plain)):
            return None
        for sentence in english.sentences_of(self._text)[:3]:
            for clause in clauses(sentence):
                if not clause.parties[0].is_pronoun and not clause.attribution:
                    return Reference(clause.parties[0])
        return None


@lru_cache(maxsize=8)
def cast(text: str) -> Cast:
    """The cast of a report. Kept, since every claim about it asks."""
    return Cast(text)


def is_named(mention: Mention, name: str) -> bool:
    """Whether the mention is this party by name."""
    if mention.of and english.speaks_for(mention.head):
        return _same(mention.text, name) or words_of(mention.text)[-len(words_of(name)) :] == words_of(name) != words_of(
            mention.of
        )
    return name == mention.also or _same(mention.text, name) or _same(f"{mention.before_head} {mention.head}".strip(), name)


def speaks_for(mention: Mention, holder: str) -> bool:
    """Whether the mention says itself for whom it speaks: "Velia's foreign minister", "the head of Velia", "Velian troops"."""
    if not _has_office(mention):
        return False
    if mention.of and same_party(mention.of, holder):
        return True
    words = mention.text.split()
    return any(
        same_party(" ".join(words[:n]).removesuffix("'s").removesuffix("’s"), holder) for n in range(1, min(5, len(words)))
    )


def _has_office(mention: Mention) -> bool:
    return any(english.speaks_for(word.strip("'’s") if word.endswith(("'s", "’s")) else word) for word in mention.text.split())


def _same(one: str, other: str) -> bool:
    return same_party(one, other) and not (english.names_party(other) and len(words_of(one)) > len(words_of(other)) > 0)


def _begins(reference: Reference, acts: Sequence[Act]) -> bool:
    """Whether a sentence begins with this party, and with what it says."""
    return acts[0].clause.is_speaking and reference.mention in acts[0].clause.parties


def _stands_before(act: Act, clause: Clause) -> bool:
    return act.clause.parties[0].first < clause.parties[0].first and not act.clause.parties[0].is_pronoun


def _distinct(references: Sequence[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for each in references:
        if not any(same_party(each.mention.text, other.mention.text) for other in kept):
            kept.append(each)
    return kept


def _announced(before: str) -> Mention | None:
    """Who said, before a colon, what follows without quotation marks, until somebody else speaks."""
    for sentence in reversed(english.sentences_of(before[-REACH:])):
        speaking = [c for c in clauses(sentence) if c.is_speaking and c.parties[0].text[:1].isupper()]
        for clause in speaking:
            if not clause.parties[0].is_pronoun:
                return clause.parties[0] if _opens_speech(sentence[clause.start :]) else None
    return None


def _opens_speech(text: str) -> bool:
    """Whether a colon comes soon, and after it no quotation mark: "Lena Dorn said: We will"."""
    before, colon, after = text.partition(":")
    return bool(colon) and len(before.split()) < _SHORT and after.strip()[:1] not in ("", *_QUOTES, "'", "‘")


def _is_open(before: str) -> bool:
    """Whether a quotation that began before is not closed yet."""
    paragraph = before.rsplit("\n", 1)[-1]
    return paragraph.count("“") > paragraph.count("”") or paragraph.count('"') % 2 == 1


def _without_quotations(text: str) -> str:
    plain, inside = [], False
    for mark in text:
        if mark in '“”"':
            inside = mark == "“" or (mark == '"' and not inside)
        elif mark == "\n":
            inside = False
        if not inside:
            plain.append(mark)
    return "".join(plain)
