"""The options of every command that reads reports: how long they may be, what becomes of hidden words, where they may be."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypedDict

import click

from summarizer.settings import DEFAULT_MAX_CHARACTERS, Settings


class Reading(TypedDict):
    """How reports are read: the options of `summarizer.read`."""

    max_characters: int
    keep_hidden: bool
    encoding: str | None
    allow_url: bool


class Encoding(click.ParamType[str]):
    """A name that Python knows an encoding by."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> str:  # Any: click's
        """The name. Fails where no text is read in an encoding of this name, as of UTF-7, in which words hide from filters."""
        from summarizer.reading.encodings import known

        if known(value) is None:
            self.fail(f"{value!r} is no encoding.", param, context)
        return str(value)


max_characters_option = click.option(
    "--max-characters",
    type=click.IntRange(min=1),
    default=DEFAULT_MAX_CHARACTERS,
    show_default=True,
    help="Refuse longer reports.",
)
OPTIONS = (
    max_characters_option,
    click.option(
        "--keep-hidden",
        is_flag=True,
        help="Keep words that nobody sees who looks at the report, marked; they are left out otherwise, and listed.",
    ),
    click.option(
        "--encoding", type=Encoding(), help="Of text, web pages, JSON Lines and CSV.  [default: as they say, or a guess]"
    ),
    click.option("--allow-url", is_flag=True, help="Fetch FILEs that are web addresses (http, https) from public servers."),
)


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:  # Any: click's commands take what their options say
    """Give a command these options; it gets what they say, and the setting for web addresses, as one value, `reading`."""

    @wraps(command)
    def with_reading(
        *arguments: Any, max_characters: int, keep_hidden: bool, encoding: str | None, allow_url: bool, **options: Any
    ) -> Any:
        reading = Reading(
            max_characters=max_characters,
            keep_hidden=keep_hidden,
            encoding=encoding,
            allow_url=allow_url or Settings.from_environment().allow_url,
        )
        return command(*arguments, reading=reading, **options)

    for option in reversed(OPTIONS):
        with_reading = option(with_reading)
    return with_reading
