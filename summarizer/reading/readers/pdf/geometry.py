"""Places on a page: matrices of six numbers as PDF has them, points, and upright boxes (left, low, right, top)."""

from __future__ import annotations

from collections.abc import Sequence

Matrix = Sequence[float]
Box = tuple[float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does one and then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def point(where: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point, moved."""
    return where[0] * x + where[2] * y + where[4], where[1] * x + where[3] * y + where[5]


def box_around(where: Matrix, left: float, low: float, right: float, top: float) -> Box:
    """The upright box around a box, moved."""
    return bounds([point(where, x, y) for x in (left, right) for y in (low, top)])


def bounds(points: Sequence[tuple[float, ...]]) -> Box:
    """The upright box around points."""
    across, up = [point[0] for point in points], [point[1] for point in points]
    return min(across), min(up), max(across), max(up)


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes have a point in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
