"""Talking to models: `connect` gives a Model, `Model.ask` turns a Prompt into an instance of its response model.

This room knows nothing of reports: it meets the rest of the program only through prompts and answers. Recording, replay
and the cache sit at the transport, below the openai client, so that they serve every endpoint alike. `Model` and `Answer`
live in `asking`, which is imported when a model is connected and not before: openai takes half a second.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import AnswerError, UsageError
from summarizer.llm.families import Strategy
from summarizer.llm.profiles import Profile, profile
from summarizer.progress import Progress
from summarizer.settings import Limits, Settings

if TYPE_CHECKING:
    import httpx2

    from summarizer.llm.asking import Model
    from summarizer.llm.attempts import Patience
    from summarizer.llm.cassette import Answers, Cassette
    from summarizer.llm.pacing import Pace

__all__ = ["Profile", "Strategy", "connect", "connected", "key_of", "profile", "wire"]


def connect(
    name: str,
    *,
    settings: Settings,
    base_url: str | None = None,
    cache: bool = True,
    record: Path | Cassette | None = None,
    replay: Path | Cassette | None = None,
    record_missing: Path | Cassette | None = None,
    limits: Limits | None = None,
    patience: Patience | None = None,
    progress: Progress | None = None,
    transport: httpx2.BaseTransport | None = None,
    answers: Answers | None = None,
    pace: Pace | None = None,
) -> Model:
    """The model of this name, ready to be asked; nothing is loaded or sent before the first question.

    `cache` reuses and keeps answers in the settings' cache folder; `record` keeps them in a folder of its own as well;
    `replay` answers from such a folder alone; `record_missing` answers from it, and asks and keeps what it does not hold.
    At most one of the three; a Cassette in place of a folder remembers what was used. `limits` go before the settings' own;
    `patience` says how often a request is tried. `transport` is asked in place of the endpoint, and wants no key. `answers`
    are kept and looked for there, whatever `cache` says; `pace` is kept by what is sent. Raises UnknownModel, UsageError,
    AnswerError (no key).
    """
    from summarizer.llm import asking, attempts, cassette, metering, pacing, prices

    _check_folders(record=record, replay=replay, record_missing=record_missing)
    wanted = profile(name, base_url=base_url, endpoints=settings.endpoints)
    limits = (limits or Limits()).over(settings.limits)
    patience = patience or attempts.Patience()
    if replay is not None:
        played = cassette.Replaying(_cassette(replay))
        return asking.Model(wanted, transport=played, api_key="replay", limits=limits, patience=patience)
    key = key_of(wanted, settings, required=transport is None)
    price = prices.price_of(wanted)
    live = transport or _live(wanted, settings=settings, progress=progress or Progress())
    if pace is not None:
        live = pacing.Paced(live, pace)
    sent: httpx2.BaseTransport = metering.Metered(live, limits=limits, price=price, name=name)
    if answers is None and cache:
        answers = cassette.InFolder(cassette.Cassette(settings.cache_folder))
    if answers is not None:
        sent = cassette.Caching(sent, answers, endpoint=wanted.provider)
    if record is not None:
        sent = cassette.Recording(sent, _cassette(record), endpoint=wanted.provider)
    if record_missing is not None:
        sent = cassette.RecordingMissing(sent, _cassette(record_missing), endpoint=wanted.provider)
    return asking.Model(wanted, transport=sent, api_key=key, price=price, limits=limits, patience=patience)


@contextmanager
def connected(model: str | Model, *, limits: Limits | None, progress: Progress) -> Iterator[Model]:
    """The model of this name for the length of the block, with the settings of the environment; or one that is connected.

    Raises what `connect` raises, and UsageError for limits beside a connected model, which has its own.
    """
    if isinstance(model, str):
        with connect(model, settings=Settings.from_environment(), limits=limits, progress=progress) as asked:
            yield asked
    elif limits is not None:
        raise UsageError("this model is connected already, with limits of its own: give them to connect")
    else:
        yield model


def _check_folders(**given: Path | Cassette | None) -> None:
    """Before the first question: a recording that cannot be read or written is found out now."""
    folders = {mode: _cassette(each).folder for mode, each in given.items() if each is not None}
    if len(folders) > 1:
        raise UsageError("a run either records or replays: of --record, --replay and --record-missing give one")
    for mode, folder in folders.items():
        if mode == "replay":
            _check_readable(folder)
        else:
            _check_writable(folder)


def _check_readable(folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError(f"there is nothing to replay in {os.fspath(folder)!r}: it is not a folder")


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"nothing can be recorded in {os.fspath(folder)!r} ({error.strerror}): name a folder") from error


def _cassette(given: Path | Cassette) -> Cassette:
    from summarizer.llm.cassette import Cassette

    return given if isinstance(given, Cassette) else Cassette(given)


def _live(wanted: Profile, *, settings: Settings, progress: Progress) -> httpx2.BaseTransport:
    """The endpoint itself, each of its answers bounded in time."""
    from summarizer.llm.live import Live

    if wanted.embedded:
        from summarizer.llm.embedded.transport import EmbeddedTransport

        return Live(EmbeddedTransport(wanted.model, folder=settings.weights_folder, progress=progress))
    return Live(wire())


def wire() -> httpx2.BaseTransport:
    """The way to endpoints on the network, as it is: `Live` bounds what comes. Raises UsageError."""
    import httpx2

    try:
        # How many ask at once is for whoever asks: the library's own bounds would keep some out, and close what is used again.
        unbounded = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
        return httpx2.HTTPTransport(limits=unbounded)
    except OSError as error:
        raise UsageError(
            f"no secure connection can be made, since the certificates cannot be read ({error}): see SSL_CERT_FILE"
        ) from error


def key_of(wanted: Profile, settings: Settings, *, required: bool) -> str:
    """A provider's key goes to that provider only: another endpoint has no business with it.

    Raises AnswerError where one is `required` and there is none, UsageError for what is no key.
    """
    key = settings.keys.get(wanted.key_variable)
    if key is None and wanted.key_required and required:
        raise AnswerError(
            f"{wanted.name!r} needs a key: set {wanted.key_variable}, or leave --model out to use the embedded model"
        )
    if key is not None and not (key.isascii() and key.isprintable()):
        raise UsageError(
            f"{wanted.key_variable} holds a character that no key has: copy it anew, without what stands around it"
        )
    return key or "none"
