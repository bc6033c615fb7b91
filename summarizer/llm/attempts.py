"""Trying a request again: how often, how long apart, and for how long at most. The only module that knows tenacity.

One owner: the client below has its own retries off, and whoever asks again because an answer does not fit (a *reask*) counts
for itself. What is worth another attempt is for `failures` to say; here it is only a `Transient`.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_exponential_jitter

from summarizer.errors import DeadlineReached
from summarizer.llm.failures import Transient

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one prompt is worth.

    A request is tried at most `attempts` times, with at most `waiting_seconds` of pauses between them, none longer than
    `longest_pause` but where the endpoint wants it, each time for at most `seconds_per_attempt` (None: as suits the model). An
    answer that does not fit is asked for again at most `reasks` times.
    """

    attempts: int = 5
    waiting_seconds: float = 60.0
    longest_pause: float = 20.0
    seconds_per_attempt: float | None = None
    reasks: int = 2


@dataclass(frozen=True, slots=True)
class Clock:
    """The time in seconds, and how to let it pass. Tests bring a faster one."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Deadline:
    """The moment from which on nothing more is asked about a report."""

    def __init__(self, seconds: float | None, clock: Clock) -> None:
        self._seconds = math.inf if seconds is None else seconds
        self._clock = clock
        self._end = clock.now() + self._seconds

    def left(self) -> float:
        """Seconds until then, not positive when it has passed; infinite without a limit."""
        return self._end - self._clock.now()

    def extend(self, seconds: float) -> None:
        """Put it off: so long nobody could ask."""
        self._end += seconds

    def reached(self) -> DeadlineReached:
        """The error that says so."""
        return DeadlineReached(
            f"the deadline of {self._seconds:g} s for one report is over: raise --deadline, or ask about less"
        )


class Door:
    """The way to an endpoint, shared by all who ask there: when it wants to be left alone, none of them goes in."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._opens = clock.now()
        self._lock = threading.Lock()

    @staticmethod
    @cache
    def of(endpoint: str, clock: Clock) -> Door:
        """The one door of this endpoint, for all who ask there by the same clock."""
        return Door(clock)

    def close(self, seconds: float) -> None:
        """Keep everybody out for so long from now, or for longer where somebody else said so."""
        with self._lock:
            self._opens = max(self._opens, self._clock.now() + seconds)

    def closed(self) -> float:
        """Seconds until somebody may go in; 0 when the door is open."""
        with self._lock:
            return max(0.0, self._opens - self._clock.now())


def attempt(send: Callable[[float], Result], *, patience: Patience, door: Door, deadline: Deadline, clock: Clock) -> Result:
    """What `send` gives, tried again while it raises Transient. `send` is told how many seconds are left.

    Raises the last Transient when the patience is used up, DeadlineReached when the deadline comes first, and whatever else
    `send` raises.
    """
    waiting = _Waiting(patience, door, deadline, clock)
    retrying = Retrying(
        before=lambda _: waiting.at_the_door(),
        wait=waiting.pause,
        stop=waiting.is_enough,
        sleep=waiting.sleep,
        retry=retry_if_exception_type(Transient),
        reraise=True,
    )
    return retrying(lambda: send(deadline.left()))


class _Waiting:
    """The pauses between the attempts of one request, and what they add up to."""

    def __init__(self, patience: Patience, door: Door, deadline: Deadline, clock: Clock) -> None:
        self._patience = patience
        self._door = door
        self._deadline = deadline
        self._clock = clock
        self._spent = 0.0
        self._backoff = wait_exponential_jitter(initial=1, max=patience.longest_pause)

    def at_the_door(self) -> None:
        while closed := self._door.closed():  # somebody else may close it while we wait
            if self._spent + closed > self._patience.waiting_seconds:
                raise Transient(f"wants to be left alone for another {closed:.0f} s", retry_after=closed)
            self._require(closed)
            self.sleep(closed)
        self._require(0.0)

    def pause(self, state: RetryCallState) -> float:
        """Seconds until the next attempt: what the endpoint asks for, else more each time."""
        failure = state.outcome.exception() if state.outcome else None
        if not isinstance(failure, Transient) or not failure.retry_after:
            return self._backoff(state)
        self._door.close(failure.retry_after)
        return failure.retry_after

    def is_enough(self, state: RetryCallState) -> bool:
        """Whether to give up. A pause that the deadline would not outlast ends it as the deadline does."""
        self._require(0.0)
        enough = self._spent + state.upcoming_sleep > self._patience.waiting_seconds
        if enough or state.attempt_number >= self._patience.attempts:
            return True
        self._require(state.upcoming_sleep)
        return False

    def _require(self, seconds: float) -> None:
        """Raise DeadlineReached unless the deadline is further off than this."""
        if self._deadline.left() <= seconds:
            raise self._deadline.reached()

    def sleep(self, seconds: float) -> None:
        self._spent += seconds
        self._clock.sleep(seconds)
