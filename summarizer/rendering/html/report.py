"""The text of the report as it stands beside the items: paragraphs, sentences, and which sources are quoted from where.

Nothing of the text is left out or put in: the words of all paragraphs, one after the other, are the text of the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.briefing import DocumentRecord
from summarizer.rendering.html.segments import Quoted, segments
from summarizer.rendering.outline import Outline, Source


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a sentence, and whether some item quotes them."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its words, the sources that end in it, and the white space before the next one."""

    number: int
    words: tuple[Words, ...]
    sources: tuple[Source, ...]
    hidden: bool
    after: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences between line ends, and what stands before the first."""

    before: str
    lines: tuple[Line, ...]


def paragraphs(page: Outline) -> tuple[Paragraph, ...]:
    """The report, with the sources of this page."""
    document = page.briefing.document
    sources = [source for section in page.sections for entry in section.entries for source in entry.sources]
    before = document.text[: document.sentence_spans[0][0]] if document.sentence_spans else document.text
    made: list[Paragraph] = []
    lines: list[Line] = []
    for line in _lines(document, sources):
        lines.append(line)
        if "\n" in line.after or "\r" in line.after:
            made.append(Paragraph(before, tuple(lines)))
            before, lines = "", []
    if lines or before:
        made.append(Paragraph(before, tuple(lines)))
    return tuple(made)


def _lines(document: DocumentRecord, sources: Sequence[Source]) -> Iterator[Line]:
    quoted = [Quoted(each.evidence.start, each.evidence.end, each) for each in sources]
    next_starts = [*(start for start, _ in document.sentence_spans), len(document.text)][1:]
    for number, ((start, end), next_start) in enumerate(zip(document.sentence_spans, next_starts, strict=True), start=1):
        yield Line(
            number,
            words=tuple(Words(document.text[each.start : each.end], bool(each.by)) for each in segments(start, end, quoted)),
            sources=tuple(each for each in sources if each.evidence.sentence == number),
            hidden=document.hides(start, end),
            after=document.text[end:next_start],
        )
