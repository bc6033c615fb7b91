"""What an English text speaks of: the stems of its words, without those that most sentences have."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.words import Token, tokens_of


@lru_cache(maxsize=512)
def stems_of(text: str) -> frozenset[str]:
    """What a text speaks of."""
    return content(tokens_of(text))


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """What is compared of a word in search of the same thing said otherwise: agree, agreed, agreement."""
    word = re.sub(r"'s?$", "", word.lower().replace("’", "'")).replace(".", "")
    verb = lexicon.bare(word)
    if verb:
        return verb[:6]
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return word[:6]


def content(words: Iterable[Token]) -> frozenset[str]:
    """The stems of what a row of words speaks of: no articles, prepositions, auxiliaries."""
    return frozenset(stem(word.text) for word in words if word.is_word and word.lower not in lexicon.STOPWORDS)
