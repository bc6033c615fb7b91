"""Which identities were given already, in memory that does not grow: they lie in a file that goes away by itself."""

from __future__ import annotations

import hashlib
import sqlite3
import weakref


class Identities:
    """Identities, each with the line that gave it first."""

    def __init__(self) -> None:
        # "" is SQLite's name for a temporary database on disk. One thread uses it at a time, not always the same one.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute("PRAGMA cache_size = -256")  # KiB
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE given (hash BLOB PRIMARY KEY, line INTEGER) WITHOUT ROWID")

    def first_line_of(self, identity: str, *, line: int) -> int | None:
        """The line that gave this identity before; None where none did, and from now on it is `line`."""
        hash = hashlib.blake2b(identity.encode(), digest_size=16).digest()
        added = self._database.execute("INSERT OR IGNORE INTO given VALUES (?, ?)", (hash, line)).rowcount
        if added:
            return None
        (first,) = self._database.execute("SELECT line FROM given WHERE hash = ?", (hash,)).fetchone()
        return int(first)
