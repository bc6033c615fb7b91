"""Every error that the package raises on purpose, and the exit status that the command line gives it.

    SummarizerError
    ├── UsageError            2  wrong arguments
    │   ├── UnknownModel         no such model, or no such endpoint
    │   └── PromptsError         a prompts folder without the template, or a template that cannot be rendered
    ├── SourceError           3  the report cannot be read
    ├── OutputError           1  a briefing cannot be written where it is wanted
    └── Stopped                  asking anything further would not help; `briefing` holds what was answered before
        ├── LimitReached      5  the user's own limit of calls, tokens, money or time
        │   └── DeadlineReached  that of time for one report
        └── AnswerError       4  no answer to be had: unreachable, refused key, quota, nothing recorded
            ├── RequestRefused   this request, and maybe no other: it cannot be answered as it is
            ├── GivenUp          as often as it was tried, the endpoint failed in a way that may pass
            ├── NothingUsable    the model answered, but no answer about this report could be used
            ├── WeightsError     the embedded model's weights are missing or damaged
            └── CassetteMiss     no recorded answer to this request, or none that may be played back

An unreadable report is an error. A claim that the report does not carry is a verdict, and a passage that got no answer is
counted in the coverage: neither is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from summarizer.briefing import Briefing


class SummarizerError(Exception):
    """The root. Its message says what failed, on what, and the next move, in one line."""

    exit_status: ClassVar[int] = 1


class UsageError(SummarizerError):
    """Arguments that cannot be used."""

    exit_status = 2


class UnknownModel(UsageError):
    """A model name that names nothing."""


class PromptsError(UsageError):
    """A prompts folder without the template that is wanted, or a template that cannot be rendered."""


class SourceError(SummarizerError):
    """A report that cannot be read."""

    exit_status = 3


class OutputError(SummarizerError):
    """A briefing that cannot be written where the user wants it."""


class Stopped(SummarizerError):
    """The end of asking, before the whole report was asked about.

    `briefing` is what the answers before it gave, with the rest counted as failed in its coverage; None where nothing had
    been answered yet.
    """

    briefing: Briefing | None = None


class LimitReached(Stopped):
    """The next request could go past a limit that the user set, so it was not sent."""

    exit_status = 5


class DeadlineReached(LimitReached):
    """The time for one report is over; the next has its own."""


class AnswerError(Stopped):
    """No answer to be had from the model; asking the next passage would not help."""

    exit_status = 4


class RequestRefused(AnswerError):
    """A request that the endpoint refused for what it holds; another may fare better."""


class GivenUp(AnswerError):
    """A request that failed, each time in a way that may pass, as often as it was worth a try."""


class NothingUsable(AnswerError):
    """A report about which no answer could be used: each was cut, filtered, refused, or did not fit."""


class WeightsError(AnswerError):
    """Weights of the embedded model that are missing, damaged or not to be fetched."""


class CassetteMiss(AnswerError):
    """A request to which a replayed folder holds no answer, or one that must not be played back."""
