"""One round: the pipeline of every document that waits, over the answers in the store; what they lack is noted.

A document for which nothing had to be noted is done, or has failed; the others are given back, and wait for the next round.
"""

from __future__ import annotations

from collections.abc import Callable

from summarizer.batch.corpus import document
from summarizer.batch.provider.budget import Budget
from summarizer.batch.provider.given import Given
from summarizer.batch.provider.lines import Lines
from summarizer.batch.store import Store
from summarizer.batch.tasks import GIVEN_BACK, FailureClass, Task, Tasks
from summarizer.batch.working import OF_ONE_DOCUMENT, Listener, where
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.errors import GivenUp, LimitReached, Stopped
from summarizer.llm.cassette import Noting, Question

MOST_ROUNDS = 12
"""In which one document asks something: first passages, the others, what is left where answers are cut, reasks of each."""
ASKED = "asked"
"""What became of an attempt that left questions."""


class Round:
    """Runs rounds."""

    def __init__(
        self,
        store: Store,
        tasks: Tasks,
        *,
        given: Given,
        noting: Noting,
        brief: Callable[[Document], Briefing],
        budget: Budget,
        listener: Listener,
    ) -> None:
        """`brief` makes a briefing over `given`, with `noting` below it."""
        self._store = store
        self._tasks = tasks
        self._lines = Lines(store)
        self._given = given
        self._noting = noting
        self._brief = brief
        self._budget = budget
        self._listener = listener

    def run(self) -> int:
        """Run one round; gives how many documents left questions for which there is room.

        Raises LimitReached when there are questions, and room for none of them, and OutputError.
        """
        asking = after = 0
        self._tasks.free_abandoned()
        while task := self._tasks.claim(after=after):
            after = task.document
            try:
                asking += self._run(task)
            except BaseException:
                self._tasks.give_back(task)
                raise
        if self._budget.reached and not asking:
            raise LimitReached(self._budget.reached)
        return asking

    def _run(self, task: Task) -> bool:
        """Run one pipeline; gives whether it left questions for which there is room."""
        read = document(self._store, task.document)
        self._noting.requests.clear()
        self._given.begin()
        try:
            briefing = self._brief(read)
        except GivenUp as given_up:  # nothing that it still asks for would mend this
            self._stopped(task, read, given_up)
        except Stopped as stopped:
            if self._noting.requests:  # a note reads as a refusal, and nothing but refusals ends a pipeline
                return self._note(task, read)
            self._stopped(task, read, stopped)
        except Exception as error:  # noqa: BLE001 - the edge of the batch: a fault of ours at one report ends no others
            self._fail(task, read, "fault", where(error))
        else:
            if self._noting.requests:
                return self._note(task, read)
            self._given.settle()
            self._tasks.finish(task, briefing)
        return False

    def _note(self, task: Task, read: Document) -> bool:
        wanted = {question.key: question for question in map(Question.of, self._noting.requests)}
        new = [question for question in wanted.values() if not self._lines.are_open(question)]
        if self._rounds(task) >= MOST_ROUNDS:
            self._fail(task, read, "no answer", f"it still had questions after {MOST_ROUNDS} rounds of batches")
            return False
        fits = self._budget.reserve(new)
        with self._store.transaction():
            if fits:
                self._lines.note(new)
            self._tasks.give_back(task, ASKED if fits else GIVEN_BACK)
        return fits

    def _rounds(self, task: Task) -> int:
        """In how many rounds this document asked something, since it was last done or failed."""
        since = (
            "SELECT coalesce(max(id), 0) FROM attempts WHERE configuration = ?1 AND document = ?2"
            " AND ended IS NOT NULL AND outcome NOT IN (?3, ?4)"
        )
        found = self._store.row(
            f"SELECT count(*) FROM attempts WHERE configuration = ?1 AND document = ?2 AND outcome = ?3 AND id > ({since})",  # noqa: S608
            (self._tasks.configuration, task.document, ASKED, GIVEN_BACK),
        )
        return int(found[0]) if found else 0

    def _stopped(self, task: Task, read: Document, stopped: Stopped) -> None:
        why = next((why for kind, why in OF_ONE_DOCUMENT.items() if isinstance(stopped, kind)), None)
        if why is None:
            raise stopped
        self._fail(task, read, why, str(stopped))

    def _fail(self, task: Task, read: Document, why: FailureClass, reason: str) -> None:
        self._given.settle()
        self._tasks.fail(task, why, reason)
        self._listener.failed(read.source, why, reason)
