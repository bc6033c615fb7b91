"""Whose turn it is, over all workers of a cluster: one rate for all, and nobody while the endpoint wants to be left alone."""

from __future__ import annotations

import math

from summarizer.llm.attempts import Clock
from summarizer.llm.pacing import LONGEST_CLOSED, OPENING


class KeptTurns:
    """Gives out the turns. Lives in one process, which all workers ask."""

    def __init__(self, *, at_once: int, per_minute: float | None, clock: Clock = Clock()) -> None:
        """`at_once`: requests of all workers together; `per_minute`: begun, None without a limit."""
        self._apart = 60.0 / per_minute if per_minute else 0.0
        self._opening = OPENING / at_once
        self._clock = clock
        self._next = self._opens = -math.inf

    def take(self) -> float | None:
        """Take the next place; gives the seconds until it comes. None, and takes none, while they are closed for long."""
        now = self._clock.now()
        place = max(self._next, self._opens, now)
        if self._opens - now > LONGEST_CLOSED:
            return None
        is_opening = now < self._opens + OPENING
        self._next = place + max(self._apart, self._opening if is_opening else 0.0)
        return place - now

    def still(self) -> float | None:
        """For whom his place has come: 0 when it holds, else as `take`."""
        return self.take() if self._clock.now() < self._opens else 0.0

    def close(self, seconds: float) -> None:
        """Let nobody in for so long from now, or for longer where another worker heard so."""
        self._opens = max(self._opens, self._clock.now() + seconds)
