"""What is left to ask about a passage whose answer was cut: the complete claims are kept, the rest is asked about anew.

Answers are written in the order of the report. So what comes before the last complete claim is answered, and the rest
begins where that one points: more may be said there. Where the claims are in no such order, or there is none and the passage
is long, all is asked about again, in two halves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from summarizer.document import Passage
from summarizer.schema import Claim

SHORTEST = 80
"""Code points. What is shorter is not divided: it was not its length that made the answer too long."""
LONG = 2_000
"""Code points. What is longer may be too long for the model even where nothing of the answer stands complete."""


def remainder(passage: Passage, claims: Sequence[Claim]) -> tuple[list[Claim], list[Passage]]:
    """The claims that stand, and the passages that are left to ask about: none when nothing more can be had."""
    if len(passage.text) < (SHORTEST if claims else LONG):
        return list(claims), []
    places = [_place(claim) for claim in claims]
    if claims and all(before <= after for before, after in pairwise(places)) and places[-1] > passage.start:
        answered = [claim for claim, place in zip(claims, places, strict=True) if place < places[-1]]
        return answered, [_from(passage, places[-1])]
    middle = _middle(passage)
    return [], [_until(passage, middle), _from(passage, middle)]


def within(passage: Passage, claims: Sequence[Claim]) -> list[Claim]:
    """Those of the claims that point into this passage."""
    return [claim for claim in claims if passage.start <= _place(claim) < passage.end]


def _place(claim: Claim) -> int:
    """The first code point that the claim points at, as far as can be told before it is grounded."""
    passage = claim.passage
    if claim.words is not None:
        return passage.start + max(0, passage.text.find(claim.words))
    cited = [sentence.start for sentence in passage.sentences if sentence.number in claim.cites]
    return min(cited, default=passage.start)


def _middle(passage: Passage) -> int:
    """Where to divide: between two sentences, or between two words of the only one."""
    half = passage.start + len(passage.text) // 2
    if len(passage.sentences) > 1:
        return min((sentence.start for sentence in passage.sentences[1:]), key=lambda start: abs(start - half))
    space = passage.text.find(" ", len(passage.text) // 2)
    return half if space < 0 else passage.start + space + 1


def _from(passage: Passage, offset: int) -> Passage:
    cut = offset - passage.start
    sentences = tuple(sentence for sentence in passage.sentences if sentence.end > offset)
    return Passage(offset, passage.text[cut:], sentences, f"{passage.context} {passage.text[:cut]}".strip())


def _until(passage: Passage, offset: int) -> Passage:
    sentences = tuple(sentence for sentence in passage.sentences if sentence.start < offset)
    return replace(passage, text=passage.text[: offset - passage.start].rstrip(), sentences=sentences)
