"""What each check of a claim tells, both ways, on sentences as reports write them. The party has a file of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import report
from claims import CALL, checked, copied, results
from summarizer.acts import as_act
from summarizer.document import Passage
from summarizer.grounding import ground
from summarizer.grounding.checks import act
from summarizer.grounding.checks.basis import basis
from summarizer.reading import split_sentences
from summarizer.schema import Claim

# Quotation


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'", "«{}»", "„{}“", "„{}”", "»{}«", "‹{}›", "「{}」"])
def test_words_between_quotation_marks_of_any_shape_are_the_reports(marks: str) -> None:
    text = "Lena Dorn called the plan a very dangerous step and left."
    true, false = marks.format("a very dangerous step"), marks.format("a very useful step")
    assert results(text, "Lena Dorn", f"Lena Dorn called the plan {true}.") == {}
    assert checked(report(text), "Lena Dorn", f"Lena Dorn called the plan {false}.")["fail"].reason == (
        "the report does not hold the quoted words 'a very useful step'"
    )


def test_an_apostrophe_opens_no_quotation() -> None:
    assert (
        results("Velia’s offer is Ostria’s last hope, Velia said.", "Velia", "Velia said its offer is Ostria's last hope.")
        == {}
    )


def test_a_quotation_from_another_sentence_is_a_doubt() -> None:
    text = "Velia said no. Ostria said the talks were “a waste of time”."
    assert results(text, "Velia", "Velia said “a waste of time”.")["quotation"] == "doubt"


@pytest.mark.parametrize(
    ("language", "text", "true", "false"),
    [
        ("fr", "Lena Dorn a parlé d’un « recul dangereux ».", "Dorn : « recul dangereux ».", "Dorn : « recul mineur »."),
        ("de", "Lena Dorn sprach von einem „herben Rückschlag“.", "Dorn: „herben Rückschlag“.", "Dorn: „großen Fortschritt“."),
        ("es", "Lena Dorn habló de un «paso peligroso».", "Dorn: «paso peligroso».", "Dorn: «paso menor»."),
        ("ru", "Лена Дорн назвала это «опасным шагом».", "Лена Дорн: «опасным шагом».", "Лена Дорн: «малым шагом»."),
        ("uk", "Лена Дорн назвала це «небезпечним кроком».", "Лена Дорн: «небезпечним кроком».", "Лена Дорн: «малим кроком»."),
        ("ar", "وصفت لينا دورن الخطة بأنها «خطوة خطيرة».", "لينا دورن: «خطوة خطيرة».", "لينا دورن: «خطوة صغيرة»."),
    ],
)  # fmt: skip
def test_quotations_are_checked_in_every_language(language: str, text: str, true: str, false: str) -> None:
    party = "لينا دورن" if language == "ar" else ("Лена Дорн" if language in ("ru", "uk") else "Lena Dorn")
    assert checked(report(text), party, true, language=language)["quotation"].result == "pass"
    assert "fail" in checked(report(text), party, false, language=language)


# Names


@pytest.mark.parametrize(
    "statement",
    [
        "Rehn agreed to pause strikes on Velian ports.",
        "Tomas Rehn agreed to pause strikes on ports of Velia.",
        "President Rehn agreed to pause strikes.",
    ],
)
def test_a_name_may_stand_there_in_another_form(statement: str) -> None:
    assert checked(CALL, "Tomas Rehn", statement)["names"].result == "pass"


def test_states_go_by_their_people_their_capital_and_their_acronym() -> None:
    text = "Washington and the British foreign minister met Brussels envoys, the United States said."
    assert checked(report(text), "U.S.", "The U.S. said that UK and EU envoys met.")["names"].result == "pass"


def test_a_body_goes_by_its_acronym() -> None:
    text = "The Velian Border Council said that roads stay shut."
    assert "names" not in results(text, "Velian Border Council", "The VBC said that roads stay shut.")


def test_a_name_that_the_report_does_not_hold_fails() -> None:
    made = checked(CALL, "Tomas Rehn", "Rehn agreed with Norland to pause strikes.")
    assert made["fail"].reason == "'Norland' is not in the source"


def test_a_name_that_only_comes_later_is_a_doubt() -> None:
    text = "Velia said that talks failed. Marta Olin of Ostria was not there."
    assert results(text, "Velia", "Velia said that talks with Marta Olin failed.")["names"] == "doubt"


def test_names_are_known_in_cases_and_not_checked_without_capitals() -> None:
    assert "names" not in results("Лена Дорн встретила Томаса Рена.", "Лена Дорн", "Дорн встретила Томас Рен.", language="ru")
    assert results("Lena Dorn traf Rehn.", "Lena Dorn", "Dorn traf Rehn.", language="de")["names"] == "not_checked"


# Polarity


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Velia refused to sign the truce.", "Velia did not sign the truce."),
        ("Velia did not accept the proposal.", "Velia rejected the proposal."),
        ("Velia declined to accept the proposal.", "Velia rejected the proposal."),
        ("Velia agreed to meet but refused to sign the truce.", "Velia agreed to meet."),
        ("Velia welcomed the offer.", "Velia supported the offer."),
        ("Velia agreed to sign the truce while Ostria refused to sign it.", "Velia agreed to sign the truce."),
        ("Velia has yet to sign the truce.", "Velia has not signed the truce."),
        ("Velia turned down the truce.", "Velia rejected the truce."),
        ("Velia announced its refusal to sign the truce.", "Velia refused to sign the truce."),
        ("Velia refused to sign the truce.", "Velia announced its refusal to sign the truce."),
        ("The opposition signed the truce of Velia.", "Velia signed the truce of the opposition."),
    ],
)
def test_the_same_said_otherwise_keeps_its_polarity(text: str, statement: str) -> None:
    assert checked(report(text), "Velia", statement)["polarity"].result == "pass"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Velia refused to sign the truce.", "Velia agreed to sign the truce."),
        ("Velia agreed to sign the truce.", "Velia refused to sign the truce."),
        ("Velia did not accept the proposal.", "Velia accepted the proposal."),
        ("Velia accepted the proposal.", "Velia did not accept the proposal."),
        ("Velia rejected the proposal.", "Velia did not reject the proposal."),
        ("Velia welcomed the limited offer.", "Velia condemned the limited offer."),
        ("Velia said that sanctions should be lifted.", "Velia said that sanctions should be imposed."),
        ("Velia never signed the truce.", "Velia signed the truce."),
        ("Velia has yet to sign the truce.", "Velia signed the truce."),
        ("Velia signed the truce.", "Velia has yet to sign the truce."),
        ("Velia turned down the truce.", "Velia accepted the truce."),
        ("Velia accepted the truce.", "Velia turned down the truce."),
        ("Velia announced its refusal to sign the truce.", "Velia announced that it would sign the truce."),
        ("Velia signed the truce.", "Velia announced its refusal to sign the truce."),
        ("Velia would sign without conditions of Ostria.", "Velia would sign with conditions of Ostria."),
    ],
)
def test_a_lost_or_gained_denial_is_a_doubt(text: str, statement: str) -> None:
    assert results(text, "Velia", statement)["polarity"] == "doubt"


def test_a_denial_that_copying_cut_off_is_a_doubt() -> None:
    text = "Velia refused to accept the proposal."
    assert copied(text, "Velia", "accept the proposal", kind="outcome", verb="agreed") == {"polarity": "doubt"}
    assert copied(text, "Velia", "accept the proposal", kind="outcome", verb="refused") == {}
    assert copied(text, "Velia", "refused to accept the proposal", kind="outcome", verb="agreed") == {}


# Modality


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Velia may open the border.", "Velia might open the border."),
        ("Velia said that it would open the border.", "Velia will open the border."),
        ("Velia said that Ostria must leave.", "Velia demands that Ostria leave."),
        ("Velia urged Ostria to leave.", "Velia says that Ostria should leave."),
        ("Velia will open the border if Ostria leaves.", "Velia will open the border if Ostria leaves."),
        ("Velia hinted that it could open the border.", "Velia hinted it could open the border."),
        ("Should they refuse, Velia will shut the border.", "Velia will shut the border if they refuse."),
        ("Velia said that boats should leave.", "Velia said boats should leave."),
        ("Velia threatened to shut the border.", "Velia threatened to shut the border."),
        ("Velia offered to open the border.", "Velia is willing to open the border."),
        ("Velia will open the border only once Ostria leaves.", "Velia will open the border if Ostria leaves."),
    ],
)
def test_the_same_said_otherwise_keeps_its_modality(text: str, statement: str) -> None:
    assert checked(report(text), "Velia", statement)["modality"].result == "pass"


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("Velia may open the border.", "Velia will open the border."),
        ("Velia will open the border.", "Velia may open the border."),
        ("Velia opened the border.", "Velia may have opened the border."),
        ("Velia will open the border if Ostria leaves.", "Velia will open the border."),
        ("If Ostria leaves, Velia will open the border.", "Velia will open the border."),
        ("Velia agreed in principle to open the border.", "Velia agreed to open the border."),
        ("Velia hinted that it could open the border.", "Velia said it could open the border."),
        ("Velia plans to open the border.", "Velia opened the border."),
        ("Should they refuse, Velia will shut the border.", "Velia will shut the border."),
        ("Velia will shut the border.", "Should they refuse, Velia will shut the border."),
        ("Velia threatened to shut the border.", "Velia shut the border."),
        ("Velia shut the border.", "Velia threatened to shut the border."),
        ("Velia offered to open the border.", "Velia opened the border."),
        ("Velia opened the border.", "Velia offered to open the border."),
        ("Velia will open the border only once Ostria leaves.", "Velia will open the border."),
        ("Velia will open the border.", "Velia will open the border only once they leave."),
        ("Velia said that Ostria must leave.", "Velia said that Ostria may leave."),
    ],
)
def test_what_may_be_is_not_what_is(text: str, statement: str) -> None:
    assert results(text, "Velia", statement)["modality"] == "doubt"


def test_polarity_and_modality_are_not_checked_in_other_languages() -> None:
    made = results("Velia refuse l’offre.", "Velia", "Velia accepte l’offre.", language="fr")
    assert (made["polarity"], made["modality"]) == ("not_checked", "not_checked")


def test_what_is_not_checked_does_not_flag() -> None:
    document = replace(report("Velia refuse l’offre."), language="fr")
    sentences = split_sentences(document)
    claim = Claim("outcome", ("Velia",), Passage(0, document.text, sentences), cites=(1,), statement="Velia refuse l’offre.")
    (item,) = ground([claim], document).grounded
    assert item.verdict == "grounded"


# The act


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Velia spoke of the harbour and of its long history.", "doubt"),
        ("Velia agreed to speak of the harbour and of its long history.", "pass"),
        ("Velia and Ostria have a deal on the harbour and its history.", "pass"),
    ],
)
def test_words_said_to_be_agreed_are_a_doubt_where_no_word_of_the_sentence_tells_of_it(text: str, result: str) -> None:
    document = report(text)
    (sentence,) = split_sentences(document)
    claim = Claim("outcome", ("Velia",), Passage(0, sentence.text, (sentence,)), words="the harbour", verb="agreed")
    assert act.is_asked(claim)
    assert act.check(claim, basis(claim, document, ())).result == result


def test_words_of_marks_alone_are_no_evidence() -> None:
    document = report("Velia said: “...”.")
    (sentence,) = split_sentences(document)
    claim = Claim("position", ("Velia",), Passage(0, sentence.text, (sentence,)), words="“...”")
    (withheld,) = ground([claim], document).withheld
    assert withheld.reasons == ("the words '“...”' say nothing",)


@pytest.mark.parametrize(
    ("language", "text", "words", "result"),
    [
        ("de", "Velia hat der Waffenruhe nicht zugestimmt.", "der Waffenruhe", "doubt"),
        ("de", "Velia weigerte sich, der Waffenruhe zuzustimmen.", "sich", "doubt"),
        ("de", "Velia stimmte der Waffenruhe ohne Bedingungen zu.", "stimmte der Waffenruhe", "not_checked"),
        ("de", "Velia stimmte der Waffenruhe zu, Ostria nicht.", "stimmte der Waffenruhe", "not_checked"),
        ("fr", "Velia n'a pas accepté la trêve.", "accepté la trêve", "doubt"),
    ],
)
def test_in_other_languages_what_is_agreed_beside_a_denial_is_a_doubt(
    language: str, text: str, words: str, result: str
) -> None:
    document = replace(report(text), language=language)
    (sentence,) = split_sentences(document)
    claim = as_act(Claim("outcome", ("Velia",), Passage(0, sentence.text, (sentence,)), words=words), "agrees")
    (made,) = ground([claim], document).grounded
    assert next(check.result for check in made.checks if check.name == "act") == result


@pytest.mark.parametrize(
    "mark", ["<|im_start|>system", "[[assistant]]", '{"moves":[["', "[INST]", "</system>", '{"role": "user", "content": "']
)
def test_what_stands_beside_marks_of_chats_is_a_doubt(mark: str) -> None:
    assert copied(f"{mark} Velia demanded a truce.", "Velia", "a truce")["markup"] == "doubt"


@pytest.mark.parametrize(
    "text", ["Velia [sic] demanded a truce <again>.", "The system {of 1999} broke; Velia demanded a truce."]
)
def test_other_brackets_are_none(text: str) -> None:
    assert "markup" not in copied(text, "Velia", "a truce")
