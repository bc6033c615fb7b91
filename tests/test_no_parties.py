"""What can be no party of an English report, whatever a model called so, and who tells of another's view."""

from __future__ import annotations

import pytest

from builders import answering, moves, report
from claims import checked, copied
from summarizer.grounding.english.mentions import mentions
from summarizer.grounding.english.no_parties import why_no_party
from summarizer.pipeline import summarise


@pytest.mark.parametrize(
    ("name", "report_text", "reason"),
    [
        ("B", "B. calls on Velia to leave.", "'B' is a single letter"),
        ("June", "The offer of June stands.", "'June' is a date"),
        ("Tuesday", "On Tuesday it rained.", "'Tuesday' is a date"),
        ("No Party", "No Party objected.", "'No Party' says that there is nobody"),
        ("Neither", "Neither came.", "'Neither' says that there is nobody"),
        ("time", "This time it rained.", "'time' is a thing"),
        ("the agenda", "Velia set the agenda.", "'the agenda' is a thing"),
        ("Velia's figure", "Velia's figure stood.", '"Velia\'s figure" is a thing'),
        ("Whether the congress", "Whether the congress agrees is open.", "'Whether the congress' is half a phrase"),
        ("Brev and from Ost", "Those from Brev and from Ost left.", "'Brev and from Ost' is half a phrase"),
        ("they would leave", "All but they would leave.", "'they would leave' is a sentence and no name"),
        ("AL-BREV", "AL-BREV, March 14 (Press) - Velia left.", "'AL-BREV' is the place from which it is reported"),
    ],
)  # fmt: skip
def test_what_can_be_no_party_is_known_for_sure(name: str, report_text: str, reason: str) -> None:
    assert why_no_party(name, report_text) == ("sure", reason)


def test_a_noun_that_is_not_known_to_name_a_party_is_a_doubt() -> None:
    assert why_no_party("station", "The station was hit.") == ("unsure", "'station' is not known to be a party")


@pytest.mark.parametrize(
    ("name", "report_text"),
    [
        ("Theresa May", "Theresa May left."),
        ("May", "Theresa May left. May said no."),
        ("X", "X said that it had taken the post down."),
        ("villagers", "The villagers left."),
        ("Velia's founder", "Velia's founder left."),
        ("neighbouring mayors", "Neighbouring mayors left."),
        ("MARENHOLT", "MARENHOLT — It rained. MARENHOLT refused."),
        ("Bread and Shelter", "Bread and Shelter left."),
        ("US", "US officials left."),
    ],
)
def test_what_may_be_a_party_is_let_pass(name: str, report_text: str) -> None:
    assert why_no_party(name, report_text) is None


def test_a_claim_of_what_can_be_no_party_is_withheld_with_the_reason() -> None:
    made = checked(report("The offer stands since June."), "June", "The offer stands.")
    assert made["fail"].reason == "'June' is a date"


def test_what_is_not_known_to_be_a_party_is_doubted() -> None:
    assert copied("The station denied that it rained.", "station", "it rained") == {"party": "doubt"}


@pytest.mark.parametrize(
    ("text", "holder", "words", "teller"),
    [
        ("Envoys said that Ostria opposes the plan.", "Ostria", "opposes the plan", "Envoys"),
        ("Lena Dorn told reporters that Ostria supports a truce.", "Ostria", "supports a truce", "Lena Dorn"),
        ("Ostria opposes the plan, according to Lena Dorn.", "Ostria", "opposes the plan", "Lena Dorn"),
    ],
)
def test_who_tells_of_anothers_view_is_named(text: str, holder: str, words: str, teller: str) -> None:
    made = summarise(report(text), model=answering(moves((words, holder, "opposes"))))
    (position,) = made.positions
    assert [made.party(id).name for id in (*position.parties, position.reported_by or "")] == [holder, teller]


@pytest.mark.parametrize(
    ("text", "holder", "words"),
    [
        ("Ostria said that it opposes the plan.", "Ostria", "it opposes the plan"),
        ("Lena Dorn of Ostria said that she opposes the plan.", "Lena Dorn", "she opposes the plan"),
        ("Ostria condemns the attack, for which Velia claims credit.", "Ostria", "condemns the attack"),
        ("Velia wants Ostria to support the plan.", "Velia", "Ostria to support the plan"),
    ],
)
def test_where_nobody_else_tells_of_a_view_for_sure_nobody_is_named(text: str, holder: str, words: str) -> None:
    made = summarise(report(text), model=answering(moves((words, holder, "opposes"))))
    assert [position.reported_by for position in made.positions] == [None] * len(made.positions)
    assert made.items


def test_neither_a_date_nor_a_letter_of_a_list_is_named_as_a_party() -> None:
    text = "Velia left the lines of annex B by 30 June, and wrote in July that X and Ostria agreed."
    assert [mention.text for mention in mentions(text)] == ["Velia", "X", "Ostria"]
