"""`summarizer export`: the results of a run, read back by the libraries that researchers read them with."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from hostile import OWN, attack
from kept_runs import BROKEN, Outcome, agreed, begun, keep_run, numbered, record, work
from summarizer.batch.exporting import EXPORT_FORMATS, ExportFormat, export, pages
from summarizer.batch.results import Failed, Result, Results, Tally
from summarizer.batch.store import Store
from summarizer.briefing import Briefing
from summarizer.cli import program, run
from summarizer.document import Document
from summarizer.errors import OutputError, UsageError
from summarizer.rendering import render
from summarizer.rendering.controls import pictured
from summarizer.rendering.tables import tables
from web_page import Parsed

AGREED = "Velia agreed to reopen the border."
SAME_TWICE = (
    record("first", AGREED),
    BROKEN,
    record("fails", f"{AGREED} It fails."),
    record("again", AGREED),
    record("other", f"{AGREED} It rained."),
)
FOLDERS: tuple[ExportFormat, ...] = ("csv", "parquet", "html")
FILES: tuple[ExportFormat, ...] = ("jsonl", "dna")


def unless_it_fails(read: Document) -> Outcome:
    return "nobody answers" if "fails" in read.text else agreed(read)


@pytest.fixture
def same_twice(tmp_path: Path) -> Path:
    """A run over five entries: a briefing, a broken line, a failure, the first document again, another briefing."""
    return keep_run(tmp_path, SAME_TWICE, unless_it_fails)


def lines(found: Path) -> list[dict[str, object]]:
    stream = io.StringIO()
    export(found, stream)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def read_csv(folder: Path) -> dict[str, list[dict[str, str]]]:
    return {
        path.stem: list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""))) for path in folder.glob("*.csv")
    }


def exported(found: Path, format: ExportFormat) -> Path:
    place = found.with_name(f"out-{format}")
    export(found, place, format=format)
    return place


def contents(place: Path) -> dict[str, bytes]:
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return {str(path.relative_to(place.parent)): path.read_bytes() for path in files}


def test_json_lines_are_the_briefings_in_the_order_of_the_corpus_and_why_there_is_none(same_twice: Path) -> None:
    source = str(same_twice.parent / "reports.jsonl")
    first, broken, failed, again, other = lines(same_twice)
    assert Briefing.model_validate(first) == agreed(Document(AGREED, source=f"{source}#first")).model_copy(
        update={"provenance": Briefing.model_validate(first).provenance}
    )
    assert again == {**first, "document": {**document_of(first), "source": f"{source}#again"}}
    assert document_of(other)["source"] == f"{source}#other"
    assert failed == {
        "error": {"class": "no answer", "reason": "nobody answers"},
        "document": {"source": f"{source}#fails", "id": Document(f"{AGREED} It fails.").id},
    }
    assert broken["document"] == {"source": source, "id": None}
    assert broken["error"] == {"class": "unread", "reason": reason_of(broken)}
    assert "line 2" in reason_of(broken)


def document_of(line: dict[str, object]) -> dict[str, object]:
    found = line["document"]
    assert isinstance(found, dict)
    return found


def reason_of(line: dict[str, object]) -> str:
    found = line["error"]
    assert isinstance(found, dict)
    return str(found["reason"])


def test_a_document_that_is_there_twice_has_the_warnings_of_each_place(tmp_path: Path) -> None:
    texts = {"one.html": "<p hidden>Ostria left.</p>", "two.html": ""}
    for name, hidden in texts.items():
        (tmp_path / name).write_text(f"<html><body>{hidden}<p>{AGREED}</p></body></html>", encoding="utf-8")
    with begun(tmp_path / "run", tmp_path / "*.html") as (store, corpus, configuration):
        corpus.load(configuration, stop=lambda: False)
        work(store, configuration)
        kept = store.rows("SELECT warnings FROM entries ORDER BY position")
    assert [document_of(line)["warnings"] for line in lines(tmp_path / "run")] == [json.loads(each) for (each,) in kept]


def test_tables_are_those_of_each_briefing_one_after_the_other_with_the_place_of_its_document(same_twice: Path) -> None:
    written = read_csv(exported(same_twice, "csv"))
    assert {name: [row["entry"] for row in rows] for name, rows in written.items()} == {
        "documents": ["1", "4", "5"],
        "items": ["1", "4", "5"],
        "parties": ["1", "4", "5"],
        "evidence": ["1", "4", "5"],
        "withheld": [],
        "failures": ["2", "3"],
    }
    for line, entry in zip((lines(same_twice)[place] for place in (0, 3, 4)), ("1", "4", "5"), strict=True):
        for name, alone in read_as_csv(Briefing.model_validate(line)).items():
            assert [row for row in written[name] if row["entry"] == entry] == [{**row, "entry": entry} for row in alone]


def read_as_csv(briefing: Briefing) -> dict[str, list[dict[str, str]]]:
    files = render(briefing, format="csv")
    return {name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(data.decode()))) for name, data in files.items()}


def test_what_has_no_briefing_is_a_row_of_the_table_of_failures(same_twice: Path) -> None:
    _, broken, failed, *_ = lines(same_twice)
    assert read_csv(exported(same_twice, "csv"))["failures"] == [
        {
            "document": str(document_of(line)["id"] or ""),
            "source": document_of(line)["source"],
            "class": why,
            "reason": reason_of(line),
            "entry": entry,
        }
        for line, why, entry in ((broken, "unread", "2"), (failed, "no answer", "3"))
    ]


def test_parquet_has_the_same_tables_with_their_types(same_twice: Path) -> None:
    folder = exported(same_twice, "parquet")
    briefings = [Briefing.model_validate(line) for line in lines(same_twice) if "error" not in line]
    for place, table in enumerate(tables(briefings[0])):
        read = pq.read_table(folder / f"{table.name}.parquet")
        assert read.schema.names == [*(name for name, _ in table.columns), "entry"]
        assert [list(row.values()) for row in read.to_pylist()] == [
            [*(list(cell) if isinstance(cell, tuple) else cell for cell in row), entry]
            for briefing, entry in zip(briefings, (1, 4, 5), strict=True)
            for row in tables(briefing)[place].rows
        ]
    assert pq.read_table(folder / "failures.parquet").column("class").to_pylist() == ["unread", "no answer"]
    assert pq.read_schema(folder / "withheld.parquet").names[-1] == "entry"


def test_many_rows_are_several_groups_of_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.rendering.tables.parquet._ROWS_AT_ONCE", 4)  # as of 5,000
    folder = exported(keep_run(tmp_path, numbered(10)), "parquet")
    read = pq.ParquetFile(folder / "items.parquet")
    assert [read.metadata.row_group(place).num_rows for place in range(read.num_row_groups)] == [4, 4, 2]
    assert read.read().column("entry").to_pylist() == list(range(1, 11))


def test_one_database_has_all_reports_and_each_entity_once(same_twice: Path) -> None:
    source = str(same_twice.parent / "reports.jsonl")
    with closing(sqlite3.connect(exported(same_twice, "dna"))) as database:
        assert database.execute(
            "SELECT Source, SUBSTR(Text, Start + 1, Stop - Start) FROM STATEMENTS JOIN DOCUMENTS ON DOCUMENTS.ID = DocumentId"
            " ORDER BY STATEMENTS.ID"
        ).fetchall() == [(f"{source}#{name}", "reopen the border") for name in ("first", "again", "other")]
        assert database.execute("SELECT Value FROM ENTITIES WHERE VariableId = 2 ORDER BY ID").fetchall() == [("Velia",)]
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_list_leads_to_the_page_of_each_briefing_and_says_what_failed(same_twice: Path) -> None:
    folder = exported(same_twice, "html")
    index = Parsed((folder / "index.html").read_text(encoding="utf-8"), strict=True)
    links = [link.attributes["href"] for link in index.all("a")]
    assert links == [
        f"briefings/0001/00000{entry}-reports-{name}.html" for entry, name in ((1, "first"), (4, "again"), (5, "other"))
    ]
    for link, line in zip(links, (line for line in lines(same_twice) if "error" not in line), strict=True):
        assert (folder / link).read_text(encoding="utf-8") == render(Briefing.model_validate(line), format="html")
    assert [card.attributes["data-states"] for card in index.all("article")] == ["", "failed", "failed", "", ""]
    assert index.one("h1").text == "3 briefings"
    assert "Of 5 reports; 2 failed." in index.text
    assert "no answer: nobody answers" in index.text
    for said in ("Velia agreed to “reopen the border”.", "Velia", f"{same_twice.parent / 'reports.jsonl'}#again"):
        assert said in index.text


def test_many_entries_are_lists_that_lead_to_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ON_A_LIST", 2)  # as of 1,000
    found = keep_run(tmp_path, numbered(5), lambda read: None if "day 4" in read.text else agreed(read))
    folder = exported(found, "html")
    assert sorted(path.name for path in (folder / "list").iterdir()) == ["0001.html", "0002.html", "0003.html"]
    for path in [folder / "index.html", *(folder / "list").iterdir()]:
        page = Parsed(path.read_text(encoding="utf-8"), strict=True)
        assert [link for link in page.all("a") if not (path.parent / unquote(link.attributes["href"])).is_file()] == []
    middle = Parsed((folder / "list" / "0002.html").read_text(encoding="utf-8"))
    assert [link.attributes["href"] for link in middle.of_class("carries")] == ["../index.html", "0001.html", "0003.html"]
    assert [link.attributes["href"] for link in middle.all("a") if "carries" not in link.classes] == [
        "../briefings/0002/000003-reports-r2.html",
        "../briefings/0002/000004-reports-r3.html",
    ]
    last = Parsed((folder / "list" / "0003.html").read_text(encoding="utf-8"))
    assert last.all("article") == []
    assert "Nothing is finished yet." in last.text
    assert "Of 5 reports; 1 not finished yet." in last.text


def listed(folder: Path, briefings: Sequence[Briefing], names: Sequence[str]) -> Parsed:
    """The list of these briefings, of reports that are called so."""
    folder.mkdir()
    corpus = [record(name, f"{AGREED} Report {number}.") for number, name in enumerate(names)]
    found = keep_run(folder, corpus, lambda read: briefings[int(read.text.split()[-1].strip("."))])
    return Parsed((exported(found, "html") / "index.html").read_text(encoding="utf-8"))


def test_hostile_strings_stay_text_on_a_list(tmp_path: Path) -> None:
    worst = [attack(OWN[start : start + 5]) for start in range(0, len(OWN), 5)]
    tame = [attack([f"tame {number}"]).briefing for number in range(len(worst))]
    bad = listed(tmp_path / "bad", [each.briefing for each in worst], OWN[: len(worst)])
    good = listed(tmp_path / "good", tame, [f"r{number}" for number in range(len(worst))])
    assert bad.shape == good.shape
    for ours, theirs in zip(bad.elements, good.elements, strict=True):
        assert {**ours.attributes, "href": ""} == {**theirs.attributes, "href": ""}
    for each, card in zip(worst, bad.all("article"), strict=True):
        for field in ("headline", "title", "publisher", "published", "name 1", "name 2", "position", "demand", "outcome"):
            assert pictured(each.fields[field]) in card.text
    called = [str(document_of(line)["source"]) for line in lines(tmp_path / "bad" / "run")]
    assert [source.text for source in bad.of_class("source")] == [*map(pictured, called)]
    links = [link.attributes["href"] for link in bad.all("a")]
    assert [link for link in links if not re.fullmatch(r"briefings/0001/\d{6}-reports-[A-Za-z0-9_.%~-]+\.html", link)] == []


def test_whatever_a_report_is_called_its_page_is_in_the_folder(tmp_path: Path) -> None:
    names = ("../../../etc/passwd", "..", "/etc/passwd", "a/b\\c", "CON", "x" * 500, "?q=1#y", "%2e%2e%2f", "é" * 300, "a\nb")
    found = keep_run(tmp_path, [record(name, f"{AGREED} Report {number}.") for number, name in enumerate(names)])
    folder = exported(found, "html")
    index = Parsed((folder / "index.html").read_text(encoding="utf-8"))
    links = [unquote(link.attributes["href"]) for link in index.all("a")]
    assert sorted(links) == sorted(str(path.relative_to(folder)) for path in (folder / "briefings").rglob("*.html"))
    assert [link for link in links if not link.startswith("briefings/0001/") or link.count("/") != 2] == []


def test_a_run_that_is_exported_twice_gives_the_same_files(same_twice: Path) -> None:
    for format in EXPORT_FORMATS:
        assert contents(exported(same_twice, format)) == contents(exported(same_twice, format))


def test_two_runs_differ_in_times_and_usage_alone(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        found.append(lines(keep_run(tmp_path / name, SAME_TWICE, unless_it_fails)))
    for each in found:
        for line in each:
            provenance = line.get("provenance")
            if isinstance(provenance, dict):
                for name in ("created", "seconds", "usage"):
                    del provenance[name]
    assert json.dumps(found[0]) == json.dumps(found[1]).replace(str(tmp_path / "two"), str(tmp_path / "one"))


def test_a_run_without_an_entry_gives_tables_without_rows_and_a_page_that_says_so(tmp_path: Path) -> None:
    found = tmp_path / "run"
    with begun(found, tmp_path / "nothing-yet") as (store, _, _):
        store.write("UPDATE corpora SET complete = 1")
    assert lines(found) == []
    assert [pq.read_table(path).num_rows for path in exported(found, "parquet").iterdir()] == [0] * 6
    assert read_csv(exported(found, "csv")) == {
        name: [] for name in ("documents", "items", "parties", "evidence", "withheld", "failures")
    }
    assert "Nothing is finished yet." in (exported(found, "html") / "index.html").read_text(encoding="utf-8")
    with closing(sqlite3.connect(exported(found, "dna"))) as database:
        assert database.execute("SELECT count(*) FROM DOCUMENTS").fetchone() == (0,)


def test_what_changes_while_it_is_exported_is_not_seen(tmp_path: Path) -> None:
    lines_of_corpus = numbered(3)
    found = keep_run(tmp_path, lines_of_corpus, lambda read: agreed(read) if "day 0" in read.text else None)
    with Store(found) as store, store.snapshot():
        results = Results(store, 1, 1)
        with begun(found, tmp_path / "reports.jsonl") as (other, _, configuration):
            other.write("UPDATE tasks SET state = 'waiting', owner = NULL, lease = NULL WHERE state = 'claimed'")
            work(other, configuration)
        assert [result.entry for result in results] == [1]
        assert results.tally == Tally(entries=3, briefed=1, failed=0, is_read=True)
    assert len(lines(found)) == 3


def test_nothing_is_written_in_a_snapshot(same_twice: Path) -> None:
    with Store(same_twice) as store:
        with pytest.raises(OutputError, match="cannot be written"), store.snapshot():
            store.write("DELETE FROM briefings")
        store.write("UPDATE corpora SET complete = 1")  # it can be again


def test_a_file_is_whole_or_not_there(same_twice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = {format: exported(same_twice, format) for format in EXPORT_FORMATS}
    before = {format: contents(place) for format, place in places.items()}
    monkeypatch.setattr(Results, "__iter__", breaking_off)  # no disk is full when one would want it
    for format, place in places.items():
        with pytest.raises(OutputError, match="it breaks off"):
            export(same_twice, place, format=format)
        assert contents(place) == before[format]
    assert [path for path in same_twice.parent.rglob(".*") if path.is_file()] == []


def breaking_off(results: Results) -> Iterator[Result]:
    yield Failed(1, "reports.jsonl", None, "unread", "why")
    raise OSError(5, "it breaks off")


@pytest.mark.parametrize("format", FILES)
def test_a_file_does_not_go_where_a_folder_is(same_twice: Path, format: ExportFormat) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        export(same_twice, same_twice.parent, format=format)


@pytest.mark.parametrize("format", FOLDERS)
def test_several_files_do_not_go_where_a_file_is(same_twice: Path, format: ExportFormat) -> None:
    with pytest.raises(UsageError, match="is a file"):
        export(same_twice, same_twice.parent / "reports.jsonl", format=format)


def test_what_is_no_text_is_not_written_to_a_stream(same_twice: Path) -> None:
    for format in {*EXPORT_FORMATS} - {"jsonl"}:
        with pytest.raises(UsageError, match="name a place for it with --output"):
            export(same_twice, io.StringIO(), format=format)


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_a_place_that_takes_nothing_is_said(same_twice: Path, format: ExportFormat) -> None:
    with pytest.raises(OutputError, match="cannot be written to"):
        export(same_twice, same_twice.parent / "reports.jsonl" / "out", format=format)


def exporting(*arguments: str | Path) -> int:
    return run(program, "summarizer", ["export", *map(str, arguments)])


def test_the_command_prints_lines_and_says_what_failed(same_twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exporting(same_twice) == 1
    printed, said = capsys.readouterr()
    assert [json.loads(line) for line in printed.splitlines()] == lines(same_twice)
    assert said == "summarizer export: 5 reports: 3 briefings, 2 failed\n"


def test_the_command_says_what_is_not_finished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = keep_run(tmp_path, numbered(3), lambda read: agreed(read) if "day 0" in read.text else None)
    with Store(found) as store:
        store.write("UPDATE corpora SET complete = 0")
    assert exporting(found, "--output", tmp_path / "out.jsonl") == 1
    assert capsys.readouterr() == (
        "",
        "summarizer export: 3 reports so far: 1 briefing, 2 not finished and not exported, the corpus is not read to its end\n",
    )
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_the_command_is_silent_where_every_report_has_a_briefing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exporting(keep_run(tmp_path, numbered(2)), "--format", "html", "--output", tmp_path / "new" / "pages") == 0
    assert capsys.readouterr() == ("", "")
    assert (tmp_path / "new" / "pages" / "index.html").is_file()


def test_no_such_run_and_no_such_format_are_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store(tmp_path / "never", create=True).close()
    assert [exporting(tmp_path), exporting(tmp_path / "never"), exporting(tmp_path, "--format", "odt")] == [2, 2, 2]
    assert exporting(tmp_path, "--output", "") == 2
    said = capsys.readouterr().err
    assert "there is no run in" in said
    assert "was never begun" in said


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE briefings SET content = x'00'",
        "UPDATE briefings SET content = x'789c030000000001'",
        "UPDATE entries SET warnings = '{'",
        "UPDATE configurations SET content = '[]'",
        "UPDATE corpora SET named = '{}'",
    ],
)
@pytest.mark.parametrize("format", ["jsonl", "html"])
def test_what_is_damaged_in_a_run_is_said(damage: str, format: ExportFormat, same_twice: Path) -> None:
    with Store(same_twice) as store:
        store.write(damage)
    if format == "jsonl" and "configurations" in damage:
        return  # which a briefing a line does without
    with pytest.raises(OutputError, match="is damaged"):
        exported(same_twice, format)


def test_a_failure_without_a_word_is_exported_as_one(same_twice: Path) -> None:
    with Store(same_twice) as store:
        store.write("DELETE FROM attempts")
    assert "the run does not say why" in json.dumps(lines(same_twice))


@pytest.mark.parametrize("format", FILES)
def test_the_corpus_of_a_run_is_not_written_over(format: ExportFormat, same_twice: Path) -> None:
    corpus = same_twice.parent / "reports.jsonl"
    before = corpus.read_bytes()
    with pytest.raises(UsageError, match="a part of the corpus"):
        export(same_twice, corpus, format=format)
    assert corpus.read_bytes() == before
