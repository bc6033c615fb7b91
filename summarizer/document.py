"""What is read: a document, its numbered sentences, and the passages that a model is asked about.

Offsets everywhere are half-open, in Unicode code points, into `Document.text`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text of a source that nobody who looks at it sees.

    `words` is what it says, `place` where it stands, for people ("page 2", "the 3rd paragraph"), `how` by what it is hidden
    ("font-size 0"). Where it was kept, it is `text[start:end]` of the document; where it was left out, both are None.
    """

    words: str
    place: str
    how: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What somebody says of a document, which goes before what its source says of itself. None leaves it to the source.

    `published` is an ISO 8601 date, `language` an ISO 639-1 code.
    """

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Document:
    """A report as it was read: of plain text every character, less a byte-order mark; newlines untouched.

    `source` is where it came from, for people (a path, `stdin`, `text`); `published` an ISO 8601 date or None;
    `language` an ISO 639-1 code; `warnings` what was lost or odd while reading, and what is hidden, one sentence each.
    `pages` are the offsets at which the pages begin, in a source that has pages; `hidden` is what nobody sees who looks at
    the source. `complete` says whether all else that the source says is in `text`.
    """

    text: str
    source: str = "text"
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str = "en"
    pages: tuple[int, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    complete: bool = True
    warnings: tuple[str, ...] = ()

    @cached_property
    def id(self) -> str:
        """The SHA-256 of the text's UTF-8, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def page_at(self, offset: int) -> int | None:
        """The page on which this code point stands, counted from 1; None in a document without pages."""
        return max(1, bisect_right(self.pages, offset)) if self.pages else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document: `document.text[start:end] == text`, without white space at its ends.

    `number` counts from 1 through the document, `paragraph` from 1 through its paragraphs.
    """

    number: int
    start: int
    end: int
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What one request asks about: some sentences, or a piece of one that is too long to ask about whole.

    `text` begins at code point `start` of the document. `context` is what stands before it, given to the model so that it
    can tell who "he" is, never asked about.
    """

    start: int
    text: str
    sentences: tuple[Sentence, ...]
    context: str = ""

    @property
    def end(self) -> int:
        """One past the last code point, in the document."""
        return self.start + len(self.text)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds this code point of the document, or the last one that begins before it."""
        return next(sentence for sentence in reversed(self.sentences) if sentence.start <= offset)
