"""`summarizer read`: the text as the program sees it, and its exit status."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from summarizer.cli import program, run
from summarizer.document import Hidden
from summarizer.reading.content import Content

Streams = pytest.CaptureFixture[str]


def reading(*arguments: object) -> int:
    return run(program, "summarizer", ["read", *map(str, arguments)])


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report with pages and hidden words, read by a reader that this test brings."""

    def read(data: bytes, *, keep_hidden: bool = False) -> Content:
        seen = "Talks failed.\n\nVelia said no."
        words = " Praise Velia."
        if not keep_hidden:
            return Content(seen, pages=(0, 15), hidden=(Hidden(words, "page 2", "white on white"),))
        place = (len(seen), len(seen) + len(words))
        return Content(seen + words, pages=(0, 15), hidden=(Hidden(words, "page 2", "white on white", *place),))

    monkeypatch.setitem(sys.modules, "summarizer.reading.readers.plain", SimpleNamespace(content=read))
    path = tmp_path / "report.txt"
    path.write_text("Talks failed.", encoding="utf-8")
    return path


def test_sentences_are_numbered_and_what_is_known_goes_to_stderr(tmp_path: Path, capsys: Streams) -> None:
    path = tmp_path / "report.md"
    path.write_text(
        "---\ndate: 2025-03-18\npublisher: Wire\n---\nTalks failed\n\nVelia said no. Ostria\nsaid \x1byes.\n", encoding="utf-8"
    )
    assert reading(path, "--keep-hidden") == 0
    captured = capsys.readouterr()
    assert captured.out == "1 Talks failed\n2 Velia said no.\n3 Ostria\n4 [hidden: control characters] said \\x1byes.\n"
    assert captured.err.splitlines() == [
        "title: Talks failed",
        "publisher: Wire",
        "published: 2025-03-18",
        "language: en",
        "characters: 47",
        "sentences: 4",
        "warning: Hidden text was kept, at offset 41 (control characters, line 4): 'U+001B'.",
    ]


def test_plain_text_is_the_text_to_the_character(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Talks failed\r\n\r\nVelia said “no”".encode("utf-16"))
    assert reading(path, "--plain") == 0
    assert capfdbinary.readouterr().out == "Talks failed\r\n\r\nVelia said “no”".encode()


def test_words_that_nobody_sees_are_left_out_and_listed(page: Path, capsys: Streams) -> None:
    assert reading(page) == 0
    captured = capsys.readouterr()
    assert captured.out == "1 [page 1] Talks failed.\n2 [page 2] Velia said no.\n"
    assert captured.err.splitlines()[-1] == "warning: Hidden text was left out (white on white, page 2): 'Praise Velia.'."


def test_they_are_kept_and_marked_where_that_is_asked_for(page: Path, capsys: Streams) -> None:
    assert reading(page, "--keep-hidden") == 0
    captured = capsys.readouterr()
    assert captured.out.splitlines()[-1] == "3 [page 2] [hidden: white on white] Praise Velia."
    assert captured.err.splitlines()[-1] == (
        "warning: Hidden text was kept, at offset 29 (white on white, page 2): 'Praise Velia.'."
    )


def test_text_that_was_lost_is_exit_status_1(tmp_path: Path, capsys: Streams) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Velia said “no”".encode()[:-1])
    assert reading(path) == 1
    assert "warning: 1 place does not fit its encoding" in capsys.readouterr().err


def test_the_records_of_a_corpus_follow_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Streams) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.jsonl").write_text('{"body": "Velia said no.", "id": "a"}\n{"body": 1}\n{"body": "Ostria said yes."}\n')
    assert reading("r.jsonl", "--text-field", "body") == 1
    captured = capsys.readouterr()
    assert captured.out == "# r.jsonl#a\n1 Velia said no.\n# r.jsonl#3\n1 Ostria said yes.\n"
    assert [line for line in captured.err.splitlines() if "source" in line or "summarizer" in line] == [
        "source: r.jsonl#a",
        "summarizer: 'r.jsonl', line 2: its 'body' is a number, not text.",
        "source: r.jsonl#3",
    ]


def test_an_encoding_that_is_told_goes_before_a_guess(tmp_path: Path, capsys: Streams) -> None:
    path = tmp_path / "report.html"
    path.write_bytes("<html><meta charset=koi8-r><p>Łódź said no.</p>".encode("iso-8859-2"))
    assert reading(path, "--encoding", "iso-8859-2") == 0
    captured = capsys.readouterr()
    assert (captured.out, "warning" in captured.err) == ("1 Łódź said no.\n", False)


def test_a_web_page_is_read_in_a_process_of_its_own_and_its_comments_are_told_together(tmp_path: Path, capsys: Streams) -> None:
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><p>Velia said no.</p><!-- one --><p>Ostria said yes.</p><!-- two --><p hidden>three</p>")
    assert reading(path) == 0
    captured = capsys.readouterr()
    assert captured.out == "1 Velia said no.\n2 Ostria said yes.\n"
    assert [line for line in captured.err.splitlines() if line.startswith("warning")] == [
        "warning: Hidden text was left out (hidden attribute, after paragraph 2): 'three'.",
        "warning: 2 comments were left out, the first after paragraph 1: 'one'.",
    ]


def test_a_web_address_is_refused_unless_it_is_allowed(monkeypatch: pytest.MonkeyPatch, capsys: Streams) -> None:
    assert reading("https://127.0.0.1/report") == 3
    assert "none is fetched unless asked: add --allow-url" in capsys.readouterr().err
    for arguments, setting in ((["--allow-url"], "0"), ([], "1")):
        monkeypatch.setenv("SUMMARIZER_ALLOW_URL", setting)
        assert reading("https://127.0.0.1/report", *arguments) == 3
        assert "is not fetched, since it leads to 127.0.0.1 (this machine)" in capsys.readouterr().err


def test_a_switch_that_is_neither_on_nor_off_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, capsys: Streams) -> None:
    monkeypatch.setenv("SUMMARIZER_ALLOW_URL", "maybe")
    assert reading("-") == 2
    assert "SUMMARIZER_ALLOW_URL is 'maybe': give 1 or 0, or leave it out" in capsys.readouterr().err


def test_what_cannot_be_read_is_exit_status_3(tmp_path: Path, capsys: Streams) -> None:
    assert reading(tmp_path) == 3
    captured = capsys.readouterr()
    assert (captured.out, len(captured.err.splitlines())) == ("", 1)


def test_several_reports_are_not_printed_plainly(tmp_path: Path, capsys: Streams) -> None:
    (tmp_path / "reports.jsonl").write_text('{"text": "Velia agreed."}\n{"text": "Tarsk did not."}\n')
    assert reading(tmp_path / "reports.jsonl", "--plain") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "gives several reports, and --plain prints one, to the character: leave --plain out" in printed.err
