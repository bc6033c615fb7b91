"""`summarizer model check`: one tiny question, and what works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from summarizer.cli.progress import TerminalProgress
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.llm.checking import Check, Trial

DOES_NOT_WORK = 1


@click.command()
@click.argument("name")
@click.option("--base-url", metavar="URL", help="An OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1.")
def check(name: str, *, base_url: str | None) -> int:
    """Ask the model NAME one tiny question, and print what works. NAME and URL are as `summarise --model` takes them.

    Costs one request of about fifty tokens, and another where the model takes a grammar. Nothing comes from the cache.

    Exit status: 0 all works; 1 the schema or the grammar is not obeyed; 2 unknown model; 4 the model cannot be asked.
    """
    from summarizer.llm import connect
    from summarizer.llm.attempts import Patience
    from summarizer.llm.checking import check as checked

    settings = Settings.from_environment()
    with (
        TerminalProgress() as progress,
        connect(
            name,
            settings=settings,
            base_url=base_url,
            cache=False,
            patience=Patience(reasks=0),  # the first answer is what tells
            progress=progress,
        ) as model,
    ):
        result = checked(model)
    _show(result)
    return 0 if result.works else DOES_NOT_WORK


def _show(result: Check) -> None:
    used = result.usage
    rows = {
        "model": result.profile.name,
        "endpoint": "this program" if result.profile.embedded else result.profile.endpoint,
        "reachable": "yes",
        "schema": _outcome(result.schema),
        "grammar": "not asked: the endpoint is not known to take one" if result.grammar is None else _outcome(result.grammar),
        "latency": f"{result.latency:.2f} s",
        "tokens": f"{used.prompt_tokens} in {_requests(used.calls)}, {used.completion_tokens} in answers",
        "speed": f"{result.tokens_per_second:.0f} tokens a second, in so short an answer"
        if result.tokens_per_second
        else "not told",
    }
    for name, said in rows.items():
        click.echo(f"{name:<{max(map(len, rows))}}  {said}")
    for consequence in result.consequences:
        click.echo(f"\n{consequence}")


def _outcome(trial: Trial) -> str:
    return "obeyed" if trial.obeyed else f"not obeyed: {trial.reason}"


def _requests(count: int) -> str:
    return "1 request" if count == 1 else f"{count} requests"
