"""What each check of a claim tells, both ways, on sentences as reports write them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import report
from summarizer.document import Document, Passage
from summarizer.grounding import ground
from summarizer.reading import split_sentences
from summarizer.schema import Check, Claim

CALL = report(
    "Kestrian President Tomas Rehn agreed on Monday to pause strikes on Velian ports but refused to sign a 30-day truce. "
    "Analysts suggest that the pause may be a ruse. However, he warned that a truce could help Velia to rearm."
)


def checked(
    document: Document, party: str, statement: str, *cites: int, kind: str = "position", language: str = "en"
) -> dict[str, Check]:
    """The checks of a statement that cites these sentences, by name; those that failed come from what was withheld."""
    document = replace(document, language=language)
    sentences = split_sentences(document)
    whole = Passage(sentences[0].start, document.text[sentences[0].start : sentences[-1].end], sentences)
    claim = Claim(kind, (party,), whole, cites=cites or (1,), statement=statement)  # type: ignore[arg-type]  # a Kind
    made = ground([claim], document)
    failed = [Check(name="fail", result="fail", reason=reason) for withheld in made.withheld for reason in withheld.reasons]
    return {check.name: check for check in (*failed, *(check for item in made.grounded for check in item.checks))}


def results(text: str, party: str, statement: str, *cites: int, language: str = "en") -> dict[str, str]:
    """The checks that did not pass, and the result of each."""
    checks = checked(report(text), party, statement, *cites, language=language)
    return {name: check.result for name, check in checks.items() if check.result != "pass"}


def copied(text: str, party: str, words: str, *, kind: str = "demand", verb: str = "demanded") -> dict[str, str]:
    """The checks of copied words that did not pass, of the one sentence of a text."""
    document = report(text)
    (sentence,) = split_sentences(document)
    claim = Claim(kind, (party,), Passage(0, sentence.text, (sentence,)), words=words, verb=verb)  # type: ignore[arg-type]
    made = ground([claim], document)
    return {check.name: check.result for item in made.grounded for check in item.checks if check.result != "pass"}


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


# Party


@pytest.mark.parametrize(
    ("text", "party", "statement"),
    [
        ("Velia rejected the offer on Monday.", "Velia", "Velia rejected the offer."),
        ("“The offer is dead,” said Lena Dorn, head of the Velia Fund.", "Lena Dorn", "Dorn said the offer is dead."),
        ("“The offer is dead,” Dorn told reporters.", "Dorn", "Dorn said the offer is dead."),
        ("According to Ostria, the offer is dead.", "Ostria", "Ostria says the offer is dead."),
        ("The offer was rejected by Velia in March.", "Velia", "Velia rejected the offer."),
        ("Reporters learned of Velia’s refusal to sign the truce.", "Velia", "Velia refused to sign the truce."),
        ("Velia and Ostria agreed to meet in May.", "Ostria", "Ostria agreed to meet in May."),
        ("Rehn, who leads the army of Kestria, demanded a truce.", "Rehn", "Rehn demanded a truce."),
        ("Rehn, a former general, demanded a truce.", "Rehn", "Rehn demanded a truce."),
        ("The roads, officials in Velia said, are shut.", "officials", "Officials said the roads are shut."),
        ("Ukrainian officials called for a truce.", "Ukraine", "Ukraine called for a truce."),
        ("Kyiv called for a truce.", "Ukraine", "Ukraine called for a truce."),
        ("The foreign minister of Velia urged Ostria to leave.", "Velia", "Velia urged Ostria to leave."),
        ("Velia welcomed the plan but insisted that Ostria must leave.", "Velia", "Velia insists that Ostria must leave."),
    ],
)
def test_the_party_is_who_speaks_or_acts(text: str, party: str, statement: str) -> None:
    assert checked(report(text), party, statement)["party"].result == "pass"


@pytest.mark.parametrize(
    ("text", "party", "statement"),
    [
        ("Velia demanded a truce; Ostria offered one.", "Ostria", "Ostria demanded a truce."),
        ("Velia calls it terror, while Ostria argues it is lawful.", "Ostria", "Ostria calls it terror."),
        ("Velia urged Ostria to open the border.", "Ostria", "Ostria urged Velia to open the border."),
        ("Lena Dorn noted that Ostria had launched 40 drones.", "Ostria", "Ostria noted that Ostria had launched 40 drones."),
        ("Velia said it had met envoys of Ostria.", "Ostria", "Ostria said it had met envoys."),
        ("The offer was rejected by Velia, an ally of Ostria.", "Ostria", "Ostria rejected the offer."),
        ("Velia’s overtures to Ostria annoyed Kestria.", "Kestria", "Kestria made overtures to Ostria."),
    ],
)  # fmt: skip
def test_a_party_that_is_only_named_there_is_a_doubt(text: str, party: str, statement: str) -> None:
    assert results(text, party, statement)["party"] == "doubt"


def test_where_another_clearly_acts_and_the_party_is_not_there_it_is_withheld() -> None:
    text = "Norway demanded a truce on Monday. Spain was silent."
    assert checked(report(text), "Spain", "Spain demanded a truce on Monday.")["fail"].reason == (
        "'Spain' is not named in the sentence itself, 'Norway' acts there"
    )


def test_copied_words_are_doubted_and_not_withheld_for_their_party() -> None:
    text = "He demanded that Ostria leave."
    assert copied(text, "Ostria", "Ostria leave") == {"party": "doubt"}
    assert copied("Velia demanded that Ostria leave.", "Velia", "Ostria leave") == {}


def test_a_pronoun_is_the_one_who_acted_last_where_only_one_fits() -> None:
    assert checked(CALL, "Tomas Rehn", "Rehn warned that a truce could help Velia to rearm.", 3)["party"].result == "pass"


def test_a_pronoun_that_could_mean_two_is_a_doubt() -> None:
    text = "Lena Dorn met Ivo Mark, and Tomas Rehn left. He demanded a truce."
    assert results(text, "Tomas Rehn", "Tomas Rehn demanded a truce.", 2)["party"] == "doubt"


def test_both_sides_are_the_two_that_were_named_together() -> None:
    text = "Lena Dorn and Tomas Rehn met in Ostria. The two leaders agreed to free prisoners."
    assert checked(report(text), "Lena Dorn", "Lena Dorn agreed to free prisoners.", 2)["party"].result == "pass"


def test_in_a_statement_we_is_who_makes_it() -> None:
    text = "The Velian Foreign Ministry condemns the attack on the port. We call on Ostria to leave."
    made = checked(report(text), "Velian Foreign Ministry", "The Velian Foreign Ministry calls on Ostria to leave.", 2)
    assert made["party"].result == "pass"
    assert results(text, "Ostria", "Ostria calls on Velia to leave.", 2) != {}


def test_a_quotation_that_goes_on_is_of_the_same_speaker() -> None:
    text = "Lena Dorn said: “The border must open.\n\n“No one should wait at a shut gate.”"
    assert checked(report(text), "Lena Dorn", "Dorn said no one should wait at a shut gate.", 2)["party"].result == "pass"


def test_in_an_interview_a_speaker_goes_on_until_the_next_is_named() -> None:
    text = (
        "Marta Olin: We would cut fares. The state has failed commuters.\n\nTomas Rehn (Greens): I disagree. Taxes must fall."
    )
    assert checked(report(text), "Marta Olin", "Olin said the state has failed commuters.", 2)["party"].result == "pass"
    assert checked(report(text), "Tomas Rehn", "Rehn said taxes must fall.", 4)["party"].result == "pass"
    assert results(text, "Marta Olin", "Olin said taxes must fall.", 4) != {}


def test_a_line_of_a_list_is_of_who_announced_it() -> None:
    text = "Velia has agreed to:\n\n- open the border;\n\n- free all fishermen."
    sentences = split_sentences(report(text))
    assert checked(report(text), "Velia", "Velia agreed to free all fishermen.", len(sentences))["party"].result == "pass"


@pytest.mark.parametrize(
    ("text", "party", "statement"),
    [
        ("Its spokesman, Ivo Mark, said the port is shut.", "Ivo Mark", "Mark said the port is shut."),
        ("Ivo Mark, Velia’s foreign minister, said the port is shut.", "Velia", "Velia said the port is shut."),
        ("In the EU, the European Commission pledged aid.", "European Union", "The EU pledged aid."),
        ("The Greens have 30 seats, Labour 22.", "Labour", "Labour has 22 seats."),
        ("Two judges who dissented argued that it must stand.", "judges", "Judges argued that it must stand."),
        ("Observers from Kestria praised the vote.", "Kestria", "Kestria praised the vote."),
        ("Neither Velia nor Ostria has replied.", "Velia", "Velia has not replied."),
    ],
)
def test_offices_bodies_and_gaps_are_read_too(text: str, party: str, statement: str) -> None:
    assert checked(report(text), party, statement)["party"].result == "pass"


def test_an_office_alone_is_who_holds_it() -> None:
    text = "Prime Minister Lena Dorn met envoys. The Prime Minister said the port is shut."
    assert checked(report(text), "Lena Dorn", "Dorn said the port is shut.", 2)["party"].result == "pass"


def test_a_statement_by_somebody_is_theirs_where_nobody_else_speaks() -> None:
    text = "Statement by Lena Dorn on the port\n\nThe port of Sarn is open to all. Ostria denies it."
    assert checked(report(text), "Lena Dorn", "Dorn says the port of Sarn is open to all.", 2)["party"].result == "pass"


def test_in_other_languages_it_is_not_told_who_acts() -> None:
    assert (
        results("Velia lehnt das Angebot ab.", "Velia", "Velia lehnt das Angebot ab.", language="de")["party"] == "not_checked"
    )


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
