"""A server on loopback that fails in every way that a socket allows, one script a server, and counts what it was asked."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

Step = Callable[[socket.socket], None]
"""What is done with a connection whose request has been read."""


class FailingServer:
    """Does one step a request, the last one for ever. `requests` holds the bodies of those that came."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/v1"
        self.requests: list[bytes] = []
        self._lock = threading.Lock()

    def serve(self) -> None:
        with suppress(OSError):  # the listener is closed: the test is over
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):  # the client has gone
            body = _body(connection)
            with self._lock:  # of two that come at once, one is the first
                self.requests.append(body)
                number = len(self.requests)
            self._steps[min(number, len(self._steps)) - 1](connection)


@contextmanager
def failing(*steps: Step) -> Iterator[FailingServer]:
    """Such a server, for the length of the block."""
    server = FailingServer(steps)
    threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield server
    finally:
        server.close()


def _body(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(body) < int(lengths[0]):
        body += connection.recv(65536)
    return body


def sends(
    content: str,
    *,
    status: int = 200,
    kind: str = "application/json",
    missing: int = 0,
    retry_after: str | None = None,
    header: str | None = None,
) -> Step:
    """Answer with this body; the head promises `missing` bytes more than come, and has one more `header`."""
    body = content.encode()
    head = [f"HTTP/1.1 {status} X", f"content-type: {kind}", f"content-length: {len(body) + missing}", "connection: close"]
    if retry_after is not None:
        head.append(f"retry-after: {retry_after}")
    if header is not None:
        head.append(header)
    return lambda connection: connection.sendall("\r\n".join((*head, "", "")).encode("latin-1") + body)


def error(status: int, *, code: str | None = None, message: str = "no", retry_after: str | None = None) -> Step:
    """Answer with an error, as OpenAI-compatible endpoints send it."""
    body = json.dumps({"error": {"message": message, "code": code, "type": "x"}})
    return sends(body, status=status, retry_after=retry_after)


def says(content: str | None, *, finish_reason: str = "stop", refusal: str | None = None) -> Step:
    """Answer with a chat completion."""
    return sends(whole(content, finish_reason=finish_reason, refusal=refusal))


def whole(content: str | None, *, finish_reason: str = "stop", refusal: str | None = None) -> str:
    """A chat completion."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    choice = {"index": 0, "finish_reason": finish_reason, "message": message}
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    return json.dumps({"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage})


def resets(*, after: bytes = b"") -> Step:
    """Send this much of an answer, then reset the connection."""

    def step(connection: socket.socket) -> None:
        connection.sendall(after)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return step


def drips() -> Step:
    """Send a byte now and then, for ever as far as the client can tell."""

    def step(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n")
        for _ in range(200):
            connection.sendall(b" ")
            threading.Event().wait(0.02)

    return step


def is_silent(connection: socket.socket) -> None:
    """Send nothing until the client goes."""
    connection.recv(1)


def in_seconds(seconds: float) -> str:
    """The date so many seconds from now, as `Retry-After` may give it."""
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
