"""Text becomes a briefing or is refused: read strictly, since what was edited by hand may be anything.

What is not JSON, or no briefing at all, is an error; a briefing that does not fit the schema is one that does not hold.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from summarizer.briefing import Briefing
from summarizer.errors import SourceError
from summarizer.reading.encodings import decode_utf8
from summarizer.reading.sources import fetch
from summarizer.verifying.finding import Finding, shown

MOST_BYTES = 32 * 2**20
"""More than a briefing on the longest report takes; as Python values it is some twenty times as much."""
KNOWN_VERSION = 1
_BYTE_ORDER_MARK = "\ufeff"


def briefing_texts(path: str, *, stdin: BinaryIO | None = None) -> list[tuple[str, str]]:
    """The briefings in a file, or for `-` in standard input, each with what to call it.

    One JSON object, or one a line as several reports give them. Raises SourceError for what cannot be read.
    """
    name, data = fetch(path, limit=MOST_BYTES + 1, stdin=stdin)
    if len(data) > MOST_BYTES:
        raise SourceError(f"{name!r} has more than {MOST_BYTES:,} bytes, and no briefing has: give one that was made here.")
    text = decode_utf8(data, name).removeprefix(_BYTE_ORDER_MARK)
    lines = [(f"{name}:{number}", line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    several = len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for _, line in lines)
    return lines if several else [(name, text)]


def parse(text: str, name: str) -> Briefing | tuple[Finding, ...]:
    """The briefing, or where it does not fit the schema. Raises SourceError for what is no briefing."""
    _require_briefing(_json(text, name), name)
    try:
        return Briefing.model_validate_json(text, strict=True)  # strict: "12" is not 12
    except ValidationError as error:
        errors = error.errors(include_url=False)
        if errors[0]["type"] == "json_invalid":  # a lone surrogate, or nested deeper than it goes
            raise _unreadable(name, errors[0]["msg"]) from error
        return tuple(_misfits(errors))


def _json(text: str, name: str) -> object:
    if not text.strip():
        raise SourceError(f"{name!r} is empty: {_ADVICE}")
    try:
        return json.loads(text, object_pairs_hook=_each_key_once, parse_float=_finite_number, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise SourceError(f"{name!r} is nested too deeply for a briefing: {_ADVICE}") from error
    except ValueError as error:  # a JSONDecodeError is one, and so is a number of too many digits
        raise _unreadable(name, str(error)) from error


def _unreadable(name: str, reason: str) -> SourceError:
    return SourceError(f"{name!r} cannot be read as JSON ({shown(reason)[1:-1]}): {_ADVICE}")


_ADVICE = "give what `summarise --format json` printed."


def _each_key_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:  # Any: JSON
    """The object; programs differ in which of two values for a key they take, so that neither can be verified."""
    read = dict(pairs)
    if len(read) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return read


def _finite_number(written: str) -> float:
    """The number; one that is too large would be read as infinite, and written again as none."""
    number = float(written)
    if math.isinf(number):
        raise ValueError(f"{written} is beyond every number that can be read")
    return number


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number in JSON")


def _require_briefing(record: object, name: str) -> None:
    if not isinstance(record, dict) or not {"schema_version", "document"} <= record.keys():
        raise SourceError(f"{name!r} is JSON, but no briefing: {_ADVICE}")
    version = record["schema_version"]
    if type(version) is not int or version != KNOWN_VERSION:  # True and 1.0 are equal to 1
        raise SourceError(
            f"{name!r} has schema_version {shown(version)}, and this program knows {KNOWN_VERSION}:"
            " verify it with the version that its provenance names."
        )


def _misfits(errors: Sequence[ErrorDetails]) -> Iterator[Finding]:
    """One finding a misfit; not those of what holds another, which only follow from it."""
    holders = {error["loc"][:depth] for error in errors for depth in range(len(error["loc"]))}
    for error in errors:
        if error["loc"] not in holders:
            found = "nothing" if error["type"] == "missing" else shown(error["input"])
            yield Finding(_path(error["loc"]), found, f"what the schema asks for ({error['msg']})")


def _path(loc: Sequence[str | int]) -> str:
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return shown(written.removeprefix("."))[1:-1]
