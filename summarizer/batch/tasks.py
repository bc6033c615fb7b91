"""Who works on which document, and what came of it.

A task is claimed under a lease, which its owner renews while it lives. Who dies leaves a lock that others can have, so that
what he had is free at once; who hangs loses it when the lease ends. What he brings after that is not taken: the task, and its
one result, belong to whoever holds it now.

A document at which the program dies again and again is a failure of its own. What was held when a process died may be such a
one, or have been near it: it is taken after all others, and after two deaths by itself, so that the next tells which it is.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.batch.store import Store, packed
from summarizer.briefing import Briefing
from summarizer.errors import OutputError
from summarizer.locking import held

LEASE_SECONDS = 120.0
MOST_DEATHS = 5
"""After which a document is not tried again unless it is asked for."""
DEATHS_OF_A_SUSPECT = 2
"""After which a process takes a document only while it works on nothing else."""

_IN_STATE = (
    "configuration = ? AND state = ?"
    " AND (? IS NULL OR EXISTS (SELECT 1 FROM entries WHERE corpus = ? AND entries.document = tasks.document))"
)

GIVEN_BACK = "given back"
"""What became of an attempt that neither finished its document nor failed."""

FailureClass = Literal["no answer", "unusable", "deadline", "not recorded", "fault", "died"]
"""Why a document that was read has no briefing: the endpoint gave none; none could be used; its time was over; nothing was
recorded; a fault of this program; the program died at it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document that somebody has taken."""

    document: int
    attempt: int


class Tasks:
    """The tasks of one configuration, for one owner, who is a process."""

    def __init__(self, store: Store, configuration: int, owner: str, *, corpus: int | None = None) -> None:
        """With a `corpus`, only its documents are taken, and tried again: the run may have begun others of an older one."""
        self._store = store
        self._corpus = corpus
        self.configuration = self._configuration = configuration
        self._owner = owner

    def claim(self, *, after: int | None = None) -> Task | None:
        """The next document that waits, now ours; None where none does that may be taken at the moment.

        Those at which nobody died come first; with `after`, all come in the order of their numbers, past this one.
        """
        if self._waiting(after) is None:
            return None  # without a turn as a writer: whoever is idle looks often
        with self._store.transaction():
            while found := self._waiting(after):
                document, deaths = found
                if deaths >= MOST_DEATHS:
                    self._fail(document, "died", f"the program died {MOST_DEATHS} times while it worked on it")
                    continue
                if not self._may_take(deaths):
                    return None
                self._store.write(
                    "UPDATE tasks SET state = 'claimed', owner = ?, lease = ? WHERE configuration = ? AND document = ?",
                    (self._owner, time.time() + LEASE_SECONDS, self._configuration, document),
                )
                attempt = self._store.write(
                    "INSERT INTO attempts (configuration, document, owner, begun) VALUES (?, ?, ?, ?)",
                    (self._configuration, document, self._owner, time.time()),
                ).lastrowid
                assert attempt is not None  # noqa: S101 - SQLite gives every row its number
                return Task(document, attempt)
        return None

    def finish(self, task: Task, briefing: Briefing) -> bool:
        """Keep the briefing, if the task is still ours; gives whether it is."""
        content = packed(briefing.to_json(indent=None))
        flagged = sum(item.verdict == "flagged" for item in briefing.items)
        counts = (len(briefing.items), flagged, len(briefing.withheld), briefing.coverage.gaps)
        with self._store.transaction():
            is_ours = self._settle(task, "done")
            if is_ours:
                self._store.write(
                    "INSERT INTO briefings (configuration, document, content, items, flagged, withheld, gaps)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (self._configuration, task.document, content, *counts),
                )
            self._end(task, "done" if is_ours else "too late")
        return is_ours

    def fail(self, task: Task, why: FailureClass, reason: str) -> bool:
        """Keep why there is no briefing, if the task is still ours; gives whether it is."""
        with self._store.transaction():
            is_ours = self._settle(task, "failed")
            self._end(task, why if is_ours else "too late", reason)
        return is_ours

    def give_back(self, task: Task, outcome: str = GIVEN_BACK) -> None:
        """Let somebody else have it, or us, later."""
        with self._store.transaction():
            self._settle(task, "waiting")
            self._end(task, outcome)

    def renew(self) -> None:
        """Keep what is ours for another while."""
        self._store.write(
            "UPDATE tasks SET lease = ? WHERE configuration = ? AND state = 'claimed' AND owner = ?",
            (time.time() + LEASE_SECONDS, self._configuration, self._owner),
        )

    def free_abandoned(self) -> int:
        """Let others have what belongs to the dead, and to those whose lease is over; gives how many tasks that were."""
        query = (
            "SELECT owner, max(lease < ?) FROM tasks"
            " WHERE configuration = ? AND state = 'claimed' AND owner <> ? GROUP BY owner"
        )
        freed = 0
        for owner, is_over in self._store.rows(query, (time.time(), self._configuration, self._owner)):
            if is_over:
                freed += self._free("owner = ? AND lease < ?", owner, time.time())
            with held(_lock_of(owner, self._store.folder)) as is_dead:
                if is_dead:
                    freed += self._free("owner = ?", owner)
                    _lock_of(owner, self._store.folder).unlink(missing_ok=True)
        return freed

    def retry_failed(self, *, before: float) -> int:
        """Let what failed before this moment, in seconds since 1970, be tried again; gives how many tasks that are."""
        query = (
            f"UPDATE tasks SET state = 'waiting', deaths = 0 WHERE {_IN_STATE}"  # noqa: S608 - ours
            " AND NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.configuration = tasks.configuration"
            " AND attempts.document = tasks.document AND ended >= ?)"
        )
        return self._store.write(query, (*self._in_state("failed"), before)).rowcount

    def are_open(self) -> bool:
        """Whether any is neither done nor failed."""
        query = f"SELECT 1 FROM tasks WHERE {_IN_STATE} LIMIT 1"  # noqa: S608 - ours
        return any(self._store.row(query, self._in_state(state)) for state in ("waiting", "claimed"))

    def _waiting(self, after: int | None) -> tuple[int, int] | None:
        """The next document that waits, and how often somebody died who had it."""
        order = "deaths, document" if after is None else "document"
        query = f"SELECT document, deaths FROM tasks WHERE {_IN_STATE} AND document > ? ORDER BY {order} LIMIT 1"  # noqa: S608
        return self._store.row(query, (*self._in_state("waiting"), after or 0))

    def _in_state(self, state: str) -> tuple[int, str, int | None, int | None]:
        return self._configuration, state, self._corpus, self._corpus

    def _may_take(self, deaths: int) -> bool:
        """Whether we may work on such a document beside what we have."""
        worst = self._store.row(
            "SELECT max(deaths) FROM tasks WHERE configuration = ? AND state = 'claimed' AND owner = ?",
            (self._configuration, self._owner),
        )
        most = None if worst is None else worst[0]
        return most is None or max(most, deaths) < DEATHS_OF_A_SUSPECT

    def _fail(self, document: int, why: FailureClass, reason: str) -> None:
        self._store.write(
            "UPDATE tasks SET state = 'failed' WHERE configuration = ? AND document = ?", (self._configuration, document)
        )
        self._store.write(
            "INSERT INTO attempts (configuration, document, owner, begun, ended, outcome, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self._configuration, document, self._owner, now := time.time(), now, why, reason),
        )

    def _settle(self, task: Task, state: str) -> bool:
        return bool(
            self._store.write(
                "UPDATE tasks SET state = ?, owner = NULL, lease = NULL"
                " WHERE configuration = ? AND document = ? AND state = 'claimed' AND owner = ?",
                (state, self._configuration, task.document, self._owner),
            ).rowcount
        )

    def _end(self, task: Task, outcome: str, reason: str = "") -> None:
        self._store.write(
            "UPDATE attempts SET ended = ?, outcome = ?, reason = ? WHERE id = ?", (time.time(), outcome, reason, task.attempt)
        )

    def _free(self, condition: str, *values: object) -> int:
        return self._store.write(
            "UPDATE tasks SET state = 'waiting', owner = NULL, lease = NULL, deaths = deaths + 1"  # noqa: S608 - ours
            f" WHERE configuration = ? AND state = 'claimed' AND {condition}",
            (self._configuration, *values),
        ).rowcount


@contextmanager
def owner(folder: Path) -> Iterator[str]:
    """A name for this process, which others can see is alive until the block ends, however it ends. Raises OutputError."""
    name = secrets.token_hex(8)
    path = _lock_of(name, folder)
    with ExitStack() as stack:
        try:
            path.parent.mkdir(exist_ok=True)
            stack.enter_context(held(path))
        except OSError as error:
            raise OutputError(
                f"the run in {str(folder)!r} cannot be written ({error.strerror}): name another folder"
            ) from error
        stack.callback(_forget, path)  # before it is let go: nobody then holds a file that is gone
        yield name


def _forget(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _lock_of(owner: str, folder: Path) -> Path:
    return folder / "owners" / f"{owner}.lock"
