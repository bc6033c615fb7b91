"""A briefing as somebody wants to read it. Renderers see a `Briefing` and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, assert_never, get_args, overload

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.rendering.wording import Language

TextFormat = Literal["markdown", "terminal", "html", "json"]
Styling = Literal["none", "bold", "colour"]
BinaryFormat = Literal["docx", "pdf"]
Format = Literal["markdown", "terminal", "html", "json", "docx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[Format, str] = {
    "markdown": ".md",
    "terminal": ".txt",
    "html": ".html",
    "json": ".json",
    "docx": ".docx",
    "pdf": ".pdf",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a briefing looks where its format leaves a choice.

    `language`: that of the fixed words, numbers and dates. `reference_doc`: a Word document whose styles, page,
    headers and footers a `docx` takes over. `width` (in columns) and `styling` are those of a terminal; "bold" has no colours.
    """

    language: Language = "en"
    reference_doc: Path | None = None
    width: int = 80
    styling: Styling = "none"


def require(format: Format, *, look: Look = Look()) -> None:
    """Before anything is asked: raises UsageError where `render` would for this format, whatever the briefing."""
    match format:
        case "docx":
            from summarizer.rendering.docx.package import WordFile

            WordFile(look.reference_doc)
        case "pdf":
            from summarizer.rendering.pdf import weasyprint

            weasyprint()
        case _:
            pass


@overload
def render(briefing: Briefing, *, format: TextFormat = ..., look: Look = ...) -> str: ...


@overload
def render(briefing: Briefing, *, format: BinaryFormat, look: Look = ...) -> bytes: ...


@overload
def render(briefing: Briefing, *, format: Format, look: Look = ...) -> str | bytes: ...


def render(briefing: Briefing, *, format: Format = "markdown", look: Look = Look()) -> str | bytes:
    """The briefing in this format: text, which ends in a newline, or the bytes of a file.

    Raises UsageError where a library is missing that the format takes, or `reference_doc` is no Word document.
    """
    from summarizer.rendering.outline import outline

    match format:
        case "markdown":
            from summarizer.rendering.markdown import markdown

            return markdown(outline(briefing, language=look.language))
        case "terminal":
            from summarizer.rendering.terminal import terminal

            return terminal(outline(briefing, language=look.language), width=look.width, styling=look.styling)
        case "html":
            from summarizer.rendering.html import html

            return html(outline(briefing, language=look.language))
        case "docx":
            from summarizer.rendering.docx import docx

            return docx(outline(briefing, language=look.language), reference_doc=look.reference_doc)
        case "pdf":
            from summarizer.rendering.pdf import pdf
            from summarizer.rendering.print_page import print_page

            return pdf(print_page(outline(briefing, language=look.language)))
        case "json":
            return briefing.to_json() + "\n"
        case _:
            assert_never(format)
