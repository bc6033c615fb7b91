"""What a report would take, without asking: the same questions, to a model that notes them and answers nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import httpx2

from summarizer.document import Document, Sentence
from summarizer.extraction import METHODS
from summarizer.llm import Strategy
from summarizer.llm.asking import Model
from summarizer.llm.tokens import estimate
from summarizer.prompting import PromptLibrary


@dataclass(frozen=True, slots=True)
class Plan:
    """What asking about a report would take, from least to most where there is a range.

    `calls` counts the requests that would be sent when all goes well, `at_hand` the answers for which none has to be.
    Tokens are of those requests and their answers. `cost` is in US dollars; None where the price is not known. Answers that are
    asked for again come on top.
    """

    calls: int
    at_hand: int
    prompt_tokens: tuple[int, int]
    completion_tokens: tuple[int, int]
    cost: tuple[float, float] | None

    @property
    def tokens(self) -> tuple[int, int]:
        """Prompt and completion tokens together."""
        least, most = zip(self.prompt_tokens, self.completion_tokens, strict=True)
        return sum(least), sum(most)


MARGIN = 0.05
"""How far off the estimate of prompt tokens may be. Measured: docs/models.md."""


def plan(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    model: Model,
    noted: Sequence[httpx2.Request],
    strategy: Strategy,
    prompts: PromptLibrary,
) -> Plan:
    """The plan of one report. `model` sends nothing; what it would have sent is in `noted`."""
    how = METHODS[strategy]
    template = prompts.latest(how.template)
    passages = list(how.divide(document, sentences, model.profile))
    before = len(noted)
    asked = [each for each in passages if not model.ask(how.prompt(each, document, template)).cached]
    tokens = sum(estimate(json.loads(request.content)) for request in noted[before:])
    prompt = (round(tokens * (1 - MARGIN)), round(tokens * (1 + MARGIN)))
    ranges = [how.answer_tokens(each) for each in asked]
    completion = sum(least for least, _ in ranges), sum(most for _, most in ranges)
    return Plan(
        calls=len(asked),
        at_hand=len(passages) - len(asked),
        prompt_tokens=prompt,
        completion_tokens=completion,
        cost=_cost(model, prompt, completion),
    )


def _cost(model: Model, prompt: tuple[int, int], completion: tuple[int, int]) -> tuple[float, float] | None:
    price = model.price
    return None if price is None else (price(prompt[0], completion[0]), price(prompt[1], completion[1]))
