"""A briefing as somebody wants to read it. Renderers see a `Briefing` and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never, get_args, overload

from summarizer.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from summarizer.briefing import Briefing
    from summarizer.rendering.wording import Language

Length = Literal["short", "standard", "full"]
LENGTHS: tuple[Length, ...] = get_args(Length)
Styling = Literal["none", "bold", "colour"]

TextFormat = Literal["markdown", "terminal", "html", "json", "jsonl", "plover"]
BinaryFormat = Literal["docx", "pdf", "xlsx", "dna"]
FolderFormat = Literal["csv", "parquet"]
"""Formats that are several files."""
Format = Literal[TextFormat, BinaryFormat, FolderFormat]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[Format, str] = {
    "markdown": ".md",
    "terminal": ".txt",
    "html": ".html",
    "json": ".json",
    "jsonl": ".jsonl",
    "plover": ".jsonl",
    "docx": ".docx",
    "pdf": ".pdf",
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

    `length` and `language` (of fixed words, numbers and dates) are of pages that people read; what programs read is always all
    of it, in English. `template`: a Jinja file of the user's own that makes the page, whatever the format. `reference_doc`: a
    Word document whose styles, page, headers and footers a `docx` takes over. `width` (in columns) and `styling` are those of
    a terminal; "bold" has no colours.
    """

    length: Length = "standard"
    language: Language = "en"
    template: Path | None = None
    reference_doc: Path | None = None
    width: int = 80
    styling: Styling = "none"


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

    Raises UsageError where a library is missing that the format takes, and for a template or `reference_doc` that is none, and
    OutputError for a briefing that the format cannot hold.
    """
    try:
        return _renderer(format, look)(briefing)
    except OverflowError as error:  # the contract does not bound its integers; files do
        raise OutputError(f"the briefing holds a number that no {format} can hold: make another --format") from error


def _renderer(format: Format, look: Look) -> Callable[[Briefing], Rendering]:
    """What makes a format. Each is imported when it is wanted: some take libraries that not everybody has."""
    from summarizer.rendering.outline import outline

    if look.reference_doc is not None and (format != "docx" or look.template is not None):
        raise UsageError(
            f"--reference-doc is for --format docx, not for {'a template' if look.template else format}: leave it out"
        )
    page = partial(outline, language=look.language, length=look.length)
    if look.template is not None:
        from summarizer.rendering.template import Template

        template = Template(look.template)
        return lambda briefing: template.page(page(briefing))
    match format:
        case "markdown":
            from summarizer.rendering.markdown import markdown

            return lambda briefing: markdown(page(briefing))
        case "terminal":
            from summarizer.rendering.terminal import terminal

            return lambda briefing: terminal(page(briefing), width=look.width, styling=look.styling)
        case "html":
            from summarizer.rendering.html import html

            return lambda briefing: html(page(briefing))
        case "docx":
            from summarizer.rendering.docx import docx
            from summarizer.rendering.docx.package import WordFile

            WordFile(look.reference_doc)  # it raises what there is to raise
            return lambda briefing: docx(page(briefing), reference_doc=look.reference_doc)
        case "pdf":
            from summarizer.rendering.html import html
            from summarizer.rendering.pdf import pdf, weasyprint

            weasyprint()
            return lambda briefing: pdf(html(page(briefing)))
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
