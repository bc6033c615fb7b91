"""What code can tell better than a small model of words that it copied: whose move it is, by which act, on what terms, or none.

A small model points at the right words more often than it names the right party or act. Where the sentence itself says who
says or does it, that counts. English only; a statement that a model wrote is checked, never corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.document import Document
from summarizer.grounding.corrections.acts import as_told, is_demanded
from summarizer.grounding.corrections.background import is_background
from summarizer.grounding.corrections.holders import held_as_told
from summarizer.grounding.corrections.tellers import told_at_second_hand
from summarizer.grounding.corrections.telling import Telling, telling_of
from summarizer.grounding.corrections.terms import with_terms
from summarizer.grounding.demands import recast
from summarizer.grounding.pronouns import resolve
from summarizer.schema import Claim

__all__ = ["corrected", "is_background"]


def corrected(claims: Iterable[Claim], document: Document) -> Iterator[Claim]:
    """The claims in their order, each as the report tells it."""
    for claim in resolve(claims):
        telling = telling_of(claim, document)
        yield recast(claim, document) if telling is None else _as_the_sentence_tells(claim, telling, document)


def _as_the_sentence_tells(claim: Claim, telling: Telling, document: Document) -> Claim:
    """The claim by its party, as its act, with its terms, and who tells of it."""
    return told_at_second_hand(with_terms(_read(claim, telling, document), telling, document), telling)


def _read(claim: Claim, telling: Telling, document: Document) -> Claim:
    """The claim by whoever makes it, as the act that it is. Whoever does something may be another than who says it."""
    held = held_as_told(claim, telling)
    told = as_told(held, telling)
    if not is_demanded(held, telling):
        told = recast(told, document)
    return told if told.kind == held.kind else held_as_told(told, telling)
