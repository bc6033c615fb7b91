"""The options that say what the records of a corpus hold, for the commands that take more than one report."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

FIELDS = {
    "text": "The field, or column, in which a record has its text.",
    "id": "... what it is called.",
    "title": "... its title.",
    "published": "... its date, as in 2025-05-03.",
    "language": "... the code of its language.",
    "source": "... its publisher.",
}
OPTIONS = tuple(
    click.option(f"--{field}-field", metavar="NAME", default=field, show_default=True, help=words)
    for field, words in FIELDS.items()
)


def corpus_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command these options; it gets the names as one value, `fields`."""

    @wraps(command)
    def with_fields(*arguments: Any, **options: Any) -> int:  # Any: the command's own among them
        from summarizer.reading.corpora import Fields  # only needed to read

        fields = Fields(**{field: options.pop(f"{field}_field") for field in FIELDS})
        return command(*arguments, fields=fields, **options)

    for option in reversed(OPTIONS):
        with_fields = option(with_fields)
    return with_fields
