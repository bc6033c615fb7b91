"""Questions that are being asked right now: the same one is not asked twice at the same time."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future

import httpx2

from summarizer.llm.cassette.exchanges import Exchange

Heard = tuple[httpx2.Response, Exchange | None]
"""A response, and the exchange that others may reuse; None where they had better ask for themselves."""


class UnderWay:
    """Shares the answer to a question with whoever asks the same before it has come."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[str, Future[Exchange | None]] = {}

    def answer(self, key: str, request: httpx2.Request, ask: Callable[[], Heard]) -> httpx2.Response:
        """What `ask` hears, or what is heard by another thread that asks under this key already.

        `ask` must also look for an answer that is at hand: one may have come between the caller's last look and its turn.
        Raises httpx2.ReadTimeout when the other threads take longer than the request's read time-out.
        """
        seconds = request.extensions.get("timeout", {}).get("read")
        end = math.inf if seconds is None else time.monotonic() + seconds
        while True:
            with self._lock:
                theirs = self._asked.get(key)
                mine: Future[Exchange | None] = self._asked.setdefault(key, Future())
            if theirs is None:
                return self._ask(key, ask, mine)
            exchange = _result(theirs, request, end)
            if exchange is not None:
                return exchange.response()

    def _ask(self, key: str, ask: Callable[[], Heard], mine: Future[Exchange | None]) -> httpx2.Response:
        exchange: Exchange | None = None
        try:
            response, exchange = ask()
            return response
        finally:
            with self._lock:
                del self._asked[key]
            mine.set_result(exchange)


def _result(asked: Future[Exchange | None], request: httpx2.Request, end: float) -> Exchange | None:
    try:
        return asked.result(None if end == math.inf else max(0.0, end - time.monotonic()))
    except TimeoutError:
        raise httpx2.ReadTimeout("the answer took too long", request=request) from None
