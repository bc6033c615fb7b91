"""The party is the one who speaks or acts in the evidence, not merely somebody named there.

"Hamas demanded a truce; Israel offered one" does not carry "Israel demanded a truce". English only: in other languages no
more is checked than that the report names the party.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.grounding import english
from summarizer.grounding.cast import Act, Cast, Reading, Reference, cast
from summarizer.grounding.checks.basis import Basis, stands
from summarizer.grounding.checks.others import are_named, share_of
from summarizer.grounding.clauses import Clause, clauses, ungoverned
from summarizer.grounding.mentions import mentions
from summarizer.grounding.naming import names_in, same_party
from summarizer.grounding.pronouns import is_pronoun
from summarizer.schema import Check, CheckResult, Claim

_CLOSE = 0.12
"""How much less of the statement a clause may say than the best one, to be what the statement speaks of."""
_ALMOST = 0.8
"""The share of a statement that makes it a repetition."""
_CLEAR = 0.5
"""The share of the statement that a clause must say for its party to be clearly the one."""

_BEFORE = 3
"""Sentences before the cited ones whose parties may be those of an outcome that names nobody who acts."""

Role = Literal["agent", "unsure", "addressee", "present", "absent"]


@dataclass(frozen=True, slots=True)
class _Finding:
    role: Role
    instead: str = ""
    clear: bool = False


def check(claim: Claim, basis: Basis) -> Check:
    """Passes where every party acts in the evidence; doubts where it is only present, or meant by an unsure pronoun.

    Fails where no party is named, where the report does not name it, and, of what a model put into words, where somebody
    else clearly acts and the party is not there, or is the one it is said to.
    """
    if (unnamed := _unnamed(claim)) is not None:
        return Check(name="party", result="fail", reason=unnamed)
    result, reason = are_named(claim, claim.parties, basis)
    if result != "pass":
        return Check(name="party", result=result, reason=reason)
    if basis.language != "en":
        return _elsewhere(claim, basis)
    names, (claim, basis) = claim.parties, _as_one_word(claim, basis)
    judging = zip(names, claim.parties, strict=True)
    judged = [_judged(name, _finding(as_one, claim, basis), claim) for name, as_one in judging]
    worst = min(judged, key=lambda each: ("fail", "doubt", "pass").index(each[0]))
    return Check(name="party", result=worst[0], reason=worst[1])


def _unnamed(claim: Claim) -> str | None:
    if not claim.parties or not all(claim.parties):
        return "no party is named"
    return next((f"{name!r} is a pronoun: whose move it is was not found" for name in claim.parties if is_pronoun(name)), None)


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
        case "present":
            reason = f"{name!r} is named there, but nothing says that it acts{instead}"
        case "absent":
            reason = f"{name!r} is not named in the sentence itself{instead}"
    failed = claim.words is None and finding.clear and finding.role != "present"
    return ("fail" if failed else "doubt"), reason


def _finding(name: str, claim: Claim, basis: Basis) -> _Finding:
    people = cast(basis.document.text)
    acts = _acts(basis, people)
    if claim.statement is None:
        chosen, share, clear = _governing(acts, basis, claim), 0.0, False
    else:
        told = _told(claim.statement, name, people)
        if told is None or told.passive:
            return _free(name, claim, basis, people)
        chosen, share = _spoken_of(claim.statement, name, told, acts)
        clear = share >= _CLEAR and _all_named(chosen)
    roles = [_role(name, act, people, claim) for act in chosen]
    for role in ("agent", "unsure", "addressee"):
        if role in roles:
            others = [act for act in chosen if not any(people.acts_as(ref.mention, name) for ref in act.parties)]
            return _Finding(role, _who(others), clear=clear and role == "addressee" and people.are_apart(_who(others), name))
    instead = _who(chosen)
    rivals = [ref for act in chosen for ref in act.parties if ref.sure and not ref.mention.is_pronoun]
    clearly = any(ref.mention.text[:1].isupper() for ref in rivals) or (bool(rivals) and share >= _CLEAR)
    free = (mention for sentence in english.sentences_of(basis.sentences) for mention in ungoverned(sentence))
    if not clearly and any(people.acts_as(mention, name) for mention in free):
        return _Finding("agent")
    if any(
        people.acts_as(mention, name) for sentence in english.sentences_of(basis.sentences) for mention in mentions(sentence)
    ):
        return _Finding("present", instead)
    role = "present" if stands(name, basis.sentences) else "absent"
    return _Finding(role, instead, clear=clear and people.are_apart(instead, name))  # type: ignore[arg-type]


def _free(name: str, claim: Claim, basis: Basis, people: Cast) -> _Finding:
    """Of a statement in which the party does nothing: "It must be returned by May".

    Whether it acts in the evidence at all; where nobody acts in the statement, whether it acted in the sentence before.
    """
    acts = [act for _, act in _acts(basis, people)]
    readings = people.read_all(basis.before)
    meant = [ref for act in acts for ref in act.parties]
    meant += [ref for sentence in basis.sentences.split("\n") for ref in people.both(sentence, readings)]
    if not _names_another(claim.statement or ""):
        meant += [ref for reading in readings[-_BEFORE:] for act in reading.acts for ref in act.parties]
    own = [ref for ref in meant if people.acts_as(ref.mention, name)]
    if own:
        return _Finding("agent" if any(ref.sure for ref in own) else "unsure")
    if _repeats(claim.statement or "", name, basis):
        return _Finding("agent")
    return _Finding("present" if stands(name, basis.sentences) else "absent", _who(acts))


def _repeats(statement: str, name: str, basis: Basis) -> bool:
    """Whether the statement says little else than a cited sentence that names the party, in whatever place."""
    words = english.content(english.tokens(statement))
    said = english.content(english.tokens(basis.sentences))
    named_there = any(same_party(name, other) for other in names_in(basis.sentences))
    return named_there and len(words & said) >= _ALMOST * len(words)


def _names_another(statement: str) -> bool:
    return any(party.text[:1].isupper() and not party.is_pronoun for clause in clauses(statement) for party in clause.parties)


def _acts(basis: Basis, people: Cast) -> list[tuple[int, Act]]:
    """What the evidence's sentences tell, each with the offset at which its sentence begins in them."""
    readings = people.read_all(basis.before)
    found: list[tuple[int, Act]] = []
    offset, before = 0, basis.before
    for sentence in basis.sentences.split("\n"):
        speakers = people.speakers(sentence, before)
        reading = people.read(sentence, readings, speakers=speakers)
        found.extend((offset, act) for act in (*reading.acts, *_unattributed(reading, speakers)))
        readings.append(reading)
        offset, before = offset + len(sentence) + 1, f"{before}\n{sentence}"
    return found


def _unattributed(reading: Reading, speakers: Sequence[Reference]) -> list[Act]:
    """The whole sentence as said by who speaks there, where the sentence itself attributes it to nobody."""
    if not speakers or any(act.clause.attribution for act in reading.acts):
        return []
    content = english.content(english.tokens(reading.text))
    parties = tuple(ref.mention for ref in speakers)
    return [Act(Clause(parties, "say", frozenset({"say"}), 0, len(reading.text), content, attribution=True), tuple(speakers))]


def _spoken_of(statement: str, name: str, told: Clause, acts: Sequence[tuple[int, Act]]) -> tuple[list[Act], float]:
    """The clauses of the evidence that say what the statement says the party does, and how much of it they say."""
    own = {english.stem(word) for word in name.split()}
    words = english.content(english.tokens(statement)) - own
    candidates = [act for _, act in acts]
    if told.is_speaking:
        speaking = [act for act in candidates if act.clause.is_speaking]
        return _closest(words, speaking or candidates, told.verbs)
    same_verb = [act for act in candidates if act.clause.verbs & told.verbs]
    return _closest(words, same_verb or candidates, told.verbs)


def _told(statement: str, name: str, people: Cast) -> Clause | None:
    """What the statement itself says that the party does; where it begins with the party and no verb is known, no verb."""
    own = [c for c in clauses(statement) if any(people.acts_as(party, name) for party in c.parties)]
    if own:
        return next((clause for clause in own if not clause.attribution), own[0])
    first = next(iter(mentions(statement)), None)
    if (
        first is not None
        and first.first == 0
        and people.acts_as(first, name)
        and not english.tokens(first.text)[-1].is_possessive
    ):
        return Clause((first,), "", frozenset(), 0, len(statement))
    return None


def _closest(
    words: frozenset[str], acts: Sequence[Act], verbs: frozenset[str], *, close: float = _CLOSE
) -> tuple[list[Act], float]:
    """The acts that say most of these words; where some of those that say much have the same verb, only these."""
    shares = {id(act): len(words & (act.clause.content | act.clause.verbs)) / max(1, len(words)) for act in acts}
    best = max(shares.values(), default=0.0)
    alike = [act for act in acts if act.clause.verbs & verbs and shares[id(act)] >= best / 2]
    best = max((shares[id(act)] for act in alike), default=best)
    return [act for act in alike or acts if shares[id(act)] >= best - close and shares[id(act)] > 0], best


def _governing(acts: Sequence[tuple[int, Act]], basis: Basis, claim: Claim) -> list[Act]:
    """The clauses whose party the copied words are said of: around the words, else the first that begins in them."""
    start = basis.sentences.find(basis.quoted)
    end = start + len(basis.quoted)
    around = [act for at, act in acts if at + act.clause.start < start < at + act.clause.end or act.clause.attribution]
    inside = sorted(
        (act for at, act in acts if start <= at + act.clause.start < end and not act.clause.attribution),
        key=lambda act: act.clause.start,
    )
    if inside and _is_relative(basis.sentences[:start]):
        return inside[:1]
    if claim.kind == "outcome":
        return [*around, *inside[:1]]
    return around or inside[:1]


def _is_relative(before: str) -> bool:
    """Whether what follows tells of a noun, "a truce that Velia hoped for", and not what is said, "says that Velia"."""
    words = english.tokens(before)[-2:]
    return len(words) == 2 and words[1].lower in ("that", "which", "whom") and english.bare(words[0].text) is None


def _role(name: str, act: Act, people: Cast, claim: Claim) -> Role:
    for ref in act.parties:
        if people.acts_as(ref.mention, name):
            if act.clause.passive and act.clause.is_speaking:
                return "addressee"
            return "agent" if ref.sure else "unsure"
    return "absent"


def _who(acts: Sequence[Act]) -> str:
    return next((ref.mention.text for act in acts for ref in act.parties if not ref.mention.is_pronoun), "")


def _all_named(acts: Sequence[Act]) -> bool:
    """Whether all who act there do so by a proper name, not by a pronoun or an office."""
    parties = [party for act in acts for party in act.clause.parties]
    return bool(parties) and all(
        any(word[:1].isupper() and not english.speaks_for(word) and word != "Foreign" for word in party.text.split())
        and not party.is_pronoun
        for party in parties
    )
