"""The page of an evaluation: hits, misses and false alarms in the text, and nothing in it but text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from evaluation_builders import TEXT, case, gold_item, made, place, score, sentence
from summarizer.evaluation import Prediction, Score, figures
from summarizer.evaluation.page import page

HOSTILE = '<script>alert(1)</script> said "No" & <img src=x onerror=alert(1)>. </td></table>{{ 7 * 7 }} Velia agreed.'
DEMAND = gold_item("1", "demand", parties=["Velia"], at=[sentence(1)], statement="Velia wants them out.", core=True)
REFUSAL = gold_item("2", "outcome", parties=["Ostrand"], at=[sentence(2), sentence(3)])
RAIN = gold_item("3", "outcome", parties=["Velia"], at=[sentence(4)], optional=True)


class Reader(HTMLParser):
    """What a browser makes of a page: the tags that it opens, and the text of each cell of the tables called `text`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.attributes: list[str] = []
        self.cells: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.cells:
            self.cells[-1] += data


def shown(score: Score) -> Reader:
    return Reader(page(score, figures(score)))


def cells(score: Score) -> list[list[str]]:
    """The rows of the text, white space at one space."""
    flat = [" ".join(cell.split()) for cell in shown(score).cells]
    rows = flat[flat.index("made") + 1 :]
    return [rows[start : start + 4] for start in range(0, len(rows), 4)]


def test_each_sentence_stands_beside_what_readers_found_and_what_was_made() -> None:
    found = made("demand-1", "demand", "Velia", at=place("Ostrand withdraw"), statement="Velia demanded it.")
    false = made("outcome-9", "outcome", "Ostrand", at=place("rained"), statement="Ostrand rained.")
    assert cells(score(case(DEMAND, REFUSAL, RAIN), found, false)) == [
        [
            "1",
            "Velia demands that Ostrand withdraw.",
            "✓ hit 1 = made demand-1 · demand, core · Velia Velia wants them out.",
            "✓ hit demand-1 = gold 1 · demand · Velia Velia demanded it.",
        ],
        ["2", "Ostrand refused to withdraw.", "✗ miss 2 · outcome · Ostrand · also sentences 3 Somebody did something.", ""],
        ["3", "Both sides agreed to meet in May.", "", ""],
        [
            "4",
            "It rained.",
            "○ optional 3 · outcome · Velia Somebody did something.",
            "! false alarm outcome-9 · outcome · Ostrand Ostrand rained.",
        ],
    ]


def test_quoted_words_are_marked_where_they_stand_and_a_hit_goes_before_a_false_alarm() -> None:
    found = made("d", "demand", "Velia", at=place("Ostrand withdraw"))
    false = made("o", "outcome", "Velia", at=place("demands that Ostrand"))
    html = page(made_score := score(case(DEMAND), found, false), figures(made_score))
    assert re.findall(r'<mark class="([^"]+)" title="([^"]+)">([^<]+)</mark>', html) == [
        ("false-alarm", "false alarm: o", "demands that "),
        ("hit", "hit: d o", "Ostrand"),
        ("hit", "hit: d", " withdraw"),
    ]


def test_an_item_that_rests_on_nothing_is_shown_all_the_same() -> None:
    assert "nowhere" in cells(score(case(DEMAND), Prediction("nowhere", "demand", (), "S.", ())))[-1][3]


def test_nothing_that_stands_in_a_report_a_briefing_or_gold_becomes_markup() -> None:
    gold = gold_item(HOSTILE, "demand", parties=[HOSTILE], at=[(0, 8)], statement=HOSTILE)
    hostile = made(HOSTILE, "demand", HOSTILE, at=(0, 8), statement=HOSTILE, text=HOSTILE)
    tame = gold_item("g", "demand", parties=["Velia"], at=[(0, 8)])
    read = shown(score(case(gold, name=HOSTILE, text=HOSTILE), hostile))
    like = shown(score(case(tame, name="n", text=HOSTILE), made("p", "demand", "Velia", at=(0, 8), text=HOSTILE)))
    assert (read.opened, read.attributes) == (like.opened, like.attributes)
    assert {"script", "img"}.isdisjoint(read.opened)
    assert {"{{ 7 * 7 }}", "<script>alert(1)</script>"} <= set(re.findall(r"\{\{.*?\}\}|<script>.*?</script>", read.text))


def test_the_page_needs_nothing_else() -> None:
    html = page(made_score := score(case(DEMAND)), figures(made_score))
    assert "default-src 'none'" in html
    assert not re.search(r"https?://|src=|@import|url\(|<link|<script|javascript:", html)
    assert TEXT.split(". ")[0] in html
