"""Figures: what is one and the same in digits and in words, in seven languages, and what is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import report
from summarizer.document import Passage
from summarizer.grounding import ground
from summarizer.grounding.figures import figures
from summarizer.reading import split_sentences
from summarizer.schema import Claim


def read(text: str, language: str) -> list[tuple[str, str, str]]:
    return [(str(each.value), each.unit, each.bound) for each in figures(text, language)]


@pytest.mark.parametrize(
    ("language", "forms", "value"),
    [
        ("en", ["a 30-day truce", "thirty days", "a thirty-day truce", "30 days"], [("30", "day", "")]),
        ("en", ["1,000 men", "1 000 men", "one thousand men", "a thousand men"], [("1000", "", "")]),
        ("en", ["5 %", "5%", "five percent", "5 per cent"], [("5", "percent", "")]),
        ("en", ["March 11", "11 March", "the 11th of March", "March 11th"], [("311", "date", "")]),
        ("en", ["March 11, 2031", "11 March 2031", "2031-03-11"], [("311", "date", ""), ("2031", "", "")]),
        ("en", ["$5 million", "5 million dollars", "USD 5m", "5mn US dollars"], [("5000000", "USD", "")]),
        ("en", ["one hundred and five", "105"], [("105", "", "")]),
        ("en", ["fifty-five thousand three hundred and two", "55,302"], [("55302", "", "")]),
        ("en", ["half a million", "500,000", "0.5 million"], [("500000", "", "")]),
        ("en", ["a third of them", "one third of them"], [("1/3", "", "")]),
        ("en", ["more than 60", "over sixty"], [("60", "", "over")]),
        ("en", ["about a month", "roughly one month"], [("1", "month", "about")]),
        ("fr", ["trente jours", "30 jours"], [("30", "day", "")]),
        ("fr", ["quatre-vingt-dix-sept", "97"], [("97", "", "")]),
        ("fr", ["soixante et onze", "71"], [("71", "", "")]),
        ("fr", ["5 millions d’euros", "cinq millions d'euros", "5 mio €"], [("5000000", "EUR", "")]),
        ("fr", ["le 11 mars 2031", "11 mars 2031"], [("311", "date", ""), ("2031", "", "")]),
        ("fr", ["plus de 60 %", "plus de soixante pour cent"], [("60", "percent", "over")]),
        ("fr", ["1 000", "mille"], [("1000", "", "")]),
        ("de", ["dreißig Tage", "30 Tage", "30-tägige", "dreißigtägige"], [("30", "day", "")]),
        ("de", ["dreiundzwanzig", "23"], [("23", "", "")]),
        ("de", ["zweihundertfünfzig", "250"], [("250", "", "")]),
        ("de", ["1.000", "tausend", "1 000"], [("1000", "", "")]),
        ("de", ["5 Mio. Euro", "fünf Millionen Euro"], [("5000000", "EUR", "")]),
        ("de", ["11. März", "am 11. März"], [("311", "date", "")]),
        ("de", ["1,5 Millionen", "1.500.000"], [("1500000", "", "")]),
        ("es", ["treinta días", "30 días"], [("30", "day", "")]),
        ("es", ["treinta y cinco", "35"], [("35", "", "")]),
        ("es", ["doscientos mil", "200.000"], [("200000", "", "")]),
        ("es", ["el 11 de marzo"], [("311", "date", "")]),
        ("es", ["cinco millones de dólares", "5 millones de dólares"], [("5000000", "USD", "")]),
        ("ru", ["тридцать дней", "тридцати дней", "30 дней", "30-дневный", "тридцатидневного"], [("30", "day", "")]),
        ("ru", ["тридцать пять", "35"], [("35", "", "")]),
        ("ru", ["двести тысяч", "200 000", "200 тыс"], [("200000", "", "")]),
        ("ru", ["пять процентов", "5 %"], [("5", "percent", "")]),
        ("ru", ["5 млн рублей", "пять миллионов рублей"], [("5000000", "RUB", "")]),
        ("ru", ["11 марта"], [("311", "date", "")]),
        ("uk", ["тридцять днів", "30 днів", "30-денне", "тридцятиденне"], [("30", "day", "")]),
        ("uk", ["п’ять відсотків", "п'ять відсотків", "5 %"], [("5", "percent", "")]),
        ("uk", ["понад 60", "понад шістдесят"], [("60", "", "over")]),
        ("uk", ["11 березня"], [("311", "date", "")]),
        ("ar", ["ثلاثين يوما", "ثلاثون يوماً", "30 يوما", "٣٠ يوما"], [("30", "day", "")]),
        ("ar", ["خمسة وعشرون", "25"], [("25", "", "")]),
        ("ar", ["أسبوعين", "أسبوعان", "2 أسبوع"], [("2", "week", "")]),
        ("ar", ["5 ملايين دولار", "خمسة ملايين دولار"], [("5000000", "USD", "")]),
        ("ar", ["خمسة في المئة", "5 في المئة", "5%"], [("5", "percent", "")]),
        ("ar", ["11 مارس"], [("311", "date", "")]),
    ],
)
def test_a_figure_is_the_same_in_words_and_digits(language: str, forms: list[str], value: list[tuple[str, str, str]]) -> None:
    assert [read(form, language) for form in forms] == [value] * len(forms)


@pytest.mark.parametrize(
    "text", ["It may rain.", "They march on.", "no one’s right", "F-16 jets", "the G7", "one another", "a second"]
)
def test_what_only_looks_like_a_figure_is_none(text: str) -> None:
    assert [each for each in figures(text, "en") if not each.soft] == []


def result(text: str, statement: str, *, language: str = "en") -> tuple[str, str]:
    """What the check of figures says of a statement on the first sentence."""
    document = replace(report(text), language=language)
    sentences = split_sentences(document)
    whole = Passage(sentences[0].start, document.text[sentences[0].start : sentences[-1].end], sentences)
    made = ground([Claim("outcome", ("Velia",), whole, cites=(1,), statement=statement)], document)
    for item in made.grounded:
        check = next(each for each in item.checks if each.name == "figures")
        return check.result, check.reason
    return "fail", next(reason for withheld in made.withheld for reason in withheld.reasons if "is not in the source" in reason)


@pytest.mark.parametrize(
    ("text", "statement", "expected"),
    [
        ("Velia agreed to a 30-day truce.", "Velia agreed to a truce of thirty days.", "pass"),
        ("Velia agreed to a truce of about a month.", "Velia agreed to a 30-day truce.", "fail"),
        ("Velia agreed to a truce of two weeks.", "Velia agreed to a truce of two months.", "fail"),
        ("Velia freed more than 60 fishermen.", "Velia freed 60 fishermen.", "doubt"),
        ("Velia freed 60 fishermen.", "Velia freed more than 60 fishermen.", "doubt"),
        ("Velia gave $5 million.", "Velia gave 5 million euros.", "fail"),
        ("Velia met Ostria on March 11.", "Velia met Ostria in March.", "pass"),
        ("Velia met Ostria on March 11.", "Velia met Ostria on March 12.", "fail"),
        ("Velia met Ostria on Tuesday.", "Velia met Ostria on Friday.", "fail"),
        ("Velia met Ostria. It freed 40 men.", "Velia met Ostria on 40 points.", "doubt"),
        ("Velia met Ostria and Kestria.", "Velia met two states, Ostria and Kestria.", "doubt"),
    ],
)
def test_a_figure_has_the_same_value_unit_and_bound(text: str, statement: str, expected: str) -> None:
    assert result(text, statement)[0] == expected


@pytest.mark.parametrize(
    ("text", "statement", "expected"),
    [
        ("Velia met Ostria yesterday.", "Velia met Ostria on 11 March.", "doubt"),
        ("Velia met Ostria on Monday.", "Velia met Ostria on May 11.", "doubt"),
        ("Velia met Ostria yesterday.", "Velia met Ostria in April.", "doubt"),
        ("Velia met Ostria.", "Velia met Ostria on 11 March.", "fail"),
        ("Velia met Ostria yesterday.", "Velia met Ostria on Tuesday.", "fail"),
        ("Velia met Ostria yesterday.", "Velia met Ostria for 3 weeks.", "fail"),
    ],
)
def test_a_date_may_be_reckoned_from_a_day_that_is_told(text: str, statement: str, expected: str) -> None:
    assert result(text, statement)[0] == expected


@pytest.mark.parametrize(
    ("text", "statement", "expected"),
    [
        ("Velia cut tariffs from 40 to 12.", "Velia cut tariffs to 12 percent.", "doubt"),
        ("Velia cut tariffs to 12 percent.", "Velia cut tariffs to 12.", "pass"),
        ("Velia cut tariffs to 12 percent.", "Velia cut tariffs to 12 points in 12 weeks.", "fail"),
        ("Velia cut tariffs to 11.", "Velia cut tariffs to 12 percent.", "fail"),
    ],
)
def test_a_bare_number_may_have_a_unit_that_is_left_out(text: str, statement: str, expected: str) -> None:
    assert result(text, statement)[0] == expected


@pytest.mark.parametrize(
    ("language", "text", "true", "false"),
    [
        ("fr", "Velia accepte trente jours de trêve.", "Velia accepte 30 jours.", "Velia accepte 30 mois."),
        ("de", "Velia will eine 30-tägige Waffenruhe.", "Velia will dreißig Tage.", "Velia will vierzig Tage."),
        ("es", "Velia acepta una tregua de treinta días.", "Velia acepta 30 días.", "Velia acepta 30 semanas."),
        ("ru", "Velia хочет 30-дневное перемирие.", "Velia хочет тридцать дней.", "Velia хочет сорок дней."),
        ("uk", "Velia хоче 30-денне перемирʼя.", "Velia хоче тридцять днів.", "Velia хоче сорок днів."),
        ("ar", "وافقت Velia على هدنة لمدة ثلاثين يوما.", "وافقت Velia على 30 يوما.", "وافقت Velia على 40 يوما."),
    ],
)  # fmt: skip
def test_figures_are_checked_in_every_language(language: str, text: str, true: str, false: str) -> None:
    assert (result(text, true, language=language)[0], result(text, false, language=language)[0]) == ("pass", "fail")


def test_digits_are_checked_in_a_language_that_is_not_known() -> None:
    assert result("Velia 30 päivää.", "Velia 31 päivää.", language="fi")[0] == "fail"
    assert result("Velia odottaa.", "Velia odottaa.", language="fi")[0] == "not_checked"


@pytest.mark.parametrize("text", ["May ²", "²", "3²", "9" * 5_000, f"May {'9' * 5_000}", f"{'9' * 5_000} March"])
def test_what_only_looks_like_a_number_can_be_read(text: str) -> None:
    assert {figures(text, language) == figures(text, language) for language in ("en", "fr", "ar", "zh")} == {True}


@given(st.text(max_size=60), st.sampled_from(["en", "fr", "de", "es", "ru", "uk", "ar", "zh"]))
def test_any_text_can_be_read_for_figures(text: str, language: str) -> None:
    assert figures(text, language) == figures(text, language)


@given(st.integers(1, 999_999))
def test_digits_with_and_without_marks_are_one_number(number: int) -> None:
    assert [read(form, "en") for form in (f"{number:,} men", f"{number} men")] == [[(str(number), "", "")]] * 2
