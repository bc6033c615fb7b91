"""What was made of a case, as the score sees it: items with the names of their parties and the places of their evidence.

Briefings are read leniently: only what is scored has to be there, so that briefings of older versions, and what other
programs made, converted to these few fields, are measured by the same score.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from summarizer.briefing import Briefing
from summarizer.errors import SourceError
from summarizer.evaluation.dataset import Case
from summarizer.evaluation.gold import Span
from summarizer.evaluation.records import read_record
from summarizer.schema import Kind


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that are said to stand at this place of the text."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """An item of a briefing.

    `parties`: for each party the names that it answers by, its own and that of what it represents; never an alias.
    `addressees`: all such names of all addressees.
    """

    id: str
    kind: Kind
    parties: tuple[tuple[str, ...], ...]
    statement: str
    evidence: tuple[Quotation, ...]
    addressees: tuple[str, ...] = ()
    stance: str | None = None
    status: str | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where its evidence lies."""
        return tuple((quotation.start, quotation.end) for quotation in self.evidence)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Origin(_Part):
    """By what a briefing was made; empty where it does not say. `prompts`: template name -> SHA-256."""

    summarizer: str = ""
    model: str = ""
    strategy: str = ""
    prompts: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What was made of a case. `failure` says why that is nothing, or less than there should be."""

    predictions: tuple[Prediction, ...] = ()
    origin: Origin = field(default_factory=Origin)
    failure: str = ""

    @classmethod
    def of(cls, briefing: Briefing, *, failure: str = "") -> Self:
        """A briefing, as the score sees it."""
        made = _Briefing.model_validate_json(briefing.to_json(indent=None))
        return cls(tuple(made.predictions()), made.provenance, failure)

    @classmethod
    def read(cls, path: Path, case: Case) -> Self:
        """The briefing of a case, from a file. Raises SourceError for what is none, or one of another text."""
        made = read_record(path, _Briefing, advice="give what `summarise --format json` printed")
        if made.document.id not in (None, case.document.id):
            raise SourceError(f"{os.fspath(path)!r} is a briefing of another text than the case {case.name!r}: brief that one")
        return cls(tuple(made.predictions()), made.provenance)


class _Evidence(_Part):
    start: int
    end: int
    quote: str = ""


class _Party(_Part):
    id: str
    name: str
    represents: str | None = None


class _Item(_Part):
    id: str = ""
    parties: tuple[str, ...]
    statement: str
    evidence: tuple[_Evidence, ...]
    addressees: tuple[str, ...] | None = None
    stance: str | None = None
    status: str | None = None


class _Document(_Part):
    id: str | None = None


class _Briefing(_Part):
    """What of a briefing is scored."""

    document: _Document = _Document()
    parties: tuple[_Party, ...]
    positions: tuple[_Item, ...]
    demands: tuple[_Item, ...]
    outcomes: tuple[_Item, ...]
    provenance: Origin = Origin()

    @model_validator(mode="after")
    def _every_party_is_known(self) -> Self:
        known = {party.id for party in self.parties}
        items = (*self.positions, *self.demands, *self.outcomes)
        named = [id for item in items for id in (*item.parties, *(item.addressees or ()))]
        represented = [party.represents for party in self.parties if party.represents]
        if unknown := next((id for id in (*named, *represented) if id not in known), None):
            raise ValueError(f"no party has the id {unknown!r}")
        return self

    def predictions(self) -> Iterator[Prediction]:
        """The items, positions first, then demands, then outcomes."""
        yield from self._of_kind("position", self.positions)
        yield from self._of_kind("demand", self.demands)
        yield from self._of_kind("outcome", self.outcomes)

    def _of_kind(self, kind: Kind, items: tuple[_Item, ...]) -> Iterator[Prediction]:
        names = {party.id: party.name for party in self.parties}
        answers = {
            party.id: (party.name, names[party.represents]) if party.represents else (party.name,) for party in self.parties
        }
        for number, item in enumerate(items, start=1):
            yield Prediction(
                id=item.id or f"{kind}-{number}",
                kind=kind,
                parties=tuple(answers[id] for id in item.parties),
                statement=item.statement,
                evidence=tuple(Quotation(each.start, each.end, each.quote) for each in item.evidence),
                addressees=tuple(name for id in item.addressees or () for name in answers[id]),
                stance=item.stance,
                status=item.status,
            )
