"""The file of a run: SQLite in WAL mode, shared by the threads of a process and by processes of one machine.

One connection a process, one transaction at a time, each begun as a writer's: a reader's that turns into a writer's may be
refused however long it waits. Migrations are files, applied in the order of their numbers, and only ever added to. WAL wants a
file system of this machine. Nothing is pickled: what is packed is JSON.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Self

from summarizer.errors import OutputError, UsageError
from summarizer.locking import alone

FILE = "run.sqlite"
SECONDS_TO_WAIT = 120.0
"""For other processes that write."""

Row = tuple[Any, ...]  # Any: what SQLite holds, by the query


class Store:
    """An open run. Safe to use from several threads; close it, or use it as a context manager."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """The run in this folder. Raises UsageError where there is none, and OutputError where it cannot be opened."""
        self.folder = folder
        self._lock = threading.RLock()
        self._path = path = folder / FILE
        if not create and not path.is_file():
            raise UsageError(f"there is no run in {str(folder)!r}: name the folder that `summarizer batch --output` had")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if create:
                path.touch()
            self._file = _identity(path)
            is_fixed = not create and not os.access(folder, os.W_OK)
            self._connection = sqlite3.connect(
                _as_it_stands(path) if is_fixed else path,
                uri=is_fixed,
                timeout=SECONDS_TO_WAIT,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
            )
        except (OSError, sqlite3.Error) as error:
            raise _cannot_be_opened(folder, error) from error
        try:
            self._begin()
        except (OSError, sqlite3.Error) as error:
            self.close()
            raise _cannot_be_opened(folder, error) from error
        except UsageError:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """All that is written inside is there when it ends, or nothing of it. May stand inside another. Raises OutputError."""
        with self._lock:
            try:
                if self._connection.in_transaction:
                    yield self
                    return
                self._require_there()
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self
                    self._connection.execute("COMMIT")
                finally:
                    self._roll_back()
            except sqlite3.Error as error:
                raise OutputError(f"the run in {str(self.folder)!r} cannot be written ({error})") from error

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """All that is read inside is as it stands now, whatever others write meanwhile. Raises OutputError.

        Nothing can be written inside. While it lasts, what others write stays in the log beside the file.
        """
        with self._lock:
            try:
                self._connection.execute("BEGIN")
                try:
                    self._connection.execute("PRAGMA query_only = ON")
                    yield self
                finally:
                    self._connection.execute("ROLLBACK")
                    self._connection.execute("PRAGMA query_only = OFF")
            except sqlite3.Error as error:
                raise OutputError(f"the run in {str(self.folder)!r} cannot be read ({error})") from error

    def write(self, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run a statement that writes, in the transaction that is open or in one of its own."""
        with self.transaction():
            return self._connection.execute(query, values)

    def row(self, query: str, values: Sequence[object] = ()) -> Row | None:
        """The first row that a query gives. Raises OutputError."""
        with self._reading():
            found: Row | None = self._connection.execute(query, values).fetchone()
            return found

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows that a query gives: ask for few. Raises OutputError."""
        with self._reading():
            return self._connection.execute(query, values).fetchall()

    def each(self, query: str, values: Sequence[object] = ()) -> Generator[Row, None, None]:
        """The rows that a query gives, one at a time. For use inside a snapshot; close it before the file is."""
        yield from self._connection.execute(query, values)

    def is_sound(self) -> bool:
        """Whether SQLite finds nothing wrong with the whole file. Reads all of it."""
        return self.rows("PRAGMA integrity_check") == [("ok",)] and not self.rows("PRAGMA foreign_key_check")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _require_there(self) -> None:
        """SQLite goes on writing into a file that somebody deleted, or put another in the place of."""
        try:
            is_there = _identity(self._path) == self._file
        except OSError:
            is_there = False
        if not is_there:
            raise OutputError(
                f"the run in {str(self.folder)!r} was deleted or moved while it was open: go on with it where it is now"
            )

    def _roll_back(self) -> None:
        """Leave no transaction open: after a COMMIT for which the disk had no room it would swallow all that follows."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise OutputError(f"the run in {str(self.folder)!r} cannot be read ({error})") from error

    def _begin(self) -> None:
        """Leave the file as this version wants it. A file that is so already is only read."""
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        files = _migrations()
        if self._version() == len(files):
            return
        # SQLite waits for nobody when it turns a file to WAL: of several who begin a run, one at a time does so.
        with alone(self.folder / f"{FILE}.lock", on_wait=lambda: None):
            if not self._version() and self._connection.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise UsageError(f"{FILE!r} in {str(self.folder)!r} is no run: name another folder")
            self._connection.execute("PRAGMA journal_mode = WAL")
            with self.transaction():
                self._migrate(files)

    def _migrate(self, files: Sequence[Traversable]) -> None:
        done = self._version()
        if done > len(files):
            raise UsageError(f"the run in {str(self.folder)!r} was made by a newer version of this program: use that one")
        for number, file in enumerate(files[done:], start=done + 1):
            for statement in file.read_text(encoding="utf-8").split(";\n"):
                if statement.strip():
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {number}")

    def _version(self) -> int:
        """How many migrations were applied."""
        number: int = self._connection.execute("PRAGMA user_version").fetchone()[0]
        return number


def _as_it_stands(path: Path) -> str:
    """The URI by which SQLite opens a file where nothing can be written: it would put its log beside it. Raises OSError."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise OSError(errno.EROFS, "it was not closed, and nothing can be written there")
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def _cannot_be_opened(folder: Path, error: Exception) -> OutputError:
    why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return OutputError(f"the run in {str(folder)!r} cannot be opened ({why}): name another folder")


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _migrations() -> list[Traversable]:
    files = resources.files("summarizer.batch").joinpath("migrations").iterdir()
    return sorted((file for file in files if file.name[0].isdigit()), key=lambda file: file.name)


def packed(text: str) -> bytes:
    """The text, compressed; its UTF-8 may hold lone surrogates, which SQLite's own text could not."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 3)


class Damaged(OutputError):
    """What a run holds is not what was written."""


def unpacked(data: bytes) -> str:
    """What was packed. Raises Damaged."""
    try:
        return zlib.decompress(data).decode("utf-8", "surrogatepass")
    except (zlib.error, ValueError, TypeError) as error:
        raise damaged(error) from error


def damaged(error: Exception) -> Damaged:
    """What to say of something in a run that cannot be read."""
    return Damaged(f"what the run holds is damaged ({' '.join(str(error).split())[:100]}): go on with a copy that is not")
