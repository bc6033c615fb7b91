"""A briefing as somebody wants to read it. Renderers see a `Briefing` and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never, get_args

if TYPE_CHECKING:
    from summarizer.briefing import Briefing

Format = Literal["markdown", "json", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
SUFFIXES: dict[Format, str] = {"markdown": ".md", "json": ".json", "html": ".html"}


def render(briefing: Briefing, *, format: Format = "markdown") -> str:
    """The briefing in this format, ending in a newline."""
    match format:
        case "markdown":
            from summarizer.rendering.markdown import markdown
            from summarizer.rendering.outline import outline

            return markdown(outline(briefing))
        case "html":
            from summarizer.rendering.html import html
            from summarizer.rendering.outline import outline

            return html(outline(briefing))
        case "json":
            return briefing.to_json() + "\n"
        case _:
            assert_never(format)
