"""Turns what the user points at into a `Document`, and a document into numbered sentences.

Promised: of plain text, `document.text` is what the source holds, character for character, less a byte-order mark, NULs and
characters that nobody sees (`unicode`); of other kinds, what somebody sees who looks at the source. Once read, no character of
it changes, since every quotation in a briefing is an offset into it. What was lost, guessed or hidden is a warning; a source
that cannot be read is a `SourceError`.

    sources      the bytes, from a file or standard input; web, from a web address
    formats      what kind of source they are, and compression what is packed in them
    readers      what each kind says: its text and what it tells of itself (`content`), most in a process of their own (`apart`)
    encodings    bytes that are text, in whatever encoding
    unicode      hidden characters, in whatever text
    corpora      many documents: records, folders, patterns
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from summarizer.document import Document, Hidden, Metadata
from summarizer.errors import SourceError, UsageError
from summarizer.reading import formats
from summarizer.reading.compression import GZIP, decompressed
from summarizer.reading.content import COMMENT, Content, Declared, Unreadable
from summarizer.reading.encodings import as_utf8
from summarizer.reading.language import language_of
from summarizer.reading.paragraphs import paragraph_spans
from summarizer.reading.readers import READERS
from summarizer.reading.sentences import split_sentences
from summarizer.reading.sources import fetch
from summarizer.reading.unicode import with_hidden_characters, without_hidden_characters
from summarizer.reading.web import as_shown, fetch_url, looks_like_url, url_not_allowed
from summarizer.settings import DEFAULT_MAX_CHARACTERS

if TYPE_CHECKING:
    from summarizer.reading.web.fetching import Web

__all__ = ["document_from_bytes", "document_from_text", "names_a_file", "read", "split_sentences"]

_MOST_PACKED = 64 * 2**20
"""Bytes of an archive, which may hold pictures."""
_MOST_WARNED = 20
"""Hidden texts that have a warning each."""
_SHOWN = 100  # characters of a hidden text in a warning
_BYTE_ORDER_MARK = "\ufeff"
_LANGUAGE = re.compile("[a-z]{2}")
_LONGEST_TITLE = 150  # characters
_NO_TITLE_ENDS_IN = (*".,:;…", "。", "।", "۔", "։", "።")
_CLOSING_MARKS = "\"'”’»)]」"


def read(
    source: str | Path,
    *,
    encoding: str | None = None,
    max_characters: int = DEFAULT_MAX_CHARACTERS,
    keep_hidden: bool = False,
    allow_url: bool = False,
    web: Web | None = None,
    metadata: Metadata = Metadata(),
    stdin: BinaryIO | None = None,
) -> Document:
    """The document in a file, or for `-` in standard input: in `stdin`, else in the process's own.

    With `allow_url` also the one at a web address (`https://...`), reached through `web`, for tests; without it nothing is
    fetched. What nobody sees who looks at it is left out, or, with `keep_hidden`, kept and marked; it is listed in either
    case. `encoding` is that of a text or a web page, before what it says itself; `metadata` goes before what the source says
    of itself. Reading stops where the text is certain to be longer than `max_characters`. Raises SourceError, and UsageError
    for metadata that are none.
    """
    name, data, declared, warnings = _fetched(source, max_characters=max_characters, allow_url=allow_url, web=web, stdin=stdin)
    document = document_from_bytes(
        data,
        source=name,
        declared=replace(declared, charset=encoding) if encoding else declared,
        max_characters=max_characters,
        keep_hidden=keep_hidden,
        metadata=metadata,
    )
    return replace(document, warnings=(*warnings, *document.warnings))


def document_from_bytes(
    data: bytes,
    *,
    source: str,
    declared: Declared = Declared(),
    max_characters: int = DEFAULT_MAX_CHARACTERS,
    keep_hidden: bool = False,
    metadata: Metadata = Metadata(),
) -> Document:
    """The document that these bytes are, of whatever kind; `source` is what to call it, and ends as the name of a file does.

    `declared` is what came with the bytes about them, as from a web server.
    """
    try:
        content = _content(data, source, declared=declared, max_characters=max_characters, keep_hidden=keep_hidden)
    except Unreadable as error:
        raise SourceError(f"{source!r} {error.reason}: {error.advice}.") from error
    return _document(content, source=source, max_characters=max_characters, keep_hidden=keep_hidden, metadata=metadata)


def document_from_text(
    text: str,
    *,
    source: str = "text",
    max_characters: int = DEFAULT_MAX_CHARACTERS,
    keep_hidden: bool = False,
    metadata: Metadata = Metadata(),
) -> Document:
    """The document that a string holds, less hidden characters, or with `keep_hidden` with them; `source` is what to call it.

    A string may hold no NUL: whoever made it can tell why.
    """
    content = Content(text.removeprefix(_BYTE_ORDER_MARK))
    return _document(content, source=source, max_characters=max_characters, keep_hidden=keep_hidden, metadata=metadata)


def _fetched(
    source: str | Path, *, max_characters: int, allow_url: bool, web: Web | None, stdin: BinaryIO | None
) -> tuple[str, bytes, Declared, tuple[str, ...]]:
    """What to call the source, its bytes, what came with them, and a warning where they came from another address."""
    if isinstance(source, str) and looks_like_url(source):
        if not allow_url:
            raise url_not_allowed(source)
        fetched = fetch_url(source, limit=_MOST_PACKED, web=web)
        moved = (f"It came from {as_shown(fetched.moved_to)}, to which its address redirects.",) if fetched.moved_to else ()
        return fetched.source, fetched.data, fetched.declared, moved
    most = _most_bytes_of_text(max_characters)
    name, data = fetch(
        source, limit=most + 1, limits=lambda name, beginning: _most_bytes(beginning, name, max_characters) + 1, stdin=stdin
    )
    return name, data, Declared(), ()


def _content(data: bytes, name: str, *, declared: Declared, max_characters: int, keep_hidden: bool) -> Content:
    """What the reader of their kind finds in these bytes, and warnings of what they were packed in and called."""
    unpacked = _Unpacked(data)
    if data.startswith(GZIP):
        unpacked = _unpacked(data, name, max_characters)
    kind = formats.kind_of(unpacked.data, name, declared)
    most = READERS[kind].most_bytes
    if most is not None and len(unpacked.data) > most:
        raise Unreadable(
            f"has more than {most:,} bytes, and no more are read of its kind", "split it, or save it as text first"
        )
    within = _most_bytes_of_text(max_characters) if most is None else len(unpacked.data)
    content = _read(unpacked.data[:within], kind, declared.charset, keep_hidden=keep_hidden)  # what is no text says so first
    if len(unpacked.data) > within:
        raise Unreadable(*_too_long(f"more than {max_characters:,}", max_characters))
    return replace(
        content,
        warnings=(*formats.misnamed(kind, name), *unpacked.warnings, *content.warnings),
        complete=content.complete and not unpacked.warnings,
    )


def _read(data: bytes, kind: formats.Kind, charset: str | None, *, keep_hidden: bool) -> Content:
    """What the reader of this kind finds; an encoding that was declared goes before what a text says of itself."""
    if charset is None or kind not in formats.TEXTS:
        return READERS[kind].read(data, keep_hidden=keep_hidden)
    in_utf8, text = as_utf8(data, declared=charset)
    content = READERS[kind].read(in_utf8, keep_hidden=keep_hidden)
    return replace(content, warnings=(*text.warnings, *content.warnings), complete=content.complete and text.complete)


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """What was compressed, and what of it was lost."""

    data: bytes
    warnings: tuple[str, ...] = ()


def _unpacked(data: bytes, name: str, max_characters: int) -> _Unpacked:
    """No more of what was compressed than a source of its kind may have, and a byte, which tells that there is more."""
    beginning = decompressed(data, limit=formats.HEAD).data
    if beginning.startswith(GZIP):
        raise Unreadable("is compressed twice", "decompress it once, and give what it holds")
    found = decompressed(data, limit=_most_bytes(beginning, name, max_characters) + 1)
    if found.complete:
        return _Unpacked(found.data)
    return _Unpacked(found.data, ("The gzip file is cut off: only what comes before that was read.",))


def _most_bytes(beginning: bytes, name: str, max_characters: int) -> int:
    """How many bytes of a source that begins like this are read at most: none further of one that is refused."""
    if beginning.startswith((GZIP, *formats.ZIP)):
        return _MOST_PACKED
    try:
        most = READERS[formats.kind_of(beginning, name)].most_bytes
    except Unreadable:
        return len(beginning)
    return _most_bytes_of_text(max_characters) if most is None else most


def _most_bytes_of_text(max_characters: int) -> int:
    """No encoding has more than four bytes to a character, and a byte-order mark has at most four."""
    return 4 * max(max_characters, 0) + 4


def _document(content: Content, *, source: str, max_characters: int, keep_hidden: bool, metadata: Metadata) -> Document:
    """The document with this content, where it has words, and no more than may be read."""
    if metadata.published and not _is_date(metadata.published):
        raise UsageError(f"{metadata.published!r} is no date of publication: give it as 2025-03-18")
    if metadata.language and not _LANGUAGE.fullmatch(metadata.language):
        raise UsageError(f"{metadata.language!r} is no language: give its ISO 639-1 code, such as 'en'")
    _require_words(content, source)
    _require_storable(content.text, source)
    if len(content.text) > max_characters:
        reason, advice = _too_long(f"{len(content.text):,}", max_characters)
        raise SourceError(f"{source!r} {reason}: {advice}.")
    content = with_hidden_characters(content) if keep_hidden else without_hidden_characters(content)
    _require_words(content, source)  # once more, since fillers are letters by their category
    published = content.published if content.published and _is_date(content.published) else None
    text = content.text
    return Document(
        text=text,
        source=source,
        title=metadata.title or content.title or _title(text),
        published=metadata.published or published,
        publisher=metadata.publisher or content.publisher,
        language=metadata.language or language_of(text, declared=content.language),
        pages=content.pages,
        hidden=content.hidden,
        complete=content.complete,
        warnings=(*content.warnings, *_of_hidden(content.hidden)),
    )


def _is_date(said: str) -> bool:
    """Whether it is a day as ISO 8601 has it. It goes into prompts, outside the report's fence, so nothing else may."""
    try:
        return date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


def _of_hidden(hidden: tuple[Hidden, ...]) -> tuple[str, ...]:
    """A warning for each hidden text, of the first of them, and one for all comments, of which a page may have hundreds."""
    comments = [each for each in hidden if each.how == COMMENT]
    others = [each for each in hidden if each.how != COMMENT] if len(comments) > 1 else hidden
    warnings = [_hidden_warning(each) for each in others[:_MOST_WARNED]]
    if len(others) > _MOST_WARNED:
        warnings.append(f"There are {len(others) - _MOST_WARNED:,} more hidden texts.")
    if len(comments) > 1:
        kept = "were left out" if comments[0].start is None else "were kept"
        warnings.append(f"{len(comments):,} comments {kept}, the first {comments[0].place}: {_shown(comments[0])}.")
    return tuple(warnings)


def _hidden_warning(hidden: Hidden) -> str:
    kept = "was left out" if hidden.start is None else f"was kept, at offset {hidden.start:,}"
    return f"Hidden text {kept} ({hidden.how}, {hidden.place}): {_shown(hidden)}."


def _shown(hidden: Hidden) -> str:
    """Its words, or their beginning."""
    words = " ".join(hidden.words.split())
    return repr(words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…")


def names_a_file(text: str) -> bool:
    """Whether somebody who gave this as the text of a report most likely meant the file."""
    return len(text) < 256 and "\0" not in text and Path(text).is_file()


def _require_words(content: Content, source: str) -> None:
    """Let text with at least one visible character pass."""
    text = content.text
    if not text and content.hidden:
        raise SourceError(
            f"{source!r} holds nothing but hidden text: look at it, and keep that with --keep-hidden if it is right."
        )
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


def _too_long(count: str, max_characters: int) -> tuple[str, str]:
    """How long the text is, and how to read it all the same."""
    return f"has {count} characters, and at most {max_characters:,} are read", "raise --max-characters, or split it"


def _title(text: str) -> str | None:
    """The first paragraph where it looks like a heading: short, not a sentence, and not all there is."""
    (start, end), *more = paragraph_spans(text)
    heading = " ".join(text[start:end].split())
    if not more or len(heading) > _LONGEST_TITLE or not any(map(str.isalnum, heading)):
        return None
    if heading.rstrip(_CLOSING_MARKS).endswith(_NO_TITLE_ENDS_IN):
        return None
    return heading
