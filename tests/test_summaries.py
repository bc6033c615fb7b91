"""Core items, headline and summary: what a reader must know first, of items that are sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import answering, moves, report
from summarizer.briefing import Briefing
from summarizer.pipeline import summarise

TEXT = (
    "Velia agreed to open the port. Lena Dorn said that Ostria must leave. Velia refused to pay for the bridge. "
    "Experts say a truce could help. Velia withdrew its patrols."
)


def briefed() -> Briefing:
    answers = (
        moves(("open the port", "Velia", "agrees")),
        moves(("Ostria must leave", "Lena Dorn", "demands", "Ostria")),
        moves(("pay for the bridge", "Velia", "refuses")),
        moves(("truce could help", "Experts", "assesses")),
        moves(("withdrew its patrols", "Velia", "demands")),
    )
    return summarise(report(TEXT), model=answering(*answers))


def test_the_summary_tells_what_came_of_it_then_what_is_demanded_then_what_is_thought() -> None:
    assert [(sentence.text, sentence.items) for sentence in briefed().summary] == [
        ("Velia agreed to “open the port” and refused to “pay for the bridge”.", ("outcome-1", "outcome-2")),
        ("Lena Dorn said that “Ostria must leave”.", ("demand-1",)),
        ("Experts say “a truce could help”.", ("position-1",)),
    ]


def test_a_doubtful_item_is_neither_core_nor_in_the_summary() -> None:
    doubtful = [item for item in briefed().items if item.verdict == "flagged"]
    assert [(item.id, item.core) for item in doubtful] == [("outcome-3", False)]


def test_without_a_title_the_headline_is_the_foremost_item_without_quotation_marks() -> None:
    assert briefed().headline == "Velia agreed to open the port"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("PRESS RELEASE No 47", "Velia agreed to open the port"),
        ("Statement on the port of Oss", "Velia agreed to open the port"),
        ("Press freedom in danger in Velia", "Press freedom in danger in Velia"),
        ("Velia opens its port", "Velia opens its port"),
    ],
)
def test_a_title_that_only_names_the_paper_is_no_headline(title: str, headline: str) -> None:
    document = replace(report("Velia agreed to open the port."), title=title)
    assert summarise(document, model=answering(moves(("open the port", "Velia", "agrees")))).headline == headline


def test_core_items_come_first_and_are_numbered_so() -> None:
    text = (
        "Cars passed the empty port. Snow fell on the old town all day long. Experts say a truce helps. Velia says no. "
        "Velia says that it needs bread. Dorn says rain helps. Oster says snow helps. Oster says ice helps."
    )
    answers = (
        moves(),
        moves(),
        moves(("a truce helps", "Experts", "assesses")),
        moves(("Velia says no", "Velia", "opposes")),
        moves(("it needs bread", "Velia", "assesses")),
        moves(("rain helps", "Dorn", "assesses")),
        moves(("snow helps", "Oster", "assesses")),
        moves(("ice helps", "Oster", "assesses")),
    )
    made = summarise(report(text), model=answering(*answers))
    assert [(item.id, item.core, item.statement) for item in made.positions] == [
        ("position-1", True, "Velia says “no”."),
        ("position-2", True, "Velia says that “it needs bread”."),
        ("position-3", True, "Oster says “snow helps”."),
        ("position-4", True, "Oster says “ice helps”."),
        ("position-5", False, "Experts say “a truce helps”."),
        ("position-6", False, "Dorn says “rain helps”."),
    ]
