"""The fixed words of a page: every language says everything, and writes numbers and dates as the Unicode CLDR does."""

from __future__ import annotations

from datetime import date, timedelta
from string import Formatter
from typing import get_args

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from builders import answering, moves, report
from summarizer.pipeline import summarise
from summarizer.rendering.outline import outline
from summarizer.rendering.wording import LANGUAGES, PLURALS, Wording, wording
from summarizer.schema import DemandStatus, OutcomeStatus, PartyKind, Stance

OTHERS = tuple(language for language in LANGUAGES if language != "en")
BABEL = {"en": "en_GB"}  # British: 18 March 2025


def fields(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def fields_of_all(words: Wording) -> dict[str, set[str]]:
    return {name: fields(phrase) for name, phrase in words.phrases.items()}


def fields_of_counted(words: Wording) -> dict[str, list[set[str]]]:
    """For each counted phrase the different sets of fields that its forms have: one, where they agree."""
    return {
        name: [set(each) for each in {frozenset(fields(form)) for form in forms.values()}]
        for name, forms in words.counted.items()
    }


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_phrase_with_the_same_fields(language: str) -> None:
    assert fields_of_all(wording(language)) == fields_of_all(wording("en"))
    assert fields_of_counted(wording(language)) == fields_of_counted(wording("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_counted_phrase_has_the_forms_of_its_language(language: str) -> None:
    words = wording(language)
    _, forms = PLURALS[words.locale.plural]
    assert {name: frozenset(each) for name, each in words.counted.items()} == dict.fromkeys(words.counted, forms)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_every_stance_status_and_kind_of_party(language: str) -> None:
    words = wording(language)
    assert set(words.stances) == set(get_args(Stance))
    assert set(words.statuses) == {*get_args(DemandStatus), *get_args(OutcomeStatus)}
    assert set(words.party_kinds) == set(get_args(PartyKind))


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_the_cldr(language: str) -> None:
    form, _ = PLURALS[wording(language).locale.plural]
    counts = range(1_100)
    assert [form(count) for count in counts] == [Locale(language).plural_form(count) for count in counts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_written_as_in_the_cldr(language: str) -> None:
    words = wording(language)
    numbers = [0, 7, 999, 12_345, 1_234_567]
    assert [words.number(each) for each in numbers] == [format_decimal(each, locale=language) for each in numbers]
    assert words.number(12_345.678, decimals=1) == format_decimal(12_345.678, format="#,##0.0", locale=language)


def test_spanish_groups_no_four_digits() -> None:
    assert (wording("es").number(1_234), wording("de").number(1_234)) == ("1234", "1.234")


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_written_as_in_the_cldr(language: str) -> None:
    words = wording(language)
    days = [date(2024, 1, 1) + timedelta(days=each) for each in range(366)]
    locale = BABEL.get(language, language)
    assert [words.date(day.isoformat()) for day in days] == [format_date(day, format="long", locale=locale) for day in days]


def test_what_is_no_date_stays_as_it_is() -> None:
    assert wording("fr").date("soon") == wording("fr").moment("soon") == "soon"


def test_a_moment_is_told_in_utc() -> None:
    assert wording("de").moment("2026-03-01T00:30:00+02:00") == "28. Februar 2026, 22:30 UTC"


def test_one_thing_is_one() -> None:
    page = outline(summarise(report("Velia agreed to fish."), model=answering(moves(("fish", "Velia", "agrees")))))
    assert page.source == "Source: text, 1 sentence"
    assert page.coverage.startswith("Sentences cited: 1 of 1. 1 passage was asked about: 0 failed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_can_be_in_every_language(language: str) -> None:
    made = summarise(report("Velia agreed to fish."), model=answering(moves(("fish", "Velia", "agrees"))))
    page = outline(made, language=language)
    assert [section.title for section in page.sections] == [
        wording(language).say(title) for title in ("positions", "demands", "outcomes")
    ]
