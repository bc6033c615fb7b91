"""Turns what the user points at into a `Document`, and a document into numbered sentences.

Promised: `document.text` is what the source holds, character for character, less a byte-order mark; no line break, white
space or spelling is touched, since every quotation in a briefing is an offset into it. A source that cannot be read whole
is a `SourceError`, never a shorter document.

`formats.decode` is where a kind of source gets its reader, by content and not by name. Only plain text has one so far.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import BinaryIO

from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.reading.formats import decode, require_text
from summarizer.reading.language import language_of
from summarizer.reading.paragraphs import paragraph_spans
from summarizer.reading.sentences import split_sentences
from summarizer.reading.sources import fetch
from summarizer.settings import DEFAULT_MAX_CHARACTERS

__all__ = ["document_from_text", "names_a_file", "read", "split_sentences"]

_BYTE_ORDER_MARK = "\ufeff"
_LONGEST_TITLE = 150  # characters
_NO_TITLE_ENDS_IN = (*".,:;…", "。", "।", "۔", "։", "።")
_CLOSING_MARKS = "\"'”’»)]」"


def read(source: str | Path, *, max_characters: int = DEFAULT_MAX_CHARACTERS, stdin: BinaryIO | None = None) -> Document:
    """The document in a UTF-8 text file, or for `-` in standard input: in `stdin`, else in the process's own.

    Reading stops where the text is certain to be longer than `max_characters`.
    """
    limit = 4 * max(max_characters, 0) + 4  # UTF-8 has at most four bytes to a character, and a byte-order mark of three
    name, data = fetch(source, limit=limit, stdin=stdin)
    require_text(data, name)
    if len(data) == limit:
        raise _too_long(name, f"more than {max_characters:,}", max_characters)
    return document_from_text(decode(data, name), source=name, max_characters=max_characters)


def document_from_text(text: str, *, source: str = "text", max_characters: int = DEFAULT_MAX_CHARACTERS) -> Document:
    """The document that a string holds; `source` is what to call it. What a file may not hold, it may not either."""
    text = text.removeprefix(_BYTE_ORDER_MARK)
    _require_words(text, source)
    _require_storable(text, source)
    if len(text) > max_characters:
        raise _too_long(source, f"{len(text):,}", max_characters)
    return Document(text=text, source=source, title=_title(text), language=language_of(text))


def names_a_file(text: str) -> bool:
    """Whether somebody who gave this as the text of a report most likely meant the file."""
    return len(text) < 256 and "\0" not in text and Path(text).is_file()


def _require_words(text: str, source: str) -> None:
    """Let text with at least one visible character pass."""
    if not text:
        raise SourceError(f"{source!r} is empty: give a report with text in it.")
    if all(_is_invisible(character) for character in text):
        raise SourceError(f"{source!r} holds nothing but white space: give a report with text in it.")


def _is_invisible(character: str) -> bool:
    """Whether nothing is to be seen: white space, zero-width characters, marks of direction, control characters."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf"}


def _require_storable(text: str, source: str) -> None:
    """Let text pass that UTF-8 can hold and that databases do not cut short."""
    if "\0" in text:
        raise SourceError(f"{source!r} holds a NUL character at offset {text.index(chr(0))}: remove it, text has none.")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise SourceError(
            f"{source!r} holds a lone surrogate (U+{ord(text[error.start]):04X} at offset {error.start}), which UTF-8 cannot "
            "hold: decode its source again, with errors='replace' if need be."
        ) from error


def _too_long(source: str, count: str, max_characters: int) -> SourceError:
    """The error that says how long the text is, and how to read it all the same."""
    return SourceError(
        f"{source!r} has {count} characters, and at most {max_characters:,} are read: raise --max-characters, or split it."
    )


def _title(text: str) -> str | None:
    """The first paragraph where it looks like a heading: short, not a sentence, and not all there is."""
    (start, end), *more = paragraph_spans(text)
    heading = " ".join(text[start:end].split())
    if not more or len(heading) > _LONGEST_TITLE or heading.rstrip(_CLOSING_MARKS).endswith(_NO_TITLE_ENDS_IN):
        return None
    return heading
