"""`summarizer evaluate DATASET`: reports with what readers found in them, in; scores, out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from summarizer.cli.asking import asking_options, folder, recording_options
from summarizer.cli.limits import limit_options
from summarizer.cli.output import put
from summarizer.cli.progress import TerminalProgress
from summarizer.cli.reading import max_characters_option
from summarizer.cli.statuses import SOMETHING_TO_REPORT
from summarizer.cli.summarise import gaps
from summarizer.errors import LimitReached, Stopped, UsageError
from summarizer.printable import printable
from summarizer.settings import Limits, Settings

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.evaluation import Case, Dataset, Figures, Result, Score

    Brief = Callable[[Case], Result]

Format = Literal["table", "json", "html"]
RECORDINGS = ("record", "replay", "record_missing")


@click.command()
@click.argument("dataset", type=folder, metavar="DATASET")
@click.option("--gold", type=folder, metavar="DIR", help="Where the NAME.json lie.  [default: beside the texts]")
@click.option("--briefings", type=folder, metavar="DIR", help="Score the NAME.json that are there; no model is asked.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "html"]),
    default="table",
    show_default=True,
    help="What to print; html shows hits, misses and false alarms in the texts.",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write here, not to stdout.")
@click.option("--against", type=click.Path(path_type=Path), metavar="FILE", help="Compare with earlier scores, as JSON.")
@click.option("--repeat", type=click.IntRange(min=1), default=1, metavar="N", help="Ask N times anew: mean and spread.")
@click.option("--save", type=folder, metavar="DIR", help="Keep the briefings, as NAME.json; with --repeat in DIR/1, DIR/2 ...")
@asking_options
@max_characters_option
@click.option(
    "--policy",
    type=click.Choice(["show", "withhold"]),
    default="show",
    show_default=True,
    help="Score doubtful items with the others, or leave them out.",
)
@limit_options
@recording_options
def evaluate(
    dataset: Path,
    *,
    gold: Path | None,
    briefings: Path | None,
    format_: Format,
    output: Path | None,
    against: Path | None,
    repeat: int,
    save: Path | None,
    max_characters: int,
    **asking: Any,  # Any: what `_asking` takes
) -> int:
    """Score briefings of the reports in DATASET by what readers found there.

    DATASET is a folder: NAME.txt beside NAME.json, the gold, whose format docs/evaluation.md describes. Texts without gold are
    left out. --record, --replay and --record-missing use DIR/NAME for each report, and DIR itself where recordings lie there.

    Exit status: 0 done; 1 done, but a report got no briefing or one with gaps, or with --against the typed F1 fell by more
    than one point; 2 wrong usage; 3 a text, its gold or earlier scores cannot be used; 4 no answer to be had; 5 a limit of
    yours reached, with what was done before; 130 interrupted.
    """
    from summarizer.evaluation import Dataset
    from summarizer.evaluation import figures as figures_of
    from summarizer.evaluation.comparing import read_figures

    _require_sense(briefings=briefings, format_=format_, against=against, repeat=repeat, save=save, **asking)
    cases = Dataset.read(dataset, gold=gold, max_characters=max_characters)
    if cases.without_gold:
        _tell(f"{len(cases.without_gold)} left out, without gold: {', '.join(cases.without_gold)}")
    earlier = None if against is None else read_figures(against)
    if briefings is not None:
        scores, statuses = _scores(cases, [_reading(briefings)])
    else:
        with _asking(cases, once=repeat == 1, **asking) as brief:
            scores, statuses = _scores(cases, [_keeping(brief, place) for place in _places(save, repeat)])
    figures = [figures_of(score) for score in scores]
    _show(scores, figures, format_=format_, output=output)
    fell = earlier is not None and _has_fallen(earlier, figures[0], cases)
    return max(*statuses, SOMETHING_TO_REPORT if fell else 0)


def _require_sense(
    *, briefings: Path | None, format_: Format, against: Path | None, repeat: int, save: Path | None, **asking: Any
) -> None:
    """Let options pass that can be obeyed together. Raises UsageError."""
    recordings = [name for name in RECORDINGS if asking[name] is not None]
    if briefings is not None and (recordings or save is not None or repeat > 1):
        raise UsageError(
            "--briefings are scored as they are: leave out --record, --replay, --record-missing, --save and --repeat"
        )
    if repeat > 1 and recordings:
        raise UsageError("--repeat asks anew each time: leave out --record, --replay and --record-missing")
    if repeat > 1 and (format_ == "html" or against is not None):
        raise UsageError("--format html and --against take one run: leave out --repeat")


def _scores(cases: Dataset, briefs: Sequence[Brief]) -> tuple[list[Score], list[int]]:
    """A score for each way to brief the cases, with an exit status each; what fell short is told."""
    from summarizer.evaluation import evaluate

    scores, statuses = [], []
    for brief in briefs:
        limits: list[LimitReached] = []
        score = evaluate(cases, _noting(limits, brief))
        failures = [(case.case.name, case.result.failure) for case in score.cases if case.result.failure]
        for name, failure in failures:
            _tell(f"{name!r}: {failure}")
        scores.append(score)
        statuses.append(LimitReached.exit_status if limits else SOMETHING_TO_REPORT if failures else 0)
    return scores, statuses


def _noting(limits: list[LimitReached], brief: Brief) -> Brief:
    """The same, and the user's own limits that it reaches are noted: they have an exit status of their own."""

    def noted(case: Case) -> Result:
        try:
            return brief(case)
        except LimitReached as reached:
            limits.append(reached)
            raise

    return noted


def _reading(folder: Path) -> Brief:
    from summarizer.evaluation import Result

    return lambda case: Result.read(folder / f"{case.name}.json", case)


@contextmanager
def _asking(
    cases: Dataset,
    *,
    once: bool,
    model: str,
    base_url: str | None,
    limits: Limits,
    no_cache: bool,
    record: Path | None,
    replay: Path | None,
    record_missing: Path | None,
    **how: Any,  # Any: strategy, prompts and policy, as `summarise` takes them
) -> Iterator[Callable[[Case], Briefing]]:
    """What asks the model about a case; asked more than `once`, it must not answer from the cache."""
    from summarizer.evaluation.recordings import RecordingsByCase
    from summarizer.llm import connect
    from summarizer.pipeline import summarise

    given = {"record": record, "replay": replay, "record_missing": record_missing}
    tapes: dict[str, Any] = {
        name: RecordingsByCase(folder) for name, folder in given.items() if folder is not None
    }  # Any: mypy
    settings, cache = Settings.from_environment(), once and not no_cache
    numbers = {case.name: number for number, case in enumerate(cases.cases, start=1)}
    with (
        TerminalProgress() as progress,
        connect(
            model, settings=settings, base_url=base_url, cache=cache, limits=limits, progress=progress, **tapes
        ) as connected,
    ):

        def brief(case: Case) -> Briefing:
            _tell(f"{case.name} ({numbers[case.name]} of {len(numbers)})")
            for tape in tapes.values():
                tape.turn_to(case)
            return summarise(case.document, model=connected, progress=progress, **how)

        yield brief


def _places(save: Path | None, repeat: int) -> list[Path | None]:
    """Where the briefings of each run are kept."""
    if save is None or repeat == 1:
        return [save] * repeat
    return [save / str(number) for number in range(1, repeat + 1)]


def _keeping(brief: Callable[[Case], Briefing], place: Path | None) -> Brief:
    """What a briefing of the case gives to score; the briefing, also an unfinished one, is kept in `place`."""
    from summarizer.evaluation import Result

    def keep(briefing: Briefing, case: Case) -> None:
        if place is not None:
            put(place / f"{case.name}.json", briefing.to_json() + "\n", what="the briefing")

    def kept(case: Case) -> Result:
        try:
            briefing = brief(case)
        except Stopped as stopped:
            if stopped.briefing is not None:
                keep(stopped.briefing, case)
            raise
        keep(briefing, case)
        return Result.of(briefing, failure="; ".join(gaps(briefing)))

    return kept


def _show(scores: Sequence[Score], figures: Sequence[Figures], *, format_: Format, output: Path | None) -> None:
    text = _rendered(scores, figures, format_)
    if output is None:
        click.echo(text, nl=False)
    else:
        put(output, text, what="the scores")


def _rendered(scores: Sequence[Score], figures: Sequence[Figures], format_: Format) -> str:
    from summarizer.cli.scores import as_runs, as_tables
    from summarizer.evaluation.page import page
    from summarizer.evaluation.repeating import repetition

    several = len(figures) > 1
    match format_:
        case "html":
            return page(scores[0], figures[0])
        case "json":
            return (repetition(figures) if several else figures[0]).model_dump_json(indent=2) + "\n"
        case "table":
            return (as_runs(repetition(figures)) if several else as_tables(figures[0])) + "\n"


def _has_fallen(earlier: Figures, later: Figures, cases: Dataset) -> bool:
    """Whether the score fell by more than is allowed; what changed is told."""
    from summarizer.cli.scores import changes
    from summarizer.evaluation.comparing import compare

    comparison = compare(earlier, later, cases)
    for line in changes(comparison):
        _tell(line)
    return comparison.fell


def _tell(line: str) -> None:
    click.echo(f"summarizer: {printable(line)}", err=True)
