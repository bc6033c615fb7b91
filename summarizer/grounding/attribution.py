"""Who makes a move, as the sentence itself tells it, where a small model names somebody else. English only."""

from __future__ import annotations

from dataclasses import replace

from summarizer.document import Document
from summarizer.grounding import english
from summarizer.grounding.cast import Act, Cast, cast
from summarizer.grounding.checks.basis import basis
from summarizer.grounding.checks.party import _acts, _governing
from summarizer.grounding.evidence import evidence_of
from summarizer.schema import Claim


def attributed(claim: Claim, document: Document) -> Claim:
    """The claim as who acts around its words would make it, where the party that the model named does not act there."""
    if claim.words is None or document.language != "en" or len(claim.parties) != 1:
        return claim
    evidence, _ = evidence_of(claim, document)
    if not evidence:
        return claim
    held = basis(claim, document, evidence)
    people = cast(document.text)
    acts = _acts(held, people)
    governing = [act for act in _governing(acts, held, claim) if not _is_duty(act, held.sentences)]
    speaking = [act for _, act in acts if act.clause.is_speaking and not act.clause.passive]
    import os
    if "s" in os.environ.get("A", ""):
        start = held.sentences.find(held.quoted)
        at_start = [act for at, act in acts if start <= at + act.clause.start <= start + 6 and act.clause.is_speaking and not act.clause.passive and not act.clause.attribution]
        outer = [act for at, act in acts if act.clause.is_speaking and not act.clause.passive and (act.clause.attribution or at + act.clause.start < start < at + act.clause.end)]
        if at_start and not _acts_in(outer, claim.parties[0], people) and not _acts_in(at_start, claim.parties[0], people) and (name := _holder(at_start)):
            return replace(claim, parties=(name,))
    if _acts_in([*governing, *speaking], claim.parties[0], people):
        return claim
    told = [act for act in governing if act.clause.is_speaking and not act.clause.passive]
    if not told and len(speaking) == 1 and claim.kind != "outcome":
        told = speaking
    chosen = told if claim.kind != "outcome" else told or governing
    name = _holder(chosen)
    return replace(claim, parties=(name,)) if name else claim


def _acts_in(acts: list[Act], name: str, people: Cast) -> bool:
    return any(people.acts_as(ref.mention, name) for act in acts for ref in act.parties)


def _is_duty(act: Act, sentences: str) -> bool:
    """Whether it is what somebody must do: not what he does."""
    said = english.tokens(sentences[act.clause.start : act.clause.end])[:8]
    return any(token.lower in ("must", "should", "ought", "responsibility") for token in said) and not act.clause.is_speaking


def _holder(acts: list[Act]) -> str | None:
    for act in sorted(acts, key=lambda act: (act.clause.attribution, -act.clause.start)):
        for ref in act.parties:
            if ref.sure and not ref.mention.is_pronoun:
                return ref.mention.text
    return None
