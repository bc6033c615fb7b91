"""Quotations with other figures than the text: numbers, dates, units, signs."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from quotations.rewriting import Falsehood, edited, exchanged, replaced
from quotations.texts import Quotation

_NUMBER = re.compile(r"\d+(?:[.,:٫\u202f]\d+)*")
_DECIMAL = re.compile(r"(\d+)([.,٫])(\d+)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_FRACTIONS = {"½": "1/2", "¼": "1/4", "¾": "3/4"}


def number_changed(quotation: Quotation, random: Random) -> str | None:
    """Another digit, or another number word."""
    numbers = (quotation.source.language.numbers,)
    return edited(quotation, _NUMBER, lambda found: _other_digit(found[0], random), random) or exchanged(
        quotation, numbers, random
    )


def digits_swapped(quotation: Quotation, random: Random) -> str | None:
    """Two digits of a number in each other's place."""
    return edited(quotation, re.compile(r"\d\d+"), lambda found: found[0][:-2] + found[0][-1] + found[0][-2], random)


def decimal_moved(quotation: Quotation, random: Random) -> str | None:
    """The point of a number one digit further, or gone."""
    moved: Callable[[re.Match[str]], str] = random.choice(
        (
            lambda found: f"{found[1]}{found[3][0]}{found[2]}{found[3][1:] or '0'}",
            lambda found: f"{found[1]}{found[3]}",
            lambda found: f"0{found[2]}{found[1]}{found[3]}",
        )
    )
    return edited(quotation, _DECIMAL, moved, random)


def date_changed(quotation: Quotation, random: Random) -> str | None:
    """Another month or another day of the week."""
    return exchanged(quotation, quotation.source.language.dates, random)


def unit_changed(quotation: Quotation, random: Random) -> str | None:
    """Another unit, magnitude or currency."""
    units = quotation.source.language.units
    currency = edited(quotation, re.compile("[$€£]"), lambda found: random.choice("$€£¥".replace(found[0], "")), random)
    return currency or exchanged(quotation, units, random)


def percent_changed(quotation: Quotation, random: Random) -> str | None:
    """A percent sign lost or gained inside."""
    at = random.randrange(len(quotation.words))
    word = quotation.words[at]
    if word.endswith(("%", "٪")):
        return quotation.rewritten(replaced(quotation.words, at, word[:-1])) if at < len(quotation.words) - 1 else None
    return quotation.rewritten(replaced(quotation.words, at, f"{word}%")) if word[-1].isdecimal() else None


def sign_changed(quotation: Quotation, random: Random) -> str | None:
    """A minus lost inside, or gained anywhere."""
    at = random.randrange(len(quotation.words))
    word = quotation.words[at]
    if word.startswith("-"):
        return quotation.rewritten(replaced(quotation.words, at, word[1:])) if at else None
    return quotation.rewritten(replaced(quotation.words, at, f"-{word}")) if word[0].isdecimal() else None


def typeset_figure_flattened(quotation: Quotation, random: Random) -> str | None:
    """10² as 102, 1½ as 11/2."""
    fraction = edited(quotation, re.compile("(?<=[0-9])[½¼¾]"), lambda found: _FRACTIONS[found[0]], random)
    return fraction or edited(quotation, _RAISED, lambda found: found[0].translate(_SUPERSCRIPTS), random)


def figures_run_together(quotation: Quotation, random: Random) -> str | None:
    """10-15 as 1015, or with what no reader sees in the place of the hyphen."""
    joiner = random.choice(("", "\u200b", "\u2060", "\u00ad"))
    return edited(quotation, re.compile(r"(\d)[-–](\d)"), lambda found: found[1] + joiner + found[2], random)


def _other_digit(number: str, random: Random) -> str:
    places = [place for place, character in enumerate(number) if character.isdecimal()]
    place = random.choice(places)
    digits = next(row for row in ("0123456789", "۰۱۲۳۴۵۶۷۸۹") if number[place] in row)
    return number[:place] + random.choice(digits.replace(number[place], "")) + number[place + 1 :]


FIGURES: dict[str, Falsehood] = {
    "number changed": number_changed,
    "digits swapped": digits_swapped,
    "decimal mark moved or lost": decimal_moved,
    "date changed": date_changed,
    "unit or currency changed": unit_changed,
    "percent sign lost or gained": percent_changed,
    "sign lost or gained": sign_changed,
    "superscript or fraction flattened": typeset_figure_flattened,
    "figures run together": figures_run_together,
}
