"""Recording, replay and the cache, at the transport."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2
import pytest
from pydantic import BaseModel

from builders import Wire, asked_over, completion, failure
from summarizer.errors import AnswerError, CassetteMiss, OutputError
from summarizer.llm.asking import Answer, Model
from summarizer.llm.cassette import Cassette, Exchange, Keeping, Replaying, request_key
from summarizer.prompt import Message, Prompt

BLUE = '{"colour": "blue"}'


class Colour(BaseModel):
    colour: str


class Shade(BaseModel):
    colour: str
    tone: str = "plain"


def prompt(text: str = "Which colour?\nOne word.", model: type[BaseModel] = Colour) -> Prompt[BaseModel]:
    return Prompt((Message("user", text),), model, max_tokens=20)


def recording(folder: Path, wire: Wire, *, name: str = "openai/gpt-5") -> Model:
    return asked_over(Keeping(wire, Cassette(folder), reuse=False), name=name)


def replaying(folder: Path, *, name: str = "openai/gpt-5") -> Model:
    return asked_over(Replaying(Cassette(folder)), name=name)


def test_what_was_recorded_is_replayed_without_the_wire(tmp_path: Path) -> None:
    live = recording(tmp_path, Wire([BLUE])).ask(prompt())
    played = replaying(tmp_path).ask(prompt())
    assert _dump(played) == _dump(live) == {"colour": "blue"}
    assert (live.cached, played.cached, played.usage.cost) == (False, True, 0.0)


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        (prompt("Which colour?\nOne word!"), "openai/gpt-5"),
        (prompt(model=Shade), "openai/gpt-5"),
        (prompt(), "openai/gpt-6"),
        (prompt(), "embedded/qwen2.5-coder-1.5b"),
    ],
    ids=["prompt", "schema", "model", "endpoint"],
)
def test_a_changed_request_is_a_miss(tmp_path: Path, changed: Prompt[BaseModel], name: str) -> None:
    recording(tmp_path, Wire([BLUE])).ask(prompt())
    with pytest.raises(CassetteMiss, match="Record it again with --record"):
        replaying(tmp_path, name=name).ask(changed)


def test_an_exchange_is_a_file_that_a_person_can_read(tmp_path: Path) -> None:
    recording(tmp_path, Wire([BLUE])).ask(prompt())
    (path,) = Cassette(tmp_path)
    record = json.loads(path.read_text())
    assert record["origin"]["kind"] == "recorded"
    assert record["url"] == "https://api.openai.com/v1/chat/completions"
    assert record["request"]["messages"] == [{"role": "user", "content": {"\n": ["Which colour?", "One word."]}}]
    assert record["answer"]["choices"][0]["message"]["content"] == BLUE


def test_no_key_enters_an_exchange(tmp_path: Path) -> None:
    canary = "sk-canary-5107"
    wire = Keeping(Wire([BLUE]), Cassette(tmp_path), reuse=False)
    with httpx2.Client(transport=wire) as client:
        client.post("https://example.invalid/v1?key=" + canary, json={"a": 1}, headers={"authorization": f"Bearer {canary}"})
    (path,) = Cassette(tmp_path)
    assert canary not in path.read_text()


def test_a_kept_answer_is_not_asked_for_again(tmp_path: Path) -> None:
    wire = Wire([BLUE])
    cached = asked_over(Keeping(wire, Cassette(tmp_path), reuse=True))
    first, second = cached.ask(prompt()), cached.ask(prompt())
    assert (_dump(first), first.cached) == (_dump(second), not second.cached)
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [completion(BLUE, finish_reason="length"), completion(None, refusal="no"), httpx2.Response(200, json={"hello": 1})],
    ids=["cut", "refused", "no completion"],
)
def test_an_answer_that_is_not_whole_is_asked_for_again(tmp_path: Path, answer: httpx2.Response) -> None:
    cached = asked_over(Keeping(Wire([answer, BLUE]), Cassette(tmp_path), reuse=True))
    assert cached.ask(prompt()).gap is not None
    assert _dump(cached.ask(prompt())) == {"colour": "blue"}


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a": NaN}', '{"url": 1}'])
def test_a_cassette_that_somebody_broke_is_a_miss(tmp_path: Path, content: str) -> None:
    recording(tmp_path, Wire([BLUE])).ask(prompt())
    (path,) = Cassette(tmp_path)
    path.write_text(content)
    with pytest.raises(CassetteMiss):
        replaying(tmp_path).ask(prompt())


def test_an_answer_with_half_a_character_is_kept_without_litter(tmp_path: Path) -> None:
    broken = httpx2.Response(200, content=completion(BLUE).content.replace(b"blue", b"\\ud800"))
    wire = Wire([broken])
    recording(tmp_path, wire).ask(prompt())
    assert {path.suffix for path in tmp_path.iterdir()} == {".json"}
    assert len(wire.requests) == 3


def test_a_recording_made_from_the_cache_keeps_the_day_of_the_answer(tmp_path: Path) -> None:
    cache, tape = Cassette(tmp_path / "cache"), Cassette(tmp_path / "tape")
    stack = Keeping(Keeping(Wire([BLUE]), cache, reuse=True), tape, reuse=False)
    asked_over(stack).ask(prompt())
    (path,) = cache
    path.write_text(path.read_text().replace(json.loads(path.read_text())["origin"]["date"], "2020-02-02"))
    asked_over(stack).ask(prompt())
    (copy,) = tape
    assert json.loads(copy.read_text())["origin"] == {"kind": "recorded", "date": "2020-02-02"}


def test_an_error_is_not_kept(tmp_path: Path) -> None:
    model = recording(tmp_path, Wire([failure(400)]))
    with pytest.raises(Exception, match="answered 400"):
        model.ask(prompt())
    assert list(Cassette(tmp_path)) == []


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"answers cannot be kept in '.*file/tape'"):
        recording(tmp_path / "file" / "tape", Wire([BLUE])).ask(prompt())


def test_a_gateways_page_is_not_kept(tmp_path: Path) -> None:
    wire = Wire([httpx2.Response(200, text="<html>")])
    with pytest.raises(AnswerError, match="a web page"):
        recording(tmp_path, wire).ask(prompt())
    assert list(Cassette(tmp_path)) == []


def test_a_damaged_file_is_asked_anew(tmp_path: Path) -> None:
    wire = Wire([BLUE])
    cached = asked_over(Keeping(wire, Cassette(tmp_path), reuse=True))
    cached.ask(prompt())
    (path,) = Cassette(tmp_path)
    path.write_text(path.read_text()[:100])
    assert cached.ask(prompt()).cached is False
    assert len(wire.requests) == 2


def test_every_text_comes_back_as_it_was(tmp_path: Path) -> None:
    body = {"a": "one\ntwo\n", "b": ["", "\n", "ü\u2028\U0001f600"], "c": {"d": None, "e": [1.5, True]}}
    request = httpx2.Request("POST", "https://example.invalid/x", json=body)
    exchange = Exchange.of(request, httpx2.Response(200, json={"said": body}))
    Cassette(tmp_path).keep(request_key(request), exchange)
    assert Cassette(tmp_path).find(request_key(request)) == exchange


def _dump(answer: Answer[BaseModel]) -> dict[str, str] | None:
    return answer.value.model_dump() if answer.value else None
