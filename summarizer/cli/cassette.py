"""`summarizer cassette ...`: what lies in a folder of recordings, what is wrong with it, and what nobody needs any more."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.asking import asking_options, folder
from summarizer.cli.reading import Reading, reading_options
from summarizer.cli.statuses import SOMETHING_TO_REPORT
from summarizer.cli.tables import table
from summarizer.errors import NothingUsable, UsageError
from summarizer.printable import printable
from summarizer.settings import Limits, Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summarizer.llm import Strategy
    from summarizer.llm.cassette import Cassette
    from summarizer.llm.cassette.inspection import Found

folder_argument = click.argument("folder", metavar="DIR", type=folder)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cassette() -> None:
    """List, check and prune folders of recorded answers."""


@cassette.command("list")
@folder_argument
def list_(folder: Path) -> None:
    """List the exchanges in DIR: file, origin, model, date, and the first words of what was asked."""
    from summarizer.llm.cassette.inspection import listing

    lines = [(line.file, line.origin, line.model, line.date, line.words) for line in listing(_opened(folder))]
    _print(lines)
    if not lines:
        click.echo(f"summarizer: nothing is recorded in {str(folder)!r}", err=True)


@cassette.command()
@folder_argument
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@asking_options
@reading_options
def check(folder: Path, reports: tuple[str, ...], **asking: Any) -> int:  # Any: see `asking_options`
    """Report what is wrong with the exchanges in DIR.

    Damaged files, files without an origin, authored ones without a reason, and files whose request was edited by hand.
    With REPORTs, which are read and never sent anywhere, also what they do not use: unused, or stale where the prompt, the
    schema or the model changed; and what is missing for them.

    Exit status: 0 nothing to report; 1 something.
    """
    found = _findings(_opened(folder), reports, **asking)
    _print([(each.finding, each.file, each.what) for each in found])
    return SOMETHING_TO_REPORT if found else 0


@cassette.command()
@folder_argument
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@asking_options
@reading_options
@click.option("--yes", is_flag=True, help="Do not ask before deleting.")
def prune(folder: Path, reports: tuple[str, ...], *, yes: bool, **asking: Any) -> None:  # Any: see `asking_options`
    """Delete from DIR what is damaged, and what these REPORTs do not use. What a person wrote is left.

    Deletes nothing, with exit status 2, where they use nothing at all: then it is rather the model that is another.
    """
    from summarizer.llm.cassette.inspection import delete

    opened = _opened(folder)
    found = _findings(opened, reports, **asking)
    needless = [each for each in found if each.is_needless]
    if not opened.used and any(each.is_idle for each in needless):
        raise UsageError(
            f"nothing in {str(folder)!r} is used by these reports: is the model the right one?"
            " To be rid of all of it, delete the folder"
        )
    for each in found:
        if each.is_idle and each.authored:
            click.echo(f"left {printable(each.file)}: authored")
    if not yes and needless:
        _print([(each.finding, each.file, each.what) for each in needless], err=True)
        if not click.confirm(f"Delete these files ({len(needless)})?", err=True):
            return
    for file in delete(opened, needless):
        click.echo(f"deleted {printable(file)}")


def _print(rows: Sequence[tuple[str, ...]], *, err: bool = False) -> None:
    if rows:
        click.echo(table(rows), err=err)


def _opened(folder: Path) -> Cassette:
    from summarizer.llm.cassette import Cassette

    if not folder.is_dir():
        raise UsageError(f"{str(folder)!r} is not a folder: name one that was recorded with --record")
    return Cassette(folder)


def _findings(
    cassette: Cassette,
    reports: tuple[str, ...],
    *,
    model: str,
    base_url: str | None,
    strategy: Strategy | None,
    prompts: Path | None,
    reading: Reading,
) -> list[Found]:
    """What is wrong with the files, and where there are reports also what they do not use and what they miss."""
    from summarizer.llm import connect
    from summarizer.llm.cassette import Noting, Question
    from summarizer.llm.cassette.inspection import comparison, faults
    from summarizer.pipeline import summarise
    from summarizer.reading import read

    found = faults(cassette)
    if not reports:
        return found
    noting = Noting(cassette)
    settings = Settings.from_environment()
    settings = replace(settings, limits=Limits())  # nothing is sent, so nothing is taken
    with connect(model, settings=settings, base_url=base_url, cache=False, transport=noting) as asked:
        for report in reports:
            document = read(report, **reading)
            with suppress(NothingUsable):  # none of its requests is recorded, and each was noted
                summarise(document, model=asked, strategy=strategy, prompts=prompts)
    return found + comparison(cassette, missing=[Question.of(request) for request in noting.requests])
