"""`summarise FILE...`: reports in, briefings out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.progress import TerminalProgress
from summarizer.errors import CassetteMiss, NothingUsable, OutputError, SourceError
from summarizer.rendering import FORMATS
from summarizer.settings import DEFAULT_MAX_CHARACTERS, DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.llm import Strategy
    from summarizer.rendering import Format

GAPS = 1


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="markdown", show_default=True, help="What to print.")
@click.option("--output", metavar="PATH", help="Write here, not to stdout: a file, or a folder for several FILEs.")
@click.option(
    "--model",
    default=DEFAULT_MODEL,
    show_default=True,
    help="PROVIDER/NAME (`summarizer model list` shows which), or any name with --base-url.",
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
def summarise(
    files: tuple[str, ...],
    format_: Format,
    output: str | None,
    *,
    max_characters: int,
    strategy: Strategy | None,
    prompts: Path | None,
    no_cache: bool,
    **connection: Any,  # model, base_url, record, replay: as `connect` takes them
) -> int:
    """Brief each report: who holds which position, who demands what of whom, and what came of it.

    FILE is a UTF-8 text file, or - for standard input. The default model runs inside this program: nothing leaves the
    machine unless you name a hosted model.

    Exit status: 0 done; 1 done, with gaps; 2 wrong usage; 3 a report cannot be read; 4 no answer to be had; 130
    interrupted.
    """
    from summarizer.cli.output import Output
    from summarizer.llm import connect
    from summarizer.pipeline import summarise as brief
    from summarizer.reading import read

    settings = Settings.from_environment()
    results = Output(output, format=format_, several=len(files) > 1)
    statuses: list[int] = []
    failures: list[int] = []
    with TerminalProgress() as progress:
        name = connection.pop("model")
        with connect(name, settings=settings, cache=not no_cache, progress=progress, **connection) as model:
            for file in files:
                try:
                    document = read(file, max_characters=max_characters)
                    briefing = brief(document, model=model, strategy=strategy, prompts=prompts, progress=progress)
                    results.write(briefing)
                    statuses.append(_status(briefing, file))
                except (SourceError, CassetteMiss, NothingUsable, OutputError) as error:
                    if len(files) == 1:
                        raise
                    click.echo(f"summarise: {error}", err=True)
                    failures.append(error.exit_status)
    return failures[0] if not statuses else max(*statuses, GAPS if failures else 0)


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
