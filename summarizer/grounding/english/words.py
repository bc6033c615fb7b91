"""An English text as sentences, and a sentence as a row of words and marks, each with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.grounding.english import lexicon

QUOTES = frozenset('"“”„«»')
LONGEST_SENTENCE = 2_000
"""Code points of a sentence that are read. What is longer is a list or a table, and no sentence."""
LONGEST_KEPT = 20_000
"""Code points of a text whose words are kept: of longer ones a few would fill the memory."""

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\d[\d,.]*\d(?![\w’'-])|\w+(?:(?![’'](?:ve|re|ll|d|m)\b)[’'‑-]\w+)*(?:[’'](?!\w))?|[^\w\s]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n(?=\s*[^\sa-z])")
_ARTICLE_BEFORE = re.compile(r"(?:al|el|an|ar|as|ash)[-‑][A-Z]")
LONGEST_ABBREVIATION = 8
"""Code points, with what comes before it."""
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sen|Rep|Prof|No|vs)|\b[A-Z])\.$")
_NO_ADJECTIVES = lexicon.STOPWORDS | lexicon.DETERMINERS


class Token(NamedTuple):
    """A word or a mark, with its place in the text it was read from. `lower` is without case, apostrophes straight.

    `is_word` says that it is no mark; `is_capital` that it begins with a capital letter, or with an Arabic article before one:
    al-Amin. A tuple, since it is what most is made of: a dataclass takes three times as long.
    """

    text: str
    lower: str
    start: int
    end: int
    is_word: bool
    is_capital: bool

    @property
    def is_possessive(self) -> bool:
        """Whether it ends in 's or in s'."""
        return self.lower.endswith(("'s", "s'"))


def tokens_of(text: str) -> Sequence[Token]:
    """The words and marks of a text. Those of a sentence are kept, since most questions about it begin with them."""
    if len(text) <= LONGEST_SENTENCE:
        return _kept(text)
    return _kept_of_long(text) if len(text) <= LONGEST_KEPT else _tokens(text)


def _tokens(text: str) -> tuple[Token, ...]:
    return tuple([_token(match[0], *match.span()) for match in _TOKEN.finditer(text)])


def _token(word: str, start: int, end: int) -> Token:
    capital = word[0].isupper() or (word[0] in "ae" and _ARTICLE_BEFORE.match(word) is not None)
    return Token(word, word.lower().replace("’", "'"), start, end, word[0].isalnum(), capital)


_kept = lru_cache(maxsize=1_024)(_tokens)
_kept_of_long = lru_cache(maxsize=32)(_tokens)


@lru_cache(maxsize=64)
def sentences_of(text: str) -> tuple[str, ...]:
    """Roughly the sentences of a text, for those that were read before: no more is asked of them than who acts in them."""
    found, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if "\n" not in match[0] and _ABBREVIATED.search(text[max(0, match.start() - LONGEST_ABBREVIATION) : match.start()]):
            continue
        found.append(text[start : match.end()].strip())
        start = match.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)


class Words:
    """A sentence as a row of words and marks, asked by place: a place before or after it holds nothing."""

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST_SENTENCE]
        self.tokens = tokens_of(self.text)
        self._lower = [token.lower for token in self.tokens]

    def word(self, at: int) -> str:
        """The word or mark at this place."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def lower(self, at: int) -> str:
        """The word or mark at this place without case, apostrophes straight."""
        return self._lower[at] if 0 <= at < len(self._lower) else ""

    def span(self, first: int, last: int) -> str:
        """The text from one place to another, half-open."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if first < last else ""

    def past_brackets(self, at: int) -> int:
        """The place after brackets that open here."""
        for opening, closing in (("(", ")"), ("[", "]")):
            if self.word(at) == opening:
                return next((i + 1 for i in range(at, min(at + 8, len(self.tokens))) if self.word(i) == closing), at)
        return at

    def is_adjective(self, at: int) -> bool:
        """Whether this may be an adjective: a small word that is nothing else we know."""
        if not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        return (
            token.is_word
            and not token.is_capital
            and token.lower not in _NO_ADJECTIVES
            and lexicon.bare(token.text) is None
            and not token.lower.endswith(("ed", "ly"))
        )
