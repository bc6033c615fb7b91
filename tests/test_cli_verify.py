"""`summarizer verify`: what is printed, and the exit status."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from builders import answering, moves
from summarizer.cli import program, run
from summarizer.pipeline import summarise
from summarizer.verifying.text import MOST_BYTES

TEXT = "Velia agreed to reopen the border."


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a report, its briefing, and the same briefing forged."""
    (tmp_path / "report.txt").write_text(TEXT)
    briefing = summarise(tmp_path / "report.txt", model=answering(moves(("reopen the border", "Velia", "agrees"))))
    (tmp_path / "briefing.json").write_text(briefing.to_json())
    (tmp_path / "forged.json").write_text(briefing.to_json().replace('"quote": "reopen', '"quote": "close'))
    return tmp_path


def verified(*arguments: object) -> int:
    return run(program, "summarizer", ["verify", *map(str, arguments)])


COUNTS = "1 items, 1 quotations, 9 checks, 0 withheld, 1 sentences"


def test_a_briefing_that_holds_is_one_line_and_status_0(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(made / "briefing.json") == 0
    assert capsys.readouterr().out == f"{made / 'briefing.json'}: everything holds: {COUNTS}\n"


def test_what_does_not_hold_is_a_line_each_and_status_1(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    forged = made / "forged.json"
    assert verified(forged, "--source", made / "report.txt") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{forged}: outcomes[0].evidence[0].quote: there is 'close the border'; there should be 'reopen the border',"
        " as document.text[16:33] has",
        f"{forged}: 1 thing does not hold: {COUNTS}",
    ]


def test_several_are_verified_each_and_one_that_cannot_be_read_does_not_stop_the_others(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (made / "junk.json").write_text("junk")
    assert verified(made / "junk.json", made / "briefing.json") == 1
    printed = capsys.readouterr()
    assert printed.out.endswith(f"everything holds: {COUNTS}\n")
    assert printed.err == (
        f"summarizer: '{made / 'junk.json'}' cannot be read as JSON (Expecting value: line 1 column 1 (char 0)):"
        " give what `summarise --format json` printed.\n"
    )


def test_json_lines_hold_a_briefing_each_and_so_may_standard_input(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [json.dumps(json.loads((made / name).read_text())) for name in ("briefing.json", "forged.json")]
    stdin = io.BytesIO("\n".join([*lines, "{}"]).encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=stdin))
    assert verified("-") == 1
    printed = capsys.readouterr()
    assert [line.split(": ")[0:2] for line in printed.out.splitlines() if COUNTS in line] == [
        ["stdin:1", "everything holds"],
        ["stdin:2", "1 thing does not hold"],
    ]
    assert printed.err.startswith("summarizer: 'stdin:3' is JSON, but no briefing")


def test_programs_get_one_object_a_briefing(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verified(made / "briefing.json", made / "forged.json", "--json") == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    counts = {"items": 1, "quotations": 1, "checks": 9, "withheld": 0, "sentences": 1}
    assert first == {
        "briefing": str(made / "briefing.json"),
        "holds": True,
        "findings": [],
        "notes": [],
        "counts": counts,
    }
    assert (second["holds"], [finding["where"] for finding in second["findings"]]) == (False, ["outcomes[0].evidence[0].quote"])


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["absent.json"], 3, "cannot be read"),
        (["absent.json", "missing.json"], 3, "cannot be read"),
        (["report.txt"], 3, "cannot be read as JSON"),
        (["briefing.json", "--source", "absent.txt"], 3, "cannot be read"),
        (["briefing.json", "forged.json", "--source", "report.txt"], 2, "--source is the report of one briefing"),
        (["briefing.json", "--prompts", "absent"], 2, "does not exist"),
        ([], 2, "Missing argument"),
    ],
)
def test_bad_input_is_a_clear_line_and_the_right_status(
    arguments: list[str],
    status: int,
    message: str,
    made: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(made)
    assert verified(*arguments) == status
    printed = capsys.readouterr()
    assert (printed.out, message in printed.err.splitlines()[-1]) == ("", True)


def test_a_file_that_is_too_large_for_a_briefing_is_not_read_to_its_end(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (made / "large.json").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert verified(made / "large.json") == 3
    assert "has more than 33,554,432 bytes" in capsys.readouterr().err


def test_verifying_asks_nobody_and_writes_nothing(made: Path) -> None:
    before = sorted(made.iterdir())
    assert verified(made / "briefing.json") == 0
    assert sorted(made.iterdir()) == before
