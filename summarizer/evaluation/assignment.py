"""Who goes with whom: the one-to-one assignment of the greatest total weight.

Crouse's shortest augmenting paths (IEEE Transactions on Aerospace and Electronic Systems 52/4, 2016). Our own, since no small
library does it and scipy is forty times the size of this program. It takes its steps, and rounds, in the order in which
`scipy.optimize.linear_sum_assignment` does: among assignments of equal weight it chooses the one that scipy chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

Weights = Sequence[Sequence[float]]

_NOBODY = -1


def best_assignment(weights: Weights) -> tuple[tuple[int, int], ...]:
    """Pairs (row, column), as many as the shorter side has, by row. Rows are of one length; weights are finite."""
    if not weights or not weights[0]:
        return ()
    costs = [[-weight for weight in row] for row in weights]
    if len(costs) > len(costs[0]):
        return tuple(sorted((row, column) for column, row in enumerate(_columns([*zip(*costs, strict=True)]))))
    return tuple(enumerate(_columns(costs)))


def _columns(costs: Weights) -> list[int]:
    """The column of each row in the cheapest assignment; there are at least as many columns as rows."""
    assignment = _Assignment(costs)
    for row in range(len(costs)):
        assignment.add(row)
    return assignment.column_of


class _Assignment:
    """The cheapest assignment of the rows that were added, with the prices that prove it."""

    def __init__(self, costs: Weights) -> None:
        rows, columns = len(costs), len(costs[0])
        self._costs = costs
        self._row_prices, self._column_prices = [0.0] * rows, [0.0] * columns
        self.column_of, self._row_of = [_NOBODY] * rows, [_NOBODY] * columns

    def add(self, row: int) -> None:
        """Find a column for one more row; rows that have one may get another."""
        columns = len(self._row_of)
        came_from, cost_to = [_NOBODY] * columns, [inf] * columns
        unseen = [*reversed(range(columns))]
        reached: list[int] = []
        cost, at = 0.0, row
        while True:
            column = self._nearest(at, cost, unseen, came_from, cost_to)
            reached.append(column)
            cost = cost_to[column]
            if self._row_of[column] == _NOBODY:
                break
            at = self._row_of[column]
        self._reprice(row, cost, reached, cost_to)
        self._reassign(row, column, came_from)

    def _nearest(self, row: int, cost: float, unseen: list[int], came_from: list[int], cost_to: list[float]) -> int:
        """The cheapest unseen column to get to, now that `row` is reached at this cost; a free one rather than another."""
        costs, row_price = self._costs[row], self._row_prices[row]
        nearest, lowest = _NOBODY, inf
        for place, column in enumerate(unseen):
            through = cost + costs[column] - row_price - self._column_prices[column]
            if through < cost_to[column]:
                came_from[column], cost_to[column] = row, through
            free = self._row_of[column] == _NOBODY
            if cost_to[column] < lowest or (cost_to[column] == lowest and free):
                nearest, lowest = place, cost_to[column]
        column, last = unseen[nearest], unseen.pop()
        if nearest < len(unseen):
            unseen[nearest] = last
        return column

    def _reprice(self, row: int, cost: float, reached: list[int], cost_to: list[float]) -> None:
        self._row_prices[row] += cost
        for column in reached:
            if (holder := self._row_of[column]) != _NOBODY:
                self._row_prices[holder] += cost - cost_to[column]
            self._column_prices[column] -= cost - cost_to[column]

    def _reassign(self, row: int, column: int, came_from: list[int]) -> None:
        """Along the path back to `row`, each row takes the column that it led to."""
        while True:
            holder = came_from[column]
            self._row_of[column] = holder
            self.column_of[holder], column = column, self.column_of[holder]
            if holder == row:
                return
