"""A run, from the corpus to its last briefing: the table of contents of this room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.batch.answers import StoredAnswers
from summarizer.batch.cluster.cluster import MOST_AT_ONCE, cluster
from summarizer.batch.cluster.worker import Job
from summarizer.batch.configuration import Configuration
from summarizer.batch.corpus import Corpus, Named, was_tried_before
from summarizer.batch.figures import Figures, figures, remember
from summarizer.batch.provider.choosing import require_batches
from summarizer.batch.provider.rounds import run_in_batches
from summarizer.batch.store import FILE, Store
from summarizer.batch.tasks import owner
from summarizer.batch.working import Listener, Work
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.errors import UsageError
from summarizer.llm import Profile, Strategy, connect
from summarizer.llm.asking import Model
from summarizer.llm.attempts import Clock, Patience
from summarizer.llm.pacing import Pace, Turns
from summarizer.llm.prices import price_of
from summarizer.llm.profiles import profile
from summarizer.pipeline import summarise
from summarizer.settings import DEFAULT_MODEL, Limits, Policy, Settings

DEFAULT_WORKERS = 16
DOCUMENTS_A_WORKER = 1.5
"""While answers are made briefings of, others are to be asked for: so many documents are under way for each request."""
PATIENCE = Patience(attempts=20, waiting_seconds=900.0, longest_pause=6.0)
"""Nobody sits and waits for one report: a minute in which an endpoint is not to be had loses none. Pauses are short, since
`Pace` sees to it that an endpoint is not asked too much, and the last report may be the one that pauses."""

Engine = Literal["threads", "ray"]
"""Where briefings are made: in this process, or by the workers of a cluster."""
Via = Literal["live", "provider-batch"]
"""How answers come: each at once, or many within a day, at half the price."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Of whom briefings are asked, and how: as `connect` and `summarise` take it.

    `workers`: requests at once, one where the model is embedded; `per_minute`: requests begun, None without a limit.
    `address`: of the cluster that the engine `ray` uses, None for one that it begins on this machine.
    """

    model: str = DEFAULT_MODEL
    base_url: str | None = None
    strategy: Strategy | None = None
    prompts: Path | None = None
    policy: Policy = "show"
    limits: Limits = Limits()
    replay: Path | None = None
    workers: int = DEFAULT_WORKERS
    per_minute: float | None = None
    via: Via = "live"
    engine: Engine = "threads"
    address: str | None = None

    def profile(self, settings: Settings) -> Profile:
        """How the model is asked. Raises UnknownModel, and UsageError for what cannot be asked in this way."""
        asked = profile(self.model, base_url=self.base_url, endpoints=settings.endpoints)
        if self.via == "provider-batch" and self.engine == "ray":
            raise UsageError("--via provider-batch waits for one provider, and needs no cluster: leave --engine ray out")
        if self.via == "provider-batch":
            strategy, limits = self.strategy or asked.strategy, self.limits.over(settings.limits)
            require_batches(asked, strategy=strategy, limits=limits, is_replayed=self.replay is not None)
        if self.engine == "ray":
            self._require_one_process(settings)
        elif self.address is not None:
            raise UsageError("--address is that of a cluster: add --engine ray, or leave it out")
        return asked

    def _require_one_process(self, settings: Settings) -> None:
        limits = self.limits.over(settings.limits)
        if self.replay is not None or any(limit is not None for limit in (limits.calls, limits.tokens, limits.cost)):
            raise UsageError(
                "--replay, --max-calls, --max-tokens and --max-cost (also from the environment) are kept by one process:"
                " leave them or --engine ray out"
            )

    def configuration(self, settings: Settings) -> Configuration:
        """What briefings made so depend on. Raises UsageError."""
        asked = self.profile(settings)
        return Configuration.of(asked, strategy=self.strategy, policy=self.policy, prompts=self.prompts)

    def require_ready(self, settings: Settings) -> None:
        """Let pass what can be asked: a key is there, and what limits need is known. Raises what `connect` raises."""
        connect(
            self.model, settings=settings, base_url=self.base_url, replay=self.replay, limits=self.limits, cache=False
        ).close()

    def connect(self, store: Store, settings: Settings, *, turns: Turns | None = None) -> Model:
        """The model, whose answers are kept in the store; `turns` shared with others. Raises what `connect` raises."""
        return connect(
            self.model,
            settings=settings,
            base_url=self.base_url,
            replay=self.replay,
            limits=self.limits,
            answers=self.answers(store, settings),
            patience=PATIENCE,
            pace=Pace(most=self.workers, per_minute=None if turns else self.per_minute, turns=turns),
        )

    def answers(self, store: Store, settings: Settings) -> StoredAnswers:
        """Where answers are kept, each with what it took."""
        return StoredAnswers(store, price=price_of(self.profile(settings)))

    def job(self, settings: Settings) -> Job:
        """What workers of a cluster are to do."""
        return Job(
            model=self.model,
            base_url=self.base_url,
            strategy=self.strategy,
            prompts=self.prompts,
            policy=self.policy,
            limits=Limits(seconds=self.limits.over(settings.limits).seconds),
            patience=PATIENCE,
            at_once=min(self.workers, MOST_AT_ONCE),
            configuration=self.configuration(settings),
        )

    def brief(self, model: Model) -> Callable[[Document], Briefing]:
        """What makes a briefing of a document."""
        return lambda document: summarise(
            document, model=model, strategy=self.strategy, prompts=self.prompts, policy=self.policy
        )


def run(
    named: Named,
    folder: Path,
    *,
    asking: Asking,
    settings: Settings,
    retry_failed: bool = False,
    listener: Listener | None = None,
    begun: Callable[[Callable[[], Figures]], None] = lambda look: None,
    clock: Clock = Clock(),
) -> Figures:
    """Do every document of a corpus that is not done yet, in the run that this folder holds, and count what came of all.

    May be called again after whatever ended it, and by several processes at the same time. `retry_failed` tries those again
    that failed. `begun` is given what tells the figures while it goes on; `clock` is that of whoever waits for a provider.

    Raises UsageError for wrong arguments, SourceError for a corpus that is not there, OutputError for a folder in which no
    run can be kept, and AnswerError or LimitReached where going on would not help; what was done stays.
    """
    configuration = asking.configuration(settings)
    asking.require_ready(settings)
    named.require_there()
    _require_apart(named, folder)
    with (
        Store(folder, create=True) as store,
        Store(folder) as looked_at,  # who counts keeps nobody from working
        owner(folder) as name,
    ):
        number = configuration.id(store)
        corpus = Corpus(store, named)

        def look() -> Figures:
            return figures(looked_at, corpus.id, number)

        begun(look)
        listener = listener or Listener()
        if asking.via == "provider-batch":
            remember(store, corpus.id, number)
            run_in_batches(
                store,
                corpus,
                number,
                owner=name,
                profile=asking.profile(settings),
                base_url=asking.base_url,
                settings=settings,
                limits=asking.limits,
                brief=asking.brief,
                retry_failed=retry_failed,
                listener=listener,
                clock=clock,
            )
        else:
            engine = _cluster if asking.engine == "ray" else _threads
            with engine(asking, store, settings) as (workers, brief):
                remember(store, corpus.id, number)
                work = Work(
                    store,
                    corpus,
                    number,
                    owner=name,
                    workers=workers,
                    brief=brief,
                    listener=listener,
                    retry_failed=retry_failed,
                )
                work.run()
        return look()


@contextmanager
def _threads(asking: Asking, store: Store, settings: Settings) -> Iterator[tuple[int, Callable[[Document], Briefing]]]:
    """How many documents at once, and what briefs one: in this process."""
    with asking.connect(store, settings) as model:
        yield 1 if model.profile.embedded else int(asking.workers * DOCUMENTS_A_WORKER), asking.brief(model)


@contextmanager
def _cluster(asking: Asking, store: Store, settings: Settings) -> Iterator[tuple[int, Callable[[Document], Briefing]]]:
    """Likewise, by the workers of a cluster. What somebody had before is briefed here: answers may be in the store."""
    embedded = asking.profile(settings).embedded
    with (
        cluster(
            asking.job(settings),
            workers=None if embedded else asking.workers,
            per_minute=asking.per_minute,
            address=asking.address,
            answers=asking.answers(store, settings),
        ) as there,
        asking.connect(store, settings, turns=there.turns) as model,
    ):
        here = asking.brief(model)
        yield there.places, lambda document: (here if was_tried_before(store, document) else there.brief)(document)


def _require_apart(named: Named, folder: Path) -> None:
    """Let a folder pass that is no part of the corpus, which would read the run as a report, another one each time."""
    if named.holds(folder / FILE):
        raise UsageError(f"the run in {str(folder)!r} would be a part of its own corpus: name another folder")
