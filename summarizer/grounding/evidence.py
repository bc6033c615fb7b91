"""What a claim points at: copied words or sentence numbers become exact places in the document."""

from __future__ import annotations

from summarizer.document import Document, Passage, Sentence
from summarizer.grounding.locating import locate
from summarizer.schema import Check, Claim, Evidence


def evidence_of(claim: Claim, document: Document) -> tuple[tuple[Evidence, ...], Check]:
    """The evidence that a claim points at, and a check that says how well that went: it fails where there is none."""
    if claim.words is not None:
        return _of_words(claim.words, claim.passage, document)
    return _of_sentences(claim.cites, claim.passage, document)


def _of_words(words: str, passage: Passage, document: Document) -> tuple[tuple[Evidence, ...], Check]:
    match = locate(words, passage.text)
    if match is None:
        return (), Check(name="evidence", result="fail", reason=f"the passage does not hold the words {words!r}")
    places = ((passage.start + start, passage.start + end) for start, end in match.spans)
    reason = {
        "exact": "the words stand in the source",
        "typographic": "the words stand in the source, typeset otherwise",
        "elided": "the words stand in one sentence of the source, and what was left out between them changes nothing",
    }[match.how]
    return tuple(_quoted(*place, passage, document) for place in places), Check(name="evidence", result="pass", reason=reason)


def _quoted(start: int, end: int, passage: Passage, document: Document) -> Evidence:
    number = passage.sentence_at(start).number
    return Evidence(start=start, end=end, quote=document.text[start:end], sentence=number, page=document.page_at(start))


def _of_sentences(cites: tuple[int, ...], passage: Passage, document: Document) -> tuple[tuple[Evidence, ...], Check]:
    known = {sentence.number: sentence for sentence in passage.sentences}
    evidence = tuple(_sentence(known[number], document) for number in sorted(set(cites) & known.keys()))
    unknown = sorted(set(cites) - known.keys())
    if not cites:
        return (), Check(name="evidence", result="fail", reason="no sentence is cited")
    if not evidence:
        return (), Check(name="evidence", result="fail", reason=f"there is no sentence {_listed(unknown)} in what was shown")
    if unknown:
        return evidence, Check(
            name="evidence", result="doubt", reason=f"there is no sentence {_listed(unknown)} in what was shown"
        )
    return evidence, Check(name="evidence", result="pass", reason="the cited sentences stand in the source")


def _sentence(sentence: Sentence, document: Document) -> Evidence:
    start, end = sentence.start, sentence.end
    quote, page = document.text[start:end], document.page_at(start)
    return Evidence(start=start, end=end, quote=quote, sentence=sentence.number, page=page)


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)
