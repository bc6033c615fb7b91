"""The one place that composes a statement: a sentence from party, verb and copied words, where no model wrote one.

In English the verb and what joins it to the words are the source's own, where the sentence tells them: Velia has refused to
“withdraw its patrols”. All else from the source stands between quotation marks. Where the sentence does not tell it so, the
verb of the act stands before the words, if a word there tells of such an act: Velia refused: “withdraw its patrols”. Else there
is no verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.acts import act_of
from summarizer.document import Document
from summarizer.grounding.corrections.predicates import (
    Predicate,
    attribution_of,
    clause_before,
    is_carried_over,
    predicate_of,
    speaks_itself,
)
from summarizer.grounding.corrections.telling import Telling, telling_around
from summarizer.grounding.english.agreement import agreeing
from summarizer.grounding.english.lexicon import bare, is_speaking, listed
from summarizer.grounding.english.sentence import EnglishSentence
from summarizer.grounding.english.verbs import acts_told_in
from summarizer.grounding.english.words import QUOTES, tokens_of
from summarizer.grounding.factuality import why_no_fact
from summarizer.grounding.naming import places_of
from summarizer.schema import Evidence, GroundedClaim

_BEGINNING = 3
"""Words of a quotation within which it may tell who acts, and how: "Velia has refused to", "agreed to"."""
_FIRST_PERSON = frozenset({"we", "my", "our", "me", "us", "mine", "ours", "myself", "ourselves"})
_I = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_LINKING = listed("linking")
_TELLING = listed("telling")
_TIMES_WITH_ARTICLE = 0.5
_ARTICLE = 5
"""Code points before a name in which its article stands, and what stands before that."""
_ENDS = ("!", "?", "…")
_UNENDED = re.compile(r"(?<![A-Z])[.,](?=’?$)")
_MARKS = " .,;:" + "".join(QUOTES)
_LEFT_OUT = " […] "


def statement(each: GroundedClaim, names: Sequence[str], document: Document) -> str:
    """One sentence that says what these parties say or do, in the words of the source."""
    if each.claim.words is None or document.language != "en":
        return _plainly(each, _joined(names))
    whose = holders(names, document)
    return _sentence(_as_told(each, whose, names, document) or _plainly(each, whose))


def holders(names: Sequence[str], document: Document) -> str:
    """What a statement calls these parties."""
    return _joined([_with_article(name, document.text) if document.language == "en" else name for name in names])


def _joined(names: Sequence[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _with_article(name: str, text: str) -> str:
    """The name as the report mostly has it: "the White House"."""
    found = [_follows_article(text[max(0, place - _ARTICLE) : place]) for place in places_of(name, text)]
    return f"the {name}" if found and sum(found) > _TIMES_WITH_ARTICLE * len(found) else name


def _follows_article(before: str) -> bool:
    return before[-4:] in ("the ", "The ") and not (before[:-4].isalnum() or before[:-4] == "_")


def _sentence(words: str) -> str:
    """The words with a capital at their beginning and a full stop at their end, unless a mark ends them."""
    return words[:1].upper() + words[1:] + ("" if words.rstrip("”’").endswith(_ENDS) else ".")


def _plainly(each: GroundedClaim, holders: str) -> str:
    """With the verb of the act that the model named, if the sentence tells of such an act and the words do not."""
    quotes = ", ".join(f"“{_inside(evidence.quote)}”" for evidence in _of_first_sentence(each))
    named = _is_told_there(each) and not _tells_the_act(each)
    return f"{holders} {each.claim.verb}: {quotes}" if named else f"{holders}: {quotes}"


def _is_told_there(each: GroundedClaim) -> bool:
    """Whether the sentence has a verb, or its noun, of the act that the model named."""
    place = each.evidence[0].sentence
    sentence = next((other.text for other in each.claim.passage.sentences if other.number == place), "")
    return act_of(each.claim) in acts_told_in(sentence)


def _of_first_sentence(each: GroundedClaim) -> list[Evidence]:
    return [evidence for evidence in each.evidence if evidence.sentence == each.evidence[0].sentence]


def _tells_the_act(each: GroundedClaim) -> bool:
    """Whether the copied words themselves begin with who does it or what is done, so that no verb is wanted before them."""
    words = [bare(token.text) for token in tokens_of(each.evidence[0].quote)[:_BEGINNING]]
    return bare(each.claim.verb.split()[0]) in words or any(verb is not None and is_speaking(verb) for verb in words)


def _as_told(each: GroundedClaim, holders: str, names: Sequence[str], document: Document) -> str | None:
    """As the sentence tells it of the party, or None where it does not."""
    first, *more = _of_first_sentence(each)
    telling = telling_around((first,), each.claim, document)
    name = each.claim.parties[0]
    told = predicate_of(telling, name)
    if told is not None and told.complement >= telling.start and not speaks_itself(telling, told, name):
        if is_carried_over(told) and not told.act.clause.is_speaking and _is_said(told, telling):
            return None
        if why_no_fact(told, telling, name):
            return f"{holders}: {_quoted(_all_of_it(told, telling), more)}"
        return _with_verb(told, telling, holders, names, more)
    said = attribution_of(telling, name)
    if said is None:
        return None
    verb = "said" if said.clause.verb in _TELLING else telling.sentences[slice(*said.clause.verb_place)]
    return f"{holders} {verb}: {_quoted(telling.words, more)}"


def _all_of_it(told: Predicate, telling: Telling) -> str:
    """The words with all that stands before them in their clause, so that nothing is told as done that is not."""
    begin = 0 if is_carried_over(told) else told.act.clause.start - len(clause_before(told, telling))
    return telling.sentences[min(begin, telling.start) : telling.end]


def _is_said(told: Predicate, telling: Telling) -> bool:
    """Whether what somebody says has a verb before this one, so that who does it is not sure: "said it ended and was open"."""
    ends = (act.clause.verb_place[1] for act in telling.acts if act.clause.is_speaking)
    said = max((end for end in ends if end < told.start), default=told.start)
    between = EnglishSentence(telling.sentences[said : told.start])
    return any(between.verb_at(at) is not None and between.is_finite(at) for at in range(len(between.tokens)))


def _with_verb(told: Predicate, telling: Telling, holders: str, names: Sequence[str], more: Sequence[Evidence]) -> str | None:
    """Party, the source's verb and joint, and what it says; the whole clause where that is told in the first person."""
    subject = telling.sentences[told.act.clause.start : told.start]
    complement = telling.sentences[told.complement : telling.end]
    if told.opened and not QUOTES.isdisjoint(complement.rstrip(_MARKS)):  # of several quotations, the first one's mark too
        complement = telling.sentences[told.complement - 1 : telling.end]
    if told.complement >= telling.end:
        if not told.act.clause.is_speaking and is_carried_over(told):
            return None
        return f"{holders} “{_inside(telling.sentences[told.start : telling.end])}”"
    verb = agreeing(
        _unlinked(telling.sentences[told.start : told.end]), subject=subject, parties=len(told.act.clause.parties), names=names
    )
    if told.is_colon or told.opened or not _is_first_person(complement):
        joint = told.joint if told.is_colon or not (told.opened and _is_first_person(complement)) else f"{told.joint}:"
        spoken = f"{holders} {verb}{'' if joint.startswith(':') else ' '}{joint}".rstrip()
        return f"{spoken} {_quoted(complement, more)}"
    begin = min(told.act.clause.start, telling.start)
    return f"{holders} said: {_quoted(telling.sentences[begin : telling.end], more)}"


def _unlinked(verb: str) -> str:
    """The verb without what joins its sentence to the one before: "has also insisted"."""
    return " ".join(word for word in verb.split() if word.lower() not in _LINKING)


def _is_first_person(words: str) -> bool:
    return any((token.text[:1] == "I" and token.lower in _I) or token.lower in _FIRST_PERSON for token in tokens_of(words))


def _quoted(words: str, more: Sequence[Evidence]) -> str:
    return f"“{_LEFT_OUT.join(_inside(each) for each in (words, *(evidence.quote for evidence in more)))}”"


def _inside(words: str) -> str:
    """The words as they stand inside of quotation marks: on one line, their own marks single, halves of a pair left out."""
    line = " ".join(words.split())
    marks = [place for place, letter in enumerate(line) if letter in QUOTES]
    if len(marks) % 2:
        lone = marks[0] if line[marks[0]] == "”" else marks[-1]
        line = line[:lone] + line[lone + 1 :]
        marks = [place for place, letter in enumerate(line) if letter in QUOTES]
    if marks == [0, len(line) - 1]:
        line, marks = line[1:-1], []
    letters = list(line)
    for place, mark in zip(marks, "‘’" * len(marks), strict=False):
        letters[place] = mark
    return _UNENDED.sub("", "".join(letters).strip(" ,;:"))
