"""`--dry-run`: what reports would take, a line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import click

from summarizer.errors import SourceError
from summarizer.printable import printable

if TYPE_CHECKING:
    from summarizer.extraction.planning import Plan


def show_plans(files: Sequence[str], planned: Callable[[str], Plan]) -> int:
    """Print the plan of each file, and of all of them together. Gives the exit status: 1 when some cannot be read."""
    plans: list[Plan] = []
    failures: list[int] = []
    for file in files:
        try:
            plan = planned(file)
        except SourceError as error:
            if len(files) == 1:
                raise
            click.echo(f"summarise: {printable(str(error))}", err=True)
            failures.append(error.exit_status)
        else:
            plans.append(plan)
            click.echo(_line(file, plan))
    if len(plans) > 1:
        click.echo(_line("all", reduce(add, plans)))
    return failures[0] if not plans else int(bool(failures))


def _line(name: str, plan: Plan) -> str:
    at_hand = f" ({plan.at_hand:,} at hand)" if plan.at_hand else ""
    if plan.calls == 0:
        return f"{name}: nothing to ask{at_hand}"
    return (
        f"{name}: {plan.calls:,} call{'s' if plan.calls > 1 else ''}{at_hand},"
        f" {_range(plan.prompt_tokens)} prompt and {_range(plan.completion_tokens)} completion tokens,"
        f" {_range(plan.tokens)} in all, {_cost(plan)}"
    )


def _range(tokens: tuple[int, int]) -> str:
    return f"{tokens[0]:,} to {tokens[1]:,}"


def _cost(plan: Plan) -> str:
    match plan.cost:
        case None:
            return "at a price that is not known"
        case (_, most) if most == 0:
            return "at no cost"
        case (least, most):
            return f"${least:.4f} to ${most:.4f}"
