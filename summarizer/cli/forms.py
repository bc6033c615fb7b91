"""The options that say in which form a briefing is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from summarizer.rendering import FORMATS, LENGTHS, Length, Look


def form_options(command: Callable[..., Any]) -> Callable[..., Any]:  # Any: click's commands take what their options say
    """Give a command the options of a form: it is called with `format_` and `look`."""

    @wraps(command)
    def called(*arguments: Any, length: Length, template: Path | None, **others: Any) -> Any:
        return command(*arguments, look=Look(length=length, template=template), **others)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called


_OPTIONS = (
    click.option(
        "--format", "format_", type=click.Choice(FORMATS), default="markdown", show_default=True, help="What to make."
    ),
    click.option(
        "--length",
        type=click.Choice(LENGTHS),
        default="standard",
        show_default=True,
        help="Of a page: core items on one page; all items; or all checks, too.",
    ),
    click.option(
        "--template",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        help="A Jinja file of your own that the page is made by, in place of --format.",
    ),
)
