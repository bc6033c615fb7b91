"""JSON files that people and other programs wrote, read into values or refused in one line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from summarizer.errors import SourceError
from summarizer.reading.encodings import decode_utf8
from summarizer.reading.sources import fetch
from summarizer.verifying.finding import shown

MOST_BYTES = 32 * 2**20

Record = TypeVar("Record", bound=BaseModel)


def read_record(path: Path, kind: type[Record], *, advice: str) -> Record:
    """The file as a value of this kind. Raises SourceError, which ends in the advice, for what is none."""
    name, data = fetch(path, limit=MOST_BYTES + 1, stdin=None)
    if len(data) > MOST_BYTES:
        raise SourceError(f"{name!r} has more than {MOST_BYTES:,} bytes: {advice}")
    try:
        return kind.model_validate_json(decode_utf8(data, name).removeprefix("\ufeff"), strict=True)  # strict: "12" is not 12
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise SourceError(f"{name!r} cannot be used: {_place(first['loc'])}{shown(first['msg'])[1:-1]}; {advice}") from error


def _place(loc: Sequence[int | str]) -> str:
    """Where in the file, such as `items[3].kinds[0]: `; nothing for the file as a whole."""
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).removeprefix(".")
    return f"{shown(written)[1:-1]}: " if written else ""
