"""Markdown: the text as it is written, marks and all, since that is what people read and quote.

What goes before it between two lines of three hyphens is about the text and no part of it ("front matter"), if it has a field
that front matter has: two who speak in turn between two rules are text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from summarizer.reading.content import Content
from summarizer.reading.readers import plain

_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n((?:(?!---)(?=[ \t#\r\n-]|[\w-]+[ \t]*:)[^\n]*\n)*+)---[ \t]*(?:\r?\n|\Z)\s*"  # what YAML may look like
)
_FIELDS = re.compile(
    r"^(?:title|subtitle|date|published|updated|publisher|authors?|tags|keywords|categor(?:y|ies)|description|summary|lang(?:uage)?|layout"
    r"|slug|draft|permalink|aliases|source|url|id)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = re.compile(r"\s*#([ \t][^\r\n]*)")


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    """The text behind the front matter, which gives title, date and publisher; the title, else, is a heading at the top."""
    read = plain.content(data, keep_hidden=keep_hidden)
    front = _FRONT_MATTER.match(read.text)
    front = front if front and _FIELDS.search(front[1]) else None
    text = read.text[front.end() :] if front else read.text
    about = front[1] if front else ""
    heading = _HEADING.match(text)
    return replace(
        read,
        text=text,
        title=_field("title", about) or (heading[1].rstrip(" \t#").lstrip() if heading else None) or None,
        published=_date(_field("date", about) or _field("published", about)),
        publisher=_field("publisher", about),
    )


def _field(name: str, about: str) -> str | None:
    """What a line says, without quotation marks around it. What YAML can do beyond that is left to those who use it."""
    fields = (line.partition(":") for line in about.splitlines())
    value = next((said.strip() for key, _, said in fields if key.strip().lower() == name and not key[:1].isspace()), "")
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    return None if value[:1] in {"", "|", ">", "[", "{", "&", "*", "!"} else value


def _date(said: str | None) -> str | None:
    """The day, where it is written as ISO 8601 has it, with or without a time."""
    try:
        return date.fromisoformat((said or "")[:10]).isoformat()
    except ValueError:
        return None
