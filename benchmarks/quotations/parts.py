"""Words that stand in a text only as part of something longer: "war" in "forward", "day" in "30-day", "5" in "1.5"."""

from __future__ import annotations

import re
from random import Random

from quotations.rewriting import Falsehood
from quotations.texts import Quotation

_CONTRACTION = re.compile(r"([A-Za-z]+)(n['’]t|['’](?:re|ll|ve|d|m))")
_COMPOUND = re.compile(r"(\w+)-(\w+)")
_AMOUNT = re.compile(r"[-$€£]?(\d+(?:[.,]\d+)*)[%٪]?")


def part_of_word(quotation: Quotation, random: Random) -> str | None:
    """The first word without its first letters, or the last without its last."""
    if quotation.source.language.id in ("ja", "th", "zh"):  # where nothing shows what a word is
        return None
    at_end = random.random() < 0.5
    word = quotation.words[-1 if at_end else 0]
    if len(word) < 3 or not word.isalpha():
        return None
    place = random.randrange(1, len(word))
    return _from_end(quotation, word[:place]) if at_end else _from_start(quotation, word[place:])


def part_of_compound(quotation: Quotation, random: Random) -> str | None:
    """What a compound begins or ends with: "day" of "30-day", "binding" of "non-binding", "ten" of "ten-year"."""
    last, first = _COMPOUND.fullmatch(quotation.words[-1]), _COMPOUND.fullmatch(quotation.words[0])
    if last and (random.random() < 0.5 or not first):
        return _from_end(quotation, last[1])
    return _from_start(quotation, first[2]) if first else None


def part_of_contraction(quotation: Quotation, random: Random) -> str | None:
    """The words up to the middle of a contraction: "can" of "can't", "we" of "we're"."""
    found = [
        (place, match)
        for place, word in zip(quotation.places, quotation.words, strict=True)
        if (match := _CONTRACTION.fullmatch(word))
    ]
    if not found:
        return None
    (start, _), match = random.choice(found)
    return quotation.source.text[quotation.start : start] + match[1] + ("n" if match[1] == "ca" else "")


def part_of_figure(quotation: Quotation, random: Random) -> str | None:
    """Some of its digits, or all without the sign: "5" of "1.5" and of "-5", "20" of "20%", "750" of "$750"."""
    last, first = quotation.words[-1], quotation.words[0]
    if len(last) > 1 and last[0].isdecimal() and _AMOUNT.fullmatch(last):
        return _from_end(quotation, last[: random.randrange(1, len(last))].rstrip(".,"))
    if len(first) > 1 and first[-1].isdecimal() and _AMOUNT.fullmatch(first):
        return _from_start(quotation, first[random.randrange(1, len(first)) :].lstrip(".,"))
    return None


def _from_start(quotation: Quotation, part: str) -> str:
    return part + quotation.source.text[quotation.places[0][1] : quotation.end]


def _from_end(quotation: Quotation, part: str) -> str:
    return quotation.source.text[quotation.start : quotation.places[-1][0]] + part


PARTS: dict[str, Falsehood] = {
    "part of a word at either end": part_of_word,
    "part of a compound at either end": part_of_compound,
    "part of a contraction at the end": part_of_contraction,
    "part of a figure at either end": part_of_figure,
}
