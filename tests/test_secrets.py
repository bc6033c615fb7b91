"""Nothing secret stays anywhere: canaries wherever a key or a cookie travels are looked for in all that a run leaves."""

from __future__ import annotations

import gzip
import json
import logging
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import moves
from failing_server import Step, failing, whole
from summarizer import Briefing, Settings, connect, render, summarise
from summarizer.errors import Stopped, UsageError
from summarizer.llm.asking import Model
from summarizer.settings import Limits

TEXT = "Velia agreed to reopen the border. Ostria refused to withdraw. Dorn urged both to meet."
CANARY = "canary-7f3a"
KEY = f"sk-{CANARY}-key-0123456789"
ECHO = f"Incorrect API key provided: {KEY}. Organization: org-{CANARY}-0123456789, Cookie: session={CANARY}; Bearer {KEY}"


def gzipped(body: str, *, status: int = 200) -> Step:
    """Answer with a compressed body, and with secrets in the headers."""
    data = gzip.compress(body.encode())
    head = (
        f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\ncontent-length: {len(data)}\r\n"
        f"set-cookie: session={CANARY}\r\nopenai-organization: org-{CANARY}\r\nx-request-id: req-{CANARY}\r\n"
        "connection: close\r\n\r\n"
    )
    return lambda connection: connection.sendall(head.encode() + data)


GOOD = gzipped(whole(moves(("reopen the border", "Velia", "agrees"))))
ENDS = {
    "answered": GOOD,
    "refused key": gzipped(json.dumps({"error": {"message": ECHO, "type": "x", "param": CANARY}}), status=401),
    "bad request": gzipped(json.dumps({"error": {"message": ECHO, "code": f"key-{CANARY}"}}), status=400),
    "unavailable": gzipped(ECHO, status=503),
    "refusal": gzipped(whole(None, refusal="I cannot help.")),
    "not JSON": gzipped(ECHO),
}


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that is logged anywhere, as an application sees it that logs everything."""
    with caplog.at_level(logging.DEBUG):
        yield caplog


def summarised(model: Model) -> tuple[Briefing, list[str]]:
    """What there is of a briefing, and the lines of the traceback that ended it."""
    try:
        return summarise(TEXT, model=model), []
    except Stopped as stopped:
        if stopped.briefing is None:
            raise
        return stopped.briefing, traceback.format_exception(stopped)


@pytest.mark.loopback
@pytest.mark.parametrize("end", ENDS)
def test_no_secret_is_left_in_files_logs_tracebacks_or_briefings(
    end: str, tmp_path: Path, logged: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY", "OPENAI_CUSTOM_HEADERS"):
        monkeypatch.setenv(variable, f"X-{CANARY}: {CANARY}")
    settings = Settings(tmp_path / "cache", tmp_path, keys={"SUMMARIZER_API_KEY": KEY}, limits=Limits(seconds=2))
    left = [repr(settings)]
    with (
        failing(GOOD, ENDS[end]) as server,
        connect("llamacpp/m", base_url=server.url, settings=settings, record=tmp_path / "tape") as model,
    ):
        left.append(repr(model))
        briefing, lines = summarised(model)
    left.extend((briefing.to_json(), render(briefing), *lines))
    left.extend(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    left.append(logged.text)
    assert len(server.requests) >= 2
    assert [text for text in left if CANARY in text] == []


@pytest.mark.loopback
def test_a_key_that_looks_like_a_word_is_not_repeated_nor_recorded(tmp_path: Path) -> None:
    key = "correcthorse"
    settings = Settings(tmp_path / "cache", tmp_path, keys={"SUMMARIZER_API_KEY": key})
    echo = json.dumps({"error": {"message": f"Incorrect API key provided: {key}"}})
    answer = json.loads(whole(moves(("reopen the border", "Velia", "agrees")))) | {"debug": {"authorization": f"Bearer {key}"}}
    with (
        failing(gzipped(json.dumps(answer)), gzipped(echo, status=401)) as server,
        connect("llamacpp/m", base_url=server.url, settings=settings, record=tmp_path / "tape") as model,
    ):
        _, lines = summarised(model)
    assert "[key]" in "".join(lines)
    left = [*lines, *(path.read_text() for path in tmp_path.rglob("*") if path.is_file())]
    assert [text for text in left if key in text] == []


def test_a_key_that_cannot_be_sent_is_wrong_usage_and_not_shown(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, keys={"SUMMARIZER_API_KEY": "clé-secrète"})
    with pytest.raises(UsageError, match="SUMMARIZER_API_KEY holds a character") as refused:
        connect("m", base_url="http://127.0.0.1:9/v1", settings=settings)
    assert "clé" not in str(refused.value)
