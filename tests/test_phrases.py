"""Copied words are carried on to the ends of what they say, and no further."""

from __future__ import annotations

import pytest

from builders import report
from summarizer.document import Document, Passage
from summarizer.grounding import ground
from summarizer.reading import split_sentences
from summarizer.schema import Claim


def quoted(text: str, *claims: tuple[str, str], language: str = "en") -> list[str]:
    """What is quoted of these words, each with the party that a model named, in a text of one sentence."""
    document = Document(text, language=language)
    (sentence,) = split_sentences(document)
    passage = Passage(sentence.start, sentence.text, (sentence,))
    made = ground([Claim("position", (party,), passage, words=words) for words, party in claims], document)
    assert not made.withheld
    assert all(text[each.start : each.end] == each.quote for item in made.grounded for each in item.evidence)
    return [evidence.quote for item in made.grounded for evidence in item.evidence]


@pytest.mark.parametrize(
    ("text", "party", "words", "whole"),
    [
        ("Velia said that a short truce could help.", "Velia", "short truce could help", "a short truce could help"),
        ("Velia has not agreed to any truce.", "Velia", "agreed to any truce", "has not agreed to any truce"),
        ("Velia said the truce was never signed.", "Velia", "signed", "the truce was never signed"),
        ("Velia agreed on Tuesday to open the port.", "Velia", "agreed on Tuesday", "agreed on Tuesday to open the port"),
        ("Velia refused to commit to a truce.", "Velia", "refused to", "refused to commit to a truce"),
        ("Experts say a halt in strikes could help.", "Experts", "halt in strikes", "a halt in strikes could help"),
        ("Velia ordered its troops to leave the port.", "Velia", "leave the port", "its troops to leave the port"),
        (
            "Velia warned of a halt in talks, while Ostria argues that it is needed.",
            "Velia",
            "halt in talks",
            "a halt in talks",
        ),
        ("“The end of the talks,” Dorn stated, “is near.”", "Dorn", "the end of the talks,” Dorn", "The end of the talks"),
        ("“We met. No one should end the war,” Dorn stated.", "Dorn", "the war,” Dorn", "No one should end the war"),
        ("Dorn called the truce “a small step”.", "Dorn", "the truce", "the truce “a small step”"),
        ("Dorn said any talks “must be open”.", "Dorn", "any talks “must be", "any talks “must be open”"),
        ("Dorn said the port will open in May.", "Dorn", "the port will open in May", "the port will open in May"),
    ],
)
def test_words_are_quoted_to_the_ends_of_what_they_say(text: str, party: str, words: str, whole: str) -> None:
    assert quoted(text, (words, party)) == [whole]


def test_an_extension_takes_nothing_of_another_claims_words() -> None:
    text = "Velia agreed on Tuesday to open the port."
    assert quoted(text, ("agreed on Tuesday", "Velia"), ("open the port", "Velia")) == ["agreed on Tuesday", "open the port"]


def test_of_what_one_claim_has_taken_in_the_next_takes_nothing() -> None:
    text = "Experts say a halt in strikes on the old port could help."
    assert quoted(text, ("halt in strikes", "Experts"), ("could help", "Experts")) == [
        "a halt in strikes on the old port",
        "could help",
    ]


def test_words_of_another_language_stay_as_they_were_copied() -> None:
    assert quoted("Velia will den Hafen öffnen.", ("Hafen", "Velia"), language="de") == ["Hafen"]


def test_the_check_of_the_place_says_that_more_is_quoted_than_was_copied() -> None:
    document = report("Velia said that a short truce could help.")
    (sentence,) = split_sentences(document)
    claim = Claim("position", ("Velia",), Passage(0, sentence.text, (sentence,)), words="short truce could help")
    (item,) = ground([claim], document).grounded
    assert item.checks[0].reason == "the words stand in the source; quoted to the ends of what they say"
    assert item.claim.words == "short truce could help"


def test_a_lone_quotation_mark_stays_as_it_is() -> None:
    document = Document('0000"')
    (sentence,) = split_sentences(document)
    claim = Claim("position", ("0000",), Passage(0, sentence.text, (sentence,)), words='0000"')
    made = ground([claim], document)
    assert len(made.grounded) + len(made.withheld) == 1
