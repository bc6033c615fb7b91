"""A page for people: each text, sentence by sentence, beside it what readers found and what was made of it.

Self-contained, without scripts, and with a policy that lets a browser load nothing. What stands in a report, a briefing or a
gold file is escaped, as on the page of a briefing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.document import Sentence
from summarizer.evaluation.figures import Figures
from summarizer.evaluation.gold import Span
from summarizer.evaluation.scores import CaseScore, Score
from summarizer.reading import split_sentences
from summarizer.rendering.html.segments import Quoted, segments
from summarizer.rendering.html.templates import template

State = Literal["hit", "optional", "false alarm", "miss"]
SYMBOLS: Mapping[State, str] = {"hit": "✓", "optional": "○", "false alarm": "!", "miss": "✗"}
"""Beside the word and the colour, so that none has to be seen."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the gold or of the briefing, as the page shows it; `other` is the id of the one it is."""

    id: str
    state: State
    kind: str
    parties: str
    statement: str
    other: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry beside its first sentence; `also` are the numbers of the others that it rests on."""

    entry: Entry
    also: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a sentence, and the state of the items whose evidence it is; None where it is of none."""

    text: str
    state: State | None
    ids: str


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence and what begins in it."""

    number: int
    segments: tuple[Segment, ...]
    gold: tuple[Shown, ...]
    made: tuple[Shown, ...]


def page(score: Score, figures: Figures) -> str:
    """The page, as one HTML document."""
    documents = [(of_one, [*_rows(case)]) for of_one, case in zip(figures.documents, score.cases, strict=True)]
    return template(__package__, "page.html.j2").render(figures=figures, documents=documents, symbols=SYMBOLS) + "\n"


def _rows(case: CaseScore) -> Iterator[Row]:
    document = case.case.document
    sentences = split_sentences(document)
    gold, made = [*_gold(case)], [*_made(case)]
    gold_at, made_at = _by_sentence(gold, sentences), _by_sentence(made, sentences)
    for sentence in sentences:
        yield Row(
            sentence.number,
            segments=tuple(_segments(document.text, sentence, made)),
            gold=gold_at.get(sentence.number, ()),
            made=made_at.get(sentence.number, ()),
        )


def _gold(case: CaseScore) -> Iterator[Entry]:
    ids = {gold.id: made.id for made, gold in case.matching.pairs}
    found = {gold.id for _, gold in case.matching.found}
    for item in case.case.gold.items:
        yield Entry(
            item.id,
            state="optional" if item.optional else "hit" if item.id in found else "miss",
            kind=" or ".join(item.kinds) + (", core" if item.core else ""),
            parties=", ".join(item.parties),
            statement=item.statement,
            other=ids.get(item.id, ""),
            spans=item.spans,
        )


def _made(case: CaseScore) -> Iterator[Entry]:
    golds = {id(made): gold for made, gold in case.matching.pairs}  # by identity: two of them may say the same
    for made in case.result.predictions:
        gold = golds.get(id(made))
        yield Entry(
            made.id,
            state="false alarm" if gold is None else "optional" if gold.optional else "hit",
            kind=made.kind,
            parties=", ".join(names[0] for names in made.parties),
            statement=made.statement,
            other="" if gold is None else gold.id,
            spans=made.spans,
        )


def _by_sentence(entries: Iterable[Entry], sentences: Sequence[Sentence]) -> dict[int, tuple[Shown, ...]]:
    """The entries, each under the number of its first sentence."""
    placed: dict[int, tuple[Shown, ...]] = {}
    for entry in entries:
        first, *also = _numbers(entry.spans, sentences)
        placed[first] = (*placed.get(first, ()), Shown(entry, tuple(also)))
    return placed


def _numbers(spans: Sequence[Span], sentences: Sequence[Sentence]) -> list[int]:
    """The sentences that the spans touch; the last one for what touches none, so that nothing is left off the page."""
    touched = [each.number for each in sentences if any(start < each.end and each.start < end for start, end in spans)]
    return touched or [sentences[-1].number]


def _segments(text: str, sentence: Sentence, made: Sequence[Entry]) -> Iterator[Segment]:
    """The sentence, cut wherever the evidence of an item begins or ends."""
    quoted = [Quoted(start, end, entry) for entry in made for start, end in entry.spans]
    for each in segments(sentence.start, sentence.end, quoted):
        yield Segment(text[each.start : each.end], _state(each.by), " ".join(dict.fromkeys(entry.id for entry in each.by)))


def _state(entries: Sequence[Entry]) -> State | None:
    """The best of them: words that carry a hit are a hit, whatever else was made of them."""
    states = {entry.state for entry in entries}
    return next((state for state in SYMBOLS if state in states), None)
