"""What `summarizer model list` prints: the embedded models and the providers, as tables for people or as JSON for programs."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from summarizer.cli.progress import size
from summarizer.cli.tables import table
from summarizer.errors import WeightsError
from summarizer.llm.embedded import weights as store
from summarizer.settings import OTHER_KEY

if TYPE_CHECKING:
    from summarizer.cli.shelf import Shelf
    from summarizer.llm.availability import Availability
    from summarizer.llm.embedded.catalogue import Weights

MODELS_SHOWN = 5
"""How many of the models that a server serves are named in the table; the JSON names all."""


def as_tables(shelf: Shelf) -> str:
    """One table of the embedded models, one of the providers."""
    embedded = [("EMBEDDED", "SIZE", "LICENCE", "INSTALLED"), *(_row(shelf, weights) for weights in shelf.catalogue.values())]
    others = [("PROVIDER", "FOR EXAMPLE", "ENDPOINT", "KEY", "USABLE NOW"), *map(_provider_row, shelf.available())]
    also = f"Also any NAME with --base-url, an OpenAI-compatible endpoint; its key, if it wants one, in {OTHER_KEY}."
    return "\n\n".join([table(embedded), "* is the default.", table(others), also])


def as_json(shelf: Shelf) -> str:
    """The same as one JSON object, with all models that the servers on this machine serve."""
    embedded = [_embedded_entry(shelf, weights) for weights in shelf.catalogue.values()]
    others = [_provider_entry(available) for available in shelf.available()]
    return json.dumps({"embedded": embedded, "providers": others}, indent=2)


def _row(shelf: Shelf, weights: Weights) -> tuple[str, ...]:
    mark = " *" if weights.name == shelf.default else ""
    path, problem = _place(shelf, weights)
    return f"embedded/{weights.name}{mark}", size(weights.size), weights.licence, problem or path or "no"


def _provider_row(available: Availability) -> tuple[str, ...]:
    provider = available.provider
    key = "" if provider.local else provider.key_variable
    verdict = "yes" if available.usable else "no"
    return (
        provider.title,
        _example(available),
        _endpoint(available),
        key,
        f"{verdict}: {available.state}{_named(available.models)}",
    )


def _named(models: tuple[str, ...]) -> str:
    """The models that a server serves, in brackets; the first few."""
    more = f" and {len(models) - MODELS_SHOWN} more" if len(models) > MODELS_SHOWN else ""
    return f" ({', '.join(models[:MODELS_SHOWN])}{more})" if models else ""


def _example(available: Availability) -> str:
    """A name that can be given to --model: where a server says what it serves, one of that."""
    return f"{available.provider.name}/{(*available.models, available.provider.example)[0]}"


def _endpoint(available: Availability) -> str:
    return available.provider.endpoint or f"${available.provider.endpoint_variable}"


def _embedded_entry(shelf: Shelf, weights: Weights) -> dict[str, Any]:  # Any: JSON
    path, problem = _place(shelf, weights)
    return {
        "name": f"embedded/{weights.name}",
        "default": weights.name == shelf.default,
        "size": weights.size,
        "licence": weights.licence,
        "installed": path or None,
        "problem": problem or None,
    }


def _provider_entry(available: Availability) -> dict[str, Any]:  # Any: JSON
    return {
        "name": available.provider.name,
        "example": _example(available),
        "endpoint": _endpoint(available),
        "key_variable": available.provider.key_variable,
        "usable": available.usable,
        "state": available.state,
        "models": list(available.models),
    }


def _place(shelf: Shelf, weights: Weights) -> tuple[str, str]:
    """Where the weights lie, or nothing; and what is wrong with them, or nothing."""
    try:
        path = store.find(weights, folder=shelf.folder)
    except WeightsError as error:
        return "", str(error)
    return "" if path is None else os.fspath(path), ""
