"""What a worker sends back of a document, as JSON: never a pickled error, whose class the driver might not have."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer import errors
from summarizer.briefing import Briefing
from summarizer.errors import Stopped
from summarizer.llm.cassette import Exchange

_STOPPED = {kind.__name__: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Stopped)}


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer that came, and whether it may be given again."""

    exchange: Exchange
    whole: bool


class WorkerFault(Exception):
    """A fault of this program in a worker: what it was, and where."""


def sent(made: Briefing | Exception, heard: Sequence[Heard], *, reason: str = "") -> str:
    """The briefing, or the error with its `reason`, and what was heard."""
    exchanges = [(each.exchange.to_line(), each.whole) for each in heard]
    if isinstance(made, Briefing):
        return json.dumps({"briefing": made.to_json(indent=None), "heard": exchanges})
    return json.dumps({"error": type(made).__name__, "reason": reason or str(made), "heard": exchanges})


def received(result: str) -> tuple[Briefing | Exception, list[Heard]]:
    """What was sent: a briefing, or the error to raise; and what was heard."""
    record = json.loads(result)
    heard = [Heard(Exchange.from_bytes(each), whole) for each, whole in record["heard"]]
    if "briefing" in record:
        return Briefing.model_validate_json(record["briefing"]), heard
    kind = _STOPPED.get(record["error"])
    return (WorkerFault if kind is None else kind)(record["reason"]), heard
