"""Lines of a text file, none of which takes more memory than it may, and the records of JSON Lines.

Bytes that are not in the file's encoding are kept as lone surrogates (PEP 383) until the record that holds them is looked at:
they cost this record, not the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from summarizer.reading.corpora.rows import Failure, Row, first_twice

_MOST_PIECES = 64  # of the longest line: what goes on for longer is no line, but a file made to keep us busy
_MOST_BLANK = 100_000  # lines in a row: a packed file of one megabyte may hold a billion
_UNDECODED = re.compile("[\udc80-\udcff]")


class EndlessLine(Exception):
    """A line, or blank lines, so long that looking for the end is given up."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its end. One that is too long has no text, but still its number of quotation marks."""

    number: int
    text: str
    quotes: int
    too_long: bool = False


def lines(stream: IO[str], *, longest: int, ends: tuple[str, ...] = ("\n",)) -> Iterator[Line]:
    """Every line, numbered from 1. Of one with more than `longest` characters nothing is kept. Raises EndlessLine."""
    number = blank = 0
    while text := stream.readline(longest + 1):
        number += 1
        blank = 0 if text.strip() else blank + 1
        if blank > _MOST_BLANK:
            raise EndlessLine(f"more than {_MOST_BLANK:,} blank lines")
        if len(text) <= longest or text.endswith(ends):
            yield Line(number, text, text.count('"'))
        else:
            quotes = text.count('"') + _pass_over(stream, longest, ends)
            yield Line(number, "", quotes, too_long=True)


def _pass_over(stream: IO[str], longest: int, ends: tuple[str, ...]) -> int:
    """Go to the end of this line; how many quotation marks it still has."""
    quotes = 0
    for _ in range(_MOST_PIECES):
        piece = stream.readline(longest)
        quotes += piece.count('"')
        if not piece or piece.endswith(ends):
            return quotes
    raise EndlessLine(f"a line of more than {_MOST_PIECES * longest:,} characters")


def undecoded(text: str, encoding: str) -> str | None:
    """What is wrong with text that holds bytes of another encoding; None where it holds none."""
    found = _UNDECODED.search(text)
    if found is None:
        return None
    byte = ord(found[0]) - 0xDC00
    return f"is not {encoding.upper()} (byte 0x{byte:02x}, after {found.start():,} characters): convert it, or say --encoding."


def too_long(longest: int) -> str:
    """What is wrong with a record of more than `longest` characters."""
    return f"is longer than {longest:,} characters: split it, or raise --max-characters."


def json_rows(numbered: Iterator[Line], *, name: str, encoding: str, longest: int) -> Iterator[Row | Failure]:
    """The object on each line that is not blank."""
    for line in numbered:
        if line.too_long:
            yield Failure(name, line.number, too_long(longest))
        elif line.text.strip():
            yield _row(line, name, encoding)


def _row(line: Line, name: str, encoding: str) -> Row | Failure:
    wrong = undecoded(line.text, encoding)
    if wrong:
        return Failure(name, line.number, wrong)
    try:
        values = json.loads(line.text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        return Failure(name, line.number, f"is no JSON ({error.msg}, after {error.pos:,} characters).")
    except (ValueError, RecursionError) as error:
        return Failure(name, line.number, f"is no JSON ({error}).")
    if not isinstance(values, dict):
        return Failure(name, line.number, "is no JSON object: every line of JSON Lines is one, in braces.")
    return Row(line.number, values)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object; one that says the same field twice would lose one of them in silence."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError(f"the field {first_twice(name for name, _ in pairs)!r} is there twice")
    return values
