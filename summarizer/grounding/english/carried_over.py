"""What a clause carries over from one before it: its party ("welcomed it but insisted") or its verb ("Labour 22")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.sentence import JOINING, Clause, EnglishSentence

_JOINTS = JOINING | {"but", ",", "then"}


def goings_on(sentence: EnglishSentence, found: Sequence[Clause]) -> Iterator[Clause]:
    """Verbs whose party stands before another verb: "welcomed it but reiterated that", "..., adding that".

    `found` may grow while this goes on: what was carried over can be carried on.
    """
    for at in range(1, len(sentence.tokens)):
        if sentence.lower(at - 1) not in _JOINTS:
            continue
        verb_at = sentence.past_adverbs(at)
        if not _goes_on(sentence, at, verb_at):
            continue
        before = [clause for clause in found if begins_before(sentence, clause, at)]
        if before:
            speaking = lexicon.is_speaking(lexicon.bare(sentence.word(verb_at)) or "")
            whose = _whose(before, sentence.lower(at - 1), speaking=speaking)
            yield sentence.with_verb_at(whose.parties, at, verb_at)


def _goes_on(sentence: EnglishSentence, at: int, verb_at: int) -> bool:
    """Whether a verb without a party of its own follows on a joint here."""
    joint, word = sentence.lower(at - 1), sentence.lower(verb_at)
    if joint not in _JOINTS or (joint == "," and not word.endswith("ing")):
        return False
    if sentence.verb_at(verb_at) is None or sentence.party_before(verb_at) is not None or sentence.begins_party(at):
        return False
    speaking = lexicon.is_speaking(lexicon.bare(sentence.word(verb_at)) or "")
    return sentence.is_finite(verb_at) or (speaking and word.endswith("ing") and joint in {",", "but", "and"})


def _whose(before: Sequence[Clause], joint: str, *, speaking: bool) -> Clause:
    """Whose verb goes on: of "and" the last one's, of one more thing said who spoke last; else the first one's."""
    if joint != "and":
        return min(before, key=lambda clause: clause.start)
    spoke = [clause for clause in before if clause.is_speaking]
    return max(spoke if speaking and spoke else before, key=lambda clause: clause.start)


def gapped(sentence: EnglishSentence, found: Sequence[Clause]) -> Iterator[Clause]:
    """Parties whose verb was said of another before: "the Greens have 30 seats, Labour 22"."""
    for mention in sentence.mentions:
        joined = sentence.lower(mention.first - 1) in JOINING | {","}
        before = [clause for clause in found if begins_before(sentence, clause, mention.first)]
        if joined and counts(sentence, mention.last) and before:
            verb = max(before, key=lambda clause: clause.start).verb
            yield sentence.from_here((mention,), verb, mention.first)


def counts(sentence: EnglishSentence, at: int) -> bool:
    """Whether a number in digits stands here."""
    return sentence.lower(at)[:1].isdigit()


def begins_before(sentence: EnglishSentence, clause: Clause, at: int) -> bool:
    """Whether a clause begins before this place, or is of the whole sentence."""
    return clause.attribution or sentence.tokens[at].start > clause.start
