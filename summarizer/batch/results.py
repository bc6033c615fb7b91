"""What came of each place of a corpus, in the order of the corpus: a briefing, or why there is none.

A document that stands in the corpus twice is briefed once, and its briefing appears twice, under the name and with the warnings
that it has at each place. What is not finished is left out, and counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from summarizer.batch.configuration import Configuration
from summarizer.batch.corpus import Named, document
from summarizer.batch.figures import latest
from summarizer.batch.store import Store, damaged, unpacked
from summarizer.briefing import Briefing
from summarizer.errors import UsageError
from summarizer.reading.corpora import Fields

UNREAD = "unread"
"""The class of what could not be read, beside those of what was read and failed."""


@dataclass(frozen=True, slots=True)
class Briefed:
    """A briefing. `entry` is its place in the corpus, counted from 1."""

    entry: int
    briefing: Briefing


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is none: its class, and the reason in words. `document` is the hash of the text, None if none was read."""

    entry: int
    source: str
    document: str | None
    why: str
    reason: str


Result = Briefed | Failed


@dataclass(frozen=True, slots=True)
class Tally:
    """How many places the corpus has, and how many of them are briefed or failed. `is_read`: whether these are all places."""

    entries: int
    briefed: int
    failed: int
    is_read: bool

    @property
    def unfinished(self) -> int:
        """Places of which nothing came yet."""
        return self.entries - self.briefed - self.failed

    @property
    def is_whole(self) -> bool:
        """Whether there is a briefing for every place of the corpus."""
        return self.is_read and self.briefed == self.entries


class Results:
    """The results of the last corpus of a run under its last configuration. Iterate over it as often as you like."""

    def __init__(self, store: Store, corpus: int, configuration: int) -> None:
        self._store = store
        self._corpus = corpus
        self._configuration = configuration
        self.tally = self._tally()

    def __iter__(self) -> Iterator[Result]:
        rows = self._store.each(
            "SELECT position + 1, source, warnings, failure, entries.document, state, content FROM entries"
            " LEFT JOIN tasks ON tasks.configuration = ? AND tasks.document = entries.document"
            " LEFT JOIN briefings ON briefings.configuration = ? AND briefings.document = entries.document"
            " WHERE corpus = ? ORDER BY position",
            (self._configuration, self._configuration, self._corpus),
        )
        with closing(rows):
            for entry, source, warnings, failure, number, state, content in rows:
                if content is not None:
                    yield Briefed(entry, _under(_briefing(content), source, _list(warnings)))
                elif failure is not None:
                    yield Failed(entry, source, None, UNREAD, failure)
                elif state == "failed":
                    yield Failed(entry, source, document(self._store, number).id, *self._last_words(number))

    @property
    def configuration(self) -> Configuration:
        """What the briefings were made with."""
        found = self._store.row("SELECT content FROM configurations WHERE id = ?", (self._configuration,))
        assert found is not None  # noqa: S101 - `latest` found it
        try:
            return Configuration(**json.loads(found[0]))
        except (ValueError, TypeError) as error:
            raise damaged(error) from error

    @property
    def named(self) -> Named:
        """The corpus, by its sources."""
        found = self._store.row("SELECT named FROM corpora WHERE id = ?", (self._corpus,))
        assert found is not None  # noqa: S101 - `latest` found it
        try:
            return Named(tuple(json.loads(found[0])["sources"]), Fields(), {})
        except (ValueError, TypeError, KeyError) as error:
            raise damaged(error) from error

    def _last_words(self, number: int) -> tuple[str, str]:
        found = self._store.row(
            "SELECT outcome, reason FROM attempts WHERE configuration = ? AND document = ? ORDER BY id DESC LIMIT 1",
            (self._configuration, number),
        )
        return found or (UNREAD, "the run does not say why")

    def _tally(self) -> Tally:
        found = self._store.row(
            "SELECT count(*), count(failure), count(state = 'done' OR NULL), count(state = 'failed' OR NULL) FROM entries"
            " LEFT JOIN tasks ON tasks.configuration = ? AND tasks.document = entries.document WHERE corpus = ?",
            (self._configuration, self._corpus),
        )
        is_read = self._store.row("SELECT complete FROM corpora WHERE id = ?", (self._corpus,))
        entries, unread, done, failed = found or (0, 0, 0, 0)
        return Tally(entries=entries, briefed=done, failed=unread + failed, is_read=is_read == (1,))


@contextmanager
def results(folder: Path) -> Iterator[Results]:
    """The results of the run in this folder, as they stand when the block begins, also while the run goes on.

    Raises UsageError where there is no run, and OutputError where it cannot be read.
    """
    with Store(folder) as store, store.snapshot():
        which = latest(store)
        if which is None:
            raise UsageError(f"the run in {str(folder)!r} was never begun: begin it with `summarizer batch`")
        yield Results(store, *which)


def _briefing(content: bytes) -> Briefing:
    try:
        return Briefing.model_validate_json(unpacked(content))
    except ValueError as error:
        raise damaged(error) from error


def _list(warnings: str) -> list[str]:
    try:
        return list(json.loads(warnings))
    except (ValueError, TypeError) as error:
        raise damaged(error) from error


def _under(briefing: Briefing, source: str, warnings: list[str]) -> Briefing:
    """The briefing as that of a document that is called like this here."""
    named = briefing.document.model_copy(update={"source": source, "warnings": tuple(warnings)})
    return briefing.model_copy(update={"document": named})
