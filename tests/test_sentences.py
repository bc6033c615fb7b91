"""Sentences at their exact places, in hard cases and in any text at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.document import Document, Sentence
from summarizer.reading import split_sentences
from summarizer.reading.segmenter import sentence_spans

CASES = json.loads((Path(__file__).parent.parent / "benchmarks" / "segmenter_cases.json").read_text(encoding="utf-8"))
FRAGMENTS = ["U.S. ", "“Stop. ", "”", '"', "J. ", "no. Kyiv ", "1. ", "\r\n", "\n\n", "\u2028", "\x85", "\u00a0", "।", "。"]


def sentences_of(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(Document(text, language=language))]


def assert_promises_kept(text: str, sentences: tuple[Sentence, ...]) -> None:
    assert [sentence.number for sentence in sentences] == list(range(1, len(sentences) + 1))
    assert [sentence.text for sentence in sentences] == [text[sentence.start : sentence.end] for sentence in sentences]
    assert all(sentence.text and sentence.text == sentence.text.strip() for sentence in sentences)
    ends = [0, *(sentence.end for sentence in sentences)]
    starts = [*(sentence.start for sentence in sentences), len(text)]
    assert all(not text[end:start].strip() for end, start in zip(ends, starts, strict=True))
    paragraphs = [sentence.paragraph for sentence in sentences]
    assert paragraphs == sorted(paragraphs)
    assert sorted(set(paragraphs)) == list(range(1, len(set(paragraphs)) + 1))


@given(st.text() | st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=6), max_size=40).map("".join))
@settings(deadline=None, max_examples=300)
def test_every_text_is_cut_into_sentences_at_exact_places(text: str) -> None:
    assert_promises_kept(text, split_sentences(Document(text)))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200), st.sampled_from(["fr", "ru", "zh", "xx", ""]))
@settings(deadline=None)
def test_every_language_keeps_exact_places_even_an_unknown_one(text: str, language: str) -> None:
    assert_promises_kept(text, split_sentences(Document(text, language=language)))


def test_the_hard_cases_come_out_as_marked_and_the_known_weak_ones_alone_do_not() -> None:
    wrong = [
        case["what"]
        for case in CASES
        if sentences_of(case["marked"].replace("‖", ""), case["language"])
        != [sentence.strip() for sentence in case["marked"].split("‖")]
    ]
    assert wrong == [case["what"] for case in CASES if case.get("weak")]


def test_a_sentence_knows_its_number_its_place_and_its_paragraph() -> None:
    document = Document("Talks failed\n\nKyiv said no.  Moscow left.\n")
    assert split_sentences(document) == (
        Sentence(number=1, start=0, end=12, text="Talks failed", paragraph=1),
        Sentence(number=2, start=14, end=27, text="Kyiv said no.", paragraph=2),
        Sentence(number=3, start=29, end=41, text="Moscow left.", paragraph=2),
    )


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\n \t\n"])
def test_a_line_break_of_any_kind_ends_a_paragraph(line_break: str) -> None:
    sentences = split_sentences(Document(f"The talks in{line_break}Geneva failed"))
    assert [(sentence.text, sentence.paragraph) for sentence in sentences] == [("The talks in", 1), ("Geneva failed", 2)]


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_sentence_runs_over_the_line_breaks_of_hard_wrapped_text(line_break: str) -> None:
    lines = [
        "TALKS IN GENEVA",
        "",
        "The envoys of both sides met in Geneva on Saturday and agreed to meet",
        "again in a month. Nobody said what had been agreed on the prisoners, and",
        "the mediators refused to speak to the press. The truce was to hold until",
        "then.",
        "",
        "Two demands were made:",
        "- a truce along the whole line of contact, watched by neutral states",
        "- the release of all prisoners",
        "",
        "Moscow called the meeting useful, while Kyiv said that nothing had come",
        "of it so far.",
    ]
    sentences = split_sentences(Document(line_break.join(lines)))
    assert [(" ".join(sentence.text.split()), sentence.paragraph) for sentence in sentences] == [
        ("TALKS IN GENEVA", 1),
        ("The envoys of both sides met in Geneva on Saturday and agreed to meet again in a month.", 2),
        (
            "Nobody said what had been agreed on the prisoners, and the mediators refused to speak to the press.",
            2,
        ),
        ("The truce was to hold until then.", 2),
        ("Two demands were made:", 3),
        ("- a truce along the whole line of contact, watched by neutral states", 4),
        ("- the release of all prisoners", 5),
        ("Moscow called the meeting useful, while Kyiv said that nothing had come of it so far.", 6),
    ]


def test_headlines_of_equal_length_are_not_taken_for_hard_wrapped_text() -> None:
    headlines = [
        "Envoys Meet in Geneva as Truce Enters Its Second Week",
        "Parliament Votes Down Budget in Late Night Sitting Again",
        "Moscow Rejects Proposal for Talks on Prisoners of War",
        "Grain Ships Leave Odesa for First Time Since the Autumn",
        "Minister Resigns Over Letter to Foreign Ambassador",
    ]
    assert sentences_of("\n".join(headlines)) == headlines


def test_paragraphs_of_one_line_each_are_not_taken_for_hard_wrapped_text() -> None:
    lines = ["The envoys met in Geneva on Saturday.", "They agreed to meet again in a month.", "Nobody spoke to the press."] * 3
    assert sentences_of("\n".join(lines)) == lines


def test_a_very_long_quotation_is_cut_at_its_inner_stops() -> None:
    inner = [f"We reject the proposal that was made to us in round {number} of the talks." for number in range(12)]
    assert sentences_of(f"He said: “{' '.join(inner)}” Then he left.") == [
        f"He said: “{inner[0]}",
        *inner[1:-1],
        f"{inner[-1]}”",
        "Then he left.",
    ]


def test_a_paragraph_longer_than_one_window_loses_no_sentence() -> None:
    sentences = [f"Envoy number {number} spoke in Geneva." for number in range(500)]
    assert sentences_of(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    "unit", ["a. ", "a", "A. ", "“", "«a. b» ", "我。", "?! ", "1. ", "— ! ", "no. Kyiv ", "a\n", " ", "🎉", ".)"]
)
def test_a_monotonous_text_of_a_hundred_thousand_characters_is_cut_too(unit: str) -> None:
    text = f"{unit * (100_000 // len(unit))}x"
    assert_promises_kept(text, split_sentences(Document(text)))


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\x85", "\u3000"])
def test_a_wide_space_before_a_stop_does_not_make_the_library_panic(space: str) -> None:
    wide = sentences_of(f"Kyiv chose plan A{space}. Then they left.")
    assert wide[-1] == "Then they left."


def test_a_piece_that_is_not_in_the_text_costs_the_boundaries_of_its_window_only() -> None:
    def altering(text: str) -> list[str]:
        return ["One,", "two."]

    assert sentence_spans("One. Two.", language="en", segment=altering) == [(0, 9)]


def test_a_panic_of_the_library_costs_the_boundaries_of_its_window_only() -> None:
    class PanicException(BaseException):
        """Stands for the one that pyo3 raises, which is no `Exception` either."""

    def panicking(text: str) -> list[str]:
        raise PanicException

    assert sentence_spans("One. Two.", language="en", segment=panicking) == [(0, 9)]


def test_an_interruption_by_the_user_is_not_taken_for_a_panic() -> None:
    def interrupted(text: str) -> list[str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sentence_spans("One. Two.", language="en", segment=interrupted)


def test_importing_the_room_does_not_load_the_segmenter() -> None:
    program = "import sys, summarizer.reading; print('sentencex' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
