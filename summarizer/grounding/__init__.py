"""Claims against the source: what can be located becomes evidence with exact offsets, what cannot is withheld, with the reason.

No text that a model wrote is ever evidence. Copied words are looked up in the passage that was asked about, cited
sentences by their number, and the quotation is taken from the document itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarizer.document import Document
from summarizer.grounding import factuality
from summarizer.grounding.checks import check
from summarizer.grounding.corrections import corrected, is_background
from summarizer.grounding.corrections.telling import telling_of
from summarizer.grounding.evidence import evidence_of
from summarizer.grounding.locating import Match, locate
from summarizer.grounding.naming import same_party
from summarizer.grounding.phrases import whole_phrases
from summarizer.grounding.policy import reasons_to_withhold
from summarizer.schema import Check, Claim, Evidence, GroundedClaim, Withheld, WithheldClaim
from summarizer.settings import Policy

__all__ = ["Grounding", "Match", "ground", "locate"]


@dataclass(frozen=True, slots=True)
class Grounding:
    """Every claim is in one of the two, in the order in which the claims were made."""

    grounded: tuple[GroundedClaim, ...]
    withheld: tuple[Withheld, ...]


def ground(claims: Iterable[Claim], document: Document, *, policy: Policy = "show") -> Grounding:
    """Locate and check every claim. Never raises: a claim that fails is withheld, not an error."""
    claims = list(claims)
    readings = list(corrected(claims, document))
    whole = _whole(readings, document)
    judged = [_judge(*each, document, policy=policy) for each in zip(claims, readings, whole, strict=True)]
    return Grounding(
        grounded=tuple(each for each in judged if isinstance(each, GroundedClaim)),
        withheld=tuple(each for each in judged if isinstance(each, Withheld)),
    )


_Found = tuple[tuple[Evidence, ...], Check]


def _whole(claims: Sequence[Claim], document: Document) -> list[_Found]:
    """Where each claim points, in whole phrases; of what one has taken in, the next takes nothing."""
    found = [evidence_of(claim, document) for claim in claims]
    for index, claim in enumerate(claims):
        beside = [
            (each.start, each.end)
            for other, (evidence, _) in enumerate(found if claim.words is not None else ())
            if other != index and claims[other].passage == claim.passage
            for each in evidence
        ]
        copied, place = found[index]
        whole = whole_phrases(copied, claim, document, others=beside)
        if whole != copied:
            place = place.model_copy(update={"reason": f"{place.reason}; quoted to the ends of what they say"})
        found[index] = whole, place
    return found


def _judge(made: Claim, claim: Claim, found: _Found, document: Document, *, policy: Policy) -> GroundedClaim | Withheld:
    """The claim as we read it, located and checked; or, where that fails, as it was made."""
    evidence, place = found
    checks = (place, *_read_otherwise(made, claim), *check(claim, document, evidence), *_factuality(claim, document))
    reasons = (
        reasons_to_withhold(checks, policy="show")
        or is_background(_as_quoted(claim, evidence), document)
        or reasons_to_withhold(checks, policy=policy)
    )
    if reasons:
        return Withheld(kind=made.kind, item=_as_made(made), reasons=reasons)
    doubted = any(each.result == "doubt" for each in checks)
    return GroundedClaim(claim, evidence, checks, "flagged" if doubted else "grounded")


def _factuality(claim: Claim, document: Document) -> tuple[Check, ...]:
    """Whether the sentence tells it as a fact, of claims that are asked this."""
    return (factuality.check(claim, telling_of(claim, document)),) if factuality.is_asked(claim) else ()


def _as_quoted(claim: Claim, evidence: Sequence[Evidence]) -> Claim:
    """The claim by what is quoted for it, which may be more than was copied: half a quotation may look like a lone name."""
    whole = claim.words is not None and len(evidence) == 1
    return replace(claim, words=evidence[0].quote) if whole else claim


def _read_otherwise(made: Claim, read: Claim) -> tuple[Check, ...]:
    """What the sentence told otherwise than the model, for people to see."""
    said = [f"by {' and '.join(map(repr, made.parties))}"] if made.parties != read.parties and not read.pronoun else []
    said += [f"that it {made.verb}"] if made.verb != read.verb and not read.recast else []
    others = [name for name in made.addressees if not any(same_party(name, other) for other in read.addressees)]
    said += [f"addressed to {' and '.join(map(repr, others))}"] if others and read.kind == "demand" else []
    if not said:
        return ()
    return (Check(name="reading", result="pass", reason=f"the model had it {', '.join(said)}; read as the sentence tells it"),)


def _as_made(claim: Claim) -> WithheldClaim:
    return WithheldClaim(
        parties=claim.parties,
        words=claim.words,
        statement=claim.statement,
        sentences=claim.cites or tuple(sentence.number for sentence in claim.passage.sentences),
        addressees=claim.addressees,
    )
