"""Where briefings go: to stdout, to one file, or one file each into a folder. Files are whole or not there at all."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.errors import OutputError

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.rendering import Format


class Output:
    """The place of one run's briefings. Remembers the names that it gave, so that no two reports share a file."""

    def __init__(self, path: Path | None, *, format: Format, several: bool) -> None:
        self._path = path
        self._format = format
        self._several = several
        self._taken: set[str] = set()

    def write(self, briefing: Briefing) -> None:
        """Put this briefing where it belongs. Raises OutputError when it cannot be written there."""
        from summarizer.rendering import render

        if self._path is None and self._several and self._format == "json":
            click.echo(briefing.to_json(indent=None))  # several objects on one stream are JSON Lines
        elif self._path is None:
            click.echo(render(briefing, format=self._format), nl=False)
        else:
            _write_whole(self._target(self._path, briefing), render(briefing, format=self._format))

    def _target(self, path: Path, briefing: Briefing) -> Path:
        if path.is_dir() or self._several:
            return path / self._free_name(briefing.document.source)
        return path

    def _free_name(self, source: str) -> str:
        from summarizer.rendering import SUFFIXES

        stem = re.sub(r"[^\w.-]+", "_", Path(source).stem) or "report"
        names = (f"{stem}{number}{SUFFIXES[self._format]}" for number in ("", *(f"-{n}" for n in range(2, 1_000_000))))
        name = next(name for name in names if name not in self._taken)
        self._taken.add(name)
        return name


def _write_whole(path: Path, text: str) -> None:
    """Write to a file beside it, then put that in its place."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8", newline="") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        Path(file.name).chmod(0o666 & ~mask)
        Path(file.name).replace(path)
    except OSError as error:
        raise OutputError(f"the briefing cannot be written to {os.fspath(path)!r}: {error.strerror}") from error
