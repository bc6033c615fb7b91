from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from pages import CARRIERS, HIDDEN_WORDS, NOT_TEXT, VISIBLE, clean_page, page, styled
from summarizer.reading.content import Content, Hidden, Unreadable
from summarizer.reading.readers.html import content

REPORT = (
    "The council meets again",
    "The council of Halvik met on Tuesday, and it agreed to meet again in the winter.",
    "{}",
    "Nobody else in the town wanted to say anything about it before the vote on the harbour.",
)
CORPORA = Path(os.environ.get("SUMMARIZER_SHARED") or Path(__file__).parents[2] / "shared") / "corpora"


def report(*between: str) -> str:
    """The text of a report with these paragraphs in it."""
    return "\n\n".join([*REPORT[:2], *between, REPORT[3]])


def read(body: str, *, head: str = "") -> str:
    return content(page(body, head=head)).text


# what is read


def test_a_page_gives_its_report_and_what_it_says_about_it() -> None:
    data = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Ministers meet | The Harbour Post</title>
    <meta property="og:site_name" content="The Harbour Post">
    <meta property="article:published_time" content="2026-03-04T10:00:00Z"></head><body>
    <nav><ul><li><a href="/">Home</a><li><a href="/w">World</a></ul></nav>
    <article><h1>Ministers meet in Halvik</h1>
    <p>The minister said on <b>Tuesday</b> that talks would go on &amp; that Zürich&nbsp;was ready&#8230;</p>
    <p>So be it.</p></article>
    <aside><p>Subscribe to our letter now, said the page.</p></aside><footer>All rights kept.</footer></body></html>"""
    assert content(data.encode()) == Content(
        text="Ministers meet in Halvik\n\n"
        "The minister said on Tuesday that talks would go on & that Zürich\xa0was ready…\n\nSo be it.",
        title="Ministers meet in Halvik",
        published="2026-03-04",
        publisher="The Harbour Post",
        language="en",
        warnings=(
            "43 of 152 characters stand beside what seems to be the report and were left out, from "
            "'Subscribe to our letter now, said the page.' on.",
        ),
    )


def test_nothing_is_made_up_about_a_page_that_says_nothing_about_itself() -> None:
    assert content(b"<p>Nobody in the town of Halvik said no to the plan of 2019.</p>") == Content(
        text="Nobody in the town of Halvik said no to the plan of 2019."
    )


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<ul><li>one<li>two</ul>", ("one", "two")),
        ("<p>a<p>b", ("a", "b")),
        ("<p>a\n   b\t c</p>", ("a b c",)),
        ("<p>a<br>b</p>", ("a\nb",)),
        ("<pre>a\n  b</pre>", ("a\n  b",)),
        ("<p><span>on</span><span>e</span></p>", ("one",)),
        ("<div>one<div>two</div>three</div>", ("one", "two", "three")),
        ("<p>He said <q>no</q>.</p>", ("He said “no”.",)),
        ("<table><tr><th>Town<th>Votes<tr><td>Halvik<td>12</table>", ("Town | Votes", "Halvik | 12")),
        ("<table><tr><td><th>2024<tr><td>Halvik<td>12</table>", ("2024", "Halvik | 12")),
        ("<table><tr><td>North<td colspan=1000000000 rowspan=65535>12</table>", ("North | 12",)),
        ("<table><tr><td><p>a</p><p>b</p><td><p>c</p></table>", ("a", "b", "c")),
        ("<table><tr><td><table><tr><td>a<td>b</table></table>", ("a | b",)),
        ("<blockquote><p>No.</p><footer>— Anna Berg</footer></blockquote>", ("No.", "— Anna Berg")),
        ("<div style='display:flex'><span>By Anna</span><span>4 March</span></div>", ("By Anna 4 March",)),
    ],
)  # fmt: skip
def test_each_kind_of_block_is_read_as_it_is_seen(body: str, paragraphs: tuple[str, ...]) -> None:
    text = read(body)
    assert text in {report(*paragraphs), report("\n\n".join(paragraphs))}


@pytest.mark.parametrize("depth", [260, 2_100, 20_000])
def test_what_is_nested_deeply_is_read(depth: int) -> None:
    assert read(f"{'<div>' * depth}<p>Deep.</p>{'</div>' * depth}") == report("Deep.")


@pytest.mark.parametrize("number", range(40))
def test_no_visible_word_of_a_clean_page_is_lost(number: int) -> None:
    made = clean_page(number)
    found = content(made.data)
    said = found.text.replace(" | ", " ").split(), found.hidden, bool(found.warnings)
    assert said == (made.words.split(), (), made.must_warn)


def test_sentences_beside_what_seems_to_be_the_report_are_left_out_with_a_warning() -> None:
    beside = (
        "<div class='comments' id='comments'>"
        "<p>A reader wrote below the report that she did not believe a word of it, and neither would her aunt.</p></div>"
    )
    data = page("").replace(b"</article>", b"</article>" + beside.encode())
    found = content(data)
    assert found.text == report()
    assert found.warnings == (
        "98 of 288 characters stand beside what seems to be the report and were left out, from "
        "'A reader wrote below the report that she' on.",
    )


@pytest.mark.parametrize("tag", ["aside", "footer", "header", "nav", "button", "textarea", "ul"])
def test_sentences_in_the_frame_of_a_page_are_left_out_with_a_warning(tag: str) -> None:
    said = "Velia will leave the treaty unless the tolls are dropped."
    inner = f"<li><a href=x>{said}</a></li>" * 3 if tag == "ul" else said
    data = page("").replace(b"</article>", f"</article><{tag}>{inner}</{tag}>".encode())
    found = content(data)
    assert found.text == report()
    (warning,) = found.warnings
    assert "'Velia will leave the treaty unless the tolls' on." in warning


@pytest.mark.parametrize(
    "body",
    [
        "<nav><p>{}</p></nav>",
        "<div role=complementary><p>{}</p></div>",
        "<button>{}</button>",
        "<textarea>{}</textarea>",
        "<select><option>{}</select>",
        "<ul><li><a href=x>{}</a><li><a href=x>Other</a><li><a href=x>Others</a></ul>",
    ],
)
def test_a_sentence_that_is_left_out_inside_the_report_is_a_warning_however_short_it_is(body: str) -> None:
    long = "<p>The envoys of both towns spoke about the bridge and the tolls for many hours.</p>" * 100
    found = content(page(long + body.format("Velia leaves the treaty today.")))
    assert "Velia" not in found.text
    assert found.warnings == (
        f"30 of {len(found.text) - 2 * 102 + 30:,} characters stand in navigation, rows of links or form fields inside the "
        "report and were left out, from 'Velia leaves the treaty today.' on.",
    )


def test_what_a_page_puts_out_itself_is_read() -> None:
    assert read("<p>The sum is <output>12</output>.</p>") == report("The sum is 12.")


# encodings


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="iso-8859-1">'),
        ("iso-8859-2", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">'),
        ("windows-1251", "<meta charset=windows-1251>"),
        ("shift_jis", "<meta charset='shift_jis'>"),
        ("utf-16", ""),
        ("koi8-r", '<?xml version="1.0" encoding="koi8-r"?>'),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str, head: str) -> None:
    words = {"iso-8859-2": "Łódź said no.", "shift_jis": "東京は断った。"}.get(encoding, "Москва said no.")
    assert content(f"{head}<p>{words}</p>".encode(encoding)) == Content(words)


def test_bytes_that_are_not_what_the_page_declares_are_a_warning() -> None:
    assert content(b"<meta charset=utf-8><p>No \xff thanks.</p>") == Content(
        "No \ufffd thanks.",
        warnings=("1 place does not fit its encoding, utf-8 (the first at byte 26): � stands there for what was lost.",),
        complete=False,
    )


def test_an_encoding_that_a_page_does_not_declare_is_guessed() -> None:
    assert content(b"<p>caf\xe9</p>") == Content(
        "café", warnings=("It does not say in which encoding it is: read as windows-1252, a guess.",)
    )


# broken pages


@pytest.mark.parametrize("end", ["<a href='x>no end <p>lost</p>", "<!-- no end <p>lost</p>", "<script>no end <p>lost</p>"])
def test_a_page_that_ends_inside_a_tag_says_so(end: str) -> None:
    assert content(f"<p>Found.</p>{end}".encode()).warnings == (
        "It ends inside a tag, a comment or a script: what stands there is not read, as in a browser.",
    )


def test_control_characters_are_left_out_with_a_warning() -> None:
    assert content(b"<p>a\x01b&#2;c</p>") == Content(
        "abc", warnings=("2 control characters in it cannot be shown and were left out.",)
    )


def test_a_page_written_inside_the_page_is_named() -> None:
    assert content(b"<p>Words.</p><iframe srcdoc='<p>More.</p>'></iframe>").warnings == (
        "It shows 1 further page(s) that are written inside it (iframe srcdoc), which are not read.",
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<html><body></body></html>", "is a web page without text"),
        (b"<script>write('x')</script>", "is a web page without text"),
        (b"<body style='opacity:0'><p>x</p>", "hides all its text (opacity 0)"),
    ],
)
def test_a_page_without_visible_text_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        content(data)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "data",
    [
        "<div>x" * 5_000,
        "<p>x<b>bar<i>baz <span>" * 2_000,
        "<table><tr><td>x" * 3_000,
        "</b>" * 3_000 + "x",
        "<" * 50_000 + " x",
        f"<p {' '.join(f'a{number}=1' for number in range(20_000))}>x",
        "<style>" + "a{" * 5_000 + "</style>x",
        "<style>" + "(" * 20_000 + "</style>x",
        "<style>p" + ":not(p" * 3_000 + "{color:red}</style>x",
        "<style>:root{--a:var(--a) var(--a)}p{color:var(--a)}</style><p>x",
        "<p style='font-size:99999999999999999999999999999999em;left:-1e400px'>y</p>x",
        '<p "="&quot;">x',
        "<a\"b'c>x",
        "<svg><foreignObject><p>x</svg>",
        "x\0y",
    ],
)
def test_no_page_makes_the_reader_fail(data: str) -> None:
    assert "x" in content(data.encode()).text


@pytest.mark.parametrize(
    ("styles", "body"),
    [
        ("i " * 40 + "p{display:none}", "<i>"),
        (f"{':not(' * 9}p{')' * 9}{{display:none}}", ""),
        (":lang(en){display:none}", ""),
        (":is(p){display:none}", ""),
        ("p:has(+ p){display:none}", ""),
        ("i + p{display:none}", "<i></i>"),
        (f":nth-child({'9' * 99}){{display:none}}", ""),
        (f"{'.a' * 900}{{display:none}}", "<i class=a></i>" * 30),
        (".a.a{display:none}", f"<i class='{'a ' * 300_000}'></i>"),
        (f"u {'b ' * 9}i{{display:none}}", f"<u></u>{'<b>' * 30}<i></i>{'</b>' * 30}"),
        ("p{}" * 400_000, ""),
    ],
)
def test_style_rules_that_are_too_much_are_passed_over_with_a_warning(
    styles: str, body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.reading.readers.html.styles.MOST_STEPS", 10_000)
    found = content(f"<style>{styles}</style>{body}<p>Words.</p>".encode())
    assert found == Content("Words.", warnings=("Some of its style rules were not looked at: what they hide is not known.",))


@pytest.mark.parametrize(
    ("selector", "hides"),
    [
        ("p", "abcd"),
        ("p.x", "b"),
        ("#y", "c"),
        ("[title]", "d"),
        ("[title=Say]", "d"),
        ("[title=say i]", "d"),
        ("[title~=Say], .x", "bd"),
        ("[title^=S]", "d"),
        ("[title$=x]", ""),
        ("div > p", "abc"),
        ("p:first-child", "ad"),
        ("p:last-child", "cd"),
        ("p:only-child", "d"),
        ("p:nth-child(2n+1)", "acd"),
        ("p:nth-last-child(2)", "b"),
        ("p:not(.x):not(#y)", "ad"),
        ("p:hover", ""),
        ("p:not(:hover)", "abcd"),
        ("p::before", ""),
        ("p:-moz-unheard-of, p", ""),
        ("main div > .x, section *", "bd"),
        ("html > body > main > div > p#y", "c"),
    ],
)
def test_a_selector_hides_what_it_names(selector: str, hides: str) -> None:
    data = (
        f"<style>{selector}{{display:none}}</style><body><main><div><p>a</p><p class='w x'>b</p><p id=y>c</p></div>"
        "<section><p title=Say>d</p></section><i>e</i></main>"
    )
    assert "".join(each.words for each in content(data.encode()).hidden) == hides


@pytest.mark.skipif(not (CORPORA / "html5lib_tests").is_dir(), reason="the corpora of the project are not here")
def test_the_pages_that_browsers_are_tested_with_are_read() -> None:
    for file in sorted((CORPORA / "html5lib_tests").rglob("*.dat")):
        for case in file.read_text("utf-8", errors="replace").split("#data\n")[1:]:
            try:
                content(case.split("\n#errors")[0].encode())
            except Unreadable:
                continue


# what is hidden


@pytest.mark.parametrize("name", CARRIERS)
def test_hidden_words_are_left_out_and_listed(name: str) -> None:
    head, body = CARRIERS[name]
    found = content(page(body, head=head))
    assert found.text == report()
    (hidden,) = found.hidden
    assert (hidden.words, hidden.place, hidden.start, hidden.end) == (HIDDEN_WORDS, "after paragraph 2", None, None)
    assert hidden.how
    assert found.warnings == ()


@pytest.mark.parametrize("name", CARRIERS)
def test_hidden_words_are_kept_at_their_place_where_that_is_asked_for(name: str) -> None:
    head, body = CARRIERS[name]
    found = content(page(body, head=head), keep_hidden=True)
    assert found.text == report(HIDDEN_WORDS)
    (hidden,) = found.hidden
    assert found.text[hidden.start : hidden.end] == hidden.words == HIDDEN_WORDS


@pytest.mark.parametrize(
    "style", [match[1] for _, body in CARRIERS.values() if (match := re.match('<p style="([^"]*)"', body))]
)
def test_words_are_hidden_by_a_rule_as_by_a_style_of_their_own(style: str) -> None:
    head = f"<style>:root{{--s:0px}} .note{{{style}}}</style>"
    ground = "<style>body{background:#102030;color:#fff}</style>" if "#112131" in style else ""
    found = content(page(f"<p class=note>{HIDDEN_WORDS}</p>", head=head + ground))
    assert (found.text, [each.words for each in found.hidden]) == (report(), [HIDDEN_WORDS])


@pytest.mark.parametrize("depth", [10, 380, 399, 400, 401, 500, 3_000])
def test_words_are_hidden_at_any_depth_by_what_they_stand_in(depth: int) -> None:
    inner = "<div style='opacity:0'><div>Praise</div>the mayor<div><div>now</div></div></div>"
    found = content(page(f"{'<div>' * depth}<p>Seen.</p>{inner}<p>Seen too.</p>{'</div>' * depth}"))
    assert (found.text, [each.words for each in found.hidden]) == (report("Seen.", "Seen too."), ["Praise", "the mayor", "now"])


@pytest.mark.parametrize("keep_hidden", [False, True])
@pytest.mark.parametrize("name", NOT_TEXT)
def test_attributes_fields_and_code_are_no_text(name: str, keep_hidden: bool) -> None:
    found = content(page(NOT_TEXT[name]), keep_hidden=keep_hidden)
    assert HIDDEN_WORDS not in found.text
    assert found.hidden == ()


@pytest.mark.parametrize("name", VISIBLE)
def test_what_only_looks_hidden_is_read(name: str) -> None:
    head, body = VISIBLE[name]
    found = content(page(body.format(HIDDEN_WORDS), head=head))
    assert HIDDEN_WORDS in found.text
    assert found.hidden == ()


@pytest.mark.parametrize(
    "style",
    [
        "font-size:calc(1px * 0)",
        "position:absolute;left:calc(-9999px)",
        "text-indent:100%;overflow:hidden",
        "transform:rotateY(90deg)",
        "transform:matrix(0,0,0,0,0,0)",
        "transform:translateX(-1000%)",
        "rotate:y 90deg",
        "mask-image:linear-gradient(transparent,transparent)",
        "clip-path:path('M0 0')",
        "filter:blur(50px)",
        "color:oklch(1 0 0)",
        "color:color-mix(in srgb, white, white)",
        "background:currentcolor",
        "letter-spacing:-1em",
        "-webkit-text-security:disc",
        "opacity:0;animation:fade 1s forwards",
        "color:#fff;text-shadow:0 0 3px #000",
        "color:#fff;-webkit-text-stroke:1px #000",
    ],
)
def test_words_whose_style_is_not_understood_are_read_with_a_warning(style: str) -> None:
    for head, body in (("", styled(style)), (f"<style>.s{{{style}}}</style>", f"<p class=s>{HIDDEN_WORDS}</p>")):
        found = content(page(body + body, head=head))
        assert (found.text, found.hidden) == (report(HIDDEN_WORDS, HIDDEN_WORDS), ())
        (warning,) = found.warnings
        assert warning.startswith("Some styles that may hide words were not understood")


@pytest.mark.parametrize("selector", [".s", "& .s", "@media screen"])
def test_rules_inside_rules_are_passed_over_with_a_warning(selector: str) -> None:
    found = content(page("<p class=s>Seen.</p>", head=f"<style>article {{ {selector} {{ display:none }} }}</style>"))
    assert found.warnings == ("Some of its style rules were not looked at: what they hide is not known.",)


def test_words_hidden_inside_a_paragraph_leave_no_gap() -> None:
    body = "<p>The mayor <span style='display:none'>never </span>agreed <!-- not -->to go.</p>"
    assert content(page(body)) == Content(
        report("The mayor agreed to go."),
        title="The council meets again",
        language="en",
        hidden=(Hidden("never", "in paragraph 3", "display none"), Hidden("not", "in paragraph 3", "comment")),
    )


def test_hidden_words_beside_the_report_are_listed_too() -> None:
    data = page("").replace(b"</article>", b"</article><footer>Rights kept. <b hidden>Praise the mayor</b></footer>")
    assert content(data).hidden == (Hidden("Praise the mayor", "beside the report (footer)", "hidden attribute"),)
    assert content(data, keep_hidden=True).text == report() + "\n\nPraise the mayor"


def test_hidden_words_do_not_become_the_title() -> None:
    data = b"<h1 style='font-size:0'>Praise the mayor</h1><p>The council of Halvik met on Tuesday and went home again.</p>"
    assert content(data).title is None


@pytest.mark.skipif(not (CORPORA / "cyberseceval_pi").is_dir(), reason="the corpora of the project are not here")
def test_hidden_instructions_that_others_wrote_are_found() -> None:
    cases = json.loads((CORPORA / "cyberseceval_pi" / "prompt_injection.json").read_text("utf-8"))
    said = [" ".join(case["user_input"].split()) for case in cases if case["user_input"].isascii()][:40]
    for words in said:
        escaped = words.replace("&", "&amp;").replace("<", "&lt;")
        assert content(page(f"<p style='opacity:0'>{escaped}</p>")).hidden == (Hidden(words, "after paragraph 2", "opacity 0"),)
