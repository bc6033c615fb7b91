"""Who tells of a view that another holds: "officials said that Velia opposes the plan" has officials tell of Velia's view."""

from __future__ import annotations

import re
from dataclasses import replace

from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.english.lexicon import act_told_by, bare, names_party
from summarizer.grounding.english.no_parties import why_no_party
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.words import tokens_of
from summarizer.schema import Claim

_TELLING = ("assesses", "warns", "announces")


def told_at_second_hand(claim: Claim, telling: Telling) -> Claim:
    """The position with who tells of it, where the sentence has another say for sure what its holder says or thinks."""
    if claim.kind != "position" or claim.reported_by or len(claim.parties) != 1:
        return claim
    own = [act for act in telling.saying if _is_sure(act) and telling.is_by([act], claim.parties[0])]
    views = [act for act in own if telling.reaches(act) or telling.start <= act.clause.start < telling.end]
    if not views or any(act.clause.attribution for act in own):
        return claim
    inner = max(views, key=lambda act: act.clause.start)
    outer = [act for act in telling.saying if act not in own and _is_sure(act) and _tells_of(act, inner, telling)]
    if not outer:
        return claim
    nearest = max(outer, key=lambda act: (not act.clause.attribution, act.clause.start))
    return replace(claim, reported_by=telling.people.name_of(nearest.parties[0].mention))


def _tells_of(outer: Act, inner: Act, telling: Telling) -> bool:
    """Whether the one is said, by a verb of telling, before the other, or of the whole sentence."""
    if act_told_by(outer.clause.verb) not in _TELLING or not _is_there(outer, telling):
        return False
    between = tokens_of(telling.sentences[outer.clause.start : inner.clause.start])
    before = outer.clause.start < inner.clause.start < outer.clause.end
    return outer.clause.attribution or (before and any(bare(token.text) == outer.clause.verb for token in between))


def _is_there(act: Act, telling: Telling) -> bool:
    """Whether the sentence itself names who tells, and as a party: not in "for which Velia claims credit"."""
    mention = act.parties[0].mention
    if why_no_party(mention.text, telling.sentences) or not (mention.text[:1].isupper() or names_party(mention.head)):
        return False
    name = re.escape(mention.text)
    return bool(re.search(rf"(?<!\w){name}", telling.sentences)) and not re.search(
        rf"\b(?:which|whom) {name}", telling.sentences
    )


def _is_sure(act: Act) -> bool:
    return bool(act.parties) and all(each.sure and not each.mention.is_pronoun for each in act.parties)
