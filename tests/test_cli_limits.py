"""The limits and the plan, as somebody types them: what is sent, what is printed, the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import moves
from failing_server import failing, is_silent, says
from summarizer.cli import run
from summarizer.cli.summarise import summarise

TEXT = "Velia agreed to reopen the border. Ostria refused to withdraw. Dorn urged both to meet.\n"
AGREED = says(moves(("reopen the border", "Velia", "agrees")))
NOTHING = says(moves())


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file with three sentences."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    return path


def summarised(*arguments: object) -> int:
    return run(summarise, "summarise", [str(argument) for argument in arguments])


@pytest.mark.loopback
def test_at_a_limit_what_was_answered_is_printed_and_the_rest_is_said(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with failing(AGREED, NOTHING) as server:
        status = summarised(source, "--model", "llamacpp/m", "--base-url", server.url, "--max-calls", 1)
        assert (status, len(server.requests)) == (5, 1)
    printed = capsys.readouterr()
    assert "Velia agreed to “reopen the border”." in printed.out
    assert "3 passages were asked about: 2 failed" in printed.out
    assert "- the limit of 1 call is reached" in printed.out
    assert printed.err.splitlines() == [
        f"summarise: {str(source)!r}: 2 of 3 passages got no usable answer (2 failed, 0 truncated, 0 filtered)",
        "summarise: the limit of 1 call is reached: raise --max-calls, or ask about less",
    ]


@pytest.mark.loopback
def test_asked_again_with_a_higher_limit_only_the_rest_is_asked(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with failing(AGREED, NOTHING) as server:
        arguments = (source, "--model", "llamacpp/m", "--base-url", server.url, "--format", "json", "--max-calls")
        assert [summarised(*arguments, limit) for limit in (1, 2)] == [5, 0]
        assert len(server.requests) == 3
    assert json.loads(capsys.readouterr().out.partition("\n}\n")[2])["provenance"]["usage"]["cached"] == 1


@pytest.mark.loopback
def test_a_limit_of_the_run_holds_for_all_its_reports_and_goes_before_other_failures(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Something else happened.\n")
    with failing(NOTHING) as server:
        status = summarised("missing.txt", source, other, "--model", "llamacpp/m", "--base-url", server.url, "--max-calls", 3)
        assert (status, len(server.requests)) == (5, 3)
    assert capsys.readouterr().out.count("## Coverage") == 1


@pytest.mark.loopback
def test_a_deadline_ends_one_report_and_not_the_next(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Something else happened.\n")
    with failing(AGREED, is_silent, NOTHING) as server:
        status = summarised(source, other, "--model", "llamacpp/m", "--base-url", server.url, "--deadline", 0.5)
        assert (status, len(server.requests)) == (5, 3)
    printed = capsys.readouterr()
    assert printed.out.count("## Coverage") == 2
    assert "the deadline of 0.5 s for one report is over" in printed.err


def test_money_is_not_limited_where_no_price_is_known(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised(source, "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--max-cost", 1) == 2
    assert "the price of 'm' is not known, so --max-cost cannot be kept" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value"),
    [("--max-calls", "-1"), ("--max-tokens", "many"), ("--max-cost", "nan"), ("--deadline", "-0.5"), ("--deadline", "inf")],
)
def test_a_limit_that_is_none_is_wrong_usage(option: str, value: str, source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised(source, option, value) == 2
    assert f"'{option}'" in capsys.readouterr().err.splitlines()[-1]


def test_a_dry_run_says_what_it_would_take_and_asks_nothing(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised(source, "--dry-run") == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(f"{source}: 3 calls, ")
    assert printed.out.endswith(" in all, at no cost\n")
    assert printed.err == ""


def test_a_dry_run_needs_no_key_and_says_the_price_and_the_sum(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised(source, source, "--dry-run", "--model", "openai/gpt-5-mini") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [str(source), str(source), "all"]
    assert lines[2].startswith("all: 1 call (1 at hand), ")
    assert " in all, $0.000" in lines[2]


def test_a_dry_run_goes_on_past_a_report_that_cannot_be_read(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised("missing.txt", source, "--dry-run") == 1
    assert summarised("missing.txt", "--dry-run") == 3
    assert "3 calls" in capsys.readouterr().out


@pytest.mark.loopback
def test_a_dry_run_counts_what_is_at_hand(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with failing(AGREED, NOTHING) as server:
        where = (source, "--model", "llamacpp/m", "--base-url", server.url)
        summarised(*where, "--max-calls", 2)
        capsys.readouterr()
        summarised(*where, "--dry-run")
        summarised(*where)
        summarised(*where, "--dry-run")
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{source}: 1 call (2 at hand), ")
    assert last == f"{source}: nothing to ask (3 at hand)"


def test_a_report_that_comes_twice_is_planned_once_and_what_is_recorded_is_at_hand(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text(TEXT)
    assert summarised(source, other, "--dry-run") == 0
    assert [line.split(", ")[0].split(": ")[1] for line in capsys.readouterr().out.splitlines()] == [
        "3 calls",
        "nothing to ask (3 at hand)",
        "3 calls (3 at hand)",
    ]
    root = Path(__file__).parent.parent
    seed, tape = root / "seeds" / "ceasefire-call.txt", root / "fixtures" / "ceasefire-call"
    assert summarised(seed, "--dry-run", "--record-missing", tape) == 0
    assert capsys.readouterr().out == f"{seed}: nothing to ask (43 at hand)\n"


def test_a_dry_run_refuses_a_limit_that_could_not_be_kept(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised(source, "--dry-run", "--model", "openai/unheard-of", "--max-cost", 1) == 2
    assert "the price of 'openai/unheard-of' is not known" in capsys.readouterr().err
