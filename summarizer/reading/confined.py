"""A Python process of our own that may be lost: where it is started, held to its limits, waited for, and said to have ended.

Readers of binary formats lean on large libraries, and a file of 10 kB can ask these for hours, for all the memory, or for a
crash of the interpreter. Here they ask it of a process apart: `apart` for sources that are one document, `corpora.parquet` for
rows. Of our environment it has what a Python needs to start, and no keys; it writes no file and opens few. It is no sandbox:
it may read files and open sockets, as the readers never do.

On Linux and other POSIX systems the memory and the processor's time are limited by the kernel. macOS does not hold a process to
its address space, and Windows knows neither limit: there the clock and the bound on output remain, and a process apart.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from summarizer.reading.content import Unreadable

__all__ = ["DEFAULT", "MEGABYTE", "SAVE_ANEW", "SPLIT", "Bounds", "Confined", "begin", "no_answer"]

MEGABYTE = 1_000_000
SAVE_ANEW = "open it in the program that it is for, and save it anew or as text"
SPLIT = "split it, or save it as text"
_INHERITED = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
_OPEN_FILES = 64
_TICK = 0.05  # seconds between two looks at the clock
# The process finds every module where this one finds it, wherever the package is installed, but not in the current folder.
_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from summarizer.reading.confined import begin; begin()"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one source may cost.

    `seconds` are of the processor's time: an honest report of 200,000 characters takes less than one. `patience` is seconds by
    the clock for one answer: all there is on Windows, and for a reader that waits and never works. It is little more than
    `seconds`, since who sends a hostile file must not hold up the others for longer; on a machine so busy that an honest report
    runs out of it, the message says what to do. `memory` is the address space of the process, and `output` what it may send
    back at once, in bytes.
    """

    seconds: int = 7
    patience: float = 9.0
    memory: int = 1_000 * MEGABYTE
    output: int = 32 * MEGABYTE


DEFAULT = Bounds()
"""Where nothing else is said. The tests are more patient: a busy machine fails none."""


class Confined:
    """A process that runs `answer(request, stdin, stdout)` of the first of these modules. At the end of the `with` it is gone.

    The other modules are those that it will need: all are imported before the limits, since no stranger's byte has come yet
    and Python may want to keep what it compiled.
    """

    def __init__(self, modules: Sequence[str], request: Mapping[str, object], *, bounds: Bounds) -> None:
        self._bounds = bounds
        self._start = {"modules": modules, "seconds": bounds.seconds, "memory": bounds.memory, "request": request}
        self._deadline: tuple[float, float] | None = None  # when, and after how many seconds that is
        self._waited_for: float | None = None  # seconds, in vain
        self._is_over = threading.Event()
        command = [sys.executable, "-I", "-c", _CHILD, *(folder for folder in sys.path if Path(folder).is_absolute())]
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603  our own interpreter, our own words
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._watch = threading.Thread(target=self._look_at_the_clock, daemon=True)
        self._watch.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._is_over.set()
        self._watch.join()
        self._process.kill()
        self._process.wait()
        self.answers.close()

    @property
    def answers(self) -> IO[bytes]:
        """What it writes."""
        return cast(IO[bytes], self._process.stdout)

    def send(self, data: bytes = b"") -> None:
        """Tell it what to do, and give it the bytes. It has to read all of them before it answers more than a pipe holds."""
        with suppress(BrokenPipeError), cast(IO[bytes], self._process.stdin) as stdin:  # its end says why
            stdin.write(json.dumps(self._start).encode() + b"\n")
            stdin.write(data)

    @contextmanager
    def within(self, seconds: float, *, of: float | None = None) -> Iterator[None]:
        """Wait for it here for so long: then it is killed, and nothing more comes of it. They may be the last `of` more."""
        self._deadline = time.monotonic() + seconds, of or seconds
        try:
            yield
        finally:
            self._deadline = None

    def _look_at_the_clock(self) -> None:
        while not self._is_over.wait(_TICK):
            if (deadline := self._deadline) is not None and time.monotonic() > deadline[0]:
                self._waited_for = deadline[1]
                self._process.kill()
                return

    def why_it_ended(self) -> Unreadable:
        """What its end says of the source, once no more answers come. One that still runs is ended."""
        if self._waited_for is not None:
            reason = f"could not be read within {self._waited_for:g} seconds"
            return Unreadable(reason, f"try again when less runs here, or {SAVE_ANEW}")
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)  # it closed its end of the pipe, and goes
        self._process.kill()
        status = self._process.wait()
        try:
            return no_answer(signal.Signals(-status).name, self._bounds)
        except ValueError:
            return no_answer(f"status {status}", self._bounds)


def no_answer(end: str, bounds: Bounds) -> Unreadable:
    """Why a reader gave nothing that ended so: with a signal, a status, or an error of this class."""
    match end:
        case "MemoryError":
            return Unreadable(f"needs more than {bounds.memory // MEGABYTE:,} MB of memory to be read", SPLIT)
        case "SIGXCPU":
            return Unreadable(f"takes more than {bounds.seconds} s of the processor's time to be read", SAVE_ANEW)
        case "RecursionError":
            return Unreadable("is nested too deeply to be read", SAVE_ANEW)
        case _:
            return Unreadable(f"is damaged, or holds what is not known here, so that it cannot be read ({end})", SAVE_ANEW)


def begin() -> None:
    """What runs in the process: it reads from standard input what to do, limits itself, and does it."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    start: dict[str, Any] = json.loads(stdin.readline())  # Any: `Confined` wrote it
    first, *others = start["modules"]
    answering = import_module(first)
    for module in others:
        with suppress(Exception):  # who needs it finds that it is not there, and says so
            import_module(module)
    _limit(seconds=start["seconds"], memory=start["memory"])
    answering.answer(start["request"], stdin, stdout)


def _limit(*, seconds: int, memory: int) -> None:
    """Hold this process to its memory and time, where the system can, but never to more than it has been held to already."""
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
    )
    for kind, most in limits:
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(OSError, ValueError):  # macOS refuses an address space below what it has mapped already
            resource.setrlimit(kind, (allowed, hard))
