"""Tables as Parquet, a file each: texts, numbers, truth values and lists keep their types."""

from __future__ import annotations

import io

from summarizer.briefing import Briefing
from summarizer.errors import UsageError
from summarizer.rendering.tables import Table, tables

try:
    import pyarrow as pa
    from pyarrow.parquet import write_table
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


def parquet(briefing: Briefing) -> dict[str, bytes]:
    """A file for each table, `items.parquet` and so on; each column has its type also where all its cells are empty."""
    return {f"{table.name}.parquet": _file(table) for table in tables(briefing)}


def _file(table: Table) -> bytes:
    schema = pa.schema([(name, _TYPES[type]) for name, type in table.columns])
    names = [name for name, _ in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows]
    data = io.BytesIO()
    write_table(pa.Table.from_pylist(rows, schema=schema), data)
    return data.getvalue()
