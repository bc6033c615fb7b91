"""The records of a CSV or TSV file: strictly, since a table that is read leniently loses and mixes up text in silence.

A record is what `csv` takes for one. Where its quotation marks are wrong, `csv` cannot say where it ends, so it is told by
their number: a record that is written correctly has an even number of them. Where that never becomes even, the mark that
opens the record is a stray one if every line after it is a record for itself; if not, the record is cut, and what follows
belongs to it: its paragraphs are not taken for records.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator

from summarizer.printable import printable
from summarizer.reading.corpora.lines import Line, too_long, undecoded
from summarizer.reading.corpora.rows import Failure, Row, first_twice

_DELIMITERS = ",;\t|"
_COLUMNS_SHOWN = 12
_MOST_COLUMNS = 10_000  # every record would be told apart into as many


class _TooLong(Exception):
    """A record that goes on for longer than it may."""


def table_rows(numbered: Iterator[Line], *, text: str, name: str, encoding: str, longest: int) -> Iterator[Row | Failure]:
    """Each record under the names in the first line. The delimiter is the one that makes `text` one of these names."""
    # One number for the whole process: only ever raised, since others may rely on what they set. `longest` is our bound.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * longest))
    table = _Table(numbered, longest=longest)
    head = next((line for line in table if line.text.strip() or line.too_long), None)
    if head is None:
        return
    delimiter, columns = _header(head, text)
    missing = undecoded(head.text, encoding) or _problem(columns, text)
    if missing:
        yield Failure(name, head.number, missing)
        return
    table.delimiter, table.width = delimiter, len(columns)
    while (record := table.record()) is not None:
        line, values = record
        if isinstance(values, str):
            yield Failure(name, line, values)
        elif values:
            wrong = next(filter(None, (undecoded(value, encoding) for value in values)), None) or _misfit(values, columns)
            yield Failure(name, line, wrong) if wrong else Row(line, dict(zip(columns, values, strict=True)))


def _header(head: Line, text: str) -> tuple[str, list[str]]:
    """The delimiter, and the names of the columns."""
    candidates = [(delimiter, [column.strip() for column in _cells(head.text, delimiter)]) for delimiter in _DELIMITERS]
    fitting = (candidate for candidate in candidates if text in candidate[1])
    return next(fitting, max(candidates, key=lambda candidate: len(candidate[1])))


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line that is a whole record; none where it is not one."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _problem(columns: list[str], text: str) -> str | None:
    """Why a table with these columns cannot be read."""
    if text not in columns:
        more = ", ..." if len(columns) > _COLUMNS_SHOWN else ""
        names = ", ".join(repr(column[:80]) for column in columns[:_COLUMNS_SHOWN])
        there_are = f"there are {printable(names) or 'none'}{more}"
        return f"there is no column {text!r} ({there_are}): name the one that holds the text with --text-field."
    if len(columns) > _MOST_COLUMNS:
        return f"has {len(columns):,} columns, and at most {_MOST_COLUMNS:,} are read: leave out those that are not needed."
    twice = first_twice(columns)
    return None if twice is None else f"two columns are called {twice!r}: rename one."


def _misfit(values: list[str], columns: list[str]) -> str | None:
    if len(values) == len(columns):
        return None
    return f"has {len(values)} cells, and the table has {len(columns)} columns: is a delimiter not in quotation marks?"


class _Table:
    """Lines from which records are taken; lines that turn out to belong to other records are put back."""

    def __init__(self, numbered: Iterator[Line], *, longest: int) -> None:
        self.delimiter = ","
        self.width = 0
        self._numbered = numbered
        self._put_back: deque[Line] = deque()
        self._longest = longest
        self._taken: list[Line] = []

    def __iter__(self) -> Iterator[Line]:
        while (line := self._next()) is not None:
            yield line

    def record(self) -> tuple[int, list[str] | str] | None:
        """The line where the next record begins, and its cells or what is wrong with it; None after the last."""
        self._taken = []
        try:
            # A reader for each record: what one that is broken leaves behind in it would spoil the next.
            cells = next(csv.reader(self._texts(), delimiter=self.delimiter, strict=True))
        except StopIteration:
            return None
        except _TooLong:
            return self._taken[0].number, self._broken(too_long(self._longest))
        except csv.Error as error:
            return self._taken[0].number, self._broken(f"its quotation marks are wrong ({printable(str(error))})")
        return self._taken[0].number, cells

    def _texts(self) -> Iterator[str]:
        room = self._longest
        for line in self:
            self._taken.append(line)
            room -= len(line.text)
            if line.too_long or room < 0:
                raise _TooLong
            yield line.text

    def _next(self) -> Line | None:
        return self._put_back.popleft() if self._put_back else next(self._numbered, None)

    def _broken(self, reason: str) -> str:
        """Go to where the next record begins; what is lost."""
        begin = self._taken[0]
        is_odd = sum(line.quotes for line in self._taken) % 2 == 1
        room = self._longest - sum(len(line.text) for line in self._taken)
        last = self._taken[-1]
        while is_odd and room > 0 and (line := self._next()) is not None:
            self._taken.append(line)
            is_odd ^= line.quotes % 2 == 1
            room -= len(line.text)
            last = line
        if is_odd and self._are_records(self._taken[1:]):
            self._put_back.extendleft(reversed(self._taken[1:]))
            return f"{reason.removesuffix('.')}. The quotation mark that it opens is not closed."
        while is_odd and (line := self._next()) is not None:
            is_odd ^= line.quotes % 2 == 1
            last = line
        extent = "" if last == begin else f" Lines {begin.number} to {last.number} are lost."
        return f"{reason.removesuffix('.')}.{extent}"

    def _are_records(self, following: list[Line]) -> bool:
        """Whether each of these lines is a record for itself."""
        return bool(following) and all(
            not line.too_long and line.quotes % 2 == 0 and len(_cells(line.text, self.delimiter)) == self.width
            for line in following
        )
