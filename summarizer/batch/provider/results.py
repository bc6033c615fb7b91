"""A file of results, line by line: what the provider says of each question, in whatever order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from summarizer.llm.failures import readable

MOST_BYTES = 50_000_000
"""Of one line. An answer of a model has some thousands."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the question with this key: a response as it would have come live, or, without one, why there is none."""

    key: str
    response: httpx2.Response | None
    reason: str = ""


def results(path: Path) -> Iterator[Result | None]:
    """The results in a file; None for a line that is none."""
    with path.open("rb") as file:
        while line := file.readline(MOST_BYTES):
            if line.strip():
                yield _result(line)


_KEY = re.compile(r"[0-9a-f]{64}")


def _result(line: bytes) -> Result | None:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match said:
        case {"custom_id": str(key), "response": {"status_code": int(status), "body": body}} if 100 <= status < 600:
            content = json.dumps(body).encode()
            return Result(_known(key), httpx2.Response(status, headers={"content-type": "application/json"}, content=content))
        case {"custom_id": str(key)}:
            return Result(_known(key), None, _reason(said.get("error")))
        case _:
            return None


def _known(key: str) -> str:
    """The key, if a question can have it; none has an empty one."""
    return key if _KEY.fullmatch(key) else ""


def _reason(error: Any) -> str:  # Any: JSON
    """The provider's words on a question that it did not ask the model."""
    match error:
        case {"code": str(code), "message": str(message)}:
            return readable(f"{code}: {message}")
        case {"code": str(words)} | {"message": str(words)}:
            return readable(words)
        case _:
            return "the provider says nothing of it"
