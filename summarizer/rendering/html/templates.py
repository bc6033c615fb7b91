"""Templates of web pages, in which whatever is filled in stays text.

Everything is escaped by the template engine, control characters are shown as their pictures (U+2400 on), and a name that is
not filled in is an error. jinja2 is known here besides `prompting`, whose texts must not be escaped.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

import jinja2

from summarizer.rendering.controls import pictured


@cache
def template(package: str, name: str) -> jinja2.Template:
    """The template of this name that lies beside the modules of this package."""
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_pictured,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.from_string(text_beside(package, name))


def text_beside(package: str, name: str) -> str:
    """What the file of this name says that lies beside the modules of this package."""
    return files(package).joinpath(name).read_text(encoding="utf-8")


def content_hash(text: str) -> str:
    """By what a Content-Security-Policy knows an inline style sheet or script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _pictured(value: object) -> object:
    """What is filled in, but for what is markup already: what a macro made, a style sheet of our own."""
    return pictured(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
