"""The options of every command that briefs reports: what is asked, how, and where answers are kept and come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from summarizer.settings import DEFAULT_MODEL

Command = TypeVar("Command", bound=Callable[..., Any])  # Any: click's commands take what their options say


class Folder(click.Path):
    """A folder, by a name that is not empty: an empty one would mean the folder where the program runs."""

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """The path. Fails for an empty name."""
        if value == "":
            self.fail("the name is empty", param, context)
        return super().convert(value, param, context)


folder = Folder(path_type=Path)

ASKING = (
    click.option(
        "--model",
        default=DEFAULT_MODEL,
        show_default=True,
        help="PROVIDER/NAME (`summarizer model list` shows which), or any name with --base-url.",
    ),
    click.option("--base-url", metavar="URL", help="An OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1."),
    click.option(
        "--strategy",
        type=click.Choice(["whole", "passage"]),
        help="One call over the report, or one a sentence.  [default: the model's]",
    ),
    click.option("--prompts", type=folder, metavar="DIR", help="Your own templates."),
)
RECORDING = (
    click.option("--no-cache", is_flag=True, help="Ask anew, and keep no answers."),
    click.option("--record", type=folder, metavar="DIR", help="Keep every request and answer here, to read and to replay."),
    click.option("--replay", type=folder, metavar="DIR", help="Answer from such a folder alone; nothing is asked."),
    click.option(
        "--record-missing",
        type=folder,
        metavar="DIR",
        help="Answer from such a folder; ask and keep there what it does not hold.",
    ),
)


def asking_options(command: Command) -> Command:
    """Give a command `model`, `base_url`, `strategy` and `prompts`."""
    return _with(ASKING, command)


def recording_options(command: Command) -> Command:
    """Give a command `no_cache`, and `record`, `replay` and `record_missing` as `connect` takes them."""
    return _with(RECORDING, command)


def _with(options: tuple[Callable[[Command], Command], ...], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command
