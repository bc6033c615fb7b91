"""Whether a briefing stands on its own document. What is asked here is true of a briefing of any version, for ever."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarizer.briefing import Briefing, DocumentRecord
from summarizer.document import page_at
from summarizer.schema import Evidence, Item
from summarizer.verifying.finding import Finding, shown, unlike


def not_standing(briefing: Briefing) -> Iterator[Finding]:
    """What in the briefing contradicts its document, or itself."""
    yield from _document(briefing.document)
    yield from undivided(briefing.document)
    yield from _items(briefing)
    yield from _references(briefing)
    yield from _coverage(briefing)


def _document(document: DocumentRecord) -> Iterator[Finding]:
    actual = hashlib.sha256(document.text.encode()).hexdigest()
    if document.id != actual:
        yield unlike("document.id", document.id, actual, why=", the SHA-256 of document.text")
    for number, (before, start) in enumerate(pairwise((0, *document.pages))):
        if not before <= start <= len(document.text):
            yield Finding(f"document.pages[{number}]", shown(start), f"a place in the text, not before {before}")
    for number, hidden in enumerate(document.hidden):
        place = (hidden.start, hidden.end)
        if place != (None, None) and not 0 <= (hidden.start or 0) < (hidden.end or 0) <= len(document.text):
            yield Finding(f"document.hidden[{number}]", shown([*place]), "a place in the text, or none")


def undivided(document: DocumentRecord) -> Iterator[Finding]:
    """Where the sentences do not divide the text: out of order, with white space at an end, or with words between them."""
    if document.sentences != len(document.sentence_spans):
        yield unlike("document.sentences", document.sentences, len(document.sentence_spans), why=", as sentence_spans has")
    text, spans = document.text, [(0, 0), *document.sentence_spans, (len(document.text), len(document.text))]
    for number, ((_, before), (start, end)) in enumerate(pairwise(spans)):
        if number < len(document.sentence_spans) and not (before <= start < end <= len(text)):
            yield Finding(f"document.sentence_spans[{number}]", shown([start, end]), f"a place in the text after {before}")
        elif text[start:end] != text[start:end].strip():
            yield Finding(f"document.sentence_spans[{number}]", shown([start, end]), "a place without white space at its ends")
        elif between := text[before:start].strip():
            yield Finding(
                f"document.sentence_spans[{number}]" if number < len(document.sentence_spans) else "document.sentence_spans",
                f"{shown(between)} in no sentence",
                "every word in one sentence",
            )


def _items(briefing: Briefing) -> Iterator[Finding]:
    for path, item in items(briefing):
        for number, evidence in enumerate(item.evidence):
            yield from _evidence(f"{path}.evidence[{number}]", evidence, briefing.document)
        yield from _verdict(path, item)


def items(briefing: Briefing) -> Iterator[tuple[str, Item]]:
    """Every item, with its path."""
    named: tuple[tuple[str, Sequence[Item]], ...] = (
        ("positions", briefing.positions),
        ("demands", briefing.demands),
        ("outcomes", briefing.outcomes),
    )
    for name, these in named:
        yield from ((f"{name}[{number}]", item) for number, item in enumerate(these))


def _evidence(path: str, evidence: Evidence, document: DocumentRecord) -> Iterator[Finding]:
    """The quotation is the source's own words at its place, and lies in the sentence that it names."""
    actual = document.text[evidence.start : evidence.end]
    if actual != evidence.quote:
        place = f", as document.text[{evidence.start}:{evidence.end}] has"
        yield unlike(f"{path}.quote", evidence.quote, actual, why=place)
    page = page_at(document.pages, evidence.start)
    if evidence.page != page:
        yield unlike(f"{path}.page", evidence.page, page, why=", as document.pages has")
    if evidence.sentence > len(document.sentence_spans):
        yield Finding(f"{path}.sentence", shown(evidence.sentence), f"at most {len(document.sentence_spans)}")
        return
    start, end = document.sentence(evidence.sentence)
    if not (start <= evidence.start < evidence.end <= end):
        yield Finding(
            f"{path}.sentence",
            f"{evidence.sentence}, which is [{start}:{end}]",
            f"the sentence that holds [{evidence.start}:{evidence.end}]",
        )


def _verdict(path: str, item: Item) -> Iterator[Finding]:
    doubted = any(check.result == "doubt" for check in item.checks)
    expected = "flagged" if doubted else "grounded"
    if item.verdict != expected:
        yield unlike(f"{path}.verdict", item.verdict, expected, why=", by its checks")
    for number, check in enumerate(item.checks):
        if check.result == "fail":
            yield Finding(f"{path}.checks[{number}].result", "'fail'", "no item: what fails a check is withheld")


def _references(briefing: Briefing) -> Iterator[Finding]:
    """Every id that is referred to is somebody's, and no two have the same."""
    parties = Counter(party.id for party in briefing.parties)
    moves = Counter(item.id for item in briefing.items)
    for name, ids in (("parties", parties), ("items", moves)):
        for double in (id for id, count in ids.items() if count > 1):
            yield Finding(name, f"{shown(double)} more than once", "an id of its own for each")
    for path, id in _party_references(briefing):
        if id not in parties:
            yield Finding(path, shown(id), "the id of a party")
    for path, id in _item_references(briefing):
        if id not in moves:
            yield Finding(path, shown(id), "the id of an item")


def _party_references(briefing: Briefing) -> Iterator[tuple[str, str]]:
    for number, party in enumerate(briefing.parties):
        if party.represents is not None:
            yield f"parties[{number}].represents", party.represents
    for path, item in items(briefing):
        yield from _numbered(f"{path}.parties", item.parties)
    for number, position in enumerate(briefing.positions):
        if position.reported_by is not None:
            yield f"positions[{number}].reported_by", position.reported_by
    for number, demand in enumerate(briefing.demands):
        yield from _numbered(f"demands[{number}].addressees", demand.addressees)


def _item_references(briefing: Briefing) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(briefing.summary):
        yield from _numbered(f"summary[{number}].items", line.items)
    for number, demand in enumerate(briefing.demands):
        yield from _numbered(f"demands[{number}].answered_by", demand.answered_by)
    for number, outcome in enumerate(briefing.outcomes):
        yield from _numbered(f"outcomes[{number}].answers", outcome.answers)


def _numbered(path: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    return ((f"{path}[{number}]", id) for number, id in enumerate(ids))


def _coverage(briefing: Briefing) -> Iterator[Finding]:
    """The figures add up."""
    coverage = briefing.coverage
    cited = len({evidence.sentence for item in briefing.items for evidence in item.evidence})
    for name, found, expected in (
        ("sentences", coverage.sentences, len(briefing.document.sentence_spans)),
        ("cited", coverage.cited, cited),
    ):
        if found != expected:
            yield unlike(f"coverage.{name}", found, expected)
    if coverage.gaps > coverage.passages:
        yield Finding("coverage.passages", str(coverage.passages), f"at least {coverage.gaps}, as many as got no whole answer")
    if bool(coverage.reasons) != bool(coverage.gaps):
        yield Finding(
            "coverage.reasons", shown(list(coverage.reasons)), "reasons where passages got no whole answer, and only there"
        )
