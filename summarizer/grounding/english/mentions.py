"""The parties that an English sentence names, where they stand: names, pronouns, nouns such as "officials".

A party is a run of words: "Germany's outgoing Chancellor Olaf Scholz", "the Ministry of Foreign Affairs (MFA)", "U.S. allies".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.words import QUOTES, Words

_PRONOUNS = lexicon.listed("pronouns")
_ARTICLES = lexicon.listed("articles")
_PAPERS = lexicon.listed("papers")
_PARTICLES = lexicon.listed("particles")
_OF = frozenset({"of", "for", "from"})
_TELLING = ("assesses", "warns", "opposes", "supports")


@dataclass(frozen=True, slots=True)
class Mention:
    """A party where it stands: tokens `first` to `last`, half-open. `text` is without article; `head` says who it is.

    `also` is what stands in brackets after it, most often its acronym; `after` the word or mark after it.
    """

    first: int
    last: int
    text: str
    head: str
    before_head: str
    of: str
    also: str = ""
    after: str = ""

    @property
    def is_pronoun(self) -> bool:
        """Whether it is a lone pronoun."""
        return self.text.lower() in _PRONOUNS


@lru_cache(maxsize=2_048)
def mentions(text: str) -> tuple[Mention, ...]:
    """Every party that the text names, or calls by a pronoun."""
    return tuple(_Parties(text).found())


class _Parties(Words):
    """A sentence in search of its parties."""

    def found(self) -> Iterator[Mention]:
        at = 0
        while at < len(self.tokens):
            if not self._is_core(at):
                at += 1
                continue
            last, of = self._run(at)
            if not (last == at + 1 and self._is_mark(at)):
                yield self._mention(at, last, of)
            at = last

    def _is_mark(self, at: int) -> bool:
        """Whether a lone word with a capital names nobody: a letter of a list, a date, told by what stands beside."""
        token = self.tokens[at]
        if token.lower in lexicon.DAYS:
            beside = (self.word(at - 1)[:1], self.word(at + 1)[:1])
            return any(mark.isdigit() for mark in beside) or self.lower(at - 1) in lexicon.PREPOSITIONS
        return len(token.text) == 1 and token.text not in ("X", "I")

    def _is_core(self, at: int) -> bool:
        token = self.tokens[at]
        if not token.is_word:
            return False
        if token.lower == "both":
            return self.lower(at + 1) in lexicon.AUXILIARIES
        if token.lower in _PRONOUNS:
            return token.text != "I" or at + 1 < len(self.tokens)
        if token.lower in lexicon.STOPWORDS or token.lower in lexicon.DETERMINERS:
            return token.text in ("US", "IT")
        if token.is_capital:
            opens = at == 0 or self.tokens[at - 1].text in QUOTES
            return not (
                opens and (token.lower.endswith("ly") or (lexicon.bare(token.text) and token.lower.endswith(("ing", "ed"))))
            )
        return lexicon.names_party(token.lower.removesuffix("'s").removesuffix("'")) or self._speaks(at)

    def _speaks(self, at: int) -> bool:
        """Whether an unknown noun speaks, by its place: "one veteran said", "said a colleague", "according to a person"."""
        first = self._article_before(at)
        if first is None or self.lower(at) in _PAPERS or (self.is_adjective(at + 1) and not self._is_told(at + 1)):
            return False
        if self._is_told(at + 1):
            return True
        if (self.lower(first - 2), self.lower(first - 1)) == ("according", "to"):
            return True
        if self.lower(first - 1) == "by" and self._is_told(first - 2):
            return True
        return self._is_told(first - 1) and self.word(first - 2) in QUOTES | {","}

    def _article_before(self, at: int) -> int | None:
        """Where the article stands that this noun goes with, adjectives between."""
        for first in range(at, max(-1, at - 4), -1):
            if self.lower(first) in _ARTICLES:
                return first if first < at else None
            if not self.is_adjective(first):
                return None
        return None

    def _is_told(self, at: int) -> bool:
        """Whether somebody says something by this verb: said, says; not say, nor saying."""
        verb = lexicon.bare(self.word(at))
        tells = verb is not None and lexicon.act_told_by(verb) in _TELLING
        return tells and self.lower(at) != verb and not self.lower(at).endswith("ing")

    def _run(self, at: int) -> tuple[int, int | None]:
        """Where the party that begins here ends, and where its "of" stands."""
        of: int | None = None
        last = at + 1
        if self.tokens[at].lower in _PRONOUNS:
            return last, of
        while last < len(self.tokens):
            following = self._next_core(last)
            if following is None:
                break
            if of is None and self.tokens[last].lower in _OF:
                of = last
            last = following + 1
        return last, of

    def _next_core(self, at: int) -> int | None:
        """The next word of a party whose name goes on here: at once, after adjectives, after "of the", after "von"."""
        before = self.tokens[at - 1]
        if self._is_core(at) and self.tokens[at].lower not in _PRONOUNS:
            return None if self.lower(at) in lexicon.DAYS else at
        step = at
        if self.tokens[at].lower in _OF and not before.is_possessive:
            step = at + 1 + (at + 1 < len(self.tokens) and self.tokens[at + 1].lower == "the")
            fits = step < len(self.tokens) and self.tokens[step].is_capital and self._is_core(step)
            return step if fits and (self.tokens[at].lower == "of" or lexicon.speaks_for(before.text)) else None
        while step < len(self.tokens) and step - at < 3 and self.tokens[step].lower in _PARTICLES:
            step += 1
        if step > at and step < len(self.tokens) and self.tokens[step].is_capital:
            return step
        while step < len(self.tokens) and step - at < 4 and self.is_adjective(step):
            step += 1
        goes_on = step > at and step < len(self.tokens) and self._is_core(step) and self.tokens[step].lower not in _PRONOUNS
        return step if goes_on and (before.is_possessive or before.is_capital) else None

    def _is_person(self, first: int, of: int) -> bool:
        """Whether what stands before "of" is a person's full name: "Lena Dorn of the Institute", not "the Central Bank of"."""
        body = lexicon.names_party(self.tokens[of - 1].lower)
        return of - first > 1 and not body and all(self.tokens[i].is_capital for i in range(first, of))

    def _mention(self, first: int, last: int, of: int | None) -> Mention:
        head_end = (
            of if of is not None and (lexicon.speaks_for(self.tokens[of - 1].text) or self._is_person(first, of)) else last
        )
        begin, alone = first, self.tokens[first].lower in _PRONOUNS
        while (
            begin > 0
            and not alone
            and first - begin < 4
            and (self.tokens[begin - 1].lower in lexicon.DETERMINERS or self.is_adjective(begin - 1))
        ):
            begin -= 1
        return Mention(
            first=begin,
            last=last,
            text=self.span(first, last),
            head=self.tokens[head_end - 1].text,
            before_head=self.span(begin, head_end - 1),
            of=self.span(of + 1, last) if of is not None else "",
            also=self.span(last + 1, self.past_brackets(last) - 1),
            after=self.word(last),
        )
