"""The actors of a run on a cluster, and which of them gets a document. The only module that knows Ray.

Ray's actors, not its Dataset: a dataset is a whole that is done or not, and a run is done document by document, each result
written once, while it goes on. An actor that dies is begun anew by Ray, elsewhere if need be, and what it worked on is given
to another; a document at which two died gets an actor of its own, so that it can take no others with it.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from summarizer.batch.answers import StoredAnswers
from summarizer.batch.cluster.results import received
from summarizer.batch.cluster.turns import KeptTurns
from summarizer.batch.cluster.worker import Job, Worker
from summarizer.batch.corpus import content_of
from summarizer.batch.tasks import DEATHS_OF_A_SUSPECT, MOST_DEATHS
from summarizer.batch.working import WorkerDied
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.errors import AnswerError, UsageError
from summarizer.llm.pacing import Turns

MOST_AT_ONCE = 16
"""Documents of one actor: more threads would wait for one interpreter."""
_TURNS = "turns"
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "1", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}


class Cluster:
    """The actors of one run. `brief` may be called from as many threads as there are places."""

    def __init__(
        self, ray: Any, actors: list[Any], remote: Any, answers: StoredAnswers, *, turns: Turns, places: int
    ) -> None:  # Any: Ray's own
        self.turns = turns
        self.places = places
        self._ray = ray
        self._actors = actors
        self._remote = remote
        self._answers = answers
        self._busy = [0] * len(actors)
        self._lock = threading.Lock()

    def brief(self, document: Document) -> Briefing:
        """The briefing that some actor makes of it. What was heard is in the store, whatever came of it.

        Raises what a `Worker` raises, and WorkerDied.
        """
        content = content_of(document)
        for deaths in range(MOST_DEATHS):
            result = self._alone(content) if deaths >= DEATHS_OF_A_SUSPECT else self._among_others(content)
            if result is not None:
                return self._made(result)
        raise WorkerDied(f"the worker died {MOST_DEATHS} times while it worked on it")

    def _made(self, result: str) -> Briefing:
        made, heard = received(result)
        for each in heard:
            self._answers.keep(each.exchange, whole=each.whole)
        if isinstance(made, Exception):
            raise made
        return made

    def _among_others(self, content: str) -> str | None:
        """The result of the actor that has least to do; None where it died."""
        with self._lock:
            chosen = min(range(len(self._actors)), key=self._busy.__getitem__)
            self._busy[chosen] += 1
        try:
            return self._result(self._actors[chosen], content)
        finally:
            with self._lock:
                self._busy[chosen] -= 1

    def _alone(self, content: str) -> str | None:
        actor = self._remote(at_once=1)
        try:
            return self._result(actor, content)
        finally:
            self._ray.kill(actor)

    def _result(self, actor: Any, content: str) -> str | None:  # Any: an actor of Ray
        try:
            result: str = self._ray.get(actor.brief.remote(content))
        except self._ray.exceptions.ActorDiedError as error:
            if "creation task" in str(error):
                raise AnswerError(
                    f"the workers of the cluster cannot begin ({_last_line(error)}): see docs/cluster.md"
                ) from None
            return None
        except (self._ray.exceptions.RayActorError, self._ray.exceptions.WorkerCrashedError):
            return None
        return result


@contextmanager
def cluster(
    job: Job, *, workers: int | None, per_minute: float | None, address: str | None, answers: StoredAnswers
) -> Iterator[Cluster]:
    """The actors for so many documents at once, on the cluster at this address, or on one that is begun on this machine.

    `workers`: None for one on each machine, which is all that an embedded model can use.

    Raises UsageError where Ray is not installed, or there is no cluster at the address.
    """
    os.environ.update(_QUIET)
    ray = _ray()
    # Deaths are counted here; Ray prints a page about each on stdout, and has no option against it.
    ray._private.worker._worker_logs_enabled = False  # noqa: SLF001
    try:
        # Without an address Ray would join whatever cluster RAY_ADDRESS names, or somebody on this machine began last.
        ray.init(
            address=address or "local",
            include_dashboard=None if address else False,
            log_to_driver=False,
            logging_level="ERROR",
        )
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise UsageError(
            f"no cluster of Ray answers at {address!r} ({_last_line(error)}): start one, or leave --address out"
        ) from error
    try:

        def remote(*, at_once: int) -> Any:  # Any: an actor of Ray
            actor = ray.remote(num_cpus=0, max_restarts=-1, max_concurrency=at_once)(_Actor)
            return actor.options(scheduling_strategy="SPREAD").remote(job)

        places = _machines(ray) if workers is None else workers
        number = places if workers is None else _number_of_actors(ray, workers)
        turns = _shared_turns(ray, at_once=places, per_minute=per_minute)
        actors = [remote(at_once=math.ceil(places / number)) for _ in range(number)]
        yield Cluster(ray, actors, remote, answers, turns=turns, places=places)
    finally:
        ray.shutdown()


def _shared_turns(ray: Any, *, at_once: int, per_minute: float | None) -> Turns:  # Any: Ray's own
    """The turns, which workers of this run find by their name: Ray warns of handles among what an actor is begun with."""
    lasting = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)(KeptTurns)
    return _FarTurns(ray, lasting.options(name=_TURNS).remote(at_once=at_once, per_minute=per_minute))


class _Actor:
    """A worker in a process of the cluster."""

    def __init__(self, job: Job) -> None:
        import ray

        self._worker = Worker(job, _FarTurns(ray, ray.get_actor(_TURNS)))

    def brief(self, content: str) -> str:
        return self._worker.brief(content)


class _FarTurns:
    """The turns, asked from a worker."""

    def __init__(self, ray: Any, turns: Any) -> None:  # Any: Ray's own
        self._ray = ray
        self._turns = turns

    def take(self) -> float | None:
        wait: float | None = self._ray.get(self._turns.take.remote())
        return wait

    def still(self) -> float | None:
        wait: float | None = self._ray.get(self._turns.still.remote())
        return wait

    def close(self, seconds: float) -> None:
        self._ray.get(self._turns.close.remote(seconds))


def _number_of_actors(ray: Any, workers: int) -> int:  # Any: Ray's own
    """One a processor, as far as each has something to do, but enough that none has too much."""
    processors = max(1, int(ray.cluster_resources().get("CPU", 1)))
    return max(min(workers, processors), math.ceil(workers / MOST_AT_ONCE))


def _machines(ray: Any) -> int:  # Any: Ray's own
    return sum(bool(node["Alive"]) for node in ray.nodes())


def _ray() -> Any:  # Any: what is not installed everywhere
    try:
        import ray
        import ray.exceptions
    except ModuleNotFoundError as error:
        raise UsageError("a cluster is run by Ray: pip install 'summarizer[ray]'") from error
    return ray


def _last_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[-1][:200]
