"""The provider's endpoint: files and batches, as OpenAI's Batch API has them. Nobody else here sends anything.

https://platform.openai.com/docs/api-reference/batch. Spoken without the openai client: files go out and come in as streams,
and memory stays flat. Attempts are those of `attempts`; before each attempt to create a batch it is looked for, since a
request that failed may have been heard.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx2

from summarizer.batch.provider.lines import PATH
from summarizer.errors import AnswerError
from summarizer.llm import Profile
from summarizer.llm.attempts import Clock, Deadline, Door, Patience, attempt
from summarizer.llm.failures import (
    NOT_CONNECTED,
    Transient,
    Unreachable,
    Unusable,
    error_object,
    given_up,
    of_status,
    readable,
)
from summarizer.llm.live import LARGEST, SHORTEST_KEY, Live
from summarizer.version import __version__

TAG = "summarizer"
"""The metadata of a batch under which our id travels."""
_SECONDS_TO_CONNECT = 10.0
_SECONDS = 120.0
_SECONDS_FOR_FILES = 3_600.0
_PAGE = 100
_WATCHING = Patience(attempts=200, waiting_seconds=3_600.0)
"""While a batch is on its way there is nothing else to do than to ask after it: an hour without a network ends nothing."""
_NO_SUCH_API = frozenset({404, 405, 501})

_NAME = re.compile(r"[\w.:=-]{1,200}", re.ASCII)
"""How a provider may call a batch or a file: it becomes a part of an address."""
MOST_BYTES_A_LINE = 2_000_000
"""Of a file of results, by the lines that were asked: a longest answer has some hundred thousand."""

Json = Any  # what the provider sends
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Remote:
    """A batch as the provider has it. `files` of results, output before errors; `faults`, code and words, of what failed."""

    id: str
    status: str
    files: tuple[str, ...]
    done: int
    total: int
    faults: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, body: Json) -> Self:
        """The batch that the provider describes so. Raises ValueError."""
        match body:
            case {"id": str(id), "status": str(status)} if _NAME.fullmatch(status):
                counts = body.get("request_counts") or {}
                faults = (body.get("errors") or {}).get("data") or ()
                return cls(
                    id=_name(id),
                    status=status,
                    files=tuple(_name(body[name]) for name in ("output_file_id", "error_file_id") if body.get(name)),
                    done=int(counts.get("completed") or 0) + int(counts.get("failed") or 0),
                    total=int(counts.get("total") or 0),
                    faults=tuple((str(each.get("code")), readable(each.get("message"))) for each in faults),
                )
            case _:
                raise ValueError("it is no batch")


class Gone(AnswerError):
    """The provider has no such batch, or no such file, any more."""


class BatchApi:
    """An endpoint that takes batches. Close it, or use it as a context manager."""

    def __init__(self, profile: Profile, *, transport: httpx2.BaseTransport, api_key: str, clock: Clock) -> None:
        ours = {"authorization": f"Bearer {api_key}", "user-agent": f"summarizer/{__version__}", "accept": "application/json"}
        self._profile = profile
        self._clock = clock
        self._key = api_key.encode()
        self._door = Door.of(profile.endpoint, clock)
        self._asking = httpx2.Client(transport=Live(transport), headers=ours)
        self._fetching = httpx2.Client(transport=transport, headers=ours | {"accept": "*/*"})

    def upload(self, path: Path, *, name: str) -> str:
        """What the provider calls this file, once it is there. Raises AnswerError."""

        def send(seconds: float) -> str:
            with path.open("rb") as file:
                sent = {"file": (name, file, "application/jsonl")}
                there = self._json("POST", "/files", seconds=_SECONDS_FOR_FILES, data={"purpose": "batch"}, files=sent)
                return _name(there["id"])

        return self._tried(send)

    def submit(self, id: str, *, file: str, before: Callable[[], None]) -> Remote:
        """The batch with this id of ours, which is created where it is not there; `before` each time that it is sent.

        Raises AnswerError, and what `before` raises.
        """
        wanted = {"input_file_id": file, "endpoint": PATH, "completion_window": "24h", "metadata": {TAG: id}}

        def send(seconds: float) -> Remote:
            there = self._found(id)
            if there is not None:
                return there
            before()
            return Remote.of(self._json("POST", "/batches", json=wanted))

        return self._tried(send)

    def find(self, id: str) -> Remote | None:
        """The batch with this id of ours; None where there is none. Raises AnswerError."""
        return self._tried(lambda seconds: self._found(id))

    def look(self, provider_id: str) -> Remote:
        """The batch that the provider calls so. Raises Gone, AnswerError."""
        return self._tried(lambda seconds: Remote.of(self._json("GET", f"/batches/{provider_id}")), patience=_WATCHING)

    def download(self, file: str, path: Path, *, lines: int) -> None:
        """Write the file that the provider calls so, of results of so many lines, to this path. Raises AnswerError, OSError."""
        self._tried(lambda seconds: self._fetch(file, path, most=(lines + 1) * MOST_BYTES_A_LINE), patience=_WATCHING)

    def close(self) -> None:
        """Close the connections."""
        self._asking.close()
        self._fetching.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _tried(self, send: Callable[[float], Result], *, patience: Patience = Patience()) -> Result:
        try:
            return attempt(
                lambda seconds: _meant(send, seconds, self._profile),
                patience=patience,
                door=self._door,
                deadline=Deadline(None, self._clock),
                clock=self._clock,
            )
        except Transient as failure:
            raise given_up(failure, self._profile) from None

    def _found(self, id: str) -> Remote | None:
        return next((Remote.of(each) for each in self._listed() if (each.get("metadata") or {}).get(TAG) == id), None)

    def _listed(self) -> Iterator[Json]:
        """All batches that are there."""
        seen: set[str] = set()
        after: Mapping[str, str] = {}
        while True:
            page = self._json("GET", "/batches", params={"limit": _PAGE, **after})
            yield from page["data"]
            if not (page.get("has_more") and page["data"]):
                return
            after = {"after": page["data"][-1]["id"]}
            if after["after"] in seen:
                raise ValueError("its list has no end")
            seen.add(after["after"])

    def _json(self, method: str, path: str, *, seconds: float = _SECONDS, **sent: Any) -> Json:  # Any: httpx2's
        response = self._asking.request(method, self._profile.endpoint + path, timeout=_timeout(seconds), **sent)
        self._require_success(response, path)
        return response.json()

    def _fetch(self, file: str, path: Path, *, most: int) -> None:
        end = self._clock.now() + _SECONDS_FOR_FILES
        url = f"{self._profile.endpoint}/files/{file}/content"
        with self._fetching.stream("GET", url, timeout=_timeout(_SECONDS)) as response, path.open("wb") as written:
            if response.status_code != httpx2.codes.OK:
                response.read()
            self._require_success(response, f"/files/{file}")
            for chunk in self._without_key(response.iter_bytes()):
                written.write(chunk)
                if written.tell() > most:
                    raise AnswerError(f"{self._profile.endpoint!r} sends a file of results that has no end: it is left there")
                if self._clock.now() > end:
                    raise Transient("sends a file too slowly")
            written.flush()
            os.fsync(written.fileno())

    def _without_key(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same in whole lines, without the key, which an endpoint may echo."""
        kept = b""
        for chunk in chunks:
            whole, newline, rest = chunk.rpartition(b"\n")
            if newline:
                yield self._cleaned(kept + whole + newline)
            kept = rest if newline else kept + rest
            if len(kept) > LARGEST:
                yield self._cleaned(kept)
                kept = b""
        yield self._cleaned(kept)

    def _cleaned(self, text: bytes) -> bytes:
        return text.replace(self._key, b"[key]") if len(self._key) >= SHORTEST_KEY else text

    def _require_success(self, response: httpx2.Response, path: str) -> None:
        if response.is_success:
            return
        if response.status_code in _NO_SUCH_API and path in ("/files", "/batches"):
            raise AnswerError(
                f"{self._profile.endpoint!r} takes no batches (it answered {response.status_code} to {path!r}):"
                " leave --via provider-batch out"
            )
        if response.status_code == httpx2.codes.NOT_FOUND:
            raise Gone(f"{self._profile.endpoint!r} knows no {path!r}: use the key that it was made with")
        try:
            said = error_object(response.json())
        except (ValueError, RecursionError):
            said = {"message": response.text}
        raise of_status(response.status_code, said, response.headers, self._profile)


def _meant(send: Callable[[float], Result], seconds: float, profile: Profile) -> Result:
    """What `send` gives. Raises Transient, AnswerError."""
    try:
        return send(seconds)
    except NOT_CONNECTED as fault:
        raise Unreachable(f"cannot be reached ({readable(fault)})") from None
    except httpx2.TimeoutException:
        raise Transient("did not answer in time") from None
    except httpx2.TransportError as fault:
        raise Transient(f"broke the connection off ({readable(fault)})") from None
    except Unusable as refused:
        raise AnswerError(f"{profile.name!r} at {profile.endpoint!r} refused a batch ({refused.reason})") from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise AnswerError(
            f"{profile.endpoint!r} does not speak as OpenAI's Batch API does: leave --via provider-batch out"
        ) from None


def _name(value: Json) -> str:
    """What the provider calls something. Raises ValueError."""
    if not (isinstance(value, str) and _NAME.fullmatch(value)):
        raise ValueError("it is no name")
    return value


def _timeout(seconds: float) -> httpx2.Timeout:
    return httpx2.Timeout(seconds, connect=_SECONDS_TO_CONNECT)
