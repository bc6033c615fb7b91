"""Templates of web pages, in which whatever is filled in stays text.

Everything is escaped by the template engine, control characters are shown as their pictures (U+2400 on), and a name that is
not filled in is an error. jinja2 is known here besides `prompting`, whose texts must not be escaped.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

import jinja2

_CONTROL = re.compile(r"\r\n|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


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


def pictured(text: str) -> str:
    r"""The text with control characters as their pictures, but for tabs and line ends; "\r\n" is the line end "\n".

    Half characters (lone surrogates) become U+FFFD.
    """
    return _CONTROL.sub(lambda match: _picture(match[0]), text)


def _picture(control: str) -> str:
    match control:
        case "\r\n":
            return "\n"
        case "\x7f":
            return "\N{SYMBOL FOR DELETE}"
        case _ if control < " ":
            return chr(0x2400 + ord(control))
        case _:  # half of a character, which no file can hold
            return "\N{REPLACEMENT CHARACTER}"


def _pictured(value: object) -> object:
    """What is filled in, but for what is markup already: what a macro made, a style sheet of our own."""
    return pictured(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
