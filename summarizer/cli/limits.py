"""The options by which somebody sets limits of his own, for every command that asks a model."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from summarizer.settings import Limits


class Amount(click.FloatRange):
    """A number that is not negative. An amount without end would be a limit that limits nothing."""

    name = "number"

    def __init__(self) -> None:
        super().__init__(min=0)

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> float:  # Any: click's
        """The number. Fails for what is none, `nan` and `inf` among it."""
        number: float = super().convert(value, param, context)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a valid number.", param, context)
        return number


OPTIONS = (
    click.option("--max-calls", type=click.IntRange(min=0), metavar="N", help="Send at most so many requests in this run."),
    click.option("--max-tokens", type=click.IntRange(min=0), metavar="N", help="Use at most so many tokens, in and out."),
    click.option("--max-cost", type=Amount(), metavar="USD", help="Spend at most so many US dollars."),
    click.option("--deadline", type=Amount(), metavar="SECONDS", help="Ask about each report for at most so long."),
)


def limit_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command these options; it gets what they say as one value, `limits`."""

    @wraps(command)
    def with_limits(
        *arguments: Any,
        max_calls: int | None,
        max_tokens: int | None,
        max_cost: float | None,
        deadline: float | None,
        **options: Any,  # Any: the command's own
    ) -> int:
        limits = Limits(calls=max_calls, tokens=max_tokens, cost=max_cost, seconds=deadline)
        return command(*arguments, limits=limits, **options)

    for option in reversed(OPTIONS):
        with_limits = option(with_limits)
    return with_limits
