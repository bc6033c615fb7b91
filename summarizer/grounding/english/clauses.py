"""Who does what in an English sentence, as far as word order and a list of verbs tell: a party and the verb after it.

No grammar is made of the sentence. Beside a party is looked for what makes it the one who acts: a verb that follows,
"according to", "said" before it, "by" after a participle, a noun such as "refusal" that is its own. What this misses gives no
clause, and the party check then doubts rather than fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.attribution import attribution, by_noun, by_whom
from summarizer.grounding.english.carried_over import counts, gapped, goings_on
from summarizer.grounding.english.mentions import Mention
from summarizer.grounding.english.sentence import JOINING, Clause, EnglishSentence
from summarizer.grounding.english.stems import content
from summarizer.grounding.english.subjects import told_of

__all__ = ["Clause", "clauses", "ungoverned"]

_PARTING = lexicon.listed("parting")


@lru_cache(maxsize=2_048)
def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of one sentence whose party can be told, in the order of their parties."""
    sentence = EnglishSentence(text)
    found: list[Clause] = []  # each clause is added as it is found: the next ones ask for those before
    for mention in sentence.mentions:
        found.extend(_of(sentence, mention, found))
    found.extend(goings_on(sentence, found))
    found.extend(gapped(sentence, found))
    found.sort(key=lambda clause: (clause.start, -clause.end))
    return tuple(_bounded(sentence, clause, found) for clause in found)


@lru_cache(maxsize=2_048)
def ungoverned(text: str) -> tuple[Mention, ...]:
    """The parties of a sentence that are not the object of a verb or a preposition before them, so that they may act."""
    sentence = EnglishSentence(text)
    return tuple(mention for mention in sentence.mentions if not sentence.is_object(mention))


def _of(sentence: EnglishSentence, mention: Mention, found: Sequence[Clause]) -> Iterator[Clause]:
    """What one party does, by whatever makes it the one who acts."""
    if attributed := attribution(sentence, mention):
        yield attributed
        return
    if done := by_whom(sentence, mention):
        yield done
    if named := by_noun(sentence, mention):
        yield named
    yield from told_of(sentence, mention, found)


def _bounded(sentence: EnglishSentence, clause: Clause, found: Sequence[Clause]) -> Clause:
    """The clause up to where another one begins that does not belong to it, with what it speaks of."""
    end = clause.end
    if not clause.attribution:
        for other in found:
            if clause.start < other.start < end and not other.attribution and _parts(sentence, other, clause):
                end = other.start
    own = {i for party in clause.parties for i in range(party.first, party.last)}
    inside = (t for i, t in enumerate(sentence.tokens) if clause.start <= t.start < end and i not in own)
    return replace(clause, end=end, content=content(inside))


def _parts(sentence: EnglishSentence, other: Clause, clause: Clause) -> bool:
    """Whether the other clause is one beside this, and no part of it."""
    joint = sentence.lower(sentence.place_of(other) - 1)
    if joint in (*JOINING, ",") and other.parties == clause.parties:
        return True
    gap = other.verb == clause.verb and counts(sentence, other.parties[0].last)
    return gap or joint in _PARTING or (joint == "and" and not clause.is_speaking)
