"""A briefing as somebody wants to read it. Renderers see a `Briefing` and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never, get_args, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    from summarizer.briefing import Briefing
    from summarizer.rendering.outline import Length

TextFormat = Literal["markdown", "json", "jsonl", "plover"]
FileFormat = Literal["xlsx", "dna"]
FolderFormat = Literal["csv", "parquet"]
Format = Literal[TextFormat, FileFormat, FolderFormat]
Rendering = str | bytes | dict[str, bytes]
"""Text, the content of a file, or the contents of several files by their names."""

FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[Format, str] = {
    "markdown": ".md",
    "json": ".json",
    "jsonl": ".jsonl",
    "plover": ".jsonl",
    "xlsx": ".xlsx",
    "dna": ".dna",
    "csv": "",  # a folder
    "parquet": "",
}


@overload
def render(briefing: Briefing, *, format: TextFormat = "markdown", length: Length = "standard") -> str: ...
@overload
def render(briefing: Briefing, *, format: FileFormat, length: Length = "standard") -> bytes: ...
@overload
def render(briefing: Briefing, *, format: FolderFormat, length: Length = "standard") -> dict[str, bytes]: ...
@overload
def render(briefing: Briefing, *, format: Format, length: Length = "standard") -> Rendering: ...
def render(briefing: Briefing, *, format: Format = "markdown", length: Length = "standard") -> Rendering:
    """The briefing in this format: text that ends in a newline, or bytes, or for tables the bytes of files by their names.

    `length` is of pages that people read; what programs read is always all of it. Raises UsageError where the format takes
    a library that is not installed.
    """
    return _renderer(format)(briefing, length)


def require(format: Format) -> None:
    """Let a format pass that can be made here. Raises UsageError where it takes a library that is not installed."""
    _renderer(format)


def _renderer(format: Format) -> Callable[[Briefing, Length], Rendering]:
    """What makes a format. Each is imported when it is wanted: some take libraries that not everybody has."""
    match format:
        case "markdown":
            from summarizer.rendering.markdown import markdown
            from summarizer.rendering.outline import outline

            return lambda briefing, length: markdown(outline(briefing, length=length))
        case "json":
            return lambda briefing, _: briefing.to_json() + "\n"
        case "csv":
            from summarizer.rendering.tables.separated import comma_separated

            return lambda briefing, _: comma_separated(briefing)
        case "xlsx":
            from summarizer.rendering.tables.workbook import workbook

            return lambda briefing, _: workbook(briefing)
        case "jsonl":
            from summarizer.rendering.tables.lines import json_lines

            return lambda briefing, _: json_lines(briefing)
        case "parquet":
            from summarizer.rendering.tables.parquet import parquet

            return lambda briefing, _: parquet(briefing)
        case "dna":
            from summarizer.rendering.research.dna import dna

            return lambda briefing, _: dna(briefing)
        case "plover":
            from summarizer.rendering.research.plover import plover

            return lambda briefing, _: plover(briefing)
        case _:
            assert_never(format)
