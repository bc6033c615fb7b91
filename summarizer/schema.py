"""The vocabulary of a briefing: parties, positions, demands, outcomes, their evidence, and the claims they come from.

A `Claim` is what a model said. A `GroundedClaim` is a claim whose words were found in the source. A position, demand or
outcome is what the briefing prints. The pydantic models are the JSON contract: their field names are fixed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from summarizer.document import Passage

Kind = Literal["position", "demand", "outcome"]
Stance = Literal["supports", "opposes", "conditional", "neutral"]
DemandStatus = Literal["open", "accepted", "partly_accepted", "rejected", "unknown"]
OutcomeStatus = Literal["agreed", "committed", "rejected", "announced", "pending", "done", "failed"]
PartyKind = Literal["person", "state", "government_body", "armed_group", "organisation", "company", "bloc", "group", "other"]
Verdict = Literal["grounded", "flagged"]
CheckResult = Literal["pass", "doubt", "fail", "not_checked"]


class Value(BaseModel):
    """A frozen model that knows no other fields than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Value):
    """Words of the source: `document.text[start:end] == quote`."""

    start: int = Field(ge=0, description="first code point, into document.text")
    end: int = Field(gt=0, description="one past the last code point")
    quote: str = Field(min_length=1)
    sentence: int = Field(ge=1, description="number of the sentence that holds the quotation, from 1")
    page: int | None = Field(default=None, ge=1, description="page on which the quotation begins, from 1; null without pages")


class Check(Value):
    """One question that was put to an item, and what came of it."""

    name: str
    result: CheckResult
    reason: str


class Party(Value):
    """Somebody who holds, demands or settles something. `name` is the fullest name that the text gives."""

    id: str
    name: str
    kind: PartyKind
    role: str | None
    represents: str | None = Field(description="id of the party that this one speaks for")
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a party before it has an id: `represents` is the name of whom it speaks for."""

    name: str
    kind: PartyKind
    role: str | None
    represents: str | None


class Item(Value):
    """What positions, demands and outcomes have in common."""

    id: str
    parties: tuple[str, ...] = Field(description="ids of the holders, the demanders, or the parties to the outcome")
    statement: str
    core: bool = Field(description="a one-page briefing would have to carry it")
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    verdict: Verdict
    checks: tuple[Check, ...]


class Position(Item):
    """A view that a party holds on an issue."""

    issue: str | None
    stance: Stance
    reported_by: str | None = Field(description="id of the party that tells of this view, when it is not the holder")


class Demand(Item):
    """Something that a party wants somebody to do, stop, accept or concede."""

    addressees: tuple[str, ...] = Field(description="ids of the parties of whom it is demanded")
    condition: str | None
    deadline: str | None = Field(description="the time limit, in the report's words")
    deadline_day: str | None = Field(default=None, description="the day of that limit, an ISO 8601 date, where it is sure")
    status: DemandStatus
    answered_by: tuple[str, ...] = Field(description="ids of the items that answer it")


class Outcome(Item):
    """Something that was settled, refused, ordered, announced, scheduled or left open."""

    status: OutcomeStatus
    timing: str | None = Field(description="when, or for how long, in the report's words")
    timing_day: str | None = Field(default=None, description="the day on which it was done, an ISO 8601 date, where it is sure")
    answers: tuple[str, ...] = Field(description="ids of the demands that it answers")


class WithheldClaim(Value):
    """A claim as it was made, in its own words: `words` where it copied, `statement` where it wrote."""

    parties: tuple[str, ...]
    words: str | None
    statement: str | None
    sentences: tuple[int, ...] = Field(description="numbers of the sentences that it cites, or was asked about")
    addressees: tuple[str, ...]


class Withheld(Value):
    """A claim that the source does not carry, as it was made, and why it is not in the briefing."""

    kind: Kind
    item: WithheldClaim
    reasons: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a model said, not yet believed. Names are words, not yet parties.

    A claim points at its evidence either with `words`, which must stand in `passage`, or with `cites`, the numbers of
    sentences of that passage. `verb` goes between party and words where the code composes the statement. `core` is None
    where the model was not asked; `pronoun` is what it called the party, where the name was found elsewhere;
    `recast` says that the model called it a demand.
    """

    kind: Kind
    parties: tuple[str, ...]
    passage: Passage
    words: str | None = None
    cites: tuple[int, ...] = ()
    statement: str | None = None
    verb: str = "says"
    stance: Stance = "neutral"
    outcome_status: OutcomeStatus = "done"
    addressees: tuple[str, ...] = ()
    issue: str | None = None
    condition: str | None = None
    deadline: str | None = None
    timing: str | None = None
    reported_by: str | None = None
    core: bool | None = None
    pronoun: str | None = None
    recast: bool = False


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """A claim whose words stand in the source, with the place and what was checked."""

    claim: Claim
    evidence: tuple[Evidence, ...]
    checks: tuple[Check, ...]
    verdict: Verdict


class ClaimRecord(Value):
    """A claim as it is kept in a briefing, so that it can be judged again: all of a `Claim`, its passage by its place."""

    kind: Kind
    parties: tuple[str, ...]
    passage: tuple[int, int] = Field(description="start and end of what was asked about, in code points")
    context: int = Field(ge=0, description="how many code points before it the model was shown")
    words: str | None
    cites: tuple[int, ...]
    statement: str | None
    verb: str
    stance: Stance
    outcome_status: OutcomeStatus
    addressees: tuple[str, ...]
    issue: str | None
    condition: str | None
    deadline: str | None
    timing: str | None
    reported_by: str | None
    core: bool | None
    pronoun: str | None
    recast: bool

    @classmethod
    def of(cls, claim: Claim) -> Self:
        """The record of a claim."""
        passage = claim.passage
        return cls(**_all_but_passage(claim), passage=(passage.start, passage.end), context=len(passage.context))

    def claim(self, passage: Passage) -> Claim:
        """The claim again; `passage` is what stands at its place, with its context."""
        return Claim(**_all_but_passage(self), passage=passage)


def _all_but_passage(claim: Claim | ClaimRecord) -> dict[str, Any]:  # Any: each field has a type of its own
    return {field.name: getattr(claim, field.name) for field in fields(Claim) if field.name != "passage"}
