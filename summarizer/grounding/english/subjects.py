"""What a party does by the verbs after it: across appositions, adverbs, partners ("X and Y") and relative clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.attribution import widened
from summarizer.grounding.english.mentions import Mention
from summarizer.grounding.english.sentence import JOINING, Clause, EnglishSentence
from summarizer.grounding.english.words import QUOTES

LONGEST_RELATIVE = 10
"""Words of a relative clause without commas, before the verb goes on."""
LONGEST_INSERTION = 30
"""Words between two commas that may stand between a party and its verb."""
LONGEST_GOVERNED = 8
"""Words from a preposition after a party to its verb: "the talks with X on Y failed"."""
_EMPTY_VERBS = lexicon.listed("empty_verbs")
_PAPERS = lexicon.listed("papers")


def told_of(sentence: EnglishSentence, mention: Mention, found: Sequence[Clause]) -> Iterator[Clause]:
    """What this party does by the verbs after it. `found`: the clauses before, of which its partners' may tell of it."""
    if sentence.is_governed(mention):
        if (verb_at := _relative_verb(sentence, mention.last)) is not None:
            yield sentence.with_verb_at((mention,), mention.first, verb_at)
        return
    last = sentence.tokens[mention.last - 1]
    owner = last.is_possessive and not last.lower.endswith("s'")
    if owner and sentence.lower(mention.last) not in lexicon.AUXILIARIES:
        return
    if sentence.is_joined(mention) and any(mention in clause.parties for clause in found):
        return
    parties, at = sentence.with_partners(mention)
    yield from _of_relative(sentence, parties, at)
    if (verb_at := _verb_after(sentence, at)) is not None:
        made = sentence.with_verb_at(parties, mention.first, verb_at)
        if not (mention.text.lower() == "it" and made.verb in _EMPTY_VERBS):
            yield widened(sentence, made, verb_at)


def _relative_verb(sentence: EnglishSentence, at: int) -> int | None:
    """The verb of a relative clause that begins here, after a comma."""
    begins = sentence.word(at) == "," and sentence.lower(at + 1) in ("who", "which")
    return sentence.verb_at(at + 2) if begins else None


def _of_relative(sentence: EnglishSentence, parties: tuple[Mention, ...], at: int) -> Iterator[Clause]:
    """What a relative clause after these says of them, and, where no comma parts it, the verb after it."""
    relative = at + (sentence.word(at) == ",")
    if sentence.lower(relative) not in ("who", "which", "that") or sentence.verb_at(relative + 1) is None:
        return
    yield sentence.with_verb_at(parties, parties[0].first, relative + 1)
    if relative == at and (main := _after_relative(sentence, relative + 2)) is not None:
        yield sentence.with_verb_at(parties, parties[0].first, main)


def _after_relative(sentence: EnglishSentence, at: int) -> int | None:
    """The verb after a relative clause without commas: "judges who dissented argued"."""
    for i in range(at, min(at + LONGEST_RELATIVE, len(sentence.tokens))):
        if not sentence.tokens[i].is_word or sentence.lower(i - 1) in (*JOINING, "to", "that"):
            return None
        if sentence.verb_at(i) is not None and sentence.is_finite(i) and sentence.party_before(i) is None:
            return i
    return None


def _verb_after(sentence: EnglishSentence, at: int) -> int | None:
    """Where the verb of a party begins that ends before this place."""
    at = sentence.past_adverbs(at)
    if sentence.word(at) in QUOTES and sentence.verb_at(at + 1) is not None:  # said in words of its own: X "recommended it"
        return at + 1
    if sentence.lower(at) in _PAPERS:  # the ministry's own words: "the Foreign Ministry statement says"
        at = sentence.past_adverbs(at + 1)
    if sentence.verb_at(at) is not None and _agrees(sentence, at):
        return at
    if sentence.word(at) == ",":
        return _after_insertion(sentence, at)
    if sentence.lower(at) in lexicon.PREPOSITIONS - {"to"}:
        return _after_preposition(sentence, at)
    return None


def _after_insertion(sentence: EnglishSentence, comma: int) -> int | None:
    """The verb after what stands between two commas: "Rehn, a former general, demanded"."""
    places = range(comma + 1, min(comma + LONGEST_INSERTION, len(sentence.tokens)))
    after = (sentence.past_adverbs(at + 1) for at in places if sentence.word(at) == ",")
    return next((at for at in after if sentence.verb_at(at) is not None and sentence.is_finite(at)), None)


def _after_preposition(sentence: EnglishSentence, at: int) -> int | None:
    """The verb after what a preposition adds: "officials in Velia said"; None where another party could be its subject."""
    for i in range(at + 2, min(at + LONGEST_GOVERNED, len(sentence.tokens))):
        before = sentence.lower(i - 1)
        if not sentence.tokens[i].is_word or sentence.lower(i) in JOINING:
            return None
        if sentence.begins_party(i) and before not in lexicon.PREPOSITIONS:
            return None
        governed = before in lexicon.PREPOSITIONS or before in lexicon.DETERMINERS
        if sentence.verb_at(i) is not None and sentence.is_finite(i) and not governed:
            return i
    return None


def _agrees(sentence: EnglishSentence, at: int) -> bool:
    """Whether the word before can be the subject of this form: not "police posts", nor "Israel attack" without a "that"."""
    word, subject = sentence.lower(at), sentence.tokens[at - 1]
    verb = lexicon.bare(word)
    if word in lexicon.AUXILIARIES or verb is None or word not in (verb, f"{verb}s", f"{verb}es") or lexicon.is_past(word):
        return True
    if word != verb:
        return subject.is_capital or not (subject.lower.endswith("s") or subject.lower == "police")
    plural = subject.lower.endswith("s") or subject.lower in ("we", "they", "i", "police", "who")
    if plural or subject.lower in lexicon.ADVERBS:
        return True
    party = sentence.party_before(at)
    return party is not None and (sentence.lower(party.first - 1) == "that" or sentence.is_joined(party))
