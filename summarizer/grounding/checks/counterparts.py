"""The clauses of the evidence that tell what a claim tells.

Of a statement these are the ones that say most of it, with its verb where that is known; of copied words those around them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.grounding.checks.basis import Basis
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import Cast, cast
from summarizer.grounding.english.clauses import Clause, clauses
from summarizer.grounding.english.mentions import mentions
from summarizer.grounding.english.references import Act, Reading, Reference, both_in, read, read_all
from summarizer.grounding.english.speakers import speakers_in
from summarizer.grounding.english.stems import stem, stems_of
from summarizer.grounding.english.words import tokens_of
from summarizer.schema import Claim

CLOSE = 0.12
"""How much less of the statement a clause may say than the best one, to be what the statement speaks of."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the cited sentences tell, in the report that they stand in.

    `acts` each with the offset at which its sentence begins in the cited ones. `before`: the sentences read before them, the
    nearest last. `both`: whom "both sides" of the cited sentences mean.
    """

    people: Cast
    acts: tuple[tuple[int, Act], ...]
    before: tuple[Reading, ...]
    both: tuple[Reference, ...]


def told_by(basis: Basis) -> Told:
    """The cited sentences, read after what stands before them."""
    return _told(basis.sentences, basis.before, basis.document.text)


@lru_cache(maxsize=32)
def _told(cited: str, text: str, report: str) -> Told:
    """The cited sentences after this text of the report. Kept, since a claim asks several times, and others cite the same."""
    people, speaking = cast(report), speakers_in(report)
    before = tuple(read_all(text, people))
    readings = list(before)
    acts: list[tuple[int, Act]] = []
    offset = 0
    sentences = cited.split("\n")
    for sentence in sentences:
        speakers = speaking.of(sentence, text)
        reading = read(sentence, readings, people, speakers=speakers)
        acts.extend(
            (offset, act) for act in (*reading.acts, *_unattributed(reading, speakers, verb=speaking.verb(sentence, text)))
        )
        readings.append(reading)
        offset, text = offset + len(sentence) + 1, f"{text}\n{sentence}"
    both = (ref for sentence in sentences for ref in both_in(sentence, before, people))
    return Told(people, tuple(acts), before, tuple(both))


def _unattributed(reading: Reading, speakers: Sequence[Reference], *, verb: str) -> list[Act]:
    """The whole sentence as said by who speaks there, where the sentence itself attributes it to nobody."""
    if not speakers or any(act.clause.attribution for act in reading.acts):
        return []
    parties, spoken_of = tuple(ref.mention for ref in speakers), stems_of(reading.text)
    said = Clause(parties, verb, frozenset({stem(verb)}), 0, len(reading.text), spoken_of, attribution=True)
    return [Act(said, tuple(speakers))]


def stated_of(name: str, statement: str, people: Cast) -> Clause | None:
    """What the statement itself says that the party does; where it begins with the party and no verb is known, no verb."""
    own = [clause for clause in clauses(statement) if any(people.acts_as(party, name) for party in clause.parties)]
    if own:
        return next((clause for clause in own if not clause.attribution), own[0])
    first = next(iter(mentions(statement)), None)
    if first is None or first.first > 0 or not people.acts_as(first, name) or tokens_of(first.text)[-1].is_possessive:
        return None
    return Clause((first,), "", frozenset(), 0, len(statement))


def of_statement(statement: str, name: str, stated: Clause, told: Told) -> tuple[list[Act], float]:
    """The clauses of the evidence that say what the statement says the party does, and how much of it they say."""
    words = stems_of(statement) - {stem(word) for word in name.split()}
    acts = [act for _, act in told.acts]
    if stated.is_speaking:
        alike = [act for act in acts if act.clause.is_speaking]
    else:
        alike = [act for act in acts if act.clause.verbs & stated.verbs]
    return _closest(words, alike or acts, stated.verbs)


def _closest(words: frozenset[str], acts: Sequence[Act], verbs: frozenset[str]) -> tuple[list[Act], float]:
    """The acts that say most of these words; where some of those that say much have the same verb, only these."""
    shares = {id(act): len(words & (act.clause.content | act.clause.verbs)) / max(1, len(words)) for act in acts}
    best = max(shares.values(), default=0.0)
    alike = [act for act in acts if act.clause.verbs & verbs and shares[id(act)] >= best / 2]
    best = max((shares[id(act)] for act in alike), default=best)
    return [act for act in alike or acts if shares[id(act)] >= best - CLOSE and shares[id(act)] > 0], best


def of_copied_words(claim: Claim, basis: Basis, told: Told) -> list[Act]:
    """The clauses whose party the copied words are said of: around the words, else the first that begins in them."""
    start, end = basis.start, basis.end
    around = [act for at, act in told.acts if act.clause.attribution or at + act.clause.start < start < at + act.clause.end]
    within = [act for at, act in told.acts if not act.clause.attribution and start <= at + act.clause.start < end]
    inside = sorted(within, key=lambda act: act.clause.start)[:1]
    if inside and _is_relative(basis.sentences[:start]):
        return inside
    if claim.kind == "outcome":
        return [*around, *inside]
    return around or inside


def _is_relative(before: str) -> bool:
    """Whether what follows tells of a noun, "agreed to a truce that Velia wants", and not what is said, "told them that"."""
    words = tokens_of(before)
    if not words or words[-1].lower not in ("that", "which", "whom"):
        return False
    verbs = (lexicon.bare(word.text) for word in reversed(words[:-1]) if word.is_word)
    nearest = next((verb for verb in verbs if verb is not None), None)
    return words[-1].lower != "that" or nearest is None or not lexicon.is_speaking(nearest)
