"""What a model does with one tiny question, and what the user is told of it."""

from __future__ import annotations

import json

import httpx2
import llguidance
import pytest

from builders import Answer, Wire, asked_over, failure
from summarizer.briefing import Usage
from summarizer.cli import program, run
from summarizer.errors import AnswerError
from summarizer.llm.checking import BY_GRAMMAR, Check, Trial, check
from summarizer.llm.embedded.serving import serving
from summarizer.llm.profiles import profile

LOCAL = "http://127.0.0.1:8080/v1"
COLOUR, ODD, PLAIN = '{"colour": "green"}', '{"word":"zwillow"}', '{"word": "green"}'
IGNORED = "The schema is ignored: "
BY_SCHEMA_INSTEAD = "The grammar is not obeyed: strategy passage will ask by schema instead"


def checked(wire: Wire, *, name: str = "llamacpp/m") -> Check:
    """What is found of a model that gives these answers, the first after two seconds, the second after half of one."""
    return check(asked_over(wire, name=name, base_url=LOCAL), clock=iter([10.0, 12.0, 20.0, 20.5]).__next__)


def test_a_model_that_obeys_both_works_and_its_speed_is_that_of_the_second_answer() -> None:
    wire = Wire([COLOUR, ODD])
    found = checked(wire)
    used = Usage(calls=1, prompt_tokens=10, completion_tokens=5, cost=found.schema.usage.cost)
    assert found == Check(
        profile("llamacpp/m", base_url=LOCAL), schema=Trial(True, "", 2.0, used), grammar=Trial(True, "", 0.5, used)
    )
    assert (found.works, found.latency, found.tokens_per_second) == (True, 0.5, 10.0)
    assert (found.usage.calls, found.usage.prompt_tokens, found.usage.completion_tokens) == (2, 20, 10)
    assert [("response_format" in body, "grammar" in body) for body in wire.bodies] == [(True, False), (False, True)]


def test_a_model_whose_profile_takes_no_grammar_is_asked_once() -> None:
    wire = Wire([COLOUR])
    found = checked(wire, name="m")
    assert (found.works, found.grammar, found.latency, len(wire.requests)) == (True, None, 2.0, 1)


def test_a_schema_that_is_ignored_is_found_out() -> None:
    found = checked(Wire(["Green."]), name="m")
    assert (found.works, found.schema.obeyed) == (False, False)
    assert found.schema.reason
    assert [said.startswith(IGNORED) for said in found.consequences] == [True]


def test_a_form_that_comes_only_when_asked_again_is_not_obeyed() -> None:
    found = checked(Wire(["Green.", COLOUR]), name="m")
    assert (found.schema.obeyed, found.schema.reason) == (False, "the first answer did not fit")


@pytest.mark.parametrize("answer", [PLAIN, "Green.", failure(400, message="unknown field: grammar")])
def test_a_grammar_that_is_not_obeyed_is_found_out_and_the_rest_still_told(answer: Answer) -> None:
    found = checked(Wire([COLOUR, answer]))
    assert (found.works, found.schema.obeyed, found.grammar and found.grammar.obeyed) == (False, True, False)
    assert [said.startswith(BY_SCHEMA_INSTEAD) for said in found.consequences] == [True]


def test_a_model_that_cannot_be_asked_is_an_error() -> None:
    with pytest.raises(AnswerError, match="refused the key"):
        checked(Wire([failure(401)]))


def test_an_endpoint_that_tells_no_tokens_has_no_speed() -> None:
    message = {"role": "assistant", "content": COLOUR}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    answer = {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
    assert checked(Wire([httpx2.Response(200, json=answer)]), name="m").tokens_per_second == 0.0


def test_the_grammar_is_one_that_can_be_read_and_admits_the_odd_word_alone() -> None:
    tokenizer = llguidance.LLTokenizer("byte")
    assert BY_GRAMMAR.grammar is not None
    for sentence, admitted in ((ODD, True), (PLAIN, False)):
        matcher = llguidance.LLMatcher(tokenizer, BY_GRAMMAR.grammar)
        tokens = tokenizer.tokenize_bytes(sentence.encode())
        assert not matcher.is_error()
        assert (matcher.try_consume_tokens(tokens) == len(tokens)) is admitted


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("answers", "status", "schema", "grammar", "consequences"),
    [
        ((COLOUR, ODD), 0, "obeyed", "obeyed", []),
        ((COLOUR, PLAIN), 1, "obeyed", "not obeyed: the answer is another", [BY_SCHEMA_INSTEAD]),
    ],
)
def test_the_command_prints_what_works_and_what_follows_from_what_does_not(
    answers: tuple[str, ...],
    status: int,
    schema: str,
    grammar: str,
    consequences: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "k")
    wire = Wire(answers)
    with serving(wire, model="m", key="k") as server:
        for _ in range(2):  # the second time too: nothing comes from the cache
            wire.requests.clear()
            assert run(program, "summarizer", ["model", "check", "llamacpp/m", "--base-url", server.url]) == status
            assert len(wire.requests) == 2
            lines = capsys.readouterr().out.splitlines()
    rows = dict(line.split(maxsplit=1) for line in lines[:8])
    assert {name: rows[name] for name in rows if name not in ("latency", "speed")} == {
        "model": "llamacpp/m",
        "endpoint": server.url,
        "reachable": "yes",
        "schema": schema,
        "grammar": grammar,
        "tokens": "20 in 2 requests, 10 in answers",
    }
    assert [line[:70] for line in lines[8:] if line] == [said[:70] for said in consequences]


@pytest.mark.loopback
def test_a_model_that_cannot_be_asked_is_one_line_and_status_4(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Wire([COLOUR]), model="m", key="k") as server:
        assert run(program, "summarizer", ["model", "check", "m", "--base-url", server.url]) == 4
    printed = capsys.readouterr()
    assert (printed.out, len(printed.err.splitlines())) == ("", 1)
    assert "check SUMMARIZER_API_KEY" in printed.err


def test_an_unknown_model_is_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program, "summarizer", ["model", "check", "gpt-5"]) == 2
    assert "no model is called 'gpt-5'" in capsys.readouterr().err


def test_the_question_does_not_give_the_odd_word_away() -> None:
    assert "zwillow" not in json.dumps([message.content for message in BY_GRAMMAR.messages])
