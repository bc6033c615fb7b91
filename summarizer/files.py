"""Files that are whole or not there at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_whole(path: Path, data: bytes) -> None:
    """Put a file with this content in the place of what is at `path`, through another beside it. Raises OSError.

    A link is followed; a pipe or a device is written to as it is, since putting a file in its place would destroy it.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:32]}.", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(data)
            file.close()
            part.chmod(0o666 & ~_mask())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _mask() -> int:
    """The permissions that the user's files do not get. There is no way to ask but to set it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
