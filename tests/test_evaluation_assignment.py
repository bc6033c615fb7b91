"""The assignment of the greatest weight, compared with trying them all."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.assignment import best_assignment

Matrix = list[list[float]]


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """Up to six by six; the weights are those of the score, or few different ones, so that many assignments are equal."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    weights = draw(st.sampled_from([st.floats(-5, 12), st.sampled_from([0.0, 0.0, 1.0, 11.5]), st.integers(0, 2).map(float)]))
    return draw(st.lists(st.lists(weights, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


@given(matrices())
def test_no_assignment_weighs_more_and_each_row_and_column_is_used_once(weights: Matrix) -> None:
    pairs = best_assignment(weights)
    rows, columns = [row for row, _ in pairs], [column for _, column in pairs]
    assert len(pairs) == min(len(weights), len(weights[0])) == len(set(rows)) == len(set(columns))
    assert rows == sorted(rows)
    assert sum(weights[row][column] for row, column in pairs) == pytest.approx(heaviest(weights))


def heaviest(weights: Matrix) -> float:
    """The greatest weight, by trying every assignment."""
    if len(weights) > len(weights[0]):
        return heaviest([list(column) for column in zip(*weights, strict=True)])
    orders = permutations(range(len(weights[0])), len(weights))
    return max(sum(row[column] for row, column in zip(weights, order, strict=True)) for order in orders)


@given(matrices())
def test_it_is_the_assignment_that_scipy_chooses_also_among_equal_ones(weights: Matrix) -> None:
    optimize = pytest.importorskip("scipy.optimize")
    rows, columns = optimize.linear_sum_assignment(weights, maximize=True)
    assert best_assignment(weights) == tuple((int(row), int(column)) for row, column in zip(rows, columns, strict=True))


@pytest.mark.parametrize("weights", [[], [[]], [[], []]])
def test_nothing_goes_with_nobody(weights: Matrix) -> None:
    assert best_assignment(weights) == ()


def test_a_row_gives_its_column_up_where_all_gain() -> None:
    assert best_assignment([[5.0, 4.0], [5.0, 0.0]]) == ((0, 1), (1, 0))
