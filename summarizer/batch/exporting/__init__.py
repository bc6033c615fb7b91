"""The results of a run as files: one after the other, so that a run of any length takes no more memory than a short one.

    lines      a briefing a line
    tables     a row for each item, and so on
    database   statements for Discourse Network Analyzer
    pages      a folder of web pages, and a list of them that can be searched

Every file is whole or not there at all. What is exported twice is the same, but for when and how long briefings were made,
and what their answers took, which stand in them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO, assert_never, get_args

from summarizer.errors import OutputError, UsageError

if TYPE_CHECKING:
    from summarizer.batch.results import Results, Tally

FileFormat = Literal["jsonl", "dna"]
FolderFormat = Literal["parquet", "csv", "html"]
"""Formats that are several files."""
ExportFormat = Literal[FileFormat, FolderFormat]
EXPORT_FORMATS: tuple[ExportFormat, ...] = ("jsonl", "parquet", "csv", "dna", "html")


def export(run: Path, place: Path | TextIO, *, format: ExportFormat = "jsonl") -> Tally:
    """Write the results of the run in this folder, as they stand now, and count them.

    `place`: a file, or for what is several files a folder, in which others are left as they are; for `jsonl` also a stream.
    Raises UsageError where there is no run, for a place that does not go with the format, and where a library is missing;
    OutputError where the run cannot be read, or the results not be written.
    """
    from summarizer.batch.results import results

    if not isinstance(place, Path):
        _require_lines(format)
        return _written_to(run, place)
    _require_kind(place, format)
    if place.resolve().is_relative_to(run.resolve()):
        raise UsageError(f"{str(place)!r} is inside the run, which it could destroy: name another place")
    try:
        with results(run) as found:
            if found.named.holds(place):
                raise UsageError(f"{str(place)!r} would be a part of the corpus of this run: name another place")
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(found, place, format)
            return found.tally
    except OSError as error:
        raise OutputError(
            f"the results cannot be written to {str(place)!r} ({error.strerror or error}): name another place"
        ) from error


def _written_to(run: Path, stream: TextIO) -> Tally:
    from summarizer.batch.exporting.lines import write_lines
    from summarizer.batch.results import results

    with results(run) as found:
        write_lines(found, stream)
        return found.tally


def _write(found: Results, place: Path, format: ExportFormat) -> None:
    """Each is imported when it is wanted: some take libraries that not everybody has."""
    match format:
        case "jsonl":
            from summarizer.batch.exporting.lines import write_file

            write_file(found, place)
        case "csv":
            from summarizer.batch.exporting.tables import write_tables
            from summarizer.rendering.tables.separated import SeparatedFile

            write_tables(found, place, suffix=".csv", table_file=SeparatedFile)
        case "parquet":
            from summarizer.batch.exporting.tables import write_tables
            from summarizer.rendering.tables.parquet import ParquetFile

            write_tables(found, place, suffix=".parquet", table_file=ParquetFile)
        case "dna":
            from summarizer.batch.exporting.database import write_database

            write_database(found, place)
        case "html":
            from summarizer.batch.exporting.pages import write_pages

            write_pages(found, place)
        case _:
            assert_never(format)


def _require_lines(format: ExportFormat) -> None:
    if format != "jsonl":
        raise UsageError(f"format {format} is no text: name a place for it with --output")


def _require_kind(place: Path, format: ExportFormat) -> None:
    """Let a place pass that is a folder for several files, or none for one."""
    is_several = format in get_args(FolderFormat)
    if is_several and place.exists() and not place.is_dir():
        raise UsageError(f"{str(place)!r} is a file, and the files of format {format} want a folder: name one with --output")
    if not is_several and place.is_dir():
        raise UsageError(f"{str(place)!r} is a folder, and format {format} is one file: name it with --output")
