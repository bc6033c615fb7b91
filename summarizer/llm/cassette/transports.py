"""Recording, replay and the cache, as transports below the client.

Where an answer comes from:

Replaying         from a cassette alone; a miss is an error
Recording         from the transport below, and every answer is kept; but what a person wrote is played back
RecordingMissing  from a cassette; what it does not hold is asked below and kept
Caching           likewise, from wherever `Answers` are kept: in the user's cache folder, where nothing about them is an error
Noting            from nowhere: requests are noted, so that one can say what would be asked
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from typing import Protocol

import httpx2

from summarizer.errors import CassetteMiss, OutputError
from summarizer.llm.cassette.differences import why_missing
from summarizer.llm.cassette.exchanges import Authored, Exchange, Json, Question, Unplayable
from summarizer.llm.cassette.folder import Cassette
from summarizer.llm.cassette.refusals import refusal
from summarizer.llm.cassette.under_way import Heard, UnderWay

_WHOLE = frozenset({"stop", "tool_calls"})
_FORGET = "summarizer.forget"
"""Among the extensions of an answer that came through a cache: what makes it forget the answer."""


class Replaying(httpx2.BaseTransport):
    """Answers from a cassette alone. What it does not hold is a CassetteMiss; nothing is ever sent."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The recorded answer. Raises CassetteMiss."""
        question = Question.of(request)
        exchange = _played(self._cassette, question)
        if exchange is None:
            raise CassetteMiss(why_missing(question, self._cassette))
        return exchange.response()


class Recording(httpx2.BaseTransport):
    """Passes requests on and keeps every answer that may be played back, or fails.

    That includes refusals of a request, without the endpoint's words. What a person wrote is never recorded over: it is played
    back instead.
    """

    def __init__(self, inner: httpx2.BaseTransport, cassette: Cassette, *, endpoint: str) -> None:
        """`endpoint`: the kind of what is asked, for the origin of its answers."""
        self._inner = inner
        self._cassette = cassette
        self._endpoint = endpoint

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer that a person wrote, or that of the transport below.

        Raises CassetteMiss for a file that may not be played back, since somebody may have written it with care, and
        OutputError when a fresh answer cannot be kept.
        """
        response, _ = self._answer(Question.of(request), request)
        return response

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()

    def _answer(self, question: Question, request: httpx2.Request) -> Heard:
        held = self._held(question)
        return self._ask(question, request) if held is None else (held.response(), held)

    def _held(self, question: Question) -> Exchange | None:
        return _played(self._cassette, question, authored=True)

    def _ask(self, question: Question, request: httpx2.Request) -> Heard:
        response, exchange = _heard(self._inner, question, request, endpoint=self._endpoint)
        if exchange is not None:
            self._keep(exchange)
        return response, exchange

    def _keep(self, exchange: Exchange) -> None:
        self._cassette.keep(exchange)


class RecordingMissing(Recording):
    """Answers from a cassette; what it does not hold is asked, and not twice at the same time, and kept there."""

    def __init__(self, inner: httpx2.BaseTransport, cassette: Cassette, *, endpoint: str) -> None:
        """`endpoint`: the kind of what is asked, for the origin of its answers."""
        super().__init__(inner, cassette, endpoint=endpoint)
        self._under_way = UnderWay()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The recorded answer, or a fresh one. Raises what Recording raises."""
        question = Question.of(request)
        return self._under_way.answer(question.key, request, lambda: self._answer(question, request))

    def _held(self, question: Question) -> Exchange | None:
        return _played(self._cassette, question)


class Answers(Protocol):
    """Where a cache keeps its answers."""

    def find(self, question: Question) -> Exchange | None:
        """The answer to this question that may be given again; None where there is none."""

    def keep(self, exchange: Exchange, *, whole: bool) -> None:
        """Keep this answer, which may be given again if it is whole."""

    def forget(self, question: Question) -> None:
        """Do not give the answer to this question again."""


class InFolder:
    """Answers in a cassette: a convenience, so that nothing about them is ever an error, and only whole ones are kept."""

    def __init__(self, cassette: Cassette) -> None:
        self._cassette = cassette

    def find(self, question: Question) -> Exchange | None:
        """The answer; None also for a file that may not be played back."""
        try:
            return self._cassette.find(question)
        except Unplayable:
            return None

    def keep(self, exchange: Exchange, *, whole: bool) -> None:
        """Keep it if it is whole, and the folder can be written."""
        if whole:
            with suppress(OutputError):
                self._cassette.keep(exchange)

    def forget(self, question: Question) -> None:
        """Delete its file, if that can be."""
        with suppress(OutputError):
            self._cassette.remove(self._cassette.path(question).name)


class Caching(httpx2.BaseTransport):
    """Does not ask again for an answer that is kept, nor for one that another thread is waiting for.

    Whoever finds that an answer does not fit can have it forgotten: see `forget`.
    """

    def __init__(self, inner: httpx2.BaseTransport, answers: Answers, *, endpoint: str) -> None:
        """`endpoint`: the kind of what is asked, for the origin of its answers."""
        self._inner = inner
        self._answers = answers
        self._endpoint = endpoint
        self._under_way = UnderWay()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The kept answer, or a fresh one. Raises what keeping it raises."""
        question = Question.of(request)
        return self._under_way.answer(question.key, request, lambda: self._answer(question, request))

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()

    def _answer(self, question: Question, request: httpx2.Request) -> Heard:
        held = self._answers.find(question)
        response, exchange = self._ask(question, request) if held is None else (held.response(), held)
        response.extensions[_FORGET] = partial(self._answers.forget, question)
        return response, exchange

    def _ask(self, question: Question, request: httpx2.Request) -> Heard:
        response, exchange = _heard(self._inner, question, request, endpoint=self._endpoint)
        if exchange is not None:
            self._answers.keep(exchange, whole=_is_whole(exchange.answer))
        return response, exchange


class Noting(httpx2.BaseTransport):
    """Sends nothing. What a cassette holds is answered from there; every other request is noted in `requests`.

    A request that is noted is answered by a completion that an endpoint filtered, at no cost: a journey counts it as a gap,
    asks nothing further about that passage, and goes on to its end.
    """

    def __init__(self, cassette: Cassette | None = None, *, once: bool = False) -> None:
        """`once`: a request that comes again is taken to be at hand by then, and not noted again."""
        self._cassette = cassette
        self._once = once
        self._noted: set[str] = set()
        self.requests: list[httpx2.Request] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The recorded answer, or none."""
        question = Question.of(request)
        if self._cassette is not None:
            with suppress(Unplayable):
                exchange = self._cassette.find(question)
                if exchange is not None:
                    return exchange.response()
        if not (self._once and question.key in self._noted):
            self.requests.append(request)
        self._noted.add(question.key)
        return _filtered(question).response()


def forget(response: httpx2.Response) -> None:
    """Let the cache that keeps this answer, if one does, ask for it anew the next time."""
    if _FORGET in response.extensions:
        response.extensions[_FORGET]()


def _played(cassette: Cassette, question: Question, *, authored: bool = False) -> Exchange | None:
    """The exchange that the cassette holds, or only one that a person wrote.

    Raises CassetteMiss for a file that may not be played back.
    """
    try:
        return cassette.find_authored(question) if authored else cassette.find(question)
    except Unplayable as unplayable:
        file = os.fspath(cassette.path(question))
        raise CassetteMiss(f"{file!r} cannot be played back: {unplayable}. Mend it, or delete it and record again.") from None


def _heard(inner: httpx2.BaseTransport, question: Question, request: httpx2.Request, *, endpoint: str) -> Heard:
    """The response of a transport, and its exchange where it is an answer, or a refusal, worth keeping."""
    response = inner.handle_request(request)
    response.read()
    is_answer = response.status_code == httpx2.codes.OK
    kept = response if is_answer else refusal(response, with_grammar=b'"grammar":' in request.content)
    if kept is None:
        return response, None
    try:
        exchange = Exchange.of(question, kept, endpoint=endpoint)
        exchange.to_line()
    except (ValueError, RecursionError):
        return response, None  # a gateway's page with status 200 is no answer worth keeping
    return response, None if is_answer and _is_error(exchange.answer) else exchange


def _is_error(answer: Json) -> bool:
    """Whether an endpoint reports an error with status 200, as `endings` has it. It is not kept: errors pass."""
    choices = answer.get("choices") if isinstance(answer, dict) else None
    holders = choices if isinstance(choices, list) and choices else [answer]
    return any(isinstance(holder, dict) and bool(holder.get("error")) for holder in holders)


def _is_whole(answer: Json) -> bool:
    """Whether the answer came to its own end. One that was cut, filtered or refused may be better the next time."""
    try:
        return all(
            choice["finish_reason"] in _WHOLE and not choice["message"].get("refusal") for choice in answer["choices"]
        ) and bool(answer["choices"])
    except (KeyError, TypeError, AttributeError):
        return False


def _filtered(question: Question) -> Exchange:
    model = question.body.get("model", "") if isinstance(question.body, dict) else ""
    message = {"role": "assistant", "content": None, "refusal": None}
    answer = {
        "id": "noted",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "finish_reason": "content_filter", "message": message}],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    }
    return Exchange(question, answer, Authored("noted, not asked"), headers={"content-type": "application/json"})
