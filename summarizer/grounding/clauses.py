"""Who does what in an English sentence, as far as word order and a list of verbs tell: a party and the verb after it.

No grammar is made of the sentence. Beside a party is looked for what makes it the one who acts: a verb that follows,
"according to", "said" before it, "by" after a participle, a noun such as "refusal" that is its own. What this misses gives no
clause, and the party check then doubts rather than fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from summarizer.grounding import english
from summarizer.grounding.mentions import DAYS, DETERMINERS, QUOTES, Mention, Words, mentions

_PARTING = english.listed("parting")
_JOINING = english.listed("joining")
_EMPTY_VERBS = english.listed("empty_verbs")
_AFTER_NOUN = english.listed("after_noun")
_PAPERS = english.listed("papers")
LONGEST_RELATIVE = 10
"""Words of a relative clause without commas, before the verb goes on."""
LONGEST_INSERTION = 30
"""Words between two commas that may stand between a party and its verb."""


@dataclass(frozen=True, slots=True)
class Clause:
    """Parties and what they do. `start` and `end` are offsets into the sentence: what the verb bears on, nested clauses too.

    `verb` is the bare form, or the word itself; `verbs` the stems of it and of what it takes ("agreed to halt"). `passive`:
    it is done to them. `attribution`: said of a whole sentence ("according to", "..., said X").
    """

    parties: tuple[Mention, ...]
    verb: str
    verbs: frozenset[str]
    start: int
    end: int
    content: frozenset[str] = frozenset()
    passive: bool = False
    attribution: bool = False

    @property
    def is_speaking(self) -> bool:
        """Whether it tells what somebody says, wants or thinks."""
        return english.is_speaking(self.verb)


@lru_cache(maxsize=2_048)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of one sentence whose party can be told, in the order of their parties."""
    return tuple(_Sentence(sentence).read())


@lru_cache(maxsize=2_048)
def ungoverned(sentence: str) -> tuple[Mention, ...]:
    """The parties of a sentence that are not the object of a verb or a preposition before them, so that they may act."""
    read = _Sentence(sentence)
    return tuple(mention for mention in read.mentions if not read.is_object(mention))


class _Sentence(Words):
    """A sentence under reading: its words, the parties in it, and what was found of them so far."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.mentions = mentions(self.text)
        self._starts = {mention.first: mention for mention in self.mentions}
        self._at = {token.start: place for place, token in enumerate(self.tokens)}
        self._found: list[Clause] = []

    def read(self) -> list[Clause]:
        for mention in self.mentions:
            self._found.extend(self._of(mention))
        self._found.extend(self._goings_on())
        self._found.extend(self._gapped())
        self._found.sort(key=lambda clause: (clause.start, -clause.end))
        return [self._bounded(clause) for clause in self._found]

    def _of(self, mention: Mention) -> Iterator[Clause]:
        before = self.tokens[mention.first - 1] if mention.first else None
        if attributed := self._attribution(mention):
            yield attributed
            return
        if self._is_agent_of_participle(mention):
            yield from self._by(mention)
        if owned := self._owned(mention):
            yield owned
        elif before and before.lower in _AFTER_NOUN and (verb := english.verb_of_noun(self.word(mention.first - 2))):
            yield self._clause((mention,), verb, {english.stem(verb)}, 0, len(self.tokens))
        if not self._is_governed(mention):
            yield from self._subject(mention)
        elif (verb_at := self._relative_verb(mention.last)) is not None:
            yield self._verb_clause((mention,), mention.first, verb_at)

    def _attribution(self, mention: Mention) -> Clause | None:
        """According to X; "...", said X."""
        first = mention.first
        if first >= 2 and (self.lower(first - 2), self.lower(first - 1)) == ("according", "to"):
            return self._whole((mention,), "say")
        verb = english.bare(self.word(first - 1))
        inverted = (
            first >= 2
            and not mention.is_pronoun
            and verb
            and english.is_speaking(verb)
            and self.word(first - 2) in QUOTES | {","}
        )
        owner = self.tokens[mention.last - 1].is_possessive
        if inverted and verb and self._tells(first - 1) and not owner and not self._verb_at(mention.last):
            return self._whole(self._with_partners(mention)[0], verb)
        return None

    def _tells(self, at: int) -> bool:
        """Whether this is a past or third person: said, says, not say."""
        return self.lower(at) != english.bare(self.word(at)) and not self.lower(at).endswith("ing")

    def _whole(self, parties: tuple[Mention, ...], verb: str) -> Clause:
        made = self._clause(parties, verb, {english.stem(verb)}, 0, len(self.tokens))
        return replace(made, attribution=True)

    def _is_agent_of_participle(self, mention: Mention) -> bool:
        return self.lower(mention.first - 1) == "by"

    def _by(self, mention: Mention) -> Iterator[Clause]:
        """Rejected by X; posed by X: the participle at most six words before."""
        for at in range(mention.first - 2, max(-1, mention.first - 8), -1):
            if english.is_participle(self.word(at)) and self.tokens[at].is_word:
                verb = english.bare(self.word(at)) or self.lower(at)
                passive = any(self.lower(i) in english.BE for i in range(max(0, at - 3), at))
                begin = 0 if passive else max((m.first for m in self.mentions if m.last <= at), default=0)
                yield self._clause((mention,), verb, {english.stem(self.word(at))}, min(begin, at), len(self.tokens))
                return

    def _owned(self, mention: Mention) -> Clause | None:
        """X's refusal, his demand: the noun within three words."""
        last = mention.last
        if not self.tokens[last - 1].is_possessive:
            return None
        return self._own_noun(mention, last)

    def _own_noun(self, mention: Mention, last: int) -> Clause | None:
        for at in range(last, min(last + 3, len(self.tokens))):
            if verb := english.verb_of_noun(self.word(at)):
                return self._clause((mention,), verb, {english.stem(verb)}, mention.first, len(self.tokens))
            if not self.is_adjective(at):
                return None
        return None

    def _is_governed(self, mention: Mention) -> bool:
        """Whether a preposition stands before it, so that it is no subject: "with X", "between X and Y"."""
        before = self.lower(mention.first - 1)
        if before in english.PREPOSITIONS:
            return not (before == "with" and self.lower(mention.last).endswith("ing"))
        if before in _JOINING | {","}:
            partner = next((other for other in self.mentions if other.last == mention.first - 1), None)
            return partner is not None and before in _JOINING and self._is_governed(partner)
        return False

    def _subject(self, mention: Mention) -> Iterator[Clause]:
        """What the party does by the verbs after it: after appositions, adverbs, partners and relative clauses."""
        owner = self.tokens[mention.last - 1].is_possessive and not self.tokens[mention.last - 1].lower.endswith("s'")
        if owner and self.lower(mention.last) not in english.AUXILIARIES:
            return
        parties, at = self._with_partners(mention)
        if self.lower(mention.first - 1) in _JOINING and self._partner_acts(mention):
            return
        relative = at + (self.word(at) == ",")
        if self.lower(relative) in ("who", "which", "that") and self._verb_at(relative + 1) is not None:
            yield self._verb_clause(parties, mention.first, relative + 1)
            if relative == at and (main := self._after_relative(relative + 2)) is not None:
                yield self._verb_clause(parties, mention.first, main)
        verb_at = self._verb_after(at)
        if verb_at is not None:
            made = self._verb_clause(parties, mention.first, verb_at)
            if not (mention.text.lower() == "it" and made.verb in _EMPTY_VERBS):
                yield self._widened(made, verb_at)

    def is_object(self, mention: Mention) -> bool:
        """Whether it stands right after a verb, or after a preposition that nobody acts by."""
        before = self.lower(mention.first - 1)
        told = english.bare(before) or (before.endswith("ed") and len(before) > len("need"))
        return before in english.PREPOSITIONS - _AFTER_NOUN or bool(told)

    def _relative_verb(self, at: int) -> int | None:
        """The verb of a relative clause that begins here, after a comma."""
        begins = self.word(at) == "," and self.lower(at + 1) in ("who", "which")
        return self._verb_at(at + 2) if begins else None

    def _after_relative(self, at: int) -> int | None:
        """The verb after a relative clause without commas: "judges who dissented argued"."""
        for i in range(at, min(at + LONGEST_RELATIVE, len(self.tokens))):
            if not self.tokens[i].is_word or self.lower(i - 1) in (*_JOINING, "to", "that"):
                return None
            if self._verb_at(i) is not None and self._is_finite(i) and not self._is_taken(i):
                return i
        return None

    def _partner_acts(self, mention: Mention) -> bool:
        """Whether "Y" of "X and Y" was told of together with X."""
        return any(mention in clause.parties for clause in self._found)

    def _with_partners(self, mention: Mention) -> tuple[tuple[Mention, ...], int]:
        """The party and those joined to it ("X, Y and Z"), and the first token after them."""
        parties, at = [mention], self.past_brackets(mention.last)
        while at + 1 < len(self.tokens):
            joined = self.lower(at) in _JOINING or (self.word(at) == "," and self._lists_on(at))
            skipped = at + 1 + (self.word(at) == "," and self.lower(at + 1) in _JOINING)
            partner = next((other for other in self.mentions if other.first == skipped and other.last > skipped), None)
            if not joined or partner is None:
                break
            parties.append(partner)
            at = self.past_brackets(partner.last)
        return tuple(parties), at

    def _lists_on(self, comma: int) -> bool:
        """Whether a comma is one of a list: some words on, "and" and another party."""
        partner = next((other for other in self.mentions if other.first == comma + 1), None)
        return partner is not None and (
            self.lower(partner.last) in _JOINING
            or (self.word(partner.last) == "," and self.lower(partner.last + 1) in _JOINING)
        )

    def _verb_after(self, at: int) -> int | None:
        """Where the verb of a party begins that ends before this token, or None."""
        at = self._past_adverbs(at)
        if self.word(at) in QUOTES and self._verb_at(at + 1) is not None:  # said in words of its own: X "recommended it"
            return at + 1
        if self.lower(at) in _PAPERS:  # the ministry's own words: "the Foreign Ministry statement says"
            at = self._past_adverbs(at + 1)
        if (verb := self._verb_at(at)) is not None and self._agrees(at):
            return verb
        if self.word(at) == ",":
            limit = min(at + LONGEST_INSERTION, len(self.tokens))
            closing = (i for i in range(at + 1, limit) if self.word(i) == ",")
            return next(
                (v for i in closing if (v := self._verb_at(self._past_adverbs(i + 1))) is not None and self._is_finite(v)), None
            )
        if self.lower(at) in english.PREPOSITIONS - {"to"}:
            for i in range(at + 2, min(at + 8, len(self.tokens))):
                if (
                    not self.tokens[i].is_word
                    or self.lower(i) in _JOINING
                    or (i in self._starts and self.lower(i - 1) not in english.PREPOSITIONS)
                ):
                    return None
                if (
                    self._verb_at(i) is not None
                    and self._is_finite(i)
                    and self.lower(i - 1) not in english.PREPOSITIONS | DETERMINERS
                ):
                    return i
        return None

    def _agrees(self, at: int) -> bool:
        """Whether the word before can be the subject of this form: not "police posts", nor "Israel attack" without a "that"."""
        word, subject = self.lower(at), self.tokens[at - 1]
        verb = english.bare(word)
        if word in english.AUXILIARIES or verb is None or word not in (verb, f"{verb}s", f"{verb}es") or english.is_past(word):
            return True
        if word != verb:
            return subject.is_capital or not (subject.lower.endswith("s") or subject.lower == "police")
        plural = (
            subject.lower.endswith("s")
            or subject.lower in ("we", "they", "i", "police", "who")
            or self.lower(at - 1) in english.ADVERBS
        )
        return (
            plural or any(m.last == at and self.lower(m.first - 1) == "that" for m in self.mentions) or self._joined_before(at)
        )

    def _joined_before(self, at: int) -> bool:
        return any(m.last == at and self.lower(m.first - 1) in _JOINING for m in self.mentions)

    def _past_adverbs(self, at: int) -> int:
        while (
            self.lower(at) in english.ADVERBS or (self.lower(at).endswith("ly") and len(self.lower(at)) > 4) or self._is_day(at)
        ):
            at += 1
        return at

    def _is_day(self, at: int) -> bool:
        return self.lower(at) in DAYS or (self.lower(at) == "on" and self.lower(at + 1) in DAYS)

    def _verb_at(self, at: int) -> int | None:
        """The token itself, if a verb begins there."""
        word = self.lower(at)
        if not word or not self.tokens[at].is_word or (self.tokens[at].is_capital and word not in english.AUXILIARIES):
            return None
        if word in english.AUXILIARIES or (word.endswith("ed") and len(word) > 4):
            return at
        verb = english.bare(word)
        if verb is None or (word.endswith("ing") and not english.is_speaking(verb)):
            return None
        return at

    def _is_finite(self, at: int) -> bool:
        word = self.lower(at)
        return word in english.AUXILIARIES or (word != english.bare(word) and not word.endswith("ing"))

    def _verb_clause(self, parties: tuple[Mention, ...], start: int, at: int) -> Clause:
        verb_at, passive = self._main_verb(at)
        verb = english.bare(self.word(verb_at)) or self.lower(verb_at)
        verb = "be" if self.lower(verb_at) in english.BE else verb
        made = self._clause(
            parties, verb, {english.stem(self.word(verb_at)), *self._taken(verb_at + 1)}, start, len(self.tokens)
        )
        return replace(made, passive=passive)

    def _main_verb(self, at: int) -> tuple[int, bool]:
        """Where the verb itself stands after its auxiliaries, and whether it is passive."""
        passive, last = False, at
        while self.lower(at) in english.AUXILIARIES or (
            at > last - 1 and self._past_adverbs(at) > at and self.lower(last) in english.AUXILIARIES
        ):
            if self.lower(at) in english.AUXILIARIES:
                passive, last = self.lower(at) in english.BE, at
            at = at + 1
            if self.lower(at) in ("to", "n't"):
                at += 1
        following = self.word(at)
        if following and self.tokens[at].is_word and (english.bare(following) or following.lower().endswith("ed")):
            is_passive = passive and english.is_participle(following) and not following.lower().endswith("ing")
            return at, is_passive
        unknown = self.lower(last) in english.MODALS and following and self.tokens[at].is_word
        return (at if unknown else last), False

    def _taken(self, at: int) -> Iterator[str]:
        """The stems of the verbs that a verb takes: "agreed to halt", "began issuing"."""
        for _ in range(3):
            at = self._past_adverbs(at)
            if self._is_day(at):
                at += 1
            if self.lower(at) == "to" and english.bare(self.word(self._past_adverbs(at + 1))):
                at = self._past_adverbs(at + 1)
            elif not (self.lower(at).endswith("ing") and english.bare(self.word(at))):
                return
            yield english.stem(self.word(at))
            at += 1

    def _widened(self, clause: Clause, verb_at: int) -> Clause:
        """An attribution after what it attributes covers the whole sentence: "...", X said; ..., X said."""
        before = self.word(clause.parties[0].first - 1)
        after_quotation = before in QUOTES and clause.parties[0].first > 1
        at_the_end = before == "," and verb_at + 2 >= len(self.tokens)
        said_of_it = self.lower(clause.parties[0].first - 1) in ("which", "whom") or (
            self.lower(verb_at + 1) in english.AUXILIARIES - {"that"} and self.lower(verb_at) not in english.AUXILIARIES
        )
        if clause.is_speaking and not clause.passive and (after_quotation or at_the_end or said_of_it):
            return replace(self._whole(clause.parties, clause.verb), verbs=clause.verbs)
        return clause

    def _goings_on(self) -> Iterator[Clause]:
        """Verbs whose party stands before another verb: "welcomed it but reiterated that", "..., adding that"."""
        for at in range(1, len(self.tokens)):
            joint = self.lower(at - 1)
            verb_at = self._past_adverbs(at)
            if joint not in _JOINING | {"but", ",", "then"} or (joint == "," and not self.lower(verb_at).endswith("ing")):
                continue
            if self._verb_at(verb_at) is None or self._is_taken(verb_at) or at in self._starts:
                continue
            speaking = english.is_speaking(english.bare(self.word(verb_at)) or "")
            if not (
                self._is_finite(verb_at) or (speaking and self.lower(verb_at).endswith("ing") and joint in {",", "but", "and"})
            ):
                continue
            before = [clause for clause in self._found if self._begins_before(clause, at)]
            if before:
                yield self._verb_clause(self._going_on(before, joint, speaking=speaking).parties, at, verb_at)

    def _going_on(self, before: list[Clause], joint: str, *, speaking: bool) -> Clause:
        """Whose verb goes on: of "and" the last one's, of one more thing said who spoke last; else the first one's."""
        spoke = [clause for clause in before if clause.is_speaking]
        if joint == "and":
            return max(spoke if speaking and spoke else before, key=lambda clause: clause.start)
        return min(before, key=lambda clause: clause.start)

    def _gapped(self) -> Iterator[Clause]:
        """Parties whose verb was said of another before: "the Greens have 30 seats, Labour 22"."""
        for mention in self.mentions:
            counted = self.lower(mention.last)[:1].isdigit() and self.lower(mention.first - 1) in _JOINING | {","}
            before = [clause for clause in self._found if self._begins_before(clause, mention.first)]
            if counted and before:
                verb = max(before, key=lambda clause: clause.start).verb
                yield self._clause((mention,), verb, {english.stem(verb)}, mention.first, len(self.tokens))

    def _begins_before(self, clause: Clause, at: int) -> bool:
        return clause.attribution or self.tokens[at].start > clause.start

    def _is_taken(self, verb_at: int) -> bool:
        """Whether this verb has a party of its own right before it."""
        return any(mention.last == verb_at for mention in self.mentions)

    def _clause(self, parties: tuple[Mention, ...], verb: str, verbs: set[str], first: int, last: int) -> Clause:
        return Clause(parties, verb, frozenset(verbs), self.tokens[first].start, self.tokens[last - 1].end)

    def _bounded(self, clause: Clause) -> Clause:
        """The clause up to where another one begins that does not belong to it."""
        end = clause.end
        if not clause.attribution:
            for other in self._found:
                if clause.start < other.start < end and not other.attribution and self._parts(other, clause):
                    end = other.start
        own = {i for party in clause.parties for i in range(party.first, party.last)}
        inside = [t for i, t in enumerate(self.tokens) if clause.start <= t.start < end and i not in own]
        return replace(clause, end=end, content=english.content(inside))

    def _parts(self, other: Clause, clause: Clause) -> bool:
        at = self._at[other.start]
        joint = self.lower(at - 1)
        if joint in (*_JOINING, ",") and other.parties == clause.parties:
            return True
        gapped = other.verb == clause.verb and self.lower(other.parties[0].last)[:1].isdigit()
        if joint in _PARTING or gapped:
            return True
        return joint == "and" and not clause.is_speaking
