"""One process at a time, across the machine, and word to whoever has to wait. The only module that knows filelock.

A lock is its process's own: however that dies, others can have it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock


@contextmanager
def alone(path: Path, *, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock file at `path` for the length of the block. Calls `on_wait` once when somebody else holds it.

    Raises OSError when there can be no lock file at that place.
    """
    lock = filelock.FileLock(path)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        on_wait()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the lock file at `path` for the length of the block, unless somebody else does: gives whether it is held."""
    lock = filelock.FileLock(path)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
