"""The pace of those who ask: how many at once, how soon one after the other, and nobody while the door is closed."""

from __future__ import annotations

import random
import threading

import httpx2
import pytest

from builders import BLUE, Colour, Time, Wire, asked_over, failure
from summarizer.batch.cluster.turns import KeptTurns
from summarizer.llm.attempts import Clock
from summarizer.llm.pacing import Closed, Pace, Paced
from summarizer.prompt import Message, Prompt
from summarizer.settings import Limits


def begun(pace: Pace, time: Time, turns: int) -> list[float]:
    """When so many turns begin, each ended before the next."""
    moments = []
    for _ in range(turns):
        with pace.turn():
            moments.append(time.now)
    return moments


def hear(pace: Pace, statuses: list[int]) -> None:
    for status in statuses:
        pace.heard(status)


def test_requests_begin_evenly_at_the_rate() -> None:
    time = Time()
    assert begun(Pace(most=8, per_minute=120, clock=time.clock), time, 4) == [0.0, 0.5, 1.0, 1.5]


def test_without_a_rate_nobody_waits() -> None:
    time = Time()
    assert begun(Pace(most=8, clock=time.clock), time, 100) == [0.0] * 100


def test_an_idle_time_is_not_made_up_for() -> None:
    time = Time()
    pace = Pace(most=8, per_minute=60, clock=time.clock)
    begun(pace, time, 1)
    time.now += 100
    assert [moment - 101 for moment in begun(pace, time, 3)][1:] == pytest.approx([-0.1, 0.9])


def test_who_oversleeps_a_little_does_not_slow_the_others() -> None:
    time = Time()
    pace = Pace(most=8, per_minute=600, clock=time.clock)
    moments = []
    for _ in range(101):
        with pace.turn():
            moments.append(time.now)
            time.now += 0.03
    assert moments[-1] == pytest.approx(10.0)


def test_nobody_is_let_in_while_the_endpoint_wants_to_be_left_alone() -> None:
    time = Time()
    pace = Pace(most=8, clock=time.clock)
    pace.heard(429, alone=7.0)
    assert begun(pace, time, 1) == [7.0]


def test_those_who_waited_until_it_opens_are_let_in_over_a_second() -> None:
    time = Time()
    pace = Pace(most=4, clock=time.clock)
    pace.heard(503, alone=7.0)
    assert begun(pace, time, 8) == [7.0, 7.25, 7.5, 7.75, 8.0, 8.0, 8.0, 8.0]


def test_the_rate_is_kept_also_by_those_who_waited() -> None:
    time = Time()
    pace = Pace(most=4, per_minute=120, clock=time.clock)
    pace.heard(503, alone=7.0)
    assert begun(pace, time, 3) == pytest.approx([7.0, 7.4, 7.9])


def test_who_waits_for_his_turn_hears_that_the_door_closes() -> None:
    time = Time()

    def sleep(seconds: float) -> None:
        time.clock.sleep(seconds)
        if len(time.pauses) == 1:
            pace.heard(503, alone=5.0)

    pace = Pace(most=8, per_minute=60, clock=Clock(now=time.clock.now, sleep=sleep))
    assert begun(pace, time, 2) == [0.0, 6.0]


def test_a_shorter_word_does_not_open_a_door_that_a_longer_one_closed() -> None:
    time = Time()
    pace = Pace(most=8, clock=time.clock)
    pace.heard(429, alone=9.0)
    pace.heard(429, alone=1.0)
    assert begun(pace, time, 1) == [9.0]


def test_fewer_are_let_in_while_too_much_is_refused_and_one_more_each_time_it_is_not() -> None:
    pace = Pace(most=40)
    hear(pace, [429] * 20 + [200] * 20)
    fewer = pace.allowed
    hear(pace, [200] * 32)
    assert (fewer, pace.allowed) == (32, 33)


def test_never_fewer_than_one_and_never_more_than_the_user_said() -> None:
    pace = Pace(most=4)
    hear(pace, [529] * 1000)
    fewest = pace.allowed
    hear(pace, [200] * 1000)
    assert (fewest, pace.allowed) == (1, 4)


@pytest.mark.parametrize("status", [500, 502, 408, 200])
def test_other_errors_are_no_sign_of_too_much(status: int) -> None:
    pace = Pace(most=40)
    hear(pace, [status] * 1000)
    assert pace.allowed == 40


@pytest.mark.parametrize("most", [8, 16, 64, 512])
def test_a_fifth_that_is_refused_by_chance_does_not_slow_the_others(most: int) -> None:
    chance = random.Random(1)
    pace = Pace(most=most)
    hear(pace, [429 if chance.random() < 0.2 else 200 for _ in range(20_000)])
    assert pace.allowed > 0.7 * most


def test_no_more_are_under_way_than_are_allowed() -> None:
    pace = Pace(most=3)
    at_once: list[int] = []
    under_way: set[int] = set()
    lock, ended = threading.Lock(), threading.Barrier(9)

    def ask(who: int) -> None:
        for _ in range(20):
            with pace.turn():
                with lock:
                    under_way.add(who)
                    at_once.append(len(under_way))
                with lock:
                    under_way.discard(who)
        ended.wait()

    for who in range(8):
        threading.Thread(target=ask, args=(who,), daemon=True).start()
    ended.wait(timeout=60)
    assert (len(at_once), max(at_once) <= 3, under_way) == (160, True, set())


def test_a_turn_ends_also_when_the_request_fails() -> None:
    def fail(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadError("reset", request=request)

    paced = Paced(httpx2.MockTransport(fail), pace := Pace(most=1))
    for _ in range(3):
        with pytest.raises(httpx2.ReadError):
            paced.handle_request(httpx2.Request("POST", "http://127.0.0.1/v1"))
    with pace.turn():
        assert pace.allowed == 1


@pytest.mark.parametrize(("headers", "begins"), [({"retry-after": "4"}, 4.0), ({"retry-after-ms": "1500"}, 1.5), ({}, 0.0)])
def test_what_a_refusal_says_is_kept_to_by_the_next(headers: dict[str, str], begins: float) -> None:
    time = Time()
    pace = Pace(most=2, clock=time.clock)
    paced = Paced(httpx2.MockTransport(lambda _: httpx2.Response(429, headers=headers)), pace)
    paced.handle_request(httpx2.Request("POST", "http://127.0.0.1/v1"))
    assert begun(pace, time, 1) == [begins]


def taken(turns: KeptTurns, time: Time, number: int) -> list[float]:
    waits = [turns.take() for _ in range(number)]
    return [time.now + wait for wait in waits if wait is not None]


def test_turns_that_are_shared_keep_one_rate_and_nobody_has_one_while_they_are_closed() -> None:
    time = Time()
    turns = KeptTurns(at_once=4, per_minute=60, clock=time.clock)
    assert taken(turns, time, 3) == [0.0, 1.0, 2.0]
    turns.close(8.0)
    turns.close(1.0)
    assert taken(turns, time, 2) == [8.0, 9.0]
    time.now = 20.0
    assert taken(turns, time, 2) == [20.0, 21.0]


def test_shared_turns_without_a_rate_are_had_at_once_but_over_a_second_once_they_open() -> None:
    time = Time()
    turns = KeptTurns(at_once=4, per_minute=None, clock=time.clock)
    assert taken(turns, time, 3) == [0.0, 0.0, 0.0]
    turns.close(7.0)
    assert taken(turns, time, 3) == [7.0, 7.25, 7.5]
    time.now = 9.0
    assert taken(turns, time, 3) == [9.0, 9.0, 9.0]


def test_who_has_a_shared_turn_when_they_close_gets_another_and_closes_them_for_all() -> None:
    time = Time()
    turns = KeptTurns(at_once=4, per_minute=60, clock=time.clock)
    turns.take()

    def sleep(seconds: float) -> None:
        time.clock.sleep(seconds)
        if len(time.pauses) == 1:
            turns.close(5.0)

    one = Pace(most=8, turns=turns, clock=Clock(now=time.clock.now, sleep=sleep))
    assert begun(one, time, 1) == [6.0]
    one.heard(429, alone=9.0)
    assert taken(turns, time, 1) == [15.0]


def test_shared_turns_that_are_closed_for_long_are_not_waited_for() -> None:
    time = Time()
    turns = KeptTurns(at_once=4, per_minute=60, clock=time.clock)
    turns.close(1e6)
    with pytest.raises(Closed), Pace(most=8, turns=turns, clock=time.clock).turn():
        pass
    assert time.now == 0.0


def test_while_an_endpoint_wants_to_be_left_alone_for_long_nobody_waits_for_his_turn() -> None:
    time = Time()
    pace = Pace(most=8, clock=time.clock)
    pace.heard(429, alone=1e6)
    with httpx2.Client(transport=Paced(Wire([]), pace)) as client, pytest.raises(httpx2.ReadTimeout):
        client.get("http://127.0.0.1/", timeout=None)
    assert time.now == 0.0


def test_waiting_for_a_turn_is_not_counted_for_the_deadline_of_a_report() -> None:
    time = Time()
    paced = Paced(Wire([BLUE, BLUE, failure(503), BLUE]), Pace(most=8, per_minute=1, clock=time.clock))
    model = asked_over(paced, limits=Limits(seconds=10), time=time)
    for _ in range(2):
        model.ask(Prompt((Message("user", "Which colour?"),), Colour, max_tokens=20))
    assert time.now == 60.0
    deadline = model.deadline()
    model.ask(Prompt((Message("user", "Which colour?"),), Colour, max_tokens=20), deadline=deadline)
    assert time.now == 180.0
    assert deadline.left() == pytest.approx(10.0 - time.pauses[2])  # the pause after the failure
