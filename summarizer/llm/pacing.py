"""How many requests are under way at once, and how soon one follows the other: for whoever asks from many threads.

The rate is the user's. The number adapts: while an endpoint turns too many away as too much (429, 503, 529), fewer are let in
at once; else one more each time, up to the user's own number. Some refusals are no sign of too much, since many endpoints
give a few at any load. While an endpoint wants to be left alone nobody is let in: who waits for his turn passed the `Door` of
`attempts` before it was closed, and would come too early.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import httpx2

from summarizer.llm.attempts import Clock
from summarizer.llm.failures import retry_after

TOO_MUCH = frozenset({429, 503, 529})
FEW = 0.3
"""The share of answers that may say so before fewer are let in: where every fifth does by chance, windows hold up to this."""
FEWER = 0.8
SHORTEST_WINDOW = 20
"""Answers that are looked at together, at least."""
OPENING = 1.0
"""Seconds over which those are let in who waited until an endpoint could be asked again: all at once, they would be too many
before the first of them hears so."""
LONGEST_CLOSED = 30.0
"""Seconds for which those who wait for their turn wait for an endpoint that wants to be left alone. Where it wants more, they
go back to the `Door`, whose patience has an end."""
OVERSLEPT = 0.1
"""Seconds of delay that are made up for: so much of a minute is what the rate may be passed by."""


WAITED: ContextVar[Callable[[float], None]] = ContextVar("waited", default=lambda seconds: None)
"""Told for how many seconds a request waited for its turn, which are not its endpoint's."""


class Closed(Exception):
    """The endpoint wants to be left alone for long."""


class Turns(Protocol):
    """Turns that several processes share. What `take` and `still` give are seconds; None while they are closed for long."""

    def take(self) -> float | None:
        """Take the next place; gives the time until it comes."""

    def still(self) -> float | None:
        """Once it has come: 0 when it holds, else the time until another one."""

    def close(self, seconds: float) -> None:
        """Let nobody in for so long."""


class Pace:
    """What everybody who asks keeps to."""

    def __init__(
        self, *, most: int, per_minute: float | None = None, turns: Turns | None = None, clock: Clock = Clock()
    ) -> None:
        """`most`: requests at once; `per_minute`: requests begun, evenly, None without a limit; `turns` shared with others."""
        self._turns = turns
        self._most = most
        self._seconds_apart = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._next = clock.now()
        self._opens = -math.inf
        self._queue = threading.Lock()
        self._changed = threading.Condition()
        self._allowed = float(most)
        self._under_way = 0
        self._heard = self._refused = 0

    @property
    def allowed(self) -> int:
        """How many requests are let in at once now."""
        return max(1, int(self._allowed))

    @contextmanager
    def turn(self) -> Iterator[float]:
        """Wait until it is our turn to send, and let others in when the block ends. Gives for how many seconds we waited.

        Raises Closed.
        """
        begun = self._clock.now()
        with self._queue:  # one waits for room and for the time; the others wait for him
            self._wait()
        try:
            yield self._clock.now() - begun
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify()

    def heard(self, status: int, *, alone: float | None = None) -> None:
        """Take an answer into account. `alone`: seconds for which the endpoint wants to be left so."""
        if alone and self._turns is not None:
            self._turns.close(alone)
        with self._changed:
            if alone:
                self._opens = max(self._opens, self._clock.now() + alone)
            self._heard += 1
            self._refused += status in TOO_MUCH
            if self._heard < max(SHORTEST_WINDOW, self._allowed):
                return
            if self._refused > FEW * self._heard:
                self._allowed = max(1.0, self._allowed * FEWER)
            else:
                self._allowed = min(float(self._most), self._allowed + 1)
            self._heard = self._refused = 0
            self._changed.notify()

    def _wait(self) -> None:
        """Return once there is room and it is time, with our place taken. Raises Closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._under_way < self.allowed)
        while wait := self._seconds_left():
            self._clock.sleep(wait)
        if self._turns is not None:
            self._wait_for_others(self._turns)
        with self._changed:
            self._under_way += 1  # only here: whoever waits with us is no one of those that are let in
        now = self._clock.now()
        apart = OPENING / self.allowed if now < self._opens + OPENING else 0.0
        self._next = max(max(self._next, now - OVERSLEPT) + self._seconds_apart, now + apart)

    def _wait_for_others(self, turns: Turns) -> None:
        wait = turns.take()
        while wait != 0:
            if wait is None:
                raise Closed
            self._clock.sleep(wait)
            wait = turns.still()

    def _seconds_left(self) -> float:
        """Until the next may be sent; 0 when it may be. Raises Closed."""
        with self._changed:
            now = self._clock.now()
            if self._opens - now > LONGEST_CLOSED:
                raise Closed
            return max(0.0, max(self._next, self._opens) - now)


class Paced(httpx2.BaseTransport):
    """Sends each request when its turn has come."""

    def __init__(self, inner: httpx2.BaseTransport, pace: Pace) -> None:
        self._inner = inner
        self._pace = pace

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the transport below, read whole.

        Raises httpx2.ReadTimeout while the endpoint wants to be left alone for long.
        """
        try:
            with self._pace.turn() as waited:
                WAITED.get()(waited)
                return self._answer(request)
        except Closed:
            raise httpx2.ReadTimeout("it wants to be left alone", request=request) from None

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        response = self._inner.handle_request(request)
        response.read()
        alone = retry_after(response.headers) if response.is_error else None
        self._pace.heard(response.status_code, alone=alone)  # before the next is let in
        return response

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()
