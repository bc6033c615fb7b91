"""What came of it: agreed, committed, refused, announced, left open, done or failed, as the words and their verb tell.

"Said that it would publish the list" is announced, "agreed to publish it" agreed, "did not agree" refused. A verb in the past
that says none of these tells of something done.
"""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.grounding.corrections.terms.wording import Wording, phrase_at, terms
from summarizer.grounding.english import lexicon
from summarizer.schema import Claim, OutcomeStatus

_SIGNS: tuple[tuple[OutcomeStatus, frozenset[str]], ...] = (
    ("failed", terms("failed")),
    ("pending", terms("pending")),
    ("rejected", terms("rejected")),
    ("agreed", terms("agreed")),
    ("committed", terms("committed")),
    ("announced", terms("announced")),
)
"""What is told by each of these, the most telling first."""
_GIVEN: tuple[OutcomeStatus, ...] = ("agreed", "committed")
"""What is given by the verb itself, so that it may be denied, or be to come."""
_DENYING = terms("denying")
_REACH = 3
"""Words after a denial that it turns: "has not yet fully agreed"."""


def status_of(claim: Claim, wording: Wording) -> OutcomeStatus:
    """The status that the sentence tells; where it tells none, the one that the act was named by."""
    if claim.outcome_status == "pending" and _has(wording, range(len(wording.sentence.tokens)), terms("pending")):
        return "pending"
    before = range(wording.clause_around.start - 1, wording.first)
    within, after = range(wording.first, wording.last), range(wording.last, wording.clause_around.stop)
    ordered = (after, before, within) if wording.is_subject else (before, within, after)
    told = next((told for places in ordered if (told := _told(wording, places))), None)
    return told or ("done" if _is_past(wording, (*before, *within)) else claim.outcome_status)


def _told(wording: Wording, places: Iterable[int]) -> OutcomeStatus | None:
    for status, signs in _SIGNS:
        for at in places:
            if phrase_at(wording.sentence, at, signs) and not (status in _GIVEN and _is_to_come(wording, at)):
                return "rejected" if status in _GIVEN and _is_denied(wording, at) else status
    return None


def _is_to_come(wording: Wording, at: int) -> bool:
    """Whether a verb tells of what is not done yet: "due to meet to agree a line"."""
    return wording.sentence.lower(at - 1) == "to"


def _has(wording: Wording, places: Iterable[int], signs: frozenset[str]) -> bool:
    return any(phrase_at(wording.sentence, at, signs) for at in places)


def _is_denied(wording: Wording, at: int) -> bool:
    return any(
        wording.sentence.lower(i) in _DENYING or wording.sentence.lower(i).endswith("n't") for i in range(at - _REACH, at)
    )


def _is_past(wording: Wording, places: Iterable[int]) -> bool:
    """Whether a verb there tells of something past that is no saying."""
    return any(
        lexicon.is_past(wording.sentence.word(at)) and wording.sentence.verb_at(at) == at and not wording.tells(at)
        for at in places
    )
