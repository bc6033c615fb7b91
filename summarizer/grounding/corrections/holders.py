"""Whose move it is: who says it in the sentence, or does it, where the party that a model named does neither there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.english.cast import Cast
from summarizer.grounding.english.duties import is_duty
from summarizer.grounding.english.lexicon import DAYS
from summarizer.grounding.english.mentions import Mention
from summarizer.grounding.english.references import Act
from summarizer.schema import Claim

_SOON = 6
"""Code points into the words within which whoever acts begins them: "and Velia claims that"."""


def held_as_told(claim: Claim, telling: Telling) -> Claim:
    """The claim with the party that the sentence gives it to, if it gives it to one for sure."""
    if len(claim.parties) != 1:
        return claim
    name = _who_begins(claim, telling) or _who_acts(claim, telling)
    return replace(claim, parties=(name,)) if name else claim


def _who_begins(claim: Claim, telling: Telling) -> str | None:
    """Who says something at the beginning of the words themselves, "Velia claims that", unless the model's party tells it."""
    telling_it = [act for act in telling.saying if telling.reaches(act)]
    begun = [a for a in telling.saying if telling.start <= a.clause.start <= telling.start + _SOON and not a.clause.attribution]
    if telling.is_by([*telling_it, *begun], claim.parties[0]):
        return None
    return _holder(begun, telling.people)


def _who_acts(claim: Claim, telling: Telling) -> str | None:
    """Who says the words, or of an outcome does what they tell, if the party that was named does nothing of the kind there."""
    around = [act for act in telling.governing if not _is_to_be_done(act, telling)]
    if telling.is_by([*around, *telling.saying], claim.parties[0]):
        return None
    said = [act for act in around if act in telling.saying]
    if claim.kind == "outcome":
        return _holder(said or around, telling.people)
    return _holder(said or (telling.saying if len(telling.saying) == 1 else []), telling.people)


def _is_to_be_done(act: Act, telling: Telling) -> bool:
    """Whether it tells what somebody must do, and not what he does."""
    return not act.clause.is_speaking and is_duty(telling.sentences[act.clause.start : act.clause.end])


def _holder(acts: Sequence[Act], people: Cast) -> str | None:
    """Who acts in the innermost of these whose party is sure; by name where it has one, not by its office."""
    for act in sorted(acts, key=lambda act: (act.clause.attribution, -act.clause.start)):
        sure = [each.mention for each in act.parties if each.sure and _is_party(each.mention)]
        if sure:
            return people.name_of(max(sure, key=lambda mention: mention.text[:1].isupper()))
    return None


def _is_party(mention: Mention) -> bool:
    """Whether somebody is named: no pronoun, no month, no letter."""
    return not (mention.is_pronoun or len(mention.text) == 1 or mention.head.lower() in DAYS)
