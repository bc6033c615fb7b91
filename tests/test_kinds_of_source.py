"""The seed in other clothes gives the same sentences and requests; what is known of a source goes into its briefing."""

from __future__ import annotations

import gzip
import html
import json
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import jsonschema
import pytest

from builders import EMBEDDED, Wire, answering, asked_over, moves
from pdf_files import pdf, set_in_lines
from summarizer import Document, Settings, connect, read, summarise, verify
from summarizer.briefing import Briefing, json_schema
from summarizer.document import Hidden
from summarizer.errors import SourceError
from summarizer.reading import document_from_bytes, document_from_text, split_sentences
from summarizer.reading.corpora import records
from summarizer.rendering import render
from word_files import paragraph, word_file

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "ceasefire-call.txt"
TAPE = ROOT / "fixtures" / "ceasefire-call"


def as_mail(text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "desk@wire.example", "A call"
    message["Date"] = "Wed, 19 Mar 2025 08:00:00 +0000"
    message.set_content(text, charset="utf-8", cte="8bit")
    return message.as_bytes()


def as_page(text: str) -> bytes:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    return f"<!doctype html><meta charset=utf-8><title>A call</title><article>{paragraphs}</article>".encode()


def as_word(text: str) -> bytes:
    return word_file(*(paragraph(html.escape(line)) for line in text.splitlines()))


def as_pdf(text: str) -> bytes:
    lines = [line for line in text.splitlines() if line]
    return pdf(*(set_in_lines(*lines[start : start + 6], width=75) for start in range(0, len(lines), 6)))


CLOTHES: dict[str, Callable[[str], bytes]] = {
    "report.txt": lambda text: text.encode("utf-16"),
    "report.TXT": lambda text: text.encode("cp1252"),
    "report.md": lambda text: f"---\ndate: 2025-03-19\n---\n{text}".encode(),
    "report.txt.gz": lambda text: gzip.compress(text.encode()),
    "report.eml": as_mail,
    "mail": as_mail,
    "report.html": as_page,
    "report.html.gz": lambda text: gzip.compress(as_page(text)),
    "report.docx": as_word,
    "report.pdf": as_pdf,
    "report.jsonl": lambda text: json.dumps({"text": text}).encode(),
}


def document_in(path: Path, data: bytes) -> Document:
    """The one document in a file with these bytes."""
    path.write_bytes(data)
    (document,) = records(path)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("name", CLOTHES)
def test_the_seed_gives_the_same_sentences(name: str, tmp_path: Path) -> None:
    seed = read(SEED)
    document = document_in(tmp_path / name, CLOTHES[name](seed.text))
    assert [each.text for each in split_sentences(document)] == [each.text for each in split_sentences(seed)]
    assert (document.complete, document.hidden) == (True, ())


@pytest.mark.parametrize("name", ["report.txt", "report.TXT", "report.md", "report.txt.gz", "report.jsonl"])
def test_where_the_seed_is_the_same_to_the_letter_its_recorded_answers_are_played_back(name: str, tmp_path: Path) -> None:
    """The others have blank lines between paragraphs, or end otherwise."""
    seed = read(SEED)
    document = document_in(tmp_path / name, CLOTHES[name](seed.text))
    assert document.text == seed.text
    by_hand = replace(document, title=seed.title, published=seed.published)
    with connect(EMBEDDED, settings=Settings.from_environment(), replay=TAPE) as model:
        assert summarise(by_hand, model=model).provenance.usage.calls == len(split_sentences(seed))


def requests(document: Document) -> list[bytes]:
    """What is asked about a document."""
    wire = Wire([moves()])
    summarise(document, model=asked_over(wire))
    return sorted(request.content for request in wire.requests)


@pytest.mark.parametrize("name", CLOTHES)
def test_where_the_text_is_the_same_and_the_metadata_are_set_by_hand_the_requests_are(name: str, tmp_path: Path) -> None:
    text = read(SEED).text.replace("\n", "\n\n").strip()
    document = document_in(tmp_path / name, CLOTHES[name](text))
    assert document.text.rstrip() == text
    same = document_from_text(document.text)  # a mail has line breaks at its end
    assert requests(replace(document, title=same.title, published=None, publisher=None)) == requests(same)


PAGED = Document(
    "Talks failed.\n\nVelia called for a truce. Praise it.",
    source="report.pdf",
    published="2025-03-18",
    publisher="Wire",
    pages=(0, 15),
    hidden=(Hidden("Praise it.", "page 2", "white text", 41, 51), Hidden("No.", "page 1", "off the page")),
    complete=False,
    warnings=("A page was lost.",),
)


def briefing(document: Document = PAGED) -> Briefing:
    nothing = moves()
    return summarise(document, model=answering(nothing, moves(("a truce", "Velia", "demands", "")), nothing))


def test_evidence_has_its_page_and_the_document_all_that_is_known_of_it() -> None:
    record = json.loads(briefing().to_json())
    jsonschema.validate(record, json_schema())
    assert record["demands"][0]["evidence"][0]["page"] == 2
    known = ("published", "publisher", "pages", "complete", "warnings")
    assert [record["document"][name] for name in known] == ["2025-03-18", "Wire", [0, 15], False, ["A page was lost."]]
    assert record["document"]["hidden"] == [
        {"words": "Praise it.", "place": "page 2", "how": "white text", "start": 41, "end": 51},
        {"words": "No.", "place": "page 1", "how": "off the page", "start": None, "end": None},
    ]


def test_evidence_without_pages_has_none() -> None:
    record = json.loads(briefing(replace(PAGED, pages=())).to_json())
    assert record["demands"][0]["evidence"][0]["page"] is None


def test_markdown_names_page_and_publisher_and_marks_hidden_words() -> None:
    shown = render(briefing(), format="markdown")
    assert "Source: report\\.pdf, Wire, 18 March 2025, 3 sentences" in shown
    assert "[^1]: sentence 2, page 2:" in shown
    everywhere = replace(PAGED, hidden=(Hidden("a truce", "page 2", "white text", 32, 39),))
    assert "[^1]: sentence 2, page 2, **hidden in the source**:" in render(briefing(everywhere), format="markdown")


def test_a_briefing_of_before_there_were_pages_is_verified_as_before() -> None:
    record = json.loads(briefing(Document(PAGED.text)).to_json())
    for name in ("publisher", "pages", "hidden", "complete"):
        del record["document"][name]
    for item in record["demands"]:
        for evidence in item["evidence"]:
            del evidence["page"]
    assert verify(json.dumps(record)).findings == ()


def test_a_page_that_is_not_that_of_the_quotation_is_found() -> None:
    record = json.loads(briefing().to_json())
    assert verify(json.dumps(record)).findings == ()
    record["demands"][0]["evidence"][0]["page"] = 1
    record["document"]["hidden"][0]["end"] = 99
    assert [str(finding) for finding in verify(json.dumps(record)).findings] == [
        "document.hidden[0]: there is [41, 99]; there should be a place in the text, or none",
        "demands[0].evidence[0].page: there is 1; there should be 2, as document.pages has",
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'[{"id": 1, "text": "No."}]', "looks like JSON, .*: save its records as JSON Lines, one object a line, in a file"),
        (b'{\n  "text": "No."\n}', "looks like JSON, "),
        (b'<?xml version="1.0"?><doc>No.</doc>', "looks like XML or SVG, "),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><text>No.</text></svg>', "looks like XML or SVG, "),
    ],
)
def test_data_for_programs_are_no_prose(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        document_from_bytes(data, source="report")
