"""A reader in a process of its own."""

from __future__ import annotations

import sys

import pytest

from summarizer.reading.apart import Bounds, read_apart
from summarizer.reading.content import Content, Hidden, Unreadable

RECKLESS = "reckless_readers"
SMALL = Bounds(seconds=1, patience=600, memory=300_000_000, output=1_000_000)
posix = pytest.mark.skipif(sys.platform == "win32", reason="the kernel limits nothing there")


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
        ("hoard", "needs more than 300 MB of memory to be read"),
        ("spin", "takes more than 1 s of the processor's time to be read"),
        ("flood", "holds more than 1 MB of text"),
        ("descend", "is nested too deeply to be read"),
        ("die", "is damaged, or holds what is not known here, so that it cannot be read (SIGABRT)"),
    ],
)
def test_a_source_that_asks_too_much_is_the_only_one_that_is_not_read(bomb: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_apart(RECKLESS, bomb.encode(), bounds=SMALL)
    assert refused.value.reason == reason
    assert read_apart(RECKLESS, b"say more", bounds=SMALL).text == "more"


def test_a_reader_that_waits_for_ever_is_not_waited_for() -> None:
    with pytest.raises(Unreadable, match=r"could not be read within 0\.5 seconds"):
        read_apart(RECKLESS, b"sleep", bounds=Bounds(patience=0.5))


def test_a_source_larger_than_the_memory_of_its_reader_is_refused() -> None:
    with pytest.raises(Unreadable, match="needs more than 150 MB of memory"):
        read_apart(RECKLESS, bytes(200_000_000), bounds=Bounds(memory=150_000_000, patience=600))


def test_a_reader_that_is_not_there_is_no_crash() -> None:
    with pytest.raises(Unreadable, match=r"cannot be read \(ModuleNotFoundError\)"):
        read_apart("summarizer.reading.readers.papyrus", b"")
