"""Where a verb stands in an English sentence, in which form, and which verb it is behind its auxiliaries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.stems import stem
from summarizer.grounding.english.words import Words, tokens_of

MOST_TAKEN = 3
"""Verbs in a row that one takes: "agreed to begin issuing"."""


@lru_cache(maxsize=512)
def has_verb(words: str) -> bool:
    """Whether any of these words may be a verb that we know."""
    return any(token.lower in lexicon.AUXILIARIES or lexicon.bare(token.text) for token in tokens_of(words))


@lru_cache(maxsize=256)
def acts_told_in(text: str) -> frozenset[str]:
    """The acts that the verbs of a text tell of, and the nouns made of them, whoever does them."""
    words = [token.text for token in tokens_of(text) if token.is_word]
    verbs = (verb for word in words for verb in (lexicon.bare(word), lexicon.verb_of_noun(word)) if verb)
    return frozenset(act for verb in verbs if (act := lexicon.act_told_by(verb)))


class Verbs(Words):
    """A sentence as a row of words, asked for its verbs by place."""

    def verb_at(self, at: int) -> int | None:
        """The place itself, if a verb begins there."""
        word = self.lower(at)
        if not word or not self.tokens[at].is_word or (self.tokens[at].is_capital and word not in lexicon.AUXILIARIES):
            return None
        if word in lexicon.AUXILIARIES or (word.endswith("ed") and len(word) > 4):
            return at
        verb = lexicon.bare(word)
        if verb is None or (word.endswith("ing") and not lexicon.is_speaking(verb)):
            return None
        return at

    def tells(self, at: int) -> bool:
        """Whether this form tells: said, says; not say, nor saying."""
        return self.lower(at) != lexicon.bare(self.word(at)) and not self.lower(at).endswith("ing")

    def is_finite(self, at: int) -> bool:
        """Whether this form is the verb of a clause: it tells, or is an auxiliary."""
        return self.lower(at) in lexicon.AUXILIARIES or self.tells(at)

    def past_adverbs(self, at: int) -> int:
        """The place after the adverbs and days that begin here."""
        while self.is_adverb(at) or self.is_day(at):
            at += 1
        return at

    def is_adverb(self, at: int) -> bool:
        """Whether an adverb stands here: "also", "not", "repeatedly"."""
        return self.lower(at) in lexicon.ADVERBS or (self.lower(at).endswith("ly") and len(self.lower(at)) > 4)

    def is_day(self, at: int) -> bool:
        """Whether a day or a month is named here: "Monday", or "on" before it."""
        return self.lower(at) in lexicon.DAYS or (self.lower(at) == "on" and self.lower(at + 1) in lexicon.DAYS)

    def main_verb(self, at: int) -> tuple[int, bool]:
        """Where the verb itself stands behind the auxiliaries that begin here, and whether it is passive."""
        passive, last = False, at
        while self.lower(at) in lexicon.AUXILIARIES or (
            at > last - 1 and self.past_adverbs(at) > at and self.lower(last) in lexicon.AUXILIARIES
        ):
            if self.lower(at) in lexicon.AUXILIARIES:
                passive, last = self.lower(at) in lexicon.BE, at
            at += 1
            if self.lower(at) in ("to", "n't"):
                at += 1
        following = self.word(at)
        if following and self.tokens[at].is_word and (lexicon.bare(following) or following.lower().endswith("ed")):
            is_passive = passive and lexicon.is_participle(following) and not following.lower().endswith("ing")
            return at, is_passive
        unknown = self.lower(last) in lexicon.MODALS and following and self.tokens[at].is_word
        return (at if unknown else last), False

    def taken(self, at: int) -> Iterator[str]:
        """The stems of the verbs that a verb before this place takes: "agreed to halt", "began issuing"."""
        for _ in range(MOST_TAKEN):
            at = self.past_adverbs(at)
            if self.is_day(at):
                at += 1
            if self.lower(at) == "to" and lexicon.bare(self.word(self.past_adverbs(at + 1))):
                at = self.past_adverbs(at + 1)
            elif not (self.lower(at).endswith("ing") and lexicon.bare(self.word(at))):
                return
            yield stem(self.word(at))
            at += 1
