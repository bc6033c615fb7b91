"""Tables for people: columns of text at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.printable import printable


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """The rows in columns as wide as they must be, one line each, whatever is in the cells."""
    shown = [tuple(map(printable, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in shown)
