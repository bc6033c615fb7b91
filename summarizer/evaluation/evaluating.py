"""From cases to their score: each case is briefed by whatever the caller passes, and a case that fails counts as failed."""

from __future__ import annotations

from collections.abc import Callable

from summarizer.briefing import Briefing
from summarizer.errors import CassetteMiss, LimitReached, NothingUsable, SourceError, Stopped, SummarizerError
from summarizer.evaluation.dataset import Case, Dataset
from summarizer.evaluation.results import Result
from summarizer.evaluation.scores import CaseScore, Score

Brief = Callable[[Case], Briefing | Result]
OF_ONE_CASE = (SourceError, CassetteMiss, NothingUsable, LimitReached)
"""What may go well with the next case."""


def evaluate(dataset: Dataset, brief: Brief) -> Score:
    """The score of what `brief` makes of each case, in turn.

    A case that fails for a reason of its own (no recorded answer, a limit reached) is scored by what was made before, nothing
    where nothing was, and its result names the failure. Raises what `brief` raises for any other reason, and the first
    failure where every case fails with nothing made.
    """
    errors: list[SummarizerError] = []
    scores = tuple(CaseScore(case, _result(case, brief, errors)) for case in dataset.cases)
    if len(errors) == len(scores) and not any(score.result.predictions for score in scores):
        raise errors[0]
    return Score(scores)


def _result(case: Case, brief: Brief, errors: list[SummarizerError]) -> Result:
    """What is made of one case. Its error, if there is one, goes to the others."""
    try:
        made = brief(case)
    except OF_ONE_CASE as error:
        errors.append(error)
        partial = error.briefing if isinstance(error, Stopped) else None
        return Result(failure=str(error)) if partial is None else Result.of(partial, failure=str(error))
    return made if isinstance(made, Result) else Result.of(made)
