"""What gave no document, as stderr tells it: a corpus of a million broken records does not print a million lines."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

import click

from summarizer.printable import printable

if TYPE_CHECKING:
    from summarizer.reading.corpora import Failure

_SHOWN = 20  # records of one file


class Unread:
    """Says each failure, but of one file only the first `_SHOWN` records, and counts all. At its end it says how many more."""

    def __init__(self, command: str) -> None:
        self.number = 0
        self._command = command
        self._path = ""
        self._records = 0  # of this path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._say_the_rest()

    def tell(self, failure: Failure) -> None:
        """Say this failure, or keep it for the number of the rest."""
        self.number += 1
        if failure.path != self._path:
            self._say_the_rest()
            self._path, self._records = failure.path, 0
        self._records += failure.line is not None
        if failure.line is None or self._records <= _SHOWN:
            self._say(str(failure))

    def _say_the_rest(self) -> None:
        if self._records > _SHOWN:
            self._say(f"{self._path!r}: {self._records - _SHOWN:,} more records give no document.")

    def _say(self, words: str) -> None:
        click.echo(f"{self._command}: {printable(words)}", err=True)
