"""An exchange: what was asked, what was answered, and how the answer came to be. As a value, and as the JSON of its file.

The key of a question is the SHA-256 of method, URL and canonical JSON body, so that a changed prompt, schema, model or
parameter is another question. The order of keys is none of it, but that of the fields in a schema is: a model writes them in
that order, and what it says first steers what it says next. Nothing of a request enters a file but these three: keys and
cookies travel in its headers and its query. Of an answer's headers only those in `ANSWER_HEADERS` do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Literal, NoReturn, Self

import httpx2

from summarizer.version import __version__

Json = Any  # what json.loads gives: its shape is the provider's

ORIGIN_HEADER = "x-summarizer-origin"
"""Set on an answer that was not asked live; holds the origin of its exchange."""

ANSWER_HEADERS = ("content-type",)

Fault = Literal["damaged", "no origin", "no reason", "misnamed"]


class Unplayable(Exception):
    """A file that may not be played back: `fault` says of which kind, the message what is wrong with it."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer of a machine.

    `model` as it was asked for, `endpoint` the kind of endpoint ("embedded", "openai", "other"), `date` the day in UTC as
    ISO 8601, `version` that of this program.
    """

    model: str
    endpoint: str
    date: str
    version: str


@dataclass(frozen=True, slots=True)
class Authored:
    """An answer that a person wrote, or changed. `reason` says why, and is never empty."""

    reason: str


Origin = Recorded | Authored


@dataclass(frozen=True)
class Question:
    """What is asked of an endpoint: method, URL without user and query, JSON body."""

    method: str
    url: str
    body: Json

    @classmethod
    def of(cls, request: httpx2.Request) -> Self:
        """What this request asks. Raises ValueError when its body is not JSON."""
        url = request.url.copy_with(query=None, fragment=None, userinfo=b"")
        return cls(request.method, str(url), json.loads(request.read() or b"null"))

    @cached_property
    def key(self) -> str:
        """64 hexadecimal digits: the same for the same question, others for any other."""
        asked = f"{self.method} {self.url}\n{canonical(self.body)}"
        return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer: the JSON `answer`, with the status and those headers that are kept."""

    question: Question
    answer: Json
    origin: Origin
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question, response: httpx2.Response, *, endpoint: str) -> Self:
        """What was asked and heard just now, from an `endpoint` of this kind. Raises ValueError when that is not JSON."""
        headers = {name: response.headers[name] for name in ANSWER_HEADERS if name in response.headers}
        origin = _stated_origin(response) or _recorded(question, endpoint)
        return cls(question, _loads(response.content), origin, response.status_code, headers)

    def response(self) -> httpx2.Response:
        """The answer as it came over the wire, marked as not asked live."""
        headers = {**self.headers, ORIGIN_HEADER: json.dumps(_origin_json(self.origin))}
        return httpx2.Response(self.status, headers=headers, content=json.dumps(self.answer).encode())

    def to_bytes(self) -> bytes:
        """What its file holds: the same bytes for the same exchange. Raises ValueError for a number that JSON has not."""
        text = json.dumps(_in_order(_split_lines(self._record())), ensure_ascii=False, indent=1, allow_nan=False)
        return text.encode("utf-8", "surrogatepass") + b"\n"

    def to_line(self) -> str:
        """The same in one line of ASCII, for machines: made ten times as fast. Raises ValueError likewise."""
        return json.dumps(self._record(), allow_nan=False)

    def _record(self) -> Json:
        return {
            "answer": {"body": self.answer, "headers": dict(self.headers), "status": self.status},
            "origin": _origin_json(self.origin),
            "request": {"body": self.question.body, "method": self.question.method, "url": self.question.url},
        }

    @classmethod
    def from_bytes(cls, data: bytes | str) -> Self:
        """The exchange that a file or a line holds. Raises Unplayable."""
        try:
            record = _loads(data, object_hook=_join_lines)
            asked, answered = record["request"], record["answer"]
            question = Question(asked["method"], asked["url"], asked["body"])
            answer, status, headers = answered["body"], answered["status"], answered["headers"]
            well_formed = isinstance(status, int) and 200 <= status < 600 and _are_texts(question.method, question.url)
            well_formed = well_formed and isinstance(headers, dict) and _are_texts(*headers.values())
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise Unplayable("damaged", f"it is not a whole exchange ({_brief(error)})") from error
        if not well_formed:
            raise Unplayable("damaged", "it is not a whole exchange")
        return cls(question, answer, _origin(record.get("origin")), status, headers)


def canonical(value: Json) -> str:
    """The JSON of a value, the same however its keys were ordered; the fields in a schema keep their order."""
    return json.dumps(_in_order(value), ensure_ascii=False, separators=(",", ":"))


def _in_order(value: Json, *, are_fields: bool = False) -> Json:
    """The value with its keys sorted, but for those of `properties`, in which a field may well be called `properties`."""
    match value:
        case dict():
            items = value.items() if are_fields else sorted(value.items())
            return {key: _in_order(item, are_fields=not are_fields and key == "properties") for key, item in items}
        case list():
            return [_in_order(item) for item in value]
        case _:
            return value


def _stated_origin(response: httpx2.Response) -> Origin | None:
    """The origin of an answer that came out of another cassette: copying it does not make it new."""
    try:
        return _origin(_loads(response.headers[ORIGIN_HEADER]))
    except (KeyError, ValueError, Unplayable):
        return None


def _recorded(question: Question, endpoint: str) -> Recorded:
    model = question.body.get("model") if isinstance(question.body, dict) else None
    return Recorded(str(model or ""), endpoint, datetime.now(UTC).date().isoformat(), __version__)


def _origin_json(origin: Origin) -> dict[str, str]:
    return {"kind": type(origin).__name__.lower(), **asdict(origin)}


def _origin(value: Json) -> Origin:
    """The origin that a file states. An answer of which nobody knows how it came to be proves nothing."""
    match value:
        case {"kind": "recorded", "model": str(model), "endpoint": str(endpoint), "date": str(date), "version": str(version)}:
            return Recorded(model, endpoint, date, version)
        case {"kind": "authored", "reason": str(reason)} if reason.strip():
            return Authored(reason)
        case {"kind": "authored"}:
            raise Unplayable("no reason", 'it was authored and gives no "reason"')
        case _:
            raise Unplayable("no origin", "it does not say whether it was recorded or authored")


def _loads(data: bytes | str, **options: Any) -> Json:  # Any: they are json.loads's
    return json.loads(data, parse_constant=_refuse, **options)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _brief(error: Exception) -> str:
    return f"no {error}" if isinstance(error, KeyError) else (str(error).splitlines() or [type(error).__name__])[0]


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
