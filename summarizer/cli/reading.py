"""The options of every command that reads reports: how long they may be, and what becomes of words that nobody sees."""

from __future__ import annotations

import click

from summarizer.settings import DEFAULT_MAX_CHARACTERS

max_characters_option = click.option(
    "--max-characters",
    type=click.IntRange(min=1),
    default=DEFAULT_MAX_CHARACTERS,
    show_default=True,
    help="Refuse longer reports.",
)
keep_hidden_option = click.option(
    "--keep-hidden",
    is_flag=True,
    help="Keep words that nobody sees who looks at the report, marked; they are left out otherwise, and listed.",
)
