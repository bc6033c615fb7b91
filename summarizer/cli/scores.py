"""What `summarizer evaluate` says to people: scores as tables, and what changed since earlier ones, a line each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from summarizer.cli.tables import table
from summarizer.printable import printable

if TYPE_CHECKING:
    from summarizer.evaluation.comparing import Comparison
    from summarizer.evaluation.figures import Counts, DocumentFigures, Figures, Share
    from summarizer.evaluation.repeating import Averages, Repetition
    from summarizer.evaluation.tallies import Interval

NONE = "-"
SHARES = {
    "core": "core items found",
    "party": "party right, of the items matched by evidence and statement",
    "addressee": "addressee right",
    "stance": "stance right",
    "status": "status right",
    "verbatim": "evidence verbatim",
}
"""What each share is of, in words."""


def as_tables(figures: Figures) -> str:
    """A table of the documents, one of all figures with their intervals, one of the kinds."""
    documents = [
        ("DOCUMENT", "P", "R", "F1", "UNTYPED F1", "CORE", "PARTY", "HITS", "FALSE ALARMS", "MISSES"),
        *(_document(document) for document in figures.documents),
        (f"all ({len(figures.documents)})", *_row(figures)),
    ]
    kinds = [
        ("KIND", "P", "R", "F1"),
        *((kind, _of(each.precision), _of(each.recall), f"{each.f1:.3f}") for kind, each in figures.kinds.items()),
    ]
    return "\n\n".join([table(documents), table([("FIGURE", "VALUE", "95 %"), *_figures(figures)]), table(kinds)])


def as_runs(repetition: Repetition) -> str:
    """A line for each run, their mean, and their standard deviation."""
    from summarizer.evaluation.repeating import averages

    lines = [(str(number), *_averages(averages(run))) for number, run in enumerate(repetition.runs, start=1)]
    return table(
        [
            ("RUN", "P", "R", "F1", "UNTYPED F1", "CORE", "PARTY"),
            *lines,
            ("mean", *_averages(repetition.mean)),
            ("spread", *_averages(repetition.spread)),
        ]
    )


def changes(comparison: Comparison) -> Iterator[str]:
    """Both scores, each item lost and won, and what could not be compared."""
    difference = 100 * (comparison.now - comparison.before)
    yield (
        f"typed F1 {comparison.now:.3f}, and {comparison.before:.3f} before ({difference:+.1f} points):"
        f" {len(comparison.lost)} items lost, {len(comparison.won)} won"
    )
    for word, items in (("lost", comparison.lost), ("won", comparison.won)):
        for item in items:
            yield f"{word}: {printable(f'{item.document} {item.id}: {item.statement}')}"
    for note in comparison.notes:
        yield f"not compared: {printable(note)}"


def _document(document: DocumentFigures) -> tuple[str, ...]:
    return (f"{document.name} (failed)" if document.failure else document.name, *_row(document))


def _row(figures: DocumentFigures | Figures) -> tuple[str, ...]:
    typed = figures.typed
    return (
        *(f"{value:.3f}" for value in (typed.precision, typed.recall, typed.f1, figures.untyped.f1)),
        _share(figures.shares.core),
        _share(figures.shares.party),
        *map(str, (typed.hits, typed.false_alarms, typed.misses)),
    )


def _figures(figures: Figures) -> Iterator[tuple[str, str, str]]:
    yield from _counts("typed", figures.typed)
    yield from _counts("untyped", figures.untyped)
    for name, words in SHARES.items():
        share: Share = getattr(figures.shares, name)
        yield words, _of(share), _interval(share.interval)


def _counts(name: str, counts: Counts) -> Iterator[tuple[str, str, str]]:
    yield f"{name} precision", f"{counts.precision:.3f}", _interval(counts.precision_interval)
    yield f"{name} recall", f"{counts.recall:.3f}", _interval(counts.recall_interval)
    yield f"{name} F1", f"{counts.f1:.3f}", _interval(counts.f1_interval)


def _share(share: Share) -> str:
    return NONE if share.share is None else f"{share.share:.3f}"


def _of(share: Share) -> str:
    return NONE if share.share is None else f"{share.share:.3f} ({share.right} of {share.of})"


def _interval(interval: Interval | None) -> str:
    return NONE if interval is None else f"{interval[0]:.3f} to {interval[1]:.3f}"


def _averages(each: Averages) -> tuple[str, ...]:
    values = (each.precision, each.recall, each.f1, each.untyped_f1, each.core, each.party)
    return tuple(f"{value:.3f}" for value in values)
