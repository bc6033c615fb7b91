"""By which act a move is made: as the words and the verb around them tell it, where a model named an act that they do not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import cast

from summarizer.acts import ActName, act_of, as_act
from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.demands import demanding
from summarizer.grounding.english.duties import says_duty
from summarizer.grounding.english.lexicon import act_told_by, bare, is_move, is_participle, listed, speaks_for
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.naming import states_of
from summarizer.schema import Claim

_VIEWS: tuple[ActName, ...] = ("assesses", "supports", "opposes", "warns")
_DECISIONS: tuple[ActName, ...] = ("agrees", "commits", "refuses", "orders", "announces")
_DENIED: dict[ActName, ActName] = {"agrees": "refuses", "commits": "refuses", "supports": "opposes", "announces": "leaves open"}
"""What an act is that is not done: "could not agree to any figure"."""
_NEAR = 3
"""Words before and after a verb by which it tells of this act or of that: "not accept", "rejected the accusation"."""
_BEFORE = 12
"""Code points before the words within which a duty may be said: "Europe must | be heard"."""
_SOON = 20
"""Code points around the beginning of the words within which they are said of who says them: "said it would | sign"."""
_GAP = 3
_SAID_VIEWS = listed("views")
_CONDITIONS = listed("conditions")
_LASTING = listed("lasting")
_OPEN = listed("open")
_COMING = listed("coming")
_TO_COME = frozenset((be, "to") for be in ("is", "are", "set", "due", "expected", "planned"))
_WILL = re.compile(r"\b(?:it|they|he|she|we|I) (?:also |then )?(?:would|will|shall)\b(?P<denied> not\b| never\b)?")
_UNDECIDED = re.compile(
    r"\bno (?:decision|date|agreement|consensus|word)\b|\bnot (?:yet )?(?:been )?(?:decided|agreed|fixed|settled)\b"
    r"|\b(?:has|have|had) yet to\b"
)


def as_told(claim: Claim, telling: Telling) -> Claim:
    """The claim as the act that the sentence tells of, if it tells of another."""
    named = act_of(claim)
    told = _told(claim, named, telling) if named else None
    return as_act(claim, told) if told and told != named else claim


def is_demanded(claim: Claim, telling: Telling) -> bool:
    """Whether the party demands by a verb of the sentence, or of the line that announces the list of which this is one."""
    return _own_act(claim, telling) == "demands"


def _told(claim: Claim, named: ActName, telling: Telling) -> ActName | None:
    own = _own_act(claim, telling)
    if named not in _DECISIONS and (coming := _own_deed_to_come(claim, own, telling)):
        return coming
    if own == "demands":
        return own
    if _UNDECIDED.search(telling.words):
        return "leaves open"
    if named == "demands":
        return _instead_of_a_demand(claim, own, telling)
    if own in (None, *_VIEWS) and named in ("assesses", "supports", "warns", "acts") and _demands(telling):
        return "demands"
    if not telling.saying and (claim.kind == "position" or named == "acts"):
        return _without_a_speaker(claim, telling)
    if own in _VIEWS and named in ("acts", "refuses", "agrees", "orders"):
        return "opposes" if named == "refuses" and own == "assesses" else own
    if own in _DECISIONS and named in (*_VIEWS, "acts"):
        return own
    return None


def _instead_of_a_demand(claim: Claim, own: ActName | None, telling: Telling) -> ActName | None:
    """What was called a demand though no word demands it. Small models call most things one."""
    if _demands(telling) or demanding(telling.words) or _is_condition(telling):
        return None
    if own not in (None, "orders"):
        return own
    if not telling.saying and not demanding(telling.sentences):
        return _says_of_itself(telling.words)
    return "acts" if _moves(claim, telling) else None


def _own_deed_to_come(claim: Claim, own: ActName | None, telling: Telling) -> ActName | None:
    """What a party says that it will do, or a body that will be done."""
    if own not in (None, *_VIEWS) or not telling.is_by(telling.saying, claim.parties[0]):
        return None
    said = _WILL.finditer(telling.sentences, max(0, telling.start - _SOON), telling.start + _SOON)
    for will in said:
        if will.start() <= telling.start <= will.end() + _GAP:
            return "refuses" if will["denied"] else "commits"
    return "announces" if own in _VIEWS and _is_body(claim.parties[0]) and _will_be_done(telling.words) else None


def _is_body(name: str) -> bool:
    """Whether the party is a state, or a body or an office that speaks for one."""
    return any(speaks_for(word) for word in name.split()) or bool(states_of(name))


def _will_be_done(words: str) -> bool:
    """Whether something "will be built", "is to be deployed", "would last 14 days"."""
    said = [token.lower for token in tokens_of(words)]
    for at, word in enumerate(said):
        after = (
            at + 1
            if word in ("will", "would", "shall")
            else at + 2
            if said[at : at + 2] in (["is", "to"], ["are", "to"])
            else 0
        )
        following = said[after : after + 2] if after else []
        if (following[:1] == ["be"] and is_participle(following[-1])) or not _LASTING.isdisjoint(following[:1]):
            return True
    return False


def _own_act(claim: Claim, telling: Telling) -> ActName | None:
    """The act of the innermost clause around the words that is the party's own: of what it says before what it does."""
    own = [act for act in telling.governing if telling.is_by([act], claim.parties[0])]
    inner = max(own, key=lambda act: (act.clause.is_speaking, not act.clause.attribution, act.clause.start), default=None)
    return _told_by(inner, telling) if inner else None


def _told_by(act: Act, telling: Telling) -> ActName | None:
    """Which act the verb of a clause tells of, by what stands after it."""
    before, after = _around_verb(act, telling)
    told = cast("ActName | None", act_told_by(act.clause.verb, after[0] if after else ""))
    if "what" in before:  # "what it calls a plan"
        return None
    if told is not None and _denies(before):
        told = _DENIED.get(told, told)
    return "opposes" if told == "refuses" and not _SAID_VIEWS.isdisjoint(after) else told


def _around_verb(act: Act, telling: Telling) -> tuple[list[str], list[str]]:
    """The words right before the verb of a clause, and right after it."""
    first = max(0, act.clause.start - _BEFORE)
    words = [token for token in tokens_of(telling.sentences[first : act.clause.end]) if token.is_word]
    verbs = (
        at for at, word in enumerate(words) if bare(word.text) == act.clause.verb and first + word.start >= act.clause.start
    )
    at = next(verbs, len(words))
    lower = [word.lower for word in words]
    return lower[max(0, at - _NEAR) : at], lower[at + 1 : at + 1 + _NEAR]


def _denies(words: Iterable[str]) -> bool:
    return any(word in ("not", "never") or word.endswith("n't") for word in words)


def _demands(telling: Telling) -> bool:
    """Whether somebody says that what the words tell of must be."""
    before = telling.sentences[max(0, telling.start - _BEFORE) : telling.start]
    return bool(telling.saying) and (says_duty(telling.words) or says_duty(before))


def _is_condition(telling: Telling) -> bool:
    """Whether something else depends on what the words tell: "until Velia leaves"."""
    return not _CONDITIONS.isdisjoint(token.lower for token in tokens_of(telling.sentences[: telling.start]))


def _without_a_speaker(claim: Claim, telling: Telling) -> ActName | None:
    """What nobody says: of a view all of the sentence counts; if it is neither open nor to come, what the party does there."""
    if claim.kind != "position":
        return _says_of_itself(telling.words)
    return _says_of_itself(telling.sentences) or ("acts" if _moves(claim, telling) else None)


def _says_of_itself(text: str) -> ActName | None:
    """What the reporter says himself: that something is open, or will come."""
    words = [token.lower for token in tokens_of(text)]
    if _OPEN.intersection(words):
        return "leaves open"
    if _COMING.intersection(words) or _TO_COME.intersection(itertools.pairwise(words)):
        return "announces"
    return None


def _moves(claim: Claim, telling: Telling) -> bool:
    """Whether all that the party does there is done, not said, and some of it is a move: "voted against it"."""
    own = [act.clause for act in telling.governing if telling.is_by([act], claim.parties[0])]
    return not any(clause.is_speaking for clause in own) and any(is_move(each.verb) and not each.passive for each in own)
