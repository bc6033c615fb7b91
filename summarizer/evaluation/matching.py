"""Which item of a briefing is which item of the gold: one to one, in three ways. What each asks: docs/evaluation.md.

An item can be a gold item when at least half of the characters of its evidence lie in the sentences that the gold item cites
and, but for `by_content`, at least half of its parties agree with a name of the gold's. Among all assignments the one of the
greatest weight is taken: a required item weighs more than an optional one, then the likeness of the statements decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.evaluation.assignment import best_assignment
from summarizer.evaluation.gold import GoldItem, Span
from summarizer.evaluation.names import any_same_party, likeness
from summarizer.evaluation.results import Prediction

_REQUIRED = 10.0
Weigh = Callable[[Prediction, GoldItem], float]
"""How good a pair is; 0 for one that cannot be."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs of what was made and what readers found, and what is left over on both sides, each in its own order.

    `found` are pairs with a required gold item, `ignored` those with an optional one. `missed` holds required ones only.
    """

    found: tuple[tuple[Prediction, GoldItem], ...]
    ignored: tuple[tuple[Prediction, GoldItem], ...]
    false_alarms: tuple[Prediction, ...]
    missed: tuple[GoldItem, ...]

    @property
    def pairs(self) -> tuple[tuple[Prediction, GoldItem], ...]:
        """All pairs, optional ones too."""
        return (*self.found, *self.ignored)


def match(predictions: Sequence[Prediction], gold: Sequence[GoldItem], *, typed: bool) -> Matching:
    """The matching that precision and recall are counted in; `typed` asks for a kind that the gold admits."""

    def weigh(prediction: Prediction, item: GoldItem) -> float:
        kinds_agree = not typed or prediction.kind in item.kinds
        if not (kinds_agree and right_party(prediction, item) and _evidence_agrees(prediction, item)):
            return 0.0
        # Summed in this order: the weights round as those of `score.py`, whose figures these are.
        common = likeness(prediction.statement, item.statement)
        return (0.0 if item.optional else _REQUIRED) + 1 + common

    return _matched(predictions, gold, weigh)


def match_by_content(predictions: Sequence[Prediction], gold: Sequence[GoldItem]) -> Matching:
    """The matching by evidence and statement alone: neither kind nor party is asked, and statements share a word."""

    def weigh(prediction: Prediction, item: GoldItem) -> float:
        return likeness(prediction.statement, item.statement) if _evidence_agrees(prediction, item) else 0.0

    return _matched(predictions, gold, weigh)


def right_party(prediction: Prediction, item: GoldItem) -> bool:
    """Whether at least half of the parties agree with a name of the gold's. False for an item without a party."""
    right = sum(any_same_party(names, item.parties) for names in prediction.parties)
    return bool(prediction.parties) and right >= 0.5 * len(prediction.parties)


def overlap(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """How many code points lie in both; where spans of one side overlap, those count once for each."""
    return sum(max(0, min(end, other_end) - max(start, other)) for start, end in spans for other, other_end in others)


def _evidence_agrees(prediction: Prediction, item: GoldItem) -> bool:
    size = sum(end - start for start, end in prediction.spans)
    return size > 0 and overlap(prediction.spans, item.spans) >= 0.5 * size


def _matched(predictions: Sequence[Prediction], gold: Sequence[GoldItem], weigh: Weigh) -> Matching:
    weights = [[weigh(prediction, item) for item in gold] for prediction in predictions]
    pairs = [(row, column) for row, column in best_assignment(weights) if weights[row][column] > 0]
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    return Matching(
        found=tuple((predictions[row], gold[column]) for row, column in pairs if not gold[column].optional),
        ignored=tuple((predictions[row], gold[column]) for row, column in pairs if gold[column].optional),
        false_alarms=tuple(each for row, each in enumerate(predictions) if row not in rows),
        missed=tuple(item for column, item in enumerate(gold) if column not in columns and not item.optional),
    )
