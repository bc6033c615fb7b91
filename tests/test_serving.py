"""A model behind HTTP on this machine: what clients get, and what those get who should get nothing."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue

import httpx2
import openai
import pytest
from openai.types.chat import ChatCompletionMessageParam

from builders import Answer, Wire, completion, failure, moves
from summarizer import Settings, connect, summarise
from summarizer.errors import UsageError
from summarizer.llm.embedded import serving as module
from summarizer.llm.embedded.serving import ModelServer, Served, serving
from summarizer.llm.embedded.transport import EmbeddedTransport
from summarizer.progress import Progress

pytestmark = pytest.mark.loopback

MODEL, KEY = "tiny", "correct-horse"
MESSAGES: list[ChatCompletionMessageParam] = [{"role": "user", "content": "Which colour is canary?"}]
QUESTION = {"model": MODEL, "messages": MESSAGES}
OK = Served("POST", "/v1/chat/completions", 200, 0.0, 10, 5)


@dataclass
class World:
    """A server with a fake model behind it, and what it told of its requests."""

    wire: Wire
    server: ModelServer
    told: list[Served] = field(default_factory=list)

    def ask(self, body: object = QUESTION, **headers: str) -> httpx2.Response:
        """A question over a connection of its own, with the right key unless told otherwise."""
        given = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"} | headers
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx2.post(f"{self.server.url}/chat/completions", content=content, headers=given, trust_env=False)

    def get(self, path: str, *, method: str = "GET", **headers: str) -> httpx2.Response:
        given = {"Authorization": f"Bearer {KEY}"} | headers
        url = f"{self.server.url.removesuffix('/v1')}{path}"
        return httpx2.request(method, url, headers=given, trust_env=False)

    def raw(self, *pieces: bytes) -> bytes:
        """All that comes back for these bytes, until the server ends the connection."""
        with self.connected() as client:
            for piece in pieces:
                client.sendall(piece)
            return b"".join(iter(lambda: client.recv(65_536), b""))

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.server_address[1]), timeout=20)


@contextmanager
def served(*answers: Answer) -> Iterator[World]:
    """A server whose model gives these answers in turn."""
    wire = Wire(answers)
    told: list[Served] = []
    with serving(wire, model=MODEL, key=KEY, told=told.append) as server:
        yield World(wire, server, told)


@pytest.fixture
def world() -> Iterator[World]:
    """A server whose model says blue."""
    with served("blue") as world:
        yield world


def head(body: bytes, *lines: str, length: int | None = None) -> bytes:
    """A request for a completion as it goes over the wire."""
    written = [
        "POST /v1/chat/completions HTTP/1.1",
        "Host: localhost",
        f"Authorization: Bearer {KEY}",
        f"Content-Length: {len(body) if length is None else length}",
        *lines,
    ]
    return "\r\n".join(written).encode() + b"\r\n\r\n" + body


def error(response: httpx2.Response) -> tuple[int, str, str]:
    """Status, type and code of an error; fails when it has not the shape of OpenAI's."""
    assert response.headers["content-type"] == "application/json"
    said = response.json()["error"]
    assert said.keys() == {"message", "type", "param", "code"}
    return response.status_code, said["type"], said["code"]


def refused(status: int, code: str) -> tuple[int, str, str]:
    return status, "invalid_request_error", code


def test_openais_own_client_gets_the_answer_and_the_model_gets_the_question_without_the_key(world: World) -> None:
    with openai.OpenAI(api_key=KEY, base_url=world.server.url) as client:
        answer = client.chat.completions.create(model=MODEL, messages=MESSAGES, extra_body={"grammar": "g"})
    assert answer.choices[0].message.content == "blue"
    assert world.wire.bodies == [QUESTION | {"grammar": "g"}]
    assert KEY not in str(world.wire.requests[0].headers)


def test_what_is_told_of_a_request_holds_no_word_of_prompt_answer_or_key(world: World) -> None:
    world.ask()
    world.get(f"/nowhere?key={KEY}")
    assert world.told == [OK, Served("GET", "/nowhere", 404, 0.0)]


@pytest.mark.parametrize(
    ("method", "path", "told"),
    [
        ("GET", "/\x1b[31m", Served("GET", r"/\x1b[31m", 404, 0.0)),
        ("\x1b[31m", "/", Served(r"\x1b[31m", "/", 501, 0.0)),
    ],
    ids=["path", "method"],
)
def test_what_would_paint_the_terminal_is_told_in_letters(world: World, method: str, path: str, told: Served) -> None:
    world.raw(f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer correct-horse\r\n\r\n".encode())
    assert world.told == [told]


def test_the_models_are_listed_and_health_needs_no_key(world: World) -> None:
    listed = world.get("/v1/models").json()
    health = world.get("/health", Authorization="")
    assert listed == {
        "object": "list",
        "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "summarizer"}],
    }
    assert (health.status_code, health.json()) == (200, {"status": "ok"})


def test_a_stream_is_the_finished_answer_in_openais_events(world: World) -> None:
    response = world.ask(QUESTION | {"stream": True, "stream_options": {"include_usage": True}})
    *lines, end = [line.removeprefix("data: ") for line in response.text.split("\n\n") if line]
    chunks = [json.loads(line) for line in lines]
    first = {"index": 0, "delta": {"role": "assistant", "content": "blue", "refusal": None}, "logprobs": None}
    last = {"index": 0, "delta": {}, "logprobs": None, "finish_reason": "stop"}
    assert response.headers["content-type"] == "text/event-stream"
    assert end == "[DONE]"
    assert [chunk["choices"] for chunk in chunks] == [[first | {"finish_reason": None}], [last], []]
    assert [chunk["usage"] and chunk["usage"]["total_tokens"] for chunk in chunks] == [None, None, 15]
    assert {chunk["object"] for chunk in chunks} == {"chat.completion.chunk"}
    assert world.wire.bodies == [QUESTION]


def test_openais_own_client_reads_the_stream_which_has_usage_only_when_asked_for(world: World) -> None:
    with openai.OpenAI(api_key=KEY, base_url=world.server.url) as client:
        chunks = list(client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True))
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "blue"
    assert [chunk.usage for chunk in chunks] == [None, None]


def test_tool_calls_are_numbered_in_a_stream() -> None:
    answer = completion(None, finish_reason="tool_calls").json()
    answer["choices"][0]["message"]["tool_calls"] = [{"id": "a"}, {"id": "b"}]
    with served(httpx2.Response(200, json=answer)) as world:
        first = world.ask(QUESTION | {"stream": True}).text.split("\n\n")[0]
    calls = json.loads(first.removeprefix("data: "))["choices"][0]["delta"]["tool_calls"]
    assert calls == [{"index": 0, "id": "a"}, {"index": 1, "id": "b"}]


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", f"Basic {KEY}", KEY, f"Bearer {KEY}x"])
@pytest.mark.parametrize("path", ["/v1/models", "/v1/chat/completions", "/nowhere"])
def test_without_the_key_there_is_a_401_and_the_model_is_not_asked(world: World, given: str, path: str) -> None:
    response = world.get(path, method="POST", Authorization=given)
    assert error(response) == refused(401, "invalid_api_key")
    assert response.headers["www-authenticate"] == "Bearer"
    assert world.wire.requests == []


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost@evil", "0.0.0.0", ""]
)
@pytest.mark.parametrize("path", ["/health", "/v1/models"])
def test_a_page_that_gives_its_own_name_a_loopback_address_is_refused(world: World, host: str, path: str) -> None:
    assert error(world.get(path, Host=host)) == refused(403, "foreign_host")


def test_two_hosts_or_none_are_refused(world: World) -> None:
    two = world.raw(b"GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")
    none = world.raw(b"GET /health HTTP/1.1\r\n\r\n")
    assert [said.split(b"\r\n")[0] for said in (two, none)] == [b"HTTP/1.1 403 Forbidden"] * 2


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:9", "LOCALHOST", "[::1]:8080"])
def test_this_machine_has_several_names(world: World, host: str) -> None:
    assert world.get("/health", Host=host).status_code == 200


def test_a_page_of_another_origin_gets_no_leave_to_ask(world: World) -> None:
    response = world.get("/v1/chat/completions", method="OPTIONS", Authorization="", Origin="http://evil.example")
    assert (response.status_code, "access-control-allow-origin" in response.headers) == (401, False)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", refused(400, "bad_json")),
        (b'{"model": "tiny"', refused(400, "bad_json")),
        (b"\xff\xfe\x00", refused(400, "bad_json")),
        (b"[" * 200_000, refused(400, "bad_json")),
        (b'{"model": "tiny", "messages": ["\\ud800"]}', refused(400, "bad_json")),
        (b'{"model": "tiny", "messages": ["x"], "temperature": NaN}', refused(400, "bad_json")),
        (b"[]", refused(400, "bad_request")),
        (b'{"model": "tiny"}', refused(400, "bad_request")),
        (b'{"model": "tiny", "messages": []}', refused(400, "bad_request")),
        (b'{"model": "tiny", "messages": "x"}', refused(400, "bad_request")),
        (b'{"messages": ["x"]}', refused(404, "model_not_found")),
        (b'{"model": "gpt-5", "messages": ["x"]}', refused(404, "model_not_found")),
    ],
)
def test_a_body_that_is_no_question_is_refused(world: World, body: bytes, expected: tuple[int, str, str]) -> None:
    assert error(world.ask(body)) == expected
    assert world.wire.requests == []


def test_a_wrong_path_is_a_404_and_a_wrong_method_a_405_that_says_which_is_right(world: World) -> None:
    wrong = world.get("/v1/chat/completions", method="DELETE")
    assert error(world.get("/chat/completions")) == refused(404, "unknown_path")
    assert (error(wrong), wrong.headers["allow"]) == (refused(405, "wrong_method"), "POST")


def test_a_head_request_gets_no_body(world: World) -> None:
    response = world.get("/v1/models", method="HEAD")
    assert (response.status_code, response.content) == (405, b"")


def test_a_huge_body_is_refused_with_an_answer_that_arrives(world: World) -> None:
    said = world.raw(head(b"", length=5_000_000), b"x" * 5_000_000)
    assert said.startswith(b"HTTP/1.1 413 ")
    assert b'"code": "too_large"' in said


@pytest.mark.parametrize("length", ["-1", "+5", "5, 5", "0x5", "٣", "5\r\nContent-Length: 6", "9" * 30])
def test_a_content_length_that_is_not_one_number_is_refused(world: World, length: str) -> None:
    said = world.raw(head(b"").replace(b"Content-Length: 0", f"Content-Length: {length}".encode()))
    assert said.startswith(b"HTTP/1.1 400 ")


def test_a_body_in_chunks_is_refused(world: World) -> None:
    said = world.raw(head(b"0\r\n\r\n", "Transfer-Encoding: chunked"))
    assert said.startswith(b"HTTP/1.1 411 ")


def test_a_body_shorter_than_it_says_is_refused_when_the_client_sends_no_more(world: World) -> None:
    with world.connected() as client:
        client.sendall(head(b"{}", length=50))
        client.shutdown(socket.SHUT_WR)
        assert client.recv(20).startswith(b"HTTP/1.1 408 ")
    assert world.ask().status_code == 200


def test_a_client_that_falls_silent_is_given_up(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module._Conversation, "timeout", 0.1)  # noqa: SLF001  the only place of this number
    assert world.raw(head(b"{}", length=50)).startswith(b"HTTP/1.1 408 ")
    assert world.raw(b"POST /v1/chat") == b""


def test_a_body_longer_than_it_says_is_not_taken_for_another_question(world: World) -> None:
    body = json.dumps(QUESTION).encode()
    smuggled = head(body)
    said = world.raw(head(body + smuggled, length=len(body) - 1))
    assert (said.count(b"HTTP/1.1 "), said.startswith(b"HTTP/1.1 400 ")) == (1, True)
    assert world.wire.requests == []


def test_garbage_behind_a_question_ends_the_connection_and_the_question_is_answered(world: World) -> None:
    said = world.raw(head(json.dumps(QUESTION).encode()) + b"\x00\xff garbage\r\n\r\n" + head(json.dumps(QUESTION).encode()))
    assert re.findall(rb"HTTP/1\.1 (\d+)", said) == [b"200", b"400"]
    assert b'"code": "bad_request"' in said
    assert world.told == [OK, Served("?", "", 400, 0.0)]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"BREW /v1/models HTTP/1.1", 501),
        (b"GET /v1/models HTTP/9.9", 505),
        (b"GET /v1/models HTTP/x", 400),
        (b"GET " + b"/" * 70_000, 414),
        (b"GET /v1/models HTTP/1.1\r\nX: " + b"x" * 70_000, 431),
        (b"GET /v1/models HTTP/1.1" + b"\r\nX: x" * 200, 431),
    ],
)
def test_what_is_no_http_is_refused_in_openais_shape(world: World, line: bytes, status: int) -> None:
    said = world.raw(line + b"\r\n\r\n")
    front, _, body = said.partition(b"\r\n\r\n")
    assert int(front.split(b" ")[1]) == status
    assert json.loads(body)["error"]["code"] == "bad_request"


def test_questions_over_one_connection_are_answered_in_turn(world: World) -> None:
    with httpx2.Client(headers={"Authorization": f"Bearer {KEY}"}, trust_env=False) as client:
        statuses = [client.post(f"{world.server.url}/chat/completions", json=QUESTION).status_code for _ in range(3)]
    assert statuses == [200] * 3


class Slow(httpx2.BaseTransport):
    """A model that answers when it is let, and remembers how many it answered at once at most."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.begun = threading.Semaphore(0)
        self.count = self.now = self.most = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.now += 1
        self.count += 1
        self.most = max(self.most, self.now)
        self.begun.release()
        self.let.wait(20)
        self.now -= 1
        return completion("blue")


def test_the_model_is_asked_one_question_at_a_time_and_all_are_answered() -> None:
    slow = Slow()
    with serving(slow, model=MODEL, key=KEY) as server, ThreadPoolExecutor(6) as clients:
        world = World(Wire([]), server)
        waiting = [clients.submit(world.ask) for _ in range(6)]
        slow.begun.acquire()
        health = world.get("/health").status_code  # while the model is busy
        slow.let.set()
        statuses = [each.result().status_code for each in waiting]
    assert (health, statuses, slow.most) == (200, [200] * 6, 1)


def test_a_slow_client_keeps_nobody_waiting(world: World) -> None:
    with world.connected() as slow:
        slow.sendall(head(b"{", length=50))
        assert world.ask().status_code == 200


def test_the_model_is_not_asked_for_a_client_that_hung_up_in_the_line() -> None:
    slow = Slow()
    told: Queue[Served] = Queue()
    with serving(slow, model=MODEL, key=KEY, told=told.put) as server, ThreadPoolExecutor(1) as clients:
        world = World(Wire([]), server)
        first = clients.submit(world.ask)
        slow.begun.acquire()
        with world.connected() as gone:
            gone.sendall(head(json.dumps(QUESTION).encode()))
        slow.let.set()
        first.result()
        world.ask()
        statuses = sorted(told.get(timeout=20).status for _ in range(3))
    assert statuses == [200, 200, 499]
    assert slow.count == 2


def test_a_client_that_hangs_up_on_its_answer_does_not_break_the_server(
    world: World, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        with world.connected() as gone:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # a reset, not an end
            gone.sendall(head(json.dumps(QUESTION).encode()))
    assert world.ask().status_code == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (ValueError("no such role"), refused(400, "bad_request")),
        (RuntimeError("out of memory"), (500, "server_error", "model_failed")),
        (httpx2.Response(200, text="<html>"), (502, "server_error", "bad_answer")),
        (failure(400, code="context_length_exceeded"), (400, "x", "context_length_exceeded")),
    ],
)
def test_a_model_that_fails_says_so_and_answers_the_next(
    trouble: Exception | httpx2.Response, expected: tuple[int, str, str]
) -> None:
    with served(trouble, "blue") as world:
        assert error(world.ask()) == expected
        assert world.ask().status_code == 200


def test_an_answer_that_cannot_be_streamed_is_an_error() -> None:
    with served(httpx2.Response(200, json={"odd": True})) as world:
        assert error(world.ask(QUESTION | {"stream": True})) == (502, "server_error", "bad_answer")


def test_a_port_that_is_taken_is_an_error_that_says_what_to_do(world: World) -> None:
    port = world.server.server_address[1]
    with pytest.raises(UsageError, match=f"^port {port} of 127.0.0.1 cannot be had .*: name another with --port, or 0"):
        ModelServer(Wire([]), model=MODEL, key=KEY, port=port, told=world.told.append)


@pytest.mark.parametrize("key", ["", "two words", "schlüssel", "a\r\nX: b"])
def test_a_key_that_no_header_can_carry_is_an_error(key: str) -> None:
    with pytest.raises(UsageError, match="a key is one word"), serving(Wire([]), model=MODEL, key=key):
        pass


def test_only_this_machine_can_reach_it(world: World) -> None:
    assert world.server.socket.getsockname()[0] == "127.0.0.1"


def test_a_report_is_briefed_over_http_with_its_grammar() -> None:
    with served(moves(("reopen the border", "Velia", "agrees"))) as world:
        settings = Settings.from_environment({"SUMMARIZER_API_KEY": KEY})
        with connect(f"llamacpp/{MODEL}", settings=settings, base_url=world.server.url, cache=False) as model:
            briefing = summarise("Velia agreed to reopen the border.", model=model)
        assert "substring_chunks" in str(world.wire.bodies[0]["grammar"])
    assert [item.statement for item in briefing.items] == ["Velia agreed to “reopen the border”."]


@pytest.mark.embedded
def test_the_embedded_model_obeys_a_grammar_through_http() -> None:
    name, folder = "qwen2.5-coder-1.5b", Settings.from_environment().weights_folder
    transport = EmbeddedTransport(name, folder=folder, progress=Progress())
    with (
        serving(transport, model=name, key=KEY) as server,
        openai.OpenAI(api_key=KEY, base_url=server.url, max_retries=0) as client,
        ThreadPoolExecutor(2) as clients,
    ):

        def asked(word: str) -> str | None:
            answer = client.chat.completions.create(
                model=name,
                messages=[{"role": "user", "content": "Say hello."}],
                max_tokens=20,
                extra_body={"grammar": f'%llguidance {{}}\nstart: "{word}"'},
            )
            return answer.choices[0].message.content

        assert list(clients.map(asked, ["zwillow", "quendle"])) == ["zwillow", "quendle"]
