"""What a report costs in requests, and what its reader is told, when an endpoint fails: counted on the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from builders import ITEM, Time, asked_over
from failing_server import (
    FailingServer,
    Step,
    drips,
    error,
    failing,
    in_seconds,
    is_silent,
    resets,
    says,
    sends,
    whole,
)
from summarizer import summarise
from summarizer.errors import SummarizerError
from summarizer.llm.attempts import Patience
from summarizer.llm.live import Live
from summarizer.settings import Limits

TEXT = "Velia agreed to reopen the border on Friday. Ostria said that it would not withdraw its patrols before Sunday."
OTHER = ITEM | {"parties": ["Ostria"], "statement": "Ostria will not withdraw its patrols.", "sentences": [2]}
GOOD = json.dumps({"items": [ITEM]})
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n"
FAR = "Fri, 31 Dec 9999 23:59:59 GMT"
DEEP = whole(GOOD)[:-1] + ', "beside": ' + "[" * 5_000 + "]" * 5_000 + "}"
GZIP = "content-encoding: gzip"
PAGE = "<!doctype html><title>Welcome</title>"


@dataclass(frozen=True, slots=True)
class Script:
    """A way to fail: what the endpoint does, the requests that one report then costs, the exit status, what is said."""

    name: str
    steps: Sequence[Step]
    requests: int
    status: int
    says: str
    patience: Patience = Patience()
    limits: Limits = Limits()


SCRIPTS = [
    Script("wrong key (401)", [error(401)], 1, 4, "refused the key"),
    Script("key without permission (403)", [error(403)], 1, 4, "refused the key"),
    Script("unknown model or address (404)", [error(404)], 1, 4, "check the model's name and --base-url"),
    Script("bad request (400)", [error(400)], 1, 4, "answered 400"),
    Script("report too long for the model (400)", [error(400, code="context_length_exceeded")], 1, 4, "too long for the model"),
    Script("quota used up (429, `insufficient_quota`)", [error(429, code="insufficient_quota")], 1, 4, "quota"),
    Script("no credit (402)", [error(402)], 1, 4, "quota"),
    Script("busy once (429), then an answer", [error(429), says(GOOD)], 2, 0, ""),
    Script("busy for ever (429)", [error(429)], 5, 4, "answered 429"),
    Script("`Retry-After: 7`, then an answer", [error(429, retry_after="7"), says(GOOD)], 2, 0, ""),
    Script("`Retry-After` as a date, then an answer", [error(503, retry_after=in_seconds(20)), says(GOOD)], 2, 0, ""),
    Script("`Retry-After: 90`", [error(429, retry_after="90")], 1, 4, "wants to be left alone for 90 s"),
    Script("`Retry-After` in the year 9999", [error(429, retry_after=FAR)], 1, 4, "wants to be left alone for"),
    Script("down for ever (503)", [error(503)], 5, 4, "answered 503"),
    Script("overloaded twice (529), then an answer", [error(529), error(529), says(GOOD)], 3, 0, ""),
    Script("a gateway's page with status 502", [sends(PAGE, status=502, kind="text/html")], 5, 4, "answered 502"),
    Script("a gateway's page with status 200", [sends(PAGE, kind="text/html")], 1, 4, "answered with a web page"),
    Script("an error inside status 200", [sends('{"error": {"code": 503, "message": "later"}}')], 5, 4, "answered 503 (later)"),
    Script("connection reset before the headers", [resets()], 5, 4, "broke the connection off"),
    Script("connection reset after the headers", [resets(after=HEAD)], 5, 4, "broke the connection off"),
    Script("body shorter than promised", [sends(whole(GOOD), missing=9)], 5, 4, "broke the connection off"),
    Script("body cut, and no length to tell by", [sends(whole(GOOD)[:-40])], 5, 4, "not whole"),
    Script("JSON that is nested too deeply", [sends(DEEP)], 5, 4, "not whole"),
    Script("an error that is nested too deeply", [sends(DEEP, status=500)], 5, 4, "answered 500"),
    Script("not packed as it says", [sends(whole(GOOD), header=GZIP)], 5, 4, "sent what nobody can read"),
    Script("a header that is not ASCII", [sends(whole(GOOD), header="x-served-by: Zürich")], 1, 0, ""),
    Script("reset once, then an answer", [resets(after=HEAD), says(GOOD)], 2, 0, ""),
    Script("silent", [is_silent], 5, 4, "did not answer in time", Patience(seconds_per_attempt=0.1)),
    Script("a byte now and then, for ever", [drips()], 5, 4, "did not answer in time", Patience(seconds_per_attempt=0.1)),
    Script("silent until the deadline", [is_silent], 1, 5, "deadline of 0.2 s", limits=Limits(seconds=0.2)),
    Script("busy past the deadline", [error(503, retry_after="30")], 1, 5, "deadline of 10 s", limits=Limits(seconds=10)),
    Script("not JSON, for ever", [says("I would rather not.")], 3, 4, "does not fit"),
    Script("an empty answer, for ever", [says("")], 3, 4, "does not fit"),
    Script("JSON that does not fit once, then an answer", [says('{"things": []}'), says(GOOD)], 2, 0, ""),
    Script("prose around the JSON", [says(f"Here you are:\n```json\n{GOOD}\n```\nGlad to help!")], 1, 0, ""),
    Script("two JSON objects, for ever", [says(f"{GOOD}\n{GOOD}")], 3, 4, "several JSON objects"),
    Script("no choices", [sends('{"id": "1", "object": "chat.completion", "choices": []}')], 1, 4, "without a choice"),
    Script("a refusal", [says(None, refusal="I cannot help.")], 1, 4, "the model refused: I cannot help."),
    Script("a filtered answer", [says(GOOD, finish_reason="content_filter")], 1, 4, "filtered the answer"),
    Script("a filtered prompt (400, `content_filter`)", [error(400, code="content_filter")], 1, 4, "content filter"),
    Script("white space until the token limit", [says('{"items": [' + " \n" * 500, finish_reason="length")], 1, 4, "was cut"),
    Script(
        "cut after a whole item, then the rest",
        [
            says(json.dumps({"items": [ITEM, OTHER]})[:-60], finish_reason="length"),
            says(GOOD),
            says(json.dumps({"items": [OTHER]})),
        ],
        3,
        0,
        "",
    ),
]  # fmt: skip


def outcome(script: Script, server: FailingServer) -> tuple[int, str]:
    """The exit status that one report gives, and what is said."""
    waits = script.limits.seconds is None or script.limits.seconds > 1
    transport = Live(httpx2.HTTPTransport())
    with asked_over(
        transport, name="m", base_url=server.url, patience=script.patience, limits=script.limits, time=Time() if waits else None
    ) as model:
        try:
            summarise(TEXT, model=model, strategy="whole")
        except SummarizerError as failure:
            return failure.exit_status, str(failure)
        return 0, ""


@pytest.mark.loopback
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_failure_costs_so_many_requests_and_is_said(script: Script) -> None:
    with failing(*script.steps) as server:
        status, said = outcome(script, server)
        assert (status, len(server.requests)) == (script.status, script.requests), said
        assert script.says in said


def test_the_page_about_models_has_the_same_table() -> None:
    page = (Path(__file__).parent.parent / "docs" / "models.md").read_text()
    rows = [f"| {each.name} | {each.requests} | {each.status} | {each.says or 'the briefing'} |" for each in SCRIPTS]
    assert [row for row in rows if row not in page] == []
    assert len(re.findall(r"^\| .* \| \d+ \| \d \| .* \|$", page, re.MULTILINE)) == len(rows)
