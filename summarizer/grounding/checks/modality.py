"""What may be, is meant to be or hangs on a condition is not told as what is, nor the other way round. English only."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.grounding.checks.basis import Basis
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.signs import Sign, signs, signs_before
from summarizer.grounding.english.stems import stems_of
from summarizer.schema import Check, Claim

_MODAL = ("possible", "hinted", "condition", "future", "planned", "duty")
_STANDS_FOR: dict[str, frozenset[str]] = {
    "possible": frozenset({"possible"}),
    "hinted": frozenset({"hinted"}),
    "condition": frozenset({"condition"}),
    "future": frozenset({"future", "planned", "duty", "asking"}),
    "planned": frozenset({"planned"}),
    "duty": frozenset({"duty", "asking"}),
}
"""By which signs of the statement a sign of the evidence is kept."""
_AROSE_FROM = {**_STANDS_FOR, "future": frozenset({"future", "planned"}), "planned": frozenset({"planned", "future", "hinted"})}
"""From which signs of the evidence one of the statement may come."""


def check(claim: Claim, basis: Basis) -> Check:
    """Doubts where a modal verb, a condition or a hint is lost or gained."""
    if basis.language != "en":
        return Check(
            name="modality", result="not_checked", reason=f"not known how {basis.language!r} says that something may be"
        )
    reason = _cut_off(claim, basis) if claim.statement is None else _changed(claim, claim.statement, basis.sentences)
    if reason:
        return Check(name="modality", result="doubt", reason=reason)
    return Check(name="modality", result="pass", reason="what may be and what is are told apart as in the cited sentences")


def _cut_off(claim: Claim, basis: Basis) -> str | None:
    """A modal, a hint or a condition that stands around copied words of something settled, and not in them."""
    if claim.kind != "outcome":
        return None
    for sign in signs_before(basis.sentences, basis.start, reach=3):
        if sign.kind in ("possible", "hinted", "planned") and sign.on and sign.on[0] in stems_of(basis.quoted):
            return f"{sign.word!r} stands before the copied words"
    return None


def _changed(claim: Claim, statement: str, evidence: str) -> str | None:
    stated, held = signs(f"{statement} {claim.condition}" if claim.condition else statement), signs(evidence)
    said, read = stems_of(statement), stems_of(evidence)
    for sign in held:
        if sign.kind in _MODAL and sign.bears_on(said) and not _is_kept(sign, stated, held):
            return f"the cited sentences say {sign.word!r} of it, which the statement does not"
    for sign in stated:
        if sign.kind in _MODAL and sign.bears_on(read) and not _arose(sign, held):
            return f"the statement says {sign.word!r} of it, which the cited sentences do not"
    return None


def _is_kept(sign: Sign, stated: Sequence[Sign], held: Sequence[Sign]) -> bool:
    """What is said by both anyhow ("hoped that it would" and "hoped that it did") keeps no "would"."""
    if sign.kind == "future":
        words = {each.word for each in held}
        stated = [each for each in stated if each.kind == "future" or each.word not in words]
    kept = (other for other in stated if other.kind in _STANDS_FOR[sign.kind])
    return any(other.covers(sign) or _bears_on_all(other) or _is_same_verb(sign, other) for other in kept)


def _arose(sign: Sign, held: Sequence[Sign]) -> bool:
    sources = (other for other in held if other.kind in _AROSE_FROM[sign.kind])
    return any(other.covers(sign) or _bears_on_all(other) or _is_same_verb(sign, other) for other in sources)


def _is_same_verb(sign: Sign, other: Sign) -> bool:
    verb = lexicon.bare(sign.word)
    return verb is not None and verb == lexicon.bare(other.word)


def _bears_on_all(sign: Sign) -> bool:
    """Whether a sign is said of a whole statement, wherever it stands in it."""
    return sign.kind in ("asking", "condition", "hinted")
