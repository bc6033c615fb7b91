"""The user's limits: counted where requests leave, never passed, and never silent."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

import httpx2
import pytest

from builders import Answer, Wire, completion, failure
from summarizer.errors import LimitReached, UsageError
from summarizer.llm.metering import Metered
from summarizer.llm.prices import Price, price_of
from summarizer.llm.profiles import profile
from summarizer.settings import Limits, Settings

BODY = {"messages": [{"role": "user", "content": "Which colour?"}], "max_tokens": 20}
WORST = len(json.dumps({"messages": BODY["messages"], "input": None, "tools": None, "response_format": None})) + 2 * 16 + 20
USED = 15


def cents(prompt: int, completion: int) -> float:
    """A price for tests: a cent a token."""
    return (prompt + completion) / 100


def sent(limits: Limits, *answers: Answer, price: Price | None = cents, times: int = 100) -> tuple[int, str]:
    """How many requests leave until the limit, and what is said then."""
    wire = Wire(answers or ["blue"])
    with httpx2.Client(transport=Metered(wire, limits=limits, price=price, name="m")) as client:
        try:
            for _ in range(times):
                client.post("http://x.invalid/v1/chat/completions", json=BODY)
        except LimitReached as reached:
            return len(wire.requests), str(reached)
    return len(wire.requests), ""


def test_without_a_limit_everything_is_sent() -> None:
    assert sent(Limits()) == (100, "")


def test_calls_are_counted() -> None:
    assert sent(Limits(calls=3)) == (3, "the limit of 3 calls is reached: raise --max-calls, or ask about less")


def test_no_call_at_all_may_be_wanted() -> None:
    assert sent(Limits(calls=0))[0] == 0


def test_a_request_is_sent_only_while_the_worst_of_it_fits() -> None:
    assert sent(Limits(tokens=3 * USED + WORST))[0] == 4
    assert sent(Limits(tokens=3 * USED + WORST - 1)) == (
        3,
        f"45 of {3 * USED + WORST - 1:,} tokens are used, and the next request could take {WORST}:"
        " raise --max-tokens, or ask about less",
    )


def test_money_is_counted_by_the_price() -> None:
    requests, said = sent(Limits(cost=(2 * USED + WORST) / 100))
    assert requests == 3
    assert said.startswith("$0.4500 of $")


def test_money_cannot_be_limited_where_no_price_is_known() -> None:
    with pytest.raises(UsageError, match="the price of 'm' is not known, so --max-cost cannot be kept"):
        sent(Limits(cost=1), price=None)


@pytest.mark.parametrize(
    ("answer", "counted"),
    [
        (failure(503), 0),
        (httpx2.Response(200, json={"choices": []}), WORST),
        (httpx2.Response(200, json={"usage": {}}), WORST),
        (httpx2.Response(200, text="<html>"), WORST),
        (httpx2.Response(200, json={"usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 40}}), 40),
    ],
    ids=["an error", "no usage", "empty usage", "a page", "thoughts that only the total counts"],
)
def test_what_nobody_knows_stays_counted_at_its_worst(answer: httpx2.Response, counted: int) -> None:
    assert sent(Limits(tokens=counted + WORST), answer)[0] >= 2
    assert counted == 0 or sent(Limits(tokens=counted + WORST - 1), answer)[0] == 1


def test_a_request_that_was_never_answered_stays_counted_at_its_worst() -> None:
    wire = Metered(Wire([httpx2.ReadTimeout("slow"), "blue"]), limits=Limits(tokens=2 * WORST - 1), price=None, name="m")
    with httpx2.Client(transport=wire) as client:
        with pytest.raises(httpx2.ReadTimeout):
            client.post("http://x.invalid", json=BODY)
        with pytest.raises(LimitReached):
            client.post("http://x.invalid", json=BODY)


@pytest.mark.parametrize("fault", [httpx2.ConnectError("refused"), httpx2.ConnectTimeout("timed out")])
def test_a_request_that_found_no_connection_takes_a_call_and_no_tokens(fault: Exception) -> None:
    wire = Metered(Wire([fault]), limits=Limits(calls=2, tokens=WORST, cost=WORST / 100), price=cents, name="m")
    with httpx2.Client(transport=wire) as client:
        for _ in range(2):
            with pytest.raises(type(fault)):
                client.post("http://x.invalid", json=BODY)
        with pytest.raises(LimitReached, match="the limit of 2 calls is reached"):
            client.post("http://x.invalid", json=BODY)


def together(limits: Limits, workers: int, *, pause: float = 0.0) -> list[bool]:
    """Whether each of so many requests that are sent at the same time gets through."""
    start = threading.Barrier(workers)
    busy = threading.Event()

    def answer(request: httpx2.Request) -> httpx2.Response:
        busy.wait(pause)
        return completion("blue")

    def price(prompt: int, completion: int) -> float:
        threading.Event().wait(0.001)  # lets the others in between the look at the limit and the reservation
        return 0.0

    metered = Metered(httpx2.MockTransport(answer), limits=limits, price=price, name="m")
    results: list[bool] = []

    def work() -> None:
        with httpx2.Client(transport=metered) as client:
            start.wait()
            results.append(_passes(lambda: client.post("http://x.invalid", json=BODY)))

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(results)


def test_workers_together_stay_within_the_limit() -> None:
    assert together(Limits(calls=5), 8) == [False] * 3 + [True] * 5


def test_what_others_have_reserved_is_waited_for_and_not_taken_for_spent() -> None:
    assert together(Limits(tokens=8 * USED + WORST), 8, pause=0.01) == [True] * 8


@pytest.mark.parametrize(
    ("variable", "limits"),
    [
        ("SUMMARIZER_MAX_CALLS", Limits(calls=3)),
        ("SUMMARIZER_MAX_TOKENS", Limits(tokens=3)),
        ("SUMMARIZER_MAX_COST", Limits(cost=3)),
        ("SUMMARIZER_DEADLINE", Limits(seconds=3)),
    ],
)
def test_a_limit_may_stand_in_the_environment(variable: str, limits: Limits) -> None:
    assert Settings.from_environment({variable: "3"}).limits == limits


@pytest.mark.parametrize("written", ["three", "-1", "nan", "inf", "1e400"])
def test_a_limit_that_cannot_be_read_is_an_error_and_not_no_limit(written: str) -> None:
    with pytest.raises(UsageError, match=r"SUMMARIZER_MAX_COST is .*: give a number that is not negative"):
        Settings.from_environment({"SUMMARIZER_MAX_COST": written})


def test_hosted_models_have_prices_and_what_runs_here_costs_nothing() -> None:
    hosted, own = price_of(profile("openai/gpt-4o-mini")), price_of(profile("embedded/qwen2.5-coder-1.5b"))
    assert hosted is not None
    assert own is not None
    assert hosted(1_000_000, 0) == pytest.approx(0.15)
    assert own(1_000_000, 1_000_000) == 0


@pytest.mark.parametrize("made", [profile("openai/not-a-model"), profile("m", base_url="http://127.0.0.1:1/v1")])
def test_a_price_that_nobody_knows_is_none(made: object) -> None:
    assert price_of(made) is None  # type: ignore[arg-type]


def _passes(work: Callable[[], object]) -> bool:
    try:
        work()
    except LimitReached:
        return False
    return True


@pytest.mark.parametrize("usage", [{"prompt_tokens": 0, "completion_tokens": 0}, {"prompt_tokens": -1_000_000}])
def test_an_endpoint_cannot_give_budget_back(usage: dict[str, int]) -> None:
    assert sent(Limits(tokens=2 * WORST), httpx2.Response(200, json={"usage": usage}))[0] == 2


def test_a_server_that_failed_at_work_may_want_money_for_it() -> None:
    assert [sent(Limits(tokens=2 * WORST), failure(status))[0] for status in (500, 502, 504, 429, 503)] == [2, 2, 2, 100, 100]


@pytest.mark.parametrize("variable", ["SUMMARIZER_MAX_CALLS", "SUMMARIZER_MAX_TOKENS"])
def test_half_a_call_or_token_is_no_limit(variable: str) -> None:
    with pytest.raises(UsageError, match=rf"{variable} is 0\.9: give a whole number, or leave it out"):
        Settings.from_environment({variable: "0.9"})
