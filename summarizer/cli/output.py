"""Where briefings go: to stdout, to one file, or one file each into a folder. Files are whole or not there at all.

A format that is several files goes into the folder itself, or for several briefings into a folder each.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from summarizer.errors import OutputError, UsageError
from summarizer.files import file_stem, replace_whole
from summarizer.rendering import SUFFIXES, BinaryFormat, FolderFormat, Look, require

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.rendering import Format


class Output:
    """The place of one run's briefings. Remembers the names that it gave, so that no two reports share a file."""

    def __init__(self, path: str | None, *, format: Format, several: bool, look: Look = Look()) -> None:
        """`path`: None for stdout.

        Raises UsageError for an empty name, where several briefings would go into one file, where there is no place for what
        is no text, and where the format cannot be made here, and OutputError for a place that takes none: found out before
        anything is asked.
        """
        if path == "":  # it would mean the folder where the program runs
            raise UsageError("the name that --output gives is empty: name a file or a folder, or leave it out")
        self._path = None if path is None else Path(path)
        in_folder = several or _is_several_files(format, look)
        self._is_folder = path is not None and (in_folder or path.endswith(("/", os.sep)) or Path(path).is_dir())
        self._format = format
        self._look = look
        self._several = several
        self._names = Names()
        if in_folder and self._path is not None and self._path.exists() and not self._path.is_dir():
            what = "several briefings want" if several else f"the files of format {format} want"
            raise UsageError(f"{path!r} is a file, and {what} a folder: name one with --output")
        if self._path is None:
            _require_text(format, look, several=several)
        require(format, look=look)
        if self._path is not None:
            _require_place(self._path, is_folder=self._is_folder)

    def write(self, briefing: Briefing) -> None:
        """Put this briefing where it belongs. Raises OutputError when it cannot be written there."""
        from summarizer.rendering import render

        if self._path is None and self._several and self._format == "json" and self._look.template is None:
            click.echo(briefing.to_json(indent=None))  # several objects on one stream are JSON Lines
            return
        match render(briefing, format=self._format, look=self._look):
            case str() as text if self._path is None:
                click.echo(text, nl=False)
            case bytes() as data if self._path is None:
                sys.stdout.buffer.write(data)
            case dict() as files:
                folder = self._place(briefing)
                for name, data in files.items():
                    put(folder / name, data, what="the briefing")
            case str() as text:
                put(self._place(briefing), text, what="the briefing")
            case bytes() as data:
                put(self._place(briefing), data, what="the briefing")

    def _place(self, briefing: Briefing) -> Path:
        """Where its file goes, or its files."""
        assert self._path is not None  # noqa: S101 - asked for where there is one
        if self._is_folder and (self._several or not _is_several_files(self._format, self._look)):
            return self._path / f"{self._names.free(file_stem(briefing.document.source))}{_suffix(self._format, self._look)}"
        return self._path


class Names:
    """Names that are free, also where capitals are no others. Those that were given are kept: a few dozen bytes a briefing."""

    def __init__(self) -> None:
        self._next: dict[str, int] = {}  # by name, the number to try when it is wanted again

    def free(self, wanted: str) -> str:
        """The name, or where it is taken with the first number behind it that makes it another."""
        name, number = wanted, self._next.get(wanted.casefold(), 2)
        while name.casefold() in self._next:
            name, number = f"{wanted}-{number}", number + 1
        self._next[name.casefold()] = 2
        self._next[wanted.casefold()] = number
        return name


def put(path: Path, content: str | bytes, *, what: str) -> None:
    """Write this there, in place of what is there, in folders that are made. Raises OutputError, which says `what`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_whole(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error), what=what) from error


def _is_several_files(format: Format, look: Look) -> bool:
    return look.template is None and format in get_args(FolderFormat)


def _suffix(format: Format, look: Look) -> str:
    """How its files end: those of a template as it does itself, less `.j2`."""
    if look.template is None:
        return SUFFIXES[format]
    return Path(look.template.name.removesuffix(".j2").removesuffix(".jinja")).suffix or ".txt"


def _require_text(format: Format, look: Look, *, several: bool) -> None:
    """Let what standard output can take pass: text, or the bytes of one file where no terminal would show them."""
    if _is_several_files(format, look):
        raise UsageError(f"format {format} is several files: name a folder for them with --output")
    if look.template is None and format in get_args(BinaryFormat) and (several or sys.stdout.isatty()):
        raise UsageError(f"format {format} is no text: name a place for it with --output")


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
