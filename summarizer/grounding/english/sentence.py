"""A sentence with its parties among its verbs, and a clause, which is what is found in one: parties, and what they do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.stems import stem
from summarizer.grounding.english.verbs import Verbs

JOINING = lexicon.listed("joining")
AFTER_NOUN = lexicon.listed("after_noun")
DENYING = lexicon.listed("denying")
_NO_AGENT_AFTER = lexicon.PREPOSITIONS - AFTER_NOUN


@dataclass(frozen=True, slots=True)
class Clause:
    """Parties and what they do. `start` and `end` are offsets into the sentence: what the verb bears on, nested clauses too.

    `verb` is the bare form, or the word itself; `verbs` the stems of it and of what it takes ("agreed to halt"). `passive`:
    it is done to them. `attribution`: said of a whole sentence ("according to", "..., said X"). `verb_place`: from the first
    auxiliary or denying adverb to the verb itself ("has not agreed"), half-open; empty where no verb stands there.
    """

    parties: tuple[Mention, ...]
    verb: str
    verbs: frozenset[str]
    start: int
    end: int
    content: frozenset[str] = frozenset()
    passive: bool = False
    attribution: bool = False
    verb_place: tuple[int, int] = (0, 0)

    @property
    def is_speaking(self) -> bool:
        """Whether it tells what somebody says, wants or thinks."""
        return lexicon.is_speaking(self.verb)


class EnglishSentence(Verbs):
    """The words of a sentence, with the parties that it names: who is joined to whom, and governed by what."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.mentions = mentions(self.text)
        self._beginning = {mention.first: mention for mention in reversed(self.mentions)}  # of two that overlap, the first
        self._ending = {mention.last: mention for mention in self.mentions}
        self._at = {token.start: place for place, token in enumerate(self.tokens)}

    def begins_party(self, at: int) -> bool:
        """Whether a party is named from this place on."""
        return at in self._beginning

    def party_before(self, at: int) -> Mention | None:
        """The party whose last word stands right before this place."""
        return self._ending.get(at)

    def place_of(self, clause: Clause) -> int:
        """The place at which a clause begins."""
        return self._at[clause.start]

    def is_governed(self, mention: Mention) -> bool:
        """Whether a preposition stands before it, so that it is no subject: "with X", "between X and Y"."""
        while self.is_joined(mention) and (partner := self.party_before(mention.first - 1)):
            mention = partner
        before = self.lower(mention.first - 1)
        return before in lexicon.PREPOSITIONS and not (before == "with" and self.lower(mention.last).endswith("ing"))

    def is_object(self, mention: Mention) -> bool:
        """Whether it stands right after a verb, or after a preposition that nobody acts by."""
        before = self.lower(mention.first - 1)
        told = lexicon.bare(before) or (before.endswith("ed") and len(before) > len("need"))
        return before in _NO_AGENT_AFTER or bool(told)

    def is_joined(self, mention: Mention) -> bool:
        """Whether it is the "Y" of "X and Y"."""
        return self.lower(mention.first - 1) in JOINING

    def with_partners(self, mention: Mention) -> tuple[tuple[Mention, ...], int]:
        """The party and those joined to it ("X, Y and Z"), and the first place after them."""
        parties, at = [mention], self.past_brackets(mention.last)
        while at + 1 < len(self.tokens):
            joined = self.lower(at) in JOINING or (self.word(at) == "," and self._lists_on(at))
            skipped = at + 1 + (self.word(at) == "," and self.lower(at + 1) in JOINING)
            partner = self._beginning.get(skipped)
            if not joined or partner is None:
                break
            parties.append(partner)
            at = self.past_brackets(partner.last)
        return tuple(parties), at

    def _lists_on(self, comma: int) -> bool:
        """Whether a comma is one of a list: some words on, "and" and another party."""
        partner = self._beginning.get(comma + 1)
        return partner is not None and (
            self.lower(partner.last) in JOINING or (self.word(partner.last) == "," and self.lower(partner.last + 1) in JOINING)
        )

    def clause(self, parties: tuple[Mention, ...], verb: str, verbs: Collection[str], first: int, last: int) -> Clause:
        """A clause over these places, half-open."""
        return Clause(parties, verb, frozenset(verbs), self.tokens[first].start, self.tokens[last - 1].end)

    def from_here(self, parties: tuple[Mention, ...], verb: str, first: int) -> Clause:
        """A clause with this verb, from a place to the end of the sentence."""
        return self.clause(parties, verb, {stem(verb)}, first, len(self.tokens))

    def attributed(self, parties: tuple[Mention, ...], verb: str) -> Clause:
        """The whole sentence, as what these say."""
        return replace(self.from_here(parties, verb, 0), attribution=True)

    def with_verb_at(self, parties: tuple[Mention, ...], first: int, at: int) -> Clause:
        """A clause with the verb that begins at a place, from `first` to the end of the sentence."""
        verb_at, passive = self.main_verb(at)
        verb = lexicon.bare(self.word(verb_at)) or self.lower(verb_at)
        verb = "be" if self.lower(verb_at) in lexicon.BE else verb
        verbs = {stem(self.word(verb_at)), *self.taken(verb_at + 1)}
        made = self.clause(parties, verb, verbs, first, len(self.tokens))
        return replace(made, passive=passive, verb_place=self.verb_place(at, verb_at))

    def verb_place(self, first: int, verb: int) -> tuple[int, int]:
        """From a verb's first auxiliary, or the adverb before it that denies it, to the verb itself: offsets."""
        before = first
        while self.is_adverb(before - 1):
            before -= 1
        denied = (at for at in range(before, first) if self.lower(at) in DENYING)
        return self.tokens[next(denied, first)].start, self.tokens[verb].end
