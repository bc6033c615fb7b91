"""The one place that composes a statement: a sentence from party, verb and copied words, where no model wrote one.

In English the verb and what joins it to the words are the source's own, where the sentence tells them: Velia has refused to
“withdraw its patrols”. All else from the source stands between quotation marks. Where the sentence does not tell, and in other
languages, the act that the model named stands before the words: Velia refused: “withdraw its patrols”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.document import Document
from summarizer.grounding.corrections.predicates import Predicate, attribution_of, predicate_of, speaks_itself
from summarizer.grounding.corrections.telling import Telling, telling_around
from summarizer.grounding.english.agreement import agreeing
from summarizer.grounding.english.lexicon import bare, is_speaking, listed
from summarizer.grounding.english.references import Act
from summarizer.grounding.english.sentence import DENYING, EnglishSentence
from summarizer.grounding.english.signs import signs
from summarizer.grounding.english.words import QUOTES, tokens_of
from summarizer.schema import Evidence, GroundedClaim

_BEGINNING = 3
"""Words of a quotation within which it may tell who acts, and how: "Velia has refused to", "agreed to"."""
_FIRST_PERSON = frozenset({"we", "my", "our", "me", "us", "mine", "ours", "myself", "ourselves"})
_I = frozenset({"i", "i'm", "i've", "i'd", "i'll"})
_LINKING = listed("linking")
_TELLING = listed("telling")
_ASSERTING = listed("asserting")
_OPEN = listed("open") | {"whether", "if", "unless", "until"}
_DENIED = DENYING | {"none", "neither", "nobody", "few"}
_DOUBTING = frozenset({"negation", "possible", "hinted", "condition"})
_STRETCH = re.compile(r"[,.;:!?“”\"—–()\n]|\b(?:but|while|whereas|although|though)\b")
_TIMES_WITH_ARTICLE = 0.5
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
    found = re.findall(rf"(?<!\w)([Tt]he )?{re.escape(name)}(?!\w)", text)
    return f"the {name}" if found and sum(map(bool, found)) > _TIMES_WITH_ARTICLE * len(found) else name


def _sentence(words: str) -> str:
    """The words with a capital at their beginning and a full stop at their end, unless a mark ends them."""
    return words[:1].upper() + words[1:] + ("" if words.rstrip("”’").endswith(_ENDS) else ".")


def _plainly(each: GroundedClaim, holders: str) -> str:
    """With the verb of the act that the model named, if the words do not tell it themselves."""
    quotes = ", ".join(f"“{_inside(evidence.quote)}”" for evidence in _of_first_sentence(each))
    return f"{holders}: {quotes}" if _tells_the_act(each) else f"{holders} {each.claim.verb}: {quotes}"


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
        if _is_carried_over(told) and not told.act.clause.is_speaking and _is_said(told, telling):
            return None
        if _is_in_doubt(told, telling):
            return f"{holders}: {_quoted(_all_of_it(told, telling), more)}"
        return _with_verb(told, telling, holders, names, more)
    said = attribution_of(telling, name)
    if said is None:
        return None
    verb = "said" if said.clause.verb in _TELLING else telling.sentences[slice(*said.clause.verb_place)]
    return f"{holders} {verb}: {_quoted(telling.words, more)}"


def _is_in_doubt(told: Predicate, telling: Telling) -> bool:
    """Whether what stands before it in its clause denies it, doubts it or makes it depend: "no sign that Velia agreed"."""
    if any(_wants(act, told, telling) for act in telling.acts):
        return True
    carried_over = _is_carried_over(told)
    before = telling.sentences[: told.act.clause.start]
    stretch = _STRETCH.split(before)[-1]
    subject = telling.sentences[told.act.clause.start : told.start]
    if not (_DENIED | _OPEN).isdisjoint(token.lower for token in tokens_of(subject)):
        return True
    words = {token.lower for token in tokens_of(before if carried_over else stretch)}
    if carried_over:
        return bool(words & _OPEN)
    return bool(words & (_OPEN | DENYING)) or any(sign.kind in _DOUBTING for sign in signs(stretch))


def _all_of_it(told: Predicate, telling: Telling) -> str:
    """The words with all that stands before them in their clause, so that nothing is told as done that is not."""
    before = telling.sentences[: told.act.clause.start]
    begin = 0 if _is_carried_over(told) else len(before) - len(_STRETCH.split(before)[-1])
    return telling.sentences[min(begin, telling.start) : telling.end]


def _is_carried_over(told: Predicate) -> bool:
    """Whether it has no subject of its own."""
    return told.act.clause.start >= told.start


def _wants(act: Act, told: Predicate, telling: Telling) -> bool:
    """Whether in this act another wants, fears or denies what is told: "Ostria demands that Velia agree"."""
    clause, begin, (first, last) = act.clause, told.act.clause.start, act.clause.verb_place
    around = clause.is_speaking and not clause.attribution and first < last <= begin < clause.end
    around = around and not _STRETCH.search(telling.sentences[last:begin])
    return around and clause.parties != told.act.clause.parties and clause.verb not in _ASSERTING


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
        if not told.act.clause.is_speaking and _is_carried_over(told):
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
