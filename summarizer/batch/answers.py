"""The answers of a run, where `Caching` looks for them: in the store, each written as it came, before anything reads it.

Every answer is kept, also one that was cut or that fits nothing, since it was paid for; only whole ones are given again. One
that turned out to be of no use stays too, and is asked for anew. What each took stands beside it: it is spent, even where
nobody lived to make a briefing of it.
"""

from __future__ import annotations

import time

import httpx2

from summarizer.batch.store import Damaged, Store, packed, unpacked
from summarizer.llm.cassette import Exchange, Question, Unplayable
from summarizer.llm.prices import Price
from summarizer.llm.tokens import tokens_of

_MANY = (1_000_000, 1_000_000)


class StoredAnswers:
    """The answers in a store."""

    def __init__(self, store: Store, *, price: Price | None = None) -> None:
        """`price` of the model whose answers are kept, None where it is not known."""
        self._store = store
        self._price = price

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
        used = tokens_of(exchange.answer)
        self._store.write(
            "INSERT INTO answers (question, exchange, whole, received, prompt_tokens, completion_tokens, cost)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (exchange.question.key, content, whole, time.time(), *(used or (0, 0)), self._cost(exchange, used)),
        )

    def _cost(self, exchange: Exchange, used: tuple[int, int] | None) -> float | None:
        """None where it is not known, as of an answer that does not say what it took, unless tokens cost nothing."""
        if self._price is None or (used is None and exchange.status == httpx2.codes.OK and self._price(*_MANY)):
            return None
        return self._price(*(used or (0, 0)))

    def forget(self, question: Question) -> None:
        """Do not give this answer again. Raises OutputError."""
        self._store.write("UPDATE answers SET whole = 0 WHERE question = ?", (question.key,))


def _read(content: bytes) -> Exchange | None:
    """None for one that is damaged: it is asked for anew."""
    try:
        return Exchange.from_bytes(unpacked(content).encode("utf-8", "surrogatepass"))
    except (Unplayable, Damaged):
        return None
