"""`summarizer verify BRIEFING...`: whether briefings hold, and what in them does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.errors import SourceError, UsageError

if TYPE_CHECKING:
    from summarizer.verifying import Verification

DOES_NOT_HOLD = 1


@click.command()
@click.argument("briefings", nargs=-1, required=True, metavar="BRIEFING...")
@click.option(
    "--source", metavar="FILE", help="The report it was made from.  [default: the file it names, where that is there]"
)
@click.option(
    "--prompts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="The templates it was made with, where they were your own.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a briefing, for programs.")
def verify(briefings: tuple[str, ...], *, source: str | None, prompts: Path | None, as_json: bool) -> int:
    """Repeat every check of each BRIEFING, offline and without a model, and print what does not hold.

    BRIEFING is a file that `summarise --format json` wrote, or - for standard input; JSON Lines hold several. A line says
    where in it, what is there, and what should be.

    Exit status: 0 everything holds; 1 something does not, or one of several files is no briefing; 2 wrong usage; 3 no file
    is a briefing that can be read, or --source cannot be.
    """
    from summarizer.verifying import verify as verified
    from summarizer.verifying.text import briefing_texts

    if source is not None and len(briefings) > 1:
        raise UsageError("--source is the report of one briefing: verify one at a time, or leave it out")
    holding: list[bool] = []
    unreadable: list[SourceError] = []
    for file in briefings:
        with _telling(unreadable):
            for name, text in briefing_texts(file):
                with _telling(unreadable):
                    verification = verified(text, name=name, source=source, prompts=prompts)
                    _show(verification, name, as_json=as_json)
                    holding.append(verification.holds)
    if not holding:
        return SourceError.exit_status
    return 0 if all(holding) and not unreadable else DOES_NOT_HOLD


@contextmanager
def _telling(unreadable: list[SourceError]) -> Iterator[None]:
    """What cannot be read is said and remembered, and does not stop the rest."""
    try:
        yield
    except SourceError as error:
        click.echo(f"summarizer: {error}", err=True)
        unreadable.append(error)


def _show(verification: Verification, name: str, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"briefing": name, "holds": verification.holds, **asdict(verification)}))
        return
    for finding in verification.findings:
        click.echo(f"{name}: {finding}")
    for note in verification.notes:
        click.echo(f"{name}: note: {note}")
    click.echo(f"{name}: {_outcome(verification)}")


def _outcome(verification: Verification) -> str:
    counts = ", ".join(f"{count} {what}" for what, count in asdict(verification.counts).items())
    if verification.holds:
        return f"everything holds: {counts}"
    found = len(verification.findings)
    return f"{found} {'thing does' if found == 1 else 'things do'} not hold: {counts}"
