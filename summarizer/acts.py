"""The acts by which a party makes a move, as a small model is asked for them, and what each is in a briefing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from summarizer.schema import Claim, Kind, OutcomeStatus, Stance

ActName = Literal[
    "demands", "supports", "opposes", "assesses", "warns", "agrees", "commits", "refuses", "announces", "orders", "acts",
    "leaves open", "background",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """What an act is in the vocabulary of a briefing, and the verb that tells of it: past, so that it fits one and several."""

    kind: Kind
    verb: str
    stance: Stance = "neutral"
    status: OutcomeStatus = "done"


ACTS: dict[ActName, Act] = {
    "demands": Act("demand", "demanded"),
    "supports": Act("position", "supported", stance="supports"),
    "opposes": Act("position", "opposed", stance="opposes"),
    "assesses": Act("position", "said"),
    "warns": Act("position", "warned", stance="opposes"),
    "agrees": Act("outcome", "agreed", status="agreed"),
    "commits": Act("outcome", "committed to", status="committed"),
    "refuses": Act("outcome", "refused", status="rejected"),
    "announces": Act("outcome", "announced", status="announced"),
    "orders": Act("outcome", "ordered", status="done"),
    "acts": Act("outcome", "acted", status="done"),
    "leaves open": Act("outcome", "left open", status="pending"),
}
"""Every act but `background`."""
BACKGROUND: ActName = "background"
"""What a model may say of words that are no move, so that it need not call everything one."""


def as_act(claim: Claim, name: ActName) -> Claim:
    """The claim as this act of its party. Only a demand keeps whom it addresses."""
    act = ACTS[name]
    return replace(
        claim,
        kind=act.kind,
        verb=act.verb,
        stance=act.stance,
        outcome_status=act.status,
        addressees=claim.addressees if act.kind == "demand" else (),
    )


def act_of(claim: Claim) -> ActName | None:
    """The act that this claim was made as; None where a model wrote its statement."""
    return next((name for name, act in ACTS.items() if claim.words is not None and act.verb == claim.verb), None)
