"""What a view is about: the thing that a report speaks of most among those that the view names, by one name for all parties."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
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
_VERY_OFTEN = 3
"""How often, for it to be the issue of words that only stand beside it."""
_SHARE = 0.5
"""How much of what is said of a thing must be said under a longer name for it to go by that: "port levy" of a levy."""

_SHORTEST = 3
"""Letters of a noun."""
_OWNERS = lexicon.listed("own") | lexicon.listed("my")

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Thing:
    """A noun at its place, the last word of `phrase`, which also has the words before it that belong to it."""

    at: int
    phrase: Phrase
    is_introduced: bool

    @property
    def head(self) -> str:
        """What is compared of the noun."""
        return stem(self.phrase[-1])


def issue_of(wording: Wording, document: Document) -> str | None:
    """The issue of a view: in its words, else in its sentence; None where the report speaks of nothing there more than once."""
    known, sentence = _issues(document.text), wording.sentence
    named = [(thing.at, known[thing.head]) for thing in _things(sentence) if thing.head in known]
    own = [issue for at, issue in named if wording.first <= at < wording.last]
    beside = [issue for _, issue in named if issue[1] >= _VERY_OFTEN]
    return max(own or beside, key=lambda issue: issue[1], default=(None, 0))[0]


@lru_cache(maxsize=8)
def _issues(text: str) -> dict[str, tuple[str, int]]:
    """The things that a report speaks of more than once, by the stem of their noun: what to call each, and how often."""
    told: defaultdict[str, list[Phrase]] = defaultdict(list)
    for sentence in sentences_of(text):
        for thing in _things(Verbs(sentence)):
            if thing.is_introduced:
                told[thing.head].append(thing.phrase)
    return {head: (_name(head, phrases), len(phrases)) for head, phrases in told.items() if len(phrases) >= _OFTEN}


def _name(head: str, phrases: list[Phrase]) -> str:
    """The longest ending that enough of these have, in the spelling that most have."""
    endings = Counter(tuple(map(stem, phrase[-length:])) for phrase in phrases for length in range(1, len(phrase) + 1))
    fitting = [ending for ending, count in endings.items() if count >= _OFTEN and count >= _SHARE * len(phrases)]
    ending = max(fitting, key=lambda each: (len(each), endings[each]), default=(head,))
    spelled = Counter(phrase[-len(ending) :] for phrase in phrases if tuple(map(stem, phrase[-len(ending) :])) == ending)
    return " ".join(spelled.most_common(1)[0][0])


def _things(sentence: Verbs) -> Iterator[_Thing]:
    """The nouns of a sentence that may be an issue."""
    named = {i for mention in mentions(sentence.text) for i in range(mention.first, mention.last)}
    at = 0
    while at < len(sentence.tokens):
        end = at
        while end not in named and _belongs(sentence, end):
            end += 1
        if end > at:
            words = [sentence.lower(i) for i in range(max(at, end - _LONGEST), end)]
            if _is_thing(sentence, end - 1):
                yield _Thing(end - 1, tuple(itertools.dropwhile(_counts, words)), _is_introduced(sentence, at, end))
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
    return (
        before in lexicon.DETERMINERS | lexicon.PREPOSITIONS - {"to"} or sentence.is_adjective(at - 1) or before.endswith("'s")
    )


def _is_introduced(sentence: Verbs, first: int, last: int) -> bool:
    """Whether the words stand as a noun does: after an article, a preposition, a possessive or a name, or in the plural."""
    before = sentence.lower(first - 1)
    noun = before in lexicon.DETERMINERS | lexicon.PREPOSITIONS - {"to"} or before.endswith("'s") or before in _OWNERS
    return noun or (last - first > 1 and sentence.lower(last - 1).endswith("s") and not before.endswith("ly"))


def _counts(word: str) -> bool:
    """Whether this is a number."""
    known = _FIGURES is not None and word in {*_FIGURES.numbers, *_FIGURES.ordinals, *_FIGURES.scales, *_FIGURES.vague}
    return (word[:1].isdigit() and word.isalnum()) or known


def _is_thing(sentence: Verbs, at: int) -> bool:
    """Whether this word names something that may be disputed: no party, no time, no unit, no name."""
    word = sentence.lower(at)
    other = lexicon.names_party(word.removeprefix("co-")) or word in _GENERAL or word.endswith(("ing", "'s", "'"))
    counted = _counts(word) or (_FIGURES is not None and word in _FIGURES.units)
    return len(word) >= _SHORTEST and word[0].isalpha() and not (other or counted or sentence.tokens[at].is_capital)
