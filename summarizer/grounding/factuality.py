"""Whether the sentence tells copied words as a fact: "almost agreed", "no sign that Velia agreed", "dropped its demand" do not.

What is asked is the factuality of the move, as the sentence has it; whether it is true, nobody can tell here. English only.
"""

from __future__ import annotations

import re

from summarizer.acts import act_of
from summarizer.grounding.corrections.predicates import Predicate, predicate_of
from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.english.lexicon import DETERMINERS, act_told_by, bare, is_speaking, listed, verb_of_noun
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.sentence import DENYING, JOINING
from summarizer.grounding.english.signs import signs
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.languages import word_lists
from summarizer.schema import Check, Claim

_WORDS = word_lists("english_factuality")
_DENIED = DENYING | {"none", "neither", "nobody", "few"}
_OPEN = listed("open") | {"whether", "if", "unless", "until"}
_ASSERTING = listed("asserting") | _WORDS["factive"]
_DOUBTING = frozenset({"negation", "possible", "hinted", "condition"})
_STRETCH = re.compile(r"[,.;:!?“”\"—–()\n]|\b(?:but|while|whereas|although|though)\b")
_HAD_IT = re.compile(r"\b(?:would|could|might)(?: not| also| then)? have\b")
_TURNED_OUT = re.compile(
    r"\b(?:is|are|was|were|been|be|proved|remains?)\b[^.,;]{0,20}\b(?:untrue|false|wrong|denied|baseless|unfounded|premature|fake)\b"
)
_NEAR = 2
"""Words right before a verb that tell how near it came: "almost agreed"."""
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
        return Check(name="factuality", result="not_checked", reason="not known how this is told as a fact or as none")
    told = predicate_of(telling, claim.parties[0])
    reason = told and (
        (None if claim.kind == "demand" and _is_bound(told, telling) else why_no_fact(told, telling))
        or _came_near(told, telling)
        or _undone(told, telling)
        or _never_meant(claim, told, telling)
    )
    if reason:
        return Check(name="factuality", result="doubt", reason=reason)
    return Check(name="factuality", result="pass", reason="the sentence tells it as a fact")


def why_no_fact(told: Predicate, telling: Telling) -> str | None:
    """What around the clause denies it, doubts it or makes it depend: "no sign that Velia agreed"; None where nothing does."""
    wanting = next((act for act in telling.acts if _wants(act, told, telling)), None)
    if wanting is not None:
        return f"it is what another party tells by {wanting.clause.verb!r}"
    subject = _STRETCH.split(telling.sentences[told.act.clause.start : told.start])[0]
    before = telling.sentences[: told.act.clause.start]
    carried_over = is_carried_over(told)
    words = _lower(before) if carried_over else _words_before(told, telling)
    found = [*(word for word in _lower(subject) if word in _DENIED | _OPEN), *(word for word in words if word in _OPEN)]
    if not carried_over and _leads_on(words):
        found += [word for word in words if word in DENYING | _WORDS["untrue"] | _WORDS["supposing"]]
        found += [sign.word for sign in signs(clause_before(told, telling)) if sign.kind in _DOUBTING]
    if not found and words[-1:] == ["that"] and _TURNED_OUT.search(telling.sentences, told.end):
        found = ["that"]
    return f"{found[0]!r} stands before it, and the sentence does not tell it as a fact" if found else None


def clause_before(told: Predicate, telling: Telling) -> str:
    """What stands in the sentence between the last mark, or "but", and the clause."""
    return _STRETCH.split(telling.sentences[: told.act.clause.start])[-1]


def _is_bound(told: Predicate, telling: Telling) -> bool:
    """Whether something is done only when this is: "no truce until Velia leaves" demands it."""
    if is_carried_over(told):
        return not _WORDS["binding"].isdisjoint(_lower(telling.sentences[: told.act.clause.start]))
    return not _WORDS["binding"].isdisjoint(_words_before(told, telling)[-1:])


def is_carried_over(told: Predicate) -> bool:
    """Whether it has no subject of its own."""
    return told.act.clause.start >= told.start


def _words_before(told: Predicate, telling: Telling) -> list[str]:
    """The words before the clause, without the article of its subject."""
    words = _lower(clause_before(told, telling))
    return words[:-1] if words and words[-1] in DETERMINERS else words


def _leads_on(words: list[str]) -> bool:
    """Whether these words bear on the clause after them: "no sign that", "if", "nobody believes"."""
    verb = bare(words[-1]) if words else None
    return bool(words) and (words[-1] in _WORDS["leading"] or (verb is not None and is_speaking(verb)))


def _wants(act: Act, told: Predicate, telling: Telling) -> bool:
    """Whether in this act another wants, fears, claims or denies what is told: "Ostria demands that Velia agree"."""
    clause, begin, (first, last) = act.clause, told.act.clause.start, act.clause.verb_place
    around = clause.is_speaking and not clause.attribution and first < last <= begin < clause.end
    between = telling.sentences[last:begin]
    around = around and not _STRETCH.search(between) and JOINING.isdisjoint(_lower(between)[-1:])
    return around and clause.parties != told.act.clause.parties and clause.verb not in _ASSERTING


def _came_near(told: Predicate, telling: Telling) -> str | None:
    """By which words it was not done, but nearly, perhaps or on a condition: "stopped short of", "would have agreed"."""
    group = telling.sentences[told.start : told.end]
    near = [word for word in (*_lower(telling.sentences[: told.start])[-_NEAR:], *_lower(group)) if word in _WORDS["nearly"]]
    said = f" {' '.join((*_lower(group), *_lower(telling.sentences[told.end :])[:_AFTER]))} "
    short = [phrase for phrase in _WORDS["short_of"] if f" {phrase} " in said]
    had = _HAD_IT.search(group)
    pretended = [group] if told.act.clause.verb in _WORDS["pretending"] else []
    found = [*near, *short, *([had[0]] if had else []), *pretended]
    return f"{found[0]!r} does not tell that it was done" if found else None


def _undone(told: Predicate, telling: Telling) -> str | None:
    """By which verb the move is ended that the words after it name: "dropped its demand"."""
    after = _lower(telling.sentences[told.end :])[:_AFTER]
    names = next((word for word in after if act_told_by(verb_of_noun(word) or "")), None)
    if told.act.clause.verb not in _WORDS["undoing"] or names is None:
        return None
    return f"{telling.sentences[told.start : told.end]!r} ends what {names!r} names"


def _never_meant(claim: Claim, told: Predicate, telling: Telling) -> str | None:
    """The verb of the act, where it is denied: "did not demand", "no longer demands"."""
    act, group = act_of(claim), telling.sentences[told.start : told.end]
    before = _lower(telling.sentences[: told.start])[-_NEAR:]
    denied = any(word in DENYING or word.endswith("n't") for word in _lower(group)[:-1]) or before == ["no", "longer"]
    if act in _NEVER_MEANT and denied and not _is_other_act(claim, told, telling):
        return f"{group!r} does not tell that somebody {claim.verb}"
    return None


def _is_other_act(claim: Claim, told: Predicate, telling: Telling) -> bool:
    """Whether the denied verb tells of another act: "did not agree" refuses."""
    following = _lower(telling.sentences[told.end :])[:1]
    return act_told_by(told.act.clause.verb, *following) != act_of(claim) and told.act.clause.verb != "rule"


def _lower(text: str) -> list[str]:
    return [token.lower for token in tokens_of(text) if token.is_word]
