"""A statement is a sentence: the party, the source's own verb, and the source's words in quotation marks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import report
from summarizer.document import Document, Passage
from summarizer.grounding import ground
from summarizer.merging import merge
from summarizer.reading import split_sentences
from summarizer.schema import Claim, Kind


def stated(
    text: str, party: str, words: str, *, kind: Kind = "position", verb: str = "said", language: str = "en"
) -> list[str]:
    """The statements made of these words in the last sentence of a text."""
    document = Document(text, language=language)
    last = split_sentences(document)[-1]
    claim = Claim(kind, (party,), Passage(last.start, last.text, (last,)), words=words, verb=verb)
    return [item.statement for item in merge(ground([claim], document).grounded, document).items]


@pytest.mark.parametrize(
    ("text", "party", "words", "statement"),
    [
        (
            "Lena Dorn spoke. However, she cautioned that a truce might help Ostria.",
            "Lena Dorn",
            "truce might help Ostria",
            "Lena Dorn cautioned that “a truce might help Ostria”.",
        ),
        (
            "Ostria refused to withdraw its patrols.",
            "Ostria",
            "withdraw its patrols",
            "Ostria refused to “withdraw its patrols”.",
        ),
        ("While Velia had agreed to a truce, Ostria refused to sign it.", "Ostria", "sign it", "Ostria refused to “sign it”."),
        ("Ostria refused to withdraw.", "Ostria", "Ostria refused to withdraw", "Ostria refused to “withdraw”."),
        ("“The port is safe,” said Lena Dorn.", "Lena Dorn", "The port is safe", "Lena Dorn said: “The port is safe”."),
        ("“We saw the port,” Dorn told reporters.", "Dorn", "saw the port", "Dorn said: “We saw the port”."),
        ("Dorn told reporters: “I saw the port.”", "Dorn", "I saw the port", "Dorn told reporters: “I saw the port”."),
        (
            "Dorn told reporters in Oss that it was “a step.”",
            "Dorn",
            "a step",
            "Dorn told reporters in Oss that “it was ‘a step’”.",
        ),
        ("Dorn has also insisted that Ostria must go.", "Dorn", "Ostria must go", "Dorn has insisted that “Ostria must go”."),
        (
            "Dorn insisted that the port must open, and that Ostria must go.",
            "Dorn",
            "Ostria must go",
            "Dorn insisted that “Ostria must go”.",
        ),
        ("Dorn hailed the pact, adding that it was late.", "Dorn", "it was late", "Dorn added that “it was late”."),
        ("Statement by Velia. We urge Ostria to leave.", "Velia", "Ostria to leave", "Velia urges “Ostria to leave”."),
        (
            "The White Court rose. The White Court announced an inquiry.",
            "White Court",
            "an inquiry",
            "The White Court announced “an inquiry”.",
        ),
    ],
)
def test_the_sources_own_verb_stands_between_the_party_and_the_words(text: str, party: str, words: str, statement: str) -> None:
    assert stated(text, party, words) == [statement]


@pytest.mark.parametrize(
    ("text", "words", "statement"),
    [
        ("Velia did not agree to open the port.", "open the port", "Velia did not agree to “open the port”."),
        ("Velia never agreed to open the port.", "open the port", "Velia never agreed to “open the port”."),
        ("Velia decided not to open the port.", "open the port", "Velia decided not to “open the port”."),
        ("Velia agreed to no truce.", "truce", "Velia agreed to “no truce”."),
    ],
)
def test_a_negation_is_never_lost(text: str, words: str, statement: str) -> None:
    assert stated(text, "Velia", words, kind="outcome", verb="agreed") == [statement]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("It is unclear whether Velia agreed to open the port.", None),
        ("There is no sign that Velia agreed to open the port.", None),
        ("Ostria demands that Velia agree to open the port.", None),
        ("Talks are held, and if Velia agreed to open the port, Ostria would leave.", "and if Velia agreed to open the port"),
        ("No Velian agreed to open the port.", None),
    ],
)
def test_what_is_denied_open_or_only_wanted_is_not_told_as_done(text: str, statement: str | None) -> None:
    party = "Velian" if "Velian" in text else "Velia"
    assert stated(text, party, "open the port") == [f"{party}: “{statement or text[:-1]}”."]


def test_where_the_sentence_has_no_verb_of_the_act_the_statement_has_none() -> None:
    assert stated("According to Velia, the port is lost.", "Velia", "the port is lost") == ["Velia: “the port is lost”."]


def test_in_another_language_the_statement_is_made_of_party_and_words() -> None:
    assert stated("Velia will den Hafen öffnen.", "Velia", "den Hafen öffnen", verb="demanded", language="de") == [
        "Velia: “den Hafen öffnen”"
    ]


def test_a_statement_that_a_model_wrote_is_untouched() -> None:
    document = report("Ostria refused to withdraw.")
    (sentence,) = split_sentences(document)
    claim = Claim("outcome", ("Ostria",), Passage(0, sentence.text, (sentence,)), cites=(1,), outcome_status="rejected")
    written = replace(claim, statement="Ostria refused to withdraw")
    (item,) = merge(ground([written], document).grounded, document).items
    assert item.statement == "Ostria refused to withdraw"
