"""The questions that are asked in batches, as lines in the store, and what came of them each time that they were asked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from summarizer.batch.store import Store, packed, unpacked
from summarizer.llm.cassette import Question

PATH = "/v1/chat/completions"
"""What a line calls the endpoint that is asked, wherever the provider itself is."""

Outcome = Literal["answered", "again", "refused"]


@dataclass(frozen=True, slots=True)
class Line:
    """A question in a batch. `question` is None once something came of it."""

    id: int
    question: Question | None


class Past(NamedTuple):
    """What came of a question so far: whether it was answered, why it was refused, and how often it was asked in vain."""

    answered: bool
    refused: str | None
    vain: int
    reason: str


class Lines:
    """The lines of a run."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def are_open(self, question: Question) -> bool:
        """Whether the question waits to be asked, or for what comes of it."""
        query = "SELECT 1 FROM provider_lines WHERE question = ? AND state IN ('noted', 'asked')"
        return self._store.row(query, (question.key,)) is not None

    def note(self, questions: Iterable[Question]) -> None:
        """Write down that these are to be asked. Raises OutputError."""
        for question in questions:
            self._store.write(
                "INSERT INTO provider_lines (question, request, size) VALUES (?, ?, ?)",
                (question.key, packed(json.dumps(asdict(question))), len(written(question))),
            )

    def past(self, question: Question) -> Past:
        """What came of this question so far."""
        query = "SELECT state, count(*), max(reason) FROM provider_lines WHERE question = ? GROUP BY state"
        found = {state: (number, reason) for state, number, reason in self._store.rows(query, (question.key,))}
        vain, reason = found.get("again", (0, ""))
        refused = found["refused"][1] if "refused" in found else None
        return Past(answered="answered" in found, refused=refused, vain=vain, reason=reason)

    def forget(self, question: Question) -> None:
        """Let what came of this question count for nothing. Raises OutputError."""
        self._store.write(
            "UPDATE provider_lines SET state = 'forgotten' WHERE question = ? AND state IN ('answered', 'again', 'refused')",
            (question.key,),
        )

    def forget_failures(self) -> None:
        """Let every question be asked again that has no whole answer. Raises OutputError."""
        self._store.write(
            "UPDATE provider_lines SET state = 'forgotten' WHERE state IN ('again', 'refused') OR (state = 'answered'"
            " AND NOT EXISTS (SELECT 1 FROM answers WHERE answers.question = provider_lines.question AND whole = 1))"
        )

    def drop_noted(self) -> None:
        """Forget what was noted and is in no batch: who still wants it notes it again. Raises OutputError."""
        self._store.write("DELETE FROM provider_lines WHERE state = 'noted'")

    def of(self, batch: str, key: str) -> Line | None:
        """The line of this batch whose question has this key; None when it has none."""
        query = "SELECT id, request FROM provider_lines WHERE batch = ? AND question = ?"
        found = self._store.row(query, (batch, key))
        return None if found is None else Line(found[0], from_packed(found[1]) if found[1] is not None else None)

    def settle(self, line: Line, outcome: Outcome, *, reason: str, tokens: int, cost: float | None) -> None:
        """Write down what came of a line. Raises OutputError."""
        self._store.write(
            "UPDATE provider_lines SET state = ?, reason = ?, tokens = ?, cost = ?, request = NULL WHERE id = ?",
            (outcome, reason, tokens, cost, line.id),
        )


def written(question: Question) -> bytes:
    """The question as a line of a batch's file."""
    line = {"custom_id": question.key, "method": question.method, "url": PATH, "body": question.body}
    return json.dumps(line).encode() + b"\n"


def from_packed(request: bytes) -> Question:
    """The question that was noted so."""
    return Question(**json.loads(unpacked(request)))
