"""What is read, what is refused, and what the refusal says."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tracemalloc
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from summarizer.document import Document, Metadata
from summarizer.errors import SourceError, UsageError
from summarizer.reading import compression, document_from_text, formats, read
from summarizer.reading.content import Content
from summarizer.reading.language import language_of

ROOT = Path(__file__).parents[1]


def refusal(source: str | Path, data: bytes = b"", *, max_characters: int = 200) -> str:
    """The message with which a source is refused, which has to be one line."""
    with pytest.raises(SourceError) as caught:
        read(source, max_characters=max_characters, stdin=io.BytesIO(data))
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def archive(*names: str) -> bytes:
    """A ZIP archive with members of these names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as members:
        for name in names:
            members.writestr(name, "<x/>" * 100)
    return stream.getvalue()


def test_a_text_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"Talks failed\r\n\r\nKyiv said no.\r\n")
    assert read(path) == Document(text="Talks failed\r\n\r\nKyiv said no.\r\n", source=str(path), title="Talks failed")


def test_a_path_is_named_as_the_user_typed_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.txt").write_text("Kyiv said no.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read("./report.txt").source == "./report.txt"


def test_a_byte_order_mark_is_removed_and_only_that() -> None:
    assert read("-", keep_hidden=True, stdin=io.BytesIO(b"\xef\xbb\xbf\xef\xbb\xbfKyiv\n")).text == "\ufeffKyiv\n"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Kyjiv řekl ne.".encode()), encoding="latin-1"))
    assert read("-") == Document(text="Kyjiv řekl ne.", source="stdin")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no such folder here")
def test_a_pipe_is_read_like_a_file() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"Kyiv said no.")
    os.close(writer)
    try:
        assert read(f"/dev/fd/{reader}").text == "Kyiv said no."
    finally:
        os.close(reader)


def test_a_string_becomes_a_document_with_the_name_that_it_is_given() -> None:
    assert document_from_text("Kyiv said no.", source="wire") == Document(text="Kyiv said no.", source="wire")


def test_text_of_exactly_the_greatest_length_is_read_even_in_four_bytes_a_character() -> None:
    text = "𝔸" * 50
    assert read("-", max_characters=50, stdin=io.BytesIO(b"\xef\xbb\xbf" + text.encode())).text == text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("North in 'quasi-state of war'\nSeoul replied.", "North in 'quasi-state of war'"),
        ("\n\n  Talks failed \n\nKyiv said no.", "Talks failed"),
        ("Will the truce hold?\nKyiv said no.", "Will the truce hold?"),
        ("Talks failed.\nKyiv said no.", None),
        ("He called it “a step.”\nKyiv said no.", None),
        ("Minister Ellwood said:\nWe are concerned.", None),
        ("Talks failed", None),
        (f"{'Talks ' * 30}\nKyiv said no.", None),
    ],
)
def test_a_first_line_that_looks_like_a_heading_is_the_title(text: str, title: str | None) -> None:
    assert document_from_text(text).title == title


def test_a_missing_file_is_named_with_the_next_move() -> None:
    assert refusal("no/such.txt") == (
        "'no/such.txt' cannot be read (no such file or directory): check the spelling and the folder, or give '-' for standard "
        "input."
    )


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{str(tmp_path)!r} cannot be read (is a directory): it is a folder; name the files in it."


def test_a_forbidden_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)  # root, as in containers, may read everything
    assert refusal("secret.txt") == (
        "'secret.txt' cannot be read (permission denied): ask for the right to read it, or read a copy."
    )


@pytest.mark.parametrize("path", ["x" * 5_000, "a\0b", "\ud800", "report.txt/x", ""])
def test_a_path_that_no_system_accepts_is_refused(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.txt").write_text("Kyiv said no.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "cannot be read (" in refusal(path)


def test_a_line_break_in_a_path_does_not_break_the_message() -> None:
    assert refusal("no\nsuch.txt").startswith("'no\\nsuch.txt' cannot be read")


def test_a_file_name_that_is_no_utf8_can_be_read_and_written_down(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    try:
        Path(name).write_text("Kyiv said no.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system has names in UTF-8 only")
    assert read(name).source == f"{tmp_path}/caf\\udce9.txt"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_an_endless_device_is_refused_at_once() -> None:
    assert refusal("/dev/zero").startswith("'/dev/zero' looks like binary data (a NUL byte at offset 0)")


def test_standard_input_that_is_closed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SourceError, match=r"^Standard input is closed: give a file instead of '-'\.$"):
        read("-")


def test_standard_input_that_fails_is_refused() -> None:
    stream = io.BytesIO()
    stream.close()
    with pytest.raises(SourceError, match=r"^Standard input cannot be read \(i/o operation on closed file\.?\): give a file"):
        read("-", stdin=stream)


def test_an_empty_source_is_refused() -> None:
    assert refusal("-", b"") == "'stdin' is empty: give a report with text in it."


@pytest.mark.parametrize("blank", [" \r\n\t", "\ufeff\u200b\u200d\u2060", "\u00a0\u3000\u2028", "\x1b\x07"])
def test_a_source_without_anything_to_be_seen_is_refused(blank: str) -> None:
    assert refusal("-", blank.encode()) == "'stdin' holds nothing but white space: give a report with text in it."


def test_a_byte_order_mark_alone_is_an_empty_source() -> None:
    assert refusal("-", b"\xef\xbb\xbf") == "'stdin' is empty: give a report with text in it."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive("xl/workbook.xml"), "an Excel workbook (XLSX)"),
        (archive("ppt/presentation.xml"), "a PowerPoint presentation (PPTX)"),
        (archive("reports/password/document.xml"), "a ZIP archive"),
        (b"PK\x03\x04 and more", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS or PPT)"),
        (rb"{\rtf1\ansi Kyiv said no.}", "a rich text document (RTF)"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
    ],
)
def test_what_is_read_in_no_way_is_named_and_refused(data: bytes, words: str) -> None:
    assert refusal("-", data) == (f"'stdin' looks like {words}, which is not read: save it as text, HTML, PDF or DOCX first.")


def test_a_corpus_is_no_report_and_the_refusal_says_what_reads_it() -> None:
    assert refusal("-", b"PAR1\x15\x04") == (
        "'stdin' looks like a Parquet table, which is not read: it is a corpus, whose records `summarise` reads from a file."
    )


def test_text_that_only_speaks_of_html_is_read() -> None:
    assert read("-", stdin=io.BytesIO(b"The tag <html> opens a page.")).text == "The tag <html> opens a page."


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    assert refusal("-", b"a" * 201) == (
        "'stdin' has 201 characters, and at most 200 are read: raise --max-characters, or split it."
    )


def test_reading_stops_where_a_text_is_certain_to_be_too_long() -> None:
    stream = io.BytesIO("é".encode() * 5_000)
    with pytest.raises(SourceError, match=r"^'stdin' has more than 200 characters, and at most 200 are read"):
        read("-", max_characters=200, stdin=stream)
    assert stream.tell() == 805


def test_a_string_with_a_lone_surrogate_is_refused_with_the_place() -> None:
    with pytest.raises(SourceError, match=r"^'text' holds a lone surrogate \(U\+D83D at offset 5\), which UTF-8 cannot hold: "):
        document_from_text("Kyiv \ud83d said no.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "'text' is empty"),
        (" \u200b", "'text' holds nothing but white space"),
        ("a\0b", "'text' holds a NUL character at offset 1"),
        ("a" * 11, "'text' has 11 characters, and at most 10 are read"),
    ],
)
def test_a_string_is_refused_for_what_a_file_is_refused_for(text: str, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        document_from_text(text, max_characters=10)
    assert str(caught.value).startswith(words)


@pytest.mark.parametrize(
    ("name", "language"),
    [("ceasefire-call", "en"), ("wage-talks", "en"), ("eaux-isserane", "fr"), ("tarifstreit-haefen", "de")],
)
def test_the_language_of_a_report_is_told(name: str, language: str) -> None:
    assert read(ROOT / "seeds" / f"{name}.txt").language == language


def test_a_text_too_short_to_tell_is_taken_for_english() -> None:
    assert document_from_text("Velia a refusé.").language == "en"


def test_a_language_that_is_declared_is_believed_of_a_short_text_alone() -> None:
    assert language_of("Velia a refusé.", declared="fr") == "fr"
    assert language_of(read(ROOT / "seeds" / "wage-talks.txt").text, declared="fr") == "en"


def test_what_a_caller_says_goes_before_what_the_source_says() -> None:
    said = Metadata(title="No", published="2025-03-18", publisher="Wire", language="fr")
    assert document_from_text("Talks failed\n\nVelia said no.", metadata=said) == Document(
        text="Talks failed\n\nVelia said no.", title="No", published="2025-03-18", publisher="Wire", language="fr"
    )


def test_a_source_that_gives_as_its_date_what_is_none_has_no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    def reader(data: bytes, *, keep_hidden: bool = False) -> Content:
        return Content("Velia said no.", published="2025-03-18. Ignore the report")

    monkeypatch.setitem(sys.modules, "summarizer.reading.readers.plain", SimpleNamespace(content=reader))
    assert read("-", stdin=io.BytesIO(b"Velia")).published is None


def test_a_date_of_publication_that_is_none_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"^'on Tuesday' is no date of publication: give it as 2025-03-18$"):
        document_from_text("Velia said no.", metadata=Metadata(published="on Tuesday"))


# kinds


def kind(data: bytes, name: str = "stdin") -> str:
    return formats.kind_of(data, name)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"Kyiv said no.", "report", "text"),
        (b"Kyiv said no.", "report.pdf", "text"),
        (b"%PDF-1.7\n%\xe2\xe3", "report.txt", "pdf"),
        (b"\n%PDF-1.4", "stdin", "pdf"),
        (b"junk\n%PDF-1.4", "report.pdf", "pdf"),
        (b"A file begins with %PDF-1.4", "report.txt", "text"),
        (archive("[Content_Types].xml", "word/document.xml"), "report.doc", "docx"),
        (archive("word/document2.xml"), "stdin", "docx"),
        (b"\n<!-- x --> <!-- y --> <!DOCTYPE html><p>Kyiv said no.", "stdin", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "stdin", "html"),
        (b'\xef\xbb\xbf<html lang="en">', "stdin", "html"),
        ("<html><p>Kyiv".encode("utf-16"), "stdin", "html"),
        ("<!doctype html><html><p>Kyiv".encode("utf-16-le"), "stdin", "html"),
        (f"<html><head><title>Київ</title></head><p>{'Київ ' * 200}".encode("utf-16-be"), "stdin", "html"),
        (b"<p>Kyiv said no.</p>", "page.html", "html"),
        (b"<p>Kyiv said no.</p>", "report.txt", "text"),
        (b"Kyiv said 3 < 4.", "page.html", "text"),
        (b"# Talks failed", "report.md", "markdown"),
        (b"<html> opens a page", "how-to.md", "markdown"),
        (b"# Talks failed", "report.txt", "text"),
        (b"From: a@b.example\nSubject: No\nMessage-ID: <1@b>\n\nKyiv said no.", "stdin", "eml"),
        (b"Received: from x\r\n\tby y\r\nFrom: a@b.example\r\n\r\nKyiv said no.", "stdin", "eml"),
        (b"From a@b Tue Mar 18 2025\nFrom: a@b.example\n\nKyiv said no.", "stdin", "eml"),
        (b"From: the minister\nSubject: talks\n\nKyiv said no.", "memo.txt", "text"),
        (b"From: the minister\nSubject: talks\n\nKyiv said no.", "memo.eml", "eml"),
        (b"Message-ID: is a field of e-mails.\nFrom: is another.\nAnd so on.", "stdin", "text"),
    ],
)
def test_the_kind_is_told_from_the_content(data: bytes, name: str, expected: str) -> None:
    assert kind(data, name) == expected


def test_a_name_that_promises_another_kind_is_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_text("Kyiv said no.", encoding="utf-8")
    assert read(path).warnings == ("By its name it is a PDF document, by its content plain text, and was read as that.",)


@pytest.mark.parametrize("trap", ["<!-- x -->" * 6_000, "<!--" * 16_000, " " * 65_000, "<" * 65_000, "a:\n" * 20_000])
def test_no_beginning_takes_the_patterns_long(trap: str) -> None:
    assert kind(f"{trap}x".encode(), "page.html") in {"text", "html"}  # a pattern that goes back and forth would never end


# compression


def test_what_was_compressed_is_read_and_the_name_within_tells_its_kind(tmp_path: Path) -> None:
    path = tmp_path / "report.MD.gz"
    path.write_bytes(gzip.compress(b"---\ntitle: No\n---\nKyiv said no."))
    assert read(path) == Document(text="Kyiv said no.", source=str(path), title="No")


def test_files_that_were_compressed_and_put_together_are_one() -> None:
    data = gzip.compress(b"Kyiv ") + gzip.compress(b"said no.") + b"\0" * 100
    assert read("-", stdin=io.BytesIO(data)).text == "Kyiv said no."


def test_a_compressed_file_that_is_cut_is_read_as_far_as_it_goes_and_is_not_complete() -> None:
    whole = "".join(f"Sentence {number} is here. " for number in range(5_000)).encode()
    document = read("-", stdin=io.BytesIO(gzip.compress(whole)[:-2_000]))
    assert whole.decode().startswith(document.text)
    assert document.warnings == ("The gzip file is cut off: only what comes before that was read.",)
    assert not document.complete


def test_a_compressed_file_that_is_damaged_is_refused() -> None:
    data = bytearray(gzip.compress(b"Kyiv said no. " * 100))
    data[-6] ^= 1
    assert refusal("-", bytes(data)).startswith("'stdin' is a damaged gzip file (")


def test_something_behind_a_compressed_file_is_refused() -> None:
    assert "with something else behind it" in refusal("-", gzip.compress(b"Kyiv") + b"said no.")


def test_what_is_compressed_twice_is_refused() -> None:
    assert "is compressed twice" in refusal("-", gzip.compress(gzip.compress(b"Kyiv said no.")))


def test_a_decompression_bomb_grows_no_further_than_a_text_may_be_long() -> None:
    bomb = gzip.compress(b"a" * 50_000_000)
    tracemalloc.start()
    assert refusal("-", bomb) == (
        "'stdin' has more than 200 characters, and at most 200 are read: raise --max-characters, or split it."
    )
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_file_of_countless_compressed_nothings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "MOST_MEMBERS", 3)
    assert "far too many parts" in refusal("-", gzip.compress(b"") * 4)


@pytest.mark.parametrize("beginning", [b"PK ", b"\xe9\n"])
def test_text_that_is_too_long_is_refused_before_it_is_decoded(beginning: bytes) -> None:
    data = gzip.compress(beginning + b"\xe9\n" * 2_000_000)
    tracemalloc.start()
    assert "at most 200 are read" in refusal("-", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_language_is_two_letters() -> None:
    with pytest.raises(UsageError, match="is no language: give its ISO 639-1 code, such as 'en'"):
        document_from_text("Kyiv said no.", metadata=Metadata(language="no such\nlanguage"))


# Markdown


@pytest.mark.parametrize(
    ("written", "text", "known"),
    [
        ("# Talks failed #\n\nKyiv said *no*.", "# Talks failed #\n\nKyiv said *no*.", ("Talks failed", None, None)),
        (
            '---\ntitle: "Talks: failed"\ndate: 2025-03-18T10:00:00Z\npublisher: Wire\ntags:\n  - a\n---\n\nKyiv said no.',
            "Kyiv said no.",
            ("Talks: failed", "2025-03-18", "Wire"),
        ),
        ("---\r\ndate: last week\r\n---\r\n# No\r\n", "# No\r\n", ("No", None, None)),
        ("---\nKyiv said no.\n---\nAnd then yes.", "---\nKyiv said no.\n---\nAnd then yes.", (None, None, None)),
        ("---\ntitle: never closed\n", "---\ntitle: never closed\n", (None, None, None)),
    ],
)
def test_markdown_is_its_text_and_what_stands_before_it_is_about_it(
    written: str, text: str, known: tuple[str | None, ...], tmp_path: Path
) -> None:
    path = tmp_path / "report.md"
    path.write_text(written, encoding="utf-8", newline="")
    document = read(path)
    assert (document.text, (document.title, document.published, document.publisher)) == (text, known)


# pages, and what is hidden


def test_who_speak_in_turn_between_two_rules_are_no_front_matter(tmp_path: Path) -> None:
    talk = tmp_path / "talk.md"
    talk.write_text("---\nVelia: we want peace.\nHalvik: we do not.\n---\nThe talks ended.\n")
    assert "Velia: we want peace." in read(talk).text


def test_a_limit_beyond_all_memory_costs_none(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kyiv said no.")
    assert read(tmp_path / "a.txt", max_characters=10**20).text == "Kyiv said no."


def test_a_place_is_on_the_page_that_began_last_before_it() -> None:
    document = Document("One. Two. Three.", pages=(0, 5, 5, 10))
    assert [document.page_at(offset) for offset in (0, 4, 5, 9, 10, 15)] == [1, 1, 3, 3, 4, 4]
    assert Document("One.").page_at(0) is None


def test_a_first_line_as_of_a_mailbox_without_an_end_is_read_in_one_go() -> None:
    assert formats.kind_of(b"From " + b"a" * formats.HEAD, "report.txt") == "text"  # once tried anew at each of its letters
