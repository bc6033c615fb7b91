"""How a quotation is changed: a word more, less or another, or what a pattern finds in it.

What needs something that the quotation does not have says None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from random import Random

from quotations.texts import Quotation

Falsehood = Callable[[Quotation, Random], str | None]
"""From a quotation to words that say something else; None where there is nothing to change in it."""


def with_word(quotation: Quotation, at: int, word: str) -> str:
    """The quotation with this word before the one at this place."""
    words = (*quotation.words[:at], word, *quotation.words[at:])
    around = (*quotation.around[: at + 1], quotation.source.language.space, *quotation.around[at + 1 :])
    return quotation.rewritten(words, around)


def without_one_of(places: Iterable[int], quotation: Quotation, random: Random) -> str | None:
    """The quotation without one of the words at these places, which have words on both sides."""
    places = list(places)
    if not places:
        return None
    at = random.choice(places)
    words = (*quotation.words[:at], *quotation.words[at + 1 :])
    return quotation.rewritten(words, (*quotation.around[: at + 1], *quotation.around[at + 2 :]))


def exchanged(quotation: Quotation, groups: Sequence[Sequence[str]], random: Random) -> str | None:
    """One word that is in a group for another of that group."""
    choices = [(at, word, group) for at, word in enumerate(straight(quotation.words)) for group in groups if word in group]
    if not choices:
        return None
    at, word, group = random.choice(choices)
    others = [other for other in group if other != word]
    return quotation.rewritten(replaced(quotation.words, at, random.choice(others))) if others else None


def straight(words: Iterable[str]) -> list[str]:
    """The words with the apostrophes that our lists of words have."""
    return [word.replace("’", "'") for word in words]


def edited(quotation: Quotation, pattern: re.Pattern[str], edit: Callable[[re.Match[str]], str], random: Random) -> str | None:
    """The quotation with one of the places that the pattern finds edited."""
    found = list(pattern.finditer(quotation.text))
    if not found:
        return None
    match = random.choice(found)
    return quotation.text[: match.start()] + edit(match) + quotation.text[match.end() :]


def swapped(quotation: Quotation, one: int, other: int) -> str:
    """The quotation with two words in each other's place."""
    words = list(quotation.words)
    words[one], words[other] = words[other], words[one]
    return quotation.rewritten(words)


def replaced(row: Sequence[str], at: int, value: str) -> list[str]:
    """The row with this value at this place."""
    return [*row[:at], value, *row[at + 1 :]]
