"""Who works on which document, and what came of it.

A task is claimed under a lease, which its owner renews while it lives. Who dies leaves a lock that others can have, so that
what he had is free at once; who hangs loses it when the lease ends. What he brings after that is not taken: the task, and its
one result, belong to whoever holds it now. A document at which the program dies again and again is a failure of its own.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.batch.store import Store, packed
from summarizer.briefing import Briefing, Usage
from summarizer.locking import held

LEASE_SECONDS = 120.0
MOST_DEATHS = 5
"""Attempts that nobody ended, after which a document is not tried again unless it is asked for."""

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

    def __init__(self, store: Store, configuration: int, owner: str) -> None:
        self._store = store
        self.configuration = self._configuration = configuration
        self._owner = owner

    def claim(self, *, after: int = 0) -> Task | None:
        """The next document that waits, now ours, of those with numbers past `after`; None where none does at the moment."""
        with self._store.transaction():
            while found := self._waiting(after):
                (document,) = found
                if self._deaths(document) >= MOST_DEATHS:
                    self._fail(document, "died", f"the program died {MOST_DEATHS} times while it worked on it")
                    continue
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
            self._end(task, "done" if is_ours else "too late", "", briefing.provenance.usage)
        return is_ours

    def fail(self, task: Task, why: FailureClass, reason: str, usage: Usage | None = None) -> None:
        """Keep why there is no briefing."""
        with self._store.transaction():
            self._settle(task, "failed")
            self._end(task, why, reason, usage or Usage())

    def give_back(self, task: Task, outcome: str = GIVEN_BACK) -> None:
        """Let somebody else have it, or us, later."""
        with self._store.transaction():
            self._settle(task, "waiting")
            self._end(task, outcome, "", Usage())

    def renew(self) -> None:
        """Keep what is ours for another while."""
        self._store.write(
            "UPDATE tasks SET lease = ? WHERE configuration = ? AND state = 'claimed' AND owner = ?",
            (time.time() + LEASE_SECONDS, self._configuration, self._owner),
        )

    def free_abandoned(self) -> int:
        """Let others have what belongs to the dead, and to those whose lease is over; gives how many tasks that were."""
        query = "SELECT DISTINCT owner FROM tasks WHERE configuration = ? AND state = 'claimed' AND owner <> ?"
        owners = [owner for (owner,) in self._store.rows(query, (self._configuration, self._owner))]
        freed = self._free("lease < ?", time.time())
        for owner in owners:
            with held(_lock_of(owner, self._store.folder)) as is_dead:
                if is_dead:
                    freed += self._free("owner = ?", owner)
                    _lock_of(owner, self._store.folder).unlink(missing_ok=True)
        return freed

    def retry_failed(self) -> int:
        """Let what failed be tried again; gives how many tasks that are."""
        with self._store.transaction():
            self._store.write(
                "UPDATE attempts SET ended = begun, outcome = 'died' WHERE ended IS NULL AND configuration = ? AND document IN"
                " (SELECT document FROM tasks WHERE configuration = ? AND state = 'failed')",
                (self._configuration, self._configuration),
            )
            return self._store.write(
                "UPDATE tasks SET state = 'waiting' WHERE configuration = ? AND state = 'failed'", (self._configuration,)
            ).rowcount

    def are_open(self) -> bool:
        """Whether any is neither done nor failed."""
        return any(
            self._store.row("SELECT 1 FROM tasks WHERE configuration = ? AND state = ?", (self._configuration, state))
            for state in ("waiting", "claimed")
        )

    def _waiting(self, after: int) -> tuple[int] | None:
        return self._store.row(
            "SELECT document FROM tasks WHERE configuration = ? AND state = 'waiting' AND document > ?"
            " ORDER BY document LIMIT 1",
            (self._configuration, after),
        )

    def _deaths(self, document: int) -> int:
        found = self._store.row(
            "SELECT count(*) FROM attempts WHERE configuration = ? AND document = ? AND ended IS NULL",
            (self._configuration, document),
        )
        return int(found[0]) if found else 0

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

    def _end(self, task: Task, outcome: str, reason: str, usage: Usage) -> None:
        took = (usage.calls, usage.cached, usage.prompt_tokens, usage.completion_tokens, usage.cost)
        self._store.write(
            "UPDATE attempts SET ended = ?, outcome = ?, reason = ?, calls = ?, cached = ?, prompt_tokens = ?,"
            " completion_tokens = ?, cost = ? WHERE id = ?",
            (time.time(), outcome, reason, *took, task.attempt),
        )

    def _free(self, condition: str, value: object) -> int:
        return self._store.write(
            "UPDATE tasks SET state = 'waiting', owner = NULL, lease = NULL"  # noqa: S608 - the conditions are ours
            f" WHERE configuration = ? AND state = 'claimed' AND {condition}",
            (self._configuration, value),
        ).rowcount


@contextmanager
def owner(folder: Path) -> Iterator[str]:
    """A name for this process, which others can see is alive until the block ends, however it ends."""
    name = secrets.token_hex(8)
    path = _lock_of(name, folder)
    path.parent.mkdir(exist_ok=True)
    with held(path):
        yield name
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _lock_of(owner: str, folder: Path) -> Path:
    return folder / "owners" / f"{owner}.lock"
