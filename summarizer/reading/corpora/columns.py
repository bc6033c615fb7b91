"""Parquet as rows, for the process of its own in which it is read: the only module that knows pyarrow.

What it is sent may be hostile, and its decoders are native code: they run in a process that `confined` limits and `parquet`
starts, and a crash costs one file. Only the wanted columns are read, a few rows at a time, a page at a time.

The answer is a line of JSON for each row, `[row, values, null]` or `[row, null, what is wrong]`, and `[]` at the very end.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
from pyarrow import parquet

_ROWS = 16  # at a time
_COLUMNS_SHOWN = 12
_BUFFER = 1 << 16  # bytes of a column that are fetched at a time, not the whole of it


def answer(request: Mapping[str, Any], stdin: IO[bytes], stdout: IO[bytes]) -> None:  # Any: `parquet_rows` wrote it
    """Write the wanted columns of the file, the first of which is the text."""
    pa.set_memory_pool(pa.system_memory_pool())  # the others reserve more than they use
    for each in _answers(Path(request["path"]), request["names"], request["max_characters"]):
        stdout.write(f"{json.dumps(each)}\n".encode())
    stdout.write(b"[]\n")


def _answers(path: Path, names: Sequence[str], max_characters: int) -> Iterator[list[object]]:
    try:
        file = parquet.ParquetFile(path, pre_buffer=False, buffer_size=_BUFFER)
        problem = _problem(file.schema_arrow.names, names[0], rows=file.metadata.num_rows, size=path.stat().st_size)
    except (pa.ArrowException, OSError, MemoryError) as error:
        problem = f"it cannot be read as Parquet ({_first_line(error)}): fetch or write it again."
    if problem:
        yield [None, None, problem]
        return
    columns = [name for name in dict.fromkeys(names) if name in file.schema_arrow.names]
    first = 1
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        done = 0
        try:
            for batch in file.iter_batches(_ROWS, row_groups=[group], columns=columns, use_threads=False):
                for index in range(batch.num_rows):
                    yield [first + done, *_row(batch, index, columns, max_characters)]
                    done += 1
        except (pa.ArrowException, OSError, MemoryError) as error:
            lost = f"rows {first + done} to {first + rows - 1} are lost" if done + 1 < rows else "it is lost"
            yield [first + done, None, f"cannot be decoded ({_first_line(error)}): {lost}."]
        first += rows


def _problem(columns: Sequence[str], text: str, *, rows: int, size: int) -> str | None:
    """Why a file with these columns and so many rows is not read."""
    if text not in columns:
        names = ", ".join(map(repr, columns[:_COLUMNS_SHOWN]))
        return f"there is no column {text!r} (there are {names}): name the one that holds the text with --text-field."
    if columns.count(text) > 1:
        return f"two columns are called {text!r}: rename one."
    if rows > size:  # not even reports of one letter: the same row, said to be there a billion times
        return f"it claims {rows:,} rows in {size:,} bytes: fetch or write it again."
    return None


def _row(batch: Any, index: int, columns: Sequence[str], max_characters: int) -> tuple[object, object]:  # Any: no types
    """The values of a row and None, or None and what is wrong with it."""
    try:
        values = {name: _value(batch.column(name)[index].as_py) for name in columns}
    except UnicodeDecodeError as error:
        return None, f"is not UTF-8 (byte 0x{error.object[error.start]:02x}, after {error.start:,} bytes)."
    except (ValueError, OverflowError) as error:  # a date beyond the year 9999
        return None, f"holds a value that Python has no room for ({_first_line(error)})."
    text = values.get(columns[0])
    if isinstance(text, str) and len(text) > max_characters:
        return None, (
            f"its text has {len(text):,} characters, and at most {max_characters:,} are read: "
            "raise --max-characters, or split it."
        )
    return values, None


def _value(cell: Callable[[], object]) -> object:
    """A value that JSON can hold; of what holds other values only that it does."""
    match cell():
        case bytes() as value:
            return value.decode()
        case date() as value:  # and a time of a day
            return value.isoformat()
        case str() | int() | float() | None as value:
            return value
        case list():
            return []
        case _:
            return {}


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0].rstrip(".")
