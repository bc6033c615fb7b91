"""Which providers can be asked now: a key is set, an endpoint is set, a server on this machine answers.

Nothing leaves the machine to find that out, and no key is sent to anybody: whoever listens on a port of this machine may not
be the server that is expected there. http.client and not the HTTP library of the rest, since it takes no proxy from the
environment and costs next to nothing to import.
"""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from summarizer.errors import UsageError
from summarizer.llm.families import Provider, providers
from summarizer.llm.profiles import endpoint
from summarizer.settings import Settings

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 0.5
LONGEST_LIST = 1_000_000
"""Bytes of a server's list of models that are read: what is longer is no such list."""


class NoAnswer(Exception):
    """A server on this machine that does not say what it serves; the message is why, as people are told it."""


class KeyWanted(NoAnswer):
    """A server on this machine that says nothing without a key."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether the models of a provider can be asked now. `state` says why, in a few words; `models` is what a server serves."""

    provider: Provider
    usable: bool
    state: str
    models: tuple[str, ...] = ()


def availabilities(settings: Settings, *, ask: Callable[[str], tuple[str, ...]] | None = None) -> tuple[Availability, ...]:
    """One for each provider but the embedded one, in their order; servers on this machine are asked at the same time.

    `ask` gives the names of the models that are served at a base URL, or raises NoAnswer.
    """
    others = [provider for provider in providers().values() if provider.name != "embedded"]
    with ThreadPoolExecutor(max_workers=len(others)) as pool:
        return tuple(pool.map(lambda provider: _availability(provider, settings, ask or models_served), others))


def _availability(provider: Provider, settings: Settings, ask: Callable[[str], tuple[str, ...]]) -> Availability:
    if not provider.local:
        missing = _missing(provider, settings)
        return Availability(provider, usable=not missing, state=", ".join(missing) or "key set")
    try:
        models = ask(provider.endpoint)
    except KeyWanted as why:
        return Availability(provider, usable=provider.key_variable in settings.keys, state=str(why))
    except NoAnswer as why:
        return Availability(provider, usable=False, state=str(why))
    return Availability(provider, usable=bool(models), state="running" if models else "running, without a model", models=models)


def _missing(provider: Provider, settings: Settings) -> tuple[str, ...]:
    """What the user has yet to set before this provider can be asked."""
    key = () if provider.key_variable in settings.keys else ("no key",)
    try:
        endpoint(provider, endpoints=settings.endpoints)
    except UsageError:
        unset = provider.endpoint_variable not in settings.endpoints
        return ("no endpoint" if unset else "the endpoint is no URL", *key)
    return key


def models_served(base_url: str) -> tuple[str, ...]:
    """The names of the models that the server at this base URL on this machine serves. Raises NoAnswer."""
    place = urlsplit(base_url)
    if place.hostname != LOOPBACK:
        raise NoAnswer("not on this machine")
    connection = http.client.HTTPConnection(LOOPBACK, place.port or 80, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", f"{place.path}/models", headers={"Accept": "application/json"})
        response = connection.getresponse()
        listed = _read(response)
    except ConnectionRefusedError:
        raise NoAnswer("not running") from None
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer("something is there, but does not answer") from error
    finally:
        connection.close()
    if response.status in (401, 403):
        raise KeyWanted("running, asks for a key")
    return _names(listed)


def _read(response: http.client.HTTPResponse) -> bytes:
    """The body. A time-out is for each piece that comes, so that a server that sends drop by drop needs a second limit."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    body = b""
    while len(body) <= LONGEST_LIST and (piece := response.read1(65_536)):
        if time.monotonic() > deadline:
            raise TimeoutError
        body += piece
    return body


def _names(listed: bytes) -> tuple[str, ...]:
    try:
        return tuple(str(model["id"]) for model in json.loads(listed)["data"] or ())
    except (ValueError, KeyError, TypeError) as error:
        raise NoAnswer("something else answers there") from error
