"""What somebody sees of a batch: one line that moves at a terminal, one line a minute elsewhere. All of it on stderr."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from summarizer.batch.figures import Figures
from summarizer.batch.tasks import FailureClass
from summarizer.batch.working import Listener
from summarizer.cli.batch import lines, span
from summarizer.errors import OutputError
from summarizer.printable import printable

_MOMENT = 1.0
_MINUTE = 60.0
_REST = 50
"""Times as long as a look took, after which to look again: of millions of reports it takes seconds."""
_FAILURES_SHOWN = 20


class Watching(Listener):
    """Shows how far it is, and says what fails; of many failures the first."""

    def __init__(self) -> None:
        self._bar = _Bar() if sys.stderr.isatty() else None
        self._failures = 0
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._began = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        if self._bar is not None:
            self._bar.close()

    def begun(self, look: Callable[[], Figures]) -> None:
        """From now on there is something to see."""
        threading.Thread(target=self._show, args=(look,), daemon=True).start()

    def failed(self, source: str, why: FailureClass, reason: str) -> None:
        """Say it, if there were few before."""
        with self._lock:
            self._failures += 1
            failures = self._failures
        if failures <= _FAILURES_SHOWN:
            self._say(f"{source!r} failed ({why}): {' '.join(reason.split())}")
        if failures == _FAILURES_SHOWN:
            self._say("further failures are only counted; the export names them")

    def told(self, words: str) -> None:
        """Say it."""
        self._say(words)

    def _show(self, look: Callable[[], Figures]) -> None:
        took = 0.0
        while not self._stop.wait(max(_REST * took, _MINUTE if self._bar is None else _MOMENT)):
            begun = time.monotonic()
            with suppress(OutputError):  # it cannot be read at the moment, or was closed while we looked
                self._tell(look(), at=begun)
            took = time.monotonic() - begun

    def _tell(self, found: Figures, *, at: float) -> None:
        if self._bar is None:
            self._say(f"after {round((at - self._began) / _MINUTE)} min: {'; '.join(lines(found))}")
        else:
            self._bar.show(found)

    def _say(self, words: str) -> None:
        line = f"batch: {printable(words)}"
        if self._bar is None:
            with self._lock:
                print(line, file=sys.stderr, flush=True)
        else:
            self._bar.say(line)


class _Bar:
    """One bar at a terminal, drawn by rich."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        console = Console(file=sys.stderr)
        self._bars = Progress(
            BarColumn(bar_width=20), TextColumn("{task.description}", markup=False), console=console, transient=True
        )
        self._task = self._bars.add_task("reading", total=None)
        self._bars.start()

    def show(self, found: Figures) -> None:
        total = found.done + found.failed + found.left
        self._bars.update(
            self._task, completed=found.done + found.failed, total=total or None, description=_in_one_line(found, total)
        )

    def say(self, line: str) -> None:
        self._bars.console.print(line, markup=False, highlight=False)

    def close(self) -> None:
        self._bars.stop()


def _in_one_line(found: Figures, total: int) -> str:
    told = [f"{found.done + found.failed:,}/{total:,}{'' if found.complete else '+'}"]
    if found.failed or found.unread:
        told.append(f"{found.failed + found.unread:,} failed")
    told.append(f"{found.prompt_tokens + found.completion_tokens:,} tokens")
    if found.cost:
        told.append(f"${found.cost:.2f}")
    if found.rate:
        told.append(f"{found.rate:.2g}/s")
    if found.seconds_left is not None:
        told.append(f"{span(found.seconds_left)} left")
    return ", ".join(told)
