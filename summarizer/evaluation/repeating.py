"""Several runs over the same cases: their mean, and how far they spread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import mean, stdev

from summarizer.evaluation.figures import Figures
from summarizer.schema import Value


class Averages(Value):
    """One number for each figure that is watched from run to run."""

    precision: float
    recall: float
    f1: float
    untyped_f1: float
    core: float
    party: float


class Repetition(Value):
    """The runs, in their order; the mean of each figure, and its standard deviation (0 for one run)."""

    runs: tuple[Figures, ...]
    mean: Averages
    spread: Averages


def repetition(runs: Sequence[Figures]) -> Repetition:
    """What several runs, at least one, have in common and how far they differ."""
    each = [averages(run) for run in runs]
    return Repetition(
        runs=tuple(runs), mean=_over(each, mean), spread=_over(each, lambda values: stdev(values) if len(values) > 1 else 0.0)
    )


def averages(run: Figures) -> Averages:
    """The figures of one run; a share of nothing counts as 0."""
    return Averages(
        precision=run.typed.precision,
        recall=run.typed.recall,
        f1=run.typed.f1,
        untyped_f1=run.untyped.f1,
        core=run.shares.core.share or 0.0,
        party=run.shares.party.share or 0.0,
    )


def _over(runs: Sequence[Averages], statistic: Callable[[list[float]], float]) -> Averages:
    return Averages(**{name: statistic([getattr(run, name) for run in runs]) for name in Averages.model_fields})
