"""The embedded model behind its transport; and, marked `embedded`, the real one, asked about one paragraph."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import filelock
import httpx2
import pytest

from summarizer import Settings, connect, summarise
from summarizer.llm.embedded.catalogue import Weights
from summarizer.llm.embedded.transport import EmbeddedTransport
from summarizer.progress import Progress

NAME = "qwen2.5-coder-1.5b"
PARAGRAPH = (
    "Union leader Petra Halm demanded on Tuesday that the ferry company pay overtime in full. "
    "The company refused to raise wages before the spring. The line was opened in 1923."
)


class Server:
    """What xllamacpp's server does, with an answer of our own."""

    def __init__(self, answer: dict[str, Any] | Exception) -> None:
        self._answer = answer
        self.asked: list[dict[str, Any]] = []

    def handle_chat_completions(self, body: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(body)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


class Loads:
    """Loads a server, and counts how often."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.count = 0

    def __call__(self, weights: Weights, folder: Path, progress: Progress) -> Server:
        self.count += 1
        return self._server


class Heard(Progress):
    """What somebody was told to wait for."""

    def __init__(self) -> None:
        self.reasons: list[str] = []

    def waiting(self, why: str) -> None:
        self.reasons.append(why)


GOOD = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "file.gguf",
    "choices": [],
    "usage": {},
    "timings": {"x": 1},
}
BODY = {"model": NAME, "messages": []}


def asked(transport: EmbeddedTransport) -> httpx2.Response:
    with httpx2.Client(transport=transport) as client:
        return client.post("http://embedded.invalid/v1/chat/completions", json=BODY)


def test_a_request_reaches_the_server_and_its_answer_comes_back_without_timings(tmp_path: Path) -> None:
    server = Server(GOOD)
    response = asked(EmbeddedTransport(NAME, folder=tmp_path, progress=Progress(), load=Loads(server)))
    assert server.asked == [BODY]
    assert response.json() == {key: value for key, value in GOOD.items() if key != "timings"} | {"model": NAME}


def test_the_model_is_loaded_at_the_first_request_and_only_then(tmp_path: Path) -> None:
    loads = Loads(Server(GOOD))
    transport = EmbeddedTransport(NAME, folder=tmp_path, progress=Progress(), load=loads)
    counts = [loads.count]
    for _ in range(2):
        asked(transport)
        counts.append(loads.count)
    assert counts == [0, 1, 1]


def test_an_error_of_the_server_keeps_its_status_and_its_words(tmp_path: Path) -> None:
    answer = {"error": {"code": 400, "message": "too long", "type": "x"}}
    response = asked(EmbeddedTransport(NAME, folder=tmp_path, progress=Progress(), load=Loads(Server(answer))))
    assert (response.status_code, response.json()) == (400, answer)


def test_what_the_server_raises_comes_through(tmp_path: Path) -> None:
    transport = EmbeddedTransport(NAME, folder=tmp_path, progress=Progress(), load=Loads(Server(RuntimeError("out of memory"))))
    with pytest.raises(RuntimeError, match="out of memory"):
        asked(transport)


def test_a_second_process_waits_and_is_told_why(tmp_path: Path) -> None:
    held, heard = threading.Event(), Heard()

    def hold() -> None:
        with filelock.FileLock(tmp_path / "one-at-a-time.lock"):
            held.set()
            time.sleep(0.3)

    other = threading.Thread(target=hold)
    other.start()
    held.wait()
    response = asked(EmbeddedTransport(NAME, folder=tmp_path, progress=heard, load=Loads(Server(GOOD))))
    other.join()
    assert (response.status_code, heard.reasons) == (200, ["another process uses the model"])


def test_a_folder_that_takes_no_lock_does_not_stop_the_model(tmp_path: Path) -> None:
    folder = tmp_path / "not-a-folder"
    folder.write_text("")
    assert asked(EmbeddedTransport(NAME, folder=folder, progress=Progress(), load=Loads(Server(GOOD)))).status_code == 200


@pytest.mark.embedded
def test_the_embedded_model_finds_the_demand_and_copies_it_word_for_word() -> None:
    with connect(f"embedded/{NAME}", settings=Settings.from_environment(), cache=False) as model:
        briefing = summarise(PARAGRAPH, model=model)
    assert briefing.coverage.gaps == 0
    assert all(PARAGRAPH[e.start : e.end] == e.quote for item in briefing.items for e in item.evidence)
    assert any("overtime" in demand.statement and "Petra Halm" in demand.statement for demand in briefing.demands)
