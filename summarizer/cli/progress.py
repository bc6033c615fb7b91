"""What somebody at a terminal sees of a long job: a bar, and a line where a bar would not do. All of it on stderr.

Not at a terminal there are no bars, only a line when a download begins and one that says how long the model will take. Bars
vanish when they are done, and one is shown at a time: a download interrupts the passages that wait for it.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from summarizer.progress import Progress

if TYPE_CHECKING:
    from rich import progress as rich_progress

WORTH_SAYING = 30
"""Seconds below which an estimate is not worth a line."""


class TerminalProgress(Progress):
    """Shows progress on `stream`, stderr by default. Close it, or use it as a context manager: the cursor comes back."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._terminal = self._stream.isatty()
        self._bar: _Bar | None = None
        self._planned = self._answered = 0
        self._seconds_each = 0.0
        self._announced = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Take the bar away, if there is one."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def planned(self, passages: int, *, seconds_each: float) -> None:
        """Keep the plan; the estimate is said when the model begins to load, for answers at hand take no time."""
        self._planned, self._answered, self._seconds_each = passages, 0, seconds_each
        self._show_passages()

    def waiting(self, why: str) -> None:
        """Say what is waited for, and how long the answers still to come will take."""
        if self._terminal:
            self._say(f"{why[:1].upper()}{why[1:]} ...")
        left = self._planned - self._answered
        seconds, self._seconds_each = left * self._seconds_each, 0.0
        if seconds > WORTH_SAYING:
            self._say(f"Asking about {left} passages: about {_minutes(seconds)}.")

    def answered(self, *, cached: bool) -> None:
        """Move the bar of passages on."""
        self._answered += 1
        self._show_passages()

    def downloading(self, name: str, *, done: int, total: int) -> None:
        """Move the bar of this download on; without bars, say once that it began."""
        label = f"Fetching {name}"
        if not self._terminal and self._announced != label:
            self._announced = label
            self._say(f"{label}: {size(total)}")
        self._show(label, done=done, total=total, bytes_=True)

    def _show_passages(self) -> None:
        self._show("Asking", done=self._answered, total=self._planned, bytes_=False)

    def _show(self, label: str, *, done: int, total: int, bytes_: bool) -> None:
        if done >= total:
            self.close()
        elif self._terminal:
            if self._bar is None or self._bar.label != label:
                self.close()
                self._bar = _Bar(label, total=total, bytes_=bytes_, stream=self._stream)
            self._bar.move_to(done)

    def _say(self, line: str) -> None:
        if self._bar is not None:
            self._bar.say(line)
        else:
            print(line, file=self._stream, flush=True)


def size(count: int) -> str:
    """This many bytes, as people say it: 1.1 GB."""
    from rich.filesize import decimal

    return decimal(count)


class _Bar:
    """One bar at a terminal, drawn by rich, which is imported here: a run without a bar does not pay for it."""

    def __init__(self, label: str, *, total: int, bytes_: bool, stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bars

        console = Console(file=stream, force_terminal=True)
        self.label = label
        self._bars = Bars(*(_byte_columns() if bytes_ else _count_columns()), console=console, transient=True)
        self._task = self._bars.add_task(label, total=total)
        self._bars.start()

    def move_to(self, done: int) -> None:
        self._bars.update(self._task, completed=done)

    def say(self, line: str) -> None:
        self._bars.console.print(line, markup=False, highlight=False)

    def close(self) -> None:
        self._bars.stop()


def _byte_columns() -> list[rich_progress.ProgressColumn | str]:
    from rich.progress import BarColumn, DownloadColumn, TimeRemainingColumn, TransferSpeedColumn

    return ["{task.description}", BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn()]


def _count_columns() -> list[rich_progress.ProgressColumn | str]:
    from rich.progress import BarColumn, MofNCompleteColumn, TimeElapsedColumn, TimeRemainingColumn

    return ["{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), "left", TimeRemainingColumn()]


def _minutes(seconds: float) -> str:
    minutes = max(1, round(seconds / 60))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
