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
from summarizer.grounding.english.lexicon import act_told_by, bare, is_move, listed, speaks_for
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.naming import states_of
from summarizer.schema import Claim

_VIEWS: tuple[ActName, ...] = ("assesses", "supports", "opposes", "warns")
_DECISIONS: tuple[ActName, ...] = ("agrees", "commits", "refuses", "orders", "announces")
_NO_DEMANDS: tuple[ActName, ...] = ("acts", "supports", "opposes", "assesses", "warns", *_DECISIONS)
_NEAR = 3
"""Words after a verb by which it tells of this act or of that: "rejected the accusation", "called on"."""
_VIEWS_HELD = listed("views")
_DENIED: dict[ActName, ActName] = {"agrees": "refuses", "commits": "refuses", "supports": "opposes", "announces": "leaves open"}
"""What an act is that is not done: "could not agree to any figure"."""
_SAID_OF_ITSELF = 20
_OWN_FUTURE = re.compile(
    r"\b(?:it|they|he|she|we|I)(?: also| then)? (?:would|will|shall)(?P<denied> not| never)?\b[^.|]{0,3}[|]|\|(?:it|they|he|she|we|I) (?:would|will|shall)\b(?P<d2> not)?",
    re.IGNORECASE,
)
_BODY_FUTURE = re.compile(
    r"\b(?:will|would|shall|is to|are to) (?:be \w+(?:ed|en)\b|last|begin|take place|start|remain|stay)", re.IGNORECASE
)
_CONDITIONS = frozenset({"until", "unless", "provided"})
_UNDECIDED = re.compile(
    r"\bno (?:decision|date|agreement|consensus|word)\b|\bnot (?:yet )?(?:been )?(?:decided|agreed|fixed|settled)\b|\b(?:has|have|had) yet to\b"
)
_BEFORE = 12
"""Code points before the words within which a duty may be said: "Europe must | be heard"."""
_OPEN = listed("open")
_COMING = listed("coming")
_TO_COME = frozenset((be, "to") for be in ("is", "are", "set", "due", "expected", "planned"))


def as_told(claim: Claim, telling: Telling) -> Claim:
    """The claim as the act that the sentence tells of, if it tells of another."""
    named = act_of(claim)
    told = _told(claim, named, telling)
    return as_act(claim, told) if told and told != named else claim


def demands_there(claim: Claim, telling: Telling) -> bool:
    """Whether the verb by which the party acts there says that it demands something, be it before a list of which this is a line."""
    return _own_act(claim, telling) == "demands"


def _told(claim: Claim, named: ActName | None, telling: Telling) -> ActName | None:
    own = _own_act(claim, telling)
    if (coming := _own_deed_to_come(claim, own, telling)) and named in (
        "demands",
        "supports",
        "opposes",
        "assesses",
        "warns",
        "acts",
    ):
        return coming
    if own in (None, *_VIEWS) and named in ("assesses", "supports", "warns", "acts") and _demands(telling):
        return "demands"
    if _UNDECIDED.search(telling.words) and own != "demands":
        return "leaves open"
    if own == "demands" and named in _NO_DEMANDS:
        return "demands"
    if (
        named == "demands"
        and own not in (None, "demands", "orders")
        and not (_demands(telling) or demanding(telling.words) or _is_condition(telling))
    ):
        return own
    if not telling.saying and named in ("demands", "acts") and not demanding(telling.sentences):
        return _without_a_speaker(telling.words)
    if not telling.saying and claim.kind == "position":
        return _without_a_speaker(telling.sentences) or ("acts" if _moves(claim, telling) else None)
    if (
        named == "demands"
        and own is None
        and not demanding(telling.words)
        and _moves(claim, telling)
        and not _is_condition(telling)
    ):
        return "acts"
    if own in _VIEWS and named in ("acts", "refuses", "agrees", "orders"):
        return "opposes" if named == "refuses" and own == "assesses" else own
    if own in _DECISIONS and named in (*_VIEWS, "acts"):
        return own
    return None


def _own_deed_to_come(claim: Claim, own: ActName | None, telling: Telling) -> ActName | None:
    """What a party says that it will do itself, or a body that will be done."""
    before = telling.sentences[max(0, telling.start - _SAID_OF_ITSELF) : telling.start]
    words = telling.sentences[telling.start : min(telling.end, telling.start + _SAID_OF_ITSELF)]
    found = _OWN_FUTURE.search(f"{before}|{words}")
    if (
        found
        and own in (None, *_VIEWS)
        and claim.parties
        and any(telling.is_by([act], claim.parties[0]) for act in telling.saying)
    ):
        return "refuses" if found["denied"] or found["d2"] else "commits"
    if own in _VIEWS and _is_body(claim.parties[0]) and _BODY_FUTURE.search(telling.words):
        return "announces"
    return None


def _is_body(name: str) -> bool:
    return any(speaks_for(word) for word in name.split()) or bool(states_of(name))


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
    if told in ("refuses", "agrees") and (told == "refuses" or denies(before)) and not _VIEWS_HELD.isdisjoint(after):
        return "opposes"
    return _DENIED.get(told, told) if told and denies(before) else told


def _around_verb(act: Act, telling: Telling) -> tuple[list[str], list[str]]:
    """The words of a clause close before its verb, and close after it."""
    place = max(0, act.clause.start - _BEFORE)
    words = [token for token in tokens_of(telling.sentences[place : act.clause.end]) if token.is_word]
    at = next(
        (at for at, word in enumerate(words) if bare(word.text) == act.clause.verb and word.start + place >= act.clause.start),
        len(words),
    )
    lower = [word.lower for word in words]
    return lower[max(0, at - _NEAR) : at], lower[at + 1 : at + 1 + _NEAR]


def denies(words: Iterable[str]) -> bool:
    return any(word in ("not", "never") or word.endswith("n't") for word in words)


def _demands(telling: Telling) -> bool:
    """Whether somebody says that what the words tell of must be."""
    before = telling.sentences[max(0, telling.start - _BEFORE) : telling.start]
    return bool(telling.saying) and (says_duty(telling.words) or says_duty(before))


def _is_condition(telling: Telling) -> bool:
    """Whether the words tell on what something else depends: "until Velia leaves"."""
    return not _CONDITIONS.isdisjoint(token.lower for token in tokens_of(telling.sentences[: telling.start]))


def _without_a_speaker(sentence: str) -> ActName | None:
    """What the reporter says himself: that something is open, or will come."""
    words = [token.lower for token in tokens_of(sentence)]
    if _OPEN.intersection(words):
        return "leaves open"
    if _COMING.intersection(words) or _TO_COME.intersection(itertools.pairwise(words)):
        return "announces"
    return None


def _moves(claim: Claim, telling: Telling) -> bool:
    """Whether the party does there something that is a move, and no saying."""
    own = [act for act in telling.governing if telling.is_by([act], claim.parties[0]) and not act.clause.passive]
    return any(is_move(act.clause.verb) and not act.clause.is_speaking for act in own) and not any(
        act.clause.is_speaking for act in own
    )
