"""A run by a provider's batches, from the first round to the last: the table of contents of this room."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from summarizer.batch.corpus import Corpus
from summarizer.batch.provider.batches import Batches
from summarizer.batch.provider.budget import Budget, in_batches
from summarizer.batch.provider.collecting import Collecting
from summarizer.batch.provider.given import Given
from summarizer.batch.provider.lines import Lines
from summarizer.batch.provider.round import Round
from summarizer.batch.provider.settling import Settling
from summarizer.batch.provider.wire import BatchApi
from summarizer.batch.store import Store
from summarizer.batch.tasks import Tasks
from summarizer.batch.working import Listener
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.llm import Profile, connect, key_of, wire
from summarizer.llm.asking import Model
from summarizer.llm.attempts import Clock, Patience
from summarizer.llm.cassette import Noting
from summarizer.llm.prices import price_of
from summarizer.locking import alone
from summarizer.settings import Limits, Settings

_ONCE = Patience(attempts=1)
"""What is in the store is no better the second time."""


def run_in_batches(
    store: Store,
    corpus: Corpus,
    configuration: int,
    *,
    owner: str,
    profile: Profile,
    base_url: str | None,
    settings: Settings,
    limits: Limits,
    brief: Callable[[Model], Callable[[Document], Briefing]],
    retry_failed: bool,
    listener: Listener,
    clock: Clock,
) -> None:
    """Do every document of the corpus that is not done yet by the batches of the model with this profile.

    One process at a time does: another waits, and finds the work done. Raises AnswerError for what the provider does not take,
    LimitReached when nothing more fits, OutputError. What is at the provider then stays there, and the next call collects it.
    """
    price = in_batches(price_of(profile))
    limits = limits.over(settings.limits)
    budget = Budget(limits, price, name=profile.name)
    with (
        alone(store.folder / "owners" / "provider.lock", on_wait=lambda: listener.told("another process does this: waiting")),
        _api(profile, settings=settings, clock=clock) as api,
        _model_over(store, profile, base_url=base_url, settings=settings) as (model, given, noting),
    ):
        lines = Lines(store)
        lines.drop_noted()
        if retry_failed:
            lines.forget_failures()
        batches = Batches(store, configuration=configuration, endpoint=profile.endpoint, model=profile.model)
        collecting = Collecting(store, batches, profile=profile, price=price)
        settling = Settling(
            batches, api, collecting, folder=store.folder, clock=clock, say=listener.told, drop_gone=retry_failed
        )
        tasks = Tasks(store, configuration, owner, corpus=corpus.id)
        round_ = Round(store, tasks, given=given, noting=noting, brief=brief(model), budget=budget, listener=listener)
        begun = time.time()
        corpus.read(configuration, stop=lambda: False, pause=lambda: clock.sleep(1.0))
        if retry_failed:
            tasks.retry_failed(before=begun)
        settling.resume()
        budget.settle(settling.settle())
        while round_.run():
            batches.form()
            budget.settle(settling.settle())


@contextmanager
def _api(profile: Profile, *, settings: Settings, clock: Clock) -> Iterator[BatchApi]:
    key = key_of(profile, settings, required=True)
    with BatchApi(profile, transport=wire(), api_key=key, clock=clock) as api:
        yield api


@contextmanager
def _model_over(
    store: Store, profile: Profile, *, base_url: str | None, settings: Settings
) -> Iterator[tuple[Model, Given, Noting]]:
    """The model, to which nothing is sent, with what it is asked over."""
    given, noting = Given(store, name=profile.name), Noting()
    unlimited = replace(settings, limits=Limits())
    with connect(profile.name, settings=unlimited, base_url=base_url, transport=noting, answers=given, patience=_ONCE) as model:
        yield model, given, noting
