"""What an actor of the cluster does: it holds one connected model, and briefs some documents at once, each in a thread.

It opens no store and keeps no answers: what it hears goes back with the result. Keys are those of its own environment, and
travel nowhere.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from summarizer.batch.cluster.results import Heard, sent
from summarizer.batch.corpus import document_of
from summarizer.batch.working import where
from summarizer.errors import Stopped
from summarizer.llm import Strategy, connect
from summarizer.llm.attempts import Patience
from summarizer.llm.cassette import Exchange, Question
from summarizer.llm.pacing import Pace
from summarizer.pipeline import summarise
from summarizer.settings import Limits, Policy, Settings


@dataclass(frozen=True, slots=True)
class Job:
    """How documents are briefed: as `connect` and `summarise` take it. `at_once`: documents of one worker."""

    model: str
    base_url: str | None
    strategy: Strategy | None
    prompts: Path | None
    policy: Policy
    limits: Limits
    patience: Patience
    at_once: int


class Worker:
    """One model for the life of a process."""

    def __init__(self, job: Job, turns: Callable[[], float] | None) -> None:
        """`turns`: seconds until the next request of the whole cluster may begin; None without a rate."""
        self._job = job
        self._heard = _Heard()
        self._model = connect(
            job.model,
            settings=Settings.from_environment(),
            base_url=job.base_url,
            limits=job.limits,
            answers=self._heard,
            patience=job.patience,
            pace=Pace(most=job.at_once, turns=turns),
        )

    def brief(self, content: str) -> str:
        """The result of a document, given as the JSON that the store has."""
        self._heard.begin()
        try:
            made = summarise(
                document_of(content),
                model=self._model,
                strategy=self._job.strategy,
                prompts=self._job.prompts,
                policy=self._job.policy,
            )
        except Stopped as stopped:
            return sent(stopped, self._heard.so_far())
        except Exception as error:  # noqa: BLE001 - the edge of the batch, as in `working`
            return sent(error, self._heard.so_far(), reason=where(error))
        return sent(made, self._heard.so_far())


class _Heard:
    """Keeps what each thread hears about its document; finds nothing."""

    def __init__(self) -> None:
        self._of_thread = threading.local()

    def begin(self) -> None:
        self._of_thread.heard = []

    def so_far(self) -> list[Heard]:
        heard: list[Heard] = self._of_thread.heard
        return heard

    def find(self, question: Question) -> Exchange | None:
        return None

    def keep(self, exchange: Exchange, *, whole: bool) -> None:
        self._of_thread.heard.append(Heard(exchange, whole))

    def forget(self, question: Question) -> None:
        kept = (replace(each, whole=False) if each.exchange.question == question else each for each in self.so_far())
        self._of_thread.heard = list(kept)
