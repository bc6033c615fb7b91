"""Talking to models: `connect` gives a Model, `Model.ask` turns a Prompt into an instance of its response model.

This room knows nothing of reports: it meets the rest of the program only through prompts and answers. Recording, replay
and the cache sit at the transport, below the openai client, so that they serve every endpoint alike. `Model` and `Answer`
live in `asking`, which is imported when a model is connected and not before: openai takes half a second.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from summarizer.errors import AnswerError, UsageError
from summarizer.llm.families import Strategy
from summarizer.llm.profiles import Profile, profile
from summarizer.progress import Progress
from summarizer.settings import Settings

if TYPE_CHECKING:
    import httpx2

    from summarizer.llm.asking import Model

__all__ = ["Profile", "Strategy", "connect", "profile"]


def connect(
    name: str,
    *,
    settings: Settings,
    base_url: str | None = None,
    cache: bool = True,
    record: Path | None = None,
    replay: Path | None = None,
    progress: Progress | None = None,
) -> Model:
    """The model of this name, ready to be asked; nothing is loaded or sent before the first question.

    `cache` reuses and keeps answers in the settings' cache folder; `record` keeps them in a folder of its own as well;
    `replay` answers from such a folder alone. Raises UnknownModel, UsageError, AnswerError (no key).
    """
    from summarizer.llm import asking, cassette

    _check_folders(record, replay)
    wanted = profile(name, base_url=base_url, endpoints=settings.endpoints)
    if replay is not None:
        return asking.Model(wanted, transport=cassette.Replaying(cassette.Cassette(replay)), api_key="replay")
    transport = _live(wanted, settings=settings, progress=progress or Progress())
    if cache:
        transport = cassette.Keeping(transport, cassette.Cassette(settings.cache_folder), reuse=True)
    if record is not None:
        transport = cassette.Keeping(transport, cassette.Cassette(record), reuse=False)
    return asking.Model(wanted, transport=transport, api_key=_key(wanted, settings))


def _check_folders(record: Path | None, replay: Path | None) -> None:
    """Before the first question: a recording that cannot be read or written is found out now."""
    if record is not None and replay is not None:
        raise UsageError("a run either records or replays: leave --record or --replay out")
    if replay is not None and not replay.is_dir():
        raise UsageError(f"there is nothing to replay in {os.fspath(replay)!r}: it is not a folder")
    if record is not None:
        try:
            record.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"nothing can be recorded in {os.fspath(record)!r} ({error.strerror}): name a folder") from error


def _live(wanted: Profile, *, settings: Settings, progress: Progress) -> httpx2.BaseTransport:
    if wanted.embedded:
        from summarizer.llm.embedded.transport import EmbeddedTransport

        return EmbeddedTransport(wanted.model, folder=settings.weights_folder, progress=progress)
    import httpx2

    return httpx2.HTTPTransport()


def _key(wanted: Profile, settings: Settings) -> str:
    """A provider's key goes to that provider only: another endpoint has no business with it."""
    key = settings.keys.get(wanted.key_variable)
    if key is None and wanted.key_required:
        raise AnswerError(
            f"{wanted.name!r} needs a key: set {wanted.key_variable}, or leave --model out to use the embedded model"
        )
    return key or "none"
