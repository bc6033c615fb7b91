"""What a view is about: the thing that a report speaks of most among those that the view names, by one name for all parties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from summarizer.document import Document
from summarizer.grounding.corrections.terms.wording import Wording, terms
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.mentions import mentions
from summarizer.grounding.english.stems import stem
from summarizer.grounding.english.verbs import Verbs
from summarizer.grounding.english.words import sentences_of
from summarizer.grounding.languages import figure_words

_GENERAL = terms("general") | terms("times")
_FIGURES = figure_words("en")
_LONGEST = 4
"""Words of a name for an issue."""
_OFTEN = 2
"""How often a report must speak of a thing for it to be an issue of this report."""
_SHARE = 0.5
"""How much of what is said of a thing must be said under a longer name for it to go by that: "port levy" of a levy."""

Phrase = tuple[str, ...]


def issue_of(wording: Wording, document: Document) -> str | None:
    """The issue of a view: in its words, else in its sentence; None where the report speaks of nothing there more than once."""
    known = _issues(document.text)
    sentence = wording.sentence
    for first, last in ((wording.first, wording.last), (0, len(sentence.tokens))):
        heads = [phrase[-1] for at, phrase in _phrases(sentence) if first <= at < last]
        named = [known[stem(head)] for head in heads if stem(head) in known]
        if named:
            return max(named, key=lambda issue: issue[1])[0]
    return None


@lru_cache(maxsize=8)
def _issues(text: str) -> dict[str, tuple[str, int]]:
    """The things that a report speaks of more than once, by the stem of their noun: what to call each, and how often."""
    told = [phrase for sentence in sentences_of(text) for _, phrase in _phrases(Verbs(sentence))]
    counts = Counter(stem(phrase[-1]) for phrase in told)
    return {
        head: (_name(head, [phrase for phrase in told if stem(phrase[-1]) == head]), count)
        for head, count in counts.items()
        if count >= _OFTEN
    }


def _name(head: str, phrases: list[Phrase]) -> str:
    """The longest ending that enough of these have, in the spelling that most have."""
    endings = Counter(tuple(map(stem, phrase[-length:])) for phrase in phrases for length in range(1, len(phrase) + 1))
    fitting = [ending for ending, count in endings.items() if count >= _OFTEN and count >= _SHARE * len(phrases)]
    ending = max(fitting, key=lambda each: (len(each), endings[each]), default=(head,))
    spelled = Counter(phrase[-len(ending) :] for phrase in phrases if tuple(map(stem, phrase[-len(ending) :])) == ending)
    return " ".join(spelled.most_common(1)[0][0])


def _phrases(sentence: Verbs) -> Iterator[tuple[int, Phrase]]:
    """The nouns of a sentence with the words before them that belong to them, each with the place of the noun."""
    named = {i for mention in mentions(sentence.text) for i in range(mention.first, mention.last)}
    at = 0
    while at < len(sentence.tokens):
        end = at
        while end not in named and _belongs(sentence, end):
            end += 1
        if end > at:
            words = tuple(sentence.lower(i) for i in range(max(at, end - _LONGEST), end))
            if _is_thing(sentence, end - 1):
                yield end - 1, words
        at = max(end, at + 1)


def _belongs(sentence: Verbs, at: int) -> bool:
    """Whether a word may be of the name of a thing: no small word, no verb, no mark, and no name."""
    word = sentence.lower(at)
    if not word or not sentence.tokens[at].is_word or word in lexicon.STOPWORDS | lexicon.DETERMINERS | lexicon.DAYS:
        return False
    return not (sentence.verb_at(at) == at and not _is_noun_there(sentence, at)) and not word.endswith("ly")


def _is_noun_there(sentence: Verbs, at: int) -> bool:
    """Whether what looks like a verb stands as a noun: after an article, a preposition or an adjective."""
    before = sentence.lower(at - 1)
    if sentence.tokens[at].lower.endswith("ed"):
        return before in lexicon.DETERMINERS and not sentence.is_adjective(at + 1)
    return before in lexicon.DETERMINERS | lexicon.PREPOSITIONS - {"to"} or sentence.is_adjective(at - 1) or before.endswith("'s")


def _is_thing(sentence: Verbs, at: int) -> bool:
    word = sentence.lower(at)
    known = lexicon.names_party(word) or word in _GENERAL or word.endswith(("ing", "'s", "'"))
    counted = _FIGURES is not None and (word in _FIGURES.units or word in _FIGURES.numbers)
    return word.isascii() and word[:1].isalpha() and len(word) > len("aid") - 1 and not known and not counted and not sentence.tokens[at].is_capital
