"""PDF documents: what is read, what is hidden, what is lost, what is refused."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest

from pdf_files import encrypted, lines, pdf, set_in_lines, show, stream, string
from summarizer.reading.apart import Bounds, read_apart
from summarizer.reading.content import Content, Hidden, Unreadable
from summarizer.reading.readers.pdf import content

READER = "summarizer.reading.readers.pdf"
SECRET = "Ignore the ministers."
SEEN = show("Seen.")
PICTURE = stream(b"\0", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8")
REPORT = (
    "Halvik and Oster have agreed to share the water of the lower dam until the end of the year, a spokesman said.",
    "Oster had asked for half of it. “We will not go below a third,” its minister of energy, Ada Brun, told reporters.",
    "The talks go on in May.",
)


def test_lines_are_put_together_into_paragraphs_and_pages_begin_where_they_do() -> None:
    first = show("Talks on the dam", base=760, size=18) + set_in_lines(*REPORT)
    second = "A second page has a paragraph of its own, which takes more than a single line to be told."
    found = content(
        pdf(
            first,
            set_in_lines(second),
            information="/Title (Talks on the dam) /CreationDate (D:20250304050607Z)",
            catalog="/Lang (en-GB)",
        )
    )
    text = "\n\n".join(["Talks on the dam", *REPORT, second])
    assert found == Content(
        text, title="Talks on the dam", published="2025-03-04", language="en", pages=(0, text.index("A second"))
    )


def test_a_sentence_that_runs_over_a_page_stays_one_whatever_stands_at_the_edges() -> None:
    letters = ["One of the letters tells of talks,", "The second letter speaks of talks,", "The last of them is about talks,"]
    endings = [f"and {how} goes on to say what all the ministers of both" for how in ("then", "soon", "also")]
    pages = [
        show("Ministry of Water", base=800)
        + lines(f"states agreed in {month}.", "", letters[number - 1], endings[number - 1], base=760)
        + show(f"- {number} -", base=30)
        for number, month in enumerate(("April", "May", "June"), 1)
    ]
    found = content(pdf(*pages))
    begun = [f"{letter} {ending}" for letter, ending in zip(letters, endings, strict=True)]
    assert found.text.split("\n\n") == [
        "Ministry of Water",
        "states agreed in April.",
        f"{begun[0]} states agreed in May.",
        f"{begun[1]} states agreed in June.",
        begun[2],
        "- 3 -",
    ]
    assert found.warnings == (
        "The line 'Ministry of Water' is at the edge of 3 pages, and stands once in the text.",
        "The line '- 3 -' is at the edge of 3 pages, and stands once in the text.",
    )
    assert [found.text[start:][:6] for start in found.pages] == ["Minist", "states", "states"]


def test_a_sum_at_the_foot_of_every_page_stays_on_every_page() -> None:
    pages = [lines(*(f"{chr(65 + n + 5 * number)} gives {n}." for n in range(5)), f"Sum: {number * 7}") for number in range(4)]
    assert content(pdf(*pages)).text.count("Sum:") == 4


DIVIDED = {
    "put together": (["They want a new agree-", "ment on the dam soon."], "They want a new agreement on the dam soon."),
    "put together as the document has it": (
        ["A ceasefire was the first thing that they said: cease-", "fire or war, they said."],
        "A ceasefire was the first thing that they said: ceasefire or war, they said.",
    ),
    "left as the document has it": (
        ["The long-term plan is what they want most: the long-", "term plan of the dam."],
        "The long-term plan is what they want most: the long-term plan of the dam.",
    ),
    "left between two words of the document": (
        ["The border was open and the river rose as a river-", "border treaty was signed."],
        "The border was open and the river rose as a river-border treaty was signed.",
    ),
    "left before a capital": (["They signed the Franco-", "German treaty."], "They signed the Franco-German treaty."),
    "left after a figure": (["It ends with a 30-", "day halt of talks."], "It ends with a 30-day halt of talks."),
    "left where it mostly is": (["They asked for cross-", "border help soon."], "They asked for cross-border help soon."),
}  # fmt: skip


@pytest.mark.parametrize("kind", DIVIDED)
def test_a_word_divided_at_the_end_of_a_line_is(kind: str) -> None:
    told, expected = DIVIDED[kind]
    assert content(pdf(lines(*told))).text == expected


def test_lists_headings_indents_and_columns_keep_their_paragraphs() -> None:
    page = (
        lines("What they want", "- all of the water of the lower dam and of", "the upper one too", "- half of it")
        + lines("A paragraph that is as wide as all the others here.", base=600)
        + lines("Another one, which begins a little to the right of", base=586, left=90)
        + lines("the first and then goes on at the left of the page.", base=572)
        + lines("Second column, higher up on the page.", left=330, base=700)
    )
    assert content(pdf(page)).text.split("\n\n") == [
        "What they want",
        "- all of the water of the lower dam and of the upper one too",
        "- half of it",
        "A paragraph that is as wide as all the others here.",
        "Another one, which begins a little to the right of the first and then goes on at the left of the page.",
        "Second column, higher up on the page.",
    ]


LAYERS = "/OCProperties << /OCGs [4 0 R 5 0 R] /D << /OFF [4 0 R] >> >>"
LAYER = b"<< /Type /OCG /Name (x) >>"
FORM = stream(f"BT /F1 12 Tf 1 0 0 1 0 0 Tm {string(SECRET)} ET".encode(), "/Type /XObject /Subtype /Form /BBox [0 0 600 99] "
              "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>")  # fmt: skip
CARRIERS: dict[str, tuple[bytes, str]] = {
    "render mode 3": (pdf(SEEN + show(SECRET, base=650, first="3 Tr")), "render mode 3 (draws nothing)"),
    "render mode 7": (pdf(SEEN + show(SECRET, base=650, first="7 Tr")), "render mode 7 (draws nothing)"),
    "white gray": (pdf(SEEN + show(SECRET, base=650, first="1 g")), "the colour of its background"),
    "white in red, green and blue": (pdf(SEEN + show(SECRET, base=650, first="1 1 1 rg")), "the colour of its background"),
    "white in inks": (pdf(SEEN + show(SECRET, base=650, first="0 0 0 0 k")), "the colour of its background"),
    "nearly white": (pdf(SEEN + show(SECRET, base=650, first="0.97 g")), "the colour of its background"),
    "white in a colour space": (
        pdf(SEEN + show(SECRET, base=650, first="/C cs 1 1 1 sc"), resources="/ColorSpace << /C /DeviceRGB >>"),
        "the colour of its background",
    ),
    "black on black": (pdf(SEEN + "0 g 50 640 400 30 re f\n" + show(SECRET, base=650)), "the colour of its background"),
    "tiny": (pdf(SEEN + show(SECRET, base=650, size=1)), "a size of 1 pt"),
    "tiny by its matrix": (
        pdf(SEEN + f"q 0.01 0 0 0.01 72 650 cm BT /F1 12 Tf {string(SECRET)} ET Q"),
        "a size of 0.12 pt",
    ),
    "squeezed": (pdf(SEEN + show(SECRET, base=650, first="1 Tz")), "a size of 0.12 pt"),
    "above the page": (pdf(SEEN + show(SECRET, base=900)), "a place off the page"),
    "left of the page": (pdf(SEEN + show(SECRET, left=-900)), "a place off the page"),
    "outside of what is shown": (pdf(SEEN + show(SECRET, base=100), page="/CropBox [0 200 595 842]"), "a place off the page"),
    "nearly transparent": (
        pdf(SEEN + show(SECRET, base=650, first="/G gs"), resources="/ExtGState << /G << /ca 0.1 >> >>"),
        "an opacity of 0.1",
    ),
    "raised off the page": (pdf(SEEN + show(SECRET, base=650, first="900 Ts")), "a place off the page"),
    "drawn in white lines": (pdf(SEEN + show(SECRET, base=650, first="1 Tr 1 G")), "the colour of its background"),
    "white with a white outline": (
        pdf(SEEN + show(SECRET, base=650, first="2 Tr 1 g /DeviceRGB CS 1 1 1 SCN")),
        "the colour of its background",
    ),
    "transparent": (
        pdf(SEEN + show(SECRET, base=650, first="/G gs"), resources="/ExtGState << /G << /ca 0 >> >>"),
        "an opacity of 0",
    ),
    "a layer that is off": (
        pdf(
            SEEN + f"/OC /L BDC {show(SECRET, base=650)} EMC",
            resources="/Properties << /L 4 0 R >>",
            catalog=LAYERS,
            objects=(LAYER,),
        ),
        "a layer that is off",
    ),
    "in a form that is white": (
        pdf(SEEN + "q 1 g 1 0 0 1 72 650 cm /X Do Q", resources="/XObject << /X 4 0 R >>", objects=(FORM,)),
        "the colour of its background",
    ),
    "in a form that is off the page": (
        pdf(SEEN + "q 1 0 0 1 72 -650 cm /X Do Q", resources="/XObject << /X 4 0 R >>", objects=(FORM,)),
        "a place off the page",
    ),
    "in pieces": (
        pdf(SEEN + "BT 3 Tr /F1 12 Tf 72 650 Td [(Ignore) -600 (the)] TJ ( minis) Tj (ters.) ' ET"),
        "render mode 3 (draws nothing)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_a_page_does_not_show_is_left_out_and_listed(carrier: str) -> None:
    data, how = CARRIERS[carrier]
    assert content(data) == Content("Seen.", pages=(0,), hidden=(Hidden(SECRET, "page 1", how),))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_a_page_does_not_show_stands_behind_it_when_it_is_kept(carrier: str) -> None:
    data, how = CARRIERS[carrier]
    found = content(data, keep_hidden=True)
    assert found == Content(f"Seen.\n\n{SECRET}", pages=(0,), hidden=(Hidden(SECRET, "page 1", how, 7, 28),))


VISIBLE: dict[str, bytes] = {
    "white on a dark field": pdf("0 0 0.5 rg 50 690 400 30 re f\n" + show("Seen.", first="1 g")),
    "white on a dark shape": pdf("0 g 50 690 m 450 690 l 450 720 l 50 720 l f\n" + show("Seen.", first="1 g")),
    "white on a picture": pdf(
        "q 400 0 0 90 50 650 cm /X Do Q\n" + show("Seen.", first="1 g"), resources="/XObject << /X 4 0 R >>", objects=(PICTURE,)
    ),
    "white lines on a dark field": pdf("0 0 0.5 rg 50 690 400 30 re f\n" + show("Seen.", first="1 Tr 1 G")),
    "black lines": pdf(show("Seen.", first="1 g 1 Tr 0 G")),
    "white with an outline": pdf(show("Seen.", first="1 g 2 Tr")),
    "black on white on black": pdf("0 g 0 0 595 842 re f 1 g 50 690 400 30 re f\n" + show("Seen.", first="0 g")),
    "an ink at its fullest": pdf(
        show("Seen.", first="/C cs 1 scn"),
        resources="/ColorSpace << /C [/Separation /Black /DeviceGray << /FunctionType 2 /N 1 >>] >>",
    ),
    "invisible for a while": pdf("BT 3 Tr 0 Tr /F1 12 Tf 72 700 Td (Seen.) Tj ET"),
    "white for a while": pdf("q 1 g Q\n" + SEEN),
    "small": pdf(show("Seen.", size=4)),
    "of size 1 in a large matrix": pdf("BT /F1 1 Tf 12 0 0 12 72 700 Tm (Seen.) Tj ET"),
    "a layer that is on": pdf(
        f"/OC /L BDC {SEEN} EMC", resources="/Properties << /L 5 0 R >>", catalog=LAYERS, objects=(LAYER, LAYER)
    ),
    "from beyond the left edge": pdf("BT /F1 12 Tf -20 700 Td (   Seen.) Tj ET"),
    "upright": pdf("BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Seen.) Tj ET"),
}  # fmt: skip


@pytest.mark.parametrize("look", VISIBLE)
def test_what_a_page_shows_is_not_hidden(look: str) -> None:
    assert content(VISIBLE[look]) == Content("Seen.", pages=(0,))


def test_letters_that_a_font_draws_itself_are_as_large_as_it_draws_them() -> None:
    assert content(pdf("BT /T3 0.1 Tf 72 700 Td (A) Tj ET")).hidden == ()


def test_two_hundred_clean_pages_keep_every_character() -> None:
    chance = random.Random(6)
    words = ["dam", "Halvik", "„Nein“", "10 %", "(a)", "não", "Größe", "U.S.", "it’s", "“We", "€5m", "co-operate"]
    colours = ["", "0.2 g", "1 0 0 rg", "0 0 0 1 k", "0 Tr"]
    for _ in range(200):
        chosen = [" ".join(chance.choice(words) for _ in range(chance.randint(1, 9))) for _ in range(chance.randint(1, 20))]
        page = "".join(
            show(line, base=800 - 30 * number, size=chance.choice([8, 12, 16]), first=chance.choice(colours))
            for number, line in enumerate(chosen)
        )
        assert content(pdf(page)).text.replace("\n\n", " ") == " ".join(chosen)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_anybody_may_open_is_read_and_one_with_a_password_is_not(algorithm: str) -> None:
    assert content(encrypted(pdf(SEEN), user_password="", algorithm=algorithm)).text == "Seen."
    with pytest.raises(Unreadable, match="needs a password: save it without one"):
        content(encrypted(pdf(SEEN), user_password="x", algorithm=algorithm))
    with pytest.raises(Unreadable, match="is a PDF that is encrypted in a way that is not known here"):
        content(encrypted(pdf(SEEN), user_password="", algorithm=algorithm).replace(b"/Standard", b"/Nonesuch"))


def test_a_pdf_that_is_cut_says_so_and_gives_what_is_left() -> None:
    data = pdf(*(set_in_lines(f"This is page {number}.") for number in range(1, 6)))
    found = content(data[: len(data) * 2 // 3])
    assert found.text.startswith("This is page 1.")
    assert (found.complete, found.warnings[0]) == (False, "The PDF is cut off at its end, and text may be lost: get it anew.")
    with pytest.raises(Unreadable, match="is a PDF that is cut off"):
        content(data[:40])


def test_a_pdf_that_lost_only_its_end_gives_every_page() -> None:
    data = pdf(*(set_in_lines(f"This is page {number}.") for number in range(1, 6)))
    found = content(data[:-40])
    assert (found.text.count("This is page"), found.complete) == (5, False)


@pytest.mark.parametrize("contents", ["99 0 R", "[99 0 R]"])
def test_a_page_whose_content_is_not_in_the_file_is_named(contents: str) -> None:
    made = pdf(SEEN, show("Lost."))
    assert made.count(b"/Contents 7 0 R") == 1
    found = content(made.replace(b"/Contents 7 0 R", f"/Contents {contents}".encode()))
    assert (found.text, found.warnings[0], found.complete) == (
        "Seen.",
        "Page 2 of the PDF: text is missing from the file or damaged: get it anew.",
        False,
    )
    with pytest.raises(Unreadable, match="is a damaged PDF, of whose pages none with text could be read"):
        content(pdf(SEEN).replace(b"/Contents 5 0 R", f"/Contents {contents}".encode()))


def test_lost_pages_are_warnings() -> None:
    found = content(pdf(SEEN).replace(b"/Count 1", b"/Count 3"))
    assert (found.text, found.warnings, found.complete) == (
        "Seen.",
        ("2 of 3 pages are missing from the PDF: get it anew.",),
        False,
    )


def test_a_scan_is_an_error_that_says_what_to_do() -> None:
    scan = "q 595 0 0 842 0 0 cm /X Do Q\n"
    with pytest.raises(Unreadable, match=r"is a PDF without text, as scans are: have its text recognised \(OCR\) first"):
        content(pdf(scan, resources="/XObject << /X 4 0 R >>", objects=(PICTURE,)))
    recognised = pdf(scan + show("Said.", first="3 Tr"), resources="/XObject << /X 4 0 R >>", objects=(PICTURE,))
    with pytest.raises(Unreadable, match="is a scanned PDF whose text lies invisible behind the picture"):
        content(recognised)
    assert content(recognised, keep_hidden=True).text == "Said."
    mixed = content(pdf(SEEN, scan, resources="/XObject << /X 4 0 R >>", objects=(PICTURE,)))
    assert mixed.warnings == (
        "Page 2 of the PDF hold pictures and no text: have its text recognised (OCR) first if they show any.",
    )


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", pdf(SEEN).replace(b"/Catalog", b"/Dialog").replace(b"/Pages 2", b"/Pages 9")]
)
def test_a_damaged_pdf_is_an_error(data: bytes) -> None:
    with pytest.raises(Unreadable, match="is a PDF that is"):
        content(data)


def nested(levels: int) -> bytes:
    return pdf(SEEN).replace(b"/Catalog", b"/Catalog /X " + b"[" * levels + b"]" * levels)


A_PAGE_OF_BRACKETS = "q " * 1_900_000
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zeros": (lambda: pdf("BT " + " " * 400_000_000), "of whose pages none with text could be read"),
    "text": (lambda: pdf(show("x" * 60_000_000)), "takes more than 2 s"),
    "operators": (lambda: pdf(*[A_PAGE_OF_BRACKETS] * 9), "takes more than 2 s"),
    "nesting": (lambda: nested(200_000), "is nested too deeply|that is damaged"),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_by_a_process_of_its_own_and_the_next_file_is_read(bomb: str) -> None:
    made, reason = BOMBS[bomb]
    with pytest.raises(Unreadable, match=reason):
        read_apart(READER, made(), bounds=Bounds(seconds=2, patience=600))
    assert read_apart(READER, pdf(SEEN)).text == "Seen."


def test_a_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(Unreadable, match=r"is a PDF: install what reads it with pip install 'summarizer\[pdf\]'"):
        content(pdf(SEEN))


NOTE = "<< /Type /Annot /Subtype /FreeText /Rect [9 9 90 20] /Contents (But see below.) >>"
FIELD = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [9 9 90 20] /V (Ada Brun) >>"
EMPTY_FIELD = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [9 9 90 20] /V () >>"
LINK = "<< /Type /Annot /Subtype /Link /Rect [9 9 90 20] /Contents (More) >>"
TICKED = "<< /Type /Annot /Subtype /Widget /FT /Btn /T (yes) /Rect [9 9 90 20] /V /On >>"


CHOSEN = "<< /Type /Annot /Subtype /Widget /FT /Ch /T (which) /Rect [9 9 90 20] /V [(Oster) (Oss)] >>"


@pytest.mark.parametrize(
    ("laid_over", "is_told"),
    [(NOTE, True), (FIELD, True), (CHOSEN, True), (EMPTY_FIELD, False), (LINK, False), (TICKED, False), ("9", False)],
)
def test_words_that_are_laid_over_a_page_are_told(laid_over: str, is_told: bool) -> None:
    found = content(pdf(SEEN, page=f"/Annots [{laid_over}]"))
    words = "Page 1 of the PDF: notes or filled-in fields on it are not read: print it to a new PDF."
    assert found == Content("Seen.", pages=(0,), warnings=(words,) if is_told else (), complete=not is_told)


@pytest.mark.parametrize(("drawn", "is_told"), [("BT /F1 9 Tf (Draft) Tj ET", True), ("0 0 9 9 re f", False)])
def test_a_stamp_is_told_where_it_is_drawn_with_words(drawn: str, is_told: bool) -> None:
    stamp = "<< /Type /Annot /Subtype /Stamp /Rect [9 9 90 20] /AP << /N 4 0 R >> >>"
    assert content(pdf(SEEN, page=f"/Annots [{stamp}]", objects=(stream(drawn.encode()),))).complete is not is_told


def test_a_form_without_fonts_of_its_own_has_those_of_its_page() -> None:
    form = stream(show("In a form.", base=600).encode(), "/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    found = content(pdf(SEEN + "/X Do\n", resources="/XObject << /X 4 0 R >>", objects=(form,)))
    assert (found.text, found.warnings) == ("Seen.\n\nIn a form.", ())


def test_a_page_that_was_damaged_on_the_way_is_lost_text() -> None:
    form = bytearray(stream(show("Lost.").encode(), "/Type /XObject /Subtype /Form /BBox [0 0 595 842]"))
    form[-len("\nendstream") - 1] ^= 1  # of what tells that all is as it was
    found = content(pdf(SEEN + "/X Do\n", resources="/XObject << /X 4 0 R >>", objects=(bytes(form),)))
    assert (found.complete, found.warnings) == (
        False,
        ("Page 1 of the PDF: text is missing from the file or damaged: get it anew.",),
    )


def test_files_inside_the_file_are_named() -> None:
    files = "/Names << /EmbeddedFiles << /Names [(annex.csv) << /Type /Filespec /F (annex.csv) /EF << /F 3 0 R >> >>] >> >>"
    assert content(pdf(SEEN, catalog=files)).warnings == ("Attached and not read: 'annex.csv'.",)


def test_a_word_as_long_as_a_book_costs_no_more_than_a_book() -> None:
    word = "a" * 300_000  # each letter was once taken for the beginning of a word that is divided at the end of the line
    assert read_apart(READER, pdf(show(word, size=2) + show("And more.", base=690))).text.startswith(word)
