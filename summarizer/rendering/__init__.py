"""A briefing as somebody wants to read it. Renderers see a `Briefing` and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never, get_args, overload

if TYPE_CHECKING:
    from collections.abc import Callable

    from summarizer.briefing import Briefing

Length = Literal["short", "standard", "full"]
LENGTHS: tuple[Length, ...] = get_args(Length)

TextFormat = Literal["markdown", "html", "json", "jsonl", "plover"]
BinaryFormat = Literal["xlsx", "dna"]
FolderFormat = Literal["csv", "parquet"]
"""Formats that are several files."""
Format = Literal[TextFormat, BinaryFormat, FolderFormat]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[Format, str] = {
    "markdown": ".md",
    "html": ".html",
    "json": ".json",
    "jsonl": ".jsonl",
    "plover": ".jsonl",
    "xlsx": ".xlsx",
    "dna": ".dna",
    "csv": "",
    "parquet": "",
}

Rendering = str | bytes | dict[str, bytes]
"""Text, the content of a file, or the contents of several files by their names."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a briefing looks where its format leaves a choice.

    `length` is of pages that people read; what programs read is always all of it. `template`: a Jinja file of the user's own
    that makes the page, whatever the format.
    """

    length: Length = "standard"
    template: Path | None = None


def require(format: Format, *, look: Look = Look()) -> None:
    """Before anything is asked: raises UsageError where `render` would for this format, whatever the briefing."""
    _renderer(format, look)


@overload
def render(briefing: Briefing, *, format: TextFormat = ..., look: Look = ...) -> str: ...
@overload
def render(briefing: Briefing, *, format: BinaryFormat, look: Look = ...) -> bytes: ...
@overload
def render(briefing: Briefing, *, format: FolderFormat, look: Look = ...) -> dict[str, bytes]: ...
@overload
def render(briefing: Briefing, *, format: Format, look: Look = ...) -> Rendering: ...
def render(briefing: Briefing, *, format: Format = "markdown", look: Look = Look()) -> Rendering:
    """The briefing in this format: text that ends in a newline, the bytes of a file, or those of several by their names.

    Raises UsageError where a library is missing that the format takes, and for a template that is none.
    """
    return _renderer(format, look)(briefing)


def _renderer(format: Format, look: Look) -> Callable[[Briefing], Rendering]:
    """What makes a format. Each is imported when it is wanted: some take libraries that not everybody has."""
    from summarizer.rendering.outline import outline

    if look.template is not None:
        from summarizer.rendering.template import Template

        template = Template(look.template)
        return lambda briefing: template.page(outline(briefing, length=look.length))
    match format:
        case "markdown":
            from summarizer.rendering.markdown import markdown

            return lambda briefing: markdown(outline(briefing, length=look.length))
        case "html":
            from summarizer.rendering.html import html

            return lambda briefing: html(outline(briefing, length=look.length))
        case "json":
            return lambda briefing: briefing.to_json() + "\n"
        case "csv":
            from summarizer.rendering.tables.separated import comma_separated

            return comma_separated
        case "xlsx":
            from summarizer.rendering.tables.workbook import workbook

            return workbook
        case "jsonl":
            from summarizer.rendering.tables.lines import json_lines

            return json_lines
        case "parquet":
            from summarizer.rendering.tables.parquet import parquet

            return parquet
        case "dna":
            from summarizer.rendering.research.dna import dna

            return dna
        case "plover":
            from summarizer.rendering.research.plover import plover

            return plover
        case _:
            assert_never(format)
