"""One database of Discourse Network Analyzer with the reports and the statements of all briefings; what failed is not in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from summarizer.batch.results import Briefed, Results
from summarizer.errors import OutputError
from summarizer.files import replacement
from summarizer.rendering.research.dna import Database

_NAME = "run"
"""Of every run: the same results give the same file."""


def write_database(results: Results, path: Path) -> None:
    """Write the database into this file. Raises OSError, and OutputError for a place in which no database can be."""
    try:
        with replacement(path) as part, closing(sqlite3.connect(part)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # what breaks off is thrown away
            connection.execute("PRAGMA synchronous = OFF")
            database = Database(connection, name=_NAME)
            for result in results:
                if isinstance(result, Briefed):
                    database.add(result.briefing)
            database.close()
    except sqlite3.Error as error:
        raise OutputError(f"no database can be written to {str(path)!r} ({error}): name another place") from error
