"""The answers of a run, where `Caching` looks for them: in the store, each written as it came, before anything reads it.

Every answer is kept, also one that was cut or that fits nothing, since it was paid for; only whole ones are given again. One
that turned out to be of no use stays too, and is asked for anew.
"""

from __future__ import annotations

import time

from summarizer.batch.store import Store, packed, unpacked
from summarizer.llm.cassette import Exchange, Question


class StoredAnswers:
    """The answers in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, question: Question) -> Exchange | None:
        """The last whole answer to this question; None when there is none."""
        query = "SELECT exchange FROM answers WHERE question = ? AND whole = 1 ORDER BY id DESC LIMIT 1"
        found = self._store.row(query, (question.key,))
        return None if found is None else _read(found[0])

    def last(self, question: Question) -> Exchange | None:
        """The last answer to this question, also one that was cut or that fits nothing; None when there is none."""
        found = self._store.row("SELECT exchange FROM answers WHERE question = ? ORDER BY id DESC LIMIT 1", (question.key,))
        return None if found is None else _read(found[0])

    def keep(self, exchange: Exchange, *, whole: bool) -> None:
        """Write the answer. Raises OutputError."""
        content = packed(exchange.to_line())
        self._store.write(
            "INSERT INTO answers (question, exchange, whole, received) VALUES (?, ?, ?, ?)",
            (exchange.question.key, content, whole, time.time()),
        )

    def forget(self, question: Question) -> None:
        """Do not give this answer again. Raises OutputError."""
        self._store.write("UPDATE answers SET whole = 0 WHERE question = ?", (question.key,))


def _read(content: bytes) -> Exchange:
    return Exchange.from_bytes(unpacked(content).encode("utf-8", "surrogatepass"))
