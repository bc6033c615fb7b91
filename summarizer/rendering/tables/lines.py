"""Tables as JSON Lines: a row is an object, with the name of its table. All types and lists are as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping

from summarizer.briefing import Briefing
from summarizer.printable import printable_json
from summarizer.rendering.tables import tables


def json_lines(briefing: Briefing) -> str:
    """A line for each row of each table, `{"table": "items", ...}`."""
    return "".join(
        json_line({"table": table.name} | {name: cell for (name, _), cell in zip(table.columns, row, strict=True)})
        for table in tables(briefing)
        for row in table.rows
    )


def json_line(record: Mapping[str, object]) -> str:
    """The record as one line of JSON that a terminal shows and does not obey."""
    return printable_json(json.dumps(record, ensure_ascii=False)) + "\n"
