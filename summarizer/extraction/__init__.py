"""Claims from a report: what a model says that its sentences hold. Nothing here is believed yet; grounding comes next.

Two strategies: `passage` asks about one sentence at a time and lets the model only copy, for small models; `whole` shows
all sentences, numbered, and lets the model cite them, for large ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from summarizer.briefing import Usage
from summarizer.document import Document, Sentence
from summarizer.errors import CassetteMiss, NothingUsable, Stopped
from summarizer.extraction.method import Method
from summarizer.extraction.passage import PASSAGE
from summarizer.extraction.questioning import Questioning, Unanswered, unusable
from summarizer.extraction.whole import WHOLE
from summarizer.llm import Strategy
from summarizer.llm.asking import Model
from summarizer.progress import Progress
from summarizer.prompting import PromptLibrary, Template
from summarizer.schema import Claim

__all__ = ["Extraction", "Unanswered", "extract", "schema_hash"]

METHODS: dict[Strategy, Method[Any]] = {"passage": PASSAGE, "whole": WHOLE}  # Any: each has a response model of its own


@dataclass(frozen=True, slots=True)
class Extraction:
    """The claims of a whole report, and how they were got. `stopped`: why its end was not asked about, if it was not."""

    claims: tuple[Claim, ...]
    passages: int
    unanswered: tuple[Unanswered, ...]
    usage: Usage
    template: Template
    schema_hash: str
    stopped: Stopped | None = None


def extract(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    model: Model,
    strategy: Strategy,
    prompts: PromptLibrary,
    progress: Progress,
) -> Extraction:
    """Ask the model about every sentence.

    Raises PromptsError; NothingUsable when not one passage got a usable answer; and Stopped when there was an end of asking
    before the first.
    """
    how = METHODS[strategy]
    template = prompts.latest(how.template)
    passages = list(how.divide(document, sentences, model.profile))
    progress.planned(len(passages), seconds_each=model.profile.seconds_per_passage)
    asked = Questioning(how, document, template, model)
    stopped = None
    for number, each in enumerate(passages):
        try:
            asked.ask(each, progress=progress)
            if strategy == "whole":
                asked.require_consent()
        except Stopped as stop:
            if not (asked.answered or asked.claims) or isinstance(stop, CassetteMiss):
                raise
            asked.leave(passages[number + 1 :], stop)
            stopped = stop
            break
    if asked.unanswered and not asked.claims and not asked.answered:
        raise NothingUsable(unusable(model, document, asked.unanswered[0].reason))
    return Extraction(
        claims=tuple(asked.claims),
        passages=asked.passages,
        unanswered=tuple(asked.unanswered),
        usage=asked.usage,
        template=template,
        schema_hash=schema_hash(strategy),
        stopped=stopped,
    )


@cache
def schema_hash(strategy: Strategy) -> str:
    """The SHA-256 of the JSON Schema of what a model is asked to answer under this strategy."""
    schema = json.dumps(METHODS[strategy].response_model.model_json_schema(), sort_keys=True)
    return hashlib.sha256(schema.encode()).hexdigest()
