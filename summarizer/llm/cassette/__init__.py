"""Recorded requests and their answers: readable files, one exchange each, found again by what was asked.

The key of an exchange is the SHA-256 of method, URL and canonical JSON body, so that a changed prompt, schema, model or
parameter is a miss, never an old answer. A cassette is a folder of such files: one file an exchange can be written by
many threads and processes at once, each atomically, and is found without reading the others. No header of a request
enters a file, and no query of its URL: keys travel there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import httpx2

from summarizer.errors import CassetteMiss, OutputError
from summarizer.files import replace_whole

Json = Any  # what json.loads gives: its shape is the provider's

ORIGIN_HEADER = "x-summarizer-origin"
"""Set on an answer that was not asked live; holds the origin of its exchange."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer. `origin` says how the answer came to be: its kind (`recorded`, `authored`) and date."""

    url: str
    request: Json
    answer: Json
    origin: dict[str, str]

    @classmethod
    def of(cls, request: httpx2.Request, response: httpx2.Response) -> Self:
        """What was asked and heard just now. Raises ValueError when the answer is not JSON."""
        heard = response.headers.get(ORIGIN_HEADER)
        origin = json.loads(heard) if heard else {"kind": "recorded", "date": datetime.now(UTC).date().isoformat()}
        return cls(_bare(request.url), _body(request), response.json(), origin)

    def response(self) -> httpx2.Response:
        """The answer as it came over the wire, marked as not asked live."""
        return httpx2.Response(200, json=self.answer, headers={ORIGIN_HEADER: json.dumps(self.origin)})


def request_key(request: httpx2.Request) -> str:
    """64 hexadecimal digits that name this request: the same for the same question, others for any other."""
    canonical = json.dumps(_body(request), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{request.method} {_bare(request.url)}\n{canonical}".encode()).hexdigest()


class Cassette:
    """A folder of exchanges. Safe to read and write from many threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> Exchange | None:
        """The exchange with this key; None when there is none, or when its file is damaged."""
        try:
            record = json.loads(self._path(key).read_bytes(), object_hook=_join_lines)
            exchange = Exchange(record["url"], record["request"], record["answer"], record["origin"])
            exchange.response()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        return exchange

    def keep(self, key: str, exchange: Exchange) -> None:
        """Write the exchange, in place of one with the same key. Raises OutputError when it cannot be written."""
        record = {"origin": exchange.origin, "url": exchange.url, "request": exchange.request, "answer": exchange.answer}
        data = json.dumps(_split_lines(record), ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_whole(self._path(key), data)
        except OSError as error:
            raise OutputError(f"answers cannot be kept in {os.fspath(self.folder)!r} ({error.strerror})") from error

    def __iter__(self) -> Iterator[Path]:
        """The files, in the order of their names."""
        return iter(sorted(self.folder.glob("*.json")))

    def _path(self, key: str) -> Path:
        return self.folder / f"{key[:24]}.json"


class Replaying(httpx2.BaseTransport):
    """Answers from a cassette alone. What it does not hold is a CassetteMiss; nothing is ever sent."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The recorded answer. Raises CassetteMiss."""
        exchange = self._cassette.find(request_key(request))
        if exchange is None:
            raise CassetteMiss(
                f"{os.fspath(self._cassette.folder)!r} holds no answer to this request: the report, prompt, schema or model"
                " changed, or it was never recorded. Record it again with --record."
            )
        return exchange.response()


class Keeping(httpx2.BaseTransport):
    """Passes requests on and keeps their answers in a cassette.

    With `reuse` it is a cache: an answer that is kept is not asked for again, only whole answers are kept, and a folder
    that cannot be written costs no answer. Without, it is a recorder: every answer with status 200 is kept, or it fails.
    """

    def __init__(self, inner: httpx2.BaseTransport, cassette: Cassette, *, reuse: bool) -> None:
        self._inner = inner
        self._cassette = cassette
        self._reuse = reuse

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer, kept or fresh. Raises OutputError when a recorder cannot write."""
        key = request_key(request)
        kept = self._cassette.find(key) if self._reuse else None
        if kept is not None:
            return kept.response()
        response = self._inner.handle_request(request)
        response.read()
        if response.status_code == httpx2.codes.OK:
            self._keep(key, request, response)
        return response

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()

    def _keep(self, key: str, request: httpx2.Request, response: httpx2.Response) -> None:
        try:
            exchange = Exchange.of(request, response)
        except ValueError:
            return  # a gateway's page with status 200 is no answer worth keeping
        if not self._reuse:
            self._cassette.keep(key, exchange)
        elif _is_whole(exchange.answer):
            with suppress(OutputError):
                self._cassette.keep(key, exchange)


def _is_whole(answer: Json) -> bool:
    """Whether the answer came to its own end. One that was cut, filtered or refused may be better the next time."""
    try:
        return all(
            choice["finish_reason"] == "stop" and not choice["message"].get("refusal") for choice in answer["choices"]
        ) and bool(answer["choices"])
    except (KeyError, TypeError, AttributeError):
        return False


def _bare(url: httpx2.URL) -> str:
    return str(url.copy_with(query=None))


def _body(request: httpx2.Request) -> Json:
    return json.loads(request.read() or b"null")


def _split_lines(value: Json) -> Json:
    """Turn strings of several lines into objects, `{newline: [line, ...]}`, so that a person can read and compare them."""
    match value:
        case str() if "\n" in value:
            return {"\n": value.split("\n")}
        case list():
            return [_split_lines(item) for item in value]
        case dict():
            return {key: _split_lines(item) for key, item in value.items()}
        case _:
            return value


def _join_lines(value: dict[str, Json]) -> Json:
    return "\n".join(value["\n"]) if value.keys() == {"\n"} else value
