"""What the sentences around copied words tell: who says and who does something there, and over which words it reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from summarizer.document import Document
from summarizer.grounding.checks.basis import basis
from summarizer.grounding.checks.counterparts import of_copied_words, told_by
from summarizer.grounding.english.cast import Cast
from summarizer.grounding.english.references import Act
from summarizer.grounding.evidence import evidence_of
from summarizer.schema import Claim, Evidence


@dataclass(frozen=True, slots=True)
class Telling:
    """`start` and `end` of the words, and of every act's clause, are offsets into `sentences`, half-open.

    `governing` are those of the acts that the words are said of.
    """

    sentences: str
    start: int
    end: int
    acts: tuple[Act, ...]
    governing: tuple[Act, ...]
    people: Cast

    @property
    def words(self) -> str:
        """The copied words, as they stand there."""
        return self.sentences[self.start : self.end]

    @property
    def saying(self) -> list[Act]:
        """By which somebody says, wants or thinks something; not what is said to them."""
        return [act for act in self.acts if act.clause.is_speaking and not act.clause.passive]

    def reaches(self, act: Act) -> bool:
        """Whether the clause begins before the words and goes on into them, or is said of the whole sentence."""
        return act.clause.attribution or act.clause.start < self.start < act.clause.end

    def is_by(self, acts: Iterable[Act], name: str) -> bool:
        """Whether the party of this name acts in one of these."""
        return any(self.people.acts_as(reference.mention, name) for act in acts for reference in act.parties)


def telling_of(claim: Claim, document: Document) -> Telling | None:
    """What is told around the words of a claim; None where it has none that stand in the report, or none in English."""
    if claim.words is None or document.language != "en":
        return None
    evidence, _ = evidence_of(claim, document)
    return telling_around(evidence, claim, document) if evidence else None


def telling_around(evidence: tuple[Evidence, ...], claim: Claim, document: Document) -> Telling:
    """What is told around this evidence of a claim, which may be more than its own words. English."""
    held = basis(claim, document, evidence)
    told = told_by(held)
    placed = replace(told, acts=tuple((0, _placed(act, offset)) for offset, act in told.acts))
    return Telling(
        sentences=held.sentences,
        start=held.start,
        end=held.end,
        acts=tuple(act for _, act in placed.acts),
        governing=tuple(of_copied_words(claim, held, placed)),
        people=told.people,
    )


def _placed(act: Act, offset: int) -> Act:
    if not offset:
        return act
    clause = act.clause
    first, last = clause.verb_place
    moved = replace(clause, start=clause.start + offset, end=clause.end + offset, verb_place=(first + offset, last + offset))
    return replace(act, clause=moved)
