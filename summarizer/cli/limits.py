"""The options by which somebody sets limits of his own, for every command that asks a model."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from summarizer.settings import Limits

OPTIONS = (
    click.option("--max-calls", type=click.IntRange(min=0), metavar="N", help="Send at most so many requests in this run."),
    click.option("--max-tokens", type=click.IntRange(min=0), metavar="N", help="Use at most so many tokens, in and out."),
    click.option("--max-cost", type=click.FloatRange(min=0), metavar="USD", help="Spend at most so many US dollars."),
    click.option(
        "--deadline", type=click.FloatRange(min=0), metavar="SECONDS", help="Ask about each report for at most so long."
    ),
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
