"""Files that are whole or not there at all, and what a file about a report is called."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LONGEST_STEM = 60  # characters, of which each may take four of the 255 bytes that a name may have


def replace_whole(path: Path, data: bytes) -> None:
    """Put a file with this content in the place of what is at `path`, through another beside it. Raises OSError.

    A link is followed; a pipe or a device is written to as it is, since putting a file in its place would destroy it.
    """
    with replacement(path) as part:
        part.write_bytes(data)


@contextmanager
def replacement(path: Path) -> Iterator[Path]:
    """Where to write, piece by piece, what stands at `path` once the block has ended well; else nothing is left of it.

    As for `replace_whole`: of a pipe or a device it is the path itself. Raises OSError.
    """
    if path.exists() and not path.is_file():
        yield path  # as it was named: /dev/stdout leads to a name that only the kernel knows
        return
    path = Path(os.path.realpath(path))
    part = path.with_name(f".{path.name[:32]}.{secrets.token_hex(8)}")  # not tempfile's, which only their owner may read
    try:
        yield part
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def file_stem(source: str) -> str:
    """What a file about this source is called, less its ending. For a record: its file's name and its own, `reports-a1`.

    Where a name of a record cannot be kept as it is, a digest tells it from others, whatever else is in the corpus.
    """
    path, mark, identity = source.partition("#")
    if not mark or not path or os.path.exists(source):  # noqa: PTH110 - Path.exists raises for a name that is too long
        return _safe(Path(source).stem)[:_LONGEST_STEM] or "report"
    stem = f"{Path(path).name.split('.')[0]}-{identity}"
    safe = _safe(stem)
    if safe == stem and len(safe) <= _LONGEST_STEM:
        return safe
    return f"{safe[: _LONGEST_STEM - 9]}-{hashlib.sha256(source.encode()).hexdigest()[:8]}"


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "_", name).strip(".")
