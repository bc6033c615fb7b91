"""The day that a time in the report's words means, where that is sure: "on Tuesday" of a report of 20 March 2025 is 2025-03-18.

A weekday and a date without a year are counted from the day on which the report was published; without that day they mean none.
Rather no day than a wrong one: of two days in one phrase, or where past and future are both possible, there is none. English.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from summarizer.document import Document
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.figures import Figure, figures
from summarizer.schema import OutcomeStatus

_YEARS = range(1900, 2100)
_WEEK = 7
_FROM_TODAY = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_PAST: frozenset[OutcomeStatus] = frozenset({"agreed", "committed", "rejected", "done", "failed"})
_NO_LIMITS = frozenset({"after", "since", "from", "following", "next", "not"})
_LIMITS = frozenset({"before", "by", "until", "till", "through", "within", "for"})
"""After these no phrase names the day of an outcome."""


def day_of_deadline(words: str | None, document: Document) -> str | None:
    """The day up to which it is wanted, an ISO 8601 date."""
    return _shown(words, document, unlike=_NO_LIMITS, ahead=True)


def day_of_outcome(words: str | None, status: OutcomeStatus, document: Document) -> str | None:
    """The day on which it was done, an ISO 8601 date. Of what is only announced or left open a weekday may mean either week."""
    return _shown(words, document, unlike=_NO_LIMITS | _LIMITS, ahead=False if status in _PAST else None)


def _shown(words: str | None, document: Document, *, unlike: frozenset[str], ahead: bool | None) -> str | None:
    if not words or document.language != "en" or not unlike.isdisjoint(token.lower for token in tokens_of(words)):
        return None
    days = set(_days(words, _published(document), ahead))
    day = days.pop() if len(days) == 1 else None
    return day.isoformat() if day else None


def _published(document: Document) -> date | None:
    try:
        return date.fromisoformat(document.published[:10]) if document.published else None
    except ValueError:
        return None


def _days(words: str, published: date | None, ahead: bool | None) -> Iterator[date | None]:
    """Every day that these words name, None for one that is not sure."""
    for figure, following in pairwise([*figures(words, "en"), None]):
        if figure is not None and figure.unit == "date":
            yield _dated(figure, following, published)
        elif figure is not None and figure.unit == "weekday":
            yield _weekday(int(figure.value), words, published, ahead)
    said = [_FROM_TODAY.get(token.lower) for token in tokens_of(words)]
    yield from (published and published + timedelta(days) for days in said if days is not None)


def _dated(figure: Figure, following: Figure | None, published: date | None) -> date | None:
    """A day of a month, in the year that is said after it, else in that which brings it nearest to the report's own day."""
    month, day = divmod(int(figure.value), 100)
    if following is not None and not following.unit and following.value in _YEARS:
        return _on(int(following.value), month, day)
    if published is None:
        return None
    near = [_on(published.year + years, month, day) for years in (-1, 0, 1)]
    return min((each for each in near if each), key=lambda each: abs(each - published), default=None)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(number: int, words: str, published: date | None, ahead: bool | None) -> date | None:
    """The weekday before or after the report, from Monday, 1. That of the report itself is past, and is not awaited."""
    last = "last" in words.lower().split()
    if published is None or ahead is None:
        return None
    since = (published.isoweekday() - number) % _WEEK
    if ahead or last:
        return published + (timedelta(_WEEK - since) if not last else -timedelta(since)) if since else None
    return published - timedelta(since)
