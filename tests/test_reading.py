"""What is read, what is refused, and what the refusal says."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.reading import document_from_text, read

ROOT = Path(__file__).parents[1]


def refusal(source: str | Path, data: bytes = b"", *, max_characters: int = 200) -> str:
    """The message with which a source is refused, which has to be one line."""
    with pytest.raises(SourceError) as caught:
        read(source, max_characters=max_characters, stdin=io.BytesIO(data))
    message = str(caught.value)
    assert len(message.splitlines()) == 1
    return message


def word_file() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("[Content_Types].xml", "<Types/>")
        members.writestr("word/document.xml", "<w:document/>")
    return archive.getvalue()


def test_a_text_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"Talks failed\r\n\r\nKyiv said no.\r\n")
    assert read(path) == Document(text="Talks failed\r\n\r\nKyiv said no.\r\n", source=str(path), title="Talks failed")


def test_a_path_is_named_as_the_user_typed_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.txt").write_text("Kyiv said no.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read("./report.txt").source == "./report.txt"


def test_a_byte_order_mark_is_removed_and_only_that() -> None:
    assert read("-", stdin=io.BytesIO(b"\xef\xbb\xbf\xef\xbb\xbfKyiv\n")).text == "\ufeffKyiv\n"


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
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (word_file(), "a Word document (DOCX)"),
        (b"PK\x03\x04 and more", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS or PPT)"),
        (rb"{\rtf1\ansi Kyiv said no.}", "a rich text document (RTF)"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\x1f\x8b\x08", "a gzip archive"),
        (b"\n<!-- x --> <!DOCTYPE html><p>Kyiv said no.", "a web page (HTML)"),
        (b'\xef\xbb\xbf<html lang="en">', "a web page (HTML)"),
    ],
)
def test_what_is_not_text_is_named_and_refused(data: bytes, words: str) -> None:
    assert refusal("-", data) == f"'stdin' looks like {words}, and only plain text is read so far: save it as text first."


def test_a_large_file_in_another_format_is_named_and_not_called_long() -> None:
    assert "looks like a PDF document" in refusal("-", b"%PDF-1.7" + b"x" * 10_000)


def test_text_that_only_speaks_of_html_is_read() -> None:
    assert read("-", stdin=io.BytesIO(b"The tag <html> opens a page.")).text == "The tag <html> opens a page."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_text_in_wide_characters_is_named_with_the_way_to_convert_it(encoding: str) -> None:
    assert refusal("-", "Kyiv said no.".encode(encoding)) == (
        f"'stdin' is text in {encoding.upper()}, not UTF-8: convert it, for instance with iconv -f {encoding.upper()} -t UTF-8."
    )


@pytest.mark.parametrize(
    ("data", "byte", "offset"), [(b"caf\xe9 ", "0xe9", 3), (b"a \xed\xa0\x80", "0xed", 2), (b"ab\xf0", "0xf0", 2)]
)
def test_text_in_another_encoding_is_refused_with_the_place(data: bytes, byte: str, offset: int) -> None:
    assert refusal("-", data) == (
        f"'stdin' is not UTF-8 (byte {byte} at offset {offset}): if it is in another encoding, convert it, for instance with "
        "iconv -f WINDOWS-1252 -t UTF-8."
    )


def test_a_nul_byte_is_refused_with_the_place() -> None:
    assert refusal("-", b"ab\0c").startswith("'stdin' looks like binary data (a NUL byte at offset 2)")


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    assert refusal("-", b"a" * 201) == (
        "'stdin' has 201 characters, and at most 200 are read: raise --max-characters, or split it."
    )


def test_reading_stops_where_a_text_is_certain_to_be_too_long() -> None:
    stream = io.BytesIO("é".encode() * 5_000)
    with pytest.raises(SourceError, match=r"^'stdin' has more than 200 characters, and at most 200 are read"):
        read("-", max_characters=200, stdin=stream)
    assert stream.tell() == 804


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
