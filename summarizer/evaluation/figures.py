"""The figures of a score: what `summarizer evaluate --format json` prints, and what a later run is compared with.

The pydantic models are a contract: fields are added, never renamed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Literal

from summarizer.evaluation.results import Origin
from summarizer.evaluation.scores import KINDS, CaseScore, Score
from summarizer.evaluation.tallies import Interval, Tally, intervals, total
from summarizer.schema import Kind, Value
from summarizer.version import __version__


class Counts(Value):
    """Precision, recall and their harmonic mean, each 0 where there is nothing to divide by, with what was counted.

    The intervals hold 95 % of each figure when documents and items are drawn again; None in
    the figures of a single document.
    """

    hits: int
    false_alarms: int
    misses: int
    precision: float
    recall: float
    f1: float
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    f1_interval: Interval | None = None


class Share(Value):
    """How many of how many are right; `share` is None where there are none, `interval` as in `Counts`."""

    right: int
    of: int
    share: float | None
    interval: Interval | None = None


class KindFigures(Value):
    """Of the items called this kind, how many are the gold's; of the gold items best called it, how many were found."""

    precision: Share
    recall: Share
    f1: float


class Shares(Value):
    """What is asked beside precision and recall: see docs/evaluation.md."""

    core: Share
    party: Share
    addressee: Share
    stance: Share
    status: Share
    verbatim: Share


class DocumentFigures(Value):
    """The figures of one document, by its name in the dataset.

    `text` and `gold` are SHA-256 of what was briefed and of what it was measured by. `found`, `ignored` and `missed` are ids
    of gold items (`ignored`: optional ones that were found), `false_alarms` ids of items of the briefing.
    """

    name: str
    text: str
    gold: str
    failure: str
    origin: Origin
    typed: Counts
    untyped: Counts
    shares: Shares
    found: tuple[str, ...]
    ignored: tuple[str, ...]
    missed: tuple[str, ...]
    false_alarms: tuple[str, ...]


class Figures(Value):
    """The figures of all documents together, each item counted once wherever it stands, and of each."""

    scores_version: Literal[1] = 1
    summarizer: str
    typed: Counts
    untyped: Counts
    shares: Shares
    kinds: dict[Kind, KindFigures]
    documents: tuple[DocumentFigures, ...]


def figures(score: Score) -> Figures:
    """The figures of a score. The same every time: the draws for the intervals are seeded."""
    return Figures(
        summarizer=__version__,
        typed=_counts([case.typed for case in score.cases], sure=True),
        untyped=_counts([case.untyped for case in score.cases], sure=True),
        shares=_shares(score.cases, sure=True),
        kinds={kind: _kind(score.cases, kind) for kind in KINDS},
        documents=tuple(map(_document, score.cases)),
    )


def _document(case: CaseScore) -> DocumentFigures:
    matching = case.matching
    return DocumentFigures(
        name=case.case.name,
        text=case.case.document.id,
        gold=hashlib.sha256(case.case.gold.model_dump_json().encode()).hexdigest(),
        failure=case.result.failure,
        origin=case.result.origin,
        typed=_counts([case.typed]),
        untyped=_counts([case.untyped]),
        shares=_shares([case]),
        found=tuple(gold.id for _, gold in matching.found),
        ignored=tuple(gold.id for _, gold in matching.ignored),
        missed=tuple(gold.id for gold in matching.missed),
        false_alarms=tuple(made.id for made in matching.false_alarms),
    )


def _counts(tallies: Sequence[Tally], *, sure: bool = False) -> Counts:
    """`sure`: say how sure one can be."""
    tally = total(tallies)
    precision, recall, f1 = (
        intervals(tallies, (lambda each: each.precision, lambda each: each.recall, lambda each: each.f1))
        if sure
        else (None, None, None)
    )
    return Counts(
        hits=tally.hits,
        false_alarms=tally.false_alarms,
        misses=tally.misses,
        precision=tally.precision,
        recall=tally.recall,
        f1=tally.f1,
        precision_interval=precision,
        recall_interval=recall,
        f1_interval=f1,
    )


def _shares(cases: Sequence[CaseScore], *, sure: bool = False) -> Shares:
    def of(tally: Callable[[CaseScore], Tally]) -> Share:
        return _share([tally(case) for case in cases], sure=sure)

    return Shares(
        core=of(lambda case: case.core),
        party=of(lambda case: case.party),
        addressee=of(lambda case: case.addressee),
        stance=of(lambda case: case.stance),
        status=of(lambda case: case.status),
        verbatim=of(lambda case: case.verbatim),
    )


def _share(tallies: Sequence[Tally], *, sure: bool) -> Share:
    tally = total(tallies)
    interval = intervals(tallies, (lambda each: each.recall,))[0] if sure and tally.size else None
    return Share(right=tally.hits, of=tally.size, share=tally.recall if tally.size else None, interval=interval)


def _kind(cases: Sequence[CaseScore], kind: Kind) -> KindFigures:
    made = _share([case.made_of_kind(kind) for case in cases], sure=True)
    gold = _share([case.gold_of_kind(kind) for case in cases], sure=True)
    precision, recall = made.share or 0.0, gold.share or 0.0
    return KindFigures(precision=made, recall=gold, f1=2 * precision * recall / (precision + recall) if made.right else 0.0)
