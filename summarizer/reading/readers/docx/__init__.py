"""Word documents (DOCX, DOCM): the text that Word shows, in the order in which it stands there.

Paragraphs, tables, lists, text boxes, footnotes and endnotes, headers and footers; tracked changes as if they were accepted.
Its neighbours know one thing each: `package` the file and python-docx, `looks` what is hidden,
`walking` what is text at all, `fields` what of it
is the code of a field, `doubts` what may be out of sight.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from summarizer.reading.content import Content, Hidden, Unreadable
from summarizer.reading.readers.docx.doubts import doubts
from summarizer.reading.readers.docx.looks import Looks
from summarizer.reading.readers.docx.package import WordFile, opened
from summarizer.reading.readers.docx.walking import Paragraph, Piece, Walk

_BETWEEN_PARAGRAPHS = "\n\n"


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    """The text of a Word document; with `keep_hidden` what Word does not show stands in its place."""
    file = opened(data)
    looks = Looks(file.styles)
    walk = Walk(looks, file.notes)
    paragraphs = [paragraph for paragraph in _all_paragraphs(file, walk) if paragraph.words.strip()]
    text, hidden = _laid_out(paragraphs, keep_hidden=keep_hidden)
    if not text.strip():
        raise _no_text(hidden)
    unread = (*file.unread, *walk.unread)
    return Content(
        text,
        title=file.title,
        published=file.published,
        language=file.language,
        hidden=tuple(hidden),
        warnings=(*unread, *_doubts(file, looks)),
        complete=not unread,
    )


def _doubts(file: WordFile, looks: Looks) -> Iterator[str]:
    """A warning for each way in which text that was read may be out of sight."""
    parts = [file.body, *file.notes.values(), *(frame for _, frame in file.frames)]
    if file.styles is not None:
        parts.append(file.styles)
    found = dict.fromkeys(how for part in parts for how in doubts(part))
    if looks.has_white_on_unknown:
        found["white words on a background whose colour is not known here"] = None
    for how in found:
        yield f"Some of its text may not be seen, and was read ({how}): look at it in Word."


def _all_paragraphs(file: WordFile, walk: Walk) -> Iterator[Paragraph]:
    """The paragraphs of the body, then of headers and footers, each wording once: they frame every page."""
    yield from walk.paragraphs(file.body, background=file.background)
    seen: set[str] = set()
    for place, frame in file.frames:
        for paragraph in walk.paragraphs(frame, background=file.background, place=place):
            if paragraph.words not in seen:
                yield paragraph
            seen.add(paragraph.words)


def _laid_out(paragraphs: list[Paragraph], *, keep_hidden: bool) -> tuple[str, list[Hidden]]:
    """The text of the paragraphs that show something, and what they hide, with its place in the text where it is kept."""
    text = ""
    parts: list[str] = []
    hidden: list[Hidden] = []
    length = 0
    number = 0
    for paragraph in paragraphs:
        shown = [piece for piece in paragraph.pieces if keep_hidden or piece.hidden_by is None]
        is_shown = any(piece.words.strip() for piece in shown)
        if is_shown:
            number += 1
            if parts:
                parts.append(_BETWEEN_PARAGRAPHS)
                length += len(_BETWEEN_PARAGRAPHS)
        place = paragraph.place or f"paragraph {max(number, 1)}"
        for how, words in _joined(paragraph.pieces):
            if how is not None and words.strip():
                span = (length, length + len(words)) if keep_hidden else (None, None)
                hidden.append(Hidden(words, place, how, *span))
            if is_shown and (how is None or keep_hidden):
                parts.append(words)
                length += len(words)
    text = "".join(parts)
    return text, hidden


def _joined(pieces: tuple[Piece, ...]) -> Iterator[tuple[str | None, str]]:
    """The pieces, with neighbours that are hidden by the same in one."""
    for how, group in groupby(pieces, key=lambda piece: piece.hidden_by):
        yield how, "".join(piece.words for piece in group)


def _no_text(hidden: list[Hidden]) -> Unreadable:
    """Why a document without text cannot be read."""
    if hidden:
        return Unreadable(
            "is a Word document that shows no text, since all of it is hidden", "--keep-hidden reads it all the same"
        )
    return Unreadable("is a Word document without text", "if it shows pictures of pages, have their text recognised first")
