"""`summarizer model ...`: which models can be asked now, and the weights of the embedded ones on this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.cli import listing
from summarizer.cli.progress import TerminalProgress, size
from summarizer.errors import UnknownModel, WeightsError
from summarizer.llm.embedded import weights as store
from summarizer.llm.embedded.catalogue import CATALOGUE, Weights
from summarizer.llm.embedded.sources import SOURCES, Source
from summarizer.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    from summarizer.llm.availability import Availability
    from summarizer.llm.embedded.transport import Load

PREFIX = "embedded/"


def _available_now() -> tuple[Availability, ...]:
    from summarizer.llm.availability import availabilities

    return availabilities(Settings.from_environment())


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the commands work on: the weights there are, where they come from and lie, and who else can be asked.

    A test brings its own.
    """

    catalogue: Mapping[str, Weights] = field(default_factory=lambda: CATALOGUE)
    sources: tuple[Source, ...] = SOURCES
    default: str = DEFAULT_MODEL.removeprefix(PREFIX)
    folder: Path = field(default_factory=lambda: Settings.from_environment().weights_folder)
    available: Callable[[], tuple[Availability, ...]] = _available_now
    load: Load | None = None  # None: as the embedded model loads them

    def weights(self, name: str | None) -> Weights:
        """The weights of this name, with or without `embedded/` before it; the default's for None."""
        wanted = self.default if name is None else name.removeprefix(PREFIX)
        if wanted not in self.catalogue:
            raise UnknownModel(f"no embedded model is called {name!r}: there are {', '.join(self.catalogue)}")
        return self.catalogue[wanted]


on_the_shelf = click.make_pass_decorator(Shelf, ensure=True)
name_argument = click.argument("name", required=False)


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
