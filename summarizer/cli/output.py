"""Where briefings go: to stdout, to one file, or one file each into a folder. Files are whole or not there at all."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from summarizer.errors import OutputError, UsageError
from summarizer.files import replace_whole
from summarizer.reading.corpora.identities import Identities
from summarizer.rendering import BinaryFormat, Look, require

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.rendering import Format


_LONGEST_STEM = 60  # characters, of which each may take four of the 255 bytes that a name may have


class Output:
    """The place of one run's briefings. Remembers the names that it gave, so that no two reports share a file."""

    def __init__(self, path: str | None, *, format: Format, several: bool, look: Look = Look()) -> None:
        """`path`: None for stdout.

        Raises UsageError for an empty name, where several briefings would go into one file, and where a file that is not
        text would go to a terminal or among others on stdout,
        and where the format cannot be made here; and OutputError for a place
        that takes none: found out before anything is asked.
        """
        if path == "":  # it would mean the folder where the program runs
            raise UsageError("the name that --output gives is empty: name a file or a folder, or leave it out")
        self._path = None if path is None else Path(path)
        self._is_folder = path is not None and (several or path.endswith(("/", os.sep)) or Path(path).is_dir())
        self._format = format
        self._look = look
        self._several = several
        self._taken = Identities()  # a corpus has many
        if several and self._path is not None and self._path.exists() and not self._path.is_dir():
            raise UsageError(f"{path!r} is a file, and several briefings want a folder: name one with --output")
        if path is None and format in get_args(BinaryFormat) and (several or sys.stdout.isatty()):
            raise UsageError(f"--format {format} is no text to be printed: name a file or a folder with --output")
        require(format, look=look)
        if self._path is not None:
            _require_place(self._path, is_folder=self._is_folder)

    def write(self, briefing: Briefing) -> None:
        """Put this briefing where it belongs. Raises OutputError when it cannot be written there."""
        from summarizer.rendering import render

        if self._path is None and self._several and self._format == "json":
            click.echo(briefing.to_json(indent=None))  # several objects on one stream are JSON Lines
            return
        rendered = render(briefing, format=self._format, look=self._look)
        if self._path is None:
            click.echo(rendered, nl=False)
        else:
            put(self._target(self._path, briefing), rendered, what="the briefing")

    def _target(self, path: Path, briefing: Briefing) -> Path:
        if self._is_folder:
            return path / self._free_name(briefing.document.source)
        return path

    def _free_name(self, source: str) -> str:
        from summarizer.rendering import SUFFIXES

        stem = file_stem(source)
        names = (f"{stem}{number}{SUFFIXES[self._format]}" for number in chain([""], (f"-{n}" for n in count(2))))
        return next(name for name in names if self._taken.first_line_of(name.casefold(), line=0) is None)


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


def put(path: Path, content: str | bytes, *, what: str) -> None:
    """Write this there, in place of what is there, in folders that are made. Raises OutputError, which says `what`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error), what=what) from error


def _require_place(path: Path, *, is_folder: bool) -> None:
    """Let a path pass at which a file, or with `is_folder` files, can be put. Folders that are not there yet can be made."""
    place = Path(os.path.realpath(path))
    if not is_folder and place.exists() and not place.is_file():
        return  # a pipe or a device, which is written to as it is
    wanted = place if is_folder else place.parent
    nearest = next((folder for folder in (wanted, *wanted.parents) if folder.exists()), wanted)
    if not nearest.is_dir():
        raise _not_writable(path, f"{os.fspath(nearest)!r} is not a folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise _not_writable(path, f"{os.fspath(nearest)!r} is read-only for you")


def _not_writable(path: Path, reason: str, *, what: str = "the briefing") -> OutputError:
    return OutputError(f"{what} cannot be written to {os.fspath(path)!r} ({reason}): name another place")
