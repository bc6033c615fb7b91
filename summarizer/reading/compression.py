"""What a gzip file holds, as far as anybody wants it: never more, whatever it would grow to."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from summarizer.reading.content import Unreadable

GZIP = b"\x1f\x8b"
"""How a gzip file begins."""
_CHUNK = 65_536
MOST_MEMBERS = 100_000
"""Files that were put behind one another have a few, those that can be read from the middle one for 64 KiB."""
_WINDOW = 31
"""For zlib: a gzip header, and the largest window."""


@dataclass(frozen=True, slots=True)
class Decompressed:
    """The beginning of what was compressed; `complete` is False where the file ends before it should."""

    data: bytes
    complete: bool = True


def decompressed(data: bytes, *, limit: int) -> Decompressed:
    """What these bytes hold, at most `limit` bytes of it. Raises Unreadable where they are damaged, or no gzip at all."""
    grown = bytearray()
    position = members = 0
    while data.startswith(GZIP, position) and len(grown) < limit:
        members += 1
        if members > MOST_MEMBERS:
            raise Unreadable("is a gzip file of far too many parts", "decompress it, and give what it holds")
        inflating = zlib.decompressobj(_WINDOW)
        while not inflating.eof and len(grown) < limit:
            chunk = data[position : position + _CHUNK]
            if not chunk:
                return Decompressed(bytes(grown), complete=False)
            grown += _inflated(inflating, chunk, limit - len(grown))
            position += len(chunk) - len(inflating.unused_data) - len(inflating.unconsumed_tail)
    if len(grown) < limit and data[position:].strip(b"\0"):  # archives on tape are filled up with NULs
        raise Unreadable("is a gzip file with something else behind it", "decompress it, and give what it holds")
    return Decompressed(bytes(grown))


def _inflated(inflating: zlib._Decompress, chunk: bytes, room: int) -> bytes:
    try:
        return inflating.decompress(chunk, room)
    except zlib.error as error:
        raise Unreadable(f"is a damaged gzip file ({error})", "get it again from where it came from") from error
