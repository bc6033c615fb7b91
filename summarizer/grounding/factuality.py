"""Whether the sentence tells copied words as a fact: "almost agreed", "no sign that Velia agreed", "dropped its demand" do not.

What is asked is the factuality of the move, as the sentence has it; whether it is true, nobody can tell here. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.acts import act_of
from summarizer.grounding.corrections.predicates import Predicate, clause_before, is_carried_over, predicate_of
from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.english.lexicon import BE, DETERMINERS, act_told_by, bare, is_speaking, verb_of_noun
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.sentence import DENYING, JOINING
from summarizer.grounding.english.signs import signs
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.languages import word_lists
from summarizer.schema import Check, Claim

_WORDS = word_lists("english_factuality")
_DOUBTING = frozenset({"negation", "possible", "hinted", "condition"})
_MARKS = re.compile(r"[,.;:!?“”\"—–()\n]")
_NEAR = 3
"""Words right before a verb that tell how near it came: "all but agreed"."""
_AFTER = 4
"""Words after a verb within which the move is named that it undoes: "dropped its demand"."""
_NEVER_MEANT = ("demands", "orders", "refuses")
"""Acts that are none where their verb is denied: "did not demand". Of the others that is an act of its own: refused."""


def is_asked(claim: Claim) -> bool:
    """Whether the claim is of copied words that are settled or demanded, and not of what is only awaited or left open.

    A view that another tells of says so itself (`reported_by`).
    """
    return claim.words is not None and claim.kind != "position" and claim.outcome_status != "pending"


def check(claim: Claim, telling: Telling | None) -> Check:
    """Doubts where the sentence does not tell it as a fact."""
    if telling is None:
        return Check(name="factuality", result="not_checked", reason="not known how a sentence tells this as a fact")
    name = claim.parties[0]
    told = predicate_of(telling, name)
    reason = told and (
        (None if claim.kind == "demand" and _is_bound(told, telling) else why_no_fact(told, telling, name))
        or _came_near(told, telling)
        or _maybe(claim, told, telling)
        or _undone(told, telling)
        or _never_meant(claim, told, telling)
        or _contrary(claim, told, telling)
    )
    if reason:
        return Check(name="factuality", result="doubt", reason=reason)
    return Check(name="factuality", result="pass", reason="the sentence tells it as a fact")


def why_no_fact(told: Predicate, telling: Telling, name: str) -> str | None:
    """What around the clause denies it, doubts it or makes it depend: "no sign that Velia agreed"; None where nothing does."""
    another = next((act for act in telling.acts if _claims(act, told, telling, name)), None)
    if another is not None:
        return f"it is what another party tells by {another.clause.verb!r}"
    words = _words_before(told, telling)
    if is_carried_over(told):
        found = [word for word in words if word in _WORDS["open"] or (_is_bare(told, telling) and _denies(word))]
    else:
        subject = _MARKS.split(telling.sentences[told.act.clause.start : told.start])[0]
        found = [word for word in _lower(subject) if word in _WORDS["nobody"]]
        found += _bearing_on_it(words, clause_before(told, telling)) if _leads_on(words) else []
        found += _refuted(told, telling) if words == ["that"] else []
    return f"{found[0]!r} stands there, and the sentence does not tell it as a fact" if found else None


def _bearing_on_it(words: Sequence[str], text: str) -> list[str]:
    """Which of the words that lead on to a clause deny it, doubt it or make it depend."""
    named = [word for word in words[-2:-1] if words[-1] == "that" and (word in _WORDS["untrue"] or _is_bidden(words))]
    open_or_denied = [word for word in words if word in _WORDS["denying"] | _WORDS["open"] | DENYING]
    supposed = [word for word in words[-1:] if word in _WORDS["supposing"]]
    return [*named, *open_or_denied, *supposed, *(sign.word for sign in signs(text) if sign.kind in _DOUBTING)]


def _is_bidden(words: Sequence[str]) -> bool:
    """Whether somebody is bidden to say it: "Report that Velia agreed", "must write that"."""
    verb, before = words[-2], words[-3] if len(words) > len(("write", "that")) else ""
    return bare(verb) == verb and is_speaking(verb) and (not before or before in _WORDS["bidding"])


def _refuted(told: Predicate, telling: Telling) -> list[str]:
    """What is said of it after it, in the same breath: "that Velia agreed is untrue"."""
    after = _lower(_MARKS.split(telling.sentences[told.end :])[0])
    return [word for at, word in enumerate(after) if word in _WORDS["refuted"] and after[at - 1] in BE]


def _is_bare(told: Predicate, telling: Telling) -> bool:
    """Whether its verb is in its bare form, so that a denial before it holds for it too: "can't pay and then be back"."""
    first = next(iter(_lower(telling.sentences[told.start : told.end])), "")
    return first == "be" or bare(first) == first


def _denies(word: str) -> bool:
    return word in DENYING or word.endswith("n't")


def _is_bound(told: Predicate, telling: Telling) -> bool:
    """Whether something is done only when this is: "no truce until Velia leaves" demands it."""
    words = _words_before(told, telling)
    return not _WORDS["binding"].isdisjoint(words if is_carried_over(told) else words[-1:])


def _words_before(told: Predicate, telling: Telling) -> list[str]:
    """The words before the clause, without the article of its subject."""
    words = _lower(clause_before(told, telling))
    return words[:-1] if words and words[-1] in DETERMINERS else words


def _leads_on(words: Sequence[str]) -> bool:
    """Whether these words bear on the clause after them: "no sign that", "if", "nobody believes"."""
    verb = bare(words[-1]) if words else None
    return bool(words) and (words[-1] in _WORDS["leading"] or (verb is not None and is_speaking(verb)))


def _claims(act: Act, told: Predicate, telling: Telling, name: str) -> bool:
    """Whether in this act another wants, fears, claims or denies what is told: "Ostria demands that Velia agree"."""
    clause, begin, (first, last) = act.clause, told.act.clause.start, act.clause.verb_place
    if not clause.is_speaking or telling.is_by([act], name):
        return False
    if clause.attribution:
        return clause.verb in _WORDS["claiming"]
    between = telling.sentences[last:begin]
    around = first < last <= begin < clause.end and not _MARKS.search(between) and JOINING.isdisjoint(_lower(between)[-1:])
    return around and clause.verb not in _WORDS["asserting"]


def _came_near(told: Predicate, telling: Telling) -> str | None:
    """By which words it was not done, but nearly or on a condition: "stopped short of", "would have agreed"."""
    group, after = _lower(telling.sentences[told.start : told.end]), _lower(telling.sentences[told.end :])[:_AFTER]
    before = _lower(_MARKS.split(telling.sentences[: told.start])[-1])[-_NEAR:]
    pretended = group if told.act.clause.verb in _WORDS["pretending"] else []
    found = [
        *_phrases("nearly", [*before, *group], until=len(before) + len(group)),
        *_phrases("unreal", group, until=len(group)),
        *_phrases("short_of", [_verb(word) for word in (*group, *after)], until=len(group)),
        *pretended,
    ]
    return f"{found[0]!r} does not tell that it was done" if found else None


def _maybe(claim: Claim, told: Predicate, telling: Telling) -> str | None:
    """By which word in its own verb what was settled only may be: "is unlikely to agree", "might agree"."""
    group = telling.sentences[told.start : told.complement]
    if claim.kind != "outcome" or any(map(_denies, _lower(group))):
        return None
    if "but" in _lower(group):
        return "'but' stands between the verb and what it tells"
    sign = next((sign for sign in signs(group) if sign.kind in ("possible", "hinted")), None)
    return f"{sign.word!r} tells that it may be, not that it is" if sign else None


def _undone(told: Predicate, telling: Telling) -> str | None:
    """By which verb the move is ended that the words after it name: "dropped its demand"."""
    after = _lower(telling.sentences[told.end :])[:_AFTER]
    named = next((word for word in after if act_told_by(verb_of_noun(word) or "")), None)
    verbs = {told.act.clause.verb, f"{told.act.clause.verb}_{next(iter(after), '')}"}
    if named is None or verbs.isdisjoint(_WORDS["undoing"]):
        return None
    return f"{telling.sentences[told.start : told.end]!r} ends what {named!r} names"


def _never_meant(claim: Claim, told: Predicate, telling: Telling) -> str | None:
    """The verb of the act, where it is denied: "did not demand", "no longer demands"; of any act "neither agreed nor"."""
    group, before = telling.sentences[told.start : told.end], _lower(telling.sentences[: told.start])[-_NEAR:]
    denied = any(map(_denies, _lower(group)[:-1])) or before[-2:] == ["no", "longer"]
    if {"neither", "nor"}.isdisjoint(before[-1:]) and not (denied and _is_act_of(claim, told, telling)):
        return None
    return f"{group!r} does not tell that somebody {claim.verb}"


def _contrary(claim: Claim, told: Predicate, telling: Telling) -> str | None:
    """The verb right before the words, where it refuses what is said to be agreed: "agreed, but later refused, to"."""
    verb = telling.sentences[told.start : told.end]
    refused = act_told_by(told.act.clause.verb) == "refuses" and not any(map(_denies, _lower(verb)))
    given = claim.outcome_status in ("agreed", "committed") and claim.kind == "outcome"
    return f"{verb!r} does not tell that somebody {claim.verb}" if refused and given else None


def _is_act_of(claim: Claim, told: Predicate, telling: Telling) -> bool:
    """Whether the verb itself is that of an act that is none when it is denied. "Did not agree" refuses."""
    act, verb = act_of(claim), told.act.clause.verb
    following = next(iter(_lower(telling.sentences[told.end :])), "")
    return act in _NEVER_MEANT and act_told_by(verb, following) == act


def _phrases(name: str, words: Sequence[str], *, until: int) -> list[str]:
    """Which phrases of this list begin in the first words of these."""
    return [
        phrase
        for phrase in sorted(_WORDS[name])
        for at in range(until)
        if list(words[at : at + len(phrase.split())]) == phrase.split()
    ]


def _verb(word: str) -> str:
    """A form of a verb as its bare form; another word as it is."""
    return "be" if word in BE else word if word == "close" else bare(word) or word


def _lower(text: str) -> list[str]:
    return [token.lower for token in tokens_of(text) if token.is_word]
