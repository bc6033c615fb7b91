"""What came of it: agreed, committed, refused, announced, left open, done or failed, as the words and the verb before them tell.

The nearest verb decides: "said that it would publish the list" is announced, "agreed to publish" agreed. A verb in the past that
says none of these is something done.
"""

from __future__ import annotations

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


def status_of(claim: Claim, wording: Wording) -> OutcomeStatus:
    """The status that the sentence tells; the one that the act was named by, where it tells none."""
    before = range(max(0, wording.clause - 4), wording.first)
    within = range(wording.first, wording.last)
    for places in (before, within):
        if (told := _told(wording, places)) is not None:
            return told
    if _is_past(wording):
        return "done"
    return claim.outcome_status


def _told(wording: Wording, places: range) -> OutcomeStatus | None:
    for status, signs in _SIGNS:
        for at in places:
            if phrase_at(wording.sentence, at, signs):
                return status
    return None


def _is_past(wording: Wording) -> bool:
    """Whether a verb in or right before the words tells of something past that is no saying."""
    places = (*range(wording.first, wording.last), wording.first - 1)
    return any(
        lexicon.is_past(wording.sentence.word(at)) and wording.sentence.verb_at(at) == at and not wording.tells(at) for at in places
    )
