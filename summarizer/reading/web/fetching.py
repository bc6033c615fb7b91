"""Goes to a web address and brings what is there, through one connection a hop, each to an address that was checked.

A name is looked up once, here; what is connected to is one of the addresses that came back, by its number, so that no second
answer of a name server counts. The name itself goes into `Host` and, encrypted, into the handshake, against which the
certificate is checked. There is no client that could add what nobody asked for (proxies, cookies, credentials, redirects),
and no connection serves two hops: pools go by address, and two names at one address have two certificates.
"""

from __future__ import annotations

import queue
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from ipaddress import ip_address
from typing import NamedTuple, TypeVar

import httpx2

from summarizer.errors import SourceError
from summarizer.reading.compression import decompressed
from summarizer.reading.content import Declared, Unreadable
from summarizer.reading.web.addresses import Address, look_up, objection_to
from summarizer.reading.web.naming import as_shown
from summarizer.reading.web.targets import Target, target_of
from summarizer.version import __version__

MOST_REDIRECTS = 5
MOST_ADDRESSES = 4
"""Addresses of one name that are tried, one after the other."""

_SECONDS_TO_CONNECT = 10.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DOCUMENTS = frozenset(
    {
        "application/gzip",
        "application/octet-stream",
        "application/pdf",
        "application/rtf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/x-gzip",
        "application/xhtml+xml",
        "binary/octet-stream",
        "message/rfc822",
    }
)
_SAVE = "save the page with a browser and give the file"
_HEADERS = {
    "user-agent": f"summarizer/{__version__}",
    "accept": "text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.5",
    "accept-encoding": "gzip",
    "connection": "close",
}

_Cause = TypeVar("_Cause", bound=BaseException)


class Fetched(NamedTuple):
    """What was at a web address. `source` is the address as it was given, `moved_to` the one it came from, if another."""

    source: str
    data: bytes
    declared: Declared
    moved_to: str | None


def _transport() -> httpx2.BaseTransport:
    """A connection of its own, which checks certificates, and hears nothing of the environment."""
    return httpx2.HTTPTransport(trust_env=False)


@dataclass(frozen=True, slots=True)
class Web:
    """How a page is reached. Only Python code can say so, not the environment or the command line: tests do.

    `resolve` gives the addresses of a name, `objection` says what speaks against connecting to an address and a port.
    `transport` makes one connection. `seconds` is for the whole fetch, `idle_seconds` for each wait in it.
    """

    resolve: Callable[[str, int], Sequence[str]] = look_up
    objection: Callable[[Address, int], str | None] = objection_to
    transport: Callable[[], httpx2.BaseTransport] = _transport
    seconds: float = 60.0
    idle_seconds: float = 15.0


def fetch(url: str, *, limit: int, web: Web) -> Fetched:
    """What is at a web address; see `fetch_url`.

    The work is done in a thread, which is left behind when the time is over: neither a name server nor a server that sends a
    byte now and then can be timed otherwise. Its connection is closed then, which ends it.
    """
    target = target_of(url)
    done: queue.SimpleQueue[Fetched | BaseException] = queue.SimpleQueue()
    with _Connections(web) as connections:

        def work() -> None:
            try:
                done.put(_fetched(url, target, connections, limit))
            except BaseException as error:  # noqa: BLE001  carried to whoever waits, who raises it
                done.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            result = done.get(timeout=web.seconds)
        except queue.Empty:
            raise SourceError(
                f"{as_shown(url)} took longer than {web.seconds:g} seconds: try again later, or {_SAVE}."
            ) from None
    if isinstance(result, BaseException):
        raise result
    return result


class _Connections:
    """What one fetch has open. Once closed, no other is opened, and nothing more is sent or read."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self._opened = ExitStack()
        self._closed = threading.Event()

    def __enter__(self) -> _Connections:
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._opened.close()

    def ask(self, target: Target, address: Address) -> httpx2.Response:
        """The beginning of the answer to a request for the page, from this address."""
        transport = self.web.transport()
        self._opened.callback(transport.close)
        if self._closed.is_set():  # nobody closes what is opened later
            transport.close()
        self.require_open()
        wait = self.web.idle_seconds
        timeout = {"connect": min(_SECONDS_TO_CONNECT, wait), "read": wait, "write": wait, "pool": wait}
        extensions = {"timeout": timeout, "trace": self._before_sending}
        if target.address is None:
            extensions["sni_hostname"] = target.host
        headers = {"host": target.authority} | _HEADERS
        return transport.handle_request(httpx2.Request("GET", target.at(address), headers=headers, extensions=extensions))

    def require_open(self) -> None:
        """Go on, unless nobody waits any longer."""
        if self._closed.is_set():
            raise TimeoutError

    def _before_sending(self, event: str, _: object) -> None:
        """Closing a transport does not reach a connection that is just being made: end that one before it is used."""
        if event == "http11.send_request_headers.started":
            self.require_open()


def _fetched(url: str, target: Target, connections: _Connections, limit: int) -> Fetched:
    """The page at the end of the redirects."""
    name, first = as_shown(url), target
    for _ in range(MOST_REDIRECTS + 1):
        try:
            response = _answer(target, connections, name)
            if response.status_code not in _REDIRECTS:
                declared = _declared(response, name)
                data = _body(response, connections, limit, name)
                moved_to = None if target.url == first.url else str(target.url.copy_with(fragment=None))
                return Fetched(source=url, data=data, declared=declared, moved_to=moved_to)
            response.close()
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, OSError) as error:  # all that the library and sockets raise
            raise _broken(error, name, connections.web) from error
        target = _redirected(response, target, name)
        name = f"{as_shown(url)} (redirected to {as_shown(str(target.url))})"
    raise SourceError(
        f"{as_shown(url)} redirects more than {MOST_REDIRECTS} times: give the address where it ends, or {_SAVE}."
    )


def _answer(target: Target, connections: _Connections, name: str) -> httpx2.Response:
    """The beginning of the answer, from the first checked address where there is a server."""
    *others, last = _checked(target, connections.web, name)
    for address in others:
        try:
            return connections.ask(target, address)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            if _cause(error, ssl.SSLError):
                raise
    return connections.ask(target, last)


def _checked(target: Target, web: Web, name: str) -> list[Address]:
    """The addresses of a target to which nothing objects; at least one."""
    addresses = [target.address] if target.address else _looked_up(target, web, name)
    objections = {address: web.objection(address, target.port) for address in addresses}
    checked = [address for address, objection in objections.items() if objection is None]
    if not checked:
        address, objection = next(iter(objections.items()))
        raise SourceError(f"{name} is not fetched, since it leads to {address} ({objection}): only public addresses are.")
    return checked[:MOST_ADDRESSES]


def _looked_up(target: Target, web: Web, name: str) -> list[Address]:
    """The addresses of a name; at least one."""
    try:
        addresses = [ip_address(each) for each in web.resolve(target.host, target.port)]
    except (OSError, ValueError) as error:  # a UnicodeError is a ValueError
        raise _unknown(target, name) from error
    if not addresses:
        raise _unknown(target, name)
    return addresses


def _unknown(target: Target, name: str) -> SourceError:
    return SourceError(
        f"{name} cannot be fetched (no address is known for {target.host!r}): check the spelling and the network."
    )


def _redirected(response: httpx2.Response, target: Target, name: str) -> Target:
    """Where an answer sends us. From an encrypted page never to a plain one: anybody on the way could have written that."""
    location = response.headers.get("location", "")
    if not location:
        raise SourceError(f"{name} redirects ({response.status_code}) without saying where to: {_SAVE}.")
    try:
        following = target_of(location, seen_from=target)
    except SourceError as error:
        raise SourceError(f"{name} redirects, and {error}") from error
    if target.is_encrypted and not following.is_encrypted:
        raise SourceError(f"{name} redirects from https to {as_shown(location)}, which is not encrypted: {_SAVE}.")
    return following


def _declared(response: httpx2.Response, name: str) -> Declared:
    """What the server says of its answer, where that is a document."""
    if response.status_code not in {200, 203}:
        raise SourceError(f"{name} was answered with {_status(response.status_code)}.")
    media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower() or None
    if media_type and not media_type.startswith("text/") and media_type not in _DOCUMENTS:
        raise SourceError(
            f"{name} is {media_type[:100]!r}, and only web pages, text, PDF and Word documents are fetched: {_SAVE}."
        )
    charset = response.charset_encoding
    return Declared(media_type=media_type, charset=charset.lower() if charset else None)


def _status(code: int) -> str:
    """A status, and the next move."""
    phrase = httpx2.codes.get_reason_phrase(code).lower()
    status = f"{code} ({phrase})" if phrase else str(code)
    match code:
        case 401 | 402 | 403 | 407 | 451:
            return f"{status}, which is no leave to read it: {_SAVE}"
        case 404 | 410:
            return f"{status}: check the address"
        case 408 | 425 | 429 | 500 | 502 | 503 | 504:
            return f"{status}: try again later, or {_SAVE}"
        case _:
            return f"{status}: {_SAVE}"


def _body(response: httpx2.Response, connections: _Connections, limit: int, name: str) -> bytes:
    """What the answer holds, unpacked and whole."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        raise SourceError(f"{name} came packed as {coding[:100]!r}, which was not asked for: {_SAVE}.")
    data = b"".join(_bounded(_received(response, connections), limit, name))
    return _unpacked(data, limit, name) if coding.endswith("gzip") else data


def _unpacked(data: bytes, limit: int, name: str) -> bytes:
    """What was packed for the way, whole and no more than it may be."""
    damaged = f"{name} came damaged (its gzip packing is broken): try again, or {_SAVE}."
    try:
        unpacked = decompressed(data, limit=limit + 1)
    except Unreadable as error:
        raise SourceError(damaged) from error
    if len(unpacked.data) > limit:
        raise _too_large(limit, name)
    if not unpacked.complete or not data:
        raise SourceError(damaged)
    return unpacked.data


def _received(response: httpx2.Response, connections: _Connections) -> Iterator[bytes]:
    """What comes, as it comes: `response.iter_bytes` would unpack it, and pass what is cut short for whole."""
    assert isinstance(response.stream, httpx2.SyncByteStream)  # noqa: S101  the transport is not an asynchronous one
    for chunk in response.stream:
        connections.require_open()
        yield chunk


def _bounded(chunks: Iterator[bytes], limit: int, name: str) -> Iterator[bytes]:
    """The chunks, so long as they are not too much."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _too_large(limit, name)
        yield chunk


def _too_large(limit: int, name: str) -> SourceError:
    return SourceError(f"{name} is larger than {limit:,} bytes: save the part that you need and give the file.")


def _broken(error: Exception, name: str, web: Web) -> SourceError:
    """What is wrong with a connection, for people."""
    untrusted = _cause(error, ssl.SSLCertVerificationError)
    if untrusted:
        return SourceError(
            f"{name} is not fetched, since its certificate is not valid ({untrusted.verify_message.rstrip('.')})."
        )
    if _cause(error, ssl.SSLError):
        return SourceError(f"{name} cannot be fetched (no encrypted connection comes about): check the address, or {_SAVE}.")
    match error:
        case httpx2.ConnectTimeout() | httpx2.ConnectError():
            return SourceError(f"{name} cannot be fetched (no server answers there): check the address and the network.")
        case httpx2.TimeoutException():
            return SourceError(f"{name} sent nothing for {web.idle_seconds:g} seconds: try again later, or {_SAVE}.")
        case _:
            return SourceError(
                f"{name} cannot be fetched (the server broke off, or does not speak HTTP): try again, or {_SAVE}."
            )


def _cause(error: BaseException | None, kind: type[_Cause]) -> _Cause | None:
    """The error of this kind that led to another."""
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
