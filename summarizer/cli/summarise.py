"""`summarise FILE...`: reports in, briefings out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.asking import asking_options, recording_options
from summarizer.cli.corpora import corpus_options
from summarizer.cli.forms import form_options, form_wanted
from summarizer.cli.limits import limit_options
from summarizer.cli.progress import TerminalProgress
from summarizer.cli.reading import Reading, reading_options
from summarizer.cli.unread import Unread
from summarizer.document import Document
from summarizer.errors import CassetteMiss, LimitReached, NothingUsable, OutputError, SourceError, Stopped, SummarizerError
from summarizer.printable import printable
from summarizer.settings import POLICIES, Limits, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from summarizer.briefing import Briefing
    from summarizer.cli.output import Output
    from summarizer.llm import Strategy
    from summarizer.reading.corpora import Failure, Fields
    from summarizer.rendering import Format, Look
    from summarizer.settings import Policy

GAPS = 1
OF_ONE_REPORT = (SourceError, OutputError, CassetteMiss, NothingUsable, LimitReached)
"""What may go well with the next report. A limit too: answers that are at hand cost nothing."""


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--output", metavar="PATH", help="Write here, not to stdout: a file, or a folder for several FILEs.")
@form_options
@asking_options
@reading_options
@corpus_options
@click.option(
    "--policy",
    type=click.Choice(POLICIES),
    default="show",
    show_default=True,
    help="Doubtful items: shown; withheld; or shown, with exit status 1 for these and for what is withheld.",
)
@limit_options
@click.option("--dry-run", is_flag=True, help="Say what it would take: calls, tokens, cost. Nothing is asked.")
@recording_options
def summarise(
    files: tuple[str, ...],
    output: str | None,
    *,
    format_: Format | None,
    look: Look,
    model: str,
    base_url: str | None,
    strategy: Strategy | None,
    prompts: Path | None,
    policy: Policy,
    reading: Reading,
    fields: Fields,
    limits: Limits,
    dry_run: bool,
    no_cache: bool,
    **recording: Any,  # record, replay, record_missing: a folder or None each, as `connect` takes them
) -> int:
    """Brief each report: who holds which position, who demands what of whom, and what came of it.

    FILE is text, Markdown, a web page, a PDF or Word document or an e-mail, or - for standard input; or many reports: a file
    with a record for each (JSON Lines, CSV, TSV, Parquet), a folder, a quoted pattern such as 'folder/*.txt'; or, with
    --allow-url, a web address. `summarizer read` shows what is read of one. The default model runs inside this program:
    nothing leaves the machine unless you name a hosted model.

    Exit status: 0 done; 1 done, with gaps, or with doubts under --policy strict; 2 wrong usage; 3 a report cannot be read;
    4 no answer to be had; 5 a limit of yours reached, with what was done before; 130 interrupted.
    """
    from summarizer.cli.output import Output
    from summarizer.cli.plans import show_plans
    from summarizer.llm import connect
    from summarizer.pipeline import planning
    from summarizer.pipeline import summarise as brief
    from summarizer.reading.corpora import holds_many, records

    settings = Settings.from_environment()
    where: dict[str, Any] = {"base_url": base_url, "settings": settings, "cache": not no_cache}  # Any: of three types
    documents = (document for file in files for document in records(file, fields=fields, **reading))
    if dry_run:
        recorded = recording["replay"] or recording["record_missing"]
        with planning(model, recorded=recorded, limits=limits, strategy=strategy, prompts=prompts, **where) as plan:
            return show_plans(documents, plan)
    several = len(files) > 1 or any(map(holds_many, files))
    results = Output(output, format=form_wanted(format_, output=output), several=several, look=look)
    with (
        Unread("summarise") as unread,
        TerminalProgress() as progress,
        connect(model, limits=limits, progress=progress, **where, **recording) as connected,
    ):
        return _each(
            documents,
            lambda document: brief(
                document,
                model=connected,
                strategy=strategy,
                prompts=prompts,
                policy=policy,
                progress=progress,
            ),
            results,
            unread,
            several=several,
        )


def _each(
    documents: Iterable[Document | Failure],
    brief: Callable[[Document], Briefing],
    results: Output,
    unread: Unread,
    *,
    several: bool,
) -> int:
    """Brief each document and write what comes of it. One that fails does not stop the others, where they may fare better."""
    statuses: set[int] = set()
    failures: dict[int, None] = {}  # a set that knows its first
    for document in documents:
        if not isinstance(document, Document):
            unread.tell(document)
            failures[SourceError.exit_status] = None
            continue
        try:
            briefing = brief(document)
            results.write(briefing)
            statuses.add(_status(briefing, document.source))
        except SummarizerError as error:
            _keep(error, document.source, results)
            if not several or not isinstance(error, OF_ONE_REPORT):
                raise
            _say(str(error))
            failures[error.exit_status] = None
    if LimitReached.exit_status in failures:
        return LimitReached.exit_status
    return max(*statuses, GAPS if failures else 0) if statuses else next(iter(failures))


def _say(words: str) -> None:
    click.echo(f"summarise: {printable(words)}", err=True)


def _keep(error: SummarizerError, source: str, results: Output) -> None:
    """Write what had been answered before asking came to an end."""
    if isinstance(error, Stopped) and error.briefing is not None:
        results.write(error.briefing)
        _status(error.briefing, source)


def _status(briefing: Briefing, source: str) -> int:
    """0, or 1 with a line that says what is missing, and one that says what is doubtful where that is asked for."""
    shortcomings = [*gaps(briefing), *_doubts(briefing)]
    for shortcoming in shortcomings:
        _say(f"{source!r}: {shortcoming}")
    return GAPS if shortcomings else 0


def gaps(briefing: Briefing) -> Iterator[str]:
    """A line on text that was lost, and one on the passages without a whole answer, where there are any."""
    coverage = briefing.coverage
    if not briefing.document.complete:
        yield "not all of its text could be read: its warnings, and those of `summarizer read`, say what is missing"
    if coverage.gaps:
        yield (
            f"{coverage.gaps} of {coverage.passages} passages got no usable answer"
            f" ({coverage.failed} failed, {coverage.truncated} truncated, {coverage.filtered} filtered)"
        )


def _doubts(briefing: Briefing) -> Iterator[str]:
    flagged = sum(item.verdict == "flagged" for item in briefing.items)
    if briefing.provenance.policy == "strict" and (flagged or briefing.withheld):
        yield f"{flagged} of {len(briefing.items)} items are doubtful, and {len(briefing.withheld)} claims are withheld"
