"""What the readers of corpora give: a row for each record, or what is wrong with it. A bad record never ends a corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of the fields, or columns, in which records keep what a document is made of. Only `text` has to be there.

    `source` is where a record says it comes from: it becomes the document's publisher.
    """

    text: str = "text"
    id: str = "id"
    title: str = "title"
    published: str = "published"
    language: str = "language"
    source: str = "source"

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (self.text, self.id, self.title, self.published, self.language, self.source)


@dataclass(frozen=True, slots=True)
class Row:
    """The values of one record. `line` is where it begins, counted from 1; in Parquet, which has no lines, its row."""

    line: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Failure:
    """A record, a file or the rest of a file that gave no document, and why.

    `line` is None where the whole of `path` is meant, or the rest of it; `reason` then names the path itself.
    """

    path: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        return self.reason if self.line is None else f"{self.path!r}, line {self.line}: {self.reason}"


def first_twice(names: Iterable[str]) -> str | None:
    """The first of these names that is there more than once; None where each is there once."""
    return next((name for name, number in Counter(names).items() if number > 1), None)
