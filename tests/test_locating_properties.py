"""Words that stand in a text are found exactly where they stand, however they are typeset; changed words are never found.

The quotations and what is done to them are the benchmark's: `benchmarks/quotations`.
"""

from __future__ import annotations

import unicodedata
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotations.texts import invented
from quotations.trials import FALSE, GENUINE, Operator, Trial, trials
from summarizer.grounding import Match, locate

SOURCES = invented()
UNKNOWN_LANGUAGES = "elided: fa hi th zh ja ko"
"""Where `locate` knows no word for no, it lets nothing be left out."""
seeds = st.integers(min_value=0, max_value=2**32)
letters = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=8)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
FRAGMENTS = [
    *(
        "war",
        "forward",
        "The",
        "the",
        "not",
        "can’t",
        "can",
        "30-day",
        "30",
        "day",
        "-5",
        "5%",
        "1.5",
        "10²",
        "é",
        "e\u0301",
        "ﬁ",
    ),
    *(
        " ",
        " ",
        " ",
        "\u00a0",
        "\n",
        "-\n",
        "\u00ad",
        "\u200b",
        "\u200d",
        "-",
        "—",
        "“",
        "'",
        ". ",
        ", ",
        "...",
        " […] ",
        "谈判",
        "ไม่",
    ),
]
scraps = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join)


def drawn_trial(operator: Operator, seed: int) -> Trial:
    return next(trials(operator, SOURCES, Random(seed)))


def letters_of(text: str) -> str:
    """What no typesetting changes."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(character for character in folded if character.isalnum())


def assert_is_a_place(match: Match, text: str) -> None:
    ends = [offset for span in match.spans for offset in span]
    assert ends == sorted(set(ends))
    assert (match.start, match.end) == (ends[0], ends[-1])
    assert 0 <= match.start < match.end <= len(text)
    assert len(match.spans) == (2 if match.how == "elided" else 1)


@pytest.mark.parametrize("name", [name for name in GENUINE if name != UNKNOWN_LANGUAGES])
@given(seeds)
@settings(max_examples=25, derandomize=True)
def test_a_genuine_quotation_is_found_exactly_where_it_stands(name: str, seed: int) -> None:
    trial = drawn_trial(GENUINE[name], seed)
    match = locate(trial.words, trial.text)
    if match is None:
        assert "elided" in name  # rather once too often; the benchmark counts how often
    else:
        assert match.spans == trial.spans


@pytest.mark.parametrize("name", FALSE)
@given(seeds)
@settings(max_examples=25, derandomize=True)
def test_a_quotation_that_says_something_else_is_never_found(name: str, seed: int) -> None:
    trial = drawn_trial(FALSE[name], seed)
    assert locate(trial.words, trial.text) is None


@given(seeds)
@settings(max_examples=20, derandomize=True)
def test_nothing_may_be_left_out_in_a_language_whose_no_is_not_known(seed: int) -> None:
    trial = drawn_trial(GENUINE[UNKNOWN_LANGUAGES], seed)
    assert locate(trial.words, trial.text) is None


@given(st.lists(letters, min_size=1, max_size=6).map(" ".join), anything, anything)
def test_words_planted_in_any_text_at_all_are_found(words: str, before: str, after: str) -> None:
    text = f"{before} ({words}) {after}"
    match = locate(words, text)
    assert match is not None
    assert (match.how, text[match.start : match.end]) == ("exact", words)


@given(scraps, scraps)
@settings(max_examples=500, derandomize=True)
def test_what_is_found_has_the_letters_of_what_was_sought(words: str, text: str) -> None:
    match = locate(words, text)
    if match is not None:
        assert_is_a_place(match, text)
        assert letters_of("".join(text[start:end] for start, end in match.spans)) == letters_of(words)


@given(anything, anything)
def test_any_words_may_be_sought_in_any_text(words: str, text: str) -> None:
    match = locate(words, text)
    if match is not None:
        assert_is_a_place(match, text)
