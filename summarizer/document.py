"""What is read: a document, its numbered sentences, and the passages that a model is asked about.

Offsets everywhere are half-open, in Unicode code points, into `Document.text`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Document:
    """A report as it was decoded: byte-order mark removed, newlines untouched.

    `source` is where it came from, for people (a path, `stdin`, `text`); `published` an ISO 8601 date or None;
    `language` an ISO 639-1 code; `warnings` what was lost or odd while reading, one sentence each.
    """

    text: str
    source: str = "text"
    title: str | None = None
    published: str | None = None
    language: str = "en"
    warnings: tuple[str, ...] = field(default=())

    @cached_property
    def id(self) -> str:
        """The SHA-256 of the text's UTF-8, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


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
