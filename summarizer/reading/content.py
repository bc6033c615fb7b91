"""What a reader of one kind of source finds in its bytes: the text that a reader of it sees, and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text of a source that nobody who looks at it sees.

    `words` is what it says, `place` where it stands, for people ("page 2", "the 3rd paragraph"), `how` by what it is hidden
    ("font-size 0"). Where it was kept, it is `content.text[start:end]`; where it was left out, both are None.
    """

    words: str
    place: str
    how: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a source, and what the source says of itself: nothing of it is made up.

    `published` is an ISO 8601 date, `language` an ISO 639-1 code. `pages` are the offsets at which the pages begin, in code
    points, in a source that has pages. `warnings` say what was lost or odd, one sentence each; what is hidden is in `hidden`.
    """

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    warnings: tuple[str, ...] = ()
