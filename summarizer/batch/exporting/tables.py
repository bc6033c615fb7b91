"""The tables of all briefings, a file each, written row by row; what has no briefing is a row of the table `failures`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import BinaryIO

from summarizer.batch.results import Briefed, Failed, Result, Results
from summarizer.files import replacement
from summarizer.rendering.tables import Columns, Table, TableFile, empty_tables, failures, placed, tables


def write_tables(results: Results, folder: Path, *, suffix: str, table_file: Callable[[BinaryIO, Columns], TableFile]) -> None:
    """Write `items` and so on, with this suffix, into the folder. Where one cannot be written, none is new. Raises OSError."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as parts, ExitStack() as opened:  # all are closed before the first is put in its place
        files = {}
        for table in empty_tables():
            part = parts.enter_context(replacement(folder / f"{table.name}{suffix}"))
            file = opened.enter_context(part.open("wb"))
            files[table.name] = opened.enter_context(closing(table_file(file, table.columns)))
        for result in results:
            for table in _tables(result):
                files[table.name].add(table.rows)


def _tables(result: Result) -> tuple[Table, ...]:
    match result:
        case Briefed(entry=entry, briefing=briefing):
            return tuple(placed(table, entry) for table in tables(briefing))
        case Failed():
            return (failures(result.entry, result.source, result.document, result.why, result.reason),)
