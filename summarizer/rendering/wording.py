"""The fixed words of a page, with numbers, dates and plural forms, by language: data in `words/`, one file a language.

The data is what the Unicode CLDR has for these languages, and tests hold it against Babel; for so few languages the library
itself, of 30 MB, would be no help to anybody who installs this program.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["en", "de", "es", "fr", "uk"]
LANGUAGES: tuple[Language, ...] = ("en", "de", "es", "fr", "uk")
"""ISO 639-1 codes of the languages that a page can be in."""

PluralForm = Literal["one", "few", "many", "other"]


def _one(count: int) -> PluralForm:
    return "one" if count == 1 else "other"


def _none_or_one(count: int) -> PluralForm:
    return "one" if count <= 1 else "other"


def _east_slavic(count: int) -> PluralForm:
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"


PLURALS: Mapping[str, tuple[Callable[[int], PluralForm], frozenset[PluralForm]]] = {
    "one": (_one, frozenset({"one", "other"})),
    "none_or_one": (_none_or_one, frozenset({"one", "other"})),
    "east_slavic": (_east_slavic, frozenset({"one", "few", "many"})),
}
"""By the name that the data has for a rule: which form a count of things takes, and the forms that there are."""


@dataclass(frozen=True, slots=True)
class Locale:
    """How a language writes numbers and dates. Numbers below `smallest_grouped` are written without a separator."""

    plural: str
    thousands: str
    decimal: str
    smallest_grouped: int
    date: str
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words in one language."""

    language: str
    phrases: Mapping[str, str]
    counted: Mapping[str, Mapping[str, str]]
    stances: Mapping[str, str]
    statuses: Mapping[str, str]
    party_kinds: Mapping[str, str]
    check_results: Mapping[str, str]
    locale: Locale

    def say(self, phrase: str, **values: object) -> str:
        """The phrase of this name, with these values in their places."""
        return self.phrases[phrase].format_map(values)

    def say_count(self, phrase: str, count: int, **values: object) -> str:
        """The phrase of this name in the form that goes with this count, which stands at `{count}`."""
        form, _ = PLURALS[self.locale.plural]
        return self.counted[phrase][form(count)].format_map({**values, "count": self.number(count)})

    def number(self, number: float, *, decimals: int = 0) -> str:
        """A number of things. The number of a sentence or a page is a name, and is written without separators."""
        written = f"{number:,.{decimals}f}" if abs(number) >= self.locale.smallest_grouped else f"{number:.{decimals}f}"
        return written.translate({ord(","): self.locale.thousands, ord("."): self.locale.decimal})

    def date(self, written: str) -> str:
        """An ISO 8601 date as people write it; anything else as it is."""
        try:
            day = date.fromisoformat(written)
        except ValueError:
            return written
        return self.locale.date.format(day=day.day, month=self.locale.months[day.month - 1], year=day.year)

    def moment(self, written: str) -> str:
        """An ISO 8601 date with a time, as people write it, in UTC; anything else as it is."""
        try:
            moment = datetime.fromisoformat(written).astimezone(UTC)
        except (ValueError, OverflowError):
            return written
        return f"{self.date(moment.date().isoformat())}, {moment:%H:%M} UTC"


@cache
def wording(language: str) -> Wording:
    """The fixed words in a language of LANGUAGES."""
    text = (files(__package__) / "words" / f"{language}.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)  # Any: TOML
    tables = {name: data.pop(name) for name in ("counted", "stances", "statuses", "party_kinds", "check_results")}
    locale = data.pop("locale")
    locale["months"] = tuple(locale["months"])
    return Wording(language=language, phrases=data, locale=Locale(**locale), **tables)
