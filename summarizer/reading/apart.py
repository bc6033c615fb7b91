"""A reader in a process of its own, with limits: a source that is broken or hostile costs itself and nothing else.

Readers of binary formats lean on large libraries, and a file of 10 kB can ask these for hours, for all the memory, or for a
crash of the interpreter. Here they ask it of a process that may be lost. What comes back is one JSON object of bounded
length, checked against `Content` (never a pickle: the process has read a stranger's bytes); what does not come back is an
`Unreadable` that says why.

On Linux and other POSIX systems the memory and the processor's time are limited by the kernel. macOS does not hold a process to
its address space, and Windows knows neither limit: there the clock and the bound on output remain, and a process apart.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Protocol, cast

from summarizer.reading.content import Content, Unreadable

__all__ = ["Bounds", "Read", "read_apart"]

_MEGABYTE = 1_000_000
_SAVE_ANEW = "open it in the program that it is for, and save it anew or as text"
_SPLIT = "split it, or save it as text"
# The process finds every module where this one finds it, wherever the package is installed, but not in the current folder.
_CHILD = "import sys; sys.path[:] = sys.argv[1:]; from summarizer.reading.apart import answer; answer()"


class Read(Protocol):
    """`content` of a module that reads one kind of source. Raises `Unreadable` where it finds nothing."""

    def __call__(self, data: bytes, *, keep_hidden: bool = False) -> Content: ...


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one source may cost.

    `seconds` are of the processor's time: an honest report of 200,000 characters takes less than one. `patience` is seconds by
    the clock: all there is on Windows, and for a reader that waits and never works. It is little more than `seconds`, since
    who sends a hostile file must not hold up the others for longer; on a machine so busy that an honest report runs out of
    it, the message says what to do. `memory` is the address space of the process, and `output` what it may send back, in bytes.
    """

    seconds: int = 7
    patience: float = 9.0
    memory: int = 1_000 * _MEGABYTE
    output: int = 32 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class _Request:
    """What the process is told before it gets the bytes."""

    reader: str
    keep_hidden: bool
    seconds: int
    memory: int


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the process sends back: the content, or why there is none, or the class of what its reader raised."""

    content: Content | None = None
    unreadable: tuple[str, str] | None = None
    failed: str | None = None


def read_apart(reader: str, data: bytes, *, keep_hidden: bool = False, bounds: Bounds | None = None) -> Content:
    """What the reader in the module of this full name finds in the bytes; `Unreadable` also where a limit was reached."""
    bounds = bounds or Bounds()
    request = _Request(reader, keep_hidden, bounds.seconds, bounds.memory)
    command = [sys.executable, "-I", "-c", _CHILD, *(folder for folder in sys.path if Path(folder).is_absolute())]
    process = subprocess.Popen(  # noqa: S603  our own interpreter, our own words
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    out_of_patience = threading.Event()

    def give_up() -> None:
        out_of_patience.set()
        process.kill()

    watch = threading.Timer(bounds.patience, give_up)
    watch.start()
    try:
        received = _exchange(process, request, data, bounds.output)
    finally:
        watch.cancel()
        process.kill()
        process.wait()
    if len(received) > bounds.output:
        raise Unreadable(f"holds more than {bounds.output // _MEGABYTE} MB of text", _SPLIT)
    if out_of_patience.is_set():
        raise Unreadable(
            f"could not be read within {bounds.patience:g} seconds", f"try again when less runs here, or {_SAVE_ANEW}"
        )
    return _content_in(received, process.returncode, bounds)


def _exchange(process: subprocess.Popen[bytes], request: _Request, data: bytes, most: int) -> bytes:
    """Send the request and the bytes; all that the process answers until it ends, or one byte more than it may."""
    with cast(IO[bytes], process.stdin) as stdin, cast(IO[bytes], process.stdout) as stdout:
        try:
            # It reads all of this before it writes a byte, so that neither waits for the other.
            stdin.write(json.dumps(asdict(request)).encode() + b"\n")
            stdin.write(data)
            stdin.close()
        except BrokenPipeError:  # it ended before it had read everything, and its status says why
            pass
        return stdout.read(most + 1)


def _content_in(received: bytes, status: int, bounds: Bounds) -> Content:
    """The content that was sent; what else was sent, or how the process ended, as `Unreadable`."""
    from pydantic import TypeAdapter, ValidationError

    try:
        sent = TypeAdapter(_Answer).validate_json(received)
    except ValidationError:  # nothing, half an answer, or none of ours
        sent = _Answer(failed=_end(status))
    if sent.content is not None:
        return sent.content
    if sent.unreadable is not None:
        raise Unreadable(*sent.unreadable)
    match sent.failed:
        case "MemoryError":
            raise Unreadable(f"needs more than {bounds.memory // _MEGABYTE:,} MB of memory to be read", _SPLIT)
        case "SIGXCPU":
            raise Unreadable(f"takes more than {bounds.seconds} s of the processor's time to be read", _SAVE_ANEW)
        case "RecursionError":
            raise Unreadable("is nested too deeply to be read", _SAVE_ANEW)
        case _:
            raise Unreadable(
                f"is damaged, or holds what is not known here, so that it cannot be read ({sent.failed})", _SAVE_ANEW
            )


def _end(status: int) -> str:
    """How a process ended that sent no answer: the name of the signal, or its status."""
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"status {status}"


def answer() -> None:
    """What runs in the process: read the request and the bytes from standard input, write the answer to standard output."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    request = _Request(**json.loads(stdin.readline()))
    _limit(request)
    stdout.write(_answer_to(request, stdin))


def _limit(request: _Request) -> None:
    """Hold this process to its memory and time, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, request.seconds),
        (resource.RLIMIT_AS, request.memory),
    )
    for kind, most in limits:
        _, hard = resource.getrlimit(kind)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (allowed, hard))
        except (OSError, ValueError):  # macOS refuses an address space below what it has mapped already
            continue


def _answer_to(request: _Request, stdin: IO[bytes]) -> bytes:
    """What the reader finds in the bytes, or raises, as it is sent back."""
    try:
        read = cast(Read, import_module(request.reader).content)
        return _json(_Answer(content=read(stdin.read(), keep_hidden=request.keep_hidden)))
    except Unreadable as error:
        return _json(_Answer(unreadable=(error.reason, error.advice)))
    except Exception as error:  # noqa: BLE001  whatever a library raises at a stranger's bytes is this source's end alone
        return _json(_Answer(failed=type(error).__name__))


def _json(sent: _Answer) -> bytes:
    """The answer as one JSON object in UTF-8."""
    return json.dumps(asdict(sent), ensure_ascii=False).encode()
