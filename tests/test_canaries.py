"""What is secret, or nobody's business, is in no file that a recorder or the cache writes."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import httpx2
import openai
import pytest

from builders import WHICH_COLOUR, completion
from summarizer import Settings, connect
from summarizer.errors import AnswerError
from summarizer.llm.cassette import Caching, Cassette, InFolder, Recording, RecordingMissing

CANARY = "canary-5107"
RESPONSE_HEADERS = {
    "content-type": "application/json",
    "openai-organization": CANARY,
    "openai-project": CANARY,
    "set-cookie": f"session={CANARY}",
    "www-authenticate": f"Bearer {CANARY}",
    "x-request-id": CANARY,
}
PROMPT_MESSAGES = [{"role": "user", "content": "Which colour?"}]

Mode = Callable[[httpx2.BaseTransport, Cassette], httpx2.BaseTransport]
MODES: dict[str, Mode] = {
    "record": lambda inner, tape: Recording(inner, tape, endpoint="other"),
    "record-missing": lambda inner, tape: RecordingMissing(inner, tape, endpoint="other"),
    "cache": lambda inner, tape: Caching(inner, InFolder(tape), endpoint="other"),
}


def answer(*, packed: bool) -> httpx2.Response:
    content = completion('{"colour": "blue"}').content
    if not packed:
        return httpx2.Response(200, content=content, headers=RESPONSE_HEADERS)
    # gzip carries a file name in its own header
    named = gzip.compress(content, mtime=0)
    named = named[:3] + b"\x08" + named[4:10] + CANARY.encode() + b"\x00" + named[10:]
    return httpx2.Response(200, content=named, headers=RESPONSE_HEADERS | {"content-encoding": "gzip"})


def errors() -> list[httpx2.Response]:
    body = {"error": {"message": f"no such key: {CANARY}", "code": CANARY}}
    statuses = (200, 400, 401, 403, 404, 422, 429, 500, 503)
    choice = httpx2.Response(200, json={"choices": [body]}, headers=RESPONSE_HEADERS)
    return [choice, *(httpx2.Response(status, json=body, headers=RESPONSE_HEADERS) for status in statuses)]


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> Mode:
    return MODES[request.param]


def written(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzip"])
def test_no_canary_of_a_request_or_of_its_answer_is_in_a_file(tmp_path: Path, mode: Mode, packed: bool) -> None:
    wire = mode(httpx2.MockTransport(lambda _: answer(packed=packed)), Cassette(tmp_path))
    with (
        httpx2.Client(transport=wire, cookies={"session": CANARY}, headers={"cookie": CANARY, "api-key": CANARY}) as http,
        openai.OpenAI(
            api_key=CANARY,
            organization=CANARY,
            project=CANARY,
            base_url=f"https://{CANARY}:{CANARY}@example.invalid/v1",
            default_query={"key": CANARY},
            http_client=http,
        ) as client,
    ):
        client.chat.completions.create(model="m", messages=[{"role": "user", "content": "Which colour?"}])
    (content,) = written(tmp_path).values()
    assert b"blue" in content
    assert CANARY.encode() not in content


@pytest.mark.parametrize("error", errors(), ids=lambda error: str(error.status_code))
def test_no_error_is_in_a_file_whatever_its_status(tmp_path: Path, mode: Mode, error: httpx2.Response) -> None:
    wire = mode(httpx2.MockTransport(lambda _: error), Cassette(tmp_path))
    with httpx2.Client(transport=wire) as client:
        client.post("https://example.invalid/v1/chat/completions", json={"messages": PROMPT_MESSAGES})
    assert written(tmp_path) == {}


@pytest.mark.parametrize("status", [400, 413, 422, 500])
def test_of_a_refusal_that_is_kept_no_word_is_in_a_file(tmp_path: Path, status: int) -> None:
    said = f"maximum context length, {CANARY}"
    body = {"error": {"message": said, "code": CANARY, "type": f"context_length_exceeded {CANARY}", "param": CANARY}}
    echo = httpx2.Response(status, json=body, headers=RESPONSE_HEADERS)
    wire = Recording(httpx2.MockTransport(lambda _: echo), Cassette(tmp_path), endpoint="other")
    with httpx2.Client(transport=wire) as client:
        assert client.post(f"https://example.invalid/v1?key={CANARY}", json={"messages": PROMPT_MESSAGES}).text == echo.text
    (content,) = written(tmp_path).values()
    assert b"context_length_exceeded" in content
    assert CANARY.encode() not in content


def test_no_key_of_the_settings_is_in_a_file_of_a_connected_model(tmp_path: Path) -> None:
    settings = Settings(cache_folder=tmp_path / "cache", weights_folder=tmp_path, keys={"OPENAI_API_KEY": f"sk-{CANARY}"})
    wire = httpx2.MockTransport(lambda request: answer(packed=True))
    with connect("openai/gpt-5", settings=settings, record=tmp_path / "tape", transport=wire) as model:
        model.ask(WHICH_COLOUR)
    files = written(tmp_path)
    assert len(files) == 2
    assert all(CANARY.encode() not in content for content in files.values())


def test_an_endpoint_that_echoes_the_key_in_an_error_leaves_no_file(tmp_path: Path) -> None:
    settings = Settings(cache_folder=tmp_path / "cache", weights_folder=tmp_path)
    wire = httpx2.MockTransport(lambda _: errors()[2])
    with (
        connect("openai/gpt-5", settings=settings, record_missing=tmp_path / "tape", transport=wire) as model,
        pytest.raises(AnswerError),
    ):
        model.ask(WHICH_COLOUR)
    assert written(tmp_path) == {}


def test_the_canary_would_be_seen(tmp_path: Path) -> None:
    (tmp_path / "leak.json").write_text(json.dumps({"authorization": CANARY}))
    assert [CANARY.encode() in content for content in written(tmp_path).values()] == [True]
