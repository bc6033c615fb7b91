"""Which claims are one move: those that say the same become one, with united evidence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from summarizer.grounding.english.lexicon import DAYS, STOPWORDS, bare, listed
from summarizer.grounding.english.stems import stems_of
from summarizer.grounding.english.verbs import has_verb
from summarizer.grounding.english.words import tokens_of
from summarizer.merging.parties import name_key
from summarizer.schema import Claim, Evidence, GroundedClaim, Kind

_ADJOINING = 12
"""Code points between two quotations that adjoin: a comma, an article, a preposition."""
_MOST = 0.6
"""The share of its telling words that a move has in common with the same told elsewhere, and how many these are at least."""
_FEWEST_SHARED = 2
_DENYING = frozenset({"deny", "dispute", "reject", "dismiss"})
_SAYING_NOTHING = STOPWORDS | DAYS | listed("views") | frozenset({"morning", "afternoon", "evening"})
_SENTENCE_END = re.compile(r"[.!?;]")
_TURNING = frozenset({"not", "no", "nor", "or", "but", "without"})


def merge_claims(grounded: Iterable[GroundedClaim], *, language: str) -> list[GroundedClaim]:
    """Each move once, in the order of the report. What is said in two places keeps both as evidence.

    What goes on with the same is known in English alone.
    """
    moves: dict[object, GroundedClaim] = {}
    for _, asked_together in groupby(grounded, key=lambda each: each.claim.passage):
        for each in _apart(asked_together, language=language):
            key = _what_is_said(each.claim)
            moves[key] = _united(moves[key], each) if key in moves else each
    told = sorted(moves.values(), key=lambda each: each.evidence[0].start)
    return _told_once(told) if language == "en" else told


def _told_once(told: Sequence[GroundedClaim]) -> list[GroundedClaim]:
    """The moves, of which the lead of a report and its body tell some in other words, each once."""
    kept: list[GroundedClaim] = []
    # by the party: only moves of one party may tell the same
    places: defaultdict[object, list[int]] = defaultdict(list)
    for each in told:
        of_party = places[_whose(each.claim)]
        double = next((at for at in of_party if _tells_again(kept[at], each)), None)
        if double is None and kept and _only_denies(kept[-1], each):
            double = len(kept) - 1
        if double is None:
            of_party.append(len(kept))
            kept.append(each)
        else:
            kept[double] = _united(kept[double], each)
    return kept


def _tells_again(one: GroundedClaim, other: GroundedClaim) -> bool:
    """Whether another sentence tells the same of its party: in most words, with the same figures, and denied or not."""
    a, b = one.claim, other.claim
    if a.words is None or b.words is None or a.passage == b.passage:
        return False
    if _is_turned(one) != _is_turned(other) or _figures(a.words) != _figures(b.words):
        return False
    one_says, other_says = stems_of(a.words), stems_of(b.words)
    shared = len(one_says & other_says)
    return shared >= _FEWEST_SHARED and shared >= _MOST * min(len(one_says), len(other_says))


def _only_denies(one: GroundedClaim, other: GroundedClaim) -> bool:
    """Whether the one says no more than that something is not so, and the other, right after it, says why."""
    near = len(one.evidence) == 1 and other.evidence[0].sentence - one.evidence[0].sentence <= 1
    if not near or one.claim.words is None or one.claim.kind != "position" or _whose(one.claim) != _whose(other.claim):
        return False
    words = [token.lower for token in tokens_of(one.claim.words) if token.is_word]
    at = next((at for at, word in enumerate(words) if bare(word) in _DENYING), len(words))
    return at < len(words) and all(word in _SAYING_NOTHING for word in words[at + 1 :])


def _whose(claim: Claim) -> tuple[Kind, frozenset[object]]:
    return claim.kind, frozenset(map(name_key, claim.parties))


def _is_turned(each: GroundedClaim) -> bool:
    """Whether it is denied, in its words or right before them: "did not | take the offer"."""
    first = each.evidence[0]
    said = [token.lower for token in tokens_of(_text(each, max(first.start - _ADJOINING, each.claim.passage.start), first.end))]
    return any(word in _TURNING or word.endswith("n't") for word in said)


def _figures(words: str) -> frozenset[str]:
    return frozenset(token.lower for token in tokens_of(words) if token.lower[:1].isdigit())


def _apart(claims: Iterable[GroundedClaim], *, language: str) -> list[GroundedClaim]:
    """The claims of one passage without those that copy another's words: the same words are one move, told twice."""
    kept: list[GroundedClaim] = []
    for each in claims:
        double = next((index for index, other in enumerate(kept) if _share_words(other, each)), None)
        begun = next((index for index, other in enumerate(kept) if language == "en" and _goes_on(other, each)), None)
        if double is not None:
            kept[double] = _jointly(kept[double], each)
        elif begun is not None:
            kept[begun] = _gone_on(kept[begun], each)
        else:
            kept.append(each)
    return kept


def _share_words(one: GroundedClaim, other: GroundedClaim) -> bool:
    """Whether half of the shorter quotation stands in the longer. Whole cited sentences can hold several moves."""
    if one.claim.words is None or other.claim.words is None:
        return False
    a, b = one.evidence[0], other.evidence[0]
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared >= min(a.end - a.start, b.end - b.start)


def _goes_on(one: GroundedClaim, other: GroundedClaim) -> bool:
    """Whether the other goes on with the same: words that adjoin, or a thing more. What "and" joins with a verb is more.

    Each thing demanded is a demand.
    """
    a, b = one.claim, other.claim
    if a.words is None or b.words is None or a.kind == "demand" or (a.kind, a.parties) != (b.kind, b.parties):
        return False
    if {a.stance, b.stance} == {"supports", "opposes"}:
        return False
    return not has_verb(b.words) or (_adjoin(one, other) and "and" not in _between(one, other))


def _between(one: GroundedClaim, other: GroundedClaim) -> list[str]:
    """The words and marks between two quotations, the other after the one."""
    return [token.lower for token in tokens_of(_text(one, one.evidence[-1].end, other.evidence[0].start))]


def _adjoin(one: GroundedClaim, other: GroundedClaim) -> bool:
    """Whether next to nothing stands between the two, the other after the one: a comma, an article."""
    start, end = one.evidence[-1].end, other.evidence[0].start
    between = _text(one, start, end)
    small = start <= end <= start + _ADJOINING and not has_verb(between)
    return small and not _SENTENCE_END.search(between) and _TURNING.isdisjoint(token.lower for token in tokens_of(between))


def _text(each: GroundedClaim, start: int, end: int) -> str:
    passage = each.claim.passage
    return passage.text[start - passage.start : end - passage.start]


def _gone_on(one: GroundedClaim, other: GroundedClaim) -> GroundedClaim:
    """Both as one: words that adjoin in one quotation, others in two."""
    made = _united(one, other)
    if not _adjoin(one, other):
        return made
    *before, last = one.evidence
    end = other.evidence[-1].end
    whole = last.model_copy(update={"end": end, "quote": _text(one, last.start, end)})
    return replace(made, evidence=(*before, whole))


def _jointly(one: GroundedClaim, other: GroundedClaim) -> GroundedClaim:
    """The first of two tellings; a second party that does the very same with the same words has part in it."""
    same = (one.claim.verb, one.evidence[0].quote) == (other.claim.verb, other.evidence[0].quote)
    parties = (*one.claim.parties, *other.claim.parties) if same else one.claim.parties
    wider = other.evidence if _holds(other.evidence[0], one.evidence[0]) else one.evidence
    return replace(one, claim=replace(one.claim, parties=tuple(dict.fromkeys(parties))), evidence=wider)


def _holds(evidence: Evidence, other: Evidence) -> bool:
    return evidence.start <= other.start and other.end <= evidence.end


def _what_is_said(claim: Claim) -> tuple[object, ...]:
    said = claim.statement or claim.words or ""
    return *_whose(claim), " ".join(said.casefold().split())


def _united(one: GroundedClaim, other: GroundedClaim) -> GroundedClaim:
    evidence = {(each.start, each.end): each for each in (*one.evidence, *other.evidence)}
    verdict = one.verdict if one.verdict == other.verdict else "flagged"
    checks = tuple(dict.fromkeys((*one.checks, *other.checks)))
    return replace(one, evidence=tuple(evidence[place] for place in sorted(evidence)), verdict=verdict, checks=checks)
