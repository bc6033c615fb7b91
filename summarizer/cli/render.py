"""`summarizer render BRIEFING...`: briefings that were made before, in any form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from summarizer.cli.forms import form_options, form_wanted
from summarizer.cli.statuses import SOMETHING_TO_REPORT
from summarizer.errors import OutputError, SourceError
from summarizer.printable import printable

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.rendering import Format, Look


@click.command()
@click.argument("briefings", nargs=-1, required=True, metavar="BRIEFING...")
@form_options
@click.option("--output", metavar="PATH", help="Write here, not to stdout: a file, or a folder for several.")
def render(briefings: tuple[str, ...], *, format_: Format | None, look: Look, output: str | None) -> int:
    """Show each BRIEFING in another form, without a model. What it says is not judged: `summarizer verify` does that.

    BRIEFING is a file that `summarise --format json` wrote, or - for standard input; JSON Lines hold several.

    Exit status: 0 done; 1 one of several is no briefing, or cannot be written; 2 wrong usage; 3 no file is a briefing that
    can be read.
    """
    from summarizer.cli.output import Output
    from summarizer.verifying.text import briefing_texts

    texts: list[tuple[str, str]] = []
    failures = 0
    for file in briefings:
        try:
            texts += briefing_texts(file)
        except SourceError as error:
            failures += _told(error)
    several = len(texts) + failures > 1
    results = Output(output, format=form_wanted(format_, output=output), look=look, several=several)
    read = 0
    for name, text in texts:
        try:
            briefing = _briefing(text, name)
            read += 1
            results.write(briefing)
        except (SourceError, OutputError) as error:
            failures += _told(error)
    if not read:
        return SourceError.exit_status
    return SOMETHING_TO_REPORT if failures else 0


def _briefing(text: str, name: str) -> Briefing:
    """The briefing in this text. Raises SourceError for one that does not fit the schema, or names what is not in it."""
    from summarizer.briefing import Briefing
    from summarizer.verifying.text import parse

    read = parse(text, name)
    if not isinstance(read, Briefing):
        raise SourceError(f"{name!r} does not fit the schema of briefings ({read[0]}): `summarizer verify` says all of it.")
    if not read.is_connected:
        raise SourceError(f"{name!r} names parties, items or sentences that are not in it: `summarizer verify` says which.")
    return read


def _told(error: SourceError | OutputError) -> int:
    click.echo(f"summarizer: {printable(str(error))}", err=True)
    return 1
