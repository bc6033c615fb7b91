"""`summarizer cassette`: what is listed, what is found, what is deleted."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from builders import Wire, asked_over, moves
from summarizer.cli import program, run
from summarizer.llm.cassette import Cassette, Exchange, Recording
from summarizer.pipeline import summarise
from summarizer.reading import read

AGREED = "Velia agreed to reopen the border."
RAINED = "It rained."
SMALL = "embedded/qwen2.5-coder-0.5b"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with two reports of one sentence each."""
    for name, text in (("agreed", AGREED), ("rained", RAINED)):
        (tmp_path / f"{name}.txt").write_text(text)
    return tmp_path


@pytest.fixture
def tape(reports: Path) -> Path:
    """A folder with the exchanges of both reports."""
    for name in ("agreed", "rained"):
        record(reports / f"{name}.txt", reports / "tape")
    return reports / "tape"


def record(report: Path, tape: Path) -> None:
    answer = moves(("reopen the border", "Velia", "agrees")) if report.stem == "agreed" else moves()
    summarise(read(report), model=asked_over(Recording(Wire([answer]), Cassette(tape), endpoint="embedded")))


def ran(*arguments: object) -> int:
    return run(program, "summarizer", ["cassette", *map(str, arguments)])


def file_about(tape: Path, words: str) -> Path:
    entries = [(path, entry) for path, entry in Cassette(tape).entries() if isinstance(entry, Exchange)]
    return next(path for path, entry in entries if words in json.dumps(entry.question.body["messages"][-1]))


def test_list_gives_a_line_for_each_exchange(tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = tape / f"{'f' * 24}.json"
    damaged.write_text("{")
    (tape / "README.md").write_text("not an exchange")
    assert ran("list", tape) == 0
    lines = [line.split(maxsplit=4) for line in capsys.readouterr().out.splitlines()]
    expected = [
        [path.name, "recorded", "qwen2.5-coder-1.5b", json.loads(path.read_text())["origin"]["date"], words]
        for path, words in ((file_about(tape, words), words) for words in (AGREED, RAINED))
    ]
    assert lines[:-1] == sorted(expected)
    assert lines[-1][:4] == [damaged.name, "damaged", "-", "-"]
    assert lines[-1][4].startswith("it is not a whole exchange (")


def test_nothing_in_a_file_steers_the_terminal(reports: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    used, unused = file_about(tape, AGREED), file_about(tape, RAINED)
    record = json.loads(
        unused.read_text().replace(RAINED, "It \\u001b[2Jrained.").replace("qwen2.5-coder-1.5b", "m\\u001b[31m")
    )
    unused.unlink()
    exchange = Exchange.from_bytes(json.dumps(record).encode())
    Cassette(tape).keep(exchange)
    (tape / "\x1b[1m.json").write_bytes(used.read_bytes())
    assert (
        ran("list", tape),
        ran("check", tape, reports / "agreed.txt"),
        ran("prune", tape, reports / "agreed.txt", "--yes"),
    ) == (
        0,
        1,
        0,
    )
    shown = "".join(capsys.readouterr())
    assert {r"\x1b[1m.json", r"m\x1b[31m"} <= set(shown.split())
    assert r"It \x1b[2Jrained." in shown
    assert "\x1b" not in shown


def test_a_clean_folder_gives_no_line_and_status_0(reports: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("check", tape) == 0
    assert ran("check", tape, reports / "agreed.txt", reports / "rained.txt") == 0
    assert capsys.readouterr().out == ""


def test_check_tells_what_is_wrong_with_a_file(tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = (file_about(tape, words) for words in (AGREED, RAINED))
    record = json.loads(first.read_text())
    first.write_text(json.dumps(record | {"origin": {"kind": "authored"}}))
    second.rename(tape / "mine.json")
    (tape / f"{'e' * 24}.json").write_text(json.dumps({**record, "origin": None}))
    (tape / f"{'f' * 24}.json").write_text("")
    assert ran("check", tape) == 1
    found = sorted(line.split(maxsplit=2)[:2] for line in capsys.readouterr().out.replace("no ", "no-").splitlines())
    assert found == [
        ["damaged", f"{'f' * 24}.json"],
        ["misnamed", "mine.json"],
        ["no-origin", f"{'e' * 24}.json"],
        ["no-reason", first.name],
    ]


def test_check_tells_what_the_reports_do_not_use_and_what_they_miss(
    reports: Path, tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "new.txt").write_text("Ostria refused.")
    assert ran("check", tape, reports / "agreed.txt", reports / "new.txt") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"unused   {file_about(tape, RAINED).name}  {RAINED}",
        f"missing  -{' ' * 28}  Ostria refused.",
    ]


def test_another_model_makes_an_exchange_stale(reports: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("check", tape, reports / "agreed.txt", "--model", SMALL) == 1
    assert [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()] == sorted(
        [
            ["stale", file_about(tape, AGREED).name, "model: 'qwen2.5-coder-1.5b' is now 'qwen2.5-coder-0.5b'"],
            ["unused", file_about(tape, RAINED).name, RAINED],
            ["missing", "-", AGREED],
        ],
        key=lambda row: (row[0] == "missing", row[1]),
    )


def test_check_wants_no_key_and_asks_nobody_so_no_limit_stops_it(
    reports: Path, tape: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_MAX_CALLS", "0")
    assert ran("check", tape, reports / "agreed.txt", "--model", "openai/gpt-5") == 1


def test_prune_deletes_what_nobody_uses_and_says_so(reports: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unused, used = file_about(tape, RAINED), file_about(tape, AGREED)
    authored = tape / f"{'e' * 24}.json"
    authored.write_text(used.read_text())
    (tape / "notes.json").write_text("{}")
    (tape / f"{'f' * 24}.json").write_text("")
    assert ran("prune", tape, reports / "agreed.txt", "--yes") == 0
    assert sorted(capsys.readouterr().out.splitlines()) == [f"deleted {unused.name}", f"deleted {'f' * 24}.json"]
    assert sorted(tape.iterdir()) == sorted([used, authored, tape / "notes.json"])


def test_prune_leaves_what_a_person_wrote_and_says_so(reports: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unused = file_about(tape, RAINED)
    origin = {"kind": "authored", "reason": "no model says so"}
    unused.write_text(json.dumps(json.loads(unused.read_text()) | {"origin": origin}))
    assert ran("prune", tape, reports / "agreed.txt", "--yes") == 0
    assert capsys.readouterr().out.splitlines() == [f"left {unused.name}: authored"]
    assert len(list(tape.iterdir())) == 2


@pytest.mark.parametrize("options", [[], ["--yes"]])
def test_prune_refuses_where_nothing_is_used(
    reports: Path, tape: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ran("prune", tape, reports / "agreed.txt", "--model", SMALL, *options) == 2
    assert len(list(tape.iterdir())) == 2
    assert f"nothing in {str(tape)!r} is used by these reports: is the model the right one?" in capsys.readouterr().err


def test_reports_are_read_up_to_the_length_that_is_allowed(
    reports: Path, tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("check", "prune"):
        assert ran(command, tape, reports / "agreed.txt", "--max-characters", len(AGREED) - 1) == 3
        assert ran(command, tape, reports / "agreed.txt", reports / "rained.txt", "--max-characters", len(AGREED)) == 0


@pytest.mark.parametrize(("typed", "status", "left"), [("y\n", 0, 1), ("n\n", 0, 2), ("", 130, 2)])
def test_prune_asks_before_it_deletes(
    reports: Path,
    tape: Path,
    typed: str,
    status: int,
    left: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert ran("prune", tape, reports / "agreed.txt") == status
    assert len(list(tape.iterdir())) == left
    assert "Delete these files (1)?" in capsys.readouterr().err


def test_a_folder_without_an_exchange_is_said_to_hold_none(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("list", reports) == 0
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"summarizer: nothing is recorded in {str(reports)!r}\n")


def test_a_folder_without_a_name_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("list", "") == 2
    assert "Invalid value for 'DIR': the name is empty" in capsys.readouterr().err


def test_what_is_no_folder_is_wrong_usage(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran("check", reports / "nowhere") == 2
    assert "is not a folder: name one that was recorded with --record" in capsys.readouterr().err
