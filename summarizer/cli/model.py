"""`summarizer model ...`: which models can be asked now, and the weights of the embedded ones on this machine."""

from __future__ import annotations

import os
import time

import click

from summarizer.cli import listing
from summarizer.cli.progress import TerminalProgress, size
from summarizer.cli.shelf import Shelf, name_argument, on_the_shelf
from summarizer.errors import WeightsError
from summarizer.llm.embedded import weights as store


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def model() -> None:
    """Say which models can be asked, check and serve them; fetch, find and remove those that run inside this program."""


@model.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with all models that local servers serve.")
@on_the_shelf
def list_(shelf: Shelf, *, as_json: bool) -> None:
    """List the embedded models and the providers, and which can be used now. Nothing leaves the machine."""
    click.echo(listing.as_json(shelf) if as_json else listing.as_tables(shelf))


@model.command()
@name_argument
@on_the_shelf
def pull(shelf: Shelf, name: str | None) -> None:
    """Fetch the weights of NAME, the default model if left out. Does nothing when they are there."""
    weights = shelf.weights(name)
    if (path := store.find(weights, folder=shelf.folder)) is not None:
        click.echo(f"{weights.name} is installed: {os.fspath(path)}", err=True)
        return
    start = time.monotonic()
    with TerminalProgress() as progress:
        path = store.pull(weights, folder=shelf.folder, progress=progress, sources=shelf.sources)
    click.echo(f"Fetched {weights.name} in {time.monotonic() - start:.0f} s: {os.fspath(path)}", err=True)


@model.command("path")
@name_argument
@on_the_shelf
def path_(shelf: Shelf, name: str | None) -> None:
    """Print where the weights of NAME lie."""
    weights = shelf.weights(name)
    path = store.find(weights, folder=shelf.folder)
    if path is None:
        raise WeightsError(f"{weights.name!r} is not installed: run `summarizer model pull {weights.name}`")
    click.echo(os.fspath(path))


@model.command()
@name_argument
@on_the_shelf
def remove(shelf: Shelf, name: str | None) -> None:
    """Delete the weights of NAME from this machine."""
    weights = shelf.weights(name)
    freed = store.remove(weights, folder=shelf.folder)
    click.echo(f"Removed {weights.name}: {size(freed)} freed" if freed else f"{weights.name} is not installed", err=True)
