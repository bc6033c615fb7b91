"""What a report would take, without asking: the same questions, to a model that notes them and answers nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.document import Document, Sentence
from summarizer.extraction import METHODS
from summarizer.llm import Strategy
from summarizer.llm.asking import Model
from summarizer.llm.cassette import Noting
from summarizer.llm.tokens import estimate
from summarizer.prompting import PromptLibrary

Number = TypeVar("Number", int, float)

MARGIN = 0.05
"""How far off the estimate of prompt tokens may be. Measured: docs/models.md."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What asking about a report would take, from least to most where there is a range.

    `calls` counts the requests that would be sent when all goes well, `at_hand` the answers for which none has to be.
    Tokens are of those requests and their answers, without what is asked for again. `cost` is in US dollars; None where the
    price is not known.
    """

    calls: int
    at_hand: int
    prompt_tokens: tuple[int, int]
    completion_tokens: tuple[int, int]
    cost: tuple[float, float] | None

    def __add__(self, other: Plan) -> Plan:
        """The plan of both; a price that is not known on either side stays unknown."""
        known = self.cost is not None and other.cost is not None
        return Plan(
            calls=self.calls + other.calls,
            at_hand=self.at_hand + other.at_hand,
            prompt_tokens=_sum(self.prompt_tokens, other.prompt_tokens),
            completion_tokens=_sum(self.completion_tokens, other.completion_tokens),
            cost=_sum(self.cost or (0.0, 0.0), other.cost or (0.0, 0.0)) if known else None,
        )

    @property
    def tokens(self) -> tuple[int, int]:
        """Prompt and completion tokens together."""
        return _sum(self.prompt_tokens, self.completion_tokens)


def plan(
    document: Document,
    sentences: Sequence[Sentence],
    *,
    model: Model,
    noting: Noting,
    strategy: Strategy,
    prompts: PromptLibrary,
) -> Plan:
    """The plan of one report. `model` is connected over `noting`, and sends nothing."""
    how = METHODS[strategy]
    template = prompts.latest(how.template)
    passages = list(how.divide(document, sentences, model.profile))
    calls = tokens = least = most = 0
    for passage in passages:
        before = len(noting.requests)
        model.ask(how.prompt(passage, document, template))
        for request in noting.requests[before:]:
            calls += 1
            tokens += estimate(json.loads(request.content))
            fewest, usual = how.answer_tokens(passage)
            least, most = least + fewest, most + min(usual + model.profile.thinking_tokens, model.profile.output_tokens)
    prompt = (round(tokens * (1 - MARGIN)), round(tokens * (1 + MARGIN)))
    return Plan(
        calls=calls,
        at_hand=len(passages) - calls,
        prompt_tokens=prompt,
        completion_tokens=(least, most),
        cost=_cost(model, prompt, (least, most)),
    )


def _cost(model: Model, prompt: tuple[int, int], completion: tuple[int, int]) -> tuple[float, float] | None:
    price = model.price
    return None if price is None else (price(prompt[0], completion[0]), price(prompt[1], completion[1]))


def _sum(one: tuple[Number, Number], other: tuple[Number, Number]) -> tuple[Number, Number]:
    return one[0] + other[0], one[1] + other[1]
