"""An endpoint as we let it in: bounded in time, whatever it does, and without what only our own transports may say.

A client's own time-outs are for each read of the socket: an endpoint that sends a byte now and then is never late by them.
"""

from __future__ import annotations

import queue
import threading

import httpx2

from summarizer.llm.cassette import ORIGIN_HEADER


class Live(httpx2.BaseTransport):
    """Ends each request, its answer read whole, when the time that the client gives it is over.

    The request is made in a thread, which is left behind then: neither native code nor a slow socket can be stopped. It
    also lets Ctrl-C through while they work.
    """

    def __init__(self, inner: httpx2.BaseTransport) -> None:
        self._inner = inner

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, read to its end. Raises httpx2.ReadTimeout when that takes longer than the request's read time-out."""
        done: queue.SimpleQueue[httpx2.Response | BaseException] = queue.SimpleQueue()

        def work() -> None:
            try:
                response = self._inner.handle_request(request)
                response.read()
                response.headers.pop(ORIGIN_HEADER, None)  # an answer from here is never one that was at hand
                done.put(response)
            except BaseException as error:  # noqa: BLE001  carried to whoever waits, who raises it
                done.put(error)

        threading.Thread(target=work, daemon=True).start()
        try:
            result = done.get(timeout=request.extensions.get("timeout", {}).get("read"))
        except queue.Empty:
            raise httpx2.ReadTimeout("the answer took too long", request=request) from None
        if isinstance(result, BaseException):
            raise result
        return result

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()
