"""Who is who in an English report: who speaks for which state or body, who is a person, whom "he", "we" and "both sides" mean.

"Russian President Vladimir Putin" says, wherever it stands, that Putin speaks for Russia; "Kerry" is a person where a longer
name ends in it or a title stands before it. A pronoun is sure where only one party fits; all else is a guess, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, pairwise

from summarizer.grounding import english
from summarizer.grounding.clauses import Clause, clauses
from summarizer.grounding.mentions import Mention, mentions
from summarizer.grounding.naming import same_party, sits_for, states_of, words_of

_PERSONAL = english.listed("personal")
_FIRST = english.listed("first")
_OFFICIAL = english.listed("official")
_BOTH = english.listed("both")
_QUOTES = '"“„«'
_TITLE_WORDS = frozenset({"Prime", "Foreign", "Home", "Defence", "Defense", "Interior", "Finance", "Vice", "Deputy", "High"})
_SHORT_OFFICES = {"PM": "Prime Minister"}
_MY = english.listed("my")
_OWN = english.listed("own")
_STATEMENTS = english.listed("statements")
_BODIES = english.listed("bodies")
REACH = 6_000
"""Code points before a sentence in which its speaker may have been named."""
_BULLETS = "-–—•*·"
_LABEL = re.compile(r"\(\((?P<marked>[^()]{2,40})\)\)|(?P<named>[^\W\d][^:()\"“”]{1,40}?)(?: \([^()]{2,40}\))?(?::(?=\s)|$)")
_OURSELVES = _FIRST | _MY
_OFTEN = 0.15
"""Of the sentences of a report that speaks of itself: in so many it says "we" or "our"."""
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
        named = [[each for each in mentions(sentence) if not each.is_pronoun] for sentence in english.sentences_of(text)]
        told = [mention for sentence in named for mention in sentence]
        self._mentions = list({(each.text, each.before_head, each.also): each for each in told}.values())
        self._counts = Counter(each.text for each in told)
        self._judged: dict[tuple[Mention, str], bool] = {}
        self._appositions = [pair for sentence in named for pair in pairwise(sentence) if _explains(*pair)]

    def acts_as(self, mention: Mention, holder: str) -> bool:
        """Whether who is mentioned is the holder, or speaks for it, by what this mention or any other of it says."""
        if (mention, holder) not in self._judged:
            self._judged[mention, holder] = self._acts_as(mention, holder)
        return self._judged[mention, holder]

    def _acts_as(self, mention: Mention, holder: str) -> bool:
        if is_named(mention, holder) or speaks_for(mention, holder):
            return True
        return any(is_named(other, holder) or speaks_for(other, holder) for other in self._same_as(mention))

    def _same_as(self, mention: Mention) -> Iterator[Mention]:
        """Where else the report speaks of who is mentioned: by a longer name, an acronym, an office, an apposition."""
        for pair in self._appositions:
            if mention in pair:
                yield from pair
        yield from self._described(mention)
        if mention.text[:1].isupper() and not (english.names_party(mention.head.lower()) and mention.head.islower()):
            yield from self._named_alike(mention)
            yield from self._in_office(_SHORT_OFFICES.get(mention.text, mention.text)) if _is_office(mention) else ()

    def name_of(self, mention: Mention) -> str:
        """What to call who is mentioned: by a name that stands beside an office, "the president, Ivo Mark"."""
        if not mention.text.islower():
            return mention.text
        beside = [other for pair in self._appositions if mention in pair for other in pair if not other.text.islower()]
        return beside[0].text if beside else mention.text

    def _named_alike(self, mention: Mention) -> Iterator[Mention]:
        yield from self._begun_alike(mention)
        for other in self._mentions:
            if mention.text == other.also or is_named(other, mention.text) or is_named(mention, other.text):
                yield other
        for one, other in self._appositions:
            if is_named(one, mention.text) or is_named(other, mention.text):
                yield from (one, other)

    def _begun_alike(self, mention: Mention) -> Iterator[Mention]:
        """By the first word of its name, "Corval" for "Corval Construction", where no other name begins so."""
        if len(mention.text.split()) > 1 or states_of(mention.text):
            return
        names = [(m, words_of(_named_part(m.text))) for m in self._mentions]
        longer = [m for m, words in names if words[:1] == words_of(mention.text) and len(words) > 1]
        if all(same_party(each.text, longer[0].text) for each in longer):
            yield from longer

    def _described(self, mention: Mention) -> Iterator[Mention]:
        """Who is called so elsewhere before the name: "the rebels" after "the rebel Free Front"."""
        kind = mention.head.removesuffix("s")
        if mention.text == mention.head and mention.head.islower():
            yield from (other for other in self._mentions if other.text.split()[0] == kind and other.text != mention.text)
            yield from (other for one, other in self._appositions if one.text == mention.text)

    def _in_office(self, office: str) -> Iterator[Mention]:
        """Who holds an office that is named alone, by "Prime Minister Lena Dorn" or "Lena Dorn, the Prime Minister".

        Also who alone speaks in the report: a release gives the office in its heading, and the name further on.
        """
        yield from (other for other in self._mentions if f" {office} " in f" {other.text} " and office != other.text)
        yield from (party for pair in self._appositions if any(office in each.text for each in pair) for party in pair)
        if self._only_speaker is not None:
            yield self._only_speaker

    def is_person(self, mention: Mention) -> bool:
        """Whether a mention is a person: more than one word and no body, or a surname that the report gives in full."""
        if states_of(mention.text) or mention.text.isupper() or self._is_body(mention):
            return False
        if mention.before_head[:4].lower() == "the " and not _has_office(mention):
            return False
        if mention.head.islower() and any(self.is_person(other) for one, other in self._appositions if one == mention):
            return True
        if english.names_party(mention.head):
            return english.speaks_for(mention.head) and not mention.head.lower().endswith("s")
        if len(words_of(mention.text)) > 1:
            return True
        longer = (each for each in self._mentions if len(words_of(each.text)) > 1 and not self._is_body(each))
        return any(words_of(each.text)[-1:] == words_of(mention.text) for each in longer)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether the two are for sure not one party, nor one the other's: two states, or two persons."""
        if not one or same_party(one, other):
            return False
        if states_of(one) and states_of(other):
            return True
        return all(any(self.is_person(m) for m in mentions(name)) and not states_of(name) for name in (one, other))

    def _may_be_person(self, reference: Reference) -> bool:
        """Whether nothing speaks against it: one word with a capital, of which the report says no more."""
        name = reference.mention.text
        known = english.names_party(name) or states_of(name) or reference.mention.is_pronoun
        return name[:1].isupper() and len(name.split()) == 1 and not known

    def _is_body(self, mention: Mention) -> bool:
        return mention.head.lower() in _BODIES or any(word in _BODIES for word in mention.text.split() if word.islower())

    def read_all(self, text: str) -> list[Reading]:
        """The sentences of a text, each read with those before it in mind."""
        readings: list[Reading] = []
        for sentence in english.sentences_of(text[-REACH:])[-NEAR:]:
            readings.append(self.read(sentence, readings))
        return readings

    def read(self, sentence: str, before: Sequence[Reading], *, speakers: Sequence[Reference] = ()) -> Reading:
        """The clauses of a sentence, with whom their pronouns mean.

        `speakers` are who says it, where the sentence does not tell.
        """
        acts: list[Act] = []
        found = clauses(sentence)
        attributed = [Reference(c.parties[0]) for c in found if c.attribution and not c.parties[0].is_pronoun]
        said = attributed[:1] or speakers
        for clause in found:
            here = Reading(sentence, tuple(act for act in acts if _stands_before(act, clause)))
            parties = tuple(ref for party in clause.parties for ref in self._meant(party, clause, [*before, here], said))
            acts.append(Act(clause, parties))
        return Reading(sentence, tuple(acts))

    def _meant(
        self, party: Mention, clause: Clause, before: Sequence[Reading], said: Sequence[Reference]
    ) -> Iterator[Reference]:
        word = party.text.lower()
        if not party.is_pronoun:
            yield Reference(party)
            if party.before_head.lower() in _MY:
                yield from said
            if party.before_head.lower() in _OWN and english.speaks_for(party.head):
                yield from self._third("it", clause, before)
            if english.names_party(party.head) and set(party.before_head.lower().split()) & _BOTH:
                yield from self._pair(before)
            elif party.text.lower() in _OFFICIAL and party.text.islower():
                yield from self._body_before(before)
        elif word in _FIRST:
            yield from said
        elif word == "both":
            yield from self._pair(before)
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

    def speakers(self, sentence: str, before: str) -> list[Reference]:
        """Who says a sentence that names nobody who does.

        Of a speech after "X said:", of a quotation that goes on, of a line in a list, of a statement by X, of a report in the
        first person; nobody of others.
        """
        quoted = sentence.lstrip()[:1] in _QUOTES or _is_open(before)
        if (label := self._label(sentence)) is not None:
            return [Reference(label)]
        announced = self._announced(before, quoted=quoted)
        if announced is not None:
            return [Reference(announced), *self._state_of_speech(before)]
        return self._listers(sentence, before) or (self._last_speaker(before) if quoted else self._authors())

    def _state_of_speech(self, before: str) -> list[Reference]:
        """The state for which somebody speaks without quotation marks: the first that acts in what is said."""
        _, _, speech = before.rpartition(":")
        acting = (clause.parties[0] for sentence in english.sentences_of(speech) for clause in clauses(sentence))
        return [Reference(mention) for mention in islice((m for m in acting if states_of(m.text)), 1)]

    def _announced(self, before: str, *, quoted: bool) -> Mention | None:
        """Who said, before a colon, what follows, until somebody else speaks: "Lena Dorn said:", "Lena Dorn:".

        Without quotation marks all that follows is meant; with them, what is quoted. In an interview a speaker goes on until
        the next one is named, whoever is spoken of in between.
        """
        if self._is_interview:
            labels = (self._label(sentence) for sentence in reversed(english.sentences_of(before)))
            return next((label for label in labels if label is not None), None)
        for sentence in reversed(english.sentences_of(before[-REACH:])):
            if (label := self._label(sentence)) is not None:
                return label
            for clause in clauses(sentence):
                if clause.is_speaking and clause.parties[0].text[:1].isupper() and not clause.parties[0].is_pronoun:
                    return clause.parties[0] if _opens_speech(sentence[clause.start :], quoted=quoted) else None
        return None

    def _label(self, sentence: str) -> Mention | None:
        """The speaker whose name alone stands where a line begins, or is the line: "Lena Dorn: ...", "((Dorn)) ..."."""
        match = _LABEL.match(sentence)
        found = mentions(match["marked"] or match["named"]) if match else []
        if not match or len(found) != 1 or found[0].first != 0 or not self.is_person(found[0]):
            return None
        heading = match.end() == len(sentence)
        return found[0] if not heading or self._is_named_again(found[0]) else None

    def _is_named_again(self, mention: Mention) -> bool:
        """Whether the report names this one in more places: what stands alone on a line may be any heading."""
        return self._counts[mention.text] > 1

    @cached_property
    def _is_interview(self) -> bool:
        """Whether lines of the report begin with the names of those who speak."""
        return sum(self._label(sentence) is not None for sentence in english.sentences_of(self._text)) > 1

    def _last_speaker(self, before: str) -> list[Reference]:
        """Who spoke last: of the last sentence in which somebody speaks, the one whom all of it is attributed to."""
        for reading in reversed(self.read_all(before)):
            speaking = [act for act in reading.acts if act.clause.is_speaking and act.parties]
            if speaking:
                return list(min(speaking, key=lambda act: not act.clause.attribution).parties)
        return []

    def _listers(self, sentence: str, before: str) -> list[Reference]:
        """Who acts in the words that announce a list, of a line of that list."""
        if sentence.lstrip()[:1] not in _BULLETS:
            return []
        lines = [line.strip() for line in before.splitlines() if line.strip()]
        announcing = next((line for line in reversed(lines) if line[:1] not in _BULLETS), "")
        acts = self.read(announcing, []).acts if announcing.endswith(":") else ()
        return [ref for act in acts for ref in act.parties][:1]

    def _authors(self) -> list[Reference]:
        """Whose report it is: of a "Statement by X on behalf of Y", these; of one that says "we" of itself, who acts first."""
        opening = english.sentences_of(self._text[:REACH])[:3]
        signed = [mention for sentence in opening for mention in _signed(sentence)]
        if signed:
            return [Reference(mention) for mention in signed]
        if not self._is_in_first_person:
            return []
        acting = (c.parties[0] for s in opening for c in clauses(s) if not c.parties[0].is_pronoun and not c.attribution)
        return [Reference(mention) for mention in islice(acting, 1)]

    @cached_property
    def _is_in_first_person(self) -> bool:
        """Whether it speaks of itself outside of quotations, in a good part of its sentences."""
        plain = english.sentences_of(_without_quotations(self._text))
        own = [any(token.lower in _OURSELVES for token in english.tokens(sentence)) for sentence in plain]
        return sum(own) >= _OFTEN * len(own) and not self._is_interview

    @cached_property
    def _only_speaker(self) -> Mention | None:
        """The only person who speaks in the report by name, as in a release of a ministry; None where there are several."""
        speaking = (
            clause.parties[0]
            for sentence in english.sentences_of(self._text)
            for clause in clauses(sentence)
            if clause.is_speaking and self.is_person(clause.parties[0]) and not _is_office(clause.parties[0])
        )
        found = _distinct([Reference(mention) for mention in speaking if not mention.is_pronoun])
        return found[0].mention if len(found) == 1 else None


def _signed(sentence: str) -> Iterator[Mention]:
    """Whose statement a heading says it is: "Statement by the High Representative on behalf of the Union"."""
    tokens = english.tokens(sentence)
    if not any(token.lower in _STATEMENTS for token in tokens[:6]):
        return
    for mention in mentions(sentence):
        before = [token.lower for token in tokens[max(0, mention.first - 3) : mention.first]]
        if before[-1:] == ["by"] or before == ["on", "behalf", "of"]:
            yield mention


@lru_cache(maxsize=8)
def cast(text: str) -> Cast:
    """The cast of a report. Kept, since every claim about it asks."""
    return Cast(text)


def is_named(mention: Mention, name: str) -> bool:
    """Whether the mention is this party by name."""
    if name.lower() == mention.head.lower() or _is_kind_of(mention, name):
        return True
    if mention.of and not english.speaks_for(mention.head) and same_party(mention.text.partition(" of ")[0], name):
        return True
    if mention.of and english.speaks_for(mention.head):
        return same_party(mention.text, name) or words_of(mention.text)[-len(words_of(name)) :] == words_of(name) != words_of(
            mention.of
        )
    heads = (mention.text, f"{mention.before_head} {mention.head}".strip())
    return name == mention.also or any(same_party(head, name) for head in heads)


def _is_kind_of(mention: Mention, name: str) -> bool:
    """Whether the mention is the kind of body that the name says it is: "the court" of "Supreme Court of Velia"."""
    return (
        mention.head.islower() and mention.text == mention.head and mention.head in words_of(name) and mention.head in _BODIES
    )


def speaks_for(mention: Mention, holder: str) -> bool:
    """Whether the mention says itself for whom it speaks: "Velia's foreign minister", "the head of Velia", "Velian troops"."""
    if sits_for(mention.text) & states_of(holder) or _sits_in(mention, holder):
        return True
    if not _has_office(mention):
        return False
    if mention.of and same_party(mention.of, holder):
        return True
    words = mention.text.split()
    return any(
        same_party(" ".join(words[:n]).removesuffix("'s").removesuffix("’s"), holder) for n in range(1, min(5, len(words)))
    )


def _named_part(text: str) -> str:
    """The text from its first capital on: the name after "partner" or "group"."""
    words = text.split()
    return " ".join(words[next((i for i, word in enumerate(words) if word[:1].isupper()), 0) :])


def _sits_in(mention: Mention, holder: str) -> bool:
    """Whether those mentioned make up such a body: the judges of a court, the deputies of a parliament."""
    return mention.head.islower() and bool(english.bodies_of(mention.head) & set(words_of(holder)))


def _explains(one: Mention, other: Mention) -> bool:
    """Whether one names the office of the other: "Lena Dorn, the foreign minister", "its spokesman, Ivo Mark"."""
    if one.after != "," or other.first != one.last + 1:
        return False
    return _has_office(one) != _has_office(other) or (one.text.islower() and other.after == "," and not other.text.islower())


def _is_office(mention: Mention) -> bool:
    """Whether it names an office or a body by common words alone: "the Prime Minister", "the Council"."""
    words = mention.text.split()
    return mention.text[:1].isupper() and all(english.speaks_for(word) or word in _TITLE_WORDS for word in words)


def _has_office(mention: Mention) -> bool:
    return any(english.speaks_for(word.strip("'’s") if word.endswith(("'s", "’s")) else word) for word in mention.text.split())


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


def _opens_speech(text: str, *, quoted: bool) -> bool:
    """Whether a colon comes soon, and after it what is said."""
    before, colon, after = text.partition(":")
    follows = after.strip()[:1]
    return bool(colon) and len(before.split()) < _SHORT and (quoted or follows not in (*_QUOTES, "'", "‘"))


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
