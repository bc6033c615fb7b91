"""The web page of a briefing: what stands on it, where its links lead, and that nothing in it is more than text."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from hostile import OWN, Attack, attack, generated, published
from summarizer.briefing import Briefing
from summarizer.rendering import render
from summarizer.rendering.html.picture import wrapped
from web_page import Parsed

TAME = attack(["calm words"])
PICTURES = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "\u2421"}
NOT_ON_THE_PAGE = {
    "party id 1",
    "party id 2",
    "endpoint",
    "schema",
    "hidden words",
    "hidden place",
    "hidden how",
    "claim addressee",
    "prompt hash",
}


def page(briefing: Briefing) -> Parsed:
    return Parsed(render(briefing, format="html"))


def as_shown(text: str) -> str:
    return text.replace("\r\n", "\n").translate(PICTURES)


def is_shown(name: str) -> bool:
    return name not in NOT_ON_THE_PAGE and not name.startswith("check name")


def test_the_page_is_html_by_the_standard() -> None:
    assert Parsed(render(TAME.briefing, format="html"), strict=True).one("h1").text == TAME.fields["headline"]


def test_every_field_that_people_read_is_on_the_page() -> None:
    text = page(TAME.briefing).text
    assert [name for name, words in TAME.fields.items() if is_shown(name) and words not in text] == []


@pytest.mark.parametrize("source", ["own", "generated", "published"])
def test_hostile_strings_in_every_field_stay_text(source: str) -> None:
    strings = {"own": [*OWN], "generated": generated(2000), "published": published()}[source]
    if not strings:
        pytest.skip("the corpora of the project are not here")
    tame = [each for each in page(TAME.briefing).shape if each[0] != "text"]  # lines of the picture break where they are full
    for start in range(0, len(strings), 50):
        assert_only_text(attack(strings[start : start + 50]), tame)


def assert_only_text(made: Attack, tame: list[tuple[str, tuple[str, ...]]]) -> None:
    """The page has the elements and attributes of a tame one, no more, and its texts are those of the briefing."""
    parsed = page(made.briefing)
    assert [each for each in parsed.shape if each[0] != "text"] == tame
    changed = [name for name, words in made.fields.items() if is_shown(name) and as_shown(words) not in parsed.text]
    assert changed == []


def test_no_element_loads_runs_or_sends_anything_but_the_one_script() -> None:
    parsed = page(attack(OWN).briefing)
    assert len(parsed.all("script")) == 1
    assert {each.tag for each in parsed.elements}.isdisjoint(
        {"img", "iframe", "object", "embed", "base", "link", "image", "use"}
    )
    names = {name for each in parsed.elements for name in each.attributes}
    assert {name for name in names if name.startswith("on")} | (
        names & {"src", "srcset", "style", "action", "xlink:href"}
    ) == set()


def test_every_link_leads_to_a_place_on_the_page_and_no_text_of_a_report_is_part_of_one() -> None:
    parsed = page(attack(OWN).briefing)
    links = [each.attributes["href"] for each in parsed.elements if "href" in each.attributes]
    ids = [each.attributes["id"] for each in parsed.elements if "id" in each.attributes]
    assert {link for link in links if not re.fullmatch(r"#[a-z]+(-[0-9]+)?", link)} == set()
    assert {link[1:] for link in links} <= set(ids)
    assert len(ids) == len(set(ids))


def test_the_browser_is_told_to_run_and_apply_what_is_ours_and_to_load_nothing() -> None:
    parsed = page(TAME.briefing)
    policy = parsed.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
    style, script = (hash_of(parsed.one(tag).node.text) for tag in ("style", "script"))
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'"
    )


def hash_of(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_script_and_style_sheet_are_the_same_whatever_the_report_says() -> None:
    for tag in ("script", "style"):
        assert page(attack(OWN).briefing).one(tag).node.text == page(TAME.briefing).one(tag).node.text


def test_the_report_stands_beside_the_items_as_it_was_read() -> None:
    parsed = page(TAME.briefing)
    lines = [re.sub(r"\[\d+\]$", "", each.text) for each in parsed.of_class("sentence")]
    assert lines == TAME.briefing.document.text.split("\n\n")


def test_links_lead_from_an_item_to_its_sentence_and_back() -> None:
    parsed = page(TAME.briefing)
    assert [(each.text, each.attributes["href"]) for each in parsed.of_class("cite")] == [
        ("[1]", "#sentence-1"),
        ("[2]", "#sentence-2"),
        ("[3]", "#sentence-3"),
        ("sentence 2", "#sentence-2"),
    ]
    assert [(each.text, each.attributes["href"]) for each in parsed.of_class("back")] == [
        ("[1]", "#source-1"),
        ("[2]", "#source-2"),
        ("[3]", "#source-3"),
    ]


def test_a_card_says_what_it_is_filtered_by() -> None:
    cards = [
        {name.removeprefix("data-"): value for name, value in each.attributes.items() if name.startswith("data-")}
        for each in page(TAME.briefing).of_class("card")
    ]
    assert cards == [
        {"kind": "position", "state": "flagged", "parties": "1 2", "sentences": "1"},
        {"kind": "demand", "state": "grounded", "parties": "1 2", "sentences": "2"},
        {"kind": "outcome", "state": "grounded", "parties": "2", "sentences": "3"},
        {"kind": "demand", "state": "withheld", "parties": "", "sentences": "2"},
    ]


def test_a_withheld_claim_is_found_by_the_party_whose_name_or_alias_it_bears() -> None:
    record = TAME.briefing.withheld[0]
    claim = record.item.model_copy(update={"parties": (TAME.fields["alias"],), "addressees": (TAME.fields["name 2"],)})
    briefing = TAME.briefing.model_copy(update={"withheld": (record.model_copy(update={"item": claim}),)})
    assert page(briefing).of_class("withheld")[0].attributes["data-parties"] == "1 2"


def test_who_stands_where_is_a_table_that_links_to_the_positions() -> None:
    parsed = page(positions(("1", "Ports"), ("2", "ports"), ("1", None)))
    assert table(parsed) == [
        ["party", "Ports", "no issue given"],
        [TAME.fields["name 1"], "✗ opposes p0 doubtful", "✗ opposes p2 doubtful"],
        [TAME.fields["name 2"], "✗ opposes p1 doubtful", ""],
    ]
    assert [each.attributes["href"] for each in parsed.of_class("stance") if each.tag == "a"] == [
        "#item-1",
        "#item-3",
        "#item-2",
    ]


def test_more_issues_than_parties_go_down_the_page() -> None:
    assert [row[0] for row in table(page(positions(("1", "a"), ("1", "b"), ("1", None))))] == [
        "issue",
        "a",
        "b",
        "no issue given",
    ]


def positions(*held: tuple[str, str | None]) -> Briefing:
    """The tame briefing, with a position for each party, by its number, and issue."""
    (one,) = TAME.briefing.positions
    made = tuple(
        one.model_copy(update={"id": f"p{place}", "parties": (TAME.fields[f"party id {party}"],), "issue": issue})
        for place, (party, issue) in enumerate(held)
    )
    return TAME.briefing.model_copy(update={"positions": made})


def table(parsed: Parsed) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for each in parsed.elements:
        if each.tag == "tr":
            rows.append([])
        if each.tag in ("th", "td"):
            rows[-1].append(" ".join(each.text.split()))
    return rows[1:]


def test_the_picture_shows_who_demands_what_of_whom_and_says_it_in_words_too() -> None:
    parsed = page(TAME.briefing)
    named = {each.attributes["class"].split()[1]: each.node for each in parsed.of_class("node")}
    titles = {kind: [child.text for child in node if child.tag.endswith("title")] for kind, node in named.items()}
    assert titles == {
        "demander": [TAME.fields["name 1"]],
        "demand": [TAME.fields["demand"]],
        "addressee": [TAME.fields["name 2"]],
    }
    assert len(parsed.of_class("link")) == 2
    picture = parsed.all("svg")[0].attributes
    assert parsed.with_id(picture["aria-labelledby"]).text == "Who demands what of whom"
    assert parsed.with_id(picture["aria-describedby"]).text.startswith("Boxes joined by lines")
    words = f"{TAME.fields['name 1']} of {TAME.fields['name 2']}: {TAME.fields['demand']} [{TAME.fields['demand id']}]"
    assert [" ".join(each.text.split()) for each in parsed.all("details")] == [f"The picture in words {words}"]


def test_a_demand_of_nobody_in_particular_is_drawn_so() -> None:
    demand = TAME.briefing.demands[0].model_copy(update={"addressees": ()})
    parsed = page(TAME.briefing.model_copy(update={"demands": (demand,)}))
    assert [each.text.split("\n")[1] for each in parsed.of_class("nobody")] == ["nobody named"]


def test_boxes_of_the_picture_do_not_lie_on_each_other() -> None:
    demand = TAME.briefing.demands[0]
    first, second = demand.parties[0], demand.addressees[0]
    demands = [
        demand.model_copy(update={"parties": (a,), "addressees": b}) for a in (first, second) for b in ((first,), (second,), ())
    ]
    boxes = [
        tuple(int(each.attributes[name]) for name in ("x", "y", "height"))
        for each in page(TAME.briefing.model_copy(update={"demands": tuple(demands)})).of_class("node")
    ]
    assert len(boxes) == 2 + 6 + 3
    for x, y, height in boxes:
        assert not any(x == other and y < top < y + height for other, top, _ in boxes)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ("",)),
        ("one two", ("one two",)),
        ("one two three four", ("one two", "three four")),
        ("abcdefghijklmnop", ("abcdefghij", "klmnop")),
        ("漢字漢字漢字", ("漢字漢字漢", "字")),
        ("one two three four five six seven", ("one two", "three fou…")),
        ("e\u0301" * 10, ("e\u0301" * 10,)),
    ],
)
def test_words_of_the_picture_are_wrapped_and_cut(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, letters=10, most=2) == lines


def test_what_is_not_there_is_not_on_the_page() -> None:
    empty = TAME.briefing.model_copy(
        update=dict.fromkeys(("summary", "parties", "positions", "demands", "outcomes", "withheld"), ())
    )
    parsed = page(empty)
    assert [each.text for each in parsed.all("h2")] == [
        "Positions",
        "Demands",
        "Outcomes",
        "Withheld",
        "Coverage",
        "Provenance",
        "The report",
    ]
    assert parsed.all("table") + parsed.all("svg") == []
    assert parsed.text.count("None found.") == 3


def test_half_a_character_does_not_keep_the_page_from_being_written() -> None:
    html = render(TAME.briefing.model_copy(update={"headline": "half \ud800"}), format="html")
    assert Parsed(html).one("h1").text == "half \ufffd"
    assert html.encode()


def test_items_of_nobody_are_on_the_page_but_not_in_the_table() -> None:
    made = TAME.briefing
    nobody = {"parties": ()}
    items = {kind: tuple(item.model_copy(update=nobody) for item in getattr(made, kind)) for kind in ("positions", "demands")}
    parsed = page(made.model_copy(update=items))
    assert [each.attributes["data-parties"] for each in parsed.of_class("card")] == ["2", "2", "2", ""]
    assert parsed.all("table") == []
    assert len(parsed.of_class("link")) == 1


def test_a_report_without_sentences_is_shown_all_the_same() -> None:
    empty = TAME.briefing.model_copy(
        update=dict.fromkeys(("summary", "parties", "positions", "demands", "outcomes", "withheld"), ())
        | {"document": TAME.briefing.document.model_copy(update={"text": "...", "sentence_spans": (), "title": None})}
    )
    assert "..." in page(empty).with_id("report").text


def test_the_language_of_the_report_is_told_where_it_is_one() -> None:
    assert "lang" not in page(TAME.briefing).all("q")[0].attributes
    ukrainian = TAME.briefing.document.model_copy(update={"language": "uk"})
    assert page(TAME.briefing.model_copy(update={"document": ukrainian})).all("q")[0].attributes["lang"] == "uk"
