"""`summarizer render`: any form of a briefing that was made before, and where it goes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from builders import answering, moves
from summarizer.briefing import Briefing
from summarizer.cli import program, run
from summarizer.pipeline import summarise
from summarizer.rendering import FORMATS
from summarizer.rendering import render as rendered

TABLES = ["documents", "evidence", "items", "parties", "withheld"]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with a briefing, and the same twice as JSON Lines."""
    (tmp_path / "report.txt").write_text("Velia agreed to reopen the border.")
    briefing = summarise(tmp_path / "report.txt", model=answering(moves(("reopen the border", "Velia", "agrees"))))
    (tmp_path / "briefing.json").write_text(briefing.to_json())
    (tmp_path / "two.jsonl").write_text(f"{briefing.to_json(indent=None)}\n" * 2)
    return tmp_path


def shown(*arguments: object) -> int:
    return run(program, "summarizer", ["render", *map(str, arguments)])


def read(made: Path) -> Briefing:
    return Briefing.model_validate_json((made / "briefing.json").read_text())


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_goes_where_it_is_wanted(format: str, made: Path) -> None:
    assert shown(made / "briefing.json", "--format", format, "--output", made / "out") == 0
    wanted = rendered(read(made), format=format)  # type: ignore[call-overload]  # a str that is a Format
    place = made / "out"
    match wanted:
        case dict():
            assert {path.name: path.read_bytes() for path in place.iterdir()} == wanted
        case bytes():
            assert place.read_bytes() == wanted
        case _:
            assert place.read_text(encoding="utf-8") == wanted


def test_markdown_goes_to_stdout_unless_asked_otherwise(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(made / "briefing.json") == 0
    assert capsys.readouterr().out == rendered(read(made))


def test_what_is_no_text_goes_down_a_pipe(made: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert shown(made / "briefing.json", "--format", "dna") == 0
    assert capsysbinary.readouterr().out == rendered(read(made), format="dna")


def test_several_go_into_a_folder_each_under_the_name_of_its_report(made: Path) -> None:
    assert shown(made / "two.jsonl", "--format", "csv", "--output", made / "out") == 0
    assert sorted(path.name for path in (made / "out").iterdir()) == ["report", "report-2"]
    assert sorted(path.stem for path in (made / "out" / "report-2").iterdir()) == TABLES
    assert shown(made / "two.jsonl", "--format", "plover", "--output", made / "events") == 0
    assert sorted(path.name for path in (made / "events").iterdir()) == ["report-2.jsonl", "report.jsonl"]


def test_standard_input_is_a_dash(made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO((made / "briefing.json").read_bytes())))
    assert shown("-", "--format", "jsonl") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["table"] == "documents"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("briefing.json", "--format", "csv"), 2, "format csv is several files: name a folder for them with --output"),
        (("two.jsonl", "--format", "xlsx"), 2, "format xlsx is no text: name a place for it with --output"),
        (("briefing.json", "--format", "csv", "--output", "report.txt"), 2, "the files of format csv want a folder"),
        (("report.txt",), 3, "cannot be read as JSON"),
        (("nothing.json",), 3, "nothing.json"),
        (("briefing.json", "--template", "nothing.j2"), 2, "nothing.j2"),
        (("briefing.json", "report.txt"), 1, "cannot be read as JSON"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(
    arguments: tuple[str, ...],
    status: int,
    said: str,
    made: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(made)
    assert shown(*arguments) == status
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ('"parties": ["party-1"]', '"parties": ["party-9"]', "names parties, items or sentences that are not in it"),
        ('"items": ["outcome-1"]', '"items": ["demand-9"]', "names parties, items or sentences that are not in it"),
        ('"sentence": 1', '"sentence": 9', "names parties, items or sentences that are not in it"),
        ('"core": true', '"core": "yes"', "does not fit the schema of briefings"),
    ],
)
def test_a_briefing_that_cannot_be_shown_is_told(
    wrong: str, right: str, said: str, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps(json.loads((made / "briefing.json").read_text()))
    assert wrong in text
    (made / "changed.json").write_text(text.replace(wrong, right))
    assert shown(made / "changed.json") == 3
    assert said in capsys.readouterr().err


def test_what_a_briefing_says_is_not_judged(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (made / "briefing.json").read_text().replace('"reopen the border"', '"close the border"')
    (made / "forged.json").write_text(text)
    assert shown(made / "forged.json") == 0
    assert "close the border" in capsys.readouterr().out


def test_an_existing_file_is_replaced_where_output_names_it_and_never_half(made: Path) -> None:
    (made / "out.md").write_text("before")
    assert shown(made / "briefing.json", "--output", made / "out.md") == 0
    assert (made / "out.md").read_text(encoding="utf-8") == rendered(read(made))
    assert not [path for path in made.iterdir() if path.name.startswith(".")]


def test_a_template_and_a_length_are_taken(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made / "page.txt.j2").write_text("{{ briefing.headline }}\n")
    assert shown(made / "briefing.json", "--template", made / "page.txt.j2") == 0
    assert capsys.readouterr().out == "Velia agreed to “reopen the border”\n".replace("“", "").replace("”", "")
    assert shown(made / "two.jsonl", "--template", made / "page.txt.j2", "--output", made / "out") == 0
    assert sorted(path.name for path in (made / "out").iterdir()) == ["report-2.txt", "report.txt"]
    assert shown(made / "briefing.json", "--length", "full") == 0
    assert "Check evidence: passed" in capsys.readouterr().out


def test_the_ending_of_a_file_says_its_form(made: Path) -> None:
    assert shown(made / "briefing.json", "--output", made / "out.HTML") == 0
    assert (made / "out.HTML").read_text(encoding="utf-8") == rendered(read(made), format="html")
    assert shown(made / "briefing.json", "--output", made / "out.txt") == 0
    assert (made / "out.txt").read_text(encoding="utf-8") == rendered(read(made))


def test_a_number_that_a_form_cannot_hold_costs_that_briefing_only(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge = read(made)
    huge = huge.model_copy(update={"coverage": huge.coverage.model_copy(update={"cited": 10**30})})
    (made / "huge.json").write_text(huge.to_json())
    assert shown(made / "huge.json", made / "briefing.json", "--format", "parquet", "--output", made / "out") == 1
    assert capsys.readouterr().err == (
        "summarizer: the briefing holds a number that no parquet can hold: make another --format\n"
    )
    assert len(list((made / "out").iterdir())) == 1


def test_a_house_template_for_what_is_no_word_document_is_wrong_usage(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(made / "briefing.json", "--format", "html", "--reference-doc", made / "briefing.json") == 2
    assert "--reference-doc is for --format docx, not for html: leave it out" in capsys.readouterr().err
