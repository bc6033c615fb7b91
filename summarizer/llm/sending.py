"""One endpoint, through the openai client: a request goes out, with its attempts, and a whole completion comes back.

Only this module asks through openai; `shaping` has strict schemas from it, and nobody else knows it. The client's own retries
are off, since they would multiply with ours.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
import openai
from openai.types.chat import ChatCompletion

from summarizer.errors import AnswerError, SummarizerError
from summarizer.llm.attempts import Clock, Deadline, Door, Patience, attempt
from summarizer.llm.endings import content_of, only_object, require_whole
from summarizer.llm.failures import (
    NOT_CONNECTED,
    GrammarRefused,
    Transient,
    Unreachable,
    error_object,
    given_up,
    of_status,
    readable,
    refuses_the_grammar,
)
from summarizer.llm.pacing import WAITED
from summarizer.llm.profiles import Profile
from summarizer.version import __version__

SECONDS_TO_CONNECT = 10.0
LONGEST_WAIT = 1e6
"""Seconds from which on a bound is none: no system waits for so long."""
HEADERS = frozenset({
    "accept-encoding", "connection", "content-length", "host",
    "x-stainless-raw-response",  # by which the client knows that it asked for the raw response
})  # fmt: skip
"""What the client may set beside our own."""

# Their debug logs hold reports, cookies and ids. An application that wants them all the same sets these levels itself.
for _library in ("openai", "httpx2", "httpcore2"):
    if logging.getLogger(_library).level == logging.NOTSET:
        logging.getLogger(_library).setLevel(logging.WARNING)


class Endpoint:
    """Where a model is asked, from several threads at once: when it wants to be left alone, all of them wait."""

    def __init__(
        self, profile: Profile, *, transport: httpx2.BaseTransport, api_key: str, patience: Patience, clock: Clock
    ) -> None:
        self._profile = profile
        self._patience = patience
        self._seconds_per_attempt = patience.seconds_per_attempt or profile.seconds_per_attempt
        self._clock = clock
        self._door = Door.of(profile.endpoint, clock)
        ours = {"accept": "application/json", "content-type": "application/json", "authorization": f"Bearer {api_key}"}
        ours["user-agent"] = f"summarizer/{__version__}"
        self._http = httpx2.Client(transport=transport, event_hooks={"request": [lambda request: _send_ours(request, ours)]})
        self._client = openai.OpenAI(api_key=api_key, base_url=profile.endpoint, http_client=self._http, max_retries=0)

    def send(
        self, request: dict[str, Any], *, deadline: Deadline, heard: Callable[[httpx2.Response], None]
    ) -> ChatCompletion:  # Any: the parameters are openai's
        """The completion, when it came to its own end. `heard` is told of every answer that came, whole or not.

        Raises Unfit, Unusable, GrammarRefused, AnswerError, LimitReached, and what a transport of ours raises.
        """
        told = WAITED.set(deadline.extend)
        try:
            return attempt(
                lambda seconds: self._once(request, seconds, heard),
                patience=self._patience,
                door=self._door,
                deadline=deadline,
                clock=self._clock,
            )
        except Transient as failure:
            raise given_up(failure, self._profile) from None
        finally:
            WAITED.reset(told)

    def close(self) -> None:
        """Close the connection and the transport below it."""
        self._http.close()

    def _once(
        self, request: dict[str, Any], seconds: float, heard: Callable[[httpx2.Response], None]
    ) -> ChatCompletion:  # Any: the parameters are openai's
        seconds = min(seconds, self._seconds_per_attempt)
        timeout = httpx2.Timeout(None if seconds > LONGEST_WAIT else seconds, connect=min(seconds, SECONDS_TO_CONNECT))
        try:
            raw = self._client.chat.completions.with_raw_response.create(**request, timeout=timeout)
        except openai.APIError as error:
            raise _meaning(error, self._profile, with_grammar="extra_body" in request) from None
        heard(raw.http_response)
        require_whole(raw.http_response, self._profile)
        completion: ChatCompletion = raw.parse()
        message = completion.choices[0].message
        message.content = only_object(content_of(message.content))
        return completion


def _send_ours(request: httpx2.Request, ours: Mapping[str, str]) -> None:
    """The openai client adds headers from the environment, a key of its own among them: none of them is ours to send."""
    for name in set(request.headers.keys()) - HEADERS:
        del request.headers[name]
    request.headers.update(ours)


def _meaning(error: openai.APIError, profile: Profile, *, with_grammar: bool) -> Exception:
    match error:
        case openai.APIConnectionError(__cause__=SummarizerError() | AssertionError() as ours):
            return ours  # of a transport of ours, or of a test that guards the network
        case openai.APIConnectionError(__cause__=fault) if isinstance(fault, NOT_CONNECTED):
            return Unreachable(f"cannot be reached ({readable(fault)})")
        case openai.APITimeoutError():
            return Transient("did not answer in time")
        case openai.APIConnectionError(__cause__=httpx2.TransportError() as fault):
            return Transient(f"broke the connection off ({readable(fault)})")
        case openai.APIStatusError() if with_grammar and refuses_the_grammar(error.status_code, error_object(error.body)):
            return GrammarRefused()
        case openai.APIStatusError():
            return of_status(error.status_code, error_object(error.body), error.response.headers, profile)
        case openai.APIConnectionError(__cause__=httpx2.DecodingError() | RecursionError() | UnicodeError() as fault):
            return Transient(f"sent what nobody can read ({readable(fault)})")
        case _:
            cause = error.__cause__ or error
            return AnswerError(f"{profile.name!r} failed ({readable(cause)}): try again, or name another model")
