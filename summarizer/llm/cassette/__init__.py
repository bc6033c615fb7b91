"""Recorded requests and their answers: readable files, one exchange each, found again by what was asked.

`exchanges` says what a file holds, `folder` where it lies, `transports` how it is recorded and played back, `refusals` which
errors are recorded too, `under_way` how threads share an answer, `differences` what a request that is not there differs in,
`inspection` what is wrong with a folder. All of it stands below the openai client, so that it serves every endpoint that
speaks JSON.
"""

from __future__ import annotations

from summarizer.llm.cassette.exchanges import ORIGIN_HEADER, Authored, Exchange, Origin, Question, Recorded, Unplayable
from summarizer.llm.cassette.folder import Cassette
from summarizer.llm.cassette.transports import (
    Answers,
    Caching,
    InFolder,
    Noting,
    Recording,
    RecordingMissing,
    Replaying,
    forget,
)

__all__ = [
    "ORIGIN_HEADER",
    "Answers",
    "Authored",
    "Caching",
    "Cassette",
    "Exchange",
    "InFolder",
    "Noting",
    "Origin",
    "Question",
    "Recorded",
    "Recording",
    "RecordingMissing",
    "Replaying",
    "Unplayable",
    "forget",
]
