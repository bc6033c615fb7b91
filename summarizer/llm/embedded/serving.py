"""A model behind HTTP, for other programs on this machine: what OpenAI's clients speak, on 127.0.0.1 and nowhere else.

Knows HTTP, and nothing of llama.cpp: it serves any transport that answers chat completions. Not everything that reaches
the port is a friend: other users of the machine do, and so do web pages in the user's own browser. Hence the key, the check
of the Host header (a page can give the name of its own server a loopback address), and caps on what is read. A refusal ends
its connection, so that nothing behind a bad request is taken for the next one.

The model answers one request at a time; the others wait in line, each in a thread of its own.
"""

from __future__ import annotations

import hmac
import re
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any

import httpx2

from summarizer.errors import UsageError
from summarizer.llm.availability import LOOPBACK
from summarizer.llm.embedded.wire import ChatRequest, Refused, Reply, answered, as_json, chat_request, refusal
from summarizer.printable import printable

LONGEST_TOLD = 100
"""Of what is told of a method or a path, in characters."""
MOST_BYTES = 1_000_000
"""Of a body: several times what the model's context holds, with its grammar."""
SECONDS_OF_SILENCE = 30.0
"""After which a client that still owes a part of its request is given up."""
SECONDS_TO_LINGER = 2.0

HEALTH, MODELS, COMPLETIONS = "/health", "/v1/models", "/v1/chat/completions"
METHODS = {HEALTH: "GET", MODELS: "GET", COMPLETIONS: "POST"}

_LOOPBACK_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.ASCII | re.IGNORECASE)
_LENGTH = re.compile(r"\d{1,18}", re.ASCII)
_KEY = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Served:
    """A request and what it got: all that is told of it. There is no room here for prompt, answer or key."""

    method: str
    path: str
    status: int
    seconds: float = field(compare=False)
    prompt_tokens: int = 0
    completion_tokens: int = 0


class ModelServer(ThreadingHTTPServer):
    """Holds a port of 127.0.0.1, and answers there while `serve_forever` runs. A context manager that lets the port go.

    `transport` is asked by one thread at a time, about the model called `model`; whoever asks shows `key`. `told` hears of
    every request, from several threads. Port 0 is any that is free: `url` says which.
    """

    daemon_threads = True
    request_queue_size = 128
    # On Windows this would let another program take over the port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(
        self, transport: httpx2.BaseTransport, *, model: str, key: str, port: int = 0, told: Callable[[Served], None]
    ) -> None:
        """Raises UsageError for a port that cannot be had, and for a key that no header can carry."""
        if not _KEY.fullmatch(key):
            raise UsageError("a key is one word of ASCII letters, digits and signs: name another with --key, or leave it out")
        self.model = model
        self.key = key
        self.told = told
        self._transport = transport
        self._turn = threading.Lock()
        try:
            super().__init__((LOOPBACK, port), _Conversation)
        except OSError as error:
            raise UsageError(
                f"port {port} of {LOOPBACK} cannot be had ({error.strerror}):"
                " name another with --port, or 0 for any that is free"
            ) from error

    @property
    def url(self) -> str:
        """The base URL, as clients want it."""
        return f"http://{LOOPBACK}:{self.server_address[1]}/v1"

    def ask(self, asked: ChatRequest, *, has_hung_up: Callable[[], bool]) -> httpx2.Response:
        """The model's answer, when it is this request's turn. Raises Refused when nobody waits for it any longer."""
        with self._turn:
            if has_hung_up():
                raise Refused(499, "hung_up", "the client hung up before its turn came")
            response = self._transport.handle_request(
                httpx2.Request("POST", f"{self.url}/chat/completions", content=asked.content)
            )
            response.read()
            return response

    def server_bind(self) -> None:
        """Take the port. HTTPServer's own way asks the network for the name of 127.0.0.1, which may take seconds."""
        TCPServer.server_bind(self)

    def handle_error(self, request: Any, client_address: Any) -> None:  # Any: socketserver's own types
        """Say nothing of a client that hung up."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def _untold(served: Served) -> None:
    """For those who do not want to hear."""


@contextmanager
def serving(
    transport: httpx2.BaseTransport, *, model: str, key: str, port: int = 0, told: Callable[[Served], None] = _untold
) -> Iterator[ModelServer]:
    """A server that answers for the length of the block, from threads of its own: see `ModelServer`."""
    with ModelServer(transport, model=model, key=key, port=port, told=told) as server:
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Conversation(BaseHTTPRequestHandler):
    """One connection: requests in, replies out, until either side ends it."""

    server: ModelServer
    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"  # of a first line that makes no sense: its refusal still has headers
    timeout = SECONDS_OF_SILENCE
    disable_nagle_algorithm = True

    def _respond(self) -> None:
        start = time.monotonic()
        try:
            reply = self._reply()
        except Refused as refused:
            reply = refused.reply
        self._send(reply, seconds=time.monotonic() - start)

    # The standard library calls these. A method that is not among them gets a 501 from it, through `send_error`.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _respond  # noqa: N815

    def _reply(self) -> Reply:
        path = self.path.partition("?")[0]
        self._require_loopback()
        if path != HEALTH:
            self._require_key()
        if path not in METHODS:
            raise Refused(404, "unknown_path", f"there is no {path!r} here, only {', '.join(METHODS)}")
        if self.command != METHODS[path]:
            raise Refused(405, "wrong_method", f"{path} takes {METHODS[path]} only", headers=(("Allow", METHODS[path]),))
        body = self._body()
        match path:
            case "/health":
                return Reply(200, as_json({"status": "ok"}))
            case "/v1/models":
                listed = {"id": self.server.model, "object": "model", "created": 0, "owned_by": "summarizer"}
                return Reply(200, as_json({"object": "list", "data": [listed]}))
            case _:
                return self._complete(chat_request(body, model=self.server.model))

    def _require_loopback(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not _LOOPBACK_HOST.fullmatch(hosts[0]):
            raise Refused(403, "foreign_host", f"this server answers to {LOOPBACK} and localhost only")

    def _require_key(self) -> None:
        scheme, _, given = self.headers.get("Authorization", "").partition(" ")
        # As bytes: compare_digest takes no string beyond ASCII.
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), self.server.key.encode()):
            raise Refused(
                401,
                "invalid_api_key",
                "a key is wanted in the Authorization header: the server printed it when it began",
                headers=(("WWW-Authenticate", "Bearer"),),
            )

    def _body(self) -> bytes:
        if "Transfer-Encoding" in self.headers:
            raise Refused(411, "length_required", "send the body whole, with its Content-Length")
        lengths = self.headers.get_all("Content-Length", ["0"])
        if len(lengths) != 1 or not _LENGTH.fullmatch(lengths[0]):
            raise Refused(400, "bad_length", "Content-Length is not one number")
        length = int(lengths[0])
        if length > MOST_BYTES:
            raise Refused(413, "too_large", f"a request has at most {MOST_BYTES} bytes")
        try:
            body = self.rfile.read(length)
        except OSError:  # silent for too long, or reset
            body = b""
        if len(body) < length:
            raise Refused(408, "incomplete", "the body ended, or paused for too long, before its Content-Length")
        return body

    def _complete(self, asked: ChatRequest) -> Reply:
        try:
            return answered(self.server.ask(asked, has_hung_up=self._has_hung_up), asked)
        except Refused:
            raise
        except ValueError as error:  # how llama.cpp refuses what is no chat
            raise Refused(400, "bad_request", f"the model takes no such request: {error}") from error
        except Exception as error:  # the edge: whatever the model failed with, the next request may fare better
            raise Refused(500, "model_failed", f"the model failed: {error}") from error

    def _has_hung_up(self) -> bool:
        """Whether the client ended its side. One that only ended what it sends counts too: OpenAI's clients do not."""
        self.connection.settimeout(0)
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            self.connection.settimeout(self.timeout)

    def _send(self, reply: Reply, *, seconds: float) -> None:
        path = self.path if self.command else ""
        self.server.told(
            Served(
                printable((self.command or "?")[:LONGEST_TOLD]),
                printable(path.partition("?")[0][:LONGEST_TOLD]),
                reply.status,
                seconds,
                reply.prompt_tokens,
                reply.completion_tokens,
            )
        )
        refused = reply.status >= HTTPStatus.BAD_REQUEST
        try:
            self.send_response(reply.status)
            for name, value in (
                ("Content-Type", reply.content_type),
                ("Content-Length", str(len(reply.content))),
                *reply.headers,
            ):
                self.send_header(name, value)
            if refused:
                self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else reply.content)
        except OSError:  # the client hung up
            self.close_connection = True
        if refused:
            self._linger()

    def _linger(self) -> None:
        """Read what the client still sends: a connection closed on unread bytes is reset, and the reply may be lost with it."""
        end = time.monotonic() + SECONDS_TO_LINGER
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(SECONDS_TO_LINGER)
            while self.connection.recv(65_536) and time.monotonic() < end:
                pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the standard library finds wrong with a request (its first line, headers, method), in OpenAI's shape."""
        self._send(refusal(int(code), "bad_request", message or HTTPStatus(code).phrase), seconds=0.0)

    def version_string(self) -> str:
        """What the Server header says: no versions."""
        return "summarizer"

    def log_message(self, format: str, *args: Any) -> None:  # Any: the standard library's signature
        """Nothing: `told` hears of every request, and paths may hold control characters."""
