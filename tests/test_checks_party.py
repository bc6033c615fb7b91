"""Whose move it is: the party check, both ways, on sentences as reports write them."""

from __future__ import annotations

import pytest

from builders import report
from claims import CALL, checked, copied, party_check, results
from summarizer.reading import split_sentences


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
    assert copied("He demanded that Ostria leave.", "Ostria", "Ostria leave")["party"] == "doubt"
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


# Names that are read as one party, and those that are not


@pytest.mark.parametrize(
    ("text", "party", "statement", "result"),
    [
        ("One veteran said the camp was cold.", "veteran", "A veteran said the camp was cold.", "pass"),
        ("The camp was cold, one veteran said.", "veteran", "A veteran said the camp was cold.", "pass"),
        ("The talks go on, according to a person.", "person", "A person said the talks go on.", "pass"),
        ("According to a person in Sarn, the talks go on.", "person", "A person said the talks go on.", "pass"),
        ("“They never met,” said a colleague.", "colleague", "A colleague said they never met.", "pass"),
        ("The plan was described by one diplomat as dead.", "diplomat", "A diplomat described the plan as dead.", "pass"),
        ("According to a person in Sarn, the talks go on.", "Sarn", "Sarn said the talks go on.", "doubt"),
        ("One veteran said it was cold, Lena Dorn that it was warm.", "Lena Dorn", "Dorn said it was cold.", "doubt"),
        ("Lena Dorn met one veteran in Sarn.", "veteran", "A veteran met Lena Dorn.", "doubt"),
        ("Velia’s plan was buried by one diplomat.", "diplomat", "A diplomat buried the plan.", "doubt"),
        ("The letter said the port is shut.", "letter", "The letter said the port is shut.", "doubt"),
    ],
)
def test_an_unknown_noun_speaks_by_its_place(text: str, party: str, statement: str, result: str) -> None:
    assert party_check(text, party, statement) == result


@pytest.mark.parametrize(
    ("text", "party", "result"),
    [
        ("Lena Dorn spoke. President Dorn rejected the plan.", "Lena Dorn", "pass"),
        ("Ivo Mark spoke. Judge Mark rejected the plan.", "Ivo Mark", "pass"),
        ("Lena Dorn spoke. President Rehn rejected the plan.", "Lena Dorn", "fail"),
        ("The court spoke. Marta Quill of Hollin Bank rejected the plan.", "Marta Quill", "pass"),
        ("The court spoke. Marta Quill of Hollin Bank rejected the plan.", "Quill", "pass"),
        ("Lena Dorn spoke. Marta Quill of Hollin Bank rejected the plan.", "Lena Dorn", "fail"),
        ("Corval Construction won. Corval rejected the plan.", "Corval Construction", "pass"),
        ("Corval Construction won, and Corval Shipping lost. Corval rejected the plan.", "Corval Construction", "doubt"),
        ("Velia fought the rebel Free Front. The rebels rejected the plan.", "Free Front", "pass"),
        ("Velia fought the rebel Free Front. The soldiers rejected the plan.", "Free Front", "doubt"),
        ("Their lawyer, Simon Oster, came. The lawyer rejected the plan.", "Simon Oster", "pass"),
        ("Their lawyer, Simon Oster, came. The judge rejected the plan.", "Simon Oster", "doubt"),
        ("Ostria met the co-facilitators. The co-facilitators rejected the plan.", "co-facilitators", "pass"),
        ("Ostria met the co-facilitators. Velia rejected the plan.", "co-facilitators", "doubt"),
        ("Ostria met the co-facilitators. The co-facilitators rejected the plan.", "facilitators", "fail"),
    ],
)
def test_a_party_goes_by_a_title_a_shorter_name_or_what_it_was_called(text: str, party: str, result: str) -> None:
    assert party_check(text, party, f"{party} rejected the plan.", 2) == result


@pytest.mark.parametrize(
    ("text", "party", "result"),
    [
        ("The Supreme Court of Velia met. The court rejected the appeal.", "Supreme Court of Velia", "pass"),
        ("Ostria praised the Supreme Court of Velia. The court rejected the appeal.", "Supreme Court of Velia", "pass"),
        ("Ostria praised the Supreme Court of Velia. The bank rejected the appeal.", "Supreme Court of Velia", "doubt"),
        ("The Supreme Court of Velia met. Three judges rejected the appeal.", "Supreme Court of Velia", "pass"),
        ("The Supreme Court of Velia met. The lawyers rejected the appeal.", "Supreme Court of Velia", "doubt"),
        ("Ostria met the Harbour League. The court rejected the appeal.", "Harbour League", "doubt"),
        ("The Ministry of Health of Velia met. Three judges rejected the appeal.", "Ministry of Health of Velia", "doubt"),
    ],
)
def test_a_court_goes_by_its_kind_and_its_judges(text: str, party: str, result: str) -> None:
    assert party_check(text, party, f"The {party} rejected the appeal.", 2) == result


@pytest.mark.parametrize(
    ("people", "state", "result"),
    [
        ("Velian officials", "Velia", "pass"),
        ("The Velians", "Velia", "pass"),
        ("Ostrani officials", "Ostrana", "pass"),
        ("Norlandish troops", "Norland", "pass"),
        ("Velidor officials", "Velia", "doubt"),
        ("Kestrel officials", "Velia", "doubt"),
    ],
)
def test_a_people_is_its_state_by_the_ending_of_its_name(people: str, state: str, result: str) -> None:
    text = f"{people} rejected the truce of {state}."
    assert party_check(text, state, f"{state} rejected the truce.") == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Bread and Shelter rejected the plan.", "pass"),
        ("The plan was rejected by Bread and Shelter.", "pass"),
        ("Bread and Shelter met Ostria, and Ostria rejected the plan.", "doubt"),
        ("The plan was rejected by Ostria, an ally of Bread and Shelter.", "doubt"),
    ],
)
def test_a_name_with_and_in_it_is_one_party(text: str, result: str) -> None:
    assert party_check(text, "Bread and Shelter", "Bread and Shelter rejected the plan.") == result


# Whose move it is where the sentence does not say


def test_a_report_that_says_we_is_its_authors_who_act_first() -> None:
    text = "The Harbour Inquiry sat for two years. We heard 90 witnesses. Rain fell. The port must open by May."
    assert party_check(text, "Harbour Inquiry", "The Harbour Inquiry says the port must open by May.", 4) == "pass"


@pytest.mark.parametrize(
    "said",
    [
        "\n\nLena Dorn: We heard 90 witnesses.\n\nTomas Rehn: We did not. Our boats waited.",
        " Lena Dorn said “we heard 90 witnesses”. “Our boats waited,” she said.",
        " Boats waited.",
    ],
)
def test_a_report_that_says_we_only_in_an_interview_or_a_quotation_has_no_authors(said: str) -> None:
    text = f"The Harbour Inquiry sat for two years. The port must open by May.{said}"
    assert party_check(text, "Harbour Inquiry", "The Harbour Inquiry says the port must open by May.", 2) == "doubt"


@pytest.mark.parametrize(
    ("text", "statement", "result"),
    [
        ("Velia: a week without power.", "Velia lost power for a week.", "pass"),
        ("Among the winners: Velia, with 12 seats.", "Velia won 12 seats.", "pass"),
        ("In week two, Velia long without power.", "Velia lost power.", "pass"),
        ("In week two, Ostria rebuilt lines, Velia long without power.", "Velia lost power.", "doubt"),
        ("A week without power for Velia.", "Velia lost power for a week.", "doubt"),
        ("Storms struck Velia for a week.", "Velia lost power for a week.", "doubt"),
        ("Twelve seats went to Velia.", "Velia won 12 seats.", "doubt"),
    ],
)
def test_a_party_that_is_only_named_passes_where_nobody_else_acts_and_it_is_no_object(
    text: str, statement: str, result: str
) -> None:
    assert party_check(text, "Velia", statement) == result


RETURNED = "The island must be returned by May."


@pytest.mark.parametrize(
    ("text", "statement", "result"),
    [
        ("Velia took the island. Rain fell. The harbour lay empty.", RETURNED, "pass"),
        ("Velia took the island. Rain fell. The harbour lay empty. Boats were gone.", RETURNED, "doubt"),
        ("Rain fell. Storms struck Velia. The harbour lay empty.", RETURNED, "doubt"),
        ("Velia took the island. Ostria was silent. Rain fell.", "Ostria must return the island by May.", "doubt"),
    ],
)
def test_an_outcome_that_names_nobody_is_of_who_acted_in_the_three_sentences_before(
    text: str, statement: str, result: str
) -> None:
    document = f"{text} {RETURNED}"
    last = len(split_sentences(report(document)))
    assert party_check(document, "Velia", statement, last, kind="outcome") == result
