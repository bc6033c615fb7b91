"""What a model's answer becomes, and how many requests it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import httpx2
import pytest
from pydantic import BaseModel, PrivateAttr

from builders import BLUE, WHICH_COLOUR, Colour, Time, Wire, asked_over, completion, failure
from summarizer.briefing import Usage
from summarizer.errors import AnswerError, CassetteMiss, UsageError
from summarizer.llm.attempts import Patience
from summarizer.llm.metering import Metered
from summarizer.prompt import Message, Prompt
from summarizer.settings import Limits


def test_an_answer_is_an_instance_of_the_response_model_with_what_it_took() -> None:
    wire = Wire([BLUE])
    answer = asked_over(wire).ask(WHICH_COLOUR)
    assert answer.value == Colour(colour="blue")
    assert (answer.gap, answer.usage) == (None, Usage(calls=1, prompt_tokens=10, completion_tokens=5, cost=0.0))


def test_a_model_that_takes_a_grammar_is_sent_the_grammar_and_no_schema() -> None:
    wire = Wire([BLUE])
    asked_over(wire).ask(WHICH_COLOUR)
    assert wire.bodies == [
        {
            "model": "qwen2.5-coder-1.5b",
            "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Which colour?"}],
            "temperature": 0,
            "max_tokens": 20,
            "grammar": "start: /.*/",
        }
    ]


def test_any_other_model_is_sent_the_schema_and_no_grammar() -> None:
    wire = Wire([BLUE])
    asked_over(wire, name="openai/gpt-5").ask(WHICH_COLOUR)
    (body,) = wire.bodies
    assert body.keys() == {"model", "messages", "max_completion_tokens", "response_format"}
    assert body["response_format"] == {
        "type": "json_schema",
        "json_schema": {
            "name": "Colour",
            "schema": Colour.model_json_schema() | {"additionalProperties": False},
            "strict": True,
        },
    }


def test_a_report_that_looks_like_a_template_reaches_the_model_unchanged() -> None:
    wire = Wire([BLUE])
    text = "  {{ x }} {# gone? #} {% if %}\n"
    asked_over(wire).ask(Prompt((Message("user", text),), Colour, max_tokens=20))
    assert wire.bodies[0]["messages"] == [{"role": "user", "content": text}]


def test_an_answer_that_does_not_fit_is_asked_again_and_then_is_a_gap() -> None:
    wire = Wire(["not json"])
    answer = asked_over(wire).ask(WHICH_COLOUR)
    assert (answer.value, answer.gap, answer.usage.calls, answer.usage.reasks) == (
        None,
        "failed",
        1 + Patience().reasks,
        Patience().reasks,
    )
    assert len(wire.requests) == 1 + Patience().reasks


def test_a_reask_is_the_prompt_and_what_was_wrong_however_often_it_is_asked() -> None:
    wire = Wire(['{"color": "blue"}', '{"colour": 7}', BLUE])
    asked_over(wire, name="openai/gpt-5").ask(WHICH_COLOUR)
    wrong = "\n\nYour {} could not be used: {}. Answer again, in the form that was asked for."
    last = [cast("list[dict[str, str]]", body["messages"])[-1]["content"] for body in wire.bodies]
    assert last == [
        "Which colour?",
        "Which colour?" + wrong.format("last answer", "colour: Field required"),
        "Which colour?" + wrong.format("last 2 answers", "colour: Input should be a valid string"),
    ]
    assert {len(cast("list[object]", body["messages"])) for body in wire.bodies} == {2}


def test_a_model_that_does_not_obey_the_grammar_is_asked_by_schema() -> None:
    wire = Wire(["blue, of course", BLUE])
    assert asked_over(wire).ask(WHICH_COLOUR).value == Colour(colour="blue")
    assert ["grammar" in body for body in wire.bodies] == [True, False]
    assert "response_format" in wire.bodies[1]


def test_an_endpoint_that_cannot_read_the_grammar_is_asked_by_schema_without_a_complaint() -> None:
    wire = Wire([failure(400, message="failed to parse grammar"), BLUE])
    assert asked_over(wire).ask(WHICH_COLOUR).value == Colour(colour="blue")
    assert [body["messages"] for body in wire.bodies] == [wire.bodies[0]["messages"]] * 2
    assert "response_format" in wire.bodies[1]


def test_a_model_that_thinks_first_gets_room_for_that() -> None:
    wire = Wire([BLUE])
    asked_over(wire, name="openai/gpt-5-mini").ask(WHICH_COLOUR)
    assert wire.bodies[0]["max_completion_tokens"] == WHICH_COLOUR.max_tokens + 16_000


def test_a_model_with_free_keys_is_asked_with_its_schema_as_it_is() -> None:
    class Words(BaseModel):
        counts: dict[str, int]

    wire = Wire(['{"counts": {"a": 1}}'])
    asked_over(wire, name="openai/gpt-5").ask(Prompt((Message("user", "Count."),), Words, max_tokens=20))
    asked = cast("dict[str, dict[str, object]]", wire.bodies[0]["response_format"])["json_schema"]
    assert asked == {"name": "Words", "schema": Words.model_json_schema()}


def test_a_second_answer_that_fits_is_taken() -> None:
    wire = Wire(['{"color": "blue"}', BLUE])
    answer = asked_over(wire).ask(WHICH_COLOUR)
    assert (answer.value, answer.usage.reasks) == (Colour(colour="blue"), 1)


def test_a_cut_answer_is_never_taken_for_a_whole_one() -> None:
    wire = Wire([completion(BLUE, finish_reason="length")])
    answer = asked_over(wire).ask(WHICH_COLOUR)
    assert (answer.value, answer.gap, len(wire.requests)) == (None, "truncated", 1)


def test_a_filtered_answer_is_not_asked_again_even_when_it_parses() -> None:
    wire = Wire([completion(BLUE, finish_reason="content_filter")])
    answer = asked_over(wire).ask(WHICH_COLOUR)
    assert (answer.value, answer.gap, len(wire.requests)) == (None, "filtered", 1)


def test_a_refusal_is_not_asked_again() -> None:
    wire = Wire([completion(None, refusal="I cannot help with that.")])
    answer = asked_over(wire).ask(WHICH_COLOUR)
    assert (answer.gap, answer.reason, len(wire.requests)) == ("filtered", "the model refused: I cannot help with that.", 1)


def test_an_answer_without_choices_is_a_gap() -> None:
    wire = Wire(
        [httpx2.Response(200, json={"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": []})]
    )
    assert asked_over(wire).ask(WHICH_COLOUR).gap == "failed"


@pytest.mark.parametrize("trouble", [failure(429), failure(503), httpx2.ReadTimeout("slow"), httpx2.ConnectError("reset")])
def test_a_transient_failure_is_tried_again_and_then_answered(trouble: httpx2.Response | Exception) -> None:
    wire = Wire([trouble, trouble, BLUE])
    assert asked_over(wire).ask(WHICH_COLOUR).value == Colour(colour="blue")
    assert len(wire.requests) == 3


def test_an_endpoint_is_not_asked_again_before_it_wants_to_be() -> None:
    time = Time()
    asked_over(Wire([failure(429, retry_after="7"), BLUE]), time=time).ask(WHICH_COLOUR)
    assert time.pauses == [7.0]


def test_an_endpoint_that_wants_to_be_left_alone_for_longer_than_we_wait_is_given_up_at_once() -> None:
    wire = Wire([failure(429, retry_after="90")])
    with pytest.raises(AnswerError, match="answered 429"):
        asked_over(wire).ask(WHICH_COLOUR)
    assert len(wire.requests) == 1


def test_a_failure_that_does_not_pass_ends_after_the_attempts_are_used_up() -> None:
    wire = Wire([failure(503)])
    with pytest.raises(AnswerError, match="answered 503"):
        asked_over(wire).ask(WHICH_COLOUR)
    assert len(wire.requests) == Patience().attempts


@pytest.mark.parametrize("fault", [httpx2.ConnectError("refused"), httpx2.ConnectTimeout("timed out")])
def test_an_endpoint_that_cannot_be_reached_ends_as_such_and_not_at_a_limit_of_tokens(fault: Exception) -> None:
    wire = Wire([fault])
    room_for_one = Metered(wire, limits=Limits(tokens=400), price=None, name="m")
    with pytest.raises(AnswerError, match=r"cannot be reached \(\w+.*\): check --base-url and the network"):
        asked_over(room_for_one).ask(WHICH_COLOUR)
    assert len(wire.requests) == Patience().attempts


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (failure(401), r"refused the key: check OPENAI_API_KEY \(no\)"),
        (failure(403), "refused the key"),
        (failure(404), "answered 404: check the model's name and --base-url"),
        (failure(400, message="no such field"), "answered 400"),
        (failure(429, code="insufficient_quota"), "quota .* is used up"),
    ],
)
def test_a_permanent_failure_ends_after_one_request_and_says_what_to_do(answer: httpx2.Response, message: str) -> None:
    wire = Wire([answer])
    with pytest.raises(AnswerError, match=message):
        asked_over(wire, name="openai/gpt-5").ask(WHICH_COLOUR)
    assert len(wire.requests) == 1


def test_an_error_of_our_own_below_the_client_comes_through_as_it_is() -> None:
    wire = Wire([CassetteMiss("nothing recorded")])
    with pytest.raises(CassetteMiss, match="nothing recorded"):
        asked_over(wire).ask(WHICH_COLOUR)
    assert len(wire.requests) == 1


def test_nothing_of_the_environment_but_the_key_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, "canary")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Mine: canary")
    wire = Wire([BLUE])
    asked_over(wire).ask(WHICH_COLOUR)
    (request,) = wire.requests
    assert "canary" not in str(request.headers.multi_items())
    assert request.headers["authorization"] == "Bearer k"


def test_a_passage_that_is_too_long_for_the_model_is_a_gap() -> None:
    answer = asked_over(Wire([failure(400, code="context_length_exceeded")])).ask(WHICH_COLOUR)
    assert (answer.gap, answer.reason) == ("truncated", "the passage is too long for the model")


def test_a_key_that_an_endpoint_echoes_is_not_repeated() -> None:
    with pytest.raises(AnswerError) as failed:
        asked_over(Wire([failure(400, message="bad header Bearer abc-canary and sk-canary")])).ask(WHICH_COLOUR)
    assert "canary" not in str(failed.value)


def test_what_fails_below_the_client_for_another_reason_is_not_tried_again() -> None:
    wire = Wire([RuntimeError("out of memory")])
    with pytest.raises(AnswerError, match=r"failed \(out of memory\)"):
        asked_over(wire).ask(WHICH_COLOUR)
    assert len(wire.requests) == 1


def test_what_a_hosted_answer_costs_is_counted_and_what_is_not_known_is_not_made_up() -> None:
    priced, unpriced = (
        asked_over(Wire([BLUE]), name=name).ask(WHICH_COLOUR).usage for name in ("openai/gpt-5", "openai/unheard-of")
    )
    assert priced.cost == pytest.approx(10 * 1.25e-6 + 5 * 10e-6)
    assert unpriced.cost is None


def test_nothing_of_instructors_log_reaches_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AnswerError):
        asked_over(Wire([failure(401)])).ask(WHICH_COLOUR)
    assert capfd.readouterr().err == ""


def test_a_key_that_the_environment_slips_in_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer canary\nUser-Agent: canary\nContent-Type: canary")
    wire = Wire([BLUE])
    asked_over(wire, name="m", base_url="http://x.invalid/v1").ask(WHICH_COLOUR)
    (request,) = wire.requests
    assert "canary" not in str(request.headers.multi_items())
    assert request.headers["authorization"] == "Bearer k"


def test_an_attempt_is_no_reask() -> None:
    cut = httpx2.Response(200, content=completion(BLUE).content[:-9])
    usage = asked_over(Wire([cut, BLUE])).ask(WHICH_COLOUR).usage
    assert (usage.calls, usage.reasks) == (2, 0)


def test_the_word_grammar_in_an_error_means_something_only_where_one_was_sent() -> None:
    wire = Wire([failure(400, message="The compiled grammar is too large")])
    with pytest.raises(AnswerError, match="answered 400"):
        asked_over(wire, name="m", base_url="http://x.invalid/v1").ask(WHICH_COLOUR)
    assert len(wire.requests) == 1


def test_an_endpoint_that_refused_a_grammar_is_not_sent_another() -> None:
    wire = Wire([failure(500, message="failed to parse grammar"), BLUE])
    model = asked_over(wire)
    answers = [model.ask(WHICH_COLOUR) for _ in range(3)]
    assert [answer.value for answer in answers] == [Colour(colour="blue")] * 3
    assert ["grammar" in body for body in wire.bodies] == [True, False, False, False]
    assert [answer.usage.reasks for answer in answers] == [0, 0, 0]


def test_a_long_error_is_read_in_no_time_and_shown_in_one_line() -> None:
    with pytest.raises(AnswerError) as failed:
        asked_over(Wire([failure(400, message="a1-" * 200_000)])).ask(WHICH_COLOUR)
    assert len(str(failed.value)) < 500


def test_an_error_is_understood_by_what_it_says_before_keys_are_taken_out() -> None:
    late = f"{'gateway ' * 40}: maximum context length is 8192 tokens"
    assert asked_over(Wire([failure(400, message=late)])).ask(WHICH_COLOUR).gap == "truncated"
    with pytest.raises(AnswerError, match="refused the key"):
        asked_over(Wire([failure(400, message="invalid api_key=sk-0123456789")])).ask(WHICH_COLOUR)


CALL = {"id": "1", "type": "function", "function": {"name": "Colour", "arguments": BLUE}}


@pytest.mark.parametrize("calls", [5, True, [None], [{}], [{"function": None}], {"a": 1}, [CALL, CALL], "x"])
def test_a_function_that_is_called_in_no_proper_way_is_asked_for_again(calls: object) -> None:
    message = {"role": "assistant", "content": None, "tool_calls": calls}
    bad = httpx2.Response(200, json={"choices": [{"finish_reason": "tool_calls", "index": 0, "message": message}]})
    wire = Wire([bad])
    answer = asked_over(wire, name="anthropic/claude-sonnet-5").ask(WHICH_COLOUR)
    assert (answer.gap, len(wire.requests)) == ("failed", 1 + Patience().reasks)


@pytest.mark.parametrize("count", ["1e999", "-5", '"many"', "null", "[]"])
def test_tokens_that_cannot_be_counted_are_not_known(count: str) -> None:
    body = completion(BLUE).content.replace(b'"prompt_tokens":10', b'"prompt_tokens":' + count.encode())
    usage = asked_over(Wire([httpx2.Response(200, content=body)])).ask(WHICH_COLOUR).usage
    assert (usage.calls, usage.prompt_tokens) == (1, 0)


def test_a_value_is_of_the_very_class_and_made_once() -> None:
    class Made(BaseModel):
        colour: str
        _told: list[str] = PrivateAttr(default_factory=list)

        def model_post_init(self, context: object) -> None:
            self._told.append("made")

        def told(self) -> list[str]:
            return self._told

    value = asked_over(Wire([BLUE])).ask(Prompt((Message("user", "?"),), Made, max_tokens=20)).value
    assert value is not None
    assert (type(value), value.told(), value.model_dump()) == (Made, ["made"], {"colour": "blue"})


def test_a_response_model_without_a_schema_is_wrong_usage() -> None:
    class Odd(BaseModel):
        call: Callable[[], None]

    with pytest.raises(UsageError, match="'Odd' cannot be asked for, since it has no JSON Schema"):
        asked_over(Wire([BLUE])).ask(Prompt((Message("user", "?"),), Odd, max_tokens=20))


def test_a_test_that_guards_the_network_is_heard() -> None:
    with pytest.raises(AssertionError, match="reached"):
        asked_over(Wire([AssertionError("reached for the network")])).ask(WHICH_COLOUR)
