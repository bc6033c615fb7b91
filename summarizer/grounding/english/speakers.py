"""Who says a sentence that names nobody who does: by quotations that go on, "X said:", lists, interviews, signed statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import Cast, cast
from summarizer.grounding.english.clauses import clauses
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.references import REACH, Act, Reference, read, read_all
from summarizer.grounding.english.words import sentences_of, tokens_of
from summarizer.grounding.naming import states_of

_QUOTES = '"“„«'
_LISTED = re.compile(r"\s*(?:[-–—•*·]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s)")
"""How a line of a list begins: by a bullet, a letter or a number."""
_LABEL = re.compile(r"\(\((?P<marked>[^()]{2,40})\)\)|(?P<named>[^\W\d][^:()\"“”]{1,40}?)(?: \([^()]{2,40}\))?(?::(?=\s)|$)")
_MARK = re.compile('[“”"\n]')
"""Where a quotation begins or ends, the end of a line among them."""
_STATEMENTS = lexicon.listed("statements")
_OURSELVES = lexicon.listed("first") | lexicon.listed("my")
OFTEN = 0.15
"""Of the sentences of a report that speaks of itself: in so many it says "we" or "our"."""
SHORT = 8
"""Words from a speaker to the colon."""
OPENING = 3
"""Sentences at the beginning of a report that may say whose it is."""


@lru_cache(maxsize=8)
def speakers_in(text: str) -> Speakers:
    """Those who speak in a report. Kept, since every claim about it asks."""
    return Speakers(text, cast(text))


class Speakers:
    """Those who speak in one report, and from where on."""

    def __init__(self, text: str, people: Cast) -> None:
        self._text, self._people = text, people

    def of(self, sentence: str, before: str) -> list[Reference]:
        """Who says a sentence that names nobody who does, after this text.

        Of a speech after "X said:", of a quotation that goes on, of a line in a list, of a statement by X, of a report in the
        first person; nobody of others.
        """
        if (label := self._label(sentence)) is not None:
            return [Reference(label)]
        quoted = sentence.lstrip()[:1] in _QUOTES or _is_open(before)
        before = _before_quotation(before)
        if (announced := self._announced(before, quoted=quoted)) is not None:
            return [Reference(announced), *_state_of_speech(before)]
        return self._listers(sentence, before) or (self._last_speaker(before) if quoted else self._authors)

    def verb(self, sentence: str, before: str) -> str:
        """By which verb they say it: of a line of a list, the one that announces it ("recommends:")."""
        verbs = (act.clause.verb for act in self.announcing(sentence, before) if act.clause.is_speaking)
        return next(verbs, "say")

    def _label(self, sentence: str) -> Mention | None:
        """The speaker whose name alone stands where a line begins, or is the line: "Lena Dorn: ...", "((Dorn)) ..."."""
        match = _LABEL.match(sentence)
        found = mentions(match["marked"] or match["named"]) if match else ()
        if not match or len(found) != 1 or found[0].first != 0 or not self._people.is_person(found[0]):
            return None
        heading = match.end() == len(sentence)  # what stands alone on a line may be any heading
        return found[0] if not heading or self._people.is_named_again(found[0]) else None

    def _announced(self, before: str, *, quoted: bool) -> Mention | None:
        """Who said, before a colon, what follows, until somebody else speaks: "Lena Dorn said:", "Lena Dorn:".

        Without quotation marks all that follows is meant; with them, what is quoted. In an interview a speaker goes on until
        the next one is named, whoever is spoken of in between.
        """
        if self._is_interview:
            labels = (self._label(sentence) for sentence in reversed(sentences_of(before)))
            return next((label for label in labels if label is not None), None)
        for sentence in reversed(sentences_of(before[-REACH:])):
            if (label := self._label(sentence)) is not None:
                return label
            for clause in clauses(sentence):
                if clause.is_speaking and clause.parties[0].text[:1].isupper() and not clause.parties[0].is_pronoun:
                    return clause.parties[0] if _opens_speech(sentence[clause.start :], quoted=quoted) else None
        return None

    @cached_property
    def _is_interview(self) -> bool:
        """Whether lines of the report begin with the names of those who speak."""
        return sum(self._label(sentence) is not None for sentence in sentences_of(self._text)) > 1

    def _last_speaker(self, before: str) -> list[Reference]:
        """Who spoke last: of the last sentence in which somebody speaks, the one whom all of it is attributed to."""
        for reading in reversed(read_all(before, self._people)):
            speaking = [act for act in reading.acts if act.clause.is_speaking and act.parties]
            if speaking:
                return list(min(speaking, key=lambda act: not act.clause.attribution).parties)
        return []

    def _listers(self, sentence: str, before: str) -> list[Reference]:
        """Who acts in the words that announce a list, of a line of that list."""
        return [ref for act in self.announcing(sentence, before) for ref in act.parties][:1]

    def announcing(self, sentence: str, before: str) -> Sequence[Act]:
        """What is done in the words that announce a list, of a line of that list: "the mission recommends:"."""
        if not _LISTED.match(sentence):
            return ()
        lines = [line.strip() for line in before.splitlines() if line.strip()]
        found = next((line for line in reversed(lines) if not _LISTED.match(line)), "")
        return read(found, [], self._people).acts if found.endswith(":") else ()

    @cached_property
    def _authors(self) -> list[Reference]:
        """Whose report it is: of a "Statement by X on behalf of Y", these; of one that says "we" of itself, who acts first."""
        opening = sentences_of(self._text[:REACH])[:OPENING]
        signed = [mention for sentence in opening for mention in _signed(sentence)]
        if signed:
            return [Reference(mention) for mention in signed]
        if not self._is_in_first_person:
            return []
        acting = (c.parties[0] for s in opening for c in clauses(s) if not c.parties[0].is_pronoun and not c.attribution)
        return [Reference(mention) for mention in islice(acting, 1)]

    @cached_property
    def _is_in_first_person(self) -> bool:
        """Whether it speaks of itself outside of quotations, in a good part of its sentences."""
        plain = sentences_of(_without_quotations(self._text))
        own = [any(token.lower in _OURSELVES for token in tokens_of(sentence)) for sentence in plain]
        return sum(own) >= OFTEN * len(own) and not self._is_interview


def _state_of_speech(before: str) -> list[Reference]:
    """The state for which somebody speaks without quotation marks: the first that acts in what is said."""
    _, _, speech = before.rpartition(":")
    acting = (clause.parties[0] for sentence in sentences_of(speech) for clause in clauses(sentence))
    return [Reference(mention) for mention in islice((m for m in acting if states_of(m.text)), 1)]


def _opens_speech(text: str, *, quoted: bool) -> bool:
    """Whether a colon comes soon, and after it what is said."""
    before, colon, after = text.partition(":")
    follows = after.strip()[:1]
    return bool(colon) and len(before.split()) < SHORT and (quoted or follows not in (*_QUOTES, "'", "‘"))


def _is_open(before: str) -> bool:
    """Whether a quotation that began before is not closed yet."""
    paragraph = before.rsplit("\n", 1)[-1]
    return paragraph.count("“") > paragraph.count("”") or paragraph.count('"') % 2 == 1


def _before_quotation(before: str) -> str:
    """The text up to the quotation that is still open at its end: who is named in it does not say it."""
    while _is_open(before):
        paragraph = before.rfind("\n") + 1
        before = before[: max(before.rfind(mark, paragraph) for mark in _QUOTES)]
    return before


def _signed(sentence: str) -> Iterator[Mention]:
    """Whose statement a heading says it is: "Statement by the High Representative on behalf of the Union"."""
    tokens = tokens_of(sentence)
    if not any(token.lower in _STATEMENTS for token in tokens[:6]):
        return
    for mention in mentions(sentence):
        before = [token.lower for token in tokens[max(0, mention.first - 3) : mention.first]]
        if before[-1:] == ["by"] or before == ["on", "behalf", "of"]:
            yield mention


def _without_quotations(text: str) -> str:
    plain, inside, start = [], False, 0
    for match in _MARK.finditer(text):
        plain += [] if inside else [text[start : match.start()]]
        mark, start = match[0], match.end()
        inside = mark == "“" or (mark == '"' and not inside)
        plain += [] if inside else [mark]
    return "".join([*plain, "" if inside else text[start:]])
