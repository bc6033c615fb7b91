"""Trials of a locator: words, a text to find them in, and where they stand in it, which was known before they were changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from quotations.elisions import HONEST, MISLEADING, Elided, Elision
from quotations.falsehoods import FALSEHOODS
from quotations.figures import FIGURES
from quotations.parts import PARTS
from quotations.rewriting import Falsehood
from quotations.texts import Quotation, Source, Span, drawn
from quotations.typesetting import EVERYWHERE, Typesetting, blank_edges, first_letter, hyphenated, line_breaks

PATIENCE = 4000
"""How many quotations in a row may give an operator nothing new to change, before it has changed them all."""


@dataclass(frozen=True)
class Trial:
    """What is asked, and the places of the parts of the words: one, two around an elision, none where they are false."""

    words: str
    text: str
    spans: tuple[Span, ...]


Operator = Callable[[Quotation, Random], Trial | None]


def trials(operator: Operator, sources: Sequence[Source], random: Random) -> Iterator[Trial]:
    """Different trials of one operator on quotations from all sources, until it seems to find no more."""
    seen: set[tuple[str, str]] = set()
    misses = 0
    while misses < PATIENCE:
        misses += 1
        quotation = drawn(sources, random)
        trial = operator(quotation, random) if quotation else None
        if trial and (trial.words, trial.text) not in seen:
            seen.add((trial.words, trial.text))
            misses = 0
            yield trial


def _false(falsehood: Falsehood, *, standing: int = 0) -> Operator:
    """The operator as a trial, passed over where the text happens to hold what it makes.

    `standing`: how often a coarse search finds the words, which takes parts of words for words.
    """

    def operator(quotation: Quotation, random: Random) -> Trial | None:
        words = falsehood(quotation, random)
        if words is None or quotation.source.count(words) != standing:
            return None
        return Trial(words, quotation.source.text, ())

    return operator


def _misleading(elision: Elision) -> Operator:
    def operator(quotation: Quotation, random: Random) -> Trial | None:
        elided = elision(quotation, random)
        return Trial(elided.words, quotation.source.text, ()) if elided else None

    return operator


def _honest(elision: Elision) -> Operator:
    def operator(quotation: Quotation, random: Random) -> Trial | None:
        elided = elision(quotation, random)
        return Trial(elided.words, quotation.source.text, elided.spans) if elided else None

    return operator


def _one_in_other_type(*operators: Operator) -> Operator:
    """A trial of one of these that are false, in a text that was set anew: what is not said in one type is not in any other."""

    def operator(quotation: Quotation, random: Random) -> Trial | None:
        trial = random.choice(operators)(quotation, random)
        if trial is None:
            return None
        return Trial(trial.words, random.choice(list(EVERYWHERE.values()))(trial.text, random), ())

    return operator


def _as_it_stands(quotation: Quotation, random: Random) -> Trial:
    return Trial(quotation.text, quotation.source.text, ((quotation.start, quotation.end),))


def _in_words(typesetting: Typesetting) -> Operator:
    """The quotation set anew, the text left alone."""

    def operator(quotation: Quotation, random: Random) -> Trial | None:
        words = typesetting(quotation.text, random)
        if words == quotation.text:
            return None
        return Trial(words, quotation.source.text, ((quotation.start, quotation.end),))

    return operator


def _in_text(typesetting: Typesetting) -> Operator:
    """The text set anew, the quotation left alone."""

    def operator(quotation: Quotation, random: Random) -> Trial | None:
        text, spans = _set_anew(quotation.source.text, ((quotation.start, quotation.end),), typesetting, random)
        if quotation.text in text:
            return None
        return Trial(quotation.text, text, spans)

    return operator


def _several_at_once(quotation: Quotation, random: Random) -> Trial | None:
    """Two operators on the quotation and two on the text."""
    spans: tuple[Span, ...] = ((quotation.start, quotation.end),)
    words, text = quotation.text, quotation.source.text
    for typesetting in random.sample([each for each in EVERYWHERE.values() if each is not hyphenated], 2):
        words = typesetting(words, random)
    for typesetting in random.sample(list(EVERYWHERE.values()), 2):
        text, spans = _set_anew(text, spans, typesetting, random)
    return Trial(words, text, spans) if words != quotation.text and quotation.text not in text else None


def _elided_in_other_type(quotation: Quotation, random: Random) -> Trial | None:
    """An honest elision in a text that was set anew. Not with line breaks: in some texts a line is a paragraph."""
    elided: Elided | None = HONEST["elided: en fr de es ru uk ar"](quotation, random)
    if elided is None:
        return None
    usual = [each for each in EVERYWHERE.values() if each not in (line_breaks, hyphenated)]
    text, spans = _set_anew(quotation.source.text, elided.spans, random.choice(usual), random)
    return Trial(elided.words, text, spans)


def _set_anew(text: str, spans: Sequence[Span], typesetting: Typesetting, random: Random) -> tuple[str, tuple[Span, ...]]:
    """The text, set anew piece by piece, and where its spans are now."""
    changed, places, done = "", [], 0
    for start, end in spans:
        changed += typesetting(text[done:start], random)
        inner = typesetting(text[start:end], random)
        places.append((len(changed), len(changed) + len(inner)))
        changed, done = changed + inner, end
    return changed + typesetting(text[done:], random), tuple(places)


_CHANGED: dict[str, Operator] = {
    **{name: _false(falsehood) for name, falsehood in (FIGURES | FALSEHOODS).items()},
    **{name: _false(part, standing=1) for name, part in PARTS.items()},
}
_ELIDED: dict[str, Operator] = {name: _misleading(elision) for name, elision in MISLEADING.items()}
FALSE: dict[str, Operator] = {
    **_CHANGED,
    "any of these, in other type": _one_in_other_type(*_CHANGED.values()),
    "part of a word, in other type": _one_in_other_type(_CHANGED["part of a word at either end"]),
    "accent lost, in other type": _one_in_other_type(_CHANGED["accent, vowel or tone mark lost"]),
    **_ELIDED,
    "elided, any of these, in other type": _one_in_other_type(*_ELIDED.values()),
}
"""Every trial of these is a quotation that the text does not hold."""

GENUINE: dict[str, Operator] = {
    "as it stands": _as_it_stands,
    "first letter, quotation": _in_words(first_letter),
    "blank edges, quotation": _in_words(blank_edges),
    **{f"{name}, quotation": _in_words(each) for name, each in EVERYWHERE.items()},
    **{f"{name}, text": _in_text(each) for name, each in EVERYWHERE.items()},
    "several at once": _several_at_once,
    **{name: _honest(elision) for name, elision in HONEST.items()},
    "elided, in other type": _elided_in_other_type,
}
"""Every trial of these is a quotation that the text holds, at these spans."""
