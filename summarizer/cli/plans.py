"""`--dry-run`: what reports would take, a line each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from summarizer.cli.unread import Unread
from summarizer.errors import SourceError
from summarizer.printable import printable
from summarizer.reading.corpora.rows import Failure

if TYPE_CHECKING:
    from summarizer.document import Document
    from summarizer.extraction.planning import Plan


def show_plans(documents: Iterable[Document | Failure], planned: Callable[[Document], Plan], *, each: bool = True) -> int:
    """Print the plan of `each` document, and of all of them together. Gives the exit status: 1 when some cannot be read."""
    total: Plan | None = None
    number = 0
    with Unread("summarise") as unread:
        for document in documents:
            if isinstance(document, Failure):
                unread.tell(document)
                continue
            plan = planned(document)
            total = plan if total is None else total + plan
            number += 1
            if each:
                click.echo(_line(document.source, plan))
    if total is None:
        return SourceError.exit_status
    if number > 1 or not each:
        click.echo(_line("all", total))
    return int(unread.number > 0)


def _line(name: str, plan: Plan) -> str:
    at_hand = f" ({plan.at_hand:,} at hand)" if plan.at_hand else ""
    name = printable(name)
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
