"""The party is the one who speaks or acts in the evidence, not merely somebody named there.

"Hamas demanded a truce; Israel offered one" does not carry "Israel demanded a truce". English only: in other languages no
more is checked than that the report names the party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.grounding.checks.basis import Basis, stands
from summarizer.grounding.checks.counterparts import Told, of_copied_words, of_statement, stated_of, told_by
from summarizer.grounding.checks.others import are_named, share_of
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import Cast
from summarizer.grounding.english.clauses import clauses, ungoverned
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.no_parties import why_no_party
from summarizer.grounding.english.offices import is_named
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.stems import stems_of
from summarizer.grounding.english.words import sentences_of, tokens_of
from summarizer.grounding.naming import names_in, same_party
from summarizer.grounding.pronouns import is_pronoun
from summarizer.schema import Check, CheckResult, Claim

ALMOST = 0.8
"""The share of a statement that makes it a repetition."""
CLEAR = 0.5
"""The share of the statement that a clause must say for its party to be clearly the one."""
BEFORE = 3
"""Sentences before the cited ones whose parties may be those of an outcome that names nobody who acts."""

_SUBJECT = 2
"""Tokens at the beginning of copied words that may name who acts in them: "the Velian"."""

Role = Literal["agent", "unsure", "addressee", "spoken of", "present", "absent"]


@dataclass(frozen=True, slots=True)
class _Finding:
    role: Role
    instead: str = ""
    clear: bool = False


def check(claim: Claim, basis: Basis) -> Check:
    """Passes where every party acts in the evidence; doubts where it is only present, or meant by an unsure pronoun.

    Fails where no party is named, where the words can name none or the report does not, and, of what a model put into words,
    where somebody else clearly acts and the party is not there, or is the one it is said to.
    """
    if (unnamed := _unnamed(claim)) is not None:
        return Check(name="party", result="fail", reason=unnamed)
    result, reason = are_named(claim, claim.parties, basis)
    if result != "pass":
        return Check(name="party", result=result, reason=reason)
    if basis.language != "en":
        return _elsewhere(claim, basis)
    if (none := _no_party(claim, basis)) is not None:
        return none
    names, (claim, basis) = claim.parties, _as_one_word(claim, basis)
    told, judging = told_by(basis), zip(names, claim.parties, strict=True)
    judged = [_judged(name, _finding(as_one, claim, basis, told), claim) for name, as_one in judging]
    worst = min(judged, key=lambda each: ("fail", "doubt", "pass").index(each[0]))
    return Check(name="party", result=worst[0], reason=worst[1])


def _unnamed(claim: Claim) -> str | None:
    if not claim.parties or not all(claim.parties):
        return "no party is named"
    return next((f"{name!r} is a pronoun: whose move it is was not found" for name in claim.parties if is_pronoun(name)), None)


def _no_party(claim: Claim, basis: Basis) -> Check | None:
    """Fails where the words can name no party, doubts where they are not known to name one."""
    found = [no_party for name in claim.parties if (no_party := why_no_party(name, basis.document.text))]
    for certainty, reason in sorted(found):  # "sure" before "unsure"
        return Check(name="party", result="fail" if certainty == "sure" else "doubt", reason=reason)
    return None


def _as_one_word(claim: Claim, basis: Basis) -> tuple[Claim, Basis]:
    """Both with names such as "Bread and Shelter" as one word, so that they are not read as two parties. Offsets hold."""
    for name in claim.parties:
        if " and " in name:
            joined = name.replace(" and ", "_and_")
            claim = replace(
                claim,
                parties=tuple(joined if party == name else party for party in claim.parties),
                statement=claim.statement and claim.statement.replace(name, joined),
            )
            basis = replace(
                basis,
                document=replace(basis.document, text=basis.document.text.replace(name, joined)),
                quoted=basis.quoted.replace(name, joined),
                sentences=basis.sentences.replace(name, joined),
                before=basis.before.replace(name, joined),
            )
    return claim, basis


def _elsewhere(claim: Claim, basis: Basis) -> Check:
    """Languages whose sentences we cannot read: whether the party is at least named where the words stand."""
    for name in claim.parties:
        if not share_of(name, basis.sentences):
            return Check(name="party", result="doubt", reason=f"{name!r} is not named in the sentence itself")
    return Check(name="party", result="not_checked", reason=f"not known how {basis.language!r} says who acts")


def _judged(name: str, finding: _Finding, claim: Claim) -> tuple[CheckResult, str]:
    instead = f", {finding.instead!r} acts there" if finding.instead else ""
    match finding.role:
        case "agent" if not claim.pronoun:
            return "pass", "every party acts where the words stand"
        case "agent":
            return "pass", f"{claim.pronoun!r} is {name!r}, who acted before"
        case "unsure" if claim.pronoun:
            return "doubt", f"{claim.pronoun!r} was taken for {name!r}, named before"
        case "unsure":
            return "doubt", f"a pronoun stands where {name!r} would: it may mean another"
        case "addressee":
            reason = f"{name!r} is the one it is said or done to{instead}"
        case "spoken of":
            reason = f"the words speak of {name!r} as of another"
        case "present":
            reason = f"{name!r} is named there, but nothing says that it acts{instead}"
        case "absent":
            reason = f"{name!r} is not named in the sentence itself{instead}"
    failed = claim.words is None and finding.clear and finding.role != "present"
    return ("fail" if failed else "doubt"), reason


def _finding(name: str, claim: Claim, basis: Basis, told: Told) -> _Finding:
    """What the party is to what the claim tells, by the clauses that tell the same."""
    if claim.statement is None:
        if _is_spoken_of(name, basis):
            return _Finding("spoken of")
        return _by_clauses(name, of_copied_words(claim, basis, told), 0.0, basis, told.people)
    stated = stated_of(name, claim.statement, told.people)
    if stated is None or stated.passive:
        return _free(name, claim.statement, basis, told)
    chosen, share = of_statement(claim.statement, name, stated, told)
    return _by_clauses(name, chosen, share, basis, told.people)


def _is_spoken_of(name: str, basis: Basis) -> bool:
    """Whether copied words name the party as an owner, and not as who acts in them: "reject any of Velia's attempts"."""
    own = [mention for mention in mentions(basis.quoted) if is_named(mention, name)]
    return bool(own) and all(mention.first >= _SUBJECT and tokens_of(mention.text)[-1].is_possessive for mention in own)


def _by_clauses(name: str, chosen: Sequence[Act], share: float, basis: Basis, people: Cast) -> _Finding:
    """The role of the party in the clauses that tell the same, which say so much of the statement; else its place there."""
    clear = share >= CLEAR and _all_named(chosen)
    roles = [_role(name, act, people) for act in chosen]
    for role in ("agent", "unsure", "addressee"):
        if role in roles:
            others = [act for act in chosen if not any(people.acts_as(ref.mention, name) for ref in act.parties)]
            apart = role == "addressee" and people.are_apart(_who(others), name)
            return _Finding(role, _who(others), clear=clear and apart)
    there = [each for sentence in sentences_of(basis.sentences) for each in mentions(sentence)]
    if not _another_acts(chosen, share) and _is_among(name, _who_may_act(basis), people):
        return _Finding("agent")
    instead = _who(chosen)
    if _is_among(name, there, people):
        return _Finding("present", instead)
    return _Finding(_named(name, basis), instead, clear=clear and people.are_apart(instead, name))


def _role(name: str, act: Act, people: Cast) -> Role:
    for ref in act.parties:
        if people.acts_as(ref.mention, name):
            if act.clause.passive and act.clause.is_speaking:
                return "addressee"
            return "agent" if ref.sure else "unsure"
    return "absent"


def _another_acts(chosen: Sequence[Act], share: float) -> bool:
    """Whether somebody who is sure acts in these clauses: by a proper name, or in one that says much of the statement.

    So does whoever a pronoun means that nobody is known for.
    """
    if any(party.is_pronoun for act in chosen for party in act.clause.parties):
        return True
    rivals = [ref for act in chosen for ref in act.parties if ref.sure and not ref.mention.is_pronoun]
    return any(ref.mention.text[:1].isupper() for ref in rivals) or (bool(rivals) and share >= CLEAR)


def _who_may_act(basis: Basis) -> list[Mention]:
    return [mention for sentence in sentences_of(basis.sentences) for mention in ungoverned(sentence)]


def _is_among(name: str, found: Sequence[Mention], people: Cast) -> bool:
    return any(people.acts_as(mention, name) for mention in found)


def _named(name: str, basis: Basis) -> Role:
    return "present" if stands(name, basis.sentences) else "absent"


def _who(acts: Sequence[Act]) -> str:
    return next((ref.mention.text for act in acts for ref in act.parties if not ref.mention.is_pronoun), "")


def _all_named(acts: Sequence[Act]) -> bool:
    """Whether all who act there do so by a proper name, not by a pronoun or an office."""
    parties = [party for act in acts for party in act.clause.parties]
    return bool(parties) and all(_is_proper(party) and not party.is_pronoun for party in parties)


def _is_proper(party: Mention) -> bool:
    words = (word for word in party.text.split() if word[:1].isupper())
    return any(not lexicon.speaks_for(word) and word != "Foreign" for word in words)


def _free(name: str, statement: str, basis: Basis, told: Told) -> _Finding:
    """Of a statement in which the party does nothing: "It must be returned by May".

    Whether it acts in the evidence at all; where nobody acts in the statement, whether it acted in the sentences before.
    """
    meant = [ref for _, act in told.acts for ref in act.parties]
    meant += told.both
    if not _names_another(statement):
        meant += [ref for reading in told.before[-BEFORE:] for act in reading.acts for ref in act.parties]
    own = [ref for ref in meant if told.people.acts_as(ref.mention, name)]
    if own:
        return _Finding("agent" if any(ref.sure for ref in own) else "unsure")
    if _repeats(statement, name, basis):
        return _Finding("agent")
    return _Finding(_named(name, basis), _who([act for _, act in told.acts]))


def _names_another(statement: str) -> bool:
    return any(party.text[:1].isupper() and not party.is_pronoun for clause in clauses(statement) for party in clause.parties)


def _repeats(statement: str, name: str, basis: Basis) -> bool:
    """Whether the statement says little else than a cited sentence that names the party, in whatever place."""
    words = stems_of(statement)
    named_there = any(same_party(name, other) for other in names_in(basis.sentences))
    return named_there and len(words & stems_of(basis.sentences)) >= ALMOST * len(words)
