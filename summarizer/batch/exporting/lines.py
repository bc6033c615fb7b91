"""A line of JSON for each place of the corpus: a briefing as `--format json` prints it, or an object with `error`."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

from summarizer.batch.results import Briefed, Failed, Result, Results
from summarizer.files import replacement
from summarizer.rendering.tables.lines import json_line


def write_file(results: Results, path: Path) -> None:
    """Write the lines into this file. Raises OSError."""
    with replacement(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        write_lines(results, file)


def write_lines(results: Results, stream: TextIO) -> None:
    """Write the lines, each as soon as it is made. Raises OSError."""
    for result in results:
        stream.write(_line(result))


def _line(result: Result) -> str:
    match result:
        case Briefed(briefing=briefing):
            return briefing.to_json(indent=None) + "\n"
        case Failed():
            document = {"source": result.source, "id": result.document}
            return json_line({"error": {"class": result.why, "reason": result.reason}, "document": document})
