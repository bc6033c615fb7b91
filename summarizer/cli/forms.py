"""The options that say in which form a briefing is wanted, and what a terminal can show."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from summarizer.rendering import FORMATS, LENGTHS, SUFFIXES, Format, Length, Look, Styling
from summarizer.rendering.wording import LANGUAGES, Language

_BY_ENDING: dict[str, Format] = {SUFFIXES[format]: format for format in reversed(FORMATS) if SUFFIXES[format]} | {
    ".txt": "markdown"
}
_NARROWEST, _WIDEST = 20, 100
"""Columns; lines that are longer are hard to read, and a terminal that says it has fewer knows not how many it has."""


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:  # Any: click's commands take what their options say
    """Give a command the options of a form: it is called with `format_`, None where it is left to the place, and `look`."""

    @wraps(command)
    def called(
        *arguments: Any,
        length: Length,
        language: Language,
        template: Path | None,
        reference_doc: Path | None,
        **others: Any,
    ) -> Any:
        width, styling = _terminal()
        look = Look(
            length=length, language=language, template=template, reference_doc=reference_doc, width=width, styling=styling
        )
        return command(*arguments, look=look, **others)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called


_OPTIONS = (
    click.option(
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        help="What to make. Without it, what --output ends in; in a terminal it is shown for that terminal; else markdown.",
    ),
    click.option(
        "--length",
        type=click.Choice(LENGTHS),
        default="standard",
        show_default=True,
        help="Of a page: core items on one page; all items; or all checks, too.",
    ),
    click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        help="Of a page: that of headings, other fixed words, numbers and dates.",
    ),
    click.option(
        "--template",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        help="A Jinja file of your own that the page is made by, in place of --format.",
    ),
    click.option(
        "--reference-doc",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        help="A Word document whose styles, page, headers and footers --format docx takes over.",
    ),
)


def form_wanted(format: Format | None, *, output: str | None) -> Format:
    """The form that was named; else that of the file's ending; else that of a terminal where one reads, or Markdown."""
    if format is not None:
        return format
    if output is not None and (ending := Path(output).suffix.casefold()) in _BY_ENDING:
        return _BY_ENDING[ending]
    return "terminal" if output is None and sys.stdout.isatty() else "markdown"


def _terminal() -> tuple[int, Styling]:
    """How wide the reader's terminal is, and what it can show, and may: NO_COLOR keeps colours away, not bold letters."""
    from rich.console import Console

    console = Console(file=sys.stdout)  # it reads the environment: NO_COLOR, TERM, COLUMNS
    width = max(_NARROWEST, min(console.width, _WIDEST))
    if not sys.stdout.isatty() or console.is_dumb_terminal:
        return width, "none"
    return width, "bold" if console.no_color else "colour"
