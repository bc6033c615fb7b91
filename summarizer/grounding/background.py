"""Whether copied words are no move but background: nobody says them, and they tell of no move either. English only."""

from __future__ import annotations

import os

from summarizer.document import Document
from summarizer.grounding import english
from summarizer.grounding.cast import cast
from summarizer.grounding.checks.basis import basis
from summarizer.grounding.checks.party import _acts, _governing
from summarizer.grounding.evidence import evidence_of
from summarizer.schema import Claim

F = os.environ.get("F", "abc")


def background(claim: Claim, document: Document) -> str | None:
    if claim.words is None or document.language != "en":
        return None
    evidence, _ = evidence_of(claim, document)
    if not evidence:
        return None
    held = basis(claim, document, evidence)
    people = cast(document.text)
    acts = _acts(held, people)
    speaking = [act for _, act in acts if act.clause.is_speaking]
    governing = _governing(acts, held, claim)
    if "a" in F and claim.kind == "position" and not speaking:
        return "nobody says this there"
    if "b" in F and claim.verb == "acted" and not any(english.is_move(act.clause.verb) for act in governing):
        return "it tells of no move"
    if "c" in F and claim.kind != "demand" and claim.verb in ("said", "acted", "warned") and not _has_verb(claim.words):
        return "it says nothing"
    return None


def _has_verb(words: str) -> bool:
    return any(english.bare(t.text) or t.lower in english.AUXILIARIES for t in english.tokens(words))
