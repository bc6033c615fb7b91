"""Copied words, carried on within their sentence to the ends of what they say. English.

A small model copies the right words, but often stops before their point ("agreed on Tuesday"), begins in their middle ("halt in
strikes"), or takes half of a quotation. What is quoted is made whole here, by code: still `text[start:end]` of that one
sentence, and never more than one clause of it. The claim on record keeps the words as they were copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.document import Document
from summarizer.grounding.corrections.predicates import predicate_of, speaks_itself
from summarizer.grounding.corrections.telling import Telling, telling_around
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.sentence import DENYING, JOINING, EnglishSentence
from summarizer.grounding.english.words import QUOTES
from summarizer.schema import Claim, Evidence

_FARTHEST = 30
"""Words by which a quotation is carried on."""
_STEP_BACK = 12
"""Words by which its beginning is moved to the beginning of what is said."""
_PARTING = lexicon.listed("parting")
_RELATIVE = frozenset({"that", "which", "who", "whom"})
_NO_ENDS = lexicon.PREPOSITIONS | lexicon.AUXILIARIES | lexicon.DETERMINERS | JOINING | lexicon.listed("leading_on")
_SUBJECTS = frozenset({"he", "she", "it", "who", "which", "that"})
_INSIDE = frozenset("$£€%#&'’/-‑@+")
"""Marks that part nothing."""
_LONGEST_ABBREVIATION = 4
"""Letters of a word with a capital after which a full stop inside a sentence ends nothing: "St. Oster"."""


def whole_phrases(
    evidence: tuple[Evidence, ...], claim: Claim, document: Document, *, others: Sequence[tuple[int, int]]
) -> tuple[Evidence, ...]:
    """The evidence of copied words, each quotation one that can be read alone; `others` are the places of other claims.

    Words of several places (an elision), of more than a sentence or of one too long to be read, cited sentences, and words of
    other languages stay as they are.
    """
    if claim.words is None or document.language != "en" or len(evidence) != 1:
        return evidence
    (copied,) = evidence
    telling = telling_around(evidence, claim, document)
    sentence = EnglishSentence(telling.sentences)
    if telling.end > len(sentence.text):
        return evidence
    moved = copied.start - telling.start
    room = _room(copied, others)
    words = _Copied(sentence, telling, claim.parties[0], room[0] - moved, room[1] - moved)
    start, end = (place + moved for place in words.whole())
    if (start, end) == (copied.start, copied.end):
        return evidence
    return (copied.model_copy(update={"start": start, "end": end, "quote": document.text[start:end]}),)


def _room(copied: Evidence, others: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Between which places a quotation may grow: up to the words of other claims, of which it takes no more than it has."""
    before = (min(end, copied.start) for start, end in others if start < copied.start and end < copied.end)
    after = (max(start, copied.end) for start, end in others if start > copied.start and end > copied.end)
    return max(before, default=0), min(after, default=1 << 62)


@dataclass(frozen=True)
class _Copied:
    """Words copied from a sentence, which may grow from `earliest` to `latest`, which are offsets; all else counts tokens."""

    sentence: EnglishSentence
    telling: Telling
    party: str
    earliest: int
    latest: int

    def whole(self) -> tuple[int, int]:
        """Where the whole phrase begins and ends."""
        inside = [
            at
            for at, token in enumerate(self.sentence.tokens)
            if self.telling.start <= token.start and token.end <= self.telling.end
        ]
        if not inside:
            return self.telling.start, self.telling.end
        first, last = self._quotation(inside[0], inside[-1] + 1)
        if first >= last:  # a lone mark
            return self.telling.start, self.telling.end
        last = self._carried_on(first, last)
        first = self._taken_back(first, last)
        first, last = self._trimmed(first, last)
        return self.sentence.tokens[first].start, self.sentence.tokens[last - 1].end

    def _quotation(self, first: int, last: int) -> tuple[int, int]:
        """Without half a quotation: up to a mark that nothing opened; from one that nothing closes, or else to its end."""
        opened = None
        for at in range(first, last):
            if self.sentence.word(at) not in QUOTES:
                continue
            if opened is None and not self._opens(at):
                return (first, at) if at > first else (at + 1, last)
            opened = at if opened is None else None
        if opened is None:
            return self._with_marks(first, last)
        closing = next((at for at in range(last, len(self.sentence.tokens)) if self.sentence.word(at) in QUOTES), None)
        if opened == first or self._is_told(opened) or closing is None or self.sentence.tokens[closing].end > self.latest:
            return (opened + 1, last) if last - opened - 1 > 0 else (first, opened)
        return first, closing + 1

    def _with_marks(self, first: int, last: int) -> tuple[int, int]:
        """With the marks around a quotation that is a part of its clause: it was “a step”."""
        closing = last + (self.sentence.word(last) in (".", ","))
        marked = self.sentence.word(first - 1) in QUOTES and self.sentence.word(closing) in QUOTES
        if not marked or first < 2 or not self._opens(first - 1) or self._is_told(first - 1):
            return first, last
        fits = self.earliest <= self.sentence.tokens[first - 1].start and self.sentence.tokens[closing].end <= self.latest
        return (first - 1, closing + 1) if fits else (first, last)

    def _is_told(self, mark: int) -> bool:
        """Whether all that is said begins with this mark: Dorn said, “we”."""
        before = self.sentence.word(mark - 1)
        return not before[:1].isalnum() or lexicon.is_speaking(lexicon.bare(before) or "")

    def _opens(self, at: int) -> bool:
        """Whether a quotation begins with this mark."""
        mark, token = self.sentence.word(at), self.sentence.tokens[at]
        if mark in "“”":
            return mark == "“"
        return self.telling.sentences[token.end : token.end + 1].strip() != "" and (
            not self.telling.sentences[max(0, token.start - 1) : token.start].strip("([ \n—-")
        )

    def _carried_on(self, first: int, last: int) -> int:
        """The place after the clause, where the words stop before its end."""
        if self._tells(first, last) and not self._stops_short(last) and self.sentence.lower(last) != "of":
            return last
        end = last
        while end < last + _FARTHEST:
            after = self._past_quotation(end)
            if after == end and self._ends_clause(end):
                break
            after = max(after, end + 1)
            if self.sentence.tokens[after - 1].end > self.latest:
                break
            end = after
        while end > last and self.sentence.lower(end - 1) in _NO_ENDS:
            end -= 1
        return end

    def _past_quotation(self, at: int) -> int:
        """The place after a quotation that opens here as a part of the clause: called it “a step”."""
        if self.sentence.word(at) not in QUOTES or not self._opens(at) or not self.sentence.tokens[at - 1].is_word:
            return at
        closing = (place for place in range(at + 1, len(self.sentence.tokens)) if self.sentence.word(place) in QUOTES)
        return next((place + 1 for place in closing), at)

    def _tells(self, first: int, last: int) -> bool:
        """Whether there is the verb of a clause among these words."""
        start, end = self.sentence.tokens[first].start, self.sentence.tokens[last - 1].end
        done = any(start <= act.clause.verb_place[0] < act.clause.verb_place[1] <= end for act in self.telling.acts)
        return done or any(self._is_predicate(at) for at in range(first, last))

    def _is_predicate(self, at: int) -> bool:
        """Whether this is the verb of a clause, and no noun or adjective that looks like one: "strikes", "proposed by"."""
        word, before = self.sentence.lower(at), self.sentence.lower(at - 1)
        if word in lexicon.AUXILIARIES:
            return True
        if not self._is_finite(at) or before in lexicon.DETERMINERS:
            return False
        if word.endswith("ed"):
            return self.sentence.lower(at + 1) not in lexicon.PREPOSITIONS and not self.sentence.tokens[at].is_capital
        return lexicon.is_past(word) or before in _SUBJECTS or self.sentence.party_before(at) is not None

    def _stops_short(self, last: int) -> bool:
        """Whether the last of the words wants another after it."""
        word = self.sentence.lower(last - 1)
        return word in _NO_ENDS | lexicon.DAYS or self._is_verb(last - 1)

    def _ends_clause(self, at: int) -> bool:
        """Whether a clause ends before this place: at a mark, at "while" or "but", where somebody else begins to speak."""
        lower = self.sentence.lower(at)
        if at >= len(self.sentence.tokens) or self._parts(at):
            return True
        if lower in JOINING:
            after = self.sentence.past_adverbs(at + 1)
            return self._begins_act(at + 1) or self._is_predicate(after) or self.sentence.lower(after) in ("to", "that")
        return lower in _RELATIVE and not self._is_verb(at - 1) and self._begins_act(at + 1)

    def _begins_act(self, at: int) -> bool:
        """Whether somebody begins to act here, an article before the name perhaps."""
        if at >= len(self.sentence.tokens):
            return False
        article = self.sentence.lower(at) in lexicon.DETERMINERS
        starts = {self.sentence.tokens[at].start}
        if article and at + 1 < len(self.sentence.tokens):
            starts.add(self.sentence.tokens[at + 1].start)
        return any(act.clause.start in starts and not act.clause.attribution for act in self.telling.acts)

    def _taken_back(self, first: int, last: int) -> int:
        """The place at which what is said begins."""
        first = self._belonging(first)
        known = (begins for begins in self._beginnings(first, last) if begins == first or self._reaches(begins, first))
        return next(known, first)

    def _reaches(self, begins: int, first: int) -> bool:
        """Whether the words may begin there as well: not far before, nobody else's words, no mark between."""
        earlier = range(begins, first)
        near = 0 < len(earlier) <= _STEP_BACK and self.sentence.tokens[begins].start >= self.earliest
        return near and not any(map(self._parts, earlier))

    def _belonging(self, first: int) -> int:
        """The place of the article, adjective, auxiliary or negation that belongs to the first of the words."""
        at = first
        while at > 0 and self.sentence.tokens[at - 1].start >= self.earliest and self._belongs(at - 1):
            at -= 1
        return at

    def _belongs(self, at: int) -> bool:
        """Whether this word is one with the word after it."""
        lower, after = self.sentence.lower(at), self.sentence.lower(at + 1)
        if lower in DENYING or (lower in lexicon.DETERMINERS and lower != "that"):
            return lower not in JOINING
        if lower in lexicon.AUXILIARIES:
            return self._is_verb(at + 1) or after in DENYING | lexicon.ADVERBS
        described = self.sentence.is_adjective(at) or self.sentence.lower(at).isdigit()
        return described and self.sentence.lower(at - 1) in lexicon.DETERMINERS and not self._is_finite(at + 1)

    def _beginnings(self, first: int, last: int) -> Iterator[int]:
        """Where what the party says or does begins; or, of what is said of a whole sentence or has no subject, the clause."""
        told = predicate_of(self.telling, self.party)
        start = self.sentence.tokens[first].start
        if told is not None and told.start < start:
            own = told.act.clause.start if speaks_itself(self.telling, told, self.party) else told.start
            yield from self._places(own if start < told.complement or own < told.start else told.complement)
        said = any(act.clause.attribution for act in self.telling.governing)
        if said or (told is None and self._is_finite(first)):
            at = first
            while at > 0 and not self._parts(at - 1) and (at == 1 or self.sentence.lower(at - 1) != "that"):
                at -= 1
            if self._is_verb(at) or (self._tells(at, last) and not self._adds(at)):
                yield at

    def _adds(self, at: int) -> bool:
        """Whether what begins here is only added to what stands before a comma: "..., including", "..., as well as"."""
        small = self.sentence.lower(at) in lexicon.PREPOSITIONS | lexicon.listed("leading_on")
        return small and self.sentence.word(at - 1) == ","

    def _places(self, offset: int) -> Iterator[int]:
        yield from (at for at, token in enumerate(self.sentence.tokens) if token.start == offset)

    def _parts(self, at: int) -> bool:
        """Whether one clause ends here and another begins."""
        word = self.sentence.word(at)
        if word == "." and at + 1 < len(self.sentence.tokens):
            before = self.sentence.word(at - 1)
            return not before[:1].isupper() or len(before) > _LONGEST_ABBREVIATION
        return (not self.sentence.tokens[at].is_word and word not in _INSIDE) or self.sentence.lower(at) in _PARTING

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        """Without the marks and joints at either end that join it to other words."""
        while last - first > 1 and (self.sentence.word(last - 1) in ",;:—–" or self._joins_on(last - 1)):
            last -= 1
        while last - first > 1 and (self.sentence.word(first) in ",;:—–.)" or self.sentence.lower(first) in JOINING):
            first += 1
        return first, last

    def _joins_on(self, at: int) -> bool:
        """Whether this only leads on to what is not quoted: "and", "and then"."""
        return self.sentence.lower(at) in JOINING or (
            self.sentence.lower(at) in lexicon.listed("linking") and self.sentence.lower(at - 1) in JOINING
        )

    def _is_finite(self, at: int) -> bool:
        return self.sentence.verb_at(at) is not None and self.sentence.is_finite(at)

    def _is_verb(self, at: int) -> bool:
        return bool(self.sentence.word(at)) and (
            self.sentence.lower(at) in lexicon.AUXILIARIES or lexicon.bare(self.sentence.word(at)) is not None
        )
