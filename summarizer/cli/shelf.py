"""What the commands of `summarizer model` work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from summarizer.errors import UnknownModel
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
    """The weights there are, where they come from and lie, and who else can be asked.

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
