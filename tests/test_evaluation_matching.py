"""Which item of a briefing is which item of the gold, and what is counted then."""

from __future__ import annotations

import pytest

from evaluation_builders import TEXT, case, gold_item, made, place, scored, sentence
from summarizer.evaluation.matching import match
from summarizer.evaluation.names import same_party
from summarizer.evaluation.results import Prediction, Quotation
from summarizer.evaluation.tallies import Tally

DEMAND = gold_item("1", "demand", parties=["Velia"], at=[sentence(1)], statement="Velia demands that Ostrand withdraw.")
REFUSAL = gold_item("2", "outcome", "position", parties=["Ostrand"], at=[sentence(2)], statement="Ostrand refused to withdraw.")
RAIN = gold_item("3", "outcome", parties=["Velia"], at=[sentence(4)], optional=True)
WITHDRAW = place("Ostrand withdraw")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Vladimir Putin", "Putin", True),
        ("President Putin", "the president of Velia", False),
        ("the Prime Minister", "prime minister's", True),  # nothing but ignored words: those are compared
        ("Velia’s army", "Velia", True),
        ("Velia", "Velian", False),
        ("", "Velia", False),
        ("!", "!", False),
    ],
)
def test_names_agree_when_the_telling_words_of_one_are_in_the_other(one: str, other: str, agree: bool) -> None:
    assert (same_party(one, other), same_party(other, one)) == (agree, agree)


def test_an_item_is_a_hit_when_kind_party_and_place_agree() -> None:
    demand = made("d", "demand", "Velia", at=WITHDRAW)
    matching = match([demand], [DEMAND, REFUSAL], typed=True)
    assert matching.found == ((demand, DEMAND),)
    assert (matching.ignored, matching.false_alarms, matching.missed) == ((), (), (REFUSAL,))


@pytest.mark.parametrize(
    ("prediction", "typed", "untyped"),
    [
        (made("1", "position", "Velia", at=WITHDRAW), 0, 1),
        (made("2", "demand", "Ostrand", at=WITHDRAW), 0, 0),
        (made("3", "demand", at=WITHDRAW), 0, 0),
        (made("4", "demand", ("He", "Velia"), at=WITHDRAW), 1, 1),
        (made("5", "demand", "Velia", "Ostrand", at=WITHDRAW), 1, 1),
        (made("6", "demand", "Velia", "Ostrand", "Both sides", at=WITHDRAW), 0, 0),
        (made("7", "demand", "Velia", at=(WITHDRAW[0], WITHDRAW[1] + 2 + 16)), 1, 1),  # half of it in the gold's sentence
        (made("8", "demand", "Velia", at=(WITHDRAW[0], WITHDRAW[1] + 2 + 18)), 0, 0),
        (Prediction("9", "demand", (("Velia",),), "", ()), 0, 0),
    ],
    ids=lambda value: value.id if isinstance(value, Prediction) else "",
)
def test_half_of_the_parties_and_half_of_the_evidence_must_be_right(prediction: Prediction, typed: int, untyped: int) -> None:
    case_score = scored(case(DEMAND), prediction)
    assert (case_score.typed.hits, case_score.untyped.hits) == (typed, untyped)


def test_an_optional_item_is_neither_rewarded_nor_punished() -> None:
    found = scored(case(DEMAND, RAIN), made("r", "outcome", "Velia", at=sentence(4)))
    assert (found.typed, found.matching.ignored[0][1]) == (Tally(hits=0, false_alarms=0, misses=1), RAIN)
    assert scored(case(DEMAND, RAIN)).typed == Tally(hits=0, false_alarms=0, misses=1)


def test_two_items_never_share_a_gold_item_and_the_one_that_says_the_same_has_it() -> None:
    other = made("1", "demand", "Velia", at=WITHDRAW, statement="Velia is angry.")
    same = made("2", "demand", "Velia", at=WITHDRAW, statement="Velia demands that Ostrand withdraw.")
    matching = match([other, same], [DEMAND], typed=True)
    assert (matching.found, matching.false_alarms) == (((same, DEMAND),), (other,))


def test_a_required_item_goes_before_an_optional_one_that_says_the_same() -> None:
    optional = DEMAND.model_copy(update={"id": "o", "optional": True})
    required = DEMAND.model_copy(update={"id": "r", "statement": "Something else altogether."})
    item = made("1", "demand", "Velia", at=WITHDRAW, statement=DEMAND.statement)
    assert match([item], [optional, required], typed=True).found == ((item, required),)


def test_the_party_is_asked_of_items_that_are_the_golds_by_evidence_and_statement_alone() -> None:
    wrong = made("1", "position", "Ostrand", at=WITHDRAW, statement="Ostrand demands to withdraw.")
    right = made("2", "outcome", "Ostrand", at=sentence(2), statement="Ostrand refused.")
    without_a_common_word = made("3", "outcome", "Velia", at=sentence(4), statement="Weather!")
    case_score = scored(case(DEMAND, REFUSAL, RAIN), wrong, right, without_a_common_word)
    assert case_score.party == Tally(hits=1, misses=1)


def test_addressee_stance_and_status_are_asked_of_hits_whose_gold_has_one() -> None:
    demand = DEMAND.model_copy(update={"targets": ("Ostrand",), "stance": "opposes"})
    refusal = REFUSAL.model_copy(update={"status": "rejected", "stance": "opposes"})
    agreed = gold_item("4", "outcome", parties=["Velia"], at=[sentence(3)], status="agreed")
    case_score = scored(
        case(demand, refusal, agreed),
        made("1", "demand", "Velia", at=WITHDRAW, addressees=("the army of Ostrand", "Velia"), status="open"),
        made("2", "position", "Ostrand", at=sentence(2), stance="supports"),
        made("3", "outcome", "Velia", at=sentence(3), status="pending"),
    )
    assert (case_score.addressee, case_score.stance, case_score.status) == (
        Tally(hits=1),
        Tally(misses=1),  # a demand has no stance to compare
        Tally(misses=1),  # nor a position a status
    )


def test_a_demand_has_the_status_of_a_demand() -> None:
    answered = DEMAND.model_copy(update={"status": "rejected"})
    assert scored(case(answered), made("1", "demand", "Velia", at=WITHDRAW, status="rejected")).status == Tally(hits=1)
    done = DEMAND.model_copy(update={"status": "done"})  # what only an outcome can be
    assert scored(case(done), made("1", "demand", "Velia", at=WITHDRAW, status="open")).status == Tally()


def test_core_items_are_counted_where_they_are_required() -> None:
    core = [DEMAND.model_copy(update={"core": True}), REFUSAL.model_copy(update={"core": True})]
    optional = RAIN.model_copy(update={"core": True})
    assert scored(case(*core, optional), made("1", "demand", "Velia", at=WITHDRAW)).core == Tally(hits=1, misses=1)


def test_evidence_is_verbatim_when_the_text_says_it_at_that_place() -> None:
    start, end = WITHDRAW
    quotations = (
        Quotation(start, end, "Ostrand withdraw"),
        Quotation(start, end, "Ostrand withdrew"),
        Quotation(start - len(TEXT), end - len(TEXT), "Ostrand withdraw"),  # a place that only Python knows
        Quotation(len(TEXT), len(TEXT), ""),
    )
    assert scored(case(DEMAND), Prediction("1", "demand", (("Velia",),), "", quotations)).verbatim == Tally(hits=1, misses=3)


def test_a_kind_is_counted_as_it_was_called_and_as_it_is_best_called() -> None:
    case_score = scored(
        case(DEMAND, REFUSAL, RAIN),
        made("1", "position", "Ostrand", at=sentence(2)),
        made("2", "position", "Velia", at=sentence(3)),
    )
    assert (case_score.made_of_kind("position"), case_score.gold_of_kind("position")) == (Tally(hits=1, misses=1), Tally())
    assert (case_score.made_of_kind("outcome"), case_score.gold_of_kind("outcome")) == (Tally(), Tally(hits=1))
    assert (case_score.made_of_kind("demand"), case_score.gold_of_kind("demand")) == (Tally(), Tally(misses=1))
