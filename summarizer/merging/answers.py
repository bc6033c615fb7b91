"""Which outcomes answer which demands, and what became of each demand so.

An outcome answers a demand when one of whom it is demanded is a party to it, both speak of the same thing, and it comes later
in the report; or when it follows right after it with "that request". Of a demand that names nobody, any other party may. One of
several who were asked accepts it in part. Rather no link than a wrong one: what nothing answers is unknown, and open only where
its sentence says that nobody has answered, since a report that is silent on an answer does not say that there was none.
English: in other languages nothing is linked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.grounding.english.lexicon import DAYS, bare
from summarizer.grounding.english.signs import deeds, opposites_of
from summarizer.grounding.english.stems import stem, stems_of
from summarizer.grounding.english.verbs import has_verb
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.figures import figures
from summarizer.grounding.languages import word_lists
from summarizer.schema import Demand, DemandStatus, GroundedClaim, Kind, Outcome, OutcomeStatus, Party

_WORDS = word_lists("english_answers")
_DAYS = frozenset(map(stem, DAYS))
_MOST_APART = 1
"""Sentences from a demand to "that request"."""
_FEWEST_SHARED = 2
"""Words of content that two texts have in common when they speak of the same thing."""
_ACCEPTING: frozenset[OutcomeStatus] = frozenset({"agreed", "committed", "announced", "done"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What an item says, at which place of the report, in which sentence.

    `things` are the stems of what it speaks of, beside parties and days.
    """

    words: str
    start: int
    sentence: str
    number: int
    things: frozenset[str]

    def says_any(self, phrases: Collection[str]) -> bool:
        """Whether its sentence has one of these phrases."""
        said = " ".join(token.lower for token in tokens_of(self.sentence))
        return any(f" {phrase} " in f" {said} " for phrase in phrases)


@dataclass(frozen=True, slots=True)
class _Cast:
    """For whom each party acts, by id, and which name several at once: "both sides", "all governments"."""

    stands_for: Mapping[str, str]
    groups: frozenset[str]

    @classmethod
    def of(cls, parties: Sequence[Party]) -> _Cast:
        groups = frozenset(party.id for party in parties if party.name.lower().startswith(("both ", "all ")))
        return cls({party.id: party.represents or party.id for party in parties}, groups)

    def acting(self, ids: Iterable[str]) -> frozenset[str]:
        """These, each as the one for whom he acts."""
        return frozenset(self.stands_for[id] for id in ids)


def link(
    demands: Sequence[Demand], outcomes: Sequence[Outcome], claims: Sequence[GroundedClaim], parties: Sequence[Party]
) -> tuple[tuple[Demand, ...], tuple[Outcome, ...]]:
    """The same demands and outcomes, linked both ways, each demand with what became of it.

    `claims` are those that they were made of, in the order of the items of each kind.
    """
    names = stems_of(" ".join(name for party in parties for name in (party.name, *party.aliases)))
    told = _all_told("demand", demands, claims, names) | _all_told("outcome", outcomes, claims, names)
    cast = _Cast.of(parties)
    in_sentence = Counter(told[demand.id].number for demand in demands)
    pairs = [
        (demand.id, outcome)
        for demand in demands
        for outcome in outcomes
        if _may_answer(outcome, demand, cast)
        and (
            _speaks_of_the_same(told[outcome.id], told[demand.id])
            or (in_sentence[told[demand.id].number] == 1 and _refers_to(told[outcome.id], told[demand.id]))
        )
    ]
    answers: defaultdict[str, list[Outcome]] = defaultdict(list)
    answered: defaultdict[str, list[str]] = defaultdict(list)
    for id, outcome in pairs:
        answers[id].append(outcome)
        answered[outcome.id].append(id)
    return (
        tuple(_answered(demand, answers[demand.id], told, cast) for demand in demands),
        tuple(each.model_copy(update={"answers": tuple(answered[each.id])}) for each in outcomes),
    )


def _all_told(
    kind: Kind, items: Sequence[Demand | Outcome], claims: Iterable[GroundedClaim], names: frozenset[str]
) -> dict[str, _Told]:
    made_of = [each for each in claims if each.claim.kind == kind]
    return {item.id: _told(claim, names) for item, claim in zip(items, made_of, strict=True)}


def _told(each: GroundedClaim, names: frozenset[str]) -> _Told:
    evidence = each.evidence[0]
    sentences = {sentence.number: sentence.text for sentence in each.claim.passage.sentences}
    words = each.claim.statement or " ".join(place.quote for place in each.evidence)
    return _Told(
        words, evidence.start, sentences.get(evidence.sentence, words), evidence.sentence, stems_of(words) - names - _DAYS
    )


def _may_answer(outcome: Outcome, demand: Demand, cast: _Cast) -> bool:
    """Whether somebody of whom it is demanded is a party to the outcome; where nobody is named, anybody but who demands.

    A doubtful outcome answers nothing.
    """
    if outcome.verdict != "grounded":
        return False
    acting, asked = cast.acting(outcome.parties), cast.acting(demand.addressees) - cast.groups
    return (
        outcome.status != "pending" and bool(acting & asked if asked else acting) and not acting & cast.acting(demand.parties)
    )


def _speaks_of_the_same(outcome: _Told, demand: _Told) -> bool:
    """Whether the outcome comes later and shares half of what the shorter of both speaks of, with no other figures."""
    shared = outcome.things & demand.things
    enough = len(shared) >= _FEWEST_SHARED and 2 * len(shared) >= min(len(outcome.things), len(demand.things))
    alike = enough and _tells_end(outcome) >= _tells_end(demand) and not _undoes(outcome.words, demand.words)
    return alike and outcome.start > demand.start and _same_figures(outcome, demand)


def _tells_end(told: _Told) -> bool:
    """Whether it is that something ends: "stop the raids", which "announced new raids" does not answer."""
    words = [token.lower for token in tokens_of(told.words if has_verb(told.words) else told.sentence)]
    return any(bare(word) in _WORDS["ending"] and after != "of" for word, after in pairwise([*words, ""]))


def _undoes(one: str, other: str) -> bool:
    """Whether one does the reverse of the other: imposes what should be lifted."""
    done = {sign.kind for sign in deeds(other)}
    return any(done & opposites_of(sign.kind) for sign in deeds(one))


def _same_figures(outcome: _Told, demand: _Told) -> bool:
    """Whether no figure of the one has another value in the other."""
    one, other = ({(f.unit, f.value) for f in figures(each.words, "en") if f.unit} for each in (outcome, demand))
    return not {unit for unit, _ in one ^ other} & {unit for unit, _ in one} & {unit for unit, _ in other}


def _refers_to(outcome: _Told, demand: _Told) -> bool:
    """Whether the outcome says "that request" in the sentence after the demand, or "agreed to that"."""
    if not 0 < outcome.number - demand.number <= _MOST_APART:
        return False
    words = [token.lower for token in tokens_of(outcome.sentence)]
    named = any(one in _WORDS["pointing"] and other in _WORDS["demands"] for one, other in pairwise(words))
    return named or any(
        bare(one) in _WORDS["answering"] and {second, third} & _WORDS["meant"] and second in _WORDS["meant"] | {"to"}
        for one, second, third in zip(words, words[1:], words[2:], strict=False)
    )


def _answered(demand: Demand, answers: Sequence[Outcome], told: Mapping[str, _Told], cast: _Cast) -> Demand:
    status = _status(demand, answers, told, cast)
    return demand.model_copy(update={"status": status, "answered_by": tuple(each.id for each in answers)})


def _status(demand: Demand, answers: Sequence[Outcome], told: Mapping[str, _Told], cast: _Cast) -> DemandStatus:
    """Accepted by all of whom it was demanded and without reserve, or in part, or refused; open where the text says so."""
    accepting = [each for each in answers if each.status in _ACCEPTING]
    if not answers:
        return "open" if told[demand.id].says_any(_WORDS["unanswered"]) else "unknown"
    if not accepting:
        return "rejected"
    accepted_by = cast.acting(id for each in accepting for id in each.parties)
    asked = cast.acting(demand.addressees)
    by_all = len(accepted_by) > 1 if asked & cast.groups else asked <= accepted_by
    reserved = any(told[each.id].says_any(_WORDS["partly"]) or _is_less(told[each.id], told[demand.id]) for each in accepting)
    return "accepted" if by_all and not reserved and len(accepting) == len(answers) else "partly_accepted"


def _is_less(outcome: _Told, demand: _Told) -> bool:
    """Whether all is demanded, and what came of it does not say all: "access to all prisons", "to four of them"."""
    whole, part = (
        not _WORDS["wholly"].isdisjoint(token.lower for token in tokens_of(each.words)) for each in (demand, outcome)
    )
    return whole and not part
