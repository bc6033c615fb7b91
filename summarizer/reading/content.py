"""What a reader of one kind of source finds in its bytes: the text that a reader of it sees, and what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.document import Hidden

__all__ = ["COMMENT", "Content", "Declared", "Hidden", "Unreadable", "attachments", "listed", "missing"]

_MOST_NAMED = 20
"""Attachments by name."""
COMMENT = "comment"
"""How words are hidden that stand in a comment, as a page that is edited by many is full of."""


class Unreadable(Exception):
    """What a reader raises for bytes that it cannot turn into text; who knows the name of the source makes it a `SourceError`.

    `reason` continues the name ("is a PDF document that needs a password"), `advice` is the next move ("save it without
    one"); neither ends in a full stop.
    """

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason}: {advice}")
        self.reason = reason
        self.advice = advice


@dataclass(frozen=True, slots=True)
class Declared:
    """What came with the bytes about them, in small letters: "text/html" and "utf-8". None where nothing did."""

    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a source, and what the source says of itself: nothing of it is made up.

    `published` is an ISO 8601 date, `language` an ISO 639-1 code. `pages` are the offsets at which the pages begin, in code
    points, in a source that has pages. `warnings` say what was lost or odd, one sentence each; what is hidden is in `hidden`.
    A reader that lost text, and so could not put all that is to be seen into `text`, says `complete=False` beside its warning.
    """

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    warnings: tuple[str, ...] = ()
    complete: bool = True


def attachments(names: Sequence[str]) -> tuple[str, ...]:
    """A warning that names what is inside a source and is a source of its own; none where there is nothing."""
    return (f"Attached and not read: {listed(names)}.",) if names else ()


def listed(names: Sequence[str]) -> str:
    """Names for people, the first of many."""
    more = len(names) - _MOST_NAMED
    return ", ".join(map(repr, names[:_MOST_NAMED])) + (f" and {more:,} more" if more > 0 else "")


def missing(what: str, extra: str) -> Unreadable:
    """What to raise where the library for one kind of source is not installed; `extra` is what brings it."""
    return Unreadable(f"is {what}", f"install what reads it with pip install 'summarizer[{extra}]'")
