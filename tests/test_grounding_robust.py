"""Whatever a report, a statement and a name are made of: `ground` gives every claim back, judged, and never raises."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import report
from summarizer.document import Passage
from summarizer.grounding import ground
from summarizer.reading import split_sentences
from summarizer.schema import Claim, Kind

WORDS = [
    *("Velia", "Lena Dorn", "President", "U.S.", "X", "the", "a", "one", "their", "he", "we", "both", "officials", "mp", "pm"),
    *("said", "says", "according", "to", "by", "of", "and", "or", "not", "if", "may", "May", "refused", "refusal", "yet"),
    *("who", "that", "which", "Velia-Ostria", "Velia’s", "judges’", "co-facilitators", "on behalf", "statement", "3 March"),
    *("“", "”", '"', "«", "»", "(", ")", "((", "))", "[", "]", ":", ";", ",", ".", "...", "—", "-", "•", "_and_", "\n", "\n\n"),
    *("\u00ad", "\u200b", "\u0301", "\u202e", "İ", "ß", "ﬁ", "Київ", "١٢", "外交部", "🙂", "’", "²", "$5m"),
]
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
sentences = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
texts = st.one_of(anything, sentences, st.lists(sentences, max_size=4).map("\n".join))
LONGEST_STATEMENT = 2_000
KINDS: tuple[Kind, ...] = ("position", "demand", "outcome")

HOSTILE = {
    "he said": "he said " * 8_000,
    "he said, with an end": "he said. " * 7_000,
    "open quotations": "“He said " * 7_000,
    "quotations of every shape": "\"“”„«»‘’'" * 6_000,
    "open brackets": "Velia ([((" * 6_000,
    "labels": "Lena Dorn: we said no.\n" * 2_600,
    "labels, each another": "".join(f"Ab{number}: we said no.\n" for number in range(3_500)),
    "names, each another": "".join(f"Velia{number} said no, " for number in range(3_300)),
    "names that are joined": "Velia and Ostria or " * 3_000,
    "appositions": ("“No,” said officials, " + "lawyers, officials, " * 90 + "\n") * 33,
    "appositions of persons": ("“No,” said mp, " + "pm, mp, " * 240 + "\n") * 30,
    "commas": "Velia, " * 8_500,
    "lists": "- he said:\n" * 5_400,
    "capitals": "A B " * 15_000,
    "one word": "a" * 60_000,
    "digits": "9" * 60_000,
    "one word in a name": "V" + "’s-" * 20_000,
    "line ends": "Velia said\n" * 5_400,
    "figures": "5 of 3 March 2031, " * 3_200,
    "negations": "not no never " * 4_600,
    "conditions": "if unless, " * 5_400,
}


def all_judged(text: str, party: str, *, statement: str | None = None, words: str | None = None, language: str = "en") -> bool:
    """Whether every claim came back: one of each kind about the first sentence, and one about the last."""
    document = replace(report(text), language=language)
    found = split_sentences(document)
    if not found:
        return True
    whole = Passage(found[0].start, text[found[0].start : found[-1].end], found)
    claims = [
        Claim(kind, (party,), whole, words=words, cites=() if words else (cited.number,), statement=statement)
        for kind, cited in product(KINDS, (found[0], found[-1]))
    ]
    made = ground(claims, document)
    return len(made.grounded) + len(made.withheld) == len(claims)


@given(text=texts, statement=texts, party=texts)
@settings(max_examples=400, derandomize=True)
def test_no_statement_about_any_text_makes_it_raise(text: str, statement: str, party: str) -> None:
    assert all_judged(text, party, statement=statement)


@given(text=texts, statement=texts, party=texts, language=st.sampled_from(["fr", "de", "es", "ru", "uk", "ar", "zh", ""]))
@settings(max_examples=200, derandomize=True)
def test_no_text_in_any_language_makes_it_raise(text: str, statement: str, party: str, language: str) -> None:
    assert all_judged(text, party, statement=statement, language=language)


@given(text=texts, words=texts, party=texts)
@settings(max_examples=200, derandomize=True)
def test_no_words_copied_from_any_text_make_it_raise(text: str, words: str, party: str) -> None:
    assert all_judged(text, party, words=words)


@given(text=sentences.filter(bool), statement=sentences, data=st.data())
@settings(max_examples=300, derandomize=True)
def test_no_party_that_the_text_names_makes_it_raise(text: str, statement: str, data: st.DataObject) -> None:
    party = data.draw(st.sampled_from(text.split(" ")))
    assert all_judged(text, party, statement=f"{party} {statement}")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_checked_to_the_end(text: str) -> None:
    document = f"Velia agreed. {text} Velia said no."
    assert all_judged(document, "Velia", statement="Velia said no.")
    assert all_judged(document, "officials", statement=f"He refused. {text[:LONGEST_STATEMENT]}")
    assert all_judged(document, "Velia", words="Velia said no")
