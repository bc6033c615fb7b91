"""`summarise` and corpora: a record is a report like any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders import Answer, Wire, asked_over, moves
from summarizer.cli import run
from summarizer.cli.output import Names
from summarizer.cli.read import read
from summarizer.cli.summarise import summarise
from summarizer.files import file_stem
from summarizer.llm.cassette import Cassette, Recording
from summarizer.pipeline import summarise as brief
from summarizer.reading import document_from_text

AGREED = "Velia agreed to reopen the border."
REFUSED = "Velia refused to reopen the border."


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder `tape` with answers to both texts, and a corpus of these and of something broken."""
    monkeypatch.chdir(tmp_path)
    for text, act in ((AGREED, "agrees"), (REFUSED, "refuses")):
        answer: Answer = moves(("reopen the border", "Velia", act))
        model = asked_over(Recording(Wire([answer]), Cassette(Path("tape")), endpoint="other"))
        brief(document_from_text(text), model=model)
    rows = [{"text": AGREED, "id": "a1"}, {"text": ""}, {"text": REFUSED, "id": "b/2"}]
    Path("reports.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    Path("folder").mkdir()
    Path("folder/one.txt").write_text(AGREED)
    Path("folder/two.txt").write_text(REFUSED)


def summarised(*arguments: str) -> int:
    return run(summarise, "summarise", [*arguments, "--replay", "tape"])


def test_the_records_of_a_corpus_are_json_lines_with_their_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised("reports.jsonl", "--format", "json") == 1
    printed = capsys.readouterr()
    assert [json.loads(line)["document"]["source"] for line in printed.out.splitlines()] == [
        "reports.jsonl#a1",
        "reports.jsonl#b/2",
    ]
    assert printed.err == "summarise: 'reports.jsonl', line 2: 'reports.jsonl#2' is empty: give a report with text in it.\n"


@pytest.mark.parametrize("source", ["folder", "folder/", "folder/*.txt"])
def test_a_folder_and_a_pattern_are_many_reports(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised(source, "--format", "json") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["document"]["source"] for line in lines] == ["folder/one.txt", "folder/two.txt"]


def test_a_corpus_of_one_record_is_json_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    Path("t.csv").write_text(f"body\n{AGREED}\n")
    assert summarised("t.csv", "--text-field", "body", "--format", "json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["document"]["source"] == "t.csv#2"


def test_a_corpus_without_a_record_that_can_be_read_ends_with_status_3(capsys: pytest.CaptureFixture[str]) -> None:
    Path("t.csv").write_text("body\nx\n")
    assert summarised("t.csv") == 3
    assert "there is no column 'text'" in capsys.readouterr().err


def test_records_go_into_files_of_a_folder_that_are_named_after_them() -> None:
    assert summarised("reports.jsonl", "folder", "--output", "out") == 1
    assert sorted(path.name for path in Path("out").iterdir()) == [
        "one.md",
        "reports-a1.md",
        f"{file_stem('reports.jsonl#b/2')}.md",
        "two.md",
    ]


def test_several_records_do_not_go_into_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out.md").touch()
    assert summarised("reports.jsonl", "--output", "out.md") == 2
    assert "several briefings want a folder" in capsys.readouterr().err


def test_what_was_done_before_an_interruption_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(text: str, **options: Any) -> object:  # Any: those of what it stands for
        if text == REFUSED:
            raise KeyboardInterrupt
        return document_from_text(text, **options)

    monkeypatch.setattr("summarizer.reading.corpora.documents.document_from_text", interrupted)
    assert summarised("reports.jsonl", "--format", "json") == 130
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["document"]["source"] == "reports.jsonl#a1"


def test_a_dry_run_names_each_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(summarise, "summarise", ["reports.jsonl", "--dry-run"]) == 1
    names = [line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["reports.jsonl#a1", "reports.jsonl#b/2", "all"]


def test_an_encoding_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("base64", "utf-7"):
        assert summarised("reports.jsonl", "--encoding", name) == 2
        assert f"{name!r} is no encoding." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("in/reports.jsonl.gz#a1", "reports-a1"),
        ("reports.csv#a.b-ü", "reports-a.b-ü"),
        ("reports.csv#../../etc/passwd", "reports-.._.._etc_passwd-"),
        ("reports.csv#" + "x" * 300, "reports-" + "x" * 43 + "-"),
        ("in/report.txt", "report"),
        ("#1 report.txt", "_1_report"),
    ],
)
def test_a_name_of_a_file_is_safe(source: str, stem: str) -> None:
    assert file_stem(source)[: len(stem)] == stem
    assert len(file_stem(source)) <= 60
    assert "/" not in file_stem(source)


def test_what_looks_the_same_once_it_is_safe_keeps_apart() -> None:
    assert len({file_stem(f"reports.csv#a{mark}b") for mark in "/\\: ?_"}) == 6


def test_of_records_that_cannot_be_read_the_first_twenty_are_told_and_the_rest_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("bad.jsonl").write_text(f"{json.dumps({'text': AGREED})}\n" + "{\n" * 1_500)
    assert summarised("bad.jsonl", "absent.txt") == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" is no JSON")[0] for line in lines[:20]] == [
        f"summarise: 'bad.jsonl', line {number}:" for number in range(2, 22)
    ]
    assert lines[20:22] == [
        "summarise: 'bad.jsonl' is not read beyond record 1,001 (1,000 records in a row give no document): "
        "mend it, or split it.",
        "summarise: 'bad.jsonl': 980 more records give no document.",
    ]
    assert lines[22].startswith("summarise: 'absent.txt' cannot be read")
    assert len(lines) == 23


@pytest.mark.parametrize("command", [[summarise, "--dry-run"], [read]], ids=["dry run", "read"])
def test_so_they_are_by_a_dry_run_and_by_read(command: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.jsonl").write_text(f"{json.dumps({'text': AGREED})}\n" + "{\n" * 25)
    assert run(command[0], "summarizer", ["bad.jsonl", *command[1:]]) == 1
    told = capsys.readouterr().err
    assert (told.count("is no JSON"), told.count("'bad.jsonl': 5 more records give no document.")) == (20, 1)


def test_a_name_that_is_taken_gets_a_number_and_no_two_are_the_same_without_their_capitals() -> None:
    names = Names()
    given = [names.free(wanted) for wanted in ("a", "a-2", "A", "a", "a-2", "b")]
    assert given == ["a", "a-2", "A-3", "a-4", "a-2-2", "b"]


def test_the_next_number_of_a_name_is_known_and_not_looked_for() -> None:
    names = Names()
    *_, last = (names.free("a") for _ in range(100_000))  # looked for from the first on: five thousand million
    assert last == "a-100000"
