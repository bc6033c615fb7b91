"""Attempts, and who waits for whom."""

from __future__ import annotations

import pytest

from builders import Time
from summarizer.errors import LimitReached
from summarizer.llm.attempts import Clock, Deadline, Door, Patience, attempt
from summarizer.llm.failures import Transient


class Failing:
    """Fails in these ways in turn, then answers."""

    def __init__(self, *failures: Exception) -> None:
        self._failures = list(failures)
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> str:
        self.seconds.append(seconds)
        if self._failures:
            raise self._failures.pop(0)
        return "answer"


def tried(
    send: Failing, *, time: Time, door: Door | None = None, seconds: float | None = None, patience: Patience = Patience()
) -> str:
    door = door or Door(time.clock)
    return attempt(send, patience=patience, door=door, deadline=Deadline(seconds, time.clock), clock=time.clock)


def test_pauses_grow_and_end_with_the_answer() -> None:
    time = Time()
    assert tried(Failing(Transient("a"), Transient("b"), Transient("c")), time=time) == "answer"
    assert len(time.pauses) == 3
    assert 1 <= time.pauses[0] <= time.pauses[1] <= time.pauses[2] <= 20


def test_another_worker_waits_until_the_endpoint_wants_to_be_asked_again() -> None:
    time = Time()
    door = Door(time.clock)
    with pytest.raises(Transient):
        tried(Failing(Transient("busy", retry_after=30)), time=time, door=door, patience=Patience(attempts=1))
    assert tried(Failing(), time=time, door=door) == "answer"
    assert time.pauses == [30]


def test_nobody_waits_longer_than_his_patience_lasts() -> None:
    time = Time()
    door = Door(time.clock)
    door.close(61)
    other = Failing()
    with pytest.raises(Transient, match="wants to be left alone for another 61 s"):
        tried(other, time=time, door=door)
    assert (other.seconds, time.pauses) == ([], [])


def test_all_pauses_together_stay_within_the_patience() -> None:
    time = Time()
    with pytest.raises(Transient, match="d"):
        tried(Failing(*(Transient(word, retry_after=20) for word in "abcd")), time=time)
    assert time.pauses == [20, 20, 20]


def test_a_shorter_wish_does_not_open_a_door_that_somebody_else_closed_for_longer() -> None:
    time = Time()
    door = Door(time.clock)
    door.close(30)
    door.close(5)
    assert door.closed() == 30


def test_a_door_that_is_closed_again_meanwhile_is_waited_for_again() -> None:
    time = Time()
    door = Door(time.clock)
    door.close(5)
    slept = time.clock.sleep

    def sleep(seconds: float) -> None:
        if time.now == 0:
            door.close(20)
        slept(seconds)

    clock = Clock(now=time.clock.now, sleep=sleep)
    attempt(Failing(), patience=Patience(), door=door, deadline=Deadline(None, clock), clock=clock)
    assert (time.pauses, time.now) == ([5, 15], 20)


def test_a_deadline_that_is_over_goes_before_attempts_that_are_used_up() -> None:
    time = Time()

    def slow(seconds: float) -> str:
        time.now += seconds
        raise Transient("did not answer in time")

    with pytest.raises(LimitReached):
        attempt(
            slow,
            patience=Patience(attempts=1),
            door=Door(time.clock),
            deadline=Deadline(5, time.clock),
            clock=time.clock,
        )


def test_a_request_is_told_how_long_it_may_take() -> None:
    time = Time()
    send = Failing(Transient("a", retry_after=4))
    tried(send, time=time, seconds=10)
    assert send.seconds == [10, 6]


def test_nothing_is_sent_after_the_deadline() -> None:
    time, send = Time(), Failing()
    deadline = Deadline(10, time.clock)
    time.now = 10
    with pytest.raises(LimitReached, match="the deadline of 10 s for one report is over"):
        attempt(send, patience=Patience(), door=Door(time.clock), deadline=deadline, clock=time.clock)
    assert send.seconds == []


def test_a_pause_that_would_outlast_the_deadline_is_not_begun() -> None:
    time = Time()
    with pytest.raises(LimitReached):
        tried(Failing(Transient("busy", retry_after=11)), time=time, seconds=10)
    assert time.pauses == []


def test_what_is_not_transient_comes_through_at_once() -> None:
    time = Time()
    with pytest.raises(ValueError, match="no"):
        tried(Failing(ValueError("no")), time=time)
    assert time.pauses == []
