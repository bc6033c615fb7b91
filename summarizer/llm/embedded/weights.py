"""The embedded model's weights on this machine: `find` them, `pull` them once, `remove` them.

A file is given out only after its SHA-256 has matched, wherever it came from: fetched here, or put into the folder by
hand under any name that ends in .gguf. That it matched is remembered beside it, so that a gigabyte is not read on every
run; a file that changed since is read again.

While a file is being fetched it lies in a folder of its own, `<file>.partial`, which whoever holds the lock may delete.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from summarizer.errors import WeightsError
from summarizer.llm.embedded.catalogue import CATALOGUE, Weights
from summarizer.llm.embedded.sources import SOURCES, Source, SourceFailed
from summarizer.locking import alone
from summarizer.progress import Progress

__all__ = ["CATALOGUE", "Weights", "find", "pull", "remove"]

MARGIN = 300_000_000
"""Bytes that must be free beyond the size: some parts are there twice while they are moved and unpacked."""

SECONDS_BETWEEN_REPORTS = 0.25
DIGITS_SHOWN = 12


def _free_space(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def find(weights: Weights, *, folder: Path) -> Path | None:
    """The file with these weights, checked; None when the folder has none. Raises WeightsError for a damaged one."""
    with _named(folder):
        path = folder / weights.file
        if not path.is_file():
            return next(_put_by_hand(weights, folder), None)
        if not _matches(weights, path):
            raise WeightsError(_damaged(weights, path))
        return path


def pull(
    weights: Weights,
    *,
    folder: Path,
    progress: Progress,
    sources: Sequence[Source] = SOURCES,
    free_space: Callable[[Path], int] = _free_space,
) -> Path:
    """The checked file with these weights, fetched from the first source that has them when it is not in the folder.

    Several processes fetch it once. Raises WeightsError when no source has it, the disk is too full, the folder cannot be
    written, or the file that is there is damaged: that one is left for its owner to remove.
    """
    if (path := find(weights, folder=folder)) is not None:
        return path
    with _named(folder), _alone(weights, folder, progress):
        # Whoever held the lock before us was most likely fetching the same file.
        if (path := find(weights, folder=folder)) is not None:
            return path
        _check_space(weights, folder, free_space(folder))
        return _fetch(weights, folder, progress, sources)


def remove(weights: Weights, *, folder: Path) -> int:
    """How many bytes have been freed: every file with these weights is deleted, and what is left of broken downloads."""
    if not folder.is_dir():
        return 0
    with _named(folder), _alone(weights, folder, Progress()):
        files = {folder / weights.file, *_put_by_hand(weights, folder)}
        freed = _bytes_in(_partial(weights, folder)) + sum(path.stat().st_size for path in files if path.is_file())
        shutil.rmtree(_partial(weights, folder), ignore_errors=True)
        for path in files:
            path.unlink(missing_ok=True)
            _note(path).unlink(missing_ok=True)
    return freed


def _put_by_hand(weights: Weights, folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*.gguf")):
        if path.is_file() and path.stat().st_size == weights.size and _matches(weights, path):
            yield path


def _matches(weights: Weights, path: Path) -> bool:
    """Whether the file has the right SHA-256; one that had it at this size and time of change is not read again."""
    facts = _facts(weights, path)
    if _noted(path) == facts:
        return True
    if _sha256(path) != weights.sha256:
        return False
    with suppress(OSError):  # a folder that somebody else provides, read-only: we read the file on every run instead
        _note(path).write_text(json.dumps(facts), encoding="utf-8")
    return True


def _facts(weights: Weights, path: Path) -> dict[str, str | int]:
    status = path.stat()
    return {"sha256": weights.sha256, "size": status.st_size, "mtime_ns": status.st_mtime_ns}


def _noted(path: Path) -> object:
    try:
        return json.loads(_note(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _note(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256.json")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _damaged(weights: Weights, path: Path) -> str:
    wanted = f"{weights.size} bytes with SHA-256 {weights.sha256[:DIGITS_SHOWN]}…"
    next_move = f"Run `summarizer model remove {weights.name}`, then `summarizer model pull {weights.name}`."
    return f"{os.fspath(path)!r} is damaged: it has {_content(path)}, not {wanted}. {next_move}"


def _content(path: Path) -> str:
    return f"{path.stat().st_size} bytes with SHA-256 {_sha256(path)[:DIGITS_SHOWN]}…"


def _fetch(weights: Weights, folder: Path, progress: Progress, sources: Sequence[Source]) -> Path:
    reasons = {}
    for source in sources:
        try:
            with _emptied(_partial(weights, folder)) as partial, _reported(weights, partial, progress):
                return _installed(weights, source.fetch(weights, partial), folder)
        except SourceFailed as failure:
            reasons[source.name] = str(failure)
    raise WeightsError(_nowhere(weights, folder, reasons))


@contextmanager
def _emptied(folder: Path) -> Iterator[Path]:
    """An empty folder for the length of the block; what an earlier download left there goes as well."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _partial(weights: Weights, folder: Path) -> Path:
    return folder / f"{weights.file}.partial"


def _installed(weights: Weights, fetched: Path, folder: Path) -> Path:
    """Where the fetched file lies from now on. Raises SourceFailed when it is not what it should be."""
    if not _matches(weights, fetched):
        raise SourceFailed(f"it gave other bytes than these weights: {_content(fetched)}")
    with fetched.open("rb+") as file:
        os.fsync(file.fileno())
    path = folder / weights.file
    with suppress(FileNotFoundError):  # a note that did not fit on the disk is no loss
        # Before the file: a process that sees the file need not read it all.
        _note(fetched).replace(_note(path))
    return fetched.replace(path)


@contextmanager
def _reported(weights: Weights, partial: Path, progress: Progress) -> Iterator[None]:
    """Tell how far the download is, from a thread of its own, by what has arrived in its folder.

    Watching the folder serves sources that run in other processes or in native code. A part counts twice while it is
    unpacked, hence the maximum.
    """
    over = threading.Event()

    def watch() -> None:
        done = 0
        while True:
            done = min(max(done, _bytes_in(partial)), weights.size)
            progress.downloading(weights.name, done=done, total=weights.size)
            if over.wait(SECONDS_BETWEEN_REPORTS):
                return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
    progress.downloading(weights.name, done=weights.size, total=weights.size)


def _bytes_in(folder: Path) -> int:
    """The size of all files; one that is there twice, because it is on the way from one place to another, counts once."""
    sizes: dict[str, int] = {}
    for place, _, files in os.walk(folder):
        for file in files:
            with suppress(OSError):  # gone since it was listed
                sizes[file] = max(sizes.get(file, 0), Path(place, file).stat().st_size)
    return sum(sizes.values())


def _check_space(weights: Weights, folder: Path, free: int) -> None:
    """What a broken download left counts as free: it is deleted first."""
    usable, needed = free + _bytes_in(_partial(weights, folder)), weights.size + MARGIN
    if usable < needed:
        raise WeightsError(
            f"{weights.name!r} needs {_gigabytes(needed)} in {os.fspath(folder)!r}, where {_gigabytes(usable)} is free:"
            " make room, or choose another folder with SUMMARIZER_WEIGHTS"
        )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.2f} GB"


def _nowhere(weights: Weights, folder: Path, reasons: Mapping[str, str]) -> str:
    said = "; ".join(f"{name}: {reason}" for name, reason in reasons.items())
    return (
        f"the weights of {weights.name!r} cannot be fetched ({said})."
        f" Put {weights.file} from {weights.repository} into {os.fspath(folder)!r} by hand;"
        " or run `pip install 'summarizer[hub]'`, or mend pip's index settings, and try again;"
        " or name another model: --model openai/NAME, or any with --base-url."
    )


@contextmanager
def _alone(weights: Weights, folder: Path, progress: Progress) -> Iterator[None]:
    """While the block runs, no other process fetches or removes these weights."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / f"{weights.file}.lock"
    with alone(lock, on_wait=lambda: progress.waiting(f"another process is fetching {weights.name}")):
        yield


@contextmanager
def _named(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WeightsError(
            f"the weights folder {os.fspath(folder)!r} cannot be used: {error.strerror or error}."
            " Mend that, or choose another folder with SUMMARIZER_WEIGHTS"
        ) from error
