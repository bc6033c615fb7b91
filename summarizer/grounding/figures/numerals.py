"""Numbers and units, in digits or words, where they stand in a text: 1,000; thirty-one; zweihundertfünfzig; 5 million."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from summarizer.grounding.languages import WORD, FigureWords, fold

_SPACE = "[  \u2009\u202f]"
_DIGITS = re.compile(
    rf"\d{{1,3}}(?:(?P<mark>[.,٬'’]|{_SPACE})\d{{3}}(?:(?P=mark)\d{{3}})*)(?![\d])(?:[.,٫]\d+)?|\d+(?:[.,٫]\d+)?"
)
_TOKEN = re.compile(
    rf"(?P<iso>(?<!\d)\d{{4}}-\d\d-\d\d(?!\d))|(?P<clock>(?<!\d)\d{{1,2}}:\d\d(?!\d))|(?P<number>{_DIGITS.pattern})"
    rf"|(?P<word>{WORD}(?:[.]{WORD})*)|(?P<sign>[%٪$€£¥₽₴½¼¾])|(?P<hyphen>[-‐‑–])|(?P<end>[.!?;:,\n])|(?P<other>\S)"
)
SUFFIX = re.compile(r"(?:st|nd|rd|th|er|ère|e|º|ª|й|го|е|є|го|та|ти|і)(?!\w)|[.](?=\s)")
_NAMED = re.compile(r"[^\W\d_a-z][^\W\d_]*-?$")
"""Letters before digits that make a name of them: F-16, G7."""
LONGEST_NUMBER = 1_000
"""Code points. Python reads no more than some thousand digits as a number, and nobody counts so far."""
_APOSTROPHES = "'’ʼ"
_ZERO = Fraction(0)
HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}

Part = tuple[Fraction, Literal["number", "scale", "joiner"]]
"""What one word adds to a number."""


class Token(NamedTuple):
    """A word, a number or a mark of a text."""

    kind: str
    text: str
    folded: str
    start: int
    end: int


class Numerals:
    """A text as a row of tokens, in a language whose number words are known. Reading gives what was read, and where it ends."""

    def __init__(self, text: str, words: FigureWords) -> None:
        self.text, self.words = text, words
        self._numbers: dict[int, tuple[Fraction | None, int]] = {}
        self.tokens = [_token(match) for match in _TOKEN.finditer(text) if match[0] not in _APOSTROPHES]

    def may_begin(self, at: int) -> bool:
        """Whether a figure may begin here. Of most words a glance tells that none does, where words do not grow together."""
        kind, folded = self.tokens[at].kind, self.folded(at + 1 if self.tokens[at].kind == "hyphen" else at)
        known = kind in ("number", "sign", "iso", "clock") or folded in self.words.beginnings
        return known or self.words.grow_together

    def number(self, at: int) -> tuple[Fraction | None, int]:
        """The number that begins here, in digits, words or both ("5 million"), and the first token after it."""
        if at >= len(self.tokens):
            return None, at
        if at not in self._numbers:
            self._numbers[at] = self._digits(at) if self.tokens[at].kind == "number" else self._spelled(at)
        return self._numbers[at]

    def _digits(self, at: int) -> tuple[Fraction | None, int]:
        token = self.tokens[at]
        if _NAMED.search(self.text[max(0, token.start - 12) : token.start]):
            return None, at
        value, after = _value(token.text, self.words.decimal), at + 1
        if after < len(self.tokens) and self.tokens[after].text in HALVES:
            value, after = value + HALVES[self.tokens[after].text], after + 1
        while after < len(self.tokens) and (scale := self.words.scales.get(self.folded(after).rstrip("."))):
            if len(self.tokens[after].text) == 1 and self.tokens[after].start != self.tokens[after - 1].end:
                break  # "5 m" is five metres
            value, after = value * scale, after + 1
            if after < len(self.tokens) and self.tokens[after].text == "." and scale >= 1000:
                after += self.unit(after + 1)[0] != ""
        return value, after

    def _spelled(self, at: int) -> tuple[Fraction | None, int]:
        total = current = last = _ZERO
        after, read, joined = at, False, False
        while after < len(self.tokens) and self.tokens[after].kind == "word":
            parts = self._parts(after)
            if parts is None:
                break
            if parts and parts[0][1] == "joiner":
                if not read or joined:
                    break
                joined, after = True, after + 1
                continue
            if joined and not self._joins(last):
                break
            if read and not _goes_on(parts, last, any_order=self._said_and(after)):
                break
            if not read and parts[0][1] == "scale" and self.tokens[after].folded in ("k", "m", "mn", "bn", "tn", "mln"):
                break
            for value, kind in parts:
                total, current, last = _composed(total, current, value, kind), _current(current, value, kind), value
            read, joined, after = True, False, self.past_hyphen(after + 1, only_numbers=True)
        if joined:
            after -= 1
        return (total + current, after) if read else (None, at)

    def _joins(self, last: Fraction) -> bool:
        """Whether an "and" after this goes on with the number: in English only after hundreds, elsewhere only after tens."""
        return last >= 100 if "and" in self.words.joiners else last < 100

    def _said_and(self, at: int) -> bool:
        return bool(self.words.conjunction) and self.tokens[at].folded.startswith(self.words.conjunction)

    def _parts(self, at: int) -> list[Part] | None:
        """What this word adds to a number: its values, or a joiner; None where it is no number word."""
        folded = self.tokens[at].folded
        if folded in self.words.joiners:
            return [(Fraction(0), "joiner")] if self.parts_of(self.folded(at + 1)) else None
        return self.parts_of(folded)

    def parts_of(self, folded: str) -> list[Part] | None:
        for form in self.forms(folded):
            if form in self.words.scales:
                return [(self.words.scales[form], "scale")]
            if form in self.words.numbers:
                return [(self.words.numbers[form], "number")]
        return self._compound(folded) if self.words.compound is not None else None

    def _compound(self, folded: str) -> list[Part] | None:
        """The parts of a word that grew together: drei-und-zwanzig, zwei-hundert."""
        joint = self.words.compound or "\0"
        rest, parts = folded, list[Part]()
        while rest:
            found = next((word for word in self.words.longest_first if rest.startswith(word)), None)
            if found is None:
                return None
            parts.append(self._part(found))
            rest = rest[len(found) :].removeprefix(joint)
        return parts if len(parts) > 1 else None

    def _part(self, word: str) -> Part:
        scale = self.words.scales.get(word)
        return (self.words.numbers[word], "number") if scale is None else (scale, "scale")

    def forms(self, folded: str) -> Iterator[str]:
        """The word, and what is left of it without an "and", an article or a preposition that is written on it."""
        yield folded
        bare = folded.removeprefix(self.words.conjunction) if self.words.conjunction else folded
        yield bare
        for prefix in self.words.prefixes:
            if bare.startswith(prefix):
                yield bare.removeprefix(prefix)

    def unit(self, at: int) -> tuple[str, int]:
        """The unit that stands here, and the first token after it."""
        for length in range(self.words.longest_unit, 0, -1):
            unit = self.words.units.get(self.phrase(at, length))
            if unit:
                return unit, at + length
        for form in self.forms(self.folded(at)):
            if form in self.words.units:
                return self.words.units[form], at + 1
            for stem, unit in self.words.unit_stems:
                if form.startswith(stem):
                    return unit, at + 1
        return "", at

    def plain_number(self, at: int, least: int, most: int) -> int | None:
        if at >= len(self.tokens) or self.tokens[at].kind != "number" or not self.tokens[at].text.isdecimal():
            return None
        number = int(self.tokens[at].text)
        return number if least <= number <= most else None

    def phrase(self, at: int, length: int) -> str:
        tokens = self.tokens[at : at + length]
        return " ".join(token.folded for token in tokens if token.kind != "hyphen") if len(tokens) == length else ""

    def folded(self, at: int) -> str:
        return self.tokens[at].folded if 0 <= at < len(self.tokens) else ""

    def past_hyphen(self, at: int, *, only_numbers: bool = False) -> int:
        if at < len(self.tokens) and self.tokens[at].kind == "hyphen" and self.tokens[at].start == self.tokens[at - 1].end:
            following = at + 1 < len(self.tokens) and self.tokens[at + 1].kind == "word"
            if following and (not only_numbers or self._parts(at + 1)):
                return at + 1
        return at


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup or "other"
    if kind in ("number", "mark"):
        kind = "number" if len(match[0]) <= LONGEST_NUMBER else "other"
    return Token(kind, match[0], fold(match[0]), match.start(), match.end())


def _value(digits: str, decimal: str) -> Fraction:
    """The value of digits with marks between them: 1,000, 1.000,5, 1 000.

    A mark before three digits groups, unless it is the one that the language puts before decimals.
    """
    plain = re.sub(rf"{_SPACE}|['’٬]", "", digits).replace("٫", ".")
    other = "," if decimal == "." else "."
    plain = re.sub(rf"\{other}(?=\d{{3}}(?:\D|$))", "", plain)
    if plain.count(decimal) > 1:
        plain = plain.replace(decimal, "")
    return Fraction(plain.replace(",", "."))


def _goes_on(parts: list[Part], last: Fraction, *, any_order: bool) -> bool:
    """Whether these parts belong to the number before them: "two hundred", "thirty one", but not "two three"."""
    value, kind = parts[0]
    if kind == "scale" or any_order:
        return True
    if value == 20 and last == 4:  # quatre-vingts
        return True
    return value < last and last >= 10 and last % 10 == 0


def _composed(total: Fraction, current: Fraction, value: Fraction, kind: str) -> Fraction:
    return total + max(current, Fraction(1)) * value if kind == "scale" and value >= 1000 else total


def _current(current: Fraction, value: Fraction, kind: str) -> Fraction:
    if kind == "scale":
        return Fraction(0) if value >= 1000 else max(current, Fraction(1)) * value
    return current * value if value == 20 and current == 4 else current + value


def sum_of(parts: list[Part]) -> Fraction:
    """The number that these parts make."""
    total = current = Fraction(0)
    for value, kind in parts:
        total, current = _composed(total, current, value, kind), _current(current, value, kind)
    return total + current
