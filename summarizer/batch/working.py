"""Briefing the documents of a run until none is left, from several threads, beside other processes that do the same.

What fails is kept with its reason, and the next document is taken. The work ends early where going on would not help: at a
limit of the user's, without a key or a quota, or when the endpoint gave nobody an answer for a while. Then, as on Ctrl-C,
what was taken is given back; the answers that came are in the store.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from summarizer.batch.corpus import Corpus, document
from summarizer.batch.store import Store
from summarizer.batch.tasks import LEASE_SECONDS, FailureClass, Task, Tasks
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.errors import CassetteMiss, DeadlineReached, GivenUp, NothingUsable, OutputError, RequestRefused, Stopped

_PAUSE = 0.2
"""Seconds after which to look again whether there is something to do."""
_LOOK_FOR_ABANDONED = 2.0
_SECONDS_TO_FINISH = 60.0
"""For what is under way when the work ends early by itself."""
_GIVEN_UP_IN_A_ROW = 3
"""Documents, and no fewer than there are workers, after which the endpoint is taken to answer nobody."""


class WorkerDied(Stopped):
    """The process that worked on a document for us died, each time that it was given one."""


OF_ONE_DOCUMENT: dict[type[Stopped], FailureClass] = {
    DeadlineReached: "deadline",
    GivenUp: "no answer",
    RequestRefused: "no answer",
    NothingUsable: "unusable",
    CassetteMiss: "not recorded",
    WorkerDied: "died",
}
"""What says nothing of the next document."""


class Listener:
    """Told what goes on. The methods do nothing here: override those that you want to hear. Called from several threads."""

    def failed(self, source: str, why: FailureClass, reason: str) -> None:
        """One more document failed."""

    def told(self, words: str) -> None:
        """Something happened that takes long, and may be said in a line."""


class Work:
    """The work of one process on a run."""

    def __init__(
        self,
        store: Store,
        corpus: Corpus,
        configuration: int,
        *,
        owner: str,
        workers: int,
        brief: Callable[[Document], Briefing],
        listener: Listener,
        retry_failed: bool = False,
    ) -> None:
        """`retry_failed`: try those again that had failed by now."""
        self._retried_before = time.time() if retry_failed else None
        self._store = store
        self._corpus = corpus
        self._configuration = configuration
        self._tasks = Tasks(store, configuration, owner, corpus=corpus.id)
        self._workers = workers
        self._brief = brief
        self._listener = listener
        self._lock = threading.Lock()
        self._held: dict[int, Task] = {}  # by attempt
        self._given_up = 0
        self._stopped: BaseException | None = None
        self._stopped_at = 0.0
        self._stop = threading.Event()
        self._all_planned = threading.Event()

    def run(self) -> None:
        """Work until every document is done or failed. Raises Stopped or OutputError where that ended it early."""
        threads = [threading.Thread(target=self._guarded(self._work), daemon=True) for _ in range(self._workers)]
        threads.append(threading.Thread(target=self._guarded(self._read_corpus), daemon=True))
        beating = threading.Thread(target=self._guarded(self._beat), daemon=True)
        self._tasks.free_abandoned()
        try:
            for thread in (*threads, beating):
                thread.start()
            for thread in threads:
                while thread.is_alive() and not self._is_over():
                    thread.join(_PAUSE)
        finally:
            self._stop.set()
            self._give_back()
        if self._stopped is not None:
            raise self._stopped

    def _work(self) -> None:
        looked = time.monotonic()
        while not self._stop.is_set():
            task = self._take()
            if task is not None:
                self._do(task)
            elif self._all_planned.is_set() and not self._tasks.are_open():
                return
            else:
                if time.monotonic() - looked > _LOOK_FOR_ABANDONED:
                    looked = time.monotonic()
                    self._tasks.free_abandoned()
                self._stop.wait(_PAUSE)

    def _take(self) -> Task | None:
        with self._lock:
            if self._stop.is_set():
                return None
            task = self._tasks.claim()
            if task is not None:
                self._held[task.attempt] = task
            return task

    def _do(self, task: Task) -> None:
        read = document(self._store, task.document)
        try:
            self._finish(task, self._brief(read))
        except Stopped as stopped:
            self._failed(task, read, stopped)
        except OutputError:
            raise  # nothing can be kept: this is no fault of the report
        except Exception as error:  # noqa: BLE001 - the edge of the batch: a fault of ours at one report ends no others
            self._settle(task, "fault", where(error), read)

    def _finish(self, task: Task, briefing: Briefing) -> None:
        with self._lock:
            self._given_up = 0
            if task.attempt in self._held:
                self._tasks.finish(task, briefing)
                del self._held[task.attempt]

    def _failed(self, task: Task, read: Document, stopped: Stopped) -> None:
        why = next((why for kind, why in OF_ONE_DOCUMENT.items() if isinstance(stopped, kind)), None)
        with self._lock:
            self._given_up = self._given_up + 1 if why == "no answer" else 0
            nobody_answers = self._given_up >= max(_GIVEN_UP_IN_A_ROW, self._workers)
        if why is None or nobody_answers:
            with self._lock:
                if self._held.pop(task.attempt, None) is not None:
                    self._tasks.give_back(task)
            self._end(stopped)
            return
        self._settle(task, why, str(stopped), read)

    def _settle(self, task: Task, why: FailureClass, reason: str, read: Document) -> None:
        with self._lock:
            if self._held.pop(task.attempt, None) is None or not self._tasks.fail(task, why, reason):
                return
        self._listener.failed(read.source, why, reason)

    def _read_corpus(self) -> None:
        self._corpus.read(self._configuration, stop=self._stop.is_set, pause=lambda: self._stop.wait(_PAUSE))
        if self._retried_before is not None:  # only now is it known which are of this corpus
            self._tasks.retry_failed(before=self._retried_before)
        self._all_planned.set()

    def _guarded(self, part: Callable[[], None]) -> Callable[[], None]:
        """What ends a thread ends the work, and is raised where it was begun."""

        def run() -> None:
            try:
                part()
            except BaseException as error:  # noqa: BLE001 - carried to whoever waits, who raises it
                self._end(error)

        return run

    def _beat(self) -> None:
        while not self._stop.wait(LEASE_SECONDS / 4):
            self._tasks.renew()

    def _end(self, why: BaseException) -> None:
        with self._lock:
            if self._stopped is None:
                self._stopped, self._stopped_at = why, time.monotonic()
            self._stop.set()

    def _is_over(self) -> bool:
        """Whether not to wait for the others: at a limit, what they have asked is paid for, and its answers may be coming."""
        if self._stopped is None:
            return False
        return not isinstance(self._stopped, Stopped) or time.monotonic() > self._stopped_at + _SECONDS_TO_FINISH

    def _give_back(self) -> None:
        """Let others have what was taken. Where that cannot be written, they have it once we are gone."""
        with self._lock, suppress(OutputError):
            for task in self._held.values():
                self._tasks.give_back(task)
            self._held.clear()


def where(error: Exception) -> str:
    """What went wrong, and where in the program, in one line."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(last.filename).name}, line {last.lineno})"
