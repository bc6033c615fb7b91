"""A server on loopback that speaks OpenAI's Batch API: files, batches, results. Counts what it is asked, and fails on demand.

Shapes as https://platform.openai.com/docs/api-reference/batch gives them. A batch ends after so many looks at it; how it ends,
and with which lines, is for the test to say.
"""

from __future__ import annotations

import json
import re
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from provider_server import completion

KEY = "key-of-the-test"
_PATIENCE = 30.0
"""Seconds for which a connection may be silent."""

Json = Any  # what json gives
Answering = Callable[[Json], Json]
"""Gives the body of an answer to the body of a request, or a `Refused`."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer with a status of its own."""

    status: int
    body: Json


@dataclass(frozen=True, slots=True)
class Ending:
    """How a batch ends. The lines of its files, as bytes, are in the order of its requests."""

    status: str = "completed"
    output: tuple[bytes, ...] = ()
    errors: tuple[bytes, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


Ends = Callable[[int, Ending], Ending]
"""Gives the ending of the batch with this number, from that of a batch about which all is well."""


@dataclass(slots=True)
class Hosted:
    """A batch at the server."""

    id: str
    metadata: Json
    file: str
    looks: int = 0
    ending: Ending | None = None


@dataclass(slots=True)
class BatchServer:
    """`answering` and `ends` as above; `looks` that a batch takes; `page` of its list.

    `before` and `after` are called with method and path of every request, before and after it is heard, the response not yet
    sent.
    """

    answering: Answering
    ends: Ends = lambda number, ending: ending
    looks: int = 2
    page: int = 100
    before: Callable[[str], None] = lambda asked: None
    after: Callable[[str], None] = lambda asked: None
    fails: dict[str, list[int]] = field(default_factory=dict)
    """Statuses to answer in turn, by what is asked, once it was done; 0 closes the connection."""
    files: dict[str, bytes] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    batches: list[Hosted] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    keys: set[str | None] = field(default_factory=set)
    _server: Any = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def url(self) -> str:
        """The base URL of its endpoint."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def lines(self, number: int) -> list[Json]:
        """The lines of the file of the batch with this number."""
        return [json.loads(line) for line in self.files[self.batches[number].file].splitlines()]

    @property
    def sizes(self) -> list[int]:
        """How many lines each batch has, in the order in which they came."""
        return [len(self.lines(number)) for number in range(len(self.batches))]

    def count(self, asked: str) -> int:
        """How often this was asked."""
        return self.asked.count(asked)

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def respond(self, asked: str, query: dict[str, list[str]], body: bytes) -> tuple[int, Json]:
        """The status and the body of the response: bytes as they are, or JSON."""
        with self._lock:
            match asked.replace(" ", "").split("/"):
                case ["POST", "files"]:
                    return 200, self._upload(body)
                case ["POST", "batches"]:
                    return 200, self._create(json.loads(body))
                case ["GET", "batches"]:
                    return 200, self._list(query.get("after", [""])[0])
                case ["GET", "batches", id]:
                    return 200, self._look(next(each for each in self.batches if each.id == id))
                case ["GET", "files", id, "content"]:
                    return 200, self.files[id]
                case _:
                    return 404, {"error": {"message": f"no such path: {asked}"}}

    def _upload(self, body: bytes) -> Json:
        head, _, rest = body.partition(b"application/jsonl\r\n\r\n")
        name = re.search(rb'filename="([^"]*)"', head)
        assert name is not None
        assert b'name="purpose"\r\n\r\nbatch\r\n' in head
        id = f"file-{len(self.files)}"
        self.names.append(name.group(1).decode())
        self.files[id] = rest[: rest.rindex(b"\r\n--")]
        return {"id": id, "object": "file", "bytes": len(self.files[id]), "filename": self.names[-1], "purpose": "batch"}

    def _create(self, wanted: Json) -> Json:
        assert wanted["endpoint"] == "/v1/chat/completions"
        assert wanted["completion_window"] == "24h"
        hosted = Hosted(f"batch_{len(self.batches)}", wanted["metadata"], wanted["input_file_id"])
        self.batches.append(hosted)
        return self._shown(hosted, "validating")

    def _list(self, after: str) -> Json:
        newest_first = self.batches[::-1]
        start = next((number + 1 for number, each in enumerate(newest_first) if each.id == after), 0)
        page = newest_first[start : start + self.page]
        has_more = start + self.page < len(newest_first)
        return {"object": "list", "data": [self._shown(each, "in_progress") for each in page], "has_more": has_more}

    def _look(self, hosted: Hosted) -> Json:
        hosted.looks += 1
        if hosted.looks < self.looks:
            return self._shown(hosted, ("validating", "in_progress", "finalizing")[min(hosted.looks - 1, 2)])
        if hosted.ending is None:
            number = self.batches.index(hosted)
            lines = [_result(line, self.answering(line["body"])) for line in self.lines(number)]
            good = tuple(_as_line(line) for line in lines if line["response"]["status_code"] == 200)
            bad = tuple(_as_line(line) for line in lines if line["response"]["status_code"] != 200)
            hosted.ending = self.ends(number, Ending(output=good, errors=bad))
        return self._shown(hosted, hosted.ending.status)

    def _shown(self, hosted: Hosted, status: str) -> Json:
        ending = hosted.ending or Ending()
        files = {}
        for kind, lines in (("output", ending.output), ("error", ending.errors)):
            if lines:
                files[f"{kind}_file_id"] = f"{hosted.id}-{kind}"
                self.files[f"{hosted.id}-{kind}"] = b"".join(lines)
        faults = [{"code": code, "message": message, "line": None, "param": None} for code, message in ending.faults]
        return {
            "id": hosted.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "errors": {"object": "list", "data": faults} if faults else None,
            "input_file_id": hosted.file,
            "completion_window": "24h",
            "status": status,
            "created_at": 1,
            "request_counts": {"total": 0, "completed": len(ending.output), "failed": len(ending.errors)},
            "metadata": hosted.metadata,
            **files,
        }


def without(lines: tuple[bytes, ...], *numbers: int) -> tuple[bytes, ...]:
    """The lines but for those with these numbers."""
    return tuple(line for number, line in enumerate(lines) if number not in numbers)


def expired(line: bytes) -> bytes:
    """The line of an error file about a request that was not asked in time, from that of its answer."""
    said = json.loads(line) | {"response": None}
    return _as_line(said | {"error": {"code": "batch_expired", "message": "This request could not be executed in time."}})


def failed(ending: Ending, code: str, message: str) -> Ending:
    """The ending of a batch that was not taken."""
    return replace(ending, status="failed", output=(), errors=(), faults=((code, message),))


def says(content: str, *, finish_reason: str = "stop") -> Json:
    """A chat completion with this content: 10 prompt and 5 completion tokens."""
    return completion({"content": content}, finish_reason=finish_reason)


def _result(line: Json, answer: Json) -> Json:
    status, body = (answer.status, answer.body) if isinstance(answer, Refused) else (200, answer)
    response = {"status_code": status, "request_id": "req_1", "body": body}
    return {"id": f"batch_req_{line['custom_id'][:6]}", "custom_id": line["custom_id"], "response": response, "error": None}


def _as_line(value: Json) -> bytes:
    return json.dumps(value).encode() + b"\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Without the look-up of the host's name, which HTTPServer asks the network for."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


def _handler(server: BatchServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self._body())

        def _body(self) -> bytes:
            if "Content-Length" in self.headers:
                return self.rfile.read(int(self.headers["Content-Length"]))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            return body

        def _answer(self, body: bytes) -> None:
            url = urlsplit(self.path)
            asked = f"{self.command} {url.path.removeprefix('/v1')}"
            server.asked.append(asked)
            server.keys.add(self.headers["Authorization"])
            server.before(asked)
            status, said = server.respond(asked, parse_qs(url.query), body)
            server.after(asked)
            if server.fails.get(asked):
                status, said = server.fails[asked].pop(0), {"error": {"message": "oops", "type": "server_error"}}
            if not status:
                self.close_connection = True
                return
            content = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/octet-stream" if isinstance(said, bytes) else "application/json")
            self.send_header("Content-Length", str(len(content)))
            with suppress(ConnectionError):  # the client was killed
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: stderr belongs to the tests."""

    return Handler
