"""What a terminal gets to see."""

from __future__ import annotations

import pytest

from summarizer.cli import program, run
from summarizer.llm.failures import readable
from summarizer.printable import printable


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ünïcode 中文 é", "Ünïcode 中文 é"),
        ("\x1b[2J\x9b31m\a", r"\x1b[2J\x9b31m\x07"),
        ("one\ntwo\r", r"one\ntwo\r"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\ud800", r"\ud800"),
        ("می‌رود", "می‌رود"),
        ("it's C:\\x", "it's C:\\x"),
    ],
    ids=["letters", "escapes", "line ends", "turned round", "half a character", "joiners", "quotes"],
)
def test_what_steers_a_terminal_is_written_in_letters_and_nothing_else_changes(said: str, shown: str) -> None:
    assert printable(said) == shown


def test_what_an_endpoint_says_is_read_without_its_control_characters() -> None:
    assert readable("no\x1b[2J such\nmodel") == r"no\x1b[2J such model"


def test_an_error_shows_what_it_is_about_without_its_control_characters(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program, "summarizer", ["model", "path", "\x1b[2J"]) == 2
    assert "\x1b" not in capsys.readouterr().err
