"""The figures of a text: numbers, dates, amounts, shares, durations, in words or digits, with their unit and how exactly.

"30-day", "thirty days" and "30 days" are one figure; "about a month" is another. Reading is from left to right, once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from summarizer.grounding.figures.numerals import HALVES, SUFFIX, Numerals, sum_of
from summarizer.grounding.languages import FigureWords, figure_words, without_apostrophes

ANY = Fraction(-1)
"""The value of a unit without a number: for months, next year."""
SMALL = 3
"""Up to here a number in words may count what the text lists without a number."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit.

    `unit`: a unit of measure or time, a currency, "date" (month x 100 + day), "month name", "weekday", "clock", "ordinal",
    "vague" (dozens), or nothing. `bound` is how exactly: "" for exactly, else about, nearly, over, under, at least, at most.
    `soft`: a word such as "two" or "first", which may be said where the text only lists.
    """

    value: Fraction
    unit: str = ""
    bound: str = ""
    text: str = ""
    soft: bool = False


@lru_cache(maxsize=64)
def figures(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of the text in their order. Of a language that is not known, only what is written in digits."""
    words = figure_words(language) or _UNKNOWN
    reader = _Reader(without_apostrophes(text) if words.apostrophe_is_a_letter else text, words)
    return tuple(reader.read())


class _Reader(Numerals):
    """One pass over the tokens of a text."""

    def read(self) -> Iterator[Figure]:
        at = 0
        while at < len(self.tokens):
            found, after = self._figure(at) if self.may_begin(at) else ([], at + 1)
            if found:
                shown = self.text[self.tokens[at].start : self.tokens[after - 1].end]
                bound = self._bound(at)
                yield from (replace(each, text=shown, bound=bound or each.bound) for each in found)
            at = max(after, at + 1)

    def _figure(self, at: int) -> tuple[list[Figure], int]:
        """The figures that begin with this token, and the first token after them."""
        for reading in (self._date, self._fraction, self._counted, self._word):
            found, after = reading(at)
            if found:
                return found, after
        return [], at + 1

    def _date(self, at: int) -> tuple[list[Figure], int]:
        token = self.tokens[at]
        if token.kind == "iso":
            year, month, day = map(int, token.text.split("-"))
            return [_day(month, day), Figure(Fraction(year))], at + 1
        if token.kind == "clock":
            hour, minute = map(int, token.text.split(":"))
            return [Figure(Fraction(hour * 60 + minute), "clock")], at + 1
        return self._day_first(at) if token.kind == "number" else self._month_first(at)

    def _day_first(self, at: int) -> tuple[list[Figure], int]:
        """11 March, the 11th of March, 11. März 2025."""
        day = self.plain_number(at, 1, 31)
        month_at = at + 1
        while month_at < len(self.tokens) and (
            self.folded(month_at) in self.words.between or SUFFIX.match(self.tokens[month_at].text)
            or (self.tokens[month_at].text == "." and self._month(month_at + 1) is not None)
        ):  # fmt: skip
            month_at += 1
        month = self._month(month_at)
        if day is None or month is None or month_at - at > 3:
            return [], at
        year, after = self._year(month_at + 1)
        return [_day(month, day), *year], after

    def _month_first(self, at: int) -> tuple[list[Figure], int]:
        """March 11, March 11, 2025; March 2025; March."""
        month = self._month(at)
        if month is None:
            return [], at
        day = self.plain_number(at + 1, 1, 31)
        if day is not None and self.words.month_before_day:
            after = at + 2
            if after < len(self.tokens) and SUFFIX.match(self.tokens[after].text) and self.tokens[after].kind == "word":
                after += 1
            year, after = self._year(after)
            return [_day(month, day), *year], after
        year, after = self._year(at + 1)
        return [Figure(Fraction(month), "month name"), *year], after

    def _year(self, at: int) -> tuple[list[Figure], int]:
        skipped = at
        while skipped < len(self.tokens) and skipped - at < 2 and (
            self.tokens[skipped].text == "," or self.folded(skipped) in self.words.between
        ):  # fmt: skip
            skipped += 1
        year = self.plain_number(skipped, 1000, 2999)
        return ([Figure(Fraction(year))], skipped + 1) if year is not None else ([], at)

    def _month(self, at: int) -> int | None:
        """The month that this word names. Where months have capitals, a small "may" or "march" is another word."""
        if at >= len(self.tokens) or self.tokens[at].kind != "word":
            return None
        token = self.tokens[at]
        month = self.words.months.get(token.folded.rstrip("."))
        if month is None or not self.words.capitals:
            return month
        ambiguous = token.folded in ("may", "march", "mar", "sept", "dec", "jan")
        opens = at == 0 or self.tokens[at - 1].kind in ("end", "other")
        followed = self.plain_number(at + 1, 1, 2999) is not None
        return month if token.text[0].isupper() and not (ambiguous and opens and not followed) else None

    def _fraction(self, at: int) -> tuple[list[Figure], int]:
        """A third, two thirds, half, half a million."""
        token = self.tokens[at]
        if token.text in HALVES:
            return [Figure(HALVES[token.text])], at + 1
        share = self.words.fractions.get(token.folded)
        if share is not None and share == Fraction(1, 2):
            return self._half(at, share)
        top, after = self.number(at)
        after = self.past_hyphen(after)
        named = self._share(after)
        if top is not None and named is not None and 1 <= top <= 9:
            return [Figure(top * named)], after + 1
        return ([Figure(share)], at + 1) if share is not None and self._share(at) is not None else ([], at)

    def _share(self, at: int) -> Fraction | None:
        """The share that this word names. "Third" is one only where no word that it could count comes after it."""
        folded = self.folded(at)
        counts = folded in self.words.ordinals or folded in self.words.units
        if counts and at + 1 < len(self.tokens) and self.tokens[at + 1].kind == "word":
            return self.words.fractions.get(folded) if self.folded(at + 1) in self.words.between else None
        return self.words.fractions.get(folded)

    def _half(self, at: int, share: Fraction) -> tuple[list[Figure], int]:
        after = at + 1
        while after < len(self.tokens) and self.folded(after) in (*self.words.between, *self.words.articles):
            after += 1
        scale = self.words.scales.get(self.folded(after))
        return ([Figure(share * scale)], after + 1) if scale else ([Figure(share, self.unit(after)[0])], at + 1)

    def _counted(self, at: int) -> tuple[list[Figure], int]:
        """A number with its unit: 30 days, thirty-day, $5 million, 20 %, EUR 5m."""
        currency, first = self._currency_before(at)
        value, after = self.number(first)
        if value is None:
            return [], at
        unit, end = self.unit(self.past_hyphen(after))
        if not unit and self.folded(after) in self.words.between:
            unit, end = self.unit(after + 1)
        if not unit and (shared := self._shared_unit(after)):
            unit, end = shared, after
        spelled = self.tokens[first].kind == "word"
        single = spelled and after == first + 1
        if single and self.tokens[first].folded in self.words.articles and not unit and not self._bound(first):
            return [], at
        soft = single and not currency and (value <= SMALL if not unit else self.tokens[first].folded in ("a", "an"))
        return [Figure(value, currency or unit, soft=soft)], end if unit else after

    def _currency_before(self, at: int) -> tuple[str, int]:
        """The currency that stands before a number, and where the number begins."""
        for length in (2, 1):
            name = self.phrase(at, length)
            unit = self.words.units.get(name, "")
            following = at + length
            if unit.isupper() and following < len(self.tokens) and self.tokens[following].kind == "number":
                return unit, following
        return "", at

    def _shared_unit(self, at: int) -> str:
        """The unit of the second number of a range: 10 to 20 days, two or three weeks, 40-50 %."""
        if at + 1 >= len(self.tokens) or self.tokens[at].kind not in ("word", "hyphen"):
            return ""
        if self.tokens[at].kind == "word" and len(self.tokens[at].text) > 4:
            return ""
        value, after = self.number(at + 1)
        return self.unit(self.past_hyphen(after))[0] if value is not None else ""

    def _word(self, at: int) -> tuple[list[Figure], int]:
        """A figure in one word: a weekday, dozens, third, dreißigtägig, and two of a unit."""
        token = self.tokens[at]
        folded, words = token.folded, self.words
        if token.kind != "word":
            return [], at
        if folded in words.weekdays and (not words.capitals or token.text[0].isupper()):
            return [Figure(Fraction(words.weekdays[folded]), "weekday")], at + 1
        if folded in words.vague:
            return [Figure(words.vague[folded], "vague")], at + 1
        for form in self.forms(folded):
            if form in words.twos:
                return [Figure(Fraction(2), words.twos[form])], at + 1
        if folded in words.ordinals:
            return [Figure(words.ordinals[folded], "ordinal", soft=True)], at + 1
        if folded in words.units and self._bound(at):
            return [Figure(Fraction(1), words.units[folded], soft=True)], at + 1
        if folded in words.units and self.folded(at - 1) in words.before_units:
            return [Figure(ANY, words.units[folded], soft=True)], at + 1
        return self._counted_in_one(folded, at)

    def _counted_in_one(self, folded: str, at: int) -> tuple[list[Figure], int]:
        """Number and unit in one word: тридцатидневный, dreißigtägig."""
        if self.words.compound is None:
            return [], at
        for stem, unit in self.words.unit_stems:
            number, found, _ = folded.partition(stem)
            parts = self.parts_of(number) if found and number else None
            if parts:
                return [Figure(sum_of(parts), unit)], at + 1
        return [], at

    def _bound(self, at: int) -> str:
        """How exactly the figure that begins here is meant, by the words before it."""
        at -= 1 if at and self.folded(at - 1) in self.words.articles else 0
        for length in range(self.words.longest_bound, 0, -1):
            for gap in (0, 1):
                begin = at - gap - length
                if begin < 0 or (gap and self.folded(at - 1) not in (*self.words.between, "a", "an")):
                    continue
                bound = self.words.bounds.get(self.phrase(begin, length))
                if bound:
                    return bound
        return ""


def _day(month: int, day: int) -> Figure:
    return Figure(Fraction(month * 100 + day), "date")


_UNKNOWN = FigureWords(
    decimal=".", joiners=frozenset(), between=frozenset(), articles=frozenset(), compound=None, apostrophe_is_a_letter=False,
    capitals=False, month_before_day=False, before_units=frozenset(),
    conjunction="", prefixes=(), numbers={}, scales={}, fractions={}, ordinals={}, vague={}, months={}, weekdays={},
    units={"%": "percent", "$": "USD", "€": "EUR", "£": "GBP"}, unit_stems=(), twos={},
)  # fmt: skip
