"""Plain text: every character as it stands."""

from __future__ import annotations

from summarizer.reading.content import Content
from summarizer.reading.encodings import decoded


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    """All of the text. Nothing in it is hidden by how it looks, since it has no looks."""
    text = decoded(data)
    return Content(text=text.text, warnings=text.warnings, complete=text.complete)
