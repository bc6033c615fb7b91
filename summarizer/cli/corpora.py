"""The options that say how corpora are read, for `summarise` alone: other commands take one report."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from summarizer.reading.corpora.rows import Fields


class Encoding(click.ParamType[str]):
    """A name that Python knows an encoding by."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> str:  # Any: click's
        """The name. Fails where nothing is called so, or what is called so is no encoding of text."""
        try:
            "".encode(value)
        except (LookupError, ValueError, UnicodeError):
            self.fail(f"{value!r} is no encoding.", param, context)
        return str(value)


OPTIONS = (
    click.option("--text-field", metavar="NAME", default=Fields().text, show_default=True, help="Where a record has its text."),
    click.option("--id-field", metavar="NAME", default=Fields().id, show_default=True, help="... what it is called."),
    click.option("--title-field", metavar="NAME", default=Fields().title, show_default=True, help="... its title."),
    click.option("--published-field", metavar="NAME", default=Fields().published, show_default=True, help="... its date."),
    click.option("--language-field", metavar="NAME", default=Fields().language, show_default=True, help="... its language."),
    click.option("--encoding", type=Encoding(), help="Of JSON Lines and CSV that are not UTF-8."),
)


def corpus_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command these options; it gets the names as one value, `fields`, and `encoding`."""

    @wraps(command)
    def with_fields(
        *arguments: Any,
        text_field: str,
        id_field: str,
        title_field: str,
        published_field: str,
        language_field: str,
        **options: Any,  # Any: the command's own
    ) -> int:
        fields = Fields(text=text_field, id=id_field, title=title_field, published=published_field, language=language_field)
        return command(*arguments, fields=fields, **options)

    for option in reversed(OPTIONS):
        with_fields = option(with_fields)
    return with_fields
