"""An endpoint as we let it in: bounded in time and size, whatever it does, and without what only our own transports may say.

A client's own time-outs are for each read of the socket: an endpoint that sends a byte now and then is never late by them.
"""

from __future__ import annotations

import queue
import threading

import httpx2

from summarizer.llm.cassette import ORIGIN_HEADER

SHORTEST_KEY = 6
LARGEST = 50_000_000
"""Bytes of an answer, unpacked. An answer of a model has some thousands."""


class Live(httpx2.BaseTransport):
    """Ends each request, its answer read whole, when the time that the client gives it is over.

    The request is made in a thread, which is left behind then, and ends at the next that it hears: native code cannot be
    stopped. It also lets Ctrl-C through meanwhile.
    """

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, read to its end.

        Raises httpx2.ReadTimeout when that takes longer than the request's read time-out, httpx2.ReadError when it is too
        large, and what the transport below raises.
        """
        done: queue.SimpleQueue[httpx2.Response | BaseException] = queue.SimpleQueue()
        abandoned = threading.Event()

        def work() -> None:
            try:
                done.put(_whole(self._inner.handle_request(request), request, abandoned))
            except BaseException as error:  # noqa: BLE001  carried to whoever waits, who raises it
                done.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            result = done.get(timeout=request.extensions.get("timeout", {}).get("read"))
        except queue.Empty:
            raise httpx2.ReadTimeout("the answer took too long", request=request) from None
        finally:
            abandoned.set()
        if isinstance(result, BaseException):
            raise result
        return result

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()


def _whole(response: httpx2.Response, request: httpx2.Request, abandoned: threading.Event) -> httpx2.Response:
    """The response with its body, unpacked. An origin that it states is none of ours: nothing from here was at hand."""
    body = bytearray()
    try:
        for chunk in response.iter_bytes():
            body += chunk
            if abandoned.is_set() or len(body) > LARGEST:
                raise httpx2.ReadError("the answer is too large", request=request)
    finally:
        response.close()
    packed = {"content-encoding", "content-length", "transfer-encoding", ORIGIN_HEADER}
    secret = request.headers.get("authorization", "").removeprefix("Bearer ").encode()
    if len(secret) >= SHORTEST_KEY:  # an endpoint may echo it, in an error or in an answer that is recorded
        body = body.replace(secret, b"[key]")
    headers = [(name, value) for name, value in response.headers.raw if name.decode("latin-1").lower() not in packed]
    return httpx2.Response(response.status_code, headers=headers, content=bytes(body), request=request)
