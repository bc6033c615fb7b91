"""Whether a sentence seems to tell of a move: it names a party and has a word that says that something is said, wanted or done.

English. For other languages it is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.duties import says_duty
from summarizer.grounding.english.words import tokens_of


def tells_of_a_move(sentence: str) -> bool:
    """Whether any word of an English sentence is a verb of saying, or one by which a party moves. Nouns of that form too."""
    return says_duty(sentence) or any(lexicon.is_move(lexicon.bare(token.text) or "") for token in tokens_of(sentence))


def says_what(words: str, *, fewest: int = 1) -> bool:
    """Whether more is said than that something was done, and when: not "agreed on Tuesday", nor half of a quotation.

    `fewest` words of content say it, of which one at least is no verb. True of nearly all words of another language.
    """
    if words.count("“") != words.count("”"):
        return False
    empty = lexicon.STOPWORDS | lexicon.DAYS | lexicon.listed("hours")
    told = [token for token in tokens_of(words) if token.is_word and token.lower not in empty]
    return len(told) >= fewest and any(lexicon.bare(token.text) is None for token in told)


def naming(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of these names as whole words, as they are written. Without a name it finds nothing."""
    known = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)" if known else r"(?!)")
