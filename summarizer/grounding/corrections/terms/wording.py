"""Where copied words stand in their sentence, as places in its row of words: what the terms of a move are read from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass

from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.sentence import EnglishSentence
from summarizer.grounding.english.words import QUOTES
from summarizer.grounding.languages import word_lists

_LONGEST_PHRASE = 4
_STOPS = frozenset(",;:.!?—–()")
_TURNS = lexicon.listed("parting")


def terms(name: str) -> frozenset[str]:
    """The words or phrases of this list in languages/english_terms.toml."""
    return word_lists("english_terms")[name]


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence with copied words in it, from token `first` to `last`, half-open. It begins at `offset` of what is told."""

    sentence: EnglishSentence
    first: int
    last: int
    offset: int

    @property
    def clause(self) -> int:
        """The place after the last finite verb before the words: what stands from here on may belong to them."""
        finite = (at for at in range(self.first - 1, -1, -1) if self.sentence.verb_at(at) == at and self.sentence.is_finite(at))
        return next(finite, -1) + 1

    @property
    def clause_around(self) -> range:
        """The places between the marks around the words, without a clause before them in which somebody says them."""
        begin = next((i + 1 for i in range(self.first - 1, -1, -1) if self.is_stop(i) or self.tells(i)), 0)
        end = next((i for i in range(self.last, len(self.sentence.tokens)) if self.is_stop(i)), len(self.sentence.tokens))
        return range(begin, end)

    @property
    def is_fragment(self) -> bool:
        """Whether the words hold no finite verb."""
        return not any(self.sentence.verb_at(at) == at and self.sentence.is_finite(at) for at in range(self.first, self.last))

    @property
    def is_subject(self) -> bool:
        """Whether the words are what a verb right after them is said of: "the request | was turned down"."""
        after = self.sentence.past_adverbs(self.last)
        return self.is_fragment and self.sentence.verb_at(after) is not None and self.sentence.is_finite(after)

    def goes_on_to(self, at: int) -> bool:
        """Whether no mark and no other finite verb parts the words from a place after them."""
        between = range(self.last, at)
        return not any(self.is_stop(i) or self.tells(i) for i in between)

    def is_stop(self, at: int) -> bool:
        """Whether what is said goes over to something else here."""
        return self.sentence.word(at) in _STOPS | QUOTES or self.sentence.lower(at) in _TURNS

    def tells(self, at: int) -> bool:
        """Whether somebody says something by the finite verb that begins here."""
        said = lexicon.bare(self.sentence.word(at))
        return said is not None and lexicon.is_speaking(said) and self.sentence.verb_at(at) == at and self.sentence.tells(at)

    def up_to_stop(self, at: int) -> int:
        """The place where a phrase that begins here ends: at a mark, unless a quotation that began in it goes on over it."""
        inside = sum(self.sentence.word(i) == '"' for i in range(at)) % 2 == 1
        quoted = False
        for i in range(at, len(self.sentence.tokens)):
            mark = self.sentence.word(i)
            if mark in QUOTES:
                closes = mark in "”»" or (mark == '"' and (quoted or inside))
                if closes and not quoted:
                    return i
                quoted = not closes
            elif not quoted and i > at and self.is_stop(i):
                return i
        return len(self.sentence.tokens)


def wording_of(telling: Telling) -> Wording | None:
    """The sentence in which the words begin, with their place in it; None where it is too long to be read."""
    offset = telling.sentences.rfind("\n", 0, telling.start) + 1
    line = telling.sentences[offset:].partition("\n")[0]
    sentence = EnglishSentence(line)
    starts = [token.start + offset for token in sentence.tokens]
    first, last = bisect_left(starts, telling.start), bisect_left(starts, telling.end)
    return Wording(sentence, first, last, offset) if first < last else None


def phrase_at(sentence: EnglishSentence, at: int, phrases: Collection[str]) -> int:
    """How many words from here are one of these phrases: the longest; 0 where none is. A verb of one word is it in any form."""
    for length in range(_LONGEST_PHRASE, 1, -1):
        if " ".join(sentence.lower(i) for i in range(at, at + length)) in phrases:
            return length
    return int(sentence.lower(at) in phrases or lexicon.bare(sentence.word(at)) in phrases)
