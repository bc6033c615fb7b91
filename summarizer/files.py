"""Files that are whole or not there at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def replace_whole(path: Path, data: bytes) -> None:
    """Put a file with this content in the place of what is at `path`, through another beside it. Raises OSError.

    A link is followed; a pipe or a device is written to as it is, since putting a file in its place would destroy it.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    part = path.with_name(f".{path.name[:32]}.{secrets.token_hex(8)}")
    try:
        with part.open("xb") as file:  # not through tempfile, whose files nobody but their owner may read
            file.write(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
