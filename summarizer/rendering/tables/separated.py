"""Tables as CSV: a file each, RFC 4180, UTF-8. What a sheet would calculate is kept from being a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import BinaryIO

from summarizer.briefing import Briefing
from summarizer.rendering.controls import pictured
from summarizer.rendering.tables import Cell, Columns, Table, joined, tables

_FORMULA = re.compile(r"[\s'\u200b-\u200f\u2060\ufeff\u2400-\u2421]*[=+\-@＝＋－＠]")
"""What sheets take for the start of a formula, some of them after white space or in wide characters."""


def comma_separated(briefing: Briefing) -> dict[str, bytes]:
    """A file for each table, `items.csv` and so on, with the names of its columns in the first line."""
    return {f"{table.name}.csv": _file(table) for table in tables(briefing)}


def _file(table: Table) -> bytes:
    data = io.BytesIO()
    file = SeparatedFile(data, table.columns)
    file.add(table.rows)
    file.close()
    return data.getvalue()


class SeparatedFile:
    """A table as CSV, written row by row."""

    def __init__(self, file: BinaryIO, columns: Columns) -> None:
        """The file stays open when this is closed."""
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        self._writer = csv.writer(self._text)
        self._writer.writerow(name for name, _ in columns)

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        self._writer.writerows(map(_cell, row) for row in rows)

    def close(self) -> None:
        self._text.detach()  # it writes what it holds


def _cell(cell: Cell) -> str | int | float | None:
    """What is written: a text that would begin a formula has a `'` before it, as has one that begins with such a `'`."""
    value = joined(cell)
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    shown = pictured(value)
    return f"'{shown}" if _FORMULA.match(shown) else shown
