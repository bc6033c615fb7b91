"""Bytes from where the user points: a file, or standard input. Every way in which that fails is a `SourceError`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from summarizer.errors import SourceError

STANDARD_INPUT = "-"
_PIECE = 16 * 2**20  # bytes


Limits = Callable[[str, bytes], int]
"""How many bytes of a source are wanted at most, by what it is called and how it begins."""


def fetch(
    source: str | Path, *, limit: int, limits: Limits = lambda _, beginning: len(beginning), stdin: BinaryIO | None = None
) -> tuple[str, bytes]:
    """What to call the source, and its bytes, however long or endless it is.

    At most `limit` of them; where there are more, as many as `limits` says of the first `limit`.
    """
    if source == STANDARD_INPUT:
        return "stdin", _from_stream(stdin, lambda stream: _bounded(stream, "stdin", limit, limits))
    if source == "":  # a path would take it for the folder where the program runs
        raise SourceError("'' cannot be read (the name is empty): give a file, or '-' for standard input.")
    name = name_of(source)
    return name, _from_file(Path(source), name, lambda stream: _bounded(stream, name, limit, limits))


def _bounded(stream: BinaryIO, name: str, limit: int, limits: Limits) -> bytes:
    beginning = _up_to(limit, stream)
    if len(beginning) < limit:
        return beginning
    return beginning + _up_to(limits(name, beginning) - limit, stream)


def _up_to(most: int, stream: BinaryIO) -> bytes:
    """At most so many bytes, piece by piece: memory is taken for what is there, and not for what might be."""
    pieces: list[bytes] = []
    while most > 0 and (piece := stream.read(min(most, _PIECE))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)


def name_of(source: str | Path) -> str:
    """The path as the user typed it; bytes of a file name that are no UTF-8 are written out, since a briefing is UTF-8."""
    return str(source).encode("utf-8", "backslashreplace").decode()


def _from_stream(stdin: BinaryIO | None, read: Callable[[BinaryIO], bytes]) -> bytes:
    """What standard input holds."""
    if stdin is None and sys.stdin is None:
        raise SourceError("Standard input is closed: give a file instead of '-'.")
    try:
        return read(stdin or sys.stdin.buffer)
    except (OSError, ValueError) as error:
        raise SourceError(f"Standard input cannot be read ({_reason(error)}): give a file instead of '-'.") from error


def _from_file(path: Path, name: str, read: Callable[[BinaryIO], bytes]) -> bytes:
    """What a file, a pipe or a device holds."""
    try:
        with path.open("rb") as stream:
            return read(stream)
    except (OSError, ValueError) as error:
        raise SourceError(f"{name!r} cannot be read ({_reason(error)}): {_advice(error)}") from error


def _reason(error: OSError | ValueError) -> str:
    """What the system says, without the path that the message names already."""
    words = error.strerror if isinstance(error, OSError) else None
    return (words or str(error) or type(error).__name__).lower()


def _advice(error: OSError | ValueError) -> str:
    """The next move."""
    match error:
        case FileNotFoundError():
            return "check the spelling and the folder, or give '-' for standard input."
        case IsADirectoryError():
            return "it is a folder; name the files in it."
        case PermissionError():
            return "ask for the right to read it, or read a copy."
        case _:
            return "check the path, or give '-' and pass the text through standard input."
