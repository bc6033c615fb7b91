"""How good briefings are by what readers found: one case at a time, and all of them together.

A share is a `Tally` without false alarms, whose recall is the share.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from summarizer.evaluation.dataset import Case
from summarizer.evaluation.matching import Matching, match, match_by_content, right_party
from summarizer.evaluation.names import any_same_party
from summarizer.evaluation.results import Quotation, Result
from summarizer.evaluation.tallies import Tally, share
from summarizer.schema import DemandStatus, Kind, OutcomeStatus

KINDS: tuple[Kind, ...] = get_args(Kind)
_STATUSES: dict[Kind, frozenset[str]] = {
    "position": frozenset(),
    "demand": frozenset(get_args(DemandStatus)),
    "outcome": frozenset(get_args(OutcomeStatus)),
}
"""What the status of an item can be, by its kind."""


@dataclass(frozen=True)
class CaseScore:
    """How good the result of one case is."""

    case: Case
    result: Result

    @cached_property
    def matching(self) -> Matching:
        """Who is who, where the kind must be right too: what most figures are counted in."""
        return match(self.result.predictions, self.case.gold.items, typed=True)

    @cached_property
    def typed(self) -> Tally:
        """Items of the right kind and party, from the right place."""
        return _tally(self.matching)

    @cached_property
    def untyped(self) -> Tally:
        """Items of the right party, from the right place, whatever their kind."""
        return _tally(match(self.result.predictions, self.case.gold.items, typed=False))

    @cached_property
    def core(self) -> Tally:
        """How many of the required core items were found."""
        required = [item for item in self.case.gold.items if item.core and not item.optional]
        missed = {item.id for item in self.matching.missed}
        return share([item.id not in missed for item in required])

    @cached_property
    def party(self) -> Tally:
        """How many of the items that are the gold's by evidence and statement alone have the right party."""
        pairs = match_by_content(self.result.predictions, self.case.gold.items).pairs
        return share([right_party(prediction, item) for prediction, item in pairs])

    @cached_property
    def addressee(self) -> Tally:
        """How many of the pairs whose gold item has an addressee have one of its names."""
        return share([any_same_party(made.addressees, gold.targets) for made, gold in self.matching.pairs if gold.targets])

    @cached_property
    def stance(self) -> Tally:
        """How many of the pairs in which both have a stance have the same."""
        return share([made.stance == gold.stance for made, gold in self.matching.pairs if made.stance and gold.stance])

    @cached_property
    def status(self) -> Tally:
        """How many of the pairs whose gold item has a status, one that an item of that kind can have, have the same."""
        pairs = [(made, gold) for made, gold in self.matching.pairs if gold.status in _STATUSES[made.kind]]
        return share([made.status == gold.status for made, gold in pairs])

    @cached_property
    def verbatim(self) -> Tally:
        """How many quotations are the text's own words at the place that they name."""
        return share([self._is_verbatim(each) for made in self.result.predictions for each in made.evidence])

    def made_of_kind(self, kind: Kind) -> Tally:
        """How many of the items of this kind are the gold's; their share is the precision of the kind."""
        found = [made for made, _ in self.matching.found if made.kind == kind]
        false = [made for made in self.matching.false_alarms if made.kind == kind]
        return Tally(hits=len(found), misses=len(false))

    def gold_of_kind(self, kind: Kind) -> Tally:
        """How many of the required gold items that are best called this kind were found; their share is its recall."""
        found = [gold for _, gold in self.matching.found if gold.kinds[0] == kind]
        missed = [gold for gold in self.matching.missed if gold.kinds[0] == kind]
        return Tally(hits=len(found), misses=len(missed))

    def _is_verbatim(self, quotation: Quotation) -> bool:
        text = self.case.document.text
        inside = 0 <= quotation.start < quotation.end <= len(text)
        return inside and text[quotation.start : quotation.end] == quotation.quote


@dataclass(frozen=True, slots=True)
class Score:
    """How good the results of all cases are, in the order of the dataset."""

    cases: tuple[CaseScore, ...]


def _tally(matching: Matching) -> Tally:
    return Tally(hits=len(matching.found), false_alarms=len(matching.false_alarms), misses=len(matching.missed))
