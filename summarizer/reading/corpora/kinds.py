"""What somebody points at: a file with records, a folder, a pattern, or something that is one document.

Parquet and JSON Lines are told from what they hold, and JSON Lines from their name as well, since their first line may be
broken. A table is told from its name alone: nearly any text could be one.
"""

from __future__ import annotations

import glob
import gzip
import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from summarizer.reading.compression import GZIP
from summarizer.reading.corpora.rows import Failure
from summarizer.reading.formats import HEAD
from summarizer.reading.sources import name_of
from summarizer.reading.web import looks_like_url

Kind = Literal["folder", "pattern", "json", "table", "parquet", "one"]

_PARQUET = b"PAR1"
_JSON_SUFFIXES = (".jsonl", ".ndjson")
_TABLE_SUFFIXES = (".csv", ".tsv", ".tab")


def kind_of(source: str | Path) -> Kind:
    """What this is, by its content where that tells. Pipes and devices are not looked into: it would use them up."""
    text = str(source)
    if text in ("", "-") or looks_like_url(text) or "\0" in text:
        return "one"
    path = Path(text)
    try:
        if path.is_dir():
            return "folder"
        if path.is_file():
            return _kind_of_file(path)
    except OSError:  # a name that is too long, for one
        return "one"  # whose reader says what is wrong
    return "pattern" if glob.has_magic(text) and not os.path.lexists(text) else "one"


def files_of(source: str | Path) -> Iterator[Path | Failure]:
    """The files of a folder and of those in it, or behind a pattern, by name, but not hidden ones and links to folders."""
    if Path(source).is_dir():
        yield from _in_folder(Path(source), root=Path(source).resolve())
        return
    matches = map(Path, glob.iglob(str(source), recursive=True))  # noqa: PTH207 - Path.glob takes no absolute ones
    files = sorted((path for path in matches if path.is_file()), key=lambda path: len(path.parts), reverse=True)
    yield from sorted({path.resolve(): path for path in files}.values())  # `**` follows links, and round in circles


def _in_folder(folder: Path, *, root: Path) -> Iterator[Path | Failure]:
    """Only the names in one folder, and in those above it, are held at a time.

    A folder that somebody was sent may hold links to files of his own, outside of `root`: they are told, not read.
    """
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        name = name_of(folder)
        yield Failure(name, None, f"{name!r} cannot be read ({(error.strerror or str(error)).lower()}): ask for the right to.")
        return
    for name, is_folder in found:
        path = folder / name
        if name.startswith("."):
            continue
        if is_folder:
            yield from _in_folder(path, root=root)
        elif not path.is_dir():
            inside = not path.is_symlink() or path.resolve().is_relative_to(root)
            yield path if inside and path.is_file() else _no_file(path)


def _no_file(path: Path) -> Failure:
    name = name_of(path)
    return Failure(
        name,
        None,
        f"{name!r} is no file of this folder (a pipe, a device, or a link to nothing or elsewhere): name it itself to read it.",
    )


def _kind_of_file(path: Path) -> Kind:
    try:
        head, is_packed = _head(path)
    except (OSError, EOFError, zlib.error):
        return "one"  # whose reader says what is wrong
    name = path.name.lower()
    suffix = Path(name.removesuffix(".gz") if is_packed else name).suffix
    if head.startswith(_PARQUET) and not is_packed:
        return "parquet"
    if suffix in _TABLE_SUFFIXES:
        return "table"
    return "json" if suffix in _JSON_SUFFIXES or _begins_with_an_object(head) else "one"


def _head(path: Path) -> tuple[bytes, bool]:
    """How the file begins, unpacked, and whether it was packed."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head.startswith(GZIP):
            return head, False
        file.seek(0)
        with gzip.GzipFile(fileobj=file) as unpacked:
            return unpacked.read1(HEAD), True


def _begins_with_an_object(head: bytes) -> bool:
    """Whether the first line is a JSON object, or, where it has no end yet, looks like the beginning of one."""
    line, end, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not end and len(head) >= HEAD:
        return line[:1] == b"{" and line[1:].lstrip()[:1] == b'"'
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
