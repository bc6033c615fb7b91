"""What an actor of the cluster does: it holds one connected model, and briefs some documents at once, each in a thread.

It opens no store and keeps no answers: what it hears goes back with the result. Keys are those of its own environment, and
travel nowhere.
"""

from __future__ import annotations

import socket
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from summarizer.batch.cluster.results import Heard, sent
from summarizer.batch.configuration import Configuration
from summarizer.batch.corpus import document_of
from summarizer.batch.working import where
from summarizer.errors import AnswerError, Stopped
from summarizer.llm import Strategy, connect, profile
from summarizer.llm.attempts import Patience
from summarizer.llm.cassette import Exchange, Question
from summarizer.llm.pacing import Pace, Turns
from summarizer.pipeline import summarise
from summarizer.settings import Limits, Policy, Settings


@dataclass(frozen=True, slots=True)
class Job:
    """How documents are briefed: as `connect` and `summarise` take it. `at_once`: documents of one worker.

    `configuration` is that of the run, which each worker must have as well: it reads its own prompts.
    """

    model: str
    base_url: str | None
    strategy: Strategy | None
    prompts: Path | None
    policy: Policy
    limits: Limits
    patience: Patience
    at_once: int
    configuration: Configuration


class Worker:
    """One model for the life of a process."""

    def __init__(self, job: Job, turns: Turns) -> None:
        """`turns`: of the whole cluster. Raises AnswerError on a machine that would make other briefings than the run's."""
        settings = Settings.from_environment()
        asked = profile(job.model, base_url=job.base_url, endpoints=settings.endpoints)
        _require_same(job, Configuration.of(asked, strategy=job.strategy, policy=job.policy, prompts=job.prompts))
        self._job = job
        self._heard = _Heard()
        self._model = connect(
            job.model,
            settings=settings,
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


def _require_same(job: Job, here: Configuration) -> None:
    wanted, found = asdict(job.configuration), asdict(here)
    other = [name for name in wanted if wanted[name] != found[name]]
    if other:
        raise AnswerError(
            f"a worker on {socket.gethostname()} differs in {', '.join(other)}: give every machine the same version and prompts"
        )


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
