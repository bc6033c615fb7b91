"""What a score has lost and won since an earlier one, over the documents that both measure by the same gold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import UsageError
from summarizer.evaluation.dataset import Dataset
from summarizer.evaluation.figures import DocumentFigures, Figures
from summarizer.evaluation.records import read_record
from summarizer.evaluation.tallies import Tally, total

ALLOWED = 0.01
"""How far the typed F1 may fall: one point."""
_DIGITS = 9  # so that 0.50 - 0.49 is no more than one point


@dataclass(frozen=True, slots=True)
class Change:
    """A required gold item that is found now and was not, or the reverse."""

    document: str
    id: str
    statement: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Typed F1 before and now over the documents that can be compared, what changed in them, and what cannot be compared."""

    before: float
    now: float
    lost: tuple[Change, ...]
    won: tuple[Change, ...]
    notes: tuple[str, ...] = ()

    @property
    def fell(self) -> bool:
        """Whether the score fell by more than is allowed."""
        return round(self.before - self.now, _DIGITS) > ALLOWED


def read_figures(path: Path) -> Figures:
    """The figures of an earlier run. Raises SourceError for a file that holds none."""
    return read_record(path, Figures, advice="give what `summarizer evaluate --format json` printed for one run")


def compare(earlier: Figures, later: Figures, dataset: Dataset) -> Comparison:
    """What became of an earlier score; the later one is of this dataset. Raises UsageError where nothing can be compared."""
    before = {document.name: document for document in earlier.documents}
    now = {document.name: document for document in later.documents}
    common = [name for name in now if name in before and _comparable(before[name], now[name])]
    if not common:
        raise UsageError("the earlier scores are of other documents or another gold: nothing in them can be compared")
    statements = {(case.name, item.id): item.statement for case in dataset.cases for item in case.gold.items}

    def gone(one: dict[str, DocumentFigures], other: dict[str, DocumentFigures]) -> tuple[Change, ...]:
        ids = ((name, id) for name in common for id in one[name].found if id not in other[name].found)
        return tuple(Change(name, id, statements[name, id]) for name, id in ids)

    return Comparison(
        before=total([_typed(before[name]) for name in common]).f1,
        now=total([_typed(now[name]) for name in common]).f1,
        lost=gone(before, now),
        won=gone(now, before),
        notes=tuple(_why_not(name, before, now) for name in sorted({*before, *now} - {*common})),
    )


def _comparable(one: DocumentFigures, other: DocumentFigures) -> bool:
    return (one.text, one.gold) == (other.text, other.gold)


def _typed(document: DocumentFigures) -> Tally:
    return Tally(document.typed.hits, document.typed.false_alarms, document.typed.misses)


def _why_not(name: str, before: dict[str, DocumentFigures], now: dict[str, DocumentFigures]) -> str:
    if name not in before:
        return f"{name!r} is not in the earlier scores"
    return f"{name!r} is in the earlier scores only" if name not in now else f"{name!r} has another text or gold than before"
