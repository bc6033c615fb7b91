"""The records of a Parquet file, read by another process (`columns`), which may fail without harm to this one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from summarizer.reading.corpora.lines import Line, lines, too_long
from summarizer.reading.corpora.rows import Failure, Fields, Row

_PROCESS = "summarizer.reading.corpora.columns"


def parquet_rows(path: Path, *, fields: Fields, name: str, max_characters: int, longest: int) -> Iterator[Row | Failure]:
    """Each row. `line` counts the rows from 1."""
    if find_spec("pyarrow") is None:
        yield Failure(name, None, f"{name!r} is a Parquet file, and reading these takes pip install 'summarizer[corpora]'.")
        return
    arguments = json.dumps([str(path.absolute()), fields.names, max_characters])
    # -P: without it, a pyarrow.py in the folder where the user happens to be would be run.
    command = [sys.executable, "-P", "-m", _PROCESS, arguments]
    nothing = subprocess.DEVNULL
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing, encoding="utf-8"
    ) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe, as asked for
        try:
            yield from _rows(lines(process.stdout, longest=longest), process, name=name, longest=longest)
        finally:
            process.kill()


def _rows(said: Iterator[Line], process: subprocess.Popen[str], *, name: str, longest: int) -> Iterator[Row | Failure]:
    row = 0
    for line in said:
        if line.too_long:
            row += 1
            yield Failure(name, row, too_long(longest))
            continue
        answer = json.loads(line.text) if line.text.endswith("\n") else None  # cut where the process was ended
        match answer:
            case []:
                return
            case [None, None, str(problem)]:
                yield Failure(name, None, f"{name!r} is not read: {problem}")
                return
            case [int(row), None, str(problem)]:
                yield Failure(name, row, problem)
            case [int(row), values, None]:
                yield Row(row, values)
            case _:
                break
    yield Failure(
        name,
        row + 1,
        f"the process that reads it came to its end ({process.wait()}), by a limit of memory or time or by a fault: "
        "the rest is lost.",
    )
