"""The records of a Parquet file, read by another process (`columns`), which may fail without harm to this one.

What it sends was made from a stranger's bytes, and is believed as far as it has the form that was agreed on.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from summarizer.reading import confined
from summarizer.reading.confined import MEGABYTE, Bounds, Confined
from summarizer.reading.corpora.lines import Line, lines, too_long
from summarizer.reading.corpora.rows import Failure, Fields, Row

_COLUMNS = "summarizer.reading.corpora.columns"
_MEMORY = 1 << 30  # bytes of address space; importing pyarrow takes a third of it
_SECONDS = 60  # for a small file
_SECONDS_A_MEGABYTE = 20


def parquet_rows(
    path: Path,
    *,
    fields: Fields,
    name: str,
    max_characters: int,
    longest: int,
    columns: str = _COLUMNS,
    bounds: Bounds | None = None,
) -> Iterator[Row | Failure]:
    """Each row. `line` counts the rows from 1. `columns` is the module that reads them."""
    if find_spec("pyarrow") is None:
        yield Failure(name, None, f"{name!r} is a Parquet file, and reading these takes pip install 'summarizer[corpora]'.")
        return
    bounds = bounds or _bounds(path)
    request = {"path": str(path.absolute()), "names": fields.names, "max_characters": max_characters}
    with (
        Confined((columns,), request, bounds=bounds) as process,
        TextIOWrapper(cast(BinaryIO, process.answers), "utf-8", errors="replace", newline="\n") as text,
    ):
        said = _awaited(lines(text, longest=longest), process, bounds)
        yield from _rows(said, process, name=name, longest=longest)


def _awaited(said: Iterator[Line], process: Confined, bounds: Bounds) -> Iterator[Line]:
    """The lines. The wait for each is bounded, and that for all of them together; what is done with them is no wait."""
    left: float = bounds.seconds
    process.send()
    while True:
        begun = time.monotonic()
        seconds, of = min((bounds.patience, bounds.patience), (max(left, 0), bounds.seconds))
        with process.within(seconds, of=of):
            line = next(said, None)
        left -= time.monotonic() - begun
        if line is None:
            return
        yield line


def _rows(said: Iterator[Line], process: Confined, *, name: str, longest: int) -> Iterator[Row | Failure]:
    last = 0
    for line in said:
        if line.too_long:
            last += 1
            yield Failure(name, last, too_long(longest))
            continue
        match _answer(line):
            case []:
                return
            case [None, None, str(problem)]:
                yield Failure(name, None, f"{name!r} is not read: {problem}")
                return
            case [int(row), None, str(problem)] if row > last:
                yield Failure(name, row, problem)
            case [int(row), dict(values), None] if row > last:
                yield Row(row, values)
            case _:
                break
        last = row
    ended = process.why_it_ended()
    yield Failure(name, None, f"{name!r} {ended.reason}, from row {last + 1:,} on: {ended.advice}.")


def _answer(line: Line) -> object:
    """What the process said; None where it is no JSON, as a line is that was cut where the process was ended."""
    try:
        return json.loads(line.text)
    except (ValueError, RecursionError):
        return None


def _bounds(path: Path) -> Bounds:
    """As much time as a file of this size may take in all, and for each answer the usual patience."""
    seconds = _SECONDS + _SECONDS_A_MEGABYTE * (path.stat().st_size // MEGABYTE)
    return replace(confined.DEFAULT, seconds=seconds, memory=_MEMORY)
