"""What came of each line of a batch, into the store: an answer as it came, before anything is made of it.

An answer is kept as one that came live, refusals of a single request too. Results come in any order; of two for one line the
first counts; what is of no line of the batch is counted, and what no line came for is missing. A crash in between costs
nothing: what is settled stays so, and the files are read again.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import httpx2

from summarizer.batch.answers import StoredAnswers
from summarizer.batch.provider.batches import Batch, Batches, Count
from summarizer.batch.provider.lines import Line, Lines, Outcome
from summarizer.batch.provider.results import Result, results
from summarizer.batch.store import Store
from summarizer.errors import AnswerError
from summarizer.llm import Profile
from summarizer.llm.cassette import Caching, Question
from summarizer.llm.endings import require_whole
from summarizer.llm.failures import Transient, Unfit, Unusable, error_object, of_status
from summarizer.llm.prices import Price
from summarizer.llm.tokens import used_tokens

_AT_ONCE = 200
"""Results that are written in one transaction."""
MISSING = {"expired": "the batch expired before it was asked", "cancelled": "the batch was cancelled"}
"""Why nothing came of a line, by the status of its batch."""


class Collecting:
    """Puts what came of batches into a store."""

    def __init__(self, store: Store, batches: Batches, *, profile: Profile, price: Price | None) -> None:
        """`price` of tokens in batches."""
        self._store = store
        self._batches = batches
        self._lines = Lines(store)
        self._profile = profile
        self._price = price

    def collect(self, batch: Batch, status: str, files: Iterable[Path]) -> Count:
        """Keep what these files say of a batch that ended with this status, and count it. Raises OutputError."""
        tally = _Tally()
        found = chain.from_iterable(map(results, files))
        while some := list(islice(found, _AT_ONCE)):
            with self._store.transaction():
                for result in some:
                    self._take(batch, result, tally)
        return self._batches.collected(
            batch,
            status,
            missing=MISSING.get(status, "the provider's files say nothing of it"),
            is_asked_again=status != "cancelled",
            doubled=tally.doubled,
            unknown=tally.unknown,
            broken=tally.broken,
        )

    def _take(self, batch: Batch, result: Result | None, tally: _Tally) -> None:
        if result is None:
            tally.broken += 1
            return
        line = self._lines.of(batch.id, result.key)
        if line is None:
            tally.unknown += 1
        elif result.key in tally.seen:
            tally.doubled += 1
        elif line.question is not None:
            self._settle(line, line.question, result)
        tally.seen.add(result.key)

    def _settle(self, line: Line, question: Question, result: Result) -> None:
        if result.response is None:
            self._lines.settle(line, "again", reason=result.reason, tokens=0, cost=0.0)
            return
        _keep(question, result.response, StoredAnswers(self._store, price=self._price), self._profile)
        outcome, reason = _meaning(result.response, self._profile)
        used = used_tokens(result.response)
        cost = 0.0 if used is None else None if self._price is None else self._price(*used)
        self._lines.settle(line, outcome, reason=reason, tokens=sum(used or ()), cost=cost)


class _Tally:
    """What is counted of the results of one batch; `seen` are the keys of its lines, so that it has an end."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.doubled = self.unknown = self.broken = 0


class _Came(httpx2.BaseTransport):
    """Gives the response that came already."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        return self._response


def _keep(question: Question, response: httpx2.Response, answers: StoredAnswers, profile: Profile) -> None:
    """Keep what a cache would that had asked for it."""
    request = httpx2.Request(question.method, question.url, json=question.body)
    Caching(_Came(response), answers, endpoint=profile.provider).handle_request(request)


def _meaning(response: httpx2.Response, profile: Profile) -> tuple[Outcome, str]:
    """What becomes of a question to which this came, and why."""
    try:
        if response.status_code != httpx2.codes.OK:
            raise of_status(response.status_code, error_object(response.json()), {}, profile)
        require_whole(response, profile)
    except (Unfit, Unusable):
        return "answered", ""  # the pipeline makes a reask of it, or a gap, as of one that came live
    except Transient as transient:
        return "again", str(transient)
    except AnswerError as error:
        return "refused", str(error)
    return "answered", ""
