"""No negation and no refusing verb is lost or gained between the statement and its evidence. English only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from summarizer.grounding.checks.basis import Basis
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import cast
from summarizer.grounding.english.clauses import clauses
from summarizer.grounding.english.mentions import mentions
from summarizer.grounding.english.offices import is_named
from summarizer.grounding.english.signs import Sign, deeds, opposites_of, signs, signs_before
from summarizer.grounding.english.stems import stem, stems_of
from summarizer.grounding.english.words import tokens_of
from summarizer.schema import Check, Claim


def check(claim: Claim, basis: Basis) -> Check:
    """Doubts where one of the two denies what the other affirms. "Rejected" and "did not accept" are the same."""
    if basis.language != "en":
        return Check(name="polarity", result="not_checked", reason=f"not known how {basis.language!r} denies")
    reason = _cut_off(claim, basis) if claim.statement is None else _turned(claim, claim.statement, basis)
    if reason:
        return Check(name="polarity", result="doubt", reason=reason)
    return Check(name="polarity", result="pass", reason="what is denied is denied by both")


def _cut_off(claim: Claim, basis: Basis) -> str | None:
    """A negation that stands just before copied words, and that the act does not say: refused to | accept the proposal."""
    before = signs_before(basis.sentences, basis.start, reach=4)
    words = stems_of(basis.quoted)
    own = _of_kind(signs(f"{claim.verb} {basis.quoted}"), "negation")
    for sign in _of_kind(before, "negation"):
        if sign.on and sign.on[0] in words and not any(sign.meets(other) for other in own):
            return f"{sign.word!r} stands before the copied words"
    return None


def _turned(claim: Claim, statement: str, basis: Basis) -> str | None:
    stated, held = signs(statement), signs(basis.sentences)
    said, read = stems_of(statement), stems_of(basis.sentences)
    own = _own(held, claim, statement, basis)
    denied, keeping = _of_kind(stated, "negation"), _of_kind(stated, "negation", "disapproval")
    affirmed = _affirmed(held, basis.sentences)
    for sign in _of_kind(own, "negation"):
        kept = any(sign.meets(other) or _is_same_phrase(sign, other) for other in keeping)
        if sign.bears_on(said) and not kept and sign.on[0] not in affirmed:
            return f"the cited sentences say {_shown(sign, basis.sentences)!r}, which the statement does not"
    for sign in denied:
        met = any(sign.meets(other) or _is_same(sign, other) for other in _of_kind(own, "negation")) or _condemned(sign, own)
        if not met and (sign.bears_on(read) or not _of_kind(held, "negation", "disapproval")):
            return f"the statement says {_shown(sign, statement)!r}, which the cited sentences do not"
    return _doubly(denied, held) or _opposed(stated, own) or _undone(statement, basis.sentences)


def _is_same_phrase(sign: Sign, other: Sign) -> bool:
    return " " in sign.word and sign.word.lower() == other.word.lower()


def _is_same(sign: Sign, other: Sign) -> bool:
    """Whether both are forms of one refusing verb, or its noun."""
    verb = lexicon.bare(sign.word) or lexicon.verb_of_noun(sign.word)
    return verb is not None and verb == (lexicon.bare(other.word) or lexicon.verb_of_noun(other.word))


def _condemned(sign: Sign, held: list[Sign]) -> bool:
    """Whether a refusing verb says what the evidence condemns or fears, by its nearest words."""
    if lexicon.bare(sign.word) is None:
        return False
    return any(set(sign.on[:2]) & set(other.on[:2]) for other in _of_kind(held, "disapproval"))


def _of_kind(found: Iterable[Sign], *kinds: str) -> list[Sign]:
    return [sign for sign in found if sign.kind in kinds]


def _own(held: Iterable[Sign], claim: Claim, statement: str, basis: Basis) -> list[Sign]:
    """The signs of the evidence without the refusals of others: "Ostria agreed, Velia refused" denies nothing of Ostria."""
    people = cast(basis.document.text)
    own: dict[bool, set[str]] = {True: set(), False: set()}
    for clause in clauses(basis.sentences):
        by_another = all(party.text[:1].isupper() and not party.is_pronoun for party in clause.parties) and not any(
            people.acts_as(party, name)
            or any(is_named(named, party.text) or is_named(party, named.text) for named in mentions(statement))
            for party in clause.parties
            for name in claim.parties
        )
        own[not by_another].add(clause.verb)
    return [sign for sign in held if lexicon.bare(sign.word) not in own[False] - own[True]]


def _affirmed(held: Iterable[Sign], evidence: str) -> frozenset[str]:
    """The stems of which the evidence also speaks where nothing denies them."""
    told = Counter(stem(token.text) for token in tokens_of(evidence) if token.is_word)
    denied = Counter(each for sign in _of_kind(held, "negation") for each in set(sign.on))
    return frozenset(each for each in told if told[each] > denied[each])


def _doubly(denied: list[Sign], held: Iterable[Sign]) -> str | None:
    """The statement denies a refusal: "did not reject"."""
    for sign in denied:
        refusal = next((other for other in denied if other.start > sign.start and stem(other.word) in sign.on[:2]), None)
        if refusal and not any(stem(refusal.word) in other.on[:2] for other in _of_kind(held, "negation")):
            return f"the statement says {sign.word!r} before {refusal.word!r}"
    return None


def _opposed(stated: Iterable[Sign], held: list[Sign]) -> str | None:
    """One of the two approves of what the other only refuses or condemns."""
    for sign in stated:
        if lexicon.bare(sign.word) is None or sign.kind not in ("approval", "negation", "disapproval"):
            continue
        same = ("approval",) if sign.kind == "approval" else ("negation", "disapproval")
        turned = ("negation", "disapproval") if sign.kind == "approval" else ("approval",)
        against = next((other for other in _of_kind(held, *turned) if lexicon.bare(other.word) and sign.meets(other)), None)
        agreeing = (
            other for other in _of_kind(held, *same) if lexicon.bare(other.word) and set(sign.on[:2]) & set(other.on[:2])
        )
        if against and not any(agreeing) and not _denied(against, held) and not _denied(sign, stated):
            return f"the statement says {sign.word!r} where the cited sentences say {against.word!r}"
    return None


def _denied(sign: Sign, found: Iterable[Sign]) -> bool:
    """Whether a negation bears on this word: "did not accept", "refused to accept"."""
    return any(stem(sign.word) in other.on[:2] for other in _of_kind(found, "negation"))


def _undone(statement: str, evidence: str) -> str | None:
    """The statement has a verb that undoes one of the evidence: lift and impose."""
    done = deeds(evidence)
    for deed in deeds(statement):
        undoing = next((other for other in done if other.kind in opposites_of(deed.kind) and deed.meets(other)), None)
        if undoing and not any(other.kind == deed.kind and deed.meets(other) for other in done):
            return f"the statement says {deed.word!r} where the cited sentences say {undoing.word!r}"
    return None


def _shown(sign: Sign, text: str) -> str:
    following = tokens_of(text[sign.start :])[:4]
    return text[sign.start : sign.start + following[-1].end]
