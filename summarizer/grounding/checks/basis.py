"""What a claim rests on: the words that it cites, the sentences that hold them, and what the reader had read before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.document import Document, Sentence
from summarizer.grounding.locating import locate
from summarizer.schema import Claim, Evidence

_APOSTROPHES = re.compile("[’ʼ‘‛`´]")
_QUOTATION_MARKS = re.compile("[“”„‟«»]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Basis:
    """The evidence of one claim, in its surroundings.

    `quoted` is what the claim points at; `sentences` the whole sentences that hold it, a line each; `before` what stands
    before these in the report. `document` is the report. `start` and `end` of all that is quoted are offsets into `sentences`.
    """

    document: Document
    evidence: tuple[Evidence, ...]
    quoted: str
    sentences: str
    before: str
    start: int = 0
    end: int = 0

    @property
    def language(self) -> str:
        """The language of the report, an ISO 639-1 code."""
        return self.document.language

    @property
    def report(self) -> str:
        """All of the report, with its title and its date."""
        return "\n".join(part for part in (self.document.title, self.document.published, self.document.text) if part)


def basis(claim: Claim, document: Document, evidence: tuple[Evidence, ...]) -> Basis:
    """What this claim rests on. Without evidence, the passage it was asked about."""
    numbers = {each.sentence for each in evidence}
    holding = [sentence for sentence in claim.passage.sentences if sentence.number in numbers] or list(claim.passage.sentences)
    start = holding[0].start if holding else 0
    places = [place for each in evidence for place in _place_in(holding, each)]
    return Basis(
        document=document,
        evidence=evidence,
        quoted="\n".join(_one_line(each.quote) for each in evidence),
        sentences="\n".join(_one_line(document.text[sentence.start : sentence.end]) for sentence in holding),
        before=document.text[:start],
        start=min((first for first, _ in places), default=0),
        end=max((last for _, last in places), default=0),
    )


def _place_in(holding: Sequence[Sentence], evidence: Evidence) -> Iterator[tuple[int, int]]:
    """Where the evidence stands in these sentences, a line each: start and end, half-open."""
    offset = 0
    for sentence in holding:
        if sentence.start <= evidence.start < sentence.end:
            yield offset + evidence.start - sentence.start, offset + evidence.end - sentence.start
        offset += sentence.end - sentence.start + 1


def _one_line(text: str) -> str:
    """The text with its line breaks as spaces; as long as it was, so that offsets hold."""
    return text.translate({ord("\n"): " ", ord("\r"): " "})


def stands(words: str, text: str) -> bool:
    """Whether the words stand in the text as whole words, however they are typeset."""
    return locate(words, text) is not None


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """The text without what typesetting and letter case make of it."""
    return _set_plainly(unicodedata.normalize("NFKC", text)).casefold()


def _set_plainly(text: str) -> str:
    return _SPACE.sub(" ", _QUOTATION_MARKS.sub('"', _APOSTROPHES.sub("'", text))).strip()
