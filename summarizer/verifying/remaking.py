"""The briefing made once more, of its own document and claims, and everything that comes out otherwise.

So whatever was altered after it was made is found, foreseen or not: a statement, a party's name, a check, a verdict, an item
left out, a withheld claim put among the items. What comes out the same is what the program makes of these claims.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer.briefing import Briefing, DocumentRecord
from summarizer.composing import Asked, compose
from summarizer.document import Document, Sentence
from summarizer.reading.paragraphs import paragraph_spans
from summarizer.verifying.finding import Finding, shown, unlike
from summarizer.verifying.standing import undivided

Json = Any  # Any: JSON is of any shape


def made_otherwise(briefing: Briefing) -> Iterator[Finding]:
    """Where the briefing is not what its claims make. It cannot be made where its sentences do not divide its text."""
    if any(undivided(briefing.document)):
        return
    misplaced = [*_misplaced(briefing)]
    yield from misplaced
    if not misplaced:
        yield from differences(json.loads(briefing.to_json()), json.loads(_remade(briefing).to_json()))


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
        language=record.language,
        warnings=record.warnings,
    )


def _sentences(record: DocumentRecord) -> tuple[Sentence, ...]:
    """The sentences as they were found then: a newer segmenter may find others."""
    paragraphs = [start for start, _ in paragraph_spans(record.text)]
    return tuple(
        Sentence(number, start, end, record.text[start:end], paragraph=bisect_right(paragraphs, start))
        for number, (start, end) in enumerate(record.sentence_spans, start=1)
    )


def differences(found: Json, expected: Json, where: str = "") -> Iterator[Finding]:
    """Every place where one JSON value differs from another. Objects that have an id are compared with their own."""
    if isinstance(found, dict) and isinstance(expected, dict):
        yield from _members(found, expected, where)
    elif isinstance(found, list) and isinstance(expected, list):
        yield from _elements(found, expected, where)
    elif found != expected:
        yield unlike(where, found, expected)


def _members(found: Mapping[str, Json], expected: Mapping[str, Json], where: str) -> Iterator[Finding]:
    for key in expected:  # both are of one schema, so both have the same keys
        yield from differences(found[key], expected[key], f"{where}.{key}".removeprefix("."))


def _elements(found: Sequence[Json], expected: Sequence[Json], where: str) -> Iterator[Finding]:
    theirs = {_id(each, number): (number, each) for number, each in enumerate(found)}
    ours = {_id(each, number): each for number, each in enumerate(expected)}
    for id, (number, each) in theirs.items():
        if id in ours:
            yield from differences(each, ours[id], f"{where}[{number}]")
        else:
            yield Finding(f"{where}[{number}]", _brief(each), "nothing")
    for id, each in ours.items():
        if id not in theirs:
            yield Finding(where, "nothing more", _brief(each))


def _id(value: Json, number: int) -> object:
    return value["id"] if isinstance(value, dict) and "id" in value else number


def _brief(value: Json) -> str:
    """What somebody would look for: of an item its id and statement, of a party its id and name."""
    if isinstance(value, dict) and "id" in value:
        return f"{value['id']}, {shown(value.get('statement') or value.get('name'))}"
    return shown(value)
