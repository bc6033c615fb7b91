"""The options of every command that shows briefings: in which format, by which template, how long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from summarizer.rendering import FORMATS, SUFFIXES, FolderFormat, Format, TextFormat

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.rendering import Rendering
    from summarizer.rendering.outline import Length
    from summarizer.rendering.template import Template

LENGTHS = ("short", "standard", "full")
OPTIONS = (
    click.option(
        "--format", "format_", type=click.Choice(FORMATS), default="markdown", show_default=True, help="What to print."
    ),
    click.option(
        "--length",
        type=click.Choice(LENGTHS),
        default="standard",
        show_default=True,
        help="Of a page: core items on one page; all items; or all checks, too.",
    ),
    click.option(
        "--template",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        help="A Jinja file of your own that the page is made by.",
    ),
    click.option("--output", metavar="PATH", help="Write here, not to stdout: a file, or a folder for several."),
)


@dataclass(frozen=True)
class Style:
    """How briefings are shown. `template` goes before `format`."""

    format: Format
    length: Length = "standard"
    template: Path | None = None

    def render(self, briefing: Briefing) -> Rendering:
        """The briefing in this style. Raises UsageError for a template that is none."""
        from summarizer.rendering import render

        if self._template is None:
            return render(briefing, format=self.format, length=self.length)
        from summarizer.rendering.outline import outline

        return self._template.page(outline(briefing, length=self.length))

    def require(self) -> None:
        """Let a style pass that can be shown. Raises UsageError for a template that is none, and for a missing library."""
        from summarizer.rendering import require

        if self._template is None:
            require(self.format)

    @property
    def is_text(self) -> bool:
        """Whether it can be printed."""
        return self.template is not None or self.format in get_args(TextFormat)

    @property
    def several_files(self) -> bool:
        """Whether it is more than one file."""
        return self.template is None and self.format in get_args(FolderFormat)

    @property
    def suffix(self) -> str:
        """How its files end: as the template's own does, less `.j2`."""
        if self.template is None:
            return SUFFIXES[self.format]
        return Path(self.template.name.removesuffix(".j2").removesuffix(".jinja")).suffix or ".txt"

    @cached_property
    def _template(self) -> Template | None:
        from summarizer.rendering.template import Template

        return None if self.template is None else Template(self.template)


def style_options(command: Callable[..., Any]) -> Callable[..., Any]:  # Any: click's commands take what their options say
    """Give a command these options; it gets what they say of the looks as one value, `style`, and `output` as it is."""

    @wraps(command)
    def with_style(*arguments: Any, format_: Format, length: Length, template: Path | None, **options: Any) -> Any:
        return command(*arguments, style=Style(format_, length, template), **options)

    for option in reversed(OPTIONS):
        with_style = option(with_style)
    return with_style
