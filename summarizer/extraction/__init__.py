"""Claims from a report: what a model says that its sentences hold. Nothing here is believed yet; grounding comes next.

Two strategies: `passage` asks about one sentence at a time and lets the model only copy, for small models; `whole` shows
all sentences, numbered, and lets the model cite them, for large ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.briefing import Usage
from summarizer.document import Document, Sentence
from summarizer.errors import NothingUsable
from summarizer.extraction.method import Method
from summarizer.extraction.passage import PASSAGE
from summarizer.extraction.whole import WHOLE
from summarizer.llm import Strategy
from summarizer.llm.asking import Gap, Model
from summarizer.progress import Progress
from summarizer.prompting import PromptLibrary, Template
from summarizer.schema import Claim

__all__ = ["Extraction", "Unanswered", "extract"]

_METHODS: dict[Strategy, Method[Any]] = {"passage": PASSAGE, "whole": WHOLE}  # Any: each has a response model of its own


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A passage that got no usable answer: the numbers of its sentences, the gap that it leaves, and why."""

    sentences: tuple[int, ...]
    gap: Gap
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """The claims of a whole report, and how they were got."""

    claims: tuple[Claim, ...]
    passages: int
    unanswered: tuple[Unanswered, ...]
    usage: Usage
    template: Template
    schema_hash: str


def extract(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    model: Model,
    strategy: Strategy,
    prompts: PromptLibrary,
    progress: Progress,
) -> Extraction:
    """Ask the model about every sentence. Raises PromptsError, and NothingUsable when not one passage got a usable answer."""
    how = _METHODS[strategy]
    template = prompts.latest(how.template)
    passages = list(how.divide(document, sentences, model.profile))
    progress.planned(len(passages), seconds_each=model.profile.seconds_per_passage)
    claims: list[Claim] = []
    unanswered: list[Unanswered] = []
    usage = Usage(cost=0.0)
    for each in passages:
        answer = model.ask(how.prompt(each, document, template))
        progress.answered(cached=answer.cached)
        usage += answer.usage
        if answer.gap is None:
            claims.extend(how.claims(answer.value, each))
        else:
            numbers = tuple(sentence.number for sentence in each.sentences)
            unanswered.append(Unanswered(numbers, answer.gap, answer.reason))
    if unanswered and len(unanswered) == len(passages):
        reason = unanswered[0].reason
        raise NothingUsable(
            f"{model.profile.name!r} gave no usable answer about {document.source!r} ({reason}): name another model"
        )
    return Extraction(tuple(claims), len(passages), tuple(unanswered), usage, template, _schema_hash(how))


def _schema_hash(how: Method[Any]) -> str:
    schema = json.dumps(how.response_model.model_json_schema(), sort_keys=True)
    return hashlib.sha256(schema.encode()).hexdigest()
