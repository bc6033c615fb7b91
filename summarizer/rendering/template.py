"""A page by a template of the user's own: a Jinja file over the briefing and over what stands on its page.

The template runs in a sandbox, and is given plain values: of the models themselves it could call methods that read files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import SimpleNamespace

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from summarizer.errors import UsageError
from summarizer.rendering.controls import pictured
from summarizer.rendering.markdown import escaped
from summarizer.rendering.outline import Outline
from summarizer.rendering.wording import Wording

_MARKUP = (".html", ".htm", ".xhtml", ".xml", ".svg")


class Template:
    """A template that was read from a file."""

    def __init__(self, path: Path) -> None:
        """Raises UsageError for a file that cannot be read, or is no template.

        What is filled in is escaped where the file is called like markup (`page.html`, `page.html.j2`); filter `markdown`
        escapes for Markdown. Control characters are shown as their pictures everywhere.
        """
        try:
            self._template = _environment(path).from_string(path.read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"the template {str(path)!r} cannot be read ({error}): name a text file") from error
        except jinja2.TemplateError as error:
            raise UsageError(f"the template {str(path)!r} is none that Jinja can read: {error}") from error
        self._name = path.name

    def page(self, page: Outline) -> str:
        """What it makes of `briefing`, which is the JSON contract, and of `page`, its outline.

        Raises UsageError for whatever the template wants that it cannot have.
        """
        try:
            return self._template.render(briefing=_plain(page.briefing), page=_plain(page))
        except Exception as error:  # a template is the user's program: whatever it raises is its own
            raise UsageError(f"the template {self._name!r} cannot be filled in: {error}") from error


def _environment(path: Path) -> jinja2.Environment:
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        autoescape=path.name.lower().removesuffix(".j2").removesuffix(".jinja").endswith(_MARKUP),
        finalize=lambda value: pictured(value) if type(value) is str else value,  # not what is markup already
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["markdown"] = escaped
    return environment


def _plain(value: object) -> object:
    """The value with nothing to call: its fields by their names, or a list, or what it is."""
    match value:
        case Wording():
            return dict(value.phrases)
        case BaseModel():
            named = {field.alias or name: getattr(value, name) for name, field in type(value).model_fields.items()}
            return SimpleNamespace(**{name: _plain(each) for name, each in named.items()})
        case tuple() | list():
            return [_plain(each) for each in value]
        case Mapping():
            return {key: _plain(each) for key, each in value.items()}
        case _ if is_dataclass(value):
            return SimpleNamespace(**{field.name: _plain(getattr(value, field.name)) for field in fields(value)})
        case _:
            return value
