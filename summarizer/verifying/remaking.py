"""The briefing made once more, of its own document and claims, and everything that comes out otherwise.

So whatever was altered after it was made is found, foreseen or not: a statement, a party's name, a check, a verdict, an item
left out, a withheld claim put among the items. What comes out the same is what the program makes of these claims.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator

from summarizer.briefing import Briefing, DocumentRecord
from summarizer.composing import Asked, compose
from summarizer.document import Document, Hidden, Sentence
from summarizer.reading.paragraphs import paragraph_spans
from summarizer.verifying.differences import differences, numbered_alike
from summarizer.verifying.finding import Finding, shown
from summarizer.verifying.standing import undivided


def made_otherwise(briefing: Briefing) -> Iterator[Finding]:
    """Where the briefing is not what its claims make. It cannot be made where its sentences do not divide its text."""
    if any(undivided(briefing.document)):
        return
    misplaced = [*_misplaced(briefing)]
    yield from misplaced
    if not misplaced:
        found = json.loads(briefing.to_json())
        yield from differences(found, numbered_alike(json.loads(_remade(briefing).to_json()), found))


def _misplaced(briefing: Briefing) -> Iterator[Finding]:
    """The claims whose passage is none: each begins in a sentence, and ends in the text."""
    text, spans = briefing.document.text, briefing.document.sentence_spans
    starts = [start for start, _ in spans]
    for number, claim in enumerate(briefing.claims):
        start, end = claim.passage
        index = bisect_right(starts, start) - 1
        if index < 0 or not (start < spans[index][1] and start < end <= len(text)):
            yield Finding(
                f"claims[{number}].passage", shown([start, end]), "a place in document.text that begins in a sentence"
            )


def _remade(briefing: Briefing) -> Briefing:
    record, coverage = briefing.document, briefing.coverage
    return compose(
        document_of(record),
        _sentences(record),
        briefing.claims,
        asked=Asked(coverage.passages, coverage.failed, coverage.truncated, coverage.filtered, coverage.reasons),
        provenance=briefing.provenance,
    )


def document_of(record: DocumentRecord) -> Document:
    """The document that the briefing was made from."""
    return Document(
        text=record.text,
        source=record.source,
        title=record.title,
        published=record.published,
        publisher=record.publisher,
        language=record.language,
        pages=record.pages,
        hidden=tuple(Hidden(**hidden.model_dump()) for hidden in record.hidden),
        complete=record.complete,
        warnings=record.warnings,
    )


def _sentences(record: DocumentRecord) -> tuple[Sentence, ...]:
    """The sentences as they were found then: a newer segmenter may find others."""
    paragraphs = [start for start, _ in paragraph_spans(record.text)]
    return tuple(
        Sentence(number, start, end, record.text[start:end], paragraph=bisect_right(paragraphs, start))
        for number, (start, end) in enumerate(record.sentence_spans, start=1)
    )
