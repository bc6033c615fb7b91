"""The corpus of a run, put into the store in its order: what was named, and how it is read.

It is read once. What was read before a process died is not read again by the next; where files were changed since, it is
another corpus, whose documents are the same ones as far as they say the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from typing import Any

from summarizer.batch.store import Store, damaged, packed, unpacked
from summarizer.document import Document, Hidden
from summarizer.errors import SourceError
from summarizer.locking import held
from summarizer.reading.corpora import Failure, Fields, records
from summarizer.reading.corpora.kinds import files_of, kind_of
from summarizer.reading.web import looks_like_url

_AT_ONCE = 50
"""Results that are written in one transaction, at most."""
_SECONDS = 0.5
"""After which those that were read are written, since somebody waits for them."""
_PLANNED_AT_ONCE = 10_000
"""Places of which tasks are made in one transaction: others want to write, too."""


@dataclass(frozen=True, slots=True)
class Named:
    """What somebody named as the corpus, and how it is read: `reading` as `records` takes it."""

    sources: tuple[str, ...]
    fields: Fields
    reading: dict[str, Any]  # Any: options of several types

    @property
    def description(self) -> str:
        """All of it, as JSON."""
        sources = [os.path.realpath(source) if Path(source).exists() else source for source in self.sources]
        return json.dumps({"sources": sources, "fields": asdict(self.fields), **self.reading}, sort_keys=True)

    def state(self) -> str:
        """What changes when any of its files does: SHA-256 of their names, sizes and times."""
        digest = hashlib.sha256()
        for source in self.sources:
            for file in files_of(source) if kind_of(source) in ("folder", "pattern") else (source,):
                try:
                    found = Path(str(file)).stat()
                    digest.update(f"{file}\0{found.st_size}\0{found.st_mtime_ns}\0".encode("utf-8", "surrogateescape"))
                except OSError:
                    digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()

    def require_there(self) -> None:
        """Let pass what is there, before a run is begun of it. Raises SourceError."""
        for source in self.sources:
            kind = kind_of(source)
            if kind == "one" and not looks_like_url(source) and not os.path.lexists(source):
                raise SourceError(f"{source!r} is not there: check the spelling and the folder.")
            if kind == "pattern" and next(iter(files_of(source)), None) is None:
                raise SourceError(f"no file is called like {source!r}: check the pattern and the folder.")

    def holds(self, place: Path) -> bool:
        """Whether what is written to this place, a file or a folder, would be a part of it."""
        place = place.resolve()
        for source in self.sources:
            if kind_of(source) == "pattern":
                if _may_match(place, source):
                    return True
            elif place == Path(source).resolve() or (Path(source).is_dir() and place.is_relative_to(Path(source).resolve())):
                return True
        return False

    def documents(self, known: Iterator[bool]) -> Iterator[Document | Failure]:
        """What `records` gives for all of it, after those that are `known`."""
        return chain.from_iterable(records(source, fields=self.fields, known=known, **self.reading) for source in self.sources)


class Corpus:
    """A corpus in a store."""

    def __init__(self, store: Store, named: Named) -> None:
        """Find it there, or begin it."""
        self._store = store
        self._named = named
        key = (named.description, named.state())
        with store.transaction():
            store.write("INSERT OR IGNORE INTO corpora (named, state) VALUES (?, ?)", key)
            found = store.row("SELECT id FROM corpora WHERE named = ? AND state = ?", key)
        assert found is not None  # noqa: S101 - it was just written
        self.id: int = found[0]

    @property
    def is_complete(self) -> bool:
        """Whether its end was reached."""
        return self._store.row("SELECT 1 FROM corpora WHERE id = ? AND complete", (self.id,)) is not None

    def read(self, configuration: int, *, stop: Callable[[], bool], pause: Callable[[], object]) -> None:
        """Load it, or `pause` again and again until whoever does that has, or is dead. Ends early when `stop` says so."""
        while not stop():
            if self.is_complete:
                self.plan(configuration)
                return
            with held(self._store.folder / "owners" / f"corpus-{self.id}.lock") as is_ours:
                if is_ours and not self.is_complete:
                    self.load(configuration, stop=stop)
            if not is_ours:
                pause()

    def load(self, configuration: int, *, stop: Callable[[], bool]) -> None:
        """Put what is not there yet into the store, and a task for each document. Ends early when `stop` says so."""
        self.plan(configuration)
        position = self._length()
        documents = self._named.documents(self._known())
        while not stop():
            read, is_end = _some(documents)
            with self._store.transaction():
                for each in read:
                    self._add(position, each, configuration)
                    position += 1
                if is_end:
                    self._store.write("UPDATE corpora SET complete = 1 WHERE id = ?", (self.id,))
                    return

    def plan(self, configuration: int) -> None:
        """A task for each of its documents that has none under this configuration."""
        for first in range(0, self._length(), _PLANNED_AT_ONCE):
            self._store.write(
                "INSERT OR IGNORE INTO tasks (configuration, document) SELECT ?, document FROM entries"
                " WHERE corpus = ? AND position >= ? AND position < ? AND document IS NOT NULL",
                (configuration, self.id, first, first + _PLANNED_AT_ONCE),
            )

    def _length(self) -> int:
        found = self._store.row("SELECT max(position) + 1 FROM entries WHERE corpus = ?", (self.id,))
        return int(found[0] or 0) if found else 0

    def _known(self) -> Iterator[bool]:
        length, position = self._length(), 0
        while position < length:
            query = "SELECT document IS NOT NULL FROM entries WHERE corpus = ? AND position >= ? ORDER BY position LIMIT 1000"
            for (is_document,) in self._store.rows(query, (self.id, position)):
                position += 1
                yield bool(is_document)

    def _add(self, position: int, read: Document | Failure, configuration: int) -> None:
        if isinstance(read, Failure):
            self._store.write(
                "INSERT INTO entries (corpus, position, source, failure) VALUES (?, ?, ?, ?)",
                (self.id, position, _sayable(read.path), _sayable(str(read))),
            )
            return
        document = _document_id(self._store, read)
        warnings = json.dumps(read.warnings)
        self._store.write(
            "INSERT INTO entries (corpus, position, document, source, warnings) VALUES (?, ?, ?, ?, ?)",
            (self.id, position, document, _sayable(read.source), warnings),
        )
        self._store.write("INSERT OR IGNORE INTO tasks (configuration, document) VALUES (?, ?)", (configuration, document))


def _may_match(path: Path, pattern: str) -> bool:
    """Whether a pattern finds this path, or may: `**` is taken for whatever it can be."""
    wanted = Path(os.path.abspath(pattern)).parts  # noqa: PTH100 - resolve() would follow links in what is no path yet
    if "**" in wanted:
        return fnmatch(str(path), str(Path(*wanted)).replace("**/", "*"))
    return len(wanted) == len(path.parts) and all(map(fnmatch, path.parts, wanted))


def _some(documents: Iterator[Document | Failure]) -> tuple[list[Document | Failure], bool]:
    """The next of them, and whether that is all there is."""
    end = time.monotonic() + _SECONDS
    read = []
    for each in documents:
        read.append(each)
        if len(read) == _AT_ONCE or time.monotonic() > end:
            return read, False
    return read, True


def document(store: Store, id: int) -> Document:
    """The document with this number, under the name that it had where it was first read. Raises Damaged."""
    found = store.row("SELECT content FROM documents WHERE id = ?", (id,))
    assert found is not None  # noqa: S101 - tasks have documents
    try:
        return document_of(unpacked(found[0]))
    except (ValueError, TypeError, KeyError) as error:
        raise damaged(error) from error


def document_of(content: str) -> Document:
    """The document that this is the JSON of."""
    values = json.loads(content)
    for name in ("pages", "warnings"):
        values[name] = tuple(values[name])
    values["hidden"] = tuple(Hidden(**each) for each in values["hidden"])
    return Document(**values)


def _document_id(store: Store, read: Document) -> int:
    """Its number: the same for the same text that says the same of itself, whatever it is called."""
    key = _key_of(read)
    store.write("INSERT OR IGNORE INTO documents (key, content) VALUES (?, ?)", (key, packed(content_of(read))))
    found = store.row("SELECT id FROM documents WHERE key = ?", (key,))
    assert found is not None  # noqa: S101 - it was just written
    number: int = found[0]
    return number


def _key_of(read: Document) -> str:
    return hashlib.sha256(content_of(replace(read, source="", warnings=())).encode("utf-8", "surrogatepass")).hexdigest()


def was_tried_before(store: Store, read: Document) -> bool:
    """Whether somebody had this document before, and came to an end with it that was not a death."""
    found = store.row(
        "SELECT count(outcome), sum(outcome = 'died') FROM attempts WHERE configuration IN (SELECT id FROM configurations)"
        " AND document = (SELECT id FROM documents WHERE key = ?)",
        (_key_of(read),),
    )
    return found is not None and found[0] > 0 and not found[1]


def content_of(read: Document) -> str:
    """The JSON of a document."""
    return json.dumps(asdict(read), ensure_ascii=False, sort_keys=True)


def _sayable(text: str) -> str:
    """The text, with what SQLite's own cannot hold written out."""
    return text.encode("utf-8", "backslashreplace").decode()
