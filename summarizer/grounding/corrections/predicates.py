"""What a party is told to do around copied words: the verb as it is written there, and where what it says begins.

"However, he has not agreed on Monday to halt the strikes": the verb is "has not agreed", it is joined by "on Monday to", and
what it says begins at "halt". Statements and whole phrases both ask this, so that what a statement leaves outside of its
quotation marks is never more than verb and joint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.grounding.corrections.telling import Telling
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.mentions import Mention
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.sentence import JOINING, EnglishSentence
from summarizer.grounding.english.words import QUOTES

_TAKING = lexicon.listed("taken_along")
"""Small words that go with the verb before them: "called for", "handed out"."""
_COUNTING = lexicon.listed("counting")
"""Adverbs that belong to what comes after them: "wants all | seven crossings shut"."""
_EARLY = frozenset({"early", "late"})
_HOURS = lexicon.listed("hours")
_RELATIVE = frozenset({"what", "which", "whom"})
_PARTING = lexicon.listed("parting")
_TELLING = lexicon.listed("telling")
_AT_ONCE = 6
"""Code points into the words within which their own subject begins: "and Velia claims that"."""
_SAID_OF = re.compile(r"\b(?:which|whom|what)\b[^,;”\"]*$")
"""What is said of a thing, and not of the sentence: ", which the union describes"."""
_STRETCH = re.compile(r"[,.;:!?“”\"—–()\n]|\b(?:but|while|whereas|although|though)\b")
_FARTHEST_JOINT = 8
"""Words of whom it is told, before "that": "told reporters in Geneva on Monday that"."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """Offsets are into `Telling.sentences`: of the verb, and of where its complement begins, after the joint.

    `opened`: a quotation mark stands right before the complement.
    """

    act: Act
    start: int
    end: int
    complement: int
    joint: str
    opened: bool

    @property
    def is_colon(self) -> bool:
        """Whether what follows is said in the party's own words, after a colon."""
        return self.joint.endswith(":")


def predicate_of(telling: Telling, name: str) -> Predicate | None:
    """By which verb the words are told of the party of this name; None where none stands before them, or at their beginning.

    Of several the one that begins the words, else the innermost before them, of what it says before what it does.
    """
    own = [act for act in telling.acts if _is_written_before(act) and _is_by(act, name, telling)]
    before = [act for act in own if act.clause.verb_place[0] <= telling.start < act.clause.end]
    begun = [act for act in own if telling.start < act.clause.verb_place[0] < telling.end]
    own_begun = [act for act in begun if act.clause.start <= telling.start + _AT_ONCE]
    own_begun = [act for act in own_begun if not _is_in_passing(act, telling.sentences)] or own_begun
    around = _read(telling, max(before, key=_said_last)) if before else None
    if own_begun and not (around and around.act.clause.is_speaking and around.complement == telling.start):
        return _read(telling, min(own_begun, key=_verb_start))
    return around


def is_carried_over(told: Predicate) -> bool:
    """Whether it has no subject of its own: "left the talks and agreed"."""
    return told.act.clause.start >= told.start


def clause_before(told: Predicate, telling: Telling) -> str:
    """What stands in the sentence between the last mark, or "but", and the clause."""
    return _STRETCH.split(telling.sentences[: told.act.clause.start])[-1]


def attribution_of(telling: Telling, name: str) -> Act | None:
    """By which the party of this name says the whole sentence, in words that stand after it: "...", said Velia."""
    said = (act for act in telling.acts if act.clause.attribution and act.clause.verb_place[1] > act.clause.verb_place[0])
    after = (act for act in said if act.clause.verb_place[0] >= telling.end and telling.is_by([act], name))
    return next((act for act in after if not _SAID_OF.search(telling.sentences[telling.end : act.clause.verb_place[0]])), None)


def _is_by(act: Act, name: str, telling: Telling) -> bool:
    """Whether it is this party's act; what is done, and not said, by no pronoun that could mean another, or a thing."""
    is_thing = act.clause.parties[0].text.lower() in ("it", "they")
    sure = act.clause.is_speaking or (any(reference.sure for reference in act.parties) and not is_thing)
    return sure and telling.is_by([act], name) and not _is_relative(act, telling.sentences)


def _is_in_passing(act: Act, sentences: str) -> bool:
    """Whether a relative clause tells it before the verb comes: "Dorn, who teaches law, considers"."""
    return sentences[act.clause.start : act.clause.verb_place[0]].lower().split()[-1:] in (["who"], ["which"], ["that"])


def _is_relative(act: Act, sentences: str) -> bool:
    """Whether it only tells of a thing: "what Velia calls a plan"."""
    before = sentences[: act.clause.start].lower().split()[-2:]
    return not _RELATIVE.isdisjoint(word for word in before if word not in lexicon.DETERMINERS - {"that"})


def speaks_itself(telling: Telling, told: Predicate, name: str) -> bool:
    """Whether the party says this of itself in a quotation that is attributed to it: "We agreed", said Velia."""
    subject = telling.sentences[told.act.clause.start : told.start].split()
    return bool(subject) and subject[0].lower() in ("i", "we") and attribution_of(telling, name) is not None


def _is_written_before(act: Act) -> bool:
    first, last = act.clause.verb_place
    return first < last and not act.clause.attribution


def _verb_start(act: Act) -> int:
    return act.clause.verb_place[0]


def _said_last(act: Act) -> tuple[bool, int]:
    return act.clause.is_speaking, _verb_start(act)


def _read(telling: Telling, act: Act) -> Predicate | None:
    sentence = EnglishSentence(telling.sentences)
    start, end = act.clause.verb_place
    verb = next((at for at, token in enumerate(sentence.tokens) if token.end == end), None)
    if verb is None:
        return None
    at = _past_joint(sentence, verb + 1, tells_somebody=act.clause.is_speaking)
    opened = sentence.word(at) in QUOTES or (sentence.word(at) == "," and sentence.word(at + 1) in QUOTES)
    if opened:
        at += 1 + (sentence.word(at) == ",")
    if at >= len(sentence.tokens):
        return None
    complement = sentence.tokens[at].start
    if complement < telling.start and _is_parallel(sentence, at, telling.start):
        complement = telling.start
        at = next(place for place, token in enumerate(sentence.tokens) if token.start >= telling.start)
        return Predicate(act, start, end, complement, sentence.lower(at - 1), opened=False)
    joint = telling.sentences[end:complement].rstrip("".join(QUOTES) + " ,")
    return Predicate(act, start, end, complement, " ".join(joint.split()), opened)


def _is_parallel(sentence: EnglishSentence, at: int, start: int) -> bool:
    """Whether the words that begin at an offset are one more thing said: "insisted that ..., and that"."""
    place = next((place for place, token in enumerate(sentence.tokens) if token.start >= start), 0)
    joint = sentence.lower(at - 1)
    between = (sentence.lower(other) for other in range(at, place))
    one_more = sentence.lower(place - 1) == joint and sentence.lower(place - 2) in (",", *JOINING)
    return joint in ("that", "to") and one_more and _PARTING.isdisjoint(between)


def _past_joint(sentence: EnglishSentence, at: int, *, tells_somebody: bool) -> int:
    """The place after what joins a verb to what it says: adverbs, a day, whom it is told, "that", "to", a colon."""
    at = _past_time(sentence, at)
    if tells_somebody:
        at = _past_hearer(sentence, at, needs_one=lexicon.bare(sentence.word(at - 1)) in _TELLING)
    if sentence.lower(at) == ":" or (sentence.lower(at) == "that" and tells_somebody):
        return at + 1
    if sentence.lower(at) in _TAKING and not (sentence.lower(at) == "about" and sentence.lower(at + 1)[:1].isdigit()):
        return at + 1 + (sentence.word(at + 1) == ":")
    return at


def _past_time(sentence: EnglishSentence, at: int) -> int:
    while _is_adverb(sentence, at) or sentence.is_day(at + (sentence.lower(at) in _EARLY)):
        at += 1
        if sentence.is_day(at - 1) and (sentence.lower(at).isdigit() or sentence.lower(at) in _HOURS):
            at += 1
    return at


def _is_adverb(sentence: EnglishSentence, at: int) -> bool:
    return sentence.is_adverb(at) and sentence.lower(at) not in _COUNTING


def _past_hearer(sentence: EnglishSentence, at: int, *, needs_one: bool) -> int:
    """The place after whom it is told: up to "that" or a colon, where nothing else is said before."""
    hearer = _hearer(sentence, at)
    for place in range(at, min(at + _FARTHEST_JOINT, len(sentence.tokens))):
        if sentence.lower(place) in ("that", ":"):
            return place if hearer is not None else at
        if not sentence.tokens[place].is_word or sentence.verb_at(place) is not None:
            break
    return hearer.last if hearer is not None and needs_one else at


def _hearer(sentence: EnglishSentence, at: int) -> Mention | None:
    """The party that is told something here, an article before it perhaps, or none."""
    beginning = at + (sentence.lower(at) in lexicon.DETERMINERS) + (sentence.lower(at) == "to")
    return next((mention for mention in sentence.mentions if mention.first in (at, beginning)), None)
