"""A reader in a process of its own."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from summarizer.reading.apart import Bounds, read_apart
from summarizer.reading.content import Content, Hidden, Unreadable

RECKLESS = "reckless_readers"
posix = pytest.mark.skipif(sys.platform == "win32", reason="the kernel limits nothing there")


@pytest.fixture
def needed() -> int:
    """Bytes of address space that a process takes which reads nothing: as the system and the version of Python will have it."""
    return int(read_apart(RECKLESS, b"tell room").text)


def test_what_a_reader_finds_comes_back_as_it_was() -> None:
    found = read_apart(RECKLESS, "say Київ😀".encode(), keep_hidden=True)
    assert found == Content("Київ😀", title="Ж", pages=(0,), hidden=(Hidden("a", "page 1", "white"),), complete=True)


def test_what_a_reader_refuses_is_refused_in_its_own_words() -> None:
    with pytest.raises(Unreadable, match="is odd: mend it"):
        read_apart(RECKLESS, b"refuse")


def test_what_a_reader_prints_is_no_part_of_the_answer() -> None:
    assert read_apart(RECKLESS, b"chat") == Content("said")


@posix
@pytest.mark.parametrize(
    ("bomb", "reason"),
    [
        ("hoard", r"needs more than \d+ MB of memory to be read"),
        ("spin", "takes more than 1 s of the processor's time to be read"),
        ("flood", "holds more than 1 MB of text"),
        ("descend", "is nested too deeply to be read"),
        ("die", r"is damaged, or holds what is not known here, so that it cannot be read \(SIGABRT\)"),
    ],
)
def test_a_source_that_asks_too_much_is_the_only_one_that_is_not_read(bomb: str, reason: str, needed: int) -> None:
    small = Bounds(seconds=1, patience=600, memory=needed + 200_000_000, output=1_000_000)
    with pytest.raises(Unreadable) as refused:
        read_apart(RECKLESS, bomb.encode(), bounds=small)
    assert re.fullmatch(reason, refused.value.reason)
    assert read_apart(RECKLESS, b"say more", bounds=small).text == "more"


def test_a_reader_that_waits_for_ever_is_not_waited_for() -> None:
    with pytest.raises(Unreadable, match=r"could not be read within 0\.5 seconds"):
        read_apart(RECKLESS, b"sleep", bounds=Bounds(patience=0.5))


def test_a_source_larger_than_the_memory_of_its_reader_is_refused(needed: int) -> None:
    with pytest.raises(Unreadable, match=r"needs more than \d+ MB of memory"):
        read_apart(RECKLESS, bytes(200_000_000), bounds=Bounds(memory=needed + 100_000_000, patience=600))


def test_a_reader_is_not_told_the_keys_of_its_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("LC_CTYPE", "C.UTF-8")
    told = json.loads(read_apart(RECKLESS, b"tell environment").text)
    assert (told["LC_CTYPE"], "sk-secret" in told.values()) == ("C.UTF-8", False)
    assert set(told) <= {"LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT"}


@posix
def test_a_reader_writes_no_file_and_opens_few(tmp_path: Path) -> None:
    for order in (f"write {tmp_path / 'file'}", "open 100"):
        with pytest.raises(Unreadable, match=r"cannot be read \(OSError\)"):
            read_apart(RECKLESS, order.encode())
    assert read_apart(RECKLESS, b"open 20").text
    assert (tmp_path / "file").read_bytes() == b""


def test_a_reader_that_is_not_there_is_no_crash() -> None:
    with pytest.raises(Unreadable, match=r"cannot be read \(ModuleNotFoundError\)"):
        read_apart("summarizer.reading.readers.papyrus", b"")
