"""The words of languages, as data: one TOML file a language. What is not in a file is not known.

Words are folded before they are compared: letter case, accents composed or not, short vowels and forms of alif of Arabic.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent

_VOWELS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
_ALIF = str.maketrans("أإآٱ", "اااا")
_APOSTROPHES = re.compile("['’ʼ‘`]")

WORD = r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\u0670\u0640])+"
"""A regular expression for the letters of one word, with the marks that go on them."""


@cache
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of this file by their names: of words, or of phrases."""
    lists = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return {each: frozenset(words.split() if isinstance(words, str) else words) for each, words in lists.items()}


def fold(word: str) -> str:
    """What is compared of a word."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", _VOWELS.sub("", word)).casefold().translate(_ALIF)


def without_apostrophes(text: str) -> str:
    """The text, where a language writes an apostrophe inside its words as if it were a letter."""
    return _APOSTROPHES.sub("", text)


@dataclass(frozen=True)
class FigureWords:
    """How a language writes figures. Keys are folded words, or several with a space between; `stems` begin a word.

    `units` gives the English name of the unit, or the code of the currency. `vague` are words such as "dozens".
    """

    decimal: str
    joiners: frozenset[str]
    between: frozenset[str]
    articles: frozenset[str]
    compound: str | None
    """What stands inside number words that grow together ("und"), or None where they do not."""
    apostrophe_is_a_letter: bool
    capitals: bool
    """Whether months and days of the week are known by their capitals."""
    month_before_day: bool
    before_units: frozenset[str]
    """After these a unit may stand without a number: for months, next year."""
    conjunction: str
    """An "and" that is written on the word after it, or nothing."""
    prefixes: tuple[str, ...]
    numbers: dict[str, Fraction]
    scales: dict[str, Fraction]
    fractions: dict[str, Fraction]
    ordinals: dict[str, Fraction]
    vague: dict[str, Fraction]
    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    unit_stems: tuple[tuple[str, str], ...]
    twos: dict[str, str]
    """Words that say two of a unit, as a form of its own word."""
    bounds: dict[str, str] = field(default_factory=dict)

    @cached_property
    def longest_unit(self) -> int:
        """How many words the longest unit has."""
        return longest(self.units)

    @cached_property
    def longest_bound(self) -> int:
        """How many words the longest bound has."""
        return longest(self.bounds)

    @cached_property
    def longest_first(self) -> list[str]:
        """The words of which numbers grow together, the longest first; none where they do not."""
        known = (word for word in (*self.numbers, *self.scales) if len(word) > 2)
        return sorted(known, key=len, reverse=True) if self.compound is not None else []

    @cached_property
    def grow_together(self) -> bool:
        """Whether the words of a figure may be a part of another word."""
        return bool(self.compound is not None or self.conjunction or self.prefixes or self.unit_stems)

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The words with which a figure may begin, where they stand alone."""
        tables: tuple[dict[str, Any], ...] = (  # Any: only the words count
            self.numbers, self.scales, self.fractions, self.ordinals, self.vague, self.months, self.weekdays, self.units,
            self.twos,
        )  # fmt: skip
        return frozenset(phrase.split(" ")[0] for table in tables for phrase in table)


@cache
def figure_words(language: str) -> FigureWords | None:
    """How this language writes figures, or None where that is not known."""
    path = DATA / f"{language}.toml"
    if not re.fullmatch(r"[a-z]{2}", language) or not path.is_file():
        return None
    return _figure_words(tomllib.loads(path.read_text(encoding="utf-8")))


def _figure_words(data: dict[str, Any]) -> FigureWords:
    """Any: TOML."""
    letter = data.get("apostrophe_is_a_letter", False)

    def words(of: str | list[str]) -> Iterator[str]:
        for word in of.split() if isinstance(of, str) else of:
            yield fold(without_apostrophes(word) if letter else word)

    def table(name: str, value: Any) -> dict[str, Any]:
        return {word: value(key) for key, forms in data.get(name, {}).items() for word in words(forms)}

    units = table("units", str)
    return FigureWords(
        decimal=data["decimal"],
        joiners=frozenset(words(data["joiners"])),
        between=frozenset(words(data["between"])),
        articles=frozenset(words(data["articles"])),
        compound=data.get("compound"),
        apostrophe_is_a_letter=letter,
        capitals=data.get("capitals", False),
        month_before_day=data.get("month_before_day", False),
        before_units=frozenset(words(data.get("before_units", ()))),
        conjunction=data.get("and", ""),
        prefixes=tuple(data.get("prefixes", ())),
        numbers=table("numbers", Fraction),
        scales=table("scales", Fraction),
        fractions=table("fractions", Fraction),
        ordinals=table("ordinals", Fraction),
        vague=table("vague", Fraction),
        months=table("months", int),
        weekdays=table("weekdays", int),
        units={word: unit for word, unit in units.items() if not word.endswith("*")},
        unit_stems=tuple((word[:-1], unit) for word, unit in units.items() if word.endswith("*")),
        twos=table("twos", str),
        bounds=table("bounds", str),
    )


def longest(words: Iterable[str]) -> int:
    """How many words the longest of these has."""
    return max((len(each.split()) for each in words), default=1)
