"""What readers found in a text: the items that a briefing of it is measured by. The format: docs/evaluation.md."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from summarizer.schema import DemandStatus, Kind, OutcomeStatus, Stance, Value

Span = tuple[int, int]
"""Start and end, in code points, half-open."""


class GoldItem(Value):
    """One move that readers found.

    `kinds`: those that it may fairly be called, the best first. `parties` and `targets`: every name under which its holder and
    its addressee may be named. `spans`: the sentences that state it. An `optional` one is neither rewarded nor punished;
    without a `core` one a one-page briefing would not do.
    """

    id: str
    kinds: tuple[Kind, ...] = Field(min_length=1)
    parties: tuple[str, ...] = Field(min_length=1)
    targets: tuple[str, ...] = ()
    stance: Stance | None = None
    status: DemandStatus | OutcomeStatus | None = None
    statement: str
    spans: tuple[Span, ...] = Field(min_length=1)
    optional: bool = False
    core: bool = False

    @field_validator("id", mode="before")
    @classmethod
    def _id_as_text(cls, id: Any) -> Any:  # Any: whatever the file holds
        """Numbers are ids too."""
        return str(id) if type(id) is int else id


class Gold(Value):
    """The items of one text, and the SHA-256 of the text's UTF-8, by which one knows that the offsets are its own."""

    doc: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    guidelines: str | None = None
    annotators: int | None = Field(default=None, ge=1)
    items: tuple[GoldItem, ...]

    @model_validator(mode="after")
    def _each_id_once(self) -> Self:
        ids = [item.id for item in self.items]
        if twice := next((id for id in ids if ids.count(id) > 1), None):
            raise ValueError(f"two items have the id {twice!r}")
        return self
