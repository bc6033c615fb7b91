"""What a claim rests on: the words that it cites, the sentences that hold them, and what the reader had read before."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from summarizer.document import Document
from summarizer.grounding.locating import locate
from summarizer.schema import Claim, Evidence

_APOSTROPHES = re.compile("[’ʼ‘‛`´]")
_QUOTATION_MARKS = re.compile("[“”„‟«»]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Basis:
    """The evidence of one claim, in its surroundings.

    `quoted` is what the claim points at; `sentences` the whole sentences that hold it, a line each; `before` what stands
    before these in the report. `document` is the report.
    """

    document: Document
    evidence: tuple[Evidence, ...]
    quoted: str
    sentences: str
    before: str

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
    start = holding[0].start
    return Basis(
        document=document,
        evidence=evidence,
        quoted="\n".join(_one_line(each.quote) for each in evidence),
        sentences="\n".join(_one_line(document.text[sentence.start : sentence.end]) for sentence in holding),
        before=document.text[:start],
    )


def _one_line(text: str) -> str:
    """The text with its line breaks as spaces; as long as it was, so that offsets hold."""
    return text.translate({ord("\n"): " ", ord("\r"): " "})


def stands(words: str, text: str) -> bool:
    """Whether the words stand in the text as whole words, however they are typeset."""
    return locate(words, text) is not None


def plain(text: str) -> str:
    """The text without what typesetting and letter case make of it."""
    return _set_plainly(unicodedata.normalize("NFKC", text)).casefold()


def _set_plainly(text: str) -> str:
    return _SPACE.sub(" ", _QUOTATION_MARKS.sub('"', _APOSTROPHES.sub("'", text))).strip()
