"""What a model claimed becomes a briefing: judged, merged, headed, counted. No model is asked here.

Apart from the pipeline, so that the same can be done again years later: a briefing keeps its document and its claims, and
all else in it follows from these. What is not on record here decides nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from summarizer.briefing import Briefing, Coverage, DocumentRecord, HiddenRecord, Provenance
from summarizer.document import Document, Passage, Sentence
from summarizer.grounding import ground
from summarizer.grounding.moves import naming, tells_of_a_move
from summarizer.merging import Merged, headline, merge, summarised
from summarizer.schema import Claim, ClaimRecord


@dataclass(frozen=True, slots=True)
class Asked:
    """How the asking went: so many passages, and so many of them without a whole answer, for these reasons."""

    passages: int
    failed: int
    truncated: int
    filtered: int
    reasons: tuple[str, ...]


def compose(
    document: Document, sentences: Sequence[Sentence], claims: Sequence[ClaimRecord], *, asked: Asked, provenance: Provenance
) -> Briefing:
    """The briefing that these claims make, under the policy that its provenance names."""
    grounding = ground(_claims(claims, document, sentences), document, policy=provenance.policy)
    merged = merge(grounding.grounded, document)
    summary = summarised(merged.outcomes, merged.demands, merged.positions, parties=merged.parties, document=document)
    return Briefing(
        document=_record(document, sentences),
        headline=headline(summary, merged.items, document),
        summary=summary,
        parties=merged.parties,
        positions=merged.positions,
        demands=merged.demands,
        outcomes=merged.outcomes,
        withheld=grounding.withheld,
        claims=tuple(claims),
        coverage=_coverage(document, sentences, asked, merged),
        provenance=provenance,
    )


def _claims(records: Sequence[ClaimRecord], document: Document, sentences: Sequence[Sentence]) -> Iterator[Claim]:
    """The claims of these records, each with its passage and context as they stand in the document."""
    starts, ends = [sentence.start for sentence in sentences], [sentence.end for sentence in sentences]
    passages: dict[tuple[tuple[int, int], int], Passage] = {}  # one for all the claims about it: they are compared by it
    for record in records:
        place = record.passage, record.context
        if place not in passages:
            start, end = record.passage
            held = tuple(sentences[bisect_right(ends, start) : bisect_left(starts, end)])
            passages[place] = Passage(
                start, document.text[start:end], held, document.text[max(0, start - record.context) : start]
            )
        yield record.claim(passages[place])


def _record(document: Document, sentences: Sequence[Sentence]) -> DocumentRecord:
    return DocumentRecord(
        id=document.id,
        title=document.title,
        source=document.source,
        published=document.published,
        publisher=document.publisher,
        language=document.language,
        text=document.text,
        sentences=len(sentences),
        sentence_spans=tuple((sentence.start, sentence.end) for sentence in sentences),
        pages=document.pages,
        hidden=tuple(HiddenRecord(**asdict(hidden)) for hidden in document.hidden),
        complete=document.complete,
        warnings=document.warnings,
    )


def _coverage(document: Document, sentences: Sequence[Sentence], asked: Asked, merged: Merged) -> Coverage:
    cited = {evidence.sentence for item in merged.items for evidence in item.evidence}
    return Coverage(
        sentences=len(sentences),
        cited=len(cited),
        passages=asked.passages,
        failed=asked.failed,
        truncated=asked.truncated,
        filtered=asked.filtered,
        reasons=asked.reasons,
        moves_without_item=_moves_without_item(document, sentences, merged, cited=cited),
    )


def _moves_without_item(
    document: Document, sentences: Sequence[Sentence], merged: Merged, *, cited: set[int]
) -> tuple[int, ...] | None:
    """The sentences in which a party of the briefing seems to make a move that the briefing does not hold."""
    if document.language != "en":
        return None
    names = naming(name for party in merged.parties for name in (party.name, *party.aliases))
    left = (sentence for sentence in sentences if sentence.number not in cited)
    return tuple(sentence.number for sentence in left if names.search(sentence.text) and tells_of_a_move(sentence.text))
