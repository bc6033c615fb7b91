"""Corpora: a document for each record, in order, and a failure for each that gives none."""

from __future__ import annotations

import csv
import gzip
import importlib.util
import json
import os
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from summarizer.document import Document
from summarizer.reading.confined import Bounds
from summarizer.reading.corpora import Failure, Fields, holds_many, records
from summarizer.reading.corpora.parquet import parquet_rows
from summarizer.reading.corpora.rows import Row

Told = list[tuple[str, str] | str]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def told(found: Iterable[Document | Failure]) -> Told:
    """The source and text of each document, and the words of each failure."""
    return [str(each) if isinstance(each, Failure) else (each.source, each.text) for each in found]


def json_lines(*values: object) -> bytes:
    return b"".join(each if isinstance(each, bytes) else json.dumps(each).encode() + b"\n" for each in values)


def test_each_record_is_a_document_with_what_it_says_of_itself() -> None:
    record = {"id": "a1", "text": "Velia agreed.\r\n\r\nTarsk did not.", "title": "A\n title ", "source": "The Courier"}
    Path("reports.jsonl").write_bytes(json_lines(record | {"published": "2025-05-03T10:00:00Z", "language": "fr-CA"}))
    assert list(records("reports.jsonl")) == [
        Document(
            "Velia agreed.\r\n\r\nTarsk did not.",
            source="reports.jsonl#a1",
            title="A title",
            published="2025-05-03",
            publisher="The Courier",
            language="fr",
        )
    ]


def test_what_cannot_be_used_of_what_a_record_says_of_itself_is_a_warning() -> None:
    record = {"text": "Velia agreed.", "id": ["a"], "title": {}, "published": "in May", "language": "English", "source": True}
    Path("reports.jsonl").write_bytes(json_lines(record))
    (document,) = records("reports.jsonl")
    assert document == Document(
        "Velia agreed.",
        source="reports.jsonl#1",
        warnings=(
            "Its 'id' is a list, and was not used.",
            "Its 'title' is an object, and was not used.",
            "Its 'published' is no ISO 8601 date, and was not used: 'in May'.",
            "Its 'source' is true or false, and was not used.",
            "Its 'language' is no ISO 639-1 code, and was not used: 'English'.",
        ),
    )


def test_fields_may_be_called_otherwise() -> None:
    Path("reports.jsonl").write_bytes(json_lines({"body": "Velia agreed.", "key": 7, "text": "x"}))
    assert told(records("reports.jsonl", fields=Fields(text="body", id="key"))) == [("reports.jsonl#7", "Velia agreed.")]


def test_a_record_without_an_id_is_called_by_its_line_and_an_id_that_is_there_twice_is_told() -> None:
    Path("reports.jsonl").write_bytes(json_lines({"text": "a", "id": 2}, {"text": "b"}, b"\n", {"text": "c", "id": "\x1b\n4"}))
    first, second, third = records("reports.jsonl")
    assert told([first, second, third]) == [
        ("reports.jsonl#2", "a"),
        ("reports.jsonl#2", "b"),
        (r"reports.jsonl#\x1b\n4", "c"),
    ]
    assert isinstance(second, Document)
    assert second.warnings == ("Line 2 and line 1 of 'reports.jsonl' are both called '2'.",)


BROKEN = [
    (b'{"text": "caf\xe9"}\n', "is not UTF-8 (byte 0xe9, after 13 characters): convert it, or say --encoding."),
    (b'{"text": \n', "is no JSON (Expecting value, after 10 characters)."),
    (b"[1]\n", "is no JSON object: every line of JSON Lines is one, in braces."),
    (b'{"id": 1}\n', "has no field 'text' (it has 'id'): name the one that holds the text with --text-field."),
    (b'{"text": null}\n', "its 'text' is null, not text."),
    (b'{"text": 5}\n', "its 'text' is a number, not text."),
    (b'{"text": ""}\n', "'reports.jsonl#2' is empty: give a report with text in it."),
    (b'{"text": "\\u200b"}\n', "'reports.jsonl#2' holds nothing but white space: give a report with text in it."),
    (b'{"text": "a", "text": "b"}\n', "is no JSON (the field 'text' is there twice)."),
    (b'{"text": "a\\u0000"}\n', "'reports.jsonl#2' holds a NUL character at offset 1: remove it, text has none."),
    (b"\0\0\n", "is no JSON (Expecting value, after 0 characters)."),
    (b'{"text": "' + b"x" * 2_000_000 + b'"}\n', "is longer than 1,048,696 characters: split it, or raise --max-characters."),
    (
        b'{"text": "eleven more"}\n',
        "'reports.jsonl#2' has 11 characters, and at most 10 are read: raise --max-characters, or split it.",
    ),
]


@pytest.mark.parametrize(("line", "reason"), BROKEN, ids=[reason[:30] for _, reason in BROKEN])
def test_a_broken_record_is_a_failure_with_its_line_and_the_next_goes_on(line: bytes, reason: str) -> None:
    Path("reports.jsonl").write_bytes(json_lines({"text": "a"}, line, {"text": "b"}))
    assert told(records("reports.jsonl", max_characters=10)) == [
        ("reports.jsonl#1", "a"),
        f"'reports.jsonl', line 2: {reason}",
        ("reports.jsonl#3", "b"),
    ]


def test_what_is_nested_too_deeply_or_is_a_number_too_long_costs_one_record() -> None:
    Path("reports.jsonl").write_bytes(b"[" * 100_000 + b'\n{"text": ' + b"9" * 10_000 + b'}\n{"text": "a"}\n')
    first, second, third = records("reports.jsonl")
    assert isinstance(first, Failure)
    assert isinstance(second, Failure)
    assert (first.line, second.line, told([third])) == (1, 2, [("reports.jsonl#3", "a")])


def test_a_record_with_a_hundred_thousand_fields_is_searched_once_for_one_that_is_there_twice() -> None:
    fields = ", ".join(f'"{number}": 0' for number in (*range(100_000), 99_999))  # looked for one by one: ten thousand million
    Path("reports.jsonl").write_bytes(f'{{"text": "a", {fields}}}\n'.encode() + json_lines({"text": "b"}))
    assert told(records("reports.jsonl")) == [
        "'reports.jsonl', line 1: is no JSON (the field '99999' is there twice).",
        ("reports.jsonl#2", "b"),
    ]


@pytest.mark.parametrize("name", ["reports.jsonl.gz", "reports.csv.gz"])
def test_packed_files_are_read_and_one_that_is_cut_gives_what_it_has(name: str) -> None:
    lines = "\n".join(f'{{"text": "{os.urandom(40).hex()}"}}' if "json" in name else os.urandom(40).hex() for _ in range(2000))
    packed = gzip.compress((lines if "json" in name else f"text\n{lines}").encode())
    Path(name).write_bytes(packed)
    whole = list(records(name))
    Path(name).write_bytes(packed[: len(packed) // 2])
    *some, last = records(name)
    assert len(whole) == 2000
    assert 0 < len(some) < 2000
    assert some == whole[: len(some)]
    assert "the file cannot be read from here on (Compressed file ended" in str(last)


@pytest.mark.parametrize("bomb", [b"\0" * 100_000_000, b"\n" * 200_000], ids=["a line without end", "blank lines"])
def test_a_packed_file_that_would_keep_us_busy_is_given_up(bomb: bytes) -> None:
    Path("reports.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n' + bomb, 1))
    first, second = records("reports.jsonl.gz", max_characters=10)
    assert told([first]) == [("reports.jsonl.gz#1", "a")]
    assert "line 2: the file cannot be read from here on (" in str(second)


def test_a_packed_file_that_holds_more_than_reports_do_is_given_up_and_the_next_goes_on() -> None:
    Path("in").mkdir()
    rows = [b'{"text": "a", "note": "%s"}\n' % (b"x" * 1_000_000)] * 40
    Path("in/a.jsonl.gz").write_bytes(gzip.compress(b"".join(rows)))
    Path("in/b.jsonl").write_bytes(json_lines({"text": "b"}))
    *some, given_up, last = records("in")
    assert 10 < len(some) < 30
    assert "bytes are packed in it, 100 times its size and more)" in str(given_up)
    assert told([last]) == [("in/b.jsonl#1", "b")]


def test_a_file_is_given_up_after_a_thousand_records_in_a_row_that_give_none_and_the_next_goes_on() -> None:
    Path("in").mkdir()
    Path("in/a.jsonl").write_bytes(b"{\n" * 999 + json_lines({"text": "a"}) + b'{"text": ""}\n' * 5_000)
    Path("in/b.jsonl").write_bytes(json_lines({"text": "b"}))
    found = told(records("in"))
    assert len(found) == 999 + 1 + 1_000 + 1 + 1
    assert found[-2:] == [
        "'in/a.jsonl' is not read beyond record 2,000 (1,000 records in a row give no document): mend it, or split it.",
        ("in/b.jsonl#1", "b"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(encoding: str) -> None:
    Path("reports.csv").write_text("id,text\n1,Žilk said no\n", encoding=encoding)
    assert told(records("reports.csv")) == [("reports.csv#1", "Žilk said no")]


def test_an_encoding_may_be_told() -> None:
    Path("reports.csv").write_text("text\nŽilk said no\n", encoding="windows-1250")
    assert told(records("reports.csv", encoding="windows-1250")) == [("reports.csv#2", "Žilk said no")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_of_a_table_is_the_one_that_gives_the_column_of_the_text(delimiter: str) -> None:
    Path("reports.csv").write_text(f'id{delimiter} text\n1{delimiter}"a{delimiter} ""b"""\n')
    assert told(records("reports.csv")) == [("reports.csv#1", f'a{delimiter} "b"')]


TABLES = {
    "line ends in quotation marks are text": ('1,"a\r\n\r\nb"\r\n2,c\r\n', [("t.csv#1", "a\r\n\r\nb"), ("t.csv#2", "c")]),
    "quotation marks in the middle are text": ('1,a 5" gun\n2,b\n', [("t.csv#1", 'a 5" gun'), ("t.csv#2", "b")]),
    "marks that are not doubled cost their record, all lines of it": (
        '1,"He said "no" to it.\n\nAnd, twice, ""no""."\n2,b\n',
        [
            """'t.csv', line 2: its quotation marks are wrong (',' expected after '"'). Lines 2 to 4 are lost.""",
            ("t.csv#2", "b"),
        ],
    ),
    "a stray mark costs its record": (
        '1,"No way\n2,b\n3,"c"\n',
        [
            """'t.csv', line 2: its quotation marks are wrong (',' expected after '"'). """
            "The quotation mark that it opens is not closed.",
            ("t.csv#2", "b"),
            ("t.csv#3", "c"),
        ],
    ),
    "paragraphs of a record that is cut are no records": (
        '1,"The talks\n\nHalvik, the capital\n\nwere cut',
        ["'t.csv', line 2: its quotation marks are wrong (unexpected end of data). Lines 2 to 6 are lost."],
    ),
    "cells too many or too few cost their record": (
        "1,a,b\n2\n3,c\n",
        [
            "'t.csv', line 2: has 3 cells, and the table has 2 columns: is a delimiter not in quotation marks?",
            "'t.csv', line 3: has 1 cells, and the table has 2 columns: is a delimiter not in quotation marks?",
            ("t.csv#3", "c"),
        ],
    ),
    "a cell may be longer than csv takes by itself": (
        f"1,{'x' * 150_000}\n2,b\n",
        [("t.csv#1", "x" * 150_000), ("t.csv#2", "b")],
    ),
    "a NUL costs its record": (
        "1,a\0\n2,b\n",
        ["'t.csv', line 2: 't.csv#1' holds a NUL character at offset 1: remove it, text has none.", ("t.csv#2", "b")],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), TABLES.values(), ids=TABLES)
def test_tables(rows: str, expected: Told) -> None:
    Path("t.csv").write_text(f"id,text\n{rows}", newline="")
    assert told(records("t.csv")) == expected


def test_a_record_of_a_table_that_goes_on_for_too_long_is_passed_over() -> None:
    paragraph = "x" * 1_000 + "\n\n"
    Path("t.csv").write_text(f'id,text\n1,"{paragraph * 1_100}"\n2,b\n')
    assert told(records("t.csv", max_characters=10)) == [
        "'t.csv', line 2: is longer than 1,048,696 characters: split it, or raise --max-characters. Lines 2 to 2202 are lost.",
        ("t.csv#2", "b"),
    ]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("id,body", "there is no column 'text' (there are 'id', 'body'): name the one that holds the text with --text-field."),
        ("text,text", "two columns are called 'text': rename one."),
        (
            ",".join(["text", *map(str, range(10_000))]),
            "has 10,001 columns, and at most 10,000 are read: leave out those that are not needed.",
        ),
        (",".join(["text", *map(str, range(9_998)), "9997"]), "two columns are called '9997': rename one."),
    ],
    ids=["no such column", "text twice", "too many columns", "the last twice"],
)
def test_a_table_without_one_column_for_the_text_is_one_failure(header: str, reason: str) -> None:
    Path("t.csv").write_text(f"{header}\n1,2\n3,4\n")
    assert told(records("t.csv")) == [f"'t.csv', line 1: {reason}"]


@given(
    rows=st.lists(
        st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1), st.text('a,;"\r\n', min_size=1))
    )
)
def test_whatever_csv_writes_is_read_as_it_was_written(rows: list[tuple[str, str]]) -> None:
    with Path("t.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "note"), *((f"x{text}", note) for text, note in rows)])
    texts = [each.text for each in records("t.csv", keep_hidden=True) if isinstance(each, Document)]
    assert texts == [f"x{text}" for text, _ in rows]


@given(st.binary(max_size=300))
def test_no_bytes_end_the_reading_of_a_corpus_in_another_way(data: bytes) -> None:
    for name in ("t.csv", "t.jsonl", "t.jsonl.gz"):
        Path(name).write_bytes(b"text\n" + data if name == "t.csv" else data)
        assert list(records(name))


def test_parquet_is_read_in_row_groups_and_counts_rows() -> None:
    table = pa.table({"text": ["a", None, "b", "x" * 20], "id": ["one", "two", None, "four"], "published": [20_000] * 4})
    table = table.set_column(2, "published", table["published"].cast(pa.int32()).cast(pa.date32()))
    parquet.write_table(table, "reports.parquet", row_group_size=2)
    found = list(records("reports.parquet", max_characters=10))
    assert told(found) == [
        ("reports.parquet#one", "a"),
        "'reports.parquet', line 2: its 'text' is null, not text.",
        ("reports.parquet#3", "b"),
        "'reports.parquet', line 4: its text has 20 characters, and at most 10 are read: raise --max-characters, or split it.",
    ]
    assert isinstance(found[0], Document)
    assert found[0].published == "2024-10-04"


def test_a_damaged_row_group_costs_its_rows_and_a_cut_file_is_one_failure() -> None:
    parquet.write_table(pa.table({"text": ["a" * 90, "b" * 90, "c"]}), "reports.parquet", row_group_size=2, compression="none")
    data = bytearray(Path("reports.parquet").read_bytes())
    data[4:60] = b"\xff" * 56
    Path("reports.parquet").write_bytes(data)
    first, second = records("reports.parquet")
    assert "'reports.parquet', line 1: cannot be decoded (" in str(first)
    assert "rows 1 to 2 are lost" in str(first)
    assert told([second]) == [("reports.parquet#3", "c")]
    Path("reports.parquet").write_bytes(data[:-20])
    (failure,) = records("reports.parquet")
    assert "'reports.parquet' is not read: it cannot be read as Parquet (" in str(failure)


def test_parquet_that_claims_rows_without_end_is_not_read() -> None:
    parquet.write_table(pa.table({"text": pa.array([None] * 1_000_000, pa.string())}), "reports.parquet")
    (failure,) = records("reports.parquet")
    assert "it claims 1,000,000 rows in " in str(failure)


def test_a_value_that_takes_too_much_memory_costs_its_row_group_and_not_this_process() -> None:
    Path("in").mkdir()
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 40, pa.int32()), pa.array(["x" * 60_000_000]))
    parquet.write_table(pa.table({"text": column}), "in/a.parquet", store_schema=False)  # with it, the value would be read once
    Path("in/b.jsonl").write_bytes(json_lines({"text": "b"}))
    lost, following = told(records("in"))
    assert re.fullmatch(
        r"'in/a.parquet', line 1: cannot be decoded \((re|m)alloc of size \d+ failed\): rows 1 to 40 are lost\.", str(lost)
    )
    assert following == ("in/b.jsonl#1", "b")


posix = pytest.mark.skipif(sys.platform == "win32", reason="the kernel limits nothing there")


@posix
def test_parquet_is_read_where_the_user_is_held_to_less_memory_than_its_process_may_have() -> None:
    parquet.write_table(pa.table({"text": ["a"]}), "reports.parquet")
    program = (
        "import resource, sys; sys.path[:] = sys.argv[1:]; resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000,) * 2)\n"
        "from summarizer.reading.corpora import records; print([each.text for each in records('reports.parquet')])"
    )
    done = subprocess.run([sys.executable, "-c", program, *sys.path], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("['a']\n", "")


def said_by(reckless: str, *, seconds: int = 600, patience: float = 600) -> list[Row | Failure]:
    """What a process gives that does what it likes."""
    bounds = Bounds(seconds=seconds, patience=patience)
    options: Any = {"fields": Fields(), "max_characters": 10, "longest": 1_000_000}  # Any: of several types
    path = Path(f"{reckless}.parquet")
    return list(parquet_rows(path, name=path.name, columns="reckless_columns", bounds=bounds, **options))


@pytest.mark.parametrize("lie", ["no-json", "no-row", "no-values", "same-row", "nested", "no-text"])
def test_what_the_process_for_parquet_sends_is_believed_only_in_the_form_that_was_agreed_on(lie: str) -> None:
    first, last = said_by(lie)
    assert first == Row(1, {"text": "a"})
    assert isinstance(last, Failure)
    assert last.reason.startswith(f"'{lie}.parquet' is damaged, or holds what is not known here, so that it cannot be read (")
    assert ", from row 2 on: " in last.reason


def test_the_process_for_parquet_is_not_waited_for_longer_than_one_answer_may_take() -> None:
    first, last = said_by("waits", patience=5)
    assert first == Row(1, {"text": "a"})
    assert str(last).startswith("'waits.parquet' could not be read within 5 seconds, from row 2 on: try again")


def test_nor_for_longer_than_the_whole_file_may_take() -> None:
    *rows, last = said_by("trickles", seconds=5)
    assert rows
    assert str(last).startswith(f"'trickles.parquet' could not be read within 5 seconds, from row {len(rows) + 1:,} on: ")


def test_without_pyarrow_parquet_is_a_failure_that_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    parquet.write_table(pa.table({"text": ["a"]}), "reports.parquet")
    monkeypatch.setattr("summarizer.reading.corpora.parquet.find_spec", lambda name: None)
    assert told(records("reports.parquet")) == [
        "'reports.parquet' is a Parquet file, and reading these takes pip install 'summarizer[corpora]'."
    ]
    assert importlib.util.find_spec("pyarrow")


@pytest.fixture
def folder() -> Path:
    """Two reports, a corpus, a hidden file and something that is no report, in a folder and one in it."""
    Path("in/deeper").mkdir(parents=True)
    Path("in/b.txt").write_text("b")
    Path("in/deeper/a.txt").write_text("a")
    Path("in/c.jsonl").write_bytes(json_lines({"text": "c"}, {"text": "d"}))
    Path("in/e.png").write_bytes(b"\x89PNG\r\n")
    Path("in/.hidden").write_text("no")
    return Path("in")


def test_a_folder_gives_its_files_and_those_of_the_folders_in_it_by_name(folder: Path) -> None:
    *documents, image = told(records(folder))
    assert documents == [("in/b.txt", "b"), ("in/c.jsonl#1", "c"), ("in/c.jsonl#2", "d"), ("in/deeper/a.txt", "a")]
    assert isinstance(image, str)


def test_a_pattern_gives_the_files_behind_it_and_a_file_that_is_called_so_is_a_file(folder: Path) -> None:
    assert told(records("in/**/*.txt")) == [("in/b.txt", "b"), ("in/deeper/a.txt", "a")]
    (folder / "[b].txt").write_text("c")
    assert told(records("in/[b].txt")) == [("in/[b].txt", "c")]


def test_what_gives_nothing_is_told(folder: Path) -> None:
    (folder / "empty").mkdir()
    Path("t.csv").write_text("text\n")
    assert told([*records("in/empty"), *records("in/*.odt"), *records("t.csv"), *records("absent.txt")]) == [
        "'in/empty' gives no file to read: check the spelling; hidden files are passed over.",
        "'in/*.odt' gives no file to read: check the spelling; hidden files are passed over.",
        "'t.csv' holds no record: give one with text in it.",
        "'absent.txt' cannot be read (no such file or directory): check the spelling and the folder, "
        "or give '-' for standard input.",
    ]


def test_a_pipe_in_a_folder_is_told_and_not_waited_for() -> None:
    Path("in").mkdir()
    os.mkfifo("in/pipe")
    assert told(records("in")) == [
        "'in/pipe' is no file of this folder (a pipe, a device, or a link to nothing or elsewhere): name it itself to read it."
    ]


def test_a_pattern_gives_each_file_once_however_links_lead_to_it(folder: Path) -> None:
    (folder / "loop").symlink_to("..", target_is_directory=True)
    (folder / "only.txt").write_text("a")
    assert told(records("in/**/only.txt")) == [("in/only.txt", "a")]


def test_a_link_out_of_a_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Kept.")
    Path("sent").mkdir()
    Path("sent/a.txt").write_text("a")
    Path("sent/b.txt").symlink_to("a.txt")
    Path("sent/c.txt").symlink_to(tmp_path / "secret.txt")
    first, second, third = told(records("sent"))
    assert (first, second) == (("sent/a.txt", "a"), ("sent/b.txt", "a"))
    assert str(third).startswith("'sent/c.txt' is no file of this folder (")


def test_a_name_that_is_too_long_is_told_and_the_next_is_read(folder: Path) -> None:
    (folder / "only.txt").write_text("a")
    (reason,) = told(records("n" * 300))
    assert str(reason).startswith(f"'{'n' * 300}' cannot be read (file name too long): check the path")
    assert told(records("in/only.txt")) == [("in/only.txt", "a")]


def test_json_lines_are_told_by_what_they_hold_and_other_files_are_left_to_their_reader() -> None:
    Path("reports.txt").write_bytes(json_lines({"text": "a"}, {"text": "b"}))
    Path("report.txt").write_text("Velia agreed.")
    assert [holds_many(each) for each in ("reports.txt", "report.txt", "-", "https://velia.example/?a=*", ".")] == [
        True,
        False,
        False,
        False,
        True,
    ]
    assert told(records("reports.txt")) == [("reports.txt#1", "a"), ("reports.txt#2", "b")]
    assert told(records("report.txt")) == [("report.txt", "Velia agreed.")]


@pytest.mark.parametrize("name", ["report.txt", "reports.jsonl"])
def test_hidden_characters_are_left_out_of_records_as_of_files_unless_they_are_wanted(name: str) -> None:
    text = "Velia\u2060 agreed."
    Path(name).write_bytes(json_lines({"text": text}) if name.endswith("jsonl") else text.encode())
    found = [each for keep in (False, True) for each in records(name, keep_hidden=keep)]
    assert [each.text for each in found if isinstance(each, Document)] == ["Velia agreed.", text]


def test_memory_does_not_grow_with_the_corpus() -> None:
    def peak(number: int) -> int:
        with Path("reports.jsonl").open("w") as file:
            file.writelines(f'{{"text": "{"Velia agreed. " * 3_000}", "id": "{each}"}}\n' for each in range(number))
        tracemalloc.start()
        for _ in records("reports.jsonl"):
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(10)  # what is imported and kept once
    assert peak(500) < 1.1 * peak(50)


def in_pieces(source: str, *, at: Iterable[int]) -> list[Document | Failure]:
    """What is read of a corpus by several processes, each of which dies after so many results."""
    found: list[Document | Failure] = []
    for number in at:
        known = [isinstance(each, Document) for each in found]
        found += islice(records(source, known=known, max_characters=100), number)
    return found + list(records(source, known=[isinstance(each, Document) for each in found], max_characters=100))


ODD_RECORDS: list[object] = [
    {"id": "a", "text": "Velia agreed."},
    {"id": "a", "text": "The same name again."},
    {"text": "Without a name."},
    {"id": 1, "text": "A number for a name."},
    {"id": "1", "text": "The same number as a word."},
    {"id": "a", "text": 5},
    {"id": "a", "text": " "},
    {"id": "b", "text": "x" * 101},
    {"id": "b"},
    b'{"id": "c", "text": "cut\n',
    b"\xff\n",
    b"\n",
    {"id": "a", "text": "A third time."},
]


@given(st.lists(st.sampled_from(ODD_RECORDS), max_size=12), st.lists(st.integers(0, 5), max_size=4))
def test_a_corpus_that_is_read_in_pieces_gives_what_it_gives_in_one(found: list[object], at: list[int]) -> None:
    Path("reports.jsonl").write_bytes(json_lines(*found))
    assert in_pieces("reports.jsonl", at=at) == list(records("reports.jsonl", max_characters=100))


def test_a_folder_that_is_read_in_pieces_gives_what_it_gives_in_one() -> None:
    Path("all/empty").mkdir(parents=True)
    Path("all/a.jsonl").write_bytes(json_lines({"id": "x", "text": "One."}, b"{\n", {"id": "x", "text": "Two."}))
    Path("all/b.csv").write_text("id,text\nx,Three.\nx,Four.\nx\n")
    Path("all/c.txt").write_text("Five.")
    Path("all/d.txt").write_text("")
    Path("all/e.jsonl").write_text("")
    parquet.write_table(pa.table({"id": ["x", "x", None], "text": ["Six.", None, "Seven."]}), "all/f.parquet")
    Path("all/g").symlink_to("/etc")
    whole = list(records("all", max_characters=100))
    assert len(whole) == 12
    for at in range(len(whole) + 1):
        assert in_pieces("all", at=[at]) == whole
    assert in_pieces("all", at=[1] * len(whole)) == whole


@pytest.mark.parametrize("at", [[0], [500, 300], [999], [1000], [1001], [1002]])
def test_a_file_without_documents_is_given_up_at_the_same_record_when_it_is_read_in_pieces(at: list[int]) -> None:
    Path("reports.jsonl").write_bytes(json_lines({"text": "One."}) + b"{\n" * 1_500)
    whole = list(records("reports.jsonl", max_characters=100))
    assert (len(whole), str(whole[-1])) == (
        1_002,
        "'reports.jsonl' is not read beyond record 1,001 (1,000 records in a row give no document): mend it, or split it.",
    )
    assert in_pieces("reports.jsonl", at=at) == whole


def test_a_file_that_is_known_is_not_opened_again() -> None:
    Path("all").mkdir()
    Path("all/a.txt").write_bytes(b"\0" * 10)
    Path("all/b.txt").write_text("Velia agreed.")
    assert told(records("all", known=[True])) == [("all/b.txt", "Velia agreed.")]
