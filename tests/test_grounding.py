"""What is believed, what is doubted, and what is withheld."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import report
from summarizer.document import Document, Passage
from summarizer.grounding import Grounding, ground
from summarizer.reading import split_sentences
from summarizer.schema import Claim, Evidence, WithheldClaim

TEXT = report("Velia agreed to reopen the border. Ostria, too, would free 40 fishermen by May.")


def claim(document: Document = TEXT, **values: object) -> Claim:
    sentences = split_sentences(document)
    start = sentences[0].start
    whole = Passage(start, document.text[start : sentences[-1].end], sentences)
    return replace(Claim("outcome", ("Velia",), whole), **values)  # type: ignore[arg-type]  # the fields of a Claim


def grounded(*claims: Claim, document: Document = TEXT) -> Grounding:
    return ground(claims, document)


def reasons(*claims: Claim) -> list[tuple[str, ...]]:
    return [withheld.reasons for withheld in grounded(*claims).withheld]


def test_copied_words_become_evidence_with_their_place() -> None:
    (item,) = grounded(claim(words="would free 40 fishermen", parties=("Ostria",))).grounded
    assert item.evidence == (Evidence(start=48, end=71, quote="would free 40 fishermen", sentence=2),)
    assert (item.verdict, [check.result for check in item.checks]) == ("grounded", ["pass"] * 8)


def test_words_that_are_an_examples_and_not_the_reports_are_withheld() -> None:
    assert reasons(claim(words="night shifts be paid double")) == [
        ("the passage does not hold the words 'night shifts be paid double'",)
    ]


@pytest.mark.parametrize("words", ["free 41 fishermen", "not agreed to reopen", "reopen border", "gree to reopen", ""])
def test_words_that_are_not_exactly_there_are_withheld(words: str) -> None:
    assert len(reasons(claim(words=words))) == 1


def test_a_word_that_is_only_a_part_of_another_is_not_found_there_but_where_it_stands_alone() -> None:
    document = report("They went forward. It was war.")
    (item,) = grounded(claim(document, words="war", parties=("It was",)), document=document).grounded
    assert item.evidence[0].start == 26


def test_words_of_a_script_without_spaces_are_found() -> None:
    document = report("外交部表示反对这项决定。")
    (item,) = grounded(claim(document, words="反对这项决定", parties=("外交部",)), document=document).grounded
    assert item.evidence[0].quote == "反对这项决定"


def test_cited_sentences_become_evidence_whole() -> None:
    (item,) = grounded(claim(cites=(1,), statement="Velia agreed to reopen the border.")).grounded
    assert item.evidence == (Evidence(start=0, end=34, quote="Velia agreed to reopen the border.", sentence=1),)


def test_a_sentence_that_is_not_there_is_a_doubt_beside_one_that_is() -> None:
    (item,) = grounded(claim(cites=(1, 9), statement="Velia agreed to reopen the border.")).grounded
    assert (item.verdict, item.checks[0].reason) == ("flagged", "there is no sentence 9 in what was shown")


@pytest.mark.parametrize(
    ("cites", "reason"), [((), "no sentence is cited"), ((0, 9), "there is no sentence 0, 9 in what was shown")]
)
def test_a_claim_that_cites_nothing_is_withheld(cites: tuple[int, ...], reason: str) -> None:
    assert reason in reasons(claim(cites=cites, statement="Velia agreed to reopen the border."))[0]


@pytest.mark.parametrize(
    ("party", "reason"),
    [
        ("She", "'She' is a pronoun: whose move it is was not found"),
        ("Marta Olin", "the report names nobody 'Marta Olin'"),
        ("", "no party is named"),
    ],
)
def test_a_claim_of_nobody_is_withheld(party: str, reason: str) -> None:
    document = report("The border was to be reopened for a week.")
    made = claim(document, words="reopened for a week", parties=(party,))
    assert [withheld.reasons for withheld in grounded(made, document=document).withheld] == [(reason,)]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("Velia would free 41 fishermen.", "41 is not in the source"),
        ("Velia agreed with Norland to free 40 fishermen.", "'Norland' is not in the source"),
        ("Prices rise sharply.", "nothing that the statement speaks of is in the cited sentences"),
    ],
)
def test_a_statement_that_its_sentences_do_not_carry_is_withheld(statement: str, reason: str) -> None:
    assert reason in reasons(claim(cites=(2,), statement=statement))[0]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("Velia reopens the border for 40 fishermen.", "40 is in the source, but not in the cited sentences"),
    ],
)
def test_a_statement_that_goes_beyond_its_sentences_is_flagged(statement: str, reason: str) -> None:
    (item,) = grounded(claim(cites=(1,), statement=statement)).grounded
    assert (item.verdict, reason in [check.reason for check in item.checks]) == ("flagged", True)


def test_a_party_that_only_the_sentences_before_name_is_a_doubt() -> None:
    document = report("Velia stayed away. The border was reopened for a week.")
    _, second = split_sentences(document)
    made = Claim("outcome", ("Velia",), Passage(second.start, second.text, (second,)), words="reopened for a week")
    (item,) = grounded(made, document=document).grounded
    assert (item.verdict, item.checks[1].reason) == ("flagged", "'Velia' is not named in the sentence itself")


def test_a_lone_pronoun_is_the_party_of_the_claim_before_and_a_doubt() -> None:
    document = report("Dorn agreed to talks. She wants the border open.")
    first, second = (
        Claim("outcome", (party,), Passage(sentence.start, sentence.text, (sentence,)), words=words)
        for party, words, sentence in zip(
            ("Dorn", "She"), ("agreed to talks", "the border open"), split_sentences(document), strict=True
        )
    )
    _, item = ground([first, second], document).grounded
    assert (item.claim.parties, item.verdict) == (("Dorn",), "flagged")
    assert item.checks[1].reason == "'She' was taken for 'Dorn', named before"


def test_a_pronoun_far_from_any_name_stays_withheld() -> None:
    document = report("Dorn agreed to talks. It rained. It rained on. She wants the border open.")
    sentences = split_sentences(document)
    first = Claim("outcome", ("Dorn",), Passage(0, sentences[0].text, sentences[:1]), words="agreed to talks")
    last = Claim("outcome", ("She",), Passage(sentences[3].start, sentences[3].text, sentences[3:]), words="the border open")
    assert len(ground([first, last], document).withheld) == 1


@pytest.mark.parametrize(
    ("text", "words", "language", "result"),
    [
        ("Velia called on Ostria to leave.", "Ostria to leave", "en", "pass"),
        ("Ostria must leave, Velia said.", "Ostria must leave", "en", "pass"),
        ("Velia fordert Ostria zum Abzug auf.", "Ostria zum Abzug auf", "de", "not_checked"),
    ],
)
def test_a_demand_is_checked_for_a_word_that_demands(text: str, words: str, language: str, result: str) -> None:
    document = replace(report(text), language=language)
    (item,) = grounded(claim(document, kind="demand", words=words), document=document).grounded
    assert (item.claim.kind, item.checks[2].result) == ("demand", result)


def test_narrative_that_was_called_a_demand_is_something_done_and_a_doubt() -> None:
    document = report("Velia and Ostria signed the treaty.")
    made = claim(document, kind="demand", words="signed the treaty", addressees=("Ostria",))
    (item,) = grounded(made, document=document).grounded
    assert (item.claim.kind, item.claim.verb, item.claim.addressees, item.verdict) == ("outcome", "acted", (), "flagged")
    assert "the model called it a demand, which no word of the sentence says" in [check.reason for check in item.checks]


def test_a_demand_that_the_model_put_into_words_stays_one_and_is_a_doubt() -> None:
    document = report("Velia and Ostria went forward.")
    made = claim(document, kind="demand", cites=(1,), statement="Velia and Ostria demand to go forward.")
    (item,) = grounded(made, document=document).grounded
    assert (item.claim.kind, item.verdict) == ("demand", "flagged")


@pytest.mark.parametrize(
    ("values", "language"),  # of whom it is demanded is read in English: elsewhere the model's word is checked
    [({"parties": ("Ministry of Health of Norland",)}, "en"), ({"addressees": ("both sides of Ostria",)}, "fr")],
)
def test_a_copied_claim_with_a_name_that_the_report_does_not_hold_is_withheld(
    values: dict[str, tuple[str, ...]], language: str
) -> None:
    document = replace(report("The health ministry must let ambulances through."), language=language)
    made = claim(document, words="let ambulances through", kind="demand", **({"parties": ("health ministry",)} | values))
    ((reason,),) = (withheld.reasons for withheld in ground([made], document).withheld)
    assert reason.startswith("the report names nobody")


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ({"deadline": "by 31 March 2031"}, "withheld"),
        ({"reported_by": "Zorro"}, "withheld"),
        ({"parties": ("Velia of Norland",)}, "flagged"),
        ({"condition": "if Norland pays"}, "flagged"),
        ({"timing": "not specified"}, "flagged"),
        ({"condition": "if Ostria too would"}, "grounded"),
    ],
)
def test_what_a_model_adds_to_a_statement_is_checked_too(values: dict[str, object], verdict: str) -> None:
    made = replace(claim(cites=(1, 2), statement="Velia agreed to reopen the border."), **values)  # type: ignore[arg-type]  # fields of a Claim
    grounding = grounded(made)
    assert [item.verdict for item in grounding.grounded] == ([] if verdict == "withheld" else [verdict])


def test_a_withheld_claim_is_shown_as_it_was_made() -> None:
    (withheld,) = grounded(claim(words="never said", kind="demand", addressees=("Ostria",))).withheld
    as_made = WithheldClaim(parties=("Velia",), words="never said", statement=None, sentences=(1, 2), addressees=("Ostria",))
    assert (withheld.kind, withheld.item) == ("demand", as_made)


@given(st.text(min_size=1).filter(lambda text: text.strip()), st.data())
def test_evidence_is_always_the_sources_own_words(text: str, data: st.DataObject) -> None:
    document = report(text.encode("utf-8", "ignore").decode() or "x")
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    if not split_sentences(document):
        return
    made = claim(document, words=document.text[start:end], parties=(document.text.strip(),))
    for item in ground([made], document).grounded:
        for evidence in item.evidence:
            assert document.text[evidence.start : evidence.end] == evidence.quote
