"""Parties that act though no verb follows them: "according to X", "..., said X", "rejected by X", "X's refusal"."""

from __future__ import annotations

from dataclasses import replace

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.mentions import Mention
from summarizer.grounding.english.sentence import AFTER_NOUN, Clause, EnglishSentence
from summarizer.grounding.english.stems import stem
from summarizer.grounding.english.words import QUOTES

FARTHEST_PARTICIPLE = 6
"""Words before "by" among which its participle is: "was rejected on Monday in Geneva by X"."""
FARTHEST_NOUN = 3
"""Words after "X's" among which its noun is."""


def attribution(sentence: EnglishSentence, mention: Mention) -> Clause | None:
    """The whole sentence as what this one says: according to X; "...", said X."""
    first = mention.first
    if first >= 2 and (sentence.lower(first - 2), sentence.lower(first - 1)) == ("according", "to"):
        return sentence.attributed((mention,), "say")
    if first < 2 or mention.is_pronoun or sentence.word(first - 2) not in QUOTES | {","}:
        return None
    verb = lexicon.bare(sentence.word(first - 1))
    owner = sentence.tokens[mention.last - 1].is_possessive
    if verb and lexicon.is_speaking(verb) and sentence.tells(first - 1) and not owner and not sentence.verb_at(mention.last):
        said = sentence.attributed(sentence.with_partners(mention)[0], verb)
        return replace(said, verb_place=sentence.verb_place(first - 1, first - 1))
    return None


def by_whom(sentence: EnglishSentence, mention: Mention) -> Clause | None:
    """What is done by this one: rejected by X; posed by X."""
    if sentence.lower(mention.first - 1) != "by":
        return None
    for at in range(mention.first - 2, max(-1, mention.first - 2 - FARTHEST_PARTICIPLE), -1):
        if lexicon.is_participle(sentence.word(at)) and sentence.tokens[at].is_word:
            verb = lexicon.bare(sentence.word(at)) or sentence.lower(at)
            passive = any(sentence.lower(i) in lexicon.BE for i in range(max(0, at - 3), at))
            begin = 0 if passive else max((m.first for m in sentence.mentions if m.last <= at), default=0)
            return sentence.clause((mention,), verb, {stem(sentence.word(at))}, min(begin, at), len(sentence.tokens))
    return None


def by_noun(sentence: EnglishSentence, mention: Mention) -> Clause | None:
    """What a noun says that this one does: X's refusal; a demand by X."""
    if (owned := _owned(sentence, mention)) is not None:
        return owned
    before = sentence.lower(mention.first - 1) if mention.first else ""
    verb = lexicon.verb_of_noun(sentence.word(mention.first - 2)) if before in AFTER_NOUN else None
    return sentence.from_here((mention,), verb, 0) if verb else None


def _owned(sentence: EnglishSentence, mention: Mention) -> Clause | None:
    if not sentence.tokens[mention.last - 1].is_possessive:
        return None
    for at in range(mention.last, min(mention.last + FARTHEST_NOUN, len(sentence.tokens))):
        if verb := lexicon.verb_of_noun(sentence.word(at)):
            return sentence.from_here((mention,), verb, mention.first)
        if not sentence.is_adjective(at):
            return None
    return None


def widened(sentence: EnglishSentence, clause: Clause, verb_at: int) -> Clause:
    """The clause, as one of the whole sentence where it tells who says it: "...", X said; ..., X said."""
    first = clause.parties[0].first
    before = sentence.word(first - 1)
    after_quotation = before in QUOTES and first > 1
    at_the_end = before == "," and verb_at + 2 >= len(sentence.tokens)
    said_of_it = sentence.lower(first - 1) in ("which", "whom") or (
        sentence.lower(verb_at + 1) in lexicon.AUXILIARIES - {"that"} and sentence.lower(verb_at) not in lexicon.AUXILIARIES
    )
    if clause.is_speaking and not clause.passive and (after_quotation or at_the_end or said_of_it):
        said = sentence.attributed(clause.parties, clause.verb)
        return replace(said, verbs=clause.verbs, verb_place=clause.verb_place)
    return clause
