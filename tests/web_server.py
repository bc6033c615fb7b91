"""Web sites on 127.0.0.1 for tests of fetching: scripted answers, byte for byte, plain or encrypted. Mark them `loopback`."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

_HELLO = b"\x16\x03"
"""How a client begins that wants to encrypt."""

Answer = bytes | Callable[[socket.socket], None]
"""What is sent, or what is done with the connection."""


class Site:
    """Answers each path as scripted. Keeps the heads of requests, the names in handshakes, and counts connections."""

    def __init__(self, answers: Mapping[str, Answer], context: ssl.SSLContext | None) -> None:
        self._answers = answers
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.heads: list[str] = []
        self.names: list[str] = []
        self.connections = 0
        if context:
            context.sni_callback = lambda _, name, __: self.names.append(name)

    def serve(self) -> None:
        with suppress(OSError):  # the listener is closed: the test is over
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, plain: socket.socket) -> None:
        with plain, suppress(OSError), self._encrypted(plain) as connection:  # the client may go, or want no such certificate
            head = b""
            while b"\r\n\r\n" not in head and not head.startswith(_HELLO):
                head += connection.recv(65536) or b"\r\n\r\n"
            self.heads.append(head.decode("latin-1"))
            answer = self._answers.get(self.heads[-1].partition(" ")[2].partition(" ")[0], page(status="404 Not Found"))
            if isinstance(answer, bytes):
                connection.sendall(answer)
            else:
                answer(connection)

    def _encrypted(self, plain: socket.socket) -> socket.socket:
        return self._context.wrap_socket(plain, server_side=True) if self._context else plain


@contextmanager
def site(answers: Mapping[str, Answer], *, context: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Such a site, for the length of the block."""
    served = Site(answers, context)
    thread = threading.Thread(target=served.serve, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        served.close()
        thread.join()


class Canary:
    """A door at 127.0.0.1 at which nobody may knock."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self.port: int = listener.getsockname()[1]

    def knocks(self) -> int:
        """How many connections have come since the last look: the system completes them before anybody accepts them."""
        count = 0
        with suppress(BlockingIOError):
            while True:
                self._listener.accept()[0].close()
                count += 1
        return count


@contextmanager
def canary() -> Iterator[Canary]:
    """A canary, listening for the length of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        yield Canary(listener)


def page(body: bytes = b"<p>Halvik said no.</p>", *, status: str = "200 OK", **headers: str) -> bytes:
    """An answer with its length; underscores in the names of headers are hyphens."""
    fields = {"content_type": "text/html; charset=UTF-8", "content_length": str(len(body))} | headers
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items() if value)]
    return "\r\n".join((*lines, "", "")).encode() + body


def moved(location: str, *, status: str = "302 Found") -> bytes:
    """A redirect."""
    return page(b"", status=status, location=location)
