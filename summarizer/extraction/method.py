"""What a strategy is: how it divides a report, what it asks about each passage, and how it reads the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from summarizer.document import Document, Passage, Sentence
from summarizer.llm import Profile
from summarizer.prompt import Prompt, Response
from summarizer.prompting import Template
from summarizer.schema import Claim


@dataclass(frozen=True, slots=True)
class Method(Generic[Response]):
    """One strategy.

    `template` is the name of its template, without a version. `answer_tokens` says how long the answer about a passage is
    likely to be, at least and at most: for plans.
    """

    template: str
    response_model: type[Response]
    divide: Callable[[Document, Sequence[Sentence], Profile], Iterable[Passage]]
    prompt: Callable[[Passage, Document, Template], Prompt[Response]]
    claims: Callable[[Response, Passage], Iterable[Claim]]
    answer_tokens: Callable[[Passage], tuple[int, int]]
