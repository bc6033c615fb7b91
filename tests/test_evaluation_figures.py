"""The figures of several cases, how sure one can be of them, what repetition and comparison say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import answering, moves
from evaluation_builders import case, gold_item, made, place, scored, sentence
from summarizer import summarise
from summarizer.errors import CassetteMiss, SourceError, UsageError, WeightsError
from summarizer.evaluation import Case, CaseScore, Dataset, Figures, Prediction, Result, Score, evaluate, figures
from summarizer.evaluation.comparing import Change, Comparison, compare, read_figures
from summarizer.evaluation.repeating import repetition
from summarizer.evaluation.tallies import Tally, intervals

DEMAND = gold_item(
    "1", "demand", parties=["Velia"], at=[sentence(1)], statement="Velia demands that Ostrand withdraw.", core=True
)
REFUSAL = gold_item("2", "outcome", parties=["Ostrand"], at=[sentence(2)])
AGREED = gold_item("3", "outcome", parties=["Velia", "Ostrand"], at=[sentence(3)])
FOUND = made("demand-1", "demand", "Velia", at=place("Ostrand withdraw"), statement=DEMAND.statement)
FALSE = made("outcome-1", "outcome", "Velia", at=sentence(4))


def two_cases(*first: Prediction) -> Score:
    """A case of two items, of which these are found, and one of one item, of which nothing is."""
    return Score((scored(case(DEMAND, REFUSAL), *first), scored(case(AGREED, name="meeting"))))


def test_the_figures_count_each_item_once_wherever_it_stands() -> None:
    found = figures(two_cases(FOUND, FALSE))
    assert (found.typed.hits, found.typed.false_alarms, found.typed.misses) == (1, 1, 2)
    assert (found.typed.precision, found.typed.recall, found.typed.f1) == (0.5, 1 / 3, 0.4)
    assert [(each.name, each.typed.f1) for each in found.documents] == [("talks", 0.5), ("meeting", 0.0)]
    talks = found.documents[0]
    assert (talks.found, talks.missed, talks.false_alarms) == (("1",), ("2",), ("outcome-1",))
    assert found.shares.core.model_dump(exclude={"interval"}) == {"right": 1, "of": 1, "share": 1.0}
    assert found.shares.addressee.model_dump() == {"right": 0, "of": 0, "share": None, "interval": None}
    assert (found.kinds["outcome"].precision.of, found.kinds["outcome"].recall.of, found.kinds["outcome"].f1) == (1, 2, 0.0)


def test_where_nothing_was_made_every_figure_is_0() -> None:
    found = figures(two_cases())
    assert (found.typed.precision, found.typed.recall, found.typed.f1, found.typed.f1_interval) == (0.0, 0.0, 0.0, (0.0, 0.0))


def test_an_interval_is_the_same_every_time_and_holds_the_figure() -> None:
    one, other = figures(two_cases(FOUND, FALSE)), figures(two_cases(FOUND, FALSE))
    assert one == other
    assert one.typed.f1_interval is not None
    low, high = one.typed.f1_interval
    assert 0 <= low < one.typed.f1 < high <= 1


@given(st.lists(st.builds(Tally, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=3))
def test_an_interval_lies_between_0_and_1(tallies: list[Tally]) -> None:
    ((low, high),) = intervals(tallies, [lambda tally: tally.f1])
    assert 0 <= low <= high <= 1


def test_one_document_is_uncertain_too_since_its_items_are_drawn_again() -> None:
    ((low, high),) = intervals([Tally(hits=10, misses=10)], [lambda tally: tally.recall])
    assert low < 0.4
    assert high > 0.6


def test_a_briefing_of_ours_is_scored_as_it_is() -> None:
    model = answering(moves(("Ostrand withdraw", "Velia", "demands", "Ostrand")), moves())
    score = evaluate(Dataset((case(DEMAND),)), lambda each: summarise(each.document, model=model))
    (one,) = figures(score).documents
    assert (one.found, one.false_alarms, one.typed.f1, one.shares.verbatim.share) == (("1",), (), 1.0, 1.0)
    assert (one.origin.model, one.origin.strategy) == ("embedded/qwen2.5-coder-1.5b", "passage")


def test_a_case_that_fails_for_a_reason_of_its_own_is_scored_and_named() -> None:
    def brief(each: Case) -> Result:
        if each.name == "meeting":
            raise CassetteMiss("nothing recorded")
        return Result((FOUND,))

    score = evaluate(Dataset((case(DEMAND), case(AGREED, name="meeting"))), brief)
    assert [(each.failure, each.typed.misses) for each in figures(score).documents] == [("", 0), ("nothing recorded", 1)]


@pytest.mark.parametrize("error", [WeightsError("none"), CassetteMiss("no answer at all")])
def test_what_fails_for_all_is_raised(error: Exception) -> None:
    def brief(each: Case) -> Result:
        raise error

    with pytest.raises(type(error)):
        evaluate(Dataset((case(DEMAND), case(AGREED, name="meeting"))), brief)


def test_repetition_gives_mean_and_standard_deviation() -> None:
    runs = [figures(two_cases(FOUND)), figures(two_cases(FOUND, FALSE)), figures(two_cases(FOUND, FALSE))]
    repeated = repetition(runs)
    assert [repeated.mean.precision, repeated.mean.recall] == pytest.approx([2 / 3, 1 / 3])
    assert [repeated.spread.precision, repeated.spread.recall] == pytest.approx([0.288675, 0.0], abs=1e-6)
    assert repetition(runs[:1]).spread.precision == 0.0


DATASET = Dataset((case(DEMAND, REFUSAL), case(AGREED, name="meeting")))


def test_comparison_lists_what_was_lost_and_won() -> None:
    refused = made("2", "outcome", "Ostrand", at=sentence(2))
    comparison = compare(figures(two_cases(FOUND)), figures(two_cases(refused)), DATASET)
    assert comparison == Comparison(
        before=0.5,
        now=0.5,
        lost=(Change("talks", "1", DEMAND.statement),),
        won=(Change("talks", "2", REFUSAL.statement),),
    )
    assert not comparison.fell


@pytest.mark.parametrize(("now", "fell"), [(0.5, False), (0.49, False), (0.4899, True), (0.6, False)])
def test_a_score_falls_when_it_falls_by_more_than_one_point(now: float, fell: bool) -> None:
    assert Comparison(before=0.5, now=now, lost=(), won=()).fell is fell


def test_only_documents_with_the_same_text_and_gold_are_compared() -> None:
    talks, meeting = two_cases(FOUND).cases
    earlier = figures(Score((talks, CaseScore(case(DEMAND, name="gone"), Result()))))
    other_gold = case(AGREED.model_copy(update={"parties": ("Velia",)}), name="talks")
    comparison = compare(earlier, figures(two_cases()), DATASET)
    assert [comparison.before, comparison.now] == pytest.approx([2 / 3, 0.0])
    assert comparison.notes == ("'gone' is in the earlier scores only", "'meeting' is not in the earlier scores")
    mixed = figures(Score((CaseScore(other_gold, Result()), meeting)))
    assert compare(mixed, figures(two_cases()), DATASET).notes == ("'talks' has another text or gold than before",)
    with pytest.raises(UsageError, match="nothing in them can be compared"):
        compare(earlier.model_copy(update={"documents": earlier.documents[1:]}), figures(two_cases()), DATASET)


def test_figures_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    written = figures(two_cases(FOUND, FALSE))
    (tmp_path / "scores.json").write_text(written.model_dump_json())
    assert read_figures(tmp_path / "scores.json") == written
    (tmp_path / "scores.json").write_text(repetition([written]).model_dump_json())
    with pytest.raises(SourceError, match="give what `summarizer evaluate --format json` printed for one run"):
        read_figures(tmp_path / "scores.json")


def test_a_failure_is_part_of_the_figures() -> None:
    talks = two_cases(FOUND).cases[0]
    failed = replace(talks, result=Result((FOUND,), failure="1 of 4 passages got no usable answer"))
    assert isinstance(figures(Score((failed,))), Figures)
    assert figures(Score((failed,))).documents[0].failure == "1 of 4 passages got no usable answer"
