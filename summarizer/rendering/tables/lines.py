"""Tables as JSON Lines: a row is an object, with the name of its table. All types and lists are as they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from summarizer.briefing import Briefing
from summarizer.rendering.tables import tables

_OBEYED = re.compile("[\x7f-\x9f\u2028\u2029]")
"""What JSON lets stand as it is, and terminals or readers of lines obey."""


def json_lines(briefing: Briefing) -> str:
    """A line for each row of each table, `{"table": "items", ...}`."""
    return "".join(
        json_line({"table": table.name} | {name: cell for (name, _), cell in zip(table.columns, row, strict=True)})
        for table in tables(briefing)
        for row in table.rows
    )


def json_line(record: Mapping[str, object]) -> str:
    """The record as one line of JSON that a terminal shows and does not obey."""
    return on_one_line(json.dumps(record, ensure_ascii=False))


def on_one_line(text: str) -> str:
    """JSON without line ends of its own, as one such line: it means the same."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
