"""Whether a sentence says that something is demanded: small models take plain narrative for a demand. English only."""

from __future__ import annotations

import re
from dataclasses import replace

from summarizer.document import Document
from summarizer.schema import Claim

_DEMANDING = re.compile(
    r"\b(?:demand|urg(?:e|ing)|insist|requir|request|recommend|encourag|appeal|plead|press(?:ed|es|ing)?\b|propos(?:e|al|ing)"
    r"|condition(?:s|al|ally)?\b|call(?:s|ed|ing)?\b.{0,80}\b(?:for|on|upon|to)\b|only (?:if|once|when|after)\b"
    r"|depend(?:s|ed)? on|advi[sc]e|threat|must\b|should\b|shall\b|ought\b|need(?:s|ed)?\b|has to|have to|had to"
    r"|ask(?:s|ed|ing)?\b(?! price)|want(?:s|ed|ing)?\b|expects?\b.{0,40}\bto\b|deserve|unless\b|until\b|responsib"
    r"|non-negotiable|let\b)",
    re.IGNORECASE | re.DOTALL,
)


def demanding(words: str) -> bool:
    """Whether some of these words demands something."""
    return bool(_DEMANDING.search(words))


def says_that_it_demands(claim: Claim) -> bool:
    """Whether some word of what the claim points at demands something."""
    if claim.words is not None:
        return bool(_DEMANDING.search(claim.passage.text))
    cited = " ".join(sentence.text for sentence in claim.passage.sentences if sentence.number in claim.cites)
    return bool(_DEMANDING.search(cited))


def recast(claim: Claim, document: Document) -> Claim:
    """The claim, as something done where it was called a demand and no word says so. What a model put into words stays."""
    if claim.kind != "demand" or claim.words is None or document.language != "en" or says_that_it_demands(claim):
        return claim
    return replace(claim, kind="outcome", verb="acted", outcome_status="done", addressees=(), recast=True)
