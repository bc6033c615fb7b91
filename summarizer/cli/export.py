"""`summarizer export RUN`: what a run has brought, as files for people and programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.batch.exporting import EXPORT_FORMATS, ExportFormat
from summarizer.cli.asking import Folder
from summarizer.cli.statuses import SOMETHING_TO_REPORT

if TYPE_CHECKING:
    from summarizer.batch.results import Tally


@click.command("export", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folder", type=Folder(path_type=Path), metavar="RUN")
@click.option(
    "--format", "format_", type=click.Choice(EXPORT_FORMATS), default="jsonl", show_default=True, help="What to make."
)
@click.option(
    "--output",
    type=Folder(path_type=Path),
    metavar="PATH",
    help="Write here: a file (jsonl, dna), or a folder (parquet, csv, html).  [default for jsonl: stdout]",
)
def export(folder: Path, *, format_: ExportFormat, output: Path | None) -> int:
    """Write the results of the run in the folder RUN, in the order of its corpus, also while it goes on.

    As jsonl, a line for each report: its briefing, or `error`. As parquet and csv, the tables of `render` for all reports,
    and a table `failures`. As dna, one database. As html, a page for each briefing and index.html to search them.

    Exit status: 0 there is a briefing for every report; 1 some failed or are not finished, or the place takes nothing;
    2 wrong usage, or no such run.
    """
    from summarizer.batch import exporting

    tally = exporting.export(folder, output or sys.stdout, format=format_)
    if tally.is_whole:
        return 0
    click.echo(f"summarizer export: {_said(tally)}", err=True)
    return SOMETHING_TO_REPORT


def _said(tally: Tally) -> str:
    reports = f"{_many(tally.entries, 'report')}{'' if tally.is_read else ' so far'}"
    parts = [f"{reports}: {_many(tally.briefed, 'briefing')}"]
    if tally.failed:
        parts.append(f"{tally.failed:,} failed")
    if tally.unfinished:
        parts.append(f"{tally.unfinished:,} not finished and not exported")
    if not tally.is_read:
        parts.append("the corpus is not read to its end")
    return ", ".join(parts)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
