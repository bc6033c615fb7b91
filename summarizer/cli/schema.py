"""`summarizer schema`: the JSON Schema of what `--format json` prints."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of a briefing."""
    from summarizer.briefing import json_schema

    click.echo(json.dumps(json_schema(), indent=2))
