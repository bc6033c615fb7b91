"""Recording, replay and the cache, at the transport."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
from pydantic import BaseModel

from builders import BLUE, Colour, Wire, asked_over, completion, failure
from builders import Answer as Said
from summarizer.errors import AnswerError, CassetteMiss, OutputError
from summarizer.llm.asking import Answer, Model
from summarizer.llm.cassette import (
    Authored,
    Caching,
    Cassette,
    Exchange,
    InFolder,
    Noting,
    Question,
    Recorded,
    Recording,
    RecordingMissing,
    Replaying,
)
from summarizer.prompt import Message, Prompt
from summarizer.version import __version__


class Shade(BaseModel):
    colour: str
    tone: str = "plain"


def prompt(text: str = "Which colour?\nOne word.", model: type[BaseModel] = Colour) -> Prompt[BaseModel]:
    return Prompt((Message("user", text),), model, max_tokens=20)


def recording(folder: Path, *answers: Said, name: str = "openai/gpt-5") -> Model:
    return asked_over(Recording(Wire(answers), Cassette(folder), endpoint="openai"), name=name)


def replaying(folder: Path, *, name: str = "openai/gpt-5") -> Model:
    return asked_over(Replaying(Cassette(folder)), name=name)


def caching(folder: Path, wire: httpx2.BaseTransport) -> Model:
    return asked_over(Caching(wire, InFolder(Cassette(folder)), endpoint="other"))


def adding(folder: Path, wire: httpx2.BaseTransport) -> Model:
    return asked_over(RecordingMissing(wire, Cassette(folder), endpoint="other"))


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"))


def edited(path: Path, edit: Callable[[Any], object]) -> None:
    """Change the JSON of a file, as a person would."""
    record = json.loads(path.read_text())
    edit(record)
    path.write_text(json.dumps(record))


def test_what_was_recorded_is_replayed_without_the_wire(tmp_path: Path) -> None:
    live = recording(tmp_path, BLUE).ask(prompt())
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
    ids=["one character of the prompt", "one field of the schema", "the model", "the endpoint"],
)
def test_a_changed_request_is_a_miss(tmp_path: Path, changed: Prompt[BaseModel], name: str) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    with pytest.raises(CassetteMiss, match="Record it again with --record"):
        replaying(tmp_path, name=name).ask(changed)


def test_an_exchange_is_a_file_that_a_person_can_read(tmp_path: Path) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    (path,) = files(tmp_path)
    record = json.loads(path.read_text())
    date = record["origin"].pop("date")
    assert len(date) == len("2026-01-01")
    assert record["origin"] == {"kind": "recorded", "model": "gpt-5", "endpoint": "openai", "version": __version__}
    assert (record["request"]["method"], record["request"]["url"]) == ("POST", "https://api.openai.com/v1/chat/completions")
    assert record["request"]["body"]["messages"] == [{"role": "user", "content": {"\n": ["Which colour?", "One word."]}}]
    assert record["answer"]["body"]["choices"][0]["message"]["content"] == BLUE
    assert (record["answer"]["status"], record["answer"]["headers"]) == (200, {"content-type": "application/json"})


def test_the_same_exchange_is_the_same_bytes_with_its_keys_in_order(tmp_path: Path) -> None:
    request = httpx2.Request("POST", "https://example.invalid/x", json={"b": 1, "a": 2})
    answers = [httpx2.Response(200, json={"d": 1, "c": 2}), httpx2.Response(200, json={"c": 2, "d": 1})]
    one, other = (Exchange.of(Question.of(request), answer, endpoint="other").to_bytes() for answer in answers)
    assert one == other
    assert one.index(b'"answer"') < one.index(b'"c"') < one.index(b'"d"') < one.index(b'"origin"') < one.index(b'"request"')


def test_a_compressed_answer_is_kept_as_the_json_that_it_is(tmp_path: Path) -> None:
    packed = httpx2.Response(200, content=gzip.compress(completion(BLUE).content), headers={"content-encoding": "gzip"})
    recording(tmp_path, packed).ask(prompt())
    (path,) = files(tmp_path)
    assert json.loads(path.read_text())["answer"]["body"] == completion(BLUE).json()
    assert _dump(replaying(tmp_path).ask(prompt())) == {"colour": "blue"}


def test_embeddings_are_recorded_and_replayed(tmp_path: Path) -> None:
    answer = {
        "object": "list",
        "model": "text-embedding-3-small",
        "data": [{"object": "embedding", "index": 0, "embedding": [0.1, -2.5e-05]}],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    }
    tape = Cassette(tmp_path)
    live = _embedding(Recording(httpx2.MockTransport(lambda _: httpx2.Response(200, json=answer)), tape, endpoint="other"))
    assert live == _embedding(Replaying(tape)) == [0.1, -2.5e-05]


def test_a_kept_answer_is_not_asked_for_again(tmp_path: Path) -> None:
    wire = Wire([BLUE])
    cached = caching(tmp_path, wire)
    first, second = cached.ask(prompt()), cached.ask(prompt())
    assert (_dump(first), first.cached) == (_dump(second), not second.cached)
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [completion(BLUE, finish_reason="length"), completion(None, refusal="no"), httpx2.Response(200, json={"hello": 1})],
    ids=["cut", "refused", "no completion"],
)
def test_an_answer_that_is_not_whole_is_asked_for_again(tmp_path: Path, answer: httpx2.Response) -> None:
    cached = caching(tmp_path, Wire([answer, BLUE]))
    assert cached.ask(prompt()).gap is not None
    assert _dump(cached.ask(prompt())) == {"colour": "blue"}


RATHER_NOT = "I would rather not."


def test_answers_none_of_which_fits_are_asked_for_again_in_the_next_run(tmp_path: Path) -> None:
    assert caching(tmp_path, Wire([RATHER_NOT])).ask(prompt()).gap == "failed"
    wire = Wire([BLUE])
    answer = caching(tmp_path, wire).ask(prompt())
    assert (_dump(answer), len(wire.requests)) == ({"colour": "blue"}, 1)


def test_an_answer_at_hand_that_no_longer_fits_is_forgotten_too(tmp_path: Path) -> None:
    misfits = Wire([RATHER_NOT])
    for _ in range(3):
        assert caching(tmp_path, misfits).ask(prompt()).gap == "failed"
    assert len(misfits.requests) == 3 * 3


def test_an_answer_that_was_mended_by_asking_again_is_kept_with_what_mended_it(tmp_path: Path) -> None:
    caching(tmp_path, Wire([RATHER_NOT, BLUE])).ask(prompt())
    wire = Wire([BLUE])
    answer = caching(tmp_path, wire).ask(prompt())
    assert (_dump(answer), answer.usage.reasks, wire.requests) == ({"colour": "blue"}, 1, [])


def test_a_recording_keeps_the_answers_that_did_not_fit(tmp_path: Path) -> None:
    stack = Recording(
        Caching(Wire([RATHER_NOT]), InFolder(Cassette(tmp_path / "c")), endpoint="other"), Cassette(tmp_path), endpoint="other"
    )
    live = asked_over(stack).ask(prompt())
    played = asked_over(Replaying(Cassette(tmp_path))).ask(prompt())
    assert (played.gap, played.reason, played.usage.calls) == (live.gap, live.reason, 3)


def test_what_a_folder_holds_is_played_back_and_what_it_does_not_is_added(tmp_path: Path) -> None:
    recording(tmp_path, BLUE, name="embedded/qwen2.5-coder-1.5b").ask(prompt())
    wire = Wire(['{"colour": "red"}'])
    model = adding(tmp_path, wire)
    assert [_dump(model.ask(each)) for each in (prompt(), prompt("And now?"))] == [{"colour": "blue"}, {"colour": "red"}]
    assert (len(wire.requests), len(files(tmp_path))) == (1, 2)
    assert adding(tmp_path, Wire([failure(400)])).ask(prompt("And now?")).cached


@pytest.mark.parametrize("through", [caching, adding])
def test_a_question_that_two_threads_ask_at_the_same_time_is_sent_once(
    tmp_path: Path, through: Callable[[Path, httpx2.BaseTransport], Model]
) -> None:
    both_inside = threading.Barrier(2)
    sent: list[httpx2.Request] = []

    def respond(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        try:
            both_inside.wait(0.2)  # the second, if it is let through, comes while the first is still unanswered
        except threading.BrokenBarrierError:
            return completion(BLUE)
        return completion(BLUE)

    model = through(tmp_path, httpx2.MockTransport(respond))
    answers: list[Answer[BaseModel]] = []
    threads = [threading.Thread(target=lambda: answers.append(model.ask(prompt()))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [_dump(answer) for answer in answers] == [{"colour": "blue"}] * 2
    assert (len(sent), sorted(answer.cached for answer in answers)) == (1, [False, True])


@pytest.mark.parametrize("is_cache", [True, False])
def test_who_waits_for_the_answer_to_another_waits_no_longer_than_for_one_of_his_own(tmp_path: Path, is_cache: bool) -> None:
    asked, over = threading.Event(), threading.Event()

    def respond(_: httpx2.Request) -> httpx2.Response:
        asked.set()
        over.wait(10)
        return completion(BLUE)

    inner, tape = httpx2.MockTransport(respond), Cassette(tmp_path)
    wire = Caching(inner, InFolder(tape), endpoint="o") if is_cache else RecordingMissing(inner, tape, endpoint="o")
    with httpx2.Client(transport=wire) as client:
        other = threading.Thread(target=lambda: client.post("https://example.invalid/v1", json={}, timeout=None))
        other.start()
        asked.wait()
        with pytest.raises(httpx2.ReadTimeout):
            client.post("https://example.invalid/v1", json={}, timeout=0.05)
        over.set()
        other.join()


DEEP = (
    '{"origin": {"kind": "authored", "reason": "x"}, "answer": {"body": 1, "headers": {}, "status": 200},'
    ' "request": {"method": "POST", "url": "u", "body": %s%s}}'
)


@pytest.mark.parametrize(
    "content", [DEEP % ("[" * 700, "]" * 700), "[" * 100_000, '{"a": NaN}', '{"url": 1}', "[]", "", "\ud800"]
)
def test_a_damaged_file_is_named_and_never_played_back(tmp_path: Path, content: str) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    (path,) = files(tmp_path)
    path.write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(CassetteMiss, match=f"{path.name}' cannot be played back: it is not a whole exchange"):
        replaying(tmp_path).ask(prompt())


@pytest.mark.parametrize(
    ("origin", "wrong"),
    [
        (None, "it does not say whether it was recorded or authored"),
        ({"kind": "dreamt"}, "it does not say whether it was recorded or authored"),
        ({"kind": "recorded", "date": "2026-01-01"}, "it does not say whether it was recorded or authored"),
        ({"kind": "authored"}, 'it was authored and gives no "reason"'),
        ({"kind": "authored", "reason": " "}, 'it was authored and gives no "reason"'),
    ],
)
@pytest.mark.parametrize("through", [Replaying, lambda tape: RecordingMissing(Wire([BLUE]), tape, endpoint="other")])
def test_an_answer_of_which_nobody_says_how_it_came_to_be_is_not_played_back(
    tmp_path: Path, origin: object, wrong: str, through: Callable[[Cassette], httpx2.BaseTransport]
) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    (path,) = files(tmp_path)
    edited(path, lambda record: record.update(origin=origin))
    with pytest.raises(CassetteMiss, match=rf"{path.name}' cannot be played back: {wrong}\. Mend it"):
        asked_over(through(Cassette(tmp_path)), name="openai/gpt-5").ask(prompt())


def test_an_answer_that_a_person_wrote_for_a_reason_is_played_back(tmp_path: Path) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    (path,) = files(tmp_path)
    edited(path, lambda record: record.update(origin={"kind": "authored", "reason": "no model says green"}))
    edited(path, lambda record: record["answer"]["body"]["choices"][0]["message"].update(content='{"colour": "green"}'))
    assert _dump(replaying(tmp_path).ask(prompt())) == {"colour": "green"}


def test_a_request_that_was_edited_by_hand_is_not_played_back(tmp_path: Path) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    (path,) = files(tmp_path)
    edited(path, lambda record: record["request"]["body"].update(model="gpt-4"))
    with pytest.raises(CassetteMiss, match="its request was edited by hand"):
        replaying(tmp_path).ask(prompt())


def test_an_answer_with_half_a_character_is_kept_without_litter(tmp_path: Path) -> None:
    broken = httpx2.Response(200, content=completion(BLUE).content.replace(b"blue", b"\\ud800"))
    recording(tmp_path, broken).ask(prompt())
    assert {path.suffix for path in tmp_path.iterdir()} == {".json"}
    assert replaying(tmp_path).ask(prompt()).cached


def test_a_recording_made_from_the_cache_keeps_the_origin_of_the_answer(tmp_path: Path) -> None:
    cache, tape = Cassette(tmp_path / "cache"), Cassette(tmp_path / "tape")
    stack = Recording(Caching(Wire([BLUE]), InFolder(cache), endpoint="openai"), tape, endpoint="openai")
    asked_over(stack).ask(prompt())
    (path,) = files(tmp_path / "cache")
    edited(path, lambda record: record["origin"].update(date="2020-02-02", version="0.0.9"))
    asked_over(stack).ask(prompt())
    ((_, copy),) = tape.entries()
    assert isinstance(copy, Exchange)
    assert copy.origin == Recorded("qwen2.5-coder-1.5b", "openai", "2020-02-02", "0.0.9")


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(200, json={"error": {"message": "overloaded"}}),
        httpx2.Response(200, json={"choices": [{"error": {"message": "overloaded"}}]}),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, content=b'{"a": NaN}'),
        httpx2.Response(200, content=b'{"a": 1e999}'),
        failure(400),
    ],
    ids=["error with 200", "error in a choice", "web page", "not JSON", "not a number", "error"],
)
def test_what_is_no_answer_is_not_kept(tmp_path: Path, answer: httpx2.Response) -> None:
    recorder = Recording(httpx2.MockTransport(lambda _: answer), Cassette(tmp_path), endpoint="other")
    with httpx2.Client(transport=recorder) as client:
        assert client.post("https://example.invalid/v1", json={}).status_code == answer.status_code
    assert files(tmp_path) == []


TOO_LONG = "This model's maximum context length is 8192 tokens."
REFUSALS = [
    failure(400, code="content_filter"),
    failure(400, message="The response was filtered by the content management policy."),
    failure(403, message="Your input was flagged."),
    failure(400, message=TOO_LONG),
    failure(422, code="context_length_exceeded"),
    failure(500, message="the request exceeds the available context size"),
    httpx2.Response(413, text="<html>Request Entity Too Large</html>"),
    httpx2.Response(400, json={"detail": TOO_LONG}),
    httpx2.Response(400, json=[{"error": {"message": TOO_LONG, "code": 400}}]),
]
THROUGH: list[Callable[[httpx2.BaseTransport, Cassette], httpx2.BaseTransport]] = [
    lambda inner, tape: Recording(inner, tape, endpoint="other"),
    lambda inner, tape: RecordingMissing(inner, tape, endpoint="other"),
]


@pytest.mark.parametrize("through", THROUGH, ids=["record", "record-missing"])
@pytest.mark.parametrize("refused", REFUSALS, ids=lambda refused: f"{refused.status_code} {refused.text[:60]}")
def test_a_request_that_was_refused_leaves_the_same_gap_when_it_is_replayed(
    tmp_path: Path, refused: httpx2.Response, through: Callable[[httpx2.BaseTransport, Cassette], httpx2.BaseTransport]
) -> None:
    live = asked_over(through(Wire([refused]), Cassette(tmp_path))).ask(prompt())
    played = asked_over(Replaying(Cassette(tmp_path))).ask(prompt())
    assert live.gap in ("filtered", "truncated")
    assert (played.gap, played.reason, played.usage.calls) == (live.gap, live.reason, live.usage.calls)
    assert [type(entry) for _, entry in Cassette(tmp_path).entries()] == [Exchange]


def test_a_grammar_that_was_refused_is_refused_when_it_is_replayed_and_the_schema_is_asked_for_again(tmp_path: Path) -> None:
    asked = replace(prompt(), grammar="start: /x/")
    live = recording(tmp_path, failure(400, message="failed to parse grammar"), BLUE, name="embedded/qwen2.5-coder-1.5b")
    assert _dump(live.ask(asked)) == {"colour": "blue"}
    played = replaying(tmp_path, name="embedded/qwen2.5-coder-1.5b").ask(asked)
    assert (_dump(played), len(files(tmp_path))) == ({"colour": "blue"}, 2)


@pytest.mark.parametrize(
    "ended",
    [
        failure(400),
        failure(400, message="your API key is not valid"),
        failure(400, message="Your credit balance is too low"),
        failure(401),
        failure(403),
        failure(404),
        failure(429, code="insufficient_quota"),
        failure(503),
    ],
    ids=lambda ended: f"{ended.status_code} {ended.text[:60]}",
)
def test_an_error_that_ends_a_run_is_not_kept(tmp_path: Path, ended: httpx2.Response) -> None:
    with pytest.raises(AnswerError):
        recording(tmp_path, ended).ask(prompt())
    assert files(tmp_path) == []


def test_the_cache_keeps_no_refusal(tmp_path: Path) -> None:
    cached = caching(tmp_path, Wire([failure(400, code="content_filter"), BLUE]))
    assert cached.ask(prompt()).gap == "filtered"
    assert _dump(cached.ask(prompt())) == {"colour": "blue"}


@pytest.mark.parametrize("through", THROUGH, ids=["record", "record-missing"])
def test_what_a_person_wrote_is_played_back_while_the_rest_is_recorded(
    tmp_path: Path, through: Callable[[httpx2.BaseTransport, Cassette], httpx2.BaseTransport]
) -> None:
    asked_over(through(Wire([BLUE]), Cassette(tmp_path))).ask(prompt())
    (path,) = files(tmp_path)
    edited(path, lambda record: record.update(origin={"kind": "authored", "reason": "no model says green"}))
    edited(path, lambda record: record["answer"]["body"]["choices"][0]["message"].update(content='{"colour": "green"}'))
    written = path.read_bytes()
    tape, wire = Cassette(tmp_path), Wire(['{"colour": "red"}'])
    model = asked_over(through(wire, tape))
    assert [_dump(model.ask(each)) for each in (prompt(), prompt("And now?"))] == [{"colour": "green"}, {"colour": "red"}]
    assert (len(wire.requests), path.read_bytes(), tape.used) == (1, written, {file.name for file in files(tmp_path)})


def test_what_was_recorded_is_recorded_anew(tmp_path: Path) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    recording(tmp_path, '{"colour": "red"}').ask(prompt())
    assert _dump(replaying(tmp_path).ask(prompt())) == {"colour": "red"}


@pytest.mark.parametrize("content", ['{"answer": ,}', '{"request": {}, "answer": {}}'])
def test_a_file_that_a_person_may_have_spoilt_is_not_recorded_over(tmp_path: Path, content: str) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    (path,) = files(tmp_path)
    path.write_text(content)
    with pytest.raises(CassetteMiss, match="Mend it, or delete it and record again"):
        recording(tmp_path, BLUE).ask(prompt())
    assert path.read_text() == content


def test_a_folder_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"answers cannot be kept in '.*file/tape'"):
        recording(tmp_path / "file" / "tape", BLUE).ask(prompt())


def test_a_cache_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert _dump(caching(tmp_path / "file" / "cache", Wire([BLUE])).ask(prompt())) == {"colour": "blue"}


def test_a_damaged_file_of_the_cache_is_asked_anew_and_replaced(tmp_path: Path) -> None:
    wire = Wire([BLUE])
    cached = caching(tmp_path, wire)
    cached.ask(prompt())
    (path,) = files(tmp_path)
    path.write_text(path.read_text()[:100])
    assert [cached.ask(prompt()).cached for _ in range(2)] == [False, True]
    assert len(wire.requests) == 2


def test_every_text_comes_back_as_it_was(tmp_path: Path) -> None:
    body = {"a": "one\ntwo\n", "b": ["", "\n", "ü\u2028\U0001f600"], "c": {"d": None, "e": [1.5, True]}}
    asked = Question("POST", "https://example.invalid/x", body)
    exchange = Exchange(asked, {"said": body}, Authored("to try every text"), 202, {"content-type": "text/json"})
    Cassette(tmp_path).keep(exchange)
    assert Cassette(tmp_path).find(asked) == exchange
    assert Exchange.from_bytes(exchange.to_line()) == exchange
    assert (exchange.response().json(), exchange.response().status_code) == ({"said": body}, 202)


def test_a_cassette_knows_which_of_its_files_were_used(tmp_path: Path) -> None:
    recording(tmp_path, BLUE).ask(prompt())
    recording(tmp_path, BLUE).ask(prompt("Another?"))
    tape = Cassette(tmp_path)
    asked_over(Replaying(tape), name="openai/gpt-5").ask(prompt())
    assert len(tape.used) == 1 < len(files(tmp_path))


def test_what_is_noted_is_not_sent_and_counts_as_a_gap_that_cost_nothing(tmp_path: Path) -> None:
    recording(tmp_path, BLUE, name="embedded/qwen2.5-coder-1.5b").ask(prompt())
    noting = Noting(Cassette(tmp_path))
    model = asked_over(noting)
    held, noted = model.ask(prompt()), model.ask(prompt("Another?"))
    assert (_dump(held), noted.gap, noted.usage.calls, noted.usage.cost) == ({"colour": "blue"}, "filtered", 1, 0.0)
    assert [json.loads(each.content)["messages"][0]["content"] for each in noting.requests] == ["Another?"]


def test_a_live_answer_that_claims_to_come_from_a_cassette_is_recorded_as_what_it_is(tmp_path: Path) -> None:
    liar = httpx2.Response(200, json=completion(BLUE).json(), headers={"x-summarizer-origin": '{"kind": "dreamt"}'})
    recording(tmp_path, liar).ask(prompt())
    ((_, entry),) = Cassette(tmp_path).entries()
    assert isinstance(entry, Exchange)
    assert isinstance(entry.origin, Recorded)


def test_what_another_program_put_into_the_folder_is_not_an_exchange(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "README.md").write_text("# Recordings")
    recording(tmp_path, BLUE).ask(prompt())
    assert [path.name for path, _ in Cassette(tmp_path).entries()] == [Cassette(tmp_path).path(_asked(tmp_path)).name]


def _asked(folder: Path) -> Question:
    return next(entry.question for _, entry in Cassette(folder).entries() if isinstance(entry, Exchange))


def _embedding(transport: httpx2.BaseTransport) -> list[float]:
    with (
        httpx2.Client(transport=transport) as http,
        openai.OpenAI(api_key="k", base_url="https://example.invalid/v1", http_client=http) as client,
    ):
        made = client.embeddings.create(model="text-embedding-3-small", input="Velia", encoding_format="float")
    return made.data[0].embedding


def _dump(answer: Answer[BaseModel]) -> dict[str, str] | None:
    return answer.value.model_dump() if answer.value else None


def test_an_answer_that_is_nested_too_deeply_for_a_file_is_given_all_the_same(tmp_path: Path) -> None:
    nested: Any = "all"
    for _ in range(600):
        nested = [nested]
    answer = httpx2.Response(200, json={**completion(BLUE).json(), "beside": nested})
    assert _dump(caching(tmp_path / "cache", Wire([answer])).ask(prompt())) == {"colour": "blue"}
    with pytest.raises(OutputError, match="nested too deeply"):
        asked_over(Recording(Wire([answer]), Cassette(tmp_path / "cassette"), endpoint="other")).ask(prompt())
    assert not files(tmp_path / "cache")


def test_an_answer_beside_an_error_is_one_and_is_kept(tmp_path: Path) -> None:
    answer = httpx2.Response(200, json={**completion(BLUE).json(), "error": {"message": "slow today"}})
    assert _dump(recording(tmp_path, answer).ask(prompt())) == {"colour": "blue"}
    assert len(files(tmp_path)) == 1
