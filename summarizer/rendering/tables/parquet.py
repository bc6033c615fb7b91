"""Tables as Parquet, a file each: texts, numbers, truth values and lists keep their types."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from summarizer.briefing import Briefing
from summarizer.errors import UsageError
from summarizer.rendering.tables import Cell, Columns, Table, tables

try:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter
except ImportError as error:
    raise UsageError("writing Parquet takes pip install 'summarizer[tables]'") from error

_TYPES = {
    "text": pa.string(),
    "number": pa.int64(),
    "decimal": pa.float64(),
    "truth": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "numbers": pa.list_(pa.int64()),
}


_ROWS_AT_ONCE = 5_000
"""In a row group: what is held in memory at a time."""


def parquet(briefing: Briefing) -> dict[str, bytes]:
    """A file for each table, `items.parquet` and so on; each column has its type also where all its cells are empty."""
    return {f"{table.name}.parquet": _file(table) for table in tables(briefing)}


def _file(table: Table) -> bytes:
    data = io.BytesIO()
    file = ParquetFile(data, table.columns)
    file.add(table.rows)
    file.close()
    return data.getvalue()


class ParquetFile:
    """A table as Parquet, written in row groups."""

    def __init__(self, file: BinaryIO, columns: Columns) -> None:
        """The file stays open when this is closed."""
        self._names = [name for name, _ in columns]
        self._schema = pa.schema([(name, _TYPES[type]) for name, type in columns])
        self._writer = ParquetWriter(file, self._schema)
        self._rows: list[dict[str, Cell]] = []
        self._is_begun = False

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        for row in rows:
            self._rows.append(dict(zip(self._names, row, strict=True)))
            if len(self._rows) == _ROWS_AT_ONCE:
                self._write()

    def close(self) -> None:
        if self._rows or not self._is_begun:  # a table without rows has one group, too
            self._write()
        self._writer.close()

    def _write(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows.clear()
        self._is_begun = True
