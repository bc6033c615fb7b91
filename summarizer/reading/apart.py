"""A reader in a process of its own, with limits: a source that is broken or hostile costs itself and nothing else.

The process is that of `confined`. What comes back from it is one JSON object of bounded length, checked against `Content`
(never a pickle: the process has read a stranger's bytes); what does not come back is an `Unreadable` that says why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import IO, Any, Protocol, cast

from summarizer.reading import confined
from summarizer.reading.confined import MEGABYTE, SPLIT, Bounds, Confined, no_answer
from summarizer.reading.content import Content, Unreadable

__all__ = ["Bounds", "Read", "read_apart"]


class Read(Protocol):
    """`content` of a module that reads one kind of source. Raises `Unreadable` where it finds nothing."""

    def __call__(self, data: bytes, *, keep_hidden: bool = False) -> Content: ...


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the process sends back: the content, or why there is none, or the class of what its reader raised."""

    content: Content | None = None
    unreadable: tuple[str, str] | None = None
    failed: str | None = None


def read_apart(reader: str, data: bytes, *, keep_hidden: bool = False, bounds: Bounds | None = None) -> Content:
    """What the reader in the module of this full name finds in the bytes; `Unreadable` also where a limit was reached."""
    bounds = bounds or confined.DEFAULT
    request = {"reader": reader, "keep_hidden": keep_hidden}
    with Confined((__name__, reader), request, bounds=bounds) as process:
        with process.within(bounds.patience):
            process.send(data)
            received = process.answers.read(bounds.output + 1)
        if len(received) > bounds.output:
            raise Unreadable(f"holds more than {bounds.output // MEGABYTE} MB of text", SPLIT)
        sent = _answer_in(received)
        if sent is None:
            raise process.why_it_ended()
    if sent.content is not None:
        return sent.content
    if sent.unreadable is not None:
        raise Unreadable(*sent.unreadable)
    raise no_answer(str(sent.failed), bounds)


def _answer_in(received: bytes) -> _Answer | None:
    """The answer that was sent; None for nothing, half an answer, or none of ours."""
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(_Answer).validate_json(received)
    except ValidationError:
        return None


def answer(request: Mapping[str, Any], stdin: IO[bytes], stdout: IO[bytes]) -> None:  # Any: `read_apart` wrote it
    """What runs in the process: write what the reader finds in the bytes, or raises."""
    stdout.write(_answer_to(request, stdin))


def _answer_to(request: Mapping[str, Any], stdin: IO[bytes]) -> bytes:  # Any: as above
    try:
        read = cast(Read, import_module(request["reader"]).content)
        return _json(_Answer(content=read(stdin.read(), keep_hidden=request["keep_hidden"])))
    except Unreadable as error:
        return _json(_Answer(unreadable=(error.reason, error.advice)))
    except Exception as error:  # noqa: BLE001  whatever a library raises at a stranger's bytes is this source's end alone
        return _json(_Answer(failed=type(error).__name__))


def _json(sent: _Answer) -> bytes:
    """The answer as one JSON object in UTF-8."""
    return json.dumps(asdict(sent), ensure_ascii=False).encode()
