from __future__ import annotations

import io
import subprocess
import sys

import pytest

from summarizer.cli.progress import TerminalProgress

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _a_capable_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")


def test_the_estimate_is_said_once_and_only_when_the_model_is_really_asked() -> None:
    stream = io.StringIO()
    progress = TerminalProgress(stream)
    progress.planned(47, seconds_each=4.0)
    progress.answered(cached=True)
    progress.answered(cached=True)
    assert stream.getvalue() == ""
    progress.waiting("loading tiny")
    progress.waiting("waiting for another process")
    assert stream.getvalue() == "Asking about 45 passages: about 3 minutes.\n"


@pytest.mark.parametrize(
    ("passages", "seconds_each", "said"),
    [(10, 3.0, ""), (11, 3.0, "about 1 minute."), (100, 0.0, ""), (1000, 3.0, "about 50 minutes.")],
)
def test_only_an_estimate_over_half_a_minute_is_worth_a_line(passages: int, seconds_each: float, said: str) -> None:
    stream = io.StringIO()
    progress = TerminalProgress(stream)
    progress.planned(passages, seconds_each=seconds_each)
    progress.waiting("loading tiny")
    assert stream.getvalue().rstrip().endswith(said)
    assert bool(stream.getvalue()) == bool(said)


def test_without_a_terminal_a_download_is_one_line() -> None:
    stream = io.StringIO()
    with TerminalProgress(stream) as progress:
        for done in (0, 500_000_000, 1_100_000_000):
            progress.downloading("tiny", done=done, total=1_100_000_000)
    assert stream.getvalue() == "Fetching tiny: 1.1 GB\n"


def test_at_a_terminal_a_download_is_a_bar_that_vanishes_when_it_is_done() -> None:
    stream = Terminal()
    progress = TerminalProgress(stream)
    progress.downloading("tiny", done=500_000_000, total=1_100_000_000)
    assert HIDE_CURSOR in stream.getvalue()
    progress.downloading("tiny", done=1_100_000_000, total=1_100_000_000)
    assert "Fetching tiny" in stream.getvalue()
    assert "0.5/1.1 GB" in stream.getvalue()
    assert stream.getvalue().count(SHOW_CURSOR) == 1


def test_at_a_terminal_passages_are_a_bar_and_waiting_is_a_line_above_it() -> None:
    stream = Terminal()
    with TerminalProgress(stream) as progress:
        progress.planned(2, seconds_each=60.0)
        progress.waiting("loading [b]tiny[/b]")
        progress.answered(cached=False)
        progress.close()
    said = stream.getvalue()
    assert "Loading [b]tiny[/b] ...\n" in said
    assert "Asking about 2 passages: about 2 minutes.\n" in said
    assert "0/2" in said
    assert "1/2" in said
    assert said.count(HIDE_CURSOR) == said.count(SHOW_CURSOR) == 1


def test_a_download_interrupts_the_passages_that_wait_for_it() -> None:
    stream = Terminal()
    with TerminalProgress(stream) as progress:
        progress.planned(2, seconds_each=1.0)
        progress.downloading("tiny", done=1, total=2)
        progress.downloading("tiny", done=2, total=2)
        progress.answered(cached=False)
        progress.answered(cached=False)
        assert stream.getvalue().count(HIDE_CURSOR) == stream.getvalue().count(SHOW_CURSOR) == 3
    assert stream.getvalue().index("Fetching tiny") > stream.getvalue().index("0/2")


def test_a_terminal_without_a_bar_gets_the_waiting_line_too() -> None:
    stream = Terminal()
    TerminalProgress(stream).waiting("loading tiny")
    assert stream.getvalue() == "Loading tiny ...\n"


def test_closing_twice_is_fine() -> None:
    stream = Terminal()
    progress = TerminalProgress(stream)
    progress.planned(2, seconds_each=1.0)
    progress.close()
    progress.close()
    assert stream.getvalue().count(SHOW_CURSOR) == 1


def test_a_run_without_a_bar_does_not_pay_for_rich() -> None:
    program = (
        "import io, sys; from summarizer.cli.progress import TerminalProgress as T; p = T(io.StringIO());"
        "p.planned(99, seconds_each=9); p.waiting('x'); p.answered(cached=False); sys.exit('rich' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
