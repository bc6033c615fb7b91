"""Of whom something is demanded: whoever is urged, asked or called on, or whose duty is said; nobody where nobody is named.

"Urged Velia to leave", "asked the bank for a loan", "demanded that Velia leave", "Velia must leave", "an end to Velia's raids".
The passive, "the port should be closed", names nobody. Who says what he must do himself is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.corrections.terms.times import past_time
from summarizer.grounding.corrections.terms.wording import Wording, terms
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.duties import says_duty
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.no_parties import why_no_party
from summarizer.grounding.english.words import QUOTES
from summarizer.grounding.naming import same_party
from summarizer.schema import Claim

_URGING, _ASKING, _WANTING, _INSISTING = terms("urging"), terms("asking"), terms("wanting"), terms("insisting")
_TOWARDS, _OWED, _OWN_DEEDS, _ENDS = terms("towards"), terms("owed"), terms("own_deeds"), terms("ends")
_REFRAINING, _WRITING, _BESIDE = terms("refraining"), terms("writing"), terms("beside")
_NO_NAMES = lexicon.PREPOSITIONS | lexicon.AUXILIARIES | {"that", "this", "it", "and", "for", "how"}
_OBJECTS = {"him": "he", "her": "she", "them": "they"}
_ALL = frozenset({"both", "all"})
_LONGEST_NAME = 5
"""Words of an object that is no party we know: "our own fishermen"."""
_LONGEST_DUTY = 3
"""Words after "has" within which it says that it is a duty: "a special responsibility"."""
_LONGEST_ADDITION = 8
"""Words between an object and its "to": "urged officials in Velia on Monday to leave"."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Where a sentence says that something is wanted, and of whom. `likely`: whom a pronoun there may mean."""

    at: int
    names: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()


def addressees_of(claim: Claim, telling: Telling, wording: Wording) -> tuple[str, ...]:
    """Those of whom the sentence says that it is demanded. Where it has only a pronoun, whom the model named, if that fits."""
    asked = _nearest([*_Reader(claim, telling, wording).read()], wording)
    if asked is None or asked.names:
        return tuple(name for name in (asked.names if asked else ()) if not _is_nobody(name, telling))
    return tuple(name for name in claim.addressees if any(same_party(name, other) for other in asked.likely))


def _is_nobody(name: str, telling: Telling) -> bool:
    no_party = why_no_party(name, telling.sentences)
    return no_party is not None and no_party[0] == "sure"


def _nearest(asked: Sequence[_Asked], wording: Wording) -> _Asked | None:
    """Who is asked in the words themselves, the first one; else the last one before them, if nobody else speaks between."""
    within = [each for each in asked if wording.first <= each.at < wording.last and (each.names or each.likely)]
    if within:
        return min(within, key=lambda each: each.at)
    before = max((each for each in asked if each.at < wording.first), key=lambda each: each.at, default=None)
    between = range(before.at + 1, wording.first) if before else range(0)
    apart = any(wording.tells(at) or wording.sentence.lower(at) in _BESIDE for at in between)
    return None if apart else before


class _Reader:
    """A sentence in search of those of whom its parties want something."""

    def __init__(self, claim: Claim, telling: Telling, wording: Wording) -> None:
        self._own, self._people, self._acts = claim.parties, telling.people, telling.acts
        self._sentence, self._offset = wording.sentence, wording.offset

    def read(self) -> Iterator[_Asked]:
        for at in range(len(self._sentence.tokens)):
            yield from self._by_verb(at)
            yield from self._by_duty(at)
            yield from self._by_end(at)

    def _by_verb(self, at: int) -> Iterator[_Asked]:
        """Urged X to; called on X to; asked X for; gave X until Sunday to; wants X to."""
        word = self._sentence.lower(at)
        verb = lexicon.bare(word) or lexicon.verb_of_noun(word) or word
        if verb not in _URGING | _ASKING | _WANTING | _INSISTING | {"give"} or self._sentence.tokens[at].is_capital:
            return
        if self._sentence.lower(at - 1) == "to":  # "Velia must press Ostria to": nobody presses yet
            return
        after = self._after(at)
        if verb in _INSISTING:
            yield _Asked(at)
        elif self._sentence.word(at - 1) == "," and word.endswith("ing") and self._sentence.lower(after) in ("for", "that"):
            yield self._written_to(at)
        elif verb == "give":
            yield from self._given_time(at, after)
        elif self._is_passive(at):
            party = self._sentence.party_before(self._before_auxiliaries(at))
            yield self._naming(at, (party,) if party else ())
        elif f"{verb}_{self._sentence.lower(after)}" in _TOWARDS:
            yield self._object(at, after + 1, any_name=True)
        elif verb in _WANTING and (self._sentence.lower(after) == "for" or verb in ("want", "need", "expect")):
            yield self._wanted(at, after + (self._sentence.lower(after) == "for"))
        else:
            yield self._object(at, after, any_name=verb in _URGING)

    def _after(self, at: int) -> int:
        """The place after a verb and what says how and when: "pressing hard since Monday for"."""
        after = past_time(self._sentence, self._sentence.past_adverbs(at + 1))
        return after - (self._sentence.lower(after - 1) in _ALL)

    def _object(self, at: int, after: int, *, any_name: bool) -> _Asked:
        """Whoever stands after the verb, if "to", "for" or "that" says what he is asked."""
        if (pronoun := self._sentence.lower(after)) in _OBJECTS:
            return self._meaning(at, pronoun)
        parties, end = self._parties_at(after)
        if parties:
            return self._naming(at, parties) if self._is_asked(end) else _Asked(at)
        end = next((i for i in range(after, after + _LONGEST_NAME + 1) if self._sentence.lower(i) in ("to", "not")), after)
        last = end - (self._sentence.word(end - 1) in QUOTES)
        plain = all(self._sentence.word(i).isalpha() and self._sentence.lower(i) not in _NO_NAMES for i in range(after, last))
        return _Asked(at, (self._plain_name(after, last),)) if any_name and plain and last > after else _Asked(at)

    def _wanted(self, at: int, after: int) -> _Asked:
        """Whoever is to do it: "wants X to leave", "called for X to step down"."""
        parties, end = self._parties_at(after)
        deed = self._sentence.lower(end + 1)
        does = self._sentence.lower(end) == "to" and deed == lexicon.bare(deed)
        return self._naming(at, parties) if parties and does else _Asked(at)

    def _given_time(self, at: int, after: int) -> Iterator[_Asked]:
        """Gave X until Sunday to."""
        parties, end = self._parties_at(after)
        if parties and self._sentence.lower(end) in ("until", "till"):
            yield self._naming(at, parties)

    def _written_to(self, at: int) -> _Asked:
        """Wrote to X, asking for."""
        for i in range(at - 1, -1, -1):
            if lexicon.bare(self._sentence.word(i)) in _WRITING and self._sentence.lower(i + 1) == "to":
                return self._naming(at, self._parties_at(i + 2)[0])
        return _Asked(at)

    def _by_duty(self, at: int) -> Iterator[_Asked]:
        """X must; X has a responsibility to; that X leave; until X leaves. Nobody where what must be is done to it."""
        if self._owes(at) or self._is_wished(at):
            doing, passive = self._sentence.main_verb(at)
            passive = passive or (self._sentence.lower(at) == "be" and lexicon.is_participle(self._sentence.word(at + 1)))
            party = self._sentence.party_before(self._past_adverbs_back(at))
            subject = party and not self._sentence.is_governed(party) and not self._is_owner(party)
            yield self._owing(doing, (party,)) if party and subject and not passive else _Asked(doing)
        elif self._sentence.lower(at) in _REFRAINING and not self._sentence.is_day(at + 1):
            parties, end = self._parties_at(at + 1)
            if self._sentence.word(end).isalpha() and self._sentence.lower(end) not in lexicon.BE:
                yield self._owing(at, parties)

    def _owes(self, at: int) -> bool:
        """Whether a duty is said here: "must", "has to", "has a special responsibility"."""
        word, following = self._sentence.lower(at), [self._sentence.lower(i) for i in range(at + 1, at + 1 + _LONGEST_DUTY)]
        if says_duty(word) or (following[0] == "to" and says_duty(f"{word} to")):
            return True
        return word in ("has", "have", "bears", "bear") and not _OWED.isdisjoint(following)

    def _is_wished(self, at: int) -> bool:
        """Whether a bare verb stands here after "that X": "demanded that Velia leave"."""
        word = self._sentence.lower(at)
        party = self._sentence.party_before(self._past_adverbs_back(at))
        bare = word == lexicon.bare(word) or word == "be"
        return bare and party is not None and self._sentence.lower(party.first - 1) == "that"

    def _by_end(self, at: int) -> Iterator[_Asked]:
        """An end to X's raids; X's resignation."""
        for mention in self._sentence.mentions:
            if not self._is_owner(mention):
                continue
            to_him = mention.first - 2 == at and self._sentence.lower(at + 1) == "to"
            of_his = mention.last == at
            if (to_him and self._sentence.lower(at) in _ENDS) or (of_his and self._sentence.lower(at) in _OWN_DEEDS):
                yield self._naming(at, (mention,))

    def _parties_at(self, at: int) -> tuple[tuple[Mention, ...], int]:
        """The parties named from here on, and the place after them."""
        here = next((mention for mention in self._sentence.mentions if mention.first == at), None)
        return self._sentence.with_partners(here) if here else ((), at)

    def _is_asked(self, end: int) -> bool:
        """Whether something is asked of those who end here."""
        if self._sentence.lower(end) in ("for", "that", "not") or self._sentence.word(end) in '"“,.;':
            return True
        return any(self._sentence.lower(i) == "to" for i in range(end, end + _LONGEST_ADDITION))

    def _is_passive(self, at: int) -> bool:
        return self._sentence.lower(self._past_adverbs_back(at) - 1) in lexicon.BE and lexicon.is_participle(
            self._sentence.word(at)
        )

    def _before_auxiliaries(self, at: int) -> int:
        while self._sentence.lower(at - 1) in lexicon.AUXILIARIES | lexicon.ADVERBS:
            at -= 1
        return at

    def _past_adverbs_back(self, at: int) -> int:
        return at - (self._sentence.lower(at - 1) in lexicon.ADVERBS)

    def _is_owner(self, mention: Mention) -> bool:
        return self._sentence.tokens[mention.last - 1].is_possessive

    def _naming(self, at: int, parties: Sequence[Mention]) -> _Asked:
        """These, who are asked, without one of the name of who asks; a lone pronoun by whom it means, if that is sure."""
        if len(parties) == 1 and parties[0].is_pronoun:
            return self._meant(at, parties[0])
        names = (self._name(each) for each in parties)
        return _Asked(at, tuple(name for name in dict.fromkeys(names) if not any(same_party(name, own) for own in self._own)))

    def _owing(self, at: int, parties: Sequence[Mention]) -> _Asked:
        """These, who must, without those who say so themselves, or for whom they speak."""
        return self._naming(at, [each for each in parties if each.is_pronoun or not self._demands(each)])

    def _meant(self, at: int, pronoun: Mention) -> _Asked:
        start = self._sentence.tokens[pronoun.first].start
        meant = [
            reference
            for act in self._acts
            if act.clause.start - self._offset == start and not act.clause.attribution
            for reference in act.parties
            if not reference.mention.is_pronoun and not self._demands(reference.mention)
        ]
        names = tuple(dict.fromkeys(self._name(each.mention) for each in meant if each.sure))
        likely = [each.mention for each in meant] or self._bodies_before(pronoun)
        return _Asked(at, names if len(names) == 1 else (), tuple(map(self._name, likely)))

    def _bodies_before(self, pronoun: Mention) -> list[Mention]:
        """Whom "it" may mean of those before it in the sentence: the nearest that is no person."""
        before = [each for each in self._sentence.mentions if each.last <= pronoun.first and not each.is_pronoun]
        named = [each for each in before if each.head.islower() or not self._people.is_person(each)]
        bodies = [each for each in named if not self._demands(each)]
        return bodies[-1:] if pronoun.text.lower() == "it" else []

    def _meaning(self, at: int, pronoun: str) -> _Asked:
        """Whom "him" or "them" means: the only one before it in the sentence who fits and does not demand it himself."""
        before = [
            each for each in self._sentence.mentions if each.last <= at and not each.is_pronoun and not self._demands(each)
        ]
        persons = pronoun != "them"
        fitting = [each for each in before if self._people.is_person(each) == persons and (persons or each.head.endswith("s"))]
        names = tuple(dict.fromkeys(self._name(each) for each in fitting))
        return _Asked(at, names if len(names) == 1 else (), names)

    def _demands(self, mention: Mention) -> bool:
        """Whether this is who demands it, or for whom he speaks."""
        own = [each for name in self._own for each in mentions(name)]
        return any(self._people.acts_as(mention, name) for name in self._own) or any(
            self._people.acts_as(each, mention.text) for each in own
        )

    def _name(self, mention: Mention) -> str:
        """What to call them: by name where they have one; "both sides" and "4th Brigade" as they are called there."""
        name = self._people.name_of(mention)
        if mention in self._sentence.mentions and name == mention.text:
            counted = (i for i in range(mention.first, mention.last) if self._counts(i))
            name = self._sentence.span(next(counted, mention.last), mention.last) or name
        return name[:-2] if name.endswith(("'s", "’s")) else name.rstrip("'’")

    def _counts(self, at: int) -> bool:
        return self._sentence.lower(at) in _ALL or self._sentence.word(at)[:1].isdigit()

    def _plain_name(self, first: int, last: int) -> str:
        begin = first + (self._sentence.lower(first) in ("the", "a", "an"))
        return self._sentence.span(begin, last)
