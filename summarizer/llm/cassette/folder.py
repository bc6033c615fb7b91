"""A cassette: a folder of exchanges, one file each.

One file an exchange can be written by many threads and processes at once, each atomically, and is found without reading the
others: a folder may hold thousands. Other files may lie beside them and are left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from summarizer.errors import OutputError
from summarizer.files import replace_whole
from summarizer.llm.cassette.exchanges import Authored, Exchange, Question, Unplayable

_KEY_DIGITS = 24
_NAME = re.compile(rf"[0-9a-f]{{{_KEY_DIGITS}}}\.json")


class Cassette:
    """A folder of exchanges. Safe to read and write from many threads and processes.

    `used` are the names of the files that were played back or written through this object.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def find(self, question: Question) -> Exchange | None:
        """The exchange about this question; None when there is none. Raises Unplayable for a file that must not be used."""
        path = self.path(question)
        exchange = self._read(path)
        if exchange is not None:
            self.used.add(path.name)
        return exchange

    def find_authored(self, question: Question) -> Exchange | None:
        """The exchange about this question when a person wrote it. Raises Unplayable: a person may have written that file."""
        exchange = self._read(self.path(question))
        return self.find(question) if exchange is not None and isinstance(exchange.origin, Authored) else None

    def keep(self, exchange: Exchange) -> None:
        """Write the exchange, in place of one about the same question. Raises OutputError when it cannot be written."""
        path = self.path(exchange.question)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_whole(path, exchange.to_bytes())
        except OSError as error:
            raise OutputError(f"answers cannot be kept in {os.fspath(self.folder)!r} ({error.strerror})") from error
        except RecursionError as error:
            raise OutputError(f"answers cannot be kept in {os.fspath(self.folder)!r} (one is nested too deeply)") from error
        self.used.add(path.name)

    def remove(self, file: str) -> None:
        """Delete the file of this name, if it is there. Raises OutputError when it cannot be deleted."""
        try:
            (self.folder / file).unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{file!r} cannot be deleted ({error.strerror}): delete it yourself") from error

    def path(self, question: Question) -> Path:
        """Where the exchange about this question lies, or would."""
        return self.folder / f"{question.key[:_KEY_DIGITS]}.json"

    def entries(self) -> Iterator[tuple[Path, Exchange | Unplayable]]:
        """Every exchange, in the order of the files' names, or what is wrong with its file. Reads the whole folder."""
        for path in sorted(self.folder.glob("*.json")):
            try:
                entry: Exchange | Unplayable | None = self._read(path)
            except Unplayable as unplayable:
                of_another_program = unplayable.fault == "damaged" and not _NAME.fullmatch(path.name)
                entry = None if of_another_program else unplayable
            if entry is not None:
                yield path, entry

    def _read(self, path: Path) -> Exchange | None:
        try:
            exchange = Exchange.from_bytes(path.read_bytes())
            its_own = self.path(exchange.question)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise Unplayable("damaged", f"it cannot be read ({error.strerror})") from error
        except RecursionError as error:
            raise Unplayable("damaged", "it is not a whole exchange (its request is nested too deeply)") from error
        if path != its_own:
            raise Unplayable("misnamed", f"its request was edited by hand: it would have to be called {its_own.name}")
        return exchange
