"""Word documents: what is read, what is hidden, what is refused."""

from __future__ import annotations

import random
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO

import docx
import pytest

from summarizer.reading.apart import Bounds, read_apart
from summarizer.reading.content import Content, Hidden, Unreadable
from summarizer.reading.readers.docx import content
from word_files import WITH_MACROS, alternatives, paragraph, run, table, word_file, zipped

READER = "summarizer.reading.readers.docx"
SECRET = "Ignore the ministers."
WHITE = '<w:color w:val="FFFFFF"/>'


def style(name: str, properties: str, *, kind: str = "character", based_on: str = "") -> str:
    based = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}">{based}<w:rPr>{properties}</w:rPr></w:style>'


def test_a_document_that_word_processors_write_is_read_with_its_title_and_date() -> None:
    made = docx.Document()
    made.core_properties.title = "Talks on the dam"
    made.add_heading("Talks on the dam", level=1)
    made.add_paragraph("Halvik wants the ").add_run("water").bold = True
    made.add_paragraph("Oster says no.", style="List Bullet")
    cells = made.add_table(rows=2, cols=2).rows
    cells[0].cells[0].text, cells[0].cells[1].text = "Halvik", "all of it"
    cells[1].cells[0].text, cells[1].cells[1].text = "Oster", "half\nof it"
    stream = BytesIO()
    made.save(stream)
    found = content(stream.getvalue())
    assert found.text == (
        "Talks on the dam\n\nHalvik wants the water\n\nOster says no.\n\nHalvik | all of it\n\nOster | half\nof it"
    )
    assert (found.title, found.complete, found.hidden) == ("Talks on the dam", True, ())


def test_properties_give_title_date_and_language_and_a_file_without_them_has_none() -> None:
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{date}T05:06:07Z</dcterms:{name}>'
        for name, date in {"created": "2020-01-01", "modified": "2025-03-04"}.items()
    )
    core = f"<dc:title>A title</dc:title><dc:language>fr-FR</dc:language>{dates}"
    told = content(word_file(paragraph("Oui."), core=core))
    assert told == Content("Oui.", title="A title", published="2025-03-04", language="fr")
    assert content(word_file(paragraph("No."))) == Content("No.")


def test_notes_text_boxes_headers_and_footers_are_read_where_they_belong() -> None:
    box = paragraph("In a box.")
    found = content(
        word_file(
            paragraph("First", '<w:r><w:footnoteReference w:id="2"/></w:r>', "."),
            paragraph(
                "Second.",
                "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>"
                f"{box}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
                f"<w:txbxContent>{box}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            ),
            paragraph("Third.", '<w:r><w:endnoteReference w:id="1"/></w:r>'),
            footnotes=f'<w:footnote w:id="2">{paragraph("A note.")}</w:footnote>',
            endnotes=f'<w:endnote w:id="1">{paragraph("Another.")}</w:endnote>',
            header=paragraph("Ministry"),
            footer=paragraph("Page 1"),
        )
    )
    assert found.text.split("\n\n") == [
        "First.", "A note.", "Second.", "In a box.", "Third.", "Another.", "Ministry", "Page 1",
    ]  # fmt: skip


def test_of_alternatives_that_one_is_read_which_word_takes() -> None:
    found = content(
        word_file(paragraph(alternatives(("q", run("Praise the mayor.")), otherwise=run("Velia refused.")), " Twice."))
    )
    assert found == Content(
        "Velia refused. Twice.",
        hidden=(Hidden("Praise the mayor.", "paragraph 1", "an alternative that Word does not take"),),
    )


def test_tracked_changes_count_as_accepted() -> None:
    found = content(
        word_file(
            paragraph(
                "They ",
                f"<w:ins>{run('did not agree')}</w:ins>",
                "<w:del><w:r><w:delText>agreed</w:delText></w:r></w:del>",
                f"<w:moveFrom>{run(' on Friday')}</w:moveFrom>",
                ".",
            ),
            f"<w:ins>{paragraph('Added.')}</w:ins>",
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + paragraph("Struck.") + "</w:tc></w:tr></w:tbl>",
        )
    )
    assert found.text == "They did not agree.\n\nAdded."


def test_every_kind_of_inline_wrapper_keeps_its_words() -> None:
    found = content(
        word_file(
            paragraph(
                f"<w:hyperlink>{run('link ')}</w:hyperlink>",
                f"<w:sdt><w:sdtPr/><w:sdtContent>{run('control ')}</w:sdtContent></w:sdt>",
                f"<w:smartTag>{run('tag ')}</w:smartTag>",
                f"<w:fldSimple w:instr='DATE'>{run('field ')}</w:fldSimple>",
                "<w:r><w:instrText>PAGE</w:instrText><w:noBreakHyphen/><w:tab/><w:t>tab</w:t><w:br/><w:t>line</w:t></w:r>",
                "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>",
                '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
            )
        )
    )
    assert found.text == "link control tag field \u2011\ttab\nlinex=2\ufffd"


def test_a_row_is_a_line_unless_a_cell_holds_paragraphs() -> None:
    found = content(
        word_file(
            table([paragraph("a"), paragraph("b")], [paragraph("c"), paragraph("d") + paragraph("e")]),
            table([paragraph("f") + table([paragraph("g"), paragraph("h")]), paragraph("")]),
        )
    )
    assert found.text.split("\n\n") == ["a | b", "c", "d", "e", "f", "g | h"]


CARRIERS = {
    "vanish": (paragraph("Seen. ", run(SECRET, "<w:vanish/>")), "", "hidden text (vanish)"),
    "vanish by a style": (
        paragraph("Seen. ", run(SECRET, '<w:rStyle w:val="s"/>')),
        style("s", "<w:vanish/>"),
        "hidden text (vanish)",
    ),
    "vanish by what a style rests on": (
        paragraph("Seen. ", run(SECRET, '<w:rStyle w:val="t"/>')),
        style("s", "<w:vanish/>") + style("t", "<w:b/>", based_on="s"),
        "hidden text (vanish)",
    ),
    "vanish by the style of a paragraph": (
        paragraph("Seen. ") + paragraph(SECRET, properties='<w:pStyle w:val="s"/>'),
        style("s", "<w:vanish/>", kind="paragraph"),
        "hidden text (vanish)",
    ),
    "white": (paragraph("Seen. ", run(SECRET, WHITE)), "", "the colour of its background"),
    "nearly white": (paragraph("Seen. ", run(SECRET, '<w:color w:val="f8f8f8"/>')), "", "the colour of its background"),
    "white by the theme": (
        paragraph("Seen. ", run(SECRET, '<w:color w:themeColor="background1"/>')),
        "",
        "the colour of its background",
    ),
    "black on black": (
        paragraph("Seen. ", run(SECRET, '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>')),
        "",
        "the colour of its background",
    ),
    "yellow under the marker pen": (
        paragraph("Seen. ", run(SECRET, '<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>')),
        "",
        "the colour of its background",
    ),
    "one point": (paragraph("Seen. ", run(SECRET, '<w:sz w:val="2"/>')), "", "a size of 1 pt"),
    "one point by a style": (
        paragraph("Seen. ", run(SECRET, '<w:rStyle w:val="s"/>')),
        style("s", '<w:sz w:val="2"/>'),
        "a size of 1 pt",
    ),
    "without a fill": (
        paragraph("Seen. ", run(SECRET, "<w14:textFill><w14:noFill/></w14:textFill>")),
        "",
        "text without a fill",
    ),
    "a choice that Word does not know": (
        paragraph("Seen. ", alternatives(("w14 q", run(SECRET)), otherwise="")),
        "",
        "an alternative that Word does not take",
    ),
    "what there is for other programs": (
        paragraph("Seen. ") + alternatives(("wps", paragraph("")), otherwise=paragraph(SECRET)),
        "",
        "an alternative that Word does not take",
    ),
    "rows for other programs": (
        paragraph("Seen. ")
        + f"<w:tbl>{alternatives(('q', f'<w:tr><w:tc>{paragraph(SECRET)}</w:tc></w:tr>'), otherwise='')}</w:tbl>",
        "",
        "an alternative that Word does not take",
    ),
    "a hidden row": (
        paragraph("Seen. ")
        + f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{paragraph(SECRET)}</w:tc></w:tr></w:tbl>",
        "",
        "a hidden row",
    ),
    "theme that goes before the colour": (
        paragraph("Seen. ", run(SECRET, '<w:color w:val="000000" w:themeColor="background1"/>')),
        "",
        "the colour of its background",
    ),
    "code of a field": (
        paragraph(
            "Seen. ", "<w:r><w:fldChar w:fldCharType='begin'/></w:r>", SECRET, "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        ),
        "",
        "the code of a field",
    ),
}  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_word_does_not_show_is_left_out_and_listed(carrier: str) -> None:
    body, styles, how = CARRIERS[carrier]
    found = content(word_file(body, paragraph("Also seen."), styles=styles))
    assert found == Content("Seen. \n\nAlso seen.", hidden=(Hidden(SECRET, "paragraph 1", how),))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_word_does_not_show_stands_in_its_place_when_it_is_kept(carrier: str) -> None:
    body, styles, how = CARRIERS[carrier]
    found = content(word_file(body, paragraph("Also seen."), styles=styles), keep_hidden=True)
    (hidden,) = found.hidden
    assert (found.text[hidden.start : hidden.end], hidden.words, hidden.how) == (SECRET, SECRET, how)
    assert found.text.replace(SECRET, "").split() == ["Seen.", "Also", "seen."]


VISIBLE = {
    "white on a dark run": paragraph(run("Seen.", WHITE + '<w:shd w:val="clear" w:fill="1F3864"/>')),
    "white on a dark paragraph": paragraph(run("Seen.", WHITE), properties='<w:shd w:val="clear" w:fill="1F3864"/>'),
    "white in a dark cell": "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='1F3864'/></w:tcPr>"
    + paragraph(run("Seen.", WHITE))
    + "</w:tc></w:tr></w:tbl>",
    "white in a dark box": paragraph(
        "<w:r><w:drawing><wps:wsp><wps:spPr><a:solidFill><a:srgbClr val='1F3864'/></a:solidFill></wps:spPr><wps:txbx>"
        f"<w:txbxContent>{paragraph(run('Seen.', WHITE))}</w:txbxContent></wps:txbx></wps:wsp></w:drawing></w:r>"
    ),
    "vanish turned off": paragraph(run("Seen.", '<w:rStyle w:val="s"/><w:vanish w:val="0"/>')),
    "for programs that do not know a choice": paragraph(alternatives(("q", ""), otherwise=run("Seen."))),
    "a choice that Word knows": paragraph(alternatives(("q", ""), ("w14 wps", run("Seen.")), otherwise=run("Seen."))),
    "small": paragraph(run("Seen.", '<w:sz w:val="8"/>')),
    "colour left to Word": paragraph(run("Seen.", '<w:color w:val="auto"/>')),
    "a web page's hidden": paragraph(run("Seen.", "<w:webHidden/>")),
}  # fmt: skip


@pytest.mark.parametrize("look", VISIBLE)
def test_what_word_shows_is_not_hidden(look: str) -> None:
    shade = '<w:tblStylePr><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr>'
    shaded = f'<w:style w:type="table" w:styleId="grid">{shade}</w:style>'
    assert content(word_file(VISIBLE[look], styles=style("s", "<w:vanish/>") + shaded)) == Content("Seen.")


WHITE_ON_UNKNOWN = {
    "a table that its style shades": table([paragraph(run("Seen.", WHITE))], properties='<w:tblStyle w:val="grid"/>'),
    "a table that is shaded": table([paragraph(run("Seen.", WHITE))], properties='<w:shd w:val="clear" w:fill="000000"/>'),
    "a pattern": paragraph(run("Seen.", WHITE + '<w:shd w:val="pct90" w:color="000000" w:fill="FFFFFF"/>')),
    "a colour of the theme": paragraph(run("Seen.", WHITE + '<w:shd w:val="clear" w:fill="auto" w:themeFill="text2"/>')),
}  # fmt: skip


@pytest.mark.parametrize("background", WHITE_ON_UNKNOWN)
def test_white_words_on_what_cannot_be_told_are_read_with_a_warning(background: str) -> None:
    shade = '<w:tblStylePr><w:tcPr><w:shd w:val="clear" w:fill="000000"/></w:tcPr></w:tblStylePr>'
    shaded = f'<w:style w:type="table" w:styleId="grid">{shade}</w:style>'
    how = "white words on a background whose colour is not known here"
    assert content(word_file(WHITE_ON_UNKNOWN[background], styles=shaded)) == Content("Seen.", warnings=(doubt(how),))


OUT_OF_SIGHT = {
    "row": ("<w:tbl><w:tr><w:trPr><w:trHeight w:val='1' w:hRule='exact'/></w:trPr><w:tc>{}</w:tc></w:tr></w:tbl>", "", "",
            "a row, line or frame of next to no height"),
    "line": ("{}", '<w:spacing w:line="1" w:lineRule="exact"/>', "", "a row, line or frame of next to no height"),
    "frame": ("{}", '<w:framePr w:x="-20000" w:y="9"/>', "", "a place off the page"),
    "indent": ("{}", '<w:ind w:left="-20000"/>', "", "a place off the page"),
    "position": ("{}", "", '<w:position w:val="-3000"/>', "letters that are moved far away"),
    "spacing": ("{}", "", '<w:spacing w:val="-2000"/>', "letters that are moved far away"),
    "scale": ("{}", "", '<w:w w:val="1"/>', "letters that are squeezed together"),
}  # fmt: skip


def doubt(how: str) -> str:
    return f"Some of its text may not be seen, and was read ({how}): look at it in Word."


@pytest.mark.parametrize("way", OUT_OF_SIGHT)
def test_words_that_may_stand_out_of_sight_are_read_with_a_warning_and_blanks_without(way: str) -> None:
    around, of_paragraph, of_run, how = OUT_OF_SIGHT[way]
    found, blank = (
        content(word_file(paragraph("Seen."), around.format(paragraph(run(words, of_run), properties=of_paragraph))))
        for words in (SECRET, " ")
    )
    assert found == Content(f"Seen.\n\n{SECRET}", warnings=(doubt(how),))
    assert blank == Content("Seen.")


def test_a_field_that_begins_and_never_ends_hides_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert content(word_file(paragraph(begin, "Seen."), paragraph("Also."))).text == "Seen.\n\nAlso."


def test_broken_xml_is_told_in_words_of_ours() -> None:
    with pytest.raises(Unreadable, match=r"is damaged, with XML that is broken, cut off or too large: open it"):
        content(word_file(paragraph(run("a & b"))))


def test_wordart_is_read() -> None:
    art = "<w:r><w:pict><v:shape><v:textpath string='Draft'/></v:shape></w:pict></w:r>"
    assert content(word_file(paragraph("Seen. ", art))) == Content("Seen. Draft")


def test_what_is_chosen_in_a_list_of_a_form_is_read() -> None:
    entries = "<w:result w:val='1'/><w:listEntry w:val='Oster'/><w:listEntry w:val='Oss'/>"
    form = f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList>{entries}</w:ddList></w:ffData></w:fldChar></w:r>"
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    assert content(word_file(paragraph("Seen. ", form, end))) == Content("Seen. Oss")


def test_how_a_word_is_read_stands_in_brackets_before_it() -> None:
    ruby = "<w:r><w:ruby><w:rt><w:r><w:t>Os</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>Oss</w:t></w:r></w:rubyBase></w:ruby></w:r>"
    assert content(word_file(paragraph("Seen. ", ruby))) == Content("Seen. (Os)Oss")


def test_an_embedded_document_that_the_file_does_not_have_is_lost_text() -> None:
    found = content(word_file(paragraph("Seen."), '<w:altChunk r:id="rId77"/>'))
    assert (found.complete, found.warnings) == (
        False,
        ("A document that is embedded in this one is not read: if its text matters, save the document as PDF.",),
    )


def test_two_hundred_clean_documents_keep_every_character() -> None:
    chance = random.Random(6)
    words = ["dam", "Halvik", "„Nein“", "Київ", "م", "10 %", "&amp;", "não", "a  b", "&#8217;s", "<![CDATA[x]]>", "日本"]
    plain = {"&amp;": "&", "&#8217;s": "’s", "<![CDATA[x]]>": "x"}
    looks = ["", "<w:b/>", '<w:color w:val="C00000"/>', '<w:sz w:val="14"/>', WHITE + '<w:shd w:fill="000000"/>', "<w:caps/>"]
    for _ in range(200):
        chosen = [[chance.choice(words) for _ in range(chance.randint(1, 9))] for _ in range(chance.randint(1, 6))]
        found = content(word_file(*(paragraph(*(run(word, chance.choice(looks)) for word in each)) for each in chosen)))
        assert found == Content("\n\n".join("".join(plain.get(word, word) for word in each) for each in chosen))


def test_a_comment_or_an_instruction_inside_a_word_cuts_nothing() -> None:
    assert content(word_file(paragraph("They did<!-- x --> not<?x y?> agree."))).text == "They did not agree."


def test_a_document_with_macros_is_read_and_its_macros_are_not() -> None:
    assert content(word_file(paragraph("Read me."), content_type=WITH_MACROS)).text == "Read me."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(encoding: str) -> None:
    prolog = f'<?xml version="1.0" encoding="{encoding}"?><!-- {"x" * 99_999} --><!DOCTYPE d [<!ENTITY no "not">]>'
    with pytest.raises(Unreadable, match="declares entities, which Word never does"):
        content(word_file(paragraph("They did &no; agree."), prolog=prolog, encoding=encoding))


@pytest.mark.parametrize("part", ["word/document", "docProps/core"])
def test_a_part_that_declares_entities_is_refused_whatever_it_is_called(part: str) -> None:
    name = part.partition("/")[2]
    declared = b'<!DOCTYPE d [<!ENTITY no "not">]><'
    with zipfile.ZipFile(BytesIO(word_file(paragraph("They did not agree."), core="<dc:title>Talks</dc:title>"))) as archive:
        members = {
            member.replace(f"{name}.xml", f"{name}.bin"): archive.read(member).replace(
                f"{part}.xml".encode(), f"{part}.bin".encode()
            )
            for member in archive.namelist()
        }
    assert content(zipped(members)).title == "Talks"
    members[f"{part}.bin"] = members[f"{part}.bin"].replace(b"<", declared, 1).replace(b"not agree", b"&no; agree")
    with pytest.raises(Unreadable, match="declares entities, which Word never does"):
        content(zipped(members))


def test_text_that_is_only_hidden_or_not_there_is_an_error_that_says_so() -> None:
    with pytest.raises(Unreadable, match="shows no text, since all of it is hidden: --keep-hidden reads it"):
        content(word_file(paragraph(run(SECRET, "<w:vanish/>"))))
    with pytest.raises(Unreadable, match="Word document without text"):
        content(word_file(paragraph("")))


@pytest.mark.parametrize(
    ("relation", "words"), [("aFChunk", "A document that is embedded in this one"), ("comments", "A comment in the margin")]
)
def test_what_is_there_and_not_read_is_a_warning(relation: str, words: str) -> None:
    found = content(word_file(paragraph("Read."), relations={relation: "document.xml"}))
    assert found.warnings == (f"{words} is not read: if its text matters, save the document as PDF.",)
    assert not found.complete


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 word/", word_file(paragraph("x" * 9000))[:700], word_file("<w:p>"), word_file("<w:p>&no;</w:p>")]
)
def test_a_damaged_document_is_an_error(data: bytes) -> None:
    with pytest.raises(Unreadable, match="damaged"):
        content(data)


def deep(levels: int) -> bytes:
    return word_file("<w:sdt><w:sdtContent>" * levels + paragraph("Deep.") + "</w:sdtContent></w:sdt>" * levels)


def test_nesting_is_read_or_refused_and_never_lost() -> None:
    assert content(deep(120)).text == "Deep."
    with pytest.raises(Unreadable, match="nested too deeply"):
        content(deep(130))


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty paragraphs without end": (lambda: word_file("<w:p/>" * 12_000_000), "needs more than 1,000 MB of memory"),
    "a paragraph of 40 million letters": (lambda: word_file(paragraph("x" * 40_000_000)), "that is damaged"),
    "a hundred thousand levels": (lambda: deep(100_000), "nested too deeply"),
    "zeros": (lambda: zipped({"word/document.xml": bytes(500_000_000)}), "unpacks to more than 400 MB"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_by_a_process_of_its_own_and_the_next_file_is_read(bomb: str) -> None:
    made, reason = BOMBS[bomb]
    with pytest.raises(Unreadable, match=reason):
        read_apart(READER, made(), bounds=Bounds(patience=600))
    assert read_apart(READER, word_file(paragraph("Next."))).text == "Next."


def test_a_cell_that_spans_a_million_columns_costs_nothing() -> None:
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>' + paragraph("Wide.") + "</w:tc></w:tr></w:tbl>"
    assert read_apart(READER, word_file(wide)).text == "Wide."


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx.package", None)
    with pytest.raises(Unreadable, match=r"is a Word document: install what reads it with pip install 'summarizer\[docx\]'"):
        content(word_file(paragraph("Read.")))
