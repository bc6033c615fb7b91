"""Runs of `summarizer batch` as processes, and what their stores hold when they are over."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.batch.store import Store, unpacked


def command(corpus: Path, folder: Path, *, url: str, workers: int, more: Sequence[str] = ()) -> list[str]:
    """The command that briefs this corpus in this folder, asking at this URL."""
    asked = ["--model", "any", "--base-url", url, "--strategy", "whole", "--workers", str(workers)]
    return [sys.executable, "-m", "summarizer", "batch", str(corpus), "--output", str(folder), *asked, *more]


def started(arguments: Sequence[str], *, stdout: Path = Path(os.devnull)) -> subprocess.Popen[str]:
    """A process in a group of its own, whose results go to this file; what it says can be read from its stderr."""
    with stdout.open("wb") as results:
        return subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=results,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


def kill(process: subprocess.Popen[str]) -> None:
    """`kill -9` for it and all that it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit status and what it said, once it ended by itself."""
    _, said = process.communicate()
    return process.returncode, said


@dataclass(frozen=True, slots=True)
class Found:
    """What a store holds.

    `results` has, for each place of the corpus, what it is called there and the digest of its briefing, or why there is none;
    `lost` are places with neither, `doubles` tasks that were done more than once, `classes` documents that failed, by class.
    """

    results: list[tuple[str, str]]
    done: int
    lost: int
    doubles: int
    classes: dict[str, int]
    is_sound: bool


def found(folder: Path) -> Found:
    """What the store in this folder holds."""
    with Store(folder) as store:
        results = [(source, _result(*rest)) for source, *rest in _places(store)]
        doubles = store.rows(
            "SELECT 1 FROM attempts WHERE outcome = 'done' GROUP BY configuration, document HAVING count(*) > 1"
        )
        classes: dict[str, int] = dict(
            store.rows(
                "SELECT outcome, count(*) FROM attempts WHERE id IN (SELECT max(a.id) FROM attempts a JOIN tasks t"
                " USING (configuration, document) WHERE t.state = 'failed' GROUP BY a.document) GROUP BY outcome"
            )
        )
        return Found(
            results,
            done=sum(result.startswith("briefing") for _, result in results),
            lost=sum(not result for _, result in results),
            doubles=len(doubles),
            classes=classes,
            is_sound=store.is_sound(),
        )


def _places(store: Store) -> Iterator[list[Any]]:  # Any: rows of SQLite
    """For each place of the corpus what it is called, why it was not read, and the state and the briefing of its task."""
    last = -1
    while True:
        found = store.rows(
            "SELECT position, source, failure, state, briefings.content FROM entries"
            " LEFT JOIN tasks ON tasks.configuration = 1 AND tasks.document = entries.document"
            " LEFT JOIN briefings ON briefings.configuration = 1 AND briefings.document = entries.document"
            " WHERE corpus = 1 AND position > ? ORDER BY position LIMIT 100",
            (last,),
        )
        if not found:
            return
        yield from (row for _, *row in found)
        last = found[-1][0]


def _result(failure: str | None, state: str | None, content: bytes | None) -> str:
    """A briefing without what differs from run to run, as a digest; why there is none; nothing where neither is there."""
    if failure is not None:
        return f"unread: {failure}"
    if content is None:
        return "failed" if state == "failed" else ""
    briefing = json.loads(unpacked(content))
    for name in ("created", "seconds", "usage"):
        del briefing["provenance"][name]
    return f"briefing {hashlib.sha256(json.dumps(briefing, sort_keys=True).encode()).hexdigest()}"


def print_table(rows: Sequence[tuple[str, object]]) -> None:
    """Two columns: what, and how much."""
    width = max(len(what) for what, _ in rows)
    for what, much in rows:
        print(f"{what:<{width}}  {much}", flush=True)
