"""What code reads in the sentence where a small model named another party or act, and what it takes for background."""

from __future__ import annotations

import pytest

from summarizer.acts import ActName, as_act
from summarizer.document import Document, Passage
from summarizer.grounding import Grounding, ground
from summarizer.reading import split_sentences
from summarizer.schema import Claim


def read(text: str, party: str, words: str, act: ActName, *, language: str = "en") -> Grounding:
    """What becomes of words copied from the last sentence of a text."""
    document = Document(text, language=language)
    last = split_sentences(document)[-1]
    return ground([as_act(Claim("position", (party,), Passage(last.start, last.text, (last,)), words=words), act)], document)


def party(text: str, named: str, words: str, act: ActName = "assesses") -> str:
    (item,) = read(text, named, words, act).grounded
    return item.claim.parties[0]


def verb(text: str, named: str, words: str, act: ActName) -> str:
    (item,) = read(text, named, words, act).grounded
    return item.claim.verb


@pytest.mark.parametrize(
    ("text", "named", "words", "told"),
    [
        ("Lena Dorn said that Ostria would gain from a truce.", "Ostria", "Ostria would gain from a truce", "Lena Dorn"),
        ("“Ostria would gain from a truce,” said Lena Dorn.", "Ostria", "Ostria would gain from a truce", "Lena Dorn"),
        ("According to Velia, Ostria gained from the truce.", "Ostria", "Ostria gained from the truce", "Velia"),
        (
            "Velia claims the raids are terror, while Ostria argues they are just.",
            "Ostria",
            "Velia claims the raids are terror",
            "Velia",
        ),
        ("The chairman, Ivo Mark, said the port would close.", "port", "the port would close", "Ivo Mark"),
        (
            "Statement by the Foreign Ministry of Velia\nOstria must free the crew.",
            "Ostria",
            "free the crew",
            "Foreign Ministry of Velia",
        ),
    ],
)
def test_whoever_says_the_words_holds_them(text: str, named: str, words: str, told: str) -> None:
    assert party(text, named, words) == told


@pytest.mark.parametrize(
    ("text", "named", "words"),
    [
        ("Lena Dorn said that Ostria would gain from a truce.", "Lena Dorn", "Ostria would gain from a truce"),
        ("Dorn said Rehn had rejected the truce.", "Rehn", "rejected the truce"),
        ("Lena Dorn met Ivo Mark, and Tomas Rehn left. He said that a truce was near.", "Ivo Mark", "a truce was near"),
    ],
)
def test_a_party_that_acts_there_stays_and_so_does_one_where_nobody_is_sure(text: str, named: str, words: str) -> None:
    assert party(text, named, words) == named


@pytest.mark.parametrize(
    ("text", "named", "words", "act", "told"),
    [
        ("Dorn stressed that Europe must be heard.", "Dorn", "Europe must be heard", "supports", "demanded"),
        ("Dorn urged Ostria to free the crew.", "Dorn", "free the crew", "orders", "demanded"),
        ("Dorn condemned the raid on the harbour.", "Dorn", "the raid on the harbour", "demands", "opposed"),
        ("“The port is safe,” said Dorn.", "Dorn", "The port is safe", "acts", "said"),
        ("“That is no answer,” said Dorn.", "Dorn", "That is no answer", "refuses", "opposed"),
        ("Velia agreed to reopen the border.", "Velia", "reopen the border", "supports", "agreed"),
        ("It is unclear whether Velia will take part.", "Velia", "Velia will take part", "assesses", "left open"),
        ("The talks of Velia and Ostria are to begin in May.", "Velia", "are to begin in May", "assesses", "announced"),
        ("The envoys of Velia are to meet in May.", "envoys", "are to meet in May", "demands", "announced"),
        ("Dorn called the closure a folly.", "Dorn", "the closure a folly", "demands", "said"),
        ("Dorn called for a truce by May.", "Dorn", "a truce by May", "refuses", "demanded"),
        ("Dorn asked that the figures be withdrawn.", "Dorn", "the figures be withdrawn", "refuses", "demanded"),
        ("Dorn wants to block the road.", "Dorn", "block the road", "demands", "supported"),
        ("Dorn rejected the suggestion that Ostria had won.", "Dorn", "Ostria had won", "refuses", "opposed"),
        ("Dorn does not accept that Ostria has won.", "Dorn", "Ostria has won", "refuses", "opposed"),
        ("Dorn could not agree to any sum.", "Dorn", "any sum", "demands", "refused"),
        ("Dorn said she would sign the accord.", "Dorn", "sign the accord", "assesses", "committed to"),
        ("Dorn said she would not sign the accord.", "Dorn", "sign the accord", "demands", "refused"),
        (
            "The ministry said the closure would last a week.",
            "ministry",
            "the closure would last a week",
            "demands",
            "announced",
        ),
        ("The ministry said hauliers will be paid.", "ministry", "hauliers will be paid", "assesses", "announced"),
        ("Officials said no decision had been taken.", "Officials", "no decision had been taken", "opposes", "left open"),
        ("Velia closed three border posts.", "Velia", "three border posts", "demands", "acted"),
        ("Velia voted against the budget.", "Velia", "voted against the budget", "opposes", "acted"),
    ],
)
def test_the_act_is_the_one_that_the_sentence_tells_of(text: str, named: str, words: str, act: ActName, told: str) -> None:
    assert verb(text, named, words, act) == told


@pytest.mark.parametrize(
    ("text", "named", "words", "act"),
    [
        ("Velia refused to free the crew, which must stay.", "Velia", "free the crew", "refuses"),
        ("Dorn said that the crew would be freed.", "Dorn", "the crew would be freed", "commits"),
        ("Velia ordered that the port must close.", "Velia", "the port must close", "orders"),
        ("Dorn said patrols would go on until Ostria frees the crew.", "Dorn", "Ostria frees the crew", "demands"),
        ("Analysts said the closure would be lifted.", "Analysts", "the closure would be lifted", "assesses"),
        ("Velia presented what it calls a gift.", "Velia", "a gift", "announces"),
    ],
)
def test_an_act_that_fits_the_sentence_stays(text: str, named: str, words: str, act: ActName) -> None:
    made = as_act(Claim("position", (named,), Passage(0, text, ())), act)
    assert verb(text, named, words, act) == made.verb


@pytest.mark.parametrize(
    ("text", "words", "act", "reason"),
    [
        (
            "Velia controls a fifth of the islands.",
            "controls a fifth of the islands",
            "assesses",
            "background: nobody says this there",
        ),
        (
            "Velia seized the islands in 1974.",
            "seized the islands in 1974",
            "acts",
            "background: what is done there is no move towards others",
        ),
        ("Will Velia join them on Thursday?", "Velia join them", "supports", "background: it is a question"),
        ("What Velia wants", "What Velia wants", "demands", "background: it is a question"),
        ("Velia recommends that both:", "recommends that both", "agrees", "background: it announces what follows"),
        (
            "Asked whether the port would close, Velia said nothing.",
            "the port would close",
            "demands",
            "background: it is what somebody was asked",
        ),
        ("A small island, Velia, left.", "small island, Velia", "demands", "background: it only names somebody"),
    ],
)
def test_what_no_party_says_or_decides_is_withheld_as_background(text: str, words: str, act: ActName, reason: str) -> None:
    assert [withheld.reasons for withheld in read(text, "Velia", words, act).withheld] == [(reason,)]


RECOMMENDED = "The observer mission in Velia stayed. The mission recommends that both sides:\n\n(a) leave annex B;\n"


@pytest.mark.parametrize(
    ("line", "words", "act", "told"),
    [
        ("(b) hand over the maps.", "hand over the maps", "acts", ("mission", "demanded")),
        ("It calls on Velia to free the crew.", "free the crew", "demands", ("mission", "demanded")),
    ],
)
def test_a_line_of_a_list_and_who_goes_on_after_it_are_those_of_the_line_that_announces_it(
    line: str, words: str, act: ActName, told: tuple[str, str]
) -> None:
    (item,) = read(RECOMMENDED + line, "Velia", words, act).grounded
    assert (item.claim.parties[0], item.claim.verb) == told


def test_who_is_named_in_a_quotation_that_goes_on_does_not_say_it() -> None:
    text = "Finance Minister Lena Dorn said:\n\n“The Assembly asked for more. I ask it to vote now."
    assert party(text, "Assembly", "ask it to vote now", "demands") == "Finance Minister Lena Dorn"


def test_what_the_model_had_named_is_told_in_the_checks() -> None:
    (item,) = read("Dorn stressed that Europe must be heard.", "Europe", "Europe must be heard", "supports").grounded
    reading = next(check for check in item.checks if check.name == "reading")
    assert (reading.result, reading.reason) == (
        "pass",
        "the model had it by 'Europe', that it supported; read as the sentence tells it",
    )


def test_other_languages_are_left_as_they_are() -> None:
    (item,) = read("Velia contrôle les îles.", "Velia", "contrôle les îles", "assesses", language="fr").grounded
    assert (item.claim.parties, item.claim.verb) == (("Velia",), "said")


def test_words_in_two_parts_are_doubted_of_another_party_like_words_in_one() -> None:
    text = "Velia asked for more time on Monday, while Ostria ordered the army to leave the long valley by June."
    (item,) = read(text, "Velia", "ordered the army ... valley by June", "orders").grounded
    assert item.verdict == "flagged"


@pytest.mark.parametrize("told", ["warned on Tuesday that", "told reporters that", "said again that"])
def test_what_is_said_after_a_that_is_whose_it_is_that_says_it(told: str) -> None:
    (item,) = read(f"Ana Ruiz {told} Velia has expanded its army.", "Ana Ruiz", "Velia has expanded its army", "warns").grounded
    assert (item.claim.parties, item.verdict) == (("Ana Ruiz",), "grounded")


def test_a_state_in_capitals_is_no_pronoun() -> None:
    assert party("The US demanded that Velia leave.", "US", "Velia leave", "demands") == "US"
