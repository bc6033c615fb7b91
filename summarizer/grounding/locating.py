"""Where a claim's evidence stands: copied words or sentence numbers become exact places in the document."""

from __future__ import annotations

import re

from summarizer.document import Document, Passage, Sentence
from summarizer.schema import Check, Claim, Evidence

# Scripts written without spaces: any two characters may be parts of two words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def locate(claim: Claim, document: Document) -> tuple[tuple[Evidence, ...], Check]:
    """The evidence that a claim points at, and a check that says how well that went: it fails where there is none."""
    if claim.words is not None:
        return _locate_words(claim.words, claim.passage, document)
    return _locate_sentences(claim.cites, claim.passage, document)


def find_words(words: str, text: str) -> int | None:
    """Where the words stand as whole words ("war" is not in "forward"), or None."""
    start = text.find(words) if words else -1
    while start >= 0:
        if not _joined(text, start) and not _joined(text, start + len(words)):
            return start
        start = text.find(words, start + 1)
    return None


def _locate_words(words: str, passage: Passage, document: Document) -> tuple[tuple[Evidence, ...], Check]:
    start = find_words(words, passage.text)
    if start is None:
        return (), Check(name="evidence", result="fail", reason=f"the passage does not hold the words {words!r}")
    start += passage.start
    quote = document.text[start : start + len(words)]
    evidence = Evidence(start=start, end=start + len(words), quote=quote, sentence=passage.sentence_at(start).number)
    return (evidence,), Check(name="evidence", result="pass", reason="the words stand in the source")


def _locate_sentences(cites: tuple[int, ...], passage: Passage, document: Document) -> tuple[tuple[Evidence, ...], Check]:
    known = {sentence.number: sentence for sentence in passage.sentences}
    evidence = tuple(_whole(known[number], document) for number in sorted(set(cites) & known.keys()))
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


def _whole(sentence: Sentence, document: Document) -> Evidence:
    quote = document.text[sentence.start : sentence.end]
    return Evidence(start=sentence.start, end=sentence.end, quote=quote, sentence=sentence.number)


def _joined(text: str, offset: int) -> bool:
    """Whether the characters on both sides of the offset belong to one word."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    return before.isalnum() and after.isalnum() and not (_UNSPACED.match(before) or _UNSPACED.match(after))


def _listed(numbers: list[int]) -> str:
    return ", ".join(str(number) for number in numbers)
