"""What a briefing looks like on the page, and that nothing in it becomes markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import jsonschema
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from builders import answering, completion, moves, report
from summarizer.briefing import Briefing, json_schema
from summarizer.pipeline import summarise
from summarizer.rendering import render

TEXT = report("Velia agreed to reopen the border. Dorn said that Ostria must leave.")


def briefing(text: str = TEXT.text) -> Briefing:
    answers = (
        moves(("reopen the border", "Velia", "agrees")),
        moves(("Ostria must leave", "Dorn", "demands", "Ostria"), ("never said", "Dorn", "supports")),
    )
    return summarise(report(text), model=answering(*answers))


def test_every_line_stands_with_its_sentence_and_the_words_that_carry_it() -> None:
    page = render(briefing())
    assert "- **core** Dorn said that “Ostria must leave”.[^1] *(demand-1; to Ostria)*\n" in page
    assert "- **core** Velia agreed to “reopen the border”.[^2] *(outcome-1; agreed)*\n" in page
    assert "\n\n[^1]: sentence 2: Dorn said that **Ostria must leave**.\n\n" in page
    assert page.endswith("\n\n[^2]: sentence 1: Velia agreed to **reopen the border**.\n")


def test_what_the_source_does_not_carry_is_listed_with_the_reason() -> None:
    page = render(briefing())
    assert "- position of Dorn: never said *(sentence 2; the passage does not hold the words 'never said')*\n" in page


def test_the_sections_come_in_the_order_of_the_design() -> None:
    headings = [line for line in render(briefing()).splitlines() if line.startswith("#")]
    assert headings == [
        "# Velia agreed to reopen the border",
        "## Summary",
        "## Parties",
        "## Positions",
        "## Demands",
        "## Outcomes",
        "## Withheld",
        "## Coverage",
        "## Provenance",
    ]


def test_gaps_are_told() -> None:
    made = summarise(TEXT, model=answering(completion("", finish_reason="length"), moves()))
    assert "2 passages were asked about: 0 failed, 1 truncated, 0 filtered." in render(made)


def test_moves_that_gave_no_item_are_told_by_the_numbers_of_their_sentences() -> None:
    text = "Velia agreed to reopen the border. Velia refused to pay. It rained. Velia demands fish."
    made = summarise(report(text), model=answering(moves(("reopen the border", "Velia", "agrees")), moves()))
    assert "0 filtered. 2 sentences name a party and a move and gave no item: 2, 4.\n" in render(made)


def test_in_a_language_whose_verbs_are_not_known_the_page_says_that_moves_were_not_counted() -> None:
    made = summarise(replace(report("Velia fordert Fisch."), language="de"), model=answering(moves()))
    assert "Sentences that name a party and a move and gave no item were not counted in language de." in render(made)


def test_a_report_without_a_move_gives_a_briefing_that_says_so() -> None:
    page = render(summarise(TEXT, model=answering(moves())))
    assert page.startswith("# No position, demand or outcome was found\n")
    assert page.count("None found.") == 3


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "\\<script\\>alert\\(1\\)\\</script\\>"),
        ("[x](javascript:alert)", "\\[x\\]\\(javascript:alert\\)"),
        ("a\x1b[31m b", "a␛\\[31m b"),
        ("![p](http://x/y.png)", "\\!\\[p\\]\\(http\\:/\\/x/y\\.png\\)"),
    ],
)
def test_nothing_of_a_report_becomes_markup(text: str, shown: str) -> None:
    made = summarise(report(f"Velia welcomed {text} it."), model=answering(moves((f"{text} it", "Velia", "supports"))))
    assert f"**{shown} it**" in render(made)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert)",
        "![p](http://x/y.png)",
        "https://evil.example/x",
        "www.evil.example",
        "<https://evil.example>",
        "[x]: http://evil.example",
        "a | b\\| c",
        "# heading",
        "`code`",
    ],
)
def test_a_viewer_makes_no_link_picture_or_tag_of_a_report(text: str) -> None:
    made = summarise(report(f"Velia says {text} it."), model=answering(moves((f"{text} it", "Velia", "supports"))))
    page = MarkdownIt("gfm-like").render(render(made))
    assert not re.search("<(?!/?(?:h1|h2|p|ul|li|em|strong|blockquote|hr)\\b)", page)
    assert "href" not in page


def test_what_strategy_whole_knows_more_of_stands_beside_the_item() -> None:
    nothing: dict[str, object] = dict.fromkeys(("stance", "status", "issue", "condition", "deadline", "timing", "reported_by"))
    common = nothing | {"addressees": [], "core": False}
    answer = {
        "items": [
            common
            | {
                "kind": "position",
                "parties": ["Velia"],
                "statement": "Velia doubts it.",
                "sentences": [1],
                "reported_by": "Dorn",
            },
            common
            | {"kind": "demand", "parties": ["Dorn"], "statement": "Dorn says Ostria must leave.", "sentences": [2]}
            | {"addressees": ["Ostria"], "condition": "that Ostria must leave", "deadline": "the border", "core": True},
            common
            | {
                "kind": "outcome",
                "parties": ["Velia"],
                "statement": "Velia agreed to reopen.",
                "sentences": [1],
                "status": "agreed",
            }
            | {"timing": "to reopen"},
        ]
    }
    answer["items"][0]["statement"] = "Velia agreed in doubt."
    page = render(summarise(TEXT, model=answering(json.dumps(answer)), strategy="whole"))
    assert "- Velia agreed in doubt.[^1] *(position-1; neutral; according to Dorn)*\n" in page
    marks = "demand-1; to Ostria; condition: that Ostria must leave; time limit: the border"
    assert f"- **core** Dorn says Ostria must leave.[^2] *({marks})*\n" in page
    assert "- Velia agreed to reopen.[^3] *(outcome-1; agreed; time: to reopen)*\n" in page


def test_where_footnotes_are_known_they_are_links_both_ways() -> None:
    page = MarkdownIt("commonmark").use(footnote_plugin).render(render(briefing()))
    assert '“Ostria must leave”.<sup class="footnote-ref"><a href="#fn2" id="fnref2">[2]</a></sup>' in page
    assert '<li id="fn2" class="footnote-item"><p>sentence 2: Dorn said that <strong>Ostria must leave</strong>. <a' in page
    assert page.count("footnote-backref") == 4  # both are cited in the summary, too


def test_where_footnotes_are_not_known_they_are_read_as_paragraphs_with_their_numbers() -> None:
    page = MarkdownIt("commonmark").render(render(briefing()))
    assert "“Ostria must leave”.[^1] <em>(demand-1; to Ostria)</em>" in page
    assert "<p>[^1]: sentence 2: Dorn said that <strong>Ostria must leave</strong>.</p>" in page


def test_json_is_the_contract_and_validates_against_the_published_schema() -> None:
    record = json.loads(render(briefing(), format="json"))
    jsonschema.validate(record, json_schema(), cls=jsonschema.Draft202012Validator)
    assert list(record) == [
        "schema_version",
        "document",
        "headline",
        "summary",
        "parties",
        "positions",
        "demands",
        "outcomes",
        "withheld",
        "claims",
        "coverage",
        "provenance",
    ]
    assert record["demands"][0]["status"] == "unknown"
    assert record["provenance"]["schema"]


def test_a_briefing_survives_the_way_through_json() -> None:
    made = briefing()
    assert Briefing.model_validate_json(made.to_json()) == made


def test_a_briefing_with_a_field_too_many_does_not_validate() -> None:
    record = json.loads(briefing().to_json()) | {"surprise": 1}
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        jsonschema.validate(record, json_schema(), cls=jsonschema.Draft202012Validator)


def test_an_address_is_code_which_no_viewer_makes_a_link_of() -> None:
    made = briefing().model_copy(update={"headline": "Write to a_b@evil.example, or xmpp:foo@bar.baz/x"})
    assert render(made).startswith("# Write to `a_b@evil.example`, or xmpp:`foo@bar.baz`/x\n")


def test_what_turns_the_direction_of_writing_is_closed_at_its_end() -> None:
    made = briefing().model_copy(update={"headline": "a \u202eb \u2066c"})
    assert render(made).startswith("# a \u202eb \u2066c\u202c\u2069\n")


def test_json_holds_nothing_that_a_terminal_obeys_and_says_the_same() -> None:
    made = briefing().model_copy(update={"headline": "a\u009b31m\x7f\u2028b"})
    written = made.to_json()
    assert not re.search("[\x7f-\x9f\u2028\u2029]", written)
    assert Briefing.model_validate_json(written) == made
