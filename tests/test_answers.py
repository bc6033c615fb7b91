"""Which outcome answers which demand, and what became of the demand so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import report
from summarizer.acts import ActName, as_act
from summarizer.document import Passage
from summarizer.grounding import ground
from summarizer.merging import Merged, merge
from summarizer.reading import split_sentences
from summarizer.schema import Claim

Move = tuple[int, str, str, ActName]
"""Number of the sentence, party, copied words, act."""


def merged(text: str, *moves: Move, language: str = "en") -> Merged:
    document = replace(report(text), language=language)
    sentences = split_sentences(document)
    claims = []
    for number, party, words, act in moves:
        sentence = sentences[number - 1]
        claims.append(
            as_act(Claim("position", (party,), Passage(sentence.start, sentence.text, (sentence,)), words=words), act)
        )
    return merge(ground(claims, document).grounded, document)


def links(result: Merged) -> tuple[list[tuple[str, tuple[str, ...]]], list[tuple[str, ...]]]:
    """Status and answers of each demand, and what each outcome answers."""
    return [(each.status, each.answered_by) for each in result.demands], [each.answers for each in result.outcomes]


URGED: Move = (1, "Velia", "reopen the northern bridge", "demands")


@pytest.mark.parametrize(
    ("answer", "words", "act", "status"),
    [
        ("Ostria agreed to reopen the northern bridge.", "agreed to reopen the northern bridge", "agrees", "accepted"),
        ("Ostria refused to reopen the northern bridge.", "refused to reopen the northern bridge", "refuses", "rejected"),
        ("Ostria partly agreed to reopen the northern bridge.", "reopen the northern bridge", "agrees", "partly_accepted"),
        ("Ostria granted that request.", "granted that request", "agrees", "accepted"),
        ("Ostria agreed to that on Monday.", "agreed to that on Monday", "agrees", "accepted"),
    ],
)
def test_an_outcome_of_whom_it_was_demanded_answers_the_demand(answer: str, words: str, act: ActName, status: str) -> None:
    result = merged(f"Velia urged Ostria to reopen the northern bridge. {answer}", URGED, (2, "Ostria", words, act))
    assert links(result) == ([(status, ("outcome-1",))], [("demand-1",)])


def test_what_is_begun_does_not_answer_a_demand_to_end_it() -> None:
    text = "Velia urged Ostria to stop the raids on the border. Ostria announced new raids on the border."
    raids: Move = (2, "Ostria", "new raids on the border", "announces")
    demand: Move = (1, "Velia", "stop the raids on the border", "demands")
    assert links(merged(text, demand, raids)) == ([("unknown", ())], [()])


def test_the_end_of_a_month_is_no_end_of_what_is_demanded() -> None:
    text = "Velia urged Ostria to stop the raids on the border. Ostria agreed to discuss the raids before the end of May."
    talks: Move = (2, "Ostria", "discuss the raids before the end of May", "agrees")
    assert links(merged(text, (1, "Velia", "stop the raids on the border", "demands"), talks)) == ([("unknown", ())], [()])


def test_a_full_cabinet_demands_no_more_than_others() -> None:
    text = "Velia's full cabinet urged Ostria to publish the border maps. Ostria agreed to publish the border maps."
    demand: Move = (1, "Velia", "publish the border maps", "demands")
    maps: Move = (2, "Ostria", "publish the border maps", "agrees")
    assert links(merged(text, demand, maps))[0] == [("accepted", ("outcome-1",))]


def test_where_all_is_demanded_a_part_is_accepted_in_part() -> None:
    text = "Velia urged Ostria to open all prisons to doctors. Ostria agreed to open four prisons to doctors."
    four: Move = (2, "Ostria", "open four prisons to doctors", "agrees")
    demand: Move = (1, "Velia", "open all prisons to doctors", "demands")
    assert links(merged(text, demand, four)) == ([("partly_accepted", ("outcome-1",))], [("demand-1",)])


@pytest.mark.parametrize(
    ("answer", "party", "words", "act"),
    [
        ("Norland agreed to reopen the northern bridge.", "Norland", "agreed to reopen the northern bridge", "agrees"),
        ("Ostria agreed to reopen the port.", "Ostria", "agreed to reopen the port", "agrees"),
        ("Ostria closed the northern bridge.", "Ostria", "closed the northern bridge", "agrees"),
        ("Ostria left open whether to reopen the northern bridge.", "Ostria", "reopen the northern bridge", "leaves open"),
        ("Dorn came. Ostria granted that request.", "Ostria", "granted that request", "agrees"),
    ],
)
def test_another_party_or_thing_is_no_answer_nor_is_the_reverse_or_what_is_open(
    answer: str, party: str, words: str, act: ActName
) -> None:
    text = f"Velia urged Ostria to reopen the northern bridge. {answer}"
    result = merged(text, URGED, (text.count(". ") + 1, party, words, act))
    assert links(result) == ([("unknown", ())], [()])


def test_what_came_before_a_demand_does_not_answer_it() -> None:
    text = "Ostria agreed to reopen the northern bridge. Velia urged Ostria to reopen the northern bridge."
    moves: list[Move] = [
        (1, "Ostria", "agreed to reopen the northern bridge", "agrees"),
        (2, "Velia", "reopen the northern bridge", "demands"),
    ]
    assert links(merged(text, *moves)) == ([("unknown", ())], [()])


def test_other_figures_are_another_thing() -> None:
    text = "Velia urged Ostria to pay 900 million euros for the bridge. Ostria agreed to pay 400 million euros for the bridge."
    moves: list[Move] = [
        (1, "Velia", "pay 900 million euros for the bridge", "demands"),
        (2, "Ostria", "agreed to pay 400 million euros for the bridge", "agrees"),
    ]
    assert links(merged(text, *moves)) == ([("unknown", ())], [()])


def test_a_demand_that_names_nobody_is_answered_by_any_other_party() -> None:
    text = "Velia said that the northern bridge must be reopened. Ostria refused to reopen the northern bridge."
    moves: list[Move] = [
        (1, "Velia", "the northern bridge must be reopened", "demands"),
        (2, "Ostria", "refused to reopen the northern bridge", "refuses"),
    ]
    assert links(merged(text, *moves)) == ([("rejected", ("outcome-1",))], [("demand-1",)])


def test_one_of_both_sides_accepts_in_part() -> None:
    text = "Norland called on both sides to respect the truce at sea. Ostria agreed to respect the truce at sea."
    moves: list[Move] = [
        (1, "Norland", "respect the truce at sea", "demands"),
        (2, "Ostria", "agreed to respect the truce at sea", "agrees"),
    ]
    assert links(merged(text, *moves)) == ([("partly_accepted", ("outcome-1",))], [("demand-1",)])


def test_that_request_is_no_answer_to_one_of_several_demands() -> None:
    text = "Velia urged Ostria to free the crew and to return the ship. Ostria granted that request."
    moves: list[Move] = [
        (1, "Velia", "free the crew", "demands"),
        (1, "Velia", "return the ship", "demands"),
        (2, "Ostria", "granted that request", "agrees"),
    ]
    assert links(merged(text, *moves)) == ([("unknown", ()), ("unknown", ())], [()])


def test_a_demand_is_open_where_its_sentence_says_that_nobody_has_answered() -> None:
    text = "Velia's request for the maps of the minefields has gone unanswered."
    assert links(merged(text, (1, "Velia", "the maps of the minefields", "demands"))) == ([("open", ())], [])


def test_in_another_language_nothing_is_linked() -> None:
    text = "Velia urged Ostria to reopen the northern bridge. Ostria agreed to reopen the northern bridge."
    agreed: Move = (2, "Ostria", "agreed to reopen the northern bridge", "agrees")
    assert links(merged(text, URGED, agreed, language="de")) == ([("unknown", ())], [()])
