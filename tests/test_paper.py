"""Briefings on paper and in a terminal: what they show, and that no text of a report does anything there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import html5lib
import pypdf
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.shared import Pt
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from pypdf.generic import DictionaryObject, NumberObject

from builders import answering, moves, report
from hostile import OWN, Attack, alone, attack, generated, published
from summarizer.briefing import Briefing
from summarizer.cli.output import Output
from summarizer.errors import OutputError, UsageError
from summarizer.pipeline import summarise
from summarizer.printable import printable
from summarizer.rendering import Look, render, require
from summarizer.rendering.controls import fit_for_xml, on_one_line
from summarizer.rendering.pdf import pdf
from summarizer.rendering.wording import LANGUAGES, Language, wording

TEXT = "Velia agreed to reopen the border. Dorn said that Ostria must leave."
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HOSTILE = [*OWN, *generated(2_000), *published()]
STYLING = re.compile(r"\x1b\[[0-9;]*m")


def briefing() -> Briefing:
    answers = (
        moves(("reopen the border", "Velia", "agrees")),
        moves(("Ostria must leave", "Dorn", "demands", "Ostria"), ("never said", "Dorn", "supports")),
    )
    return summarise(report(TEXT), model=answering(*answers))


def parts(data: bytes) -> dict[str, ET.Element]:
    """The XML parts of a Word file, by their names."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: ET.fromstring(file.read(name)) for name in file.namelist() if name.endswith((".xml", ".rels"))}


def said(element: ET.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def parsed(html: str) -> ET.Element:
    page: ET.Element = html5lib.parse(html, namespaceHTMLElements=False)
    return page


def body_of(page: ET.Element) -> ET.Element:
    return next(page.iter("body"))


@cache
def attacks() -> tuple[Attack, ...]:
    """All hostile strings, a hundred in each field, and our own once more, each at the very start of its field."""
    return (*(attack(HOSTILE[at : at + 100]) for at in range(0, len(HOSTILE), 100)), *alone())


def shown_texts(made: Briefing) -> Iterator[str]:
    """The texts of it that every form shows whole and in one place."""
    yield made.headline
    yield from (line.text for line in made.summary)
    yield from (party.name for party in made.parties)
    yield from (item.statement for item in made.items)
    yield from (item.id for item in made.items)
    yield from made.coverage.reasons
    yield from made.document.warnings


def squeezed(text: str) -> str:
    """Without white space: lines are broken, and cells filled, with what white space it takes."""
    return "".join(text.split())


def test_a_word_document_has_a_footnote_for_each_source() -> None:
    made = parts(render(briefing(), format="docx"))
    notes = made["word/footnotes.xml"].findall(f"{W}footnote")
    assert [said(note) for note in notes] == [
        "",
        "",
        " Dorn said that Ostria must leave. (sentence 2)",
        " Velia agreed to reopen the border. (sentence 1)",
    ]
    bold = [said(run) for note in notes for run in note.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert bold == ["Ostria must leave", "reopen the border"]
    references = [each.get(f"{W}id") for each in made["word/document.xml"].iter(f"{W}footnoteReference")]
    assert references == [note.get(f"{W}id") for note in notes[2:]] == ["1", "2"]


def test_a_word_document_has_tables_of_parties_items_and_what_is_withheld() -> None:
    made = docx.Document(BytesIO(render(briefing(), format="docx")))
    rows = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    assert rows[1] == [
        ["Item", "Statement", "Addressee, terms and answer"],
        ["demand-1", "core Dorn said that “Ostria must leave”.", "to Ostria"],
    ]
    assert rows[3][1] == ["position of Dorn: never said", "sentence 2\nthe passage does not hold the words 'never said'"]
    headings = [each.text for each in made.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert headings == ["Summary", "Parties", "Positions", "Demands", "Outcomes", "Withheld", "Coverage", "Provenance"]


def test_a_word_document_says_of_itself_what_it_is() -> None:
    core = docx.Document(BytesIO(render(briefing(), format="docx"))).core_properties
    assert (core.title, core.subject) == ("Velia agreed to reopen the border", "Source: text, 2 sentences")
    assert (core.author, core.language) == ("summarizer", "en")


def test_the_links_of_a_summary_lead_to_its_items() -> None:
    body = parts(render(briefing(), format="docx"))["word/document.xml"]
    anchors = [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")]
    assert len(anchors) == 2
    assert set(anchors) == {start.get(f"{W}name") for start in body.iter(f"{W}bookmarkStart")}


def test_the_look_of_a_word_document_is_that_of_a_template_and_its_text_is_not(tmp_path: Path) -> None:
    template = docx.Document()
    template.styles["Title"].font.size = Pt(31)
    template.add_paragraph("Of the house")
    template.sections[0].header.paragraphs[0].text = "Ministry"
    template.save(str(tmp_path / "house.docx"))
    made = docx.Document(BytesIO(render(briefing(), format="docx", look=Look(reference_doc=tmp_path / "house.docx"))))
    assert made.styles["Title"].font.size == Pt(31)
    assert made.sections[0].header.paragraphs[0].text == "Ministry"
    assert "Of the house" not in [each.text for each in made.paragraphs]


def test_nothing_that_a_template_says_is_in_what_is_made_of_it(tmp_path: Path) -> None:
    template = docx.Document()
    template.add_comment(template.add_paragraph("Of the house").runs, text="Do not tell", author="Ida Holm")
    template.save(str(tmp_path / "house.docx"))
    made = render(briefing(), format="docx", look=Look(reference_doc=tmp_path / "house.docx"))
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert [
            name for name in file.namelist() if any(each in file.read(name) for each in (b"Do not tell", b"Ida Holm"))
        ] == []


def test_styles_of_footnotes_are_those_of_a_template_also_where_their_names_have_capitals(tmp_path: Path) -> None:
    template = docx.Document()
    template.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH).element.set(f"{W}styleId", "HouseNote")
    template.save(str(tmp_path / "house.docx"))
    notes = parts(render(briefing(), format="docx", look=Look(reference_doc=tmp_path / "house.docx")))["word/footnotes.xml"]
    assert {style.get(f"{W}val") for style in notes.iter(f"{W}pStyle")} == {"HouseNote"}


def test_the_same_briefing_is_the_same_word_document_at_any_time() -> None:
    with zipfile.ZipFile(BytesIO(render(briefing(), format="docx"))) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_briefing_can_be_the_template_of_the_next(tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(render(briefing(), format="docx"))
    made = parts(render(briefing(), format="docx", look=Look(reference_doc=tmp_path / "old.docx")))
    assert made.keys() == parts((tmp_path / "old.docx").read_bytes()).keys()


def test_a_template_that_is_no_word_document_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "house.docx").write_text("no")
    with pytest.raises(UsageError, match=r"cannot be the template of a Word document \(PackageNotFoundError\)|BadZip"):
        require("docx", look=Look(reference_doc=tmp_path / "house.docx"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed (Debian: libreoffice-writer-nogui)")
def test_libreoffice_opens_a_word_document_and_prints_its_footnotes(tmp_path: Path) -> None:
    (tmp_path / "briefing.docx").write_bytes(render(briefing(), format="docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    to = ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "briefing.docx")]
    subprocess.run(["soffice", profile, *to], check=True, capture_output=True, timeout=300)
    page = " ".join(pypdf.PdfReader(tmp_path / "briefing.pdf").pages[0].extract_text().split())
    assert "Dorn said that “Ostria must leave”" in page
    assert "1 Dorn said that Ostria must leave. (sentence 2)" in page


def test_a_pdf_is_the_web_page_on_paper_with_links_from_sources_to_the_report() -> None:
    reader = pypdf.PdfReader(BytesIO(render(briefing(), format="pdf")))
    page = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    assert reader.metadata is not None
    assert reader.metadata.title == "Velia agreed to reopen the border"
    assert re.search(r"\[1\] .?Dorn said that Ostria must leave\..? sentence 2", page)
    assert "sentence-2" in reader.named_destinations


@pytest.mark.parametrize("url", ["https://evil.example/x.png", "file:///etc/passwd", "data:image/png;base64,AAAA"])
def test_a_pdf_is_made_without_fetching_anything(url: str) -> None:
    with pytest.raises(OutputError, match="would fetch"):
        pdf(f"<img src='{url}'>")


def test_a_terminal_without_colours_gets_none() -> None:
    page = render(briefing(), format="terminal", look=Look(width=60))
    assert "\x1b" not in page
    assert "\nDemands\n○ core Dorn said that “Ostria must leave”. [1]\n  demand-1; to Ostria\n" in page
    assert "  [1] Dorn said that Ostria must leave. (sentence 2)\n" in page


def test_no_line_is_wider_than_the_terminal() -> None:
    assert max(map(len, render(briefing(), format="terminal", look=Look(width=40)).splitlines())) <= 40


def test_colours_are_kept_away_where_bold_letters_are_not() -> None:
    styles = set(STYLING.findall(render(briefing(), format="terminal", look=Look(styling="bold"))))
    assert "\x1b[1m" in styles
    assert not [style for style in styles if re.search(r"\b(3|4|9|10)[0-7]\b", style)]
    assert "\x1b[36m" in render(briefing(), format="terminal", look=Look(styling="colour"))


def test_no_text_does_anything_in_a_word_document_and_all_comes_back() -> None:
    for each in attacks():
        assert_harmless_in_word(each.briefing)


def assert_harmless_in_word(made: Briefing) -> None:
    found = parts(render(made, format="docx"))
    relations = [each for name, root in found.items() if name.endswith(".rels") for each in root]
    assert [each.attrib for each in relations if each.get("TargetMode") == "External"] == []
    active = ("instrText", "fldSimple", "altChunk", "object", "control", "drawing", "pict")
    texts = [found[name] for name in ("word/document.xml", "word/footnotes.xml")]
    assert [each for root in texts for name in active for each in root.iter(f"{W}{name}")] == []
    whole = "\n".join(map(said, texts))
    assert [text for text in shown_texts(made) if as_in_xml(text) not in whole] == []
    notes = list(map(said, found["word/footnotes.xml"]))[2:]
    sentences = [made.document.text[slice(*made.document.sentence(item.evidence[0].sentence))] for item in made.items]
    assert [note for note, text in zip(notes, sentences, strict=True) if as_in_xml(text) not in note] == []


def as_in_xml(text: str) -> str:
    return fit_for_xml(on_one_line(text))


def test_no_text_does_anything_in_a_pdf() -> None:
    # Ten of them: it is made from the web page, in which all are tried, and hundreds in a line would take WeasyPrint minutes.
    data = render(attack(OWN[:10]).briefing, format="pdf")
    reader = pypdf.PdfReader(BytesIO(data))
    size = reader.trailer["/Size"]
    assert isinstance(size, NumberObject)
    active = {"/URI", "/JavaScript", "/JS", "/Launch", "/GoToR", "/SubmitForm", "/EmbeddedFiles", "/AA", "/OpenAction"}
    seen = (reader.get_object(number) for number in range(1, size))
    held = [each for each in seen if isinstance(each, DictionaryObject)]
    assert [each for each in held if active & each.keys() or each.get("/S") in active] == []


def test_no_text_controls_a_terminal_and_all_comes_back() -> None:
    for each in attacks():
        assert_harmless_in_a_terminal(each.briefing)


def assert_harmless_in_a_terminal(made: Briefing) -> None:
    page = STYLING.sub("", render(made, format="terminal", look=Look(styling="colour")))
    assert {each for each in page if not each.isprintable() and each not in "\n\u200d\u200c\xa0"} - set(
        "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u1680"
    ) == set()
    whole = squeezed(page)
    shown = ["".join(each if each.isspace() else printable(each) for each in on_one_line(text)) for text in shown_texts(made)]
    assert [text for text in shown if squeezed(text) not in whole] == []


def test_no_text_becomes_markup_in_markdown_with_footnotes_and_all_comes_back() -> None:
    viewer = MarkdownIt("gfm-like").use(footnote_plugin)
    for each in attacks():
        made = each.briefing
        page = body_of(parsed(viewer.render(render(made))))
        tags = {each.tag for each in page.iter()}
        assert tags <= {
            "body",
            "h1",
            "h2",
            "p",
            "ul",
            "li",
            "em",
            "strong",
            "code",
            "blockquote",
            "sup",
            "a",
            "hr",
            "section",
            "ol",
        }
        links = [each.get("href") for each in page.iter("a")]
        assert [link for link in links if not re.fullmatch(r"#fn(ref)?\d+(:\d+)?", link or "")] == []
        whole = squeezed("".join(page.itertext()))
        assert [text for text in shown_texts(made) if squeezed(on_one_line(text)) not in whole] == []


def test_importing_the_package_loads_none_of_the_libraries_of_forms() -> None:
    optional = "{'docx', 'weasyprint', 'rich', 'pyarrow', 'xlsxwriter', 'jinja2', 'lxml'}"
    script = f"import sys, summarizer, summarizer.rendering; print({optional} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_what_is_no_text_is_not_printed_among_others() -> None:
    with pytest.raises(UsageError, match="format docx is no text: name a place for it with --output"):
        Output(None, format="docx", several=True)


def test_a_file_is_written_in_the_language_that_was_asked_for(tmp_path: Path) -> None:
    Output(str(tmp_path / "a.docx"), format="docx", several=False, look=Look(language="uk")).write(briefing())
    made = docx.Document(str(tmp_path / "a.docx"))
    assert made.core_properties.subject == "Джерело: text, 2 речення"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_made_in_every_language(language: Language) -> None:
    look = Look(language=language)
    words = wording(language)
    assert f"\n{words.say('withheld')}\n" in render(briefing(), format="terminal", look=look)
    assert f"\n## {words.say('withheld')}\n" in render(briefing(), look=look)
    assert f'<h2 id="withheld">{words.say("withheld")}</h2>' in render(briefing(), format="html", look=look)
    headings = [each.text for each in docx.Document(BytesIO(render(briefing(), format="docx", look=look))).paragraphs]
    assert words.say("withheld") in headings


def test_a_template_without_a_page_and_with_a_file_to_fetch_is_taken_without_either(tmp_path: Path) -> None:
    template = docx.Document()
    body = template.element.body
    body.remove(body.sectPr)
    settings = template.settings.element
    part = next(each.target_part for each in template.part.rels.values() if each.reltype.endswith("/settings"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    id = part.relate_to("https://evil.example/a.dotm", kind, is_external=True)
    settings.insert(0, parse_xml(f'<w:attachedTemplate xmlns:w="{W[1:-1]}" xmlns:r="{R}" r:id="{id}"/>'))
    template.save(str(tmp_path / "house.docx"))
    made = render(briefing(), format="docx", look=Look(reference_doc=tmp_path / "house.docx"))
    with zipfile.ZipFile(BytesIO(made)) as file:
        assert [
            name for name in file.namelist() if b"evil.example" in file.read(name) or b"attachedTemplate" in file.read(name)
        ] == []
