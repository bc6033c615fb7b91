"""Strategy `whole`, for models with room and strength: all sentences, numbered, and items that cite them.

A report longer than the model's window is shown in windows that overlap, so that no move is cut in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, Field, model_validator

from summarizer.document import Document, Passage, Sentence
from summarizer.extraction.method import Method
from summarizer.llm import Profile
from summarizer.prompt import Prompt
from summarizer.prompting import Template, defused, fence
from summarizer.schema import Claim, Kind, OutcomeStatus, Stance

OVERLAP_SENTENCES = 3
MAX_TOKENS = 16_000

_LISTS = ("parties", "sentences", "addressees")
_MAY_BE_NULL = ("stance", "status", "issue", "condition", "deadline", "timing", "reported_by")


class ReportedItem(BaseModel):
    """One position, demand or outcome."""

    kind: Kind
    parties: list[str] = Field(description="who holds it, demands it, or settled it; names as the report gives them")
    statement: str = Field(
        description="one plain sentence, at most 25 words, faithful in negation, modality, numbers and dates"
    )
    sentences: list[int] = Field(description="numbers of the sentences that state it")
    stance: Stance | None = Field(description="positions only")
    status: OutcomeStatus | None = Field(description="outcomes only")
    addressees: list[str] = Field(description="demands only: of whom it is demanded; empty when the report does not say")
    issue: str | None = Field(description="positions only: what it is about, a short noun phrase")
    condition: str | None = Field(description="demands only: the condition that is made, in the report's words")
    deadline: str | None = Field(description="demands only: the time limit, in the report's words")
    timing: str | None = Field(description="outcomes only: when, in the report's words")
    reported_by: str | None = Field(description="positions only: who tells of it, when that is not the holder")
    core: bool = Field(description="a one-page briefing on this report would have to carry it")

    @model_validator(mode="before")
    @classmethod
    def _with_what_it_leaves_out(cls, item: Any) -> Any:  # Any: what a model wrote
        """The item, with what it leaves out of its lists and of what may be null: endpoints that take no schema write so.

        Not defaults, which the schema that we send would show. A report without `items` stays a misfit: nobody knows whether
        it has none.
        """
        if not isinstance(item, dict):
            return item
        given = {name: value for name, value in item.items() if name not in _LISTS or value is not None}
        return {**dict.fromkeys(_MAY_BE_NULL), **{name: [] for name in _LISTS}, **given}


class Report(BaseModel):
    """Every position, demand and outcome that a report states."""

    items: list[ReportedItem]


def divide(document: Document, sentences: Sequence[Sentence], profile: Profile) -> Iterator[Passage]:
    """Windows of whole sentences, as many as fit into the profile's window; each begins a little before the last one ends."""
    first = 0
    while first < len(sentences):
        last = _last_that_fits(sentences, first, profile.window)
        window = sentences[first : last + 1]
        yield Passage(window[0].start, document.text[window[0].start : window[-1].end], tuple(window))
        if last + 1 == len(sentences):
            return
        first = max(first + 1, last + 1 - OVERLAP_SENTENCES)


def prompt(passage: Passage, document: Document, template: Template) -> Prompt[Report]:
    """The question about one window."""
    messages = template.render(mark=fence(document), sentences=_shown(passage), published=document.published)
    return Prompt(messages, Report, MAX_TOKENS)


def _shown(passage: Passage) -> list[Sentence]:
    return [replace(sentence, text=defused(sentence.text)) for sentence in passage.sentences]


def claims(answer: Report, passage: Passage) -> Iterator[Claim]:
    """The claims that an answer makes about its window."""
    for item in answer.items:
        yield Claim(
            kind=item.kind,
            parties=tuple(name.strip() for name in item.parties if name.strip()),
            passage=passage,
            cites=tuple(item.sentences),
            statement=item.statement.strip(),
            stance=item.stance or "neutral",
            outcome_status=item.status or "done",
            addressees=tuple(name.strip() for name in item.addressees if name.strip()),
            issue=item.issue,
            condition=item.condition,
            deadline=item.deadline,
            timing=item.timing,
            reported_by=item.reported_by,
            core=item.core,
        )


def _last_that_fits(sentences: Sequence[Sentence], first: int, window: int) -> int:
    last = first
    while last + 1 < len(sentences) and sentences[last + 1].end - sentences[first].start <= window:
        last += 1
    return last


def answer_tokens(passage: Passage) -> tuple[int, int]:
    """From an empty list to more than one item a sentence; an item of all fields takes about a hundred tokens."""
    return 5, min(MAX_TOKENS, 150 * len(passage.sentences))


WHOLE = Method("whole", Report, divide, prompt, claims, answer_tokens)
