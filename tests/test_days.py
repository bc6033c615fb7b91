"""The day that a time in the report's words means, where that is sure."""

from __future__ import annotations

import pytest

from summarizer.document import Document
from summarizer.merging.days import day_of_deadline, day_of_outcome
from summarizer.schema import OutcomeStatus

THURSDAY = Document("Velia agreed.", language="en", published="2025-03-20")


@pytest.mark.parametrize(
    ("words", "status", "day"),
    [
        ("on Tuesday", "agreed", "2025-03-18"),
        ("on Thursday", "agreed", "2025-03-20"),
        ("late on Monday evening", "done", "2025-03-17"),
        ("last Thursday", "done", None),
        ("last Friday", "done", "2025-03-14"),
        ("yesterday", "rejected", "2025-03-19"),
        ("on 3 March", "done", "2025-03-03"),
        ("on December 28", "done", "2024-12-28"),
        ("on 1 April 2026", "announced", "2026-04-01"),
        ("on Tuesday", "announced", None),
        ("tomorrow", "announced", "2025-03-21"),
        ("since Tuesday", "done", None),
        ("until Tuesday", "agreed", None),
        ("between 3 March and 5 March", "done", None),
        ("for 14 days", "agreed", None),
        ("on 30 February", "done", None),
        (None, "done", None),
    ],
)
def test_the_day_of_an_outcome_is_counted_back_from_the_report(
    words: str | None, status: OutcomeStatus, day: str | None
) -> None:
    assert day_of_outcome(words, status, THURSDAY) == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by noon on Friday", "2025-03-21"),
        ("by Thursday", None),
        ("before 30 June", "2025-06-30"),
        ("by next Tuesday", None),
        ("not later than 1 May", None),
        ("within six months", None),
    ],
)
def test_the_day_of_a_time_limit_is_counted_on_from_the_report(words: str, day: str | None) -> None:
    assert day_of_deadline(words, THURSDAY) == day


def test_without_a_date_of_the_report_only_whole_dates_are_days() -> None:
    undated = Document("Velia agreed.", language="en")
    assert [day_of_outcome(words, "done", undated) for words in ("on Tuesday", "today", "on 3 March", "on 3 March 2025")] == [
        None,
        None,
        None,
        "2025-03-03",
    ]


def test_in_other_languages_no_day_is_made_of_words() -> None:
    assert day_of_outcome("am 3. Mai 2025", "done", Document("Velia", language="de", published="2025-05-20")) is None
