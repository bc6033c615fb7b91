"""The batches of a run, in the store. A batch is written down, with its lines, before anything of it is sent.

It has an id of ours, which goes with it. Whoever finds a batch that was intended, and does not know whether it was sent, looks
for that id at the provider.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.batch.provider.lines import from_packed, written
from summarizer.batch.store import Store
from summarizer.llm.metering import Taken

MOST_LINES = 50_000
MOST_BYTES = 200_000_000
"""Of one file: https://platform.openai.com/docs/api-reference/batch/create, `input_file_id`."""
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that is not settled. `provider_id` is what the provider calls it; empty until it is known to be there.

    `sent`: when it was last tried to send it, in seconds since 1970; when it was intended, where that was never tried.
    """

    id: str
    lines: int
    sent: float
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What came of the lines of a batch: `lines` = answered + errors + missing. The rest of the counts is of its results.

    `doubled` were results of lines that had one, `unknown` of no line at all, `broken` were no results.
    """

    lines: int
    answered: int
    errors: int
    missing: int
    doubled: int
    unknown: int
    broken: int


class Batches:
    """The batches of one model of one endpoint."""

    def __init__(self, store: Store, *, configuration: int, endpoint: str, model: str) -> None:
        self._store = store
        self._configuration = configuration
        self._asked = (endpoint, model)

    def form(self, *, most_lines: int = MOST_LINES, most_bytes: int = MOST_BYTES) -> None:
        """Put every noted question into a batch, in order, in as few as may be. Raises OutputError."""
        with self._store.transaction():
            batch, lines, size = "", most_lines, 0
            for id, more in self._noted():
                if lines >= most_lines or size + more > most_bytes:
                    batch, lines, size = self._begin(), 0, 0
                lines, size = lines + 1, size + more
                self._store.write("UPDATE provider_lines SET batch = ?, state = 'asked' WHERE id = ?", (batch, id))
                self._store.write("UPDATE provider_batches SET lines = ? WHERE id = ?", (lines, batch))

    def open(self) -> list[Batch]:
        """Those that are intended or submitted, in the order in which they were formed."""
        query = (
            "SELECT id, lines, coalesce(sent, intended), coalesce(provider_id, '') FROM provider_batches"
            " WHERE state IN ('intended', 'submitted') AND endpoint = ? AND model = ? ORDER BY rowid"
        )
        return [Batch(*row) for row in self._store.rows(query, self._asked)]

    def file_of(self, batch: Batch) -> Iterator[bytes]:
        """The lines of its file."""
        last = 0
        query = "SELECT id, request FROM provider_lines WHERE batch = ? AND id > ? ORDER BY id LIMIT 100"
        while rows := self._store.rows(query, (batch.id, last)):
            yield from (written(from_packed(request)) for _, request in rows)
            last = rows[-1][0]

    def uploaded(self, batch: Batch, file: str) -> None:
        """Its file is at the provider, and is called so there. Raises OutputError."""
        self._store.write("UPDATE provider_batches SET file = ? WHERE id = ?", (file, batch.id))

    def sending(self, batch: Batch) -> None:
        """From now on it may be at the provider. Raises OutputError."""
        self._store.write("UPDATE provider_batches SET sent = ? WHERE id = ?", (time.time(), batch.id))

    def submitted(self, batch: Batch, provider_id: str) -> None:
        """It is at the provider, and is called so there. Raises OutputError."""
        self._store.write(
            "UPDATE provider_batches SET state = 'submitted', provider_id = ?, submitted = ? WHERE id = ?",
            (provider_id, time.time(), batch.id),
        )

    def divide(self, batch: Batch, parts: int) -> None:
        """Put its lines into as many new batches, to be sent in its place. Raises OutputError."""
        with self._store.transaction():
            self._store.write("UPDATE provider_lines SET batch = NULL, state = 'noted' WHERE batch = ?", (batch.id,))
            self._end(batch, "failed", "failed")
            self.form(most_lines=-(-batch.lines // parts))

    def drop(self, batch: Batch, status: str) -> None:
        """It is not at the provider, or nothing came of it: who has its questions notes them again. Raises OutputError."""
        with self._store.transaction():
            self._store.write("DELETE FROM provider_lines WHERE batch = ?", (batch.id,))
            self._end(batch, "failed", status)

    def collected(
        self, batch: Batch, status: str, *, missing: str, is_asked_again: bool, doubled: int, unknown: int, broken: int
    ) -> Count:
        """All that came of it is kept: what is still open is missing, for this reason. Raises OutputError."""
        with self._store.transaction():
            (answered,) = self._store.row(_COUNT, (batch.id, "answered")) or (0,)
            (open_,) = self._store.row(_COUNT, (batch.id, "asked")) or (0,)
            self._store.write(
                "UPDATE provider_lines SET state = ?, reason = ?, request = NULL WHERE batch = ? AND state = 'asked'",
                ("again" if is_asked_again else "forgotten", missing, batch.id),
            )
            count = Count(batch.lines, answered, batch.lines - answered - open_, open_, doubled, unknown, broken)
            self._store.write(
                "UPDATE provider_batches SET answered = ?, errors = ?, missing = ?, doubled = ?, unknown = ?, broken = ?,"
                " tokens = (SELECT sum(tokens) FROM provider_lines WHERE batch = provider_batches.id),"
                " cost = (SELECT CASE WHEN count(*) = count(cost) THEN total(cost) END"
                " FROM provider_lines WHERE batch = provider_batches.id) WHERE id = ?",
                (answered, count.errors, open_, doubled, unknown, broken, batch.id),
            )
            self._end(batch, "collected", status)
        return count

    def taken(self, batch: Batch) -> Taken:
        """What a batch took that is collected."""
        tokens, cost = self._store.row("SELECT tokens, cost FROM provider_batches WHERE id = ?", (batch.id,)) or (0, 0.0)
        return Taken(batch.lines, tokens or 0, cost or 0.0)

    def _begin(self) -> str:
        id = secrets.token_hex(16)
        self._store.write(
            "INSERT INTO provider_batches (id, configuration, endpoint, model, intended) VALUES (?, ?, ?, ?, ?)",
            (id, self._configuration, *self._asked, time.time()),
        )
        return id

    def _end(self, batch: Batch, state: str, status: str) -> None:
        self._store.write(
            "UPDATE provider_batches SET state = ?, status = ?, ended = ? WHERE id = ?", (state, status, time.time(), batch.id)
        )

    def _noted(self) -> Iterator[tuple[int, int]]:
        last = 0
        query = f"SELECT id, size FROM provider_lines WHERE state = 'noted' AND id > ? ORDER BY id LIMIT {_PAGE}"  # noqa: S608
        while rows := self._store.rows(query, (last,)):
            for last, size in rows:
                yield last, size


_COUNT = "SELECT count(*) FROM provider_lines WHERE batch = ? AND state = ?"
