"""`summarise FILE...`: reports in, briefings out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.progress import TerminalProgress
from summarizer.errors import CassetteMiss, LimitReached, NothingUsable, OutputError, SourceError, Stopped, SummarizerError
from summarizer.rendering import FORMATS
from summarizer.settings import DEFAULT_MAX_CHARACTERS, DEFAULT_MODEL, Limits, Settings

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.cli.output import Output
    from summarizer.llm import Strategy
    from summarizer.rendering import Format

GAPS = 1
OF_ONE_REPORT = (SourceError, OutputError, CassetteMiss, NothingUsable, LimitReached)
"""What may go well with the next report. A limit too: answers that are at hand cost nothing."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="markdown", show_default=True, help="What to print.")
@click.option("--output", metavar="PATH", help="Write here, not to stdout: a file, or a folder for several FILEs.")
@click.option(
    "--model", default=DEFAULT_MODEL, show_default=True, help="embedded/NAME, openai/NAME, or any name with --base-url."
)
@click.option("--base-url", metavar="URL", help="An OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1.")
@click.option(
    "--strategy",
    type=click.Choice(["whole", "passage"]),
    help="One call over the report, or one a sentence.  [default: the model's]",
)
@click.option("--prompts", type=click.Path(path_type=Path), metavar="DIR", help="Your own templates.")
@click.option(
    "--max-characters",
    type=click.IntRange(min=1),
    default=DEFAULT_MAX_CHARACTERS,
    show_default=True,
    help="Refuse longer reports.",
)
@click.option("--max-calls", type=click.IntRange(min=0), metavar="N", help="Send at most so many requests in this run.")
@click.option("--max-tokens", type=click.IntRange(min=0), metavar="N", help="Use at most so many tokens, prompts and answers.")
@click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Spend at most so many US dollars.")
@click.option("--deadline", type=click.FloatRange(min=0), metavar="SECONDS", help="Ask about each report for at most so long.")
@click.option("--no-cache", is_flag=True, help="Ask anew, and keep no answers.")
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Keep every request and answer here, to read and to replay.",
)
@click.option(
    "--replay", type=click.Path(path_type=Path), metavar="DIR", help="Answer from such a folder alone; nothing is asked."
)
@click.option(
    "--record-missing",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Answer from such a folder; ask and keep there what it does not hold.",
)
def summarise(
    files: tuple[str, ...],
    format_: Format,
    output: str | None,
    *,
    max_characters: int,
    strategy: Strategy | None,
    prompts: Path | None,
    no_cache: bool,
    max_calls: int | None,
    max_tokens: int | None,
    max_cost: float | None,
    deadline: float | None,
    **connection: Any,  # model, base_url, record, replay, record_missing: as `connect` takes them
) -> int:
    """Brief each report: who holds which position, who demands what of whom, and what came of it.

    FILE is a UTF-8 text file, or - for standard input. The default model runs inside this program: nothing leaves the
    machine unless you name a hosted model.

    Exit status: 0 done; 1 done, with gaps; 2 wrong usage; 3 a report cannot be read; 4 no answer to be had; 5 a limit of
    yours reached, with what was done before; 130 interrupted.
    """
    from summarizer.cli.output import Output
    from summarizer.llm import connect
    from summarizer.pipeline import summarise as brief
    from summarizer.reading import read

    settings = Settings.from_environment()
    limits = _limits(settings.limits, calls=max_calls, tokens=max_tokens, cost=max_cost, seconds=deadline)
    results = Output(output, format=format_, several=len(files) > 1)
    statuses: list[int] = []
    failures: list[int] = []
    with TerminalProgress() as progress:
        name = connection.pop("model")
        with connect(name, settings=settings, cache=not no_cache, limits=limits, progress=progress, **connection) as model:
            for file in files:
                try:
                    document = read(file, max_characters=max_characters)
                    briefing = brief(document, model=model, strategy=strategy, prompts=prompts, progress=progress)
                    results.write(briefing)
                    statuses.append(_status(briefing, file))
                except SummarizerError as error:
                    _keep(error, results)
                    if len(files) == 1 or not isinstance(error, OF_ONE_REPORT):
                        raise
                    click.echo(f"summarise: {error}", err=True)
                    failures.append(error.exit_status)
    return _overall(statuses, failures)


def _limits(settings: Limits, *, calls: int | None, tokens: int | None, cost: float | None, seconds: float | None) -> Limits:
    """The limits of this run: those given, and the settings' own for the rest."""
    return Limits(
        calls=settings.calls if calls is None else calls,
        tokens=settings.tokens if tokens is None else tokens,
        cost=settings.cost if cost is None else cost,
        seconds=settings.seconds if seconds is None else seconds,
    )


def _keep(error: SummarizerError, results: Output) -> None:
    """Show what had been answered before asking came to its end."""
    if isinstance(error, Stopped) and error.briefing is not None:
        results.write(error.briefing)
        coverage = error.briefing.coverage
        click.echo(
            f"summarise: {coverage.passages - coverage.gaps} of {coverage.passages} passages were answered before the end:",
            err=True,
        )


def _overall(statuses: list[int], failures: list[int]) -> int:
    """The status of a run over several reports: a limit goes first, then that something was done, with or without gaps."""
    if LimitReached.exit_status in failures:
        return LimitReached.exit_status
    if not statuses:
        return failures[0]
    return max(*statuses, GAPS if failures else 0)


def _status(briefing: Briefing, file: str) -> int:
    """0, or 1 with a line that says what is missing."""
    coverage = briefing.coverage
    if coverage.gaps == 0:
        return 0
    click.echo(
        f"summarise: {file!r}: {coverage.gaps} of {coverage.passages} passages got no usable answer"
        f" ({coverage.failed} failed, {coverage.truncated} truncated, {coverage.filtered} filtered)",
        err=True,
    )
    return GAPS
