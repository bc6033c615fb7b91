"""Asking a model: a prompt goes out, an instance of its response model comes back, with what it took.

The only module that knows openai, instructor and tenacity. Two budgets, one owner each: *attempts* (429, 5xx, time-outs,
resets) are tenacity's, below; *reasks* (an answer that does not fit the response model) are instructor's. The client's
own retries are off, since they would multiply with both. How an answer ended is read before it is parsed.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Any, Generic, Literal, Self

import httpx2
import instructor
import openai
from instructor.core import InstructorRetryException
from openai.types.chat import ChatCompletion
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential_jitter,
)

from summarizer.briefing import Usage
from summarizer.errors import AnswerError, SummarizerError
from summarizer.llm.cassette import ORIGIN_HEADER
from summarizer.llm.profiles import Profile
from summarizer.prompt import Prompt, Response

ATTEMPTS = 5
WAITING_SECONDS = 60.0
REASKS = 2
BACKOFF = wait_exponential_jitter(initial=1, max=20)
TIMEOUT = httpx2.Timeout(300.0, connect=10.0)
HEADERS = frozenset({
    "accept", "accept-encoding", "authorization", "connection", "content-length", "content-type", "host", "user-agent",
    "x-stainless-raw-response",  # by which the client knows that it asked for the raw response
})  # fmt: skip
TRANSIENT = frozenset({408, 409, 429, 500, 502, 503, 504})

# Without a handler Python prints instructor's error log to stderr, beside the one line that we print.
logging.getLogger("instructor").addHandler(logging.NullHandler())

_KEY = re.compile(r"Bearer\s+\S+|\bsk-\S+")

Gap = Literal["failed", "truncated", "filtered"]


@dataclass(frozen=True, slots=True)
class Answer(Generic[Response]):
    """What came of one prompt: a value that fits the response model, or the gap that it leaves and why. Always what it took."""

    value: Response | None
    usage: Usage
    gap: Gap | None = None
    reason: str = ""

    @property
    def cached(self) -> bool:
        """Whether the answer was at hand: nothing was asked live."""
        return 0 < self.usage.calls == self.usage.cached


class Model:
    """A model that can be asked. Holds a connection: use it as a context manager, or close it."""

    def __init__(self, profile: Profile, *, transport: httpx2.BaseTransport, api_key: str) -> None:
        self.profile = profile
        self._http = httpx2.Client(transport=transport, timeout=TIMEOUT, event_hooks={"request": [_keep_our_headers]})
        self._client = openai.OpenAI(api_key=api_key, base_url=profile.endpoint, http_client=self._http, max_retries=0)

    def ask(self, prompt: Prompt[Response]) -> Answer[Response]:
        """The model's answer to one prompt. Raises AnswerError when asking anything further would not help."""
        asking = _Asking(self._client, self.profile, grammar=prompt.grammar)
        create = instructor.patch(create=asking.send, mode=instructor.Mode.JSON_SCHEMA)
        try:
            value = create(
                response_model=prompt.response_model,
                messages=[{"role": message.role, "content": message.content} for message in prompt.messages],
                model=self.profile.model,
                max_retries=REASKS,
                **_limits(self.profile, min(prompt.max_tokens, self.profile.output_tokens)),
            )
        except InstructorRetryException as error:
            gap, reason = _what_went_wrong(error.__cause__, self.profile)
            return Answer(None, asking.usage, gap, reason)
        return Answer(value, asking.usage)

    def close(self) -> None:
        """Close the connection and the transport below it."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _keep_our_headers(request: httpx2.Request) -> None:
    """The openai client adds headers from the environment (organisation, project, its own): none of them is ours to send."""
    for name in set(request.headers.keys()) - HEADERS:
        del request.headers[name]


def _limits(profile: Profile, tokens: int) -> dict[str, Any]:  # Any: the parameters are openai's
    """How the answer is bounded and steadied. OpenAI's newer models know neither `max_tokens` nor a temperature of 0."""
    return {profile.bound_by: tokens} | ({"temperature": 0} if profile.steady else {})


class _Unusable(Exception):
    """An answer that must not be parsed: `args` are its gap and the reason."""


class _Asking:
    """The requests of one prompt: sends each with its attempts, and counts what they took."""

    def __init__(self, client: openai.OpenAI, profile: Profile, *, grammar: str | None) -> None:
        self._client = client
        self._free = profile.embedded
        self._grammar = grammar if profile.grammar else None
        self.usage = Usage(cost=0.0)

    def send(self, **request: Any) -> ChatCompletion:  # Any: the parameters are openai's
        if self._grammar is not None:
            # llama.cpp obeys the schema when it is given both, and the grammar says all that the schema says and more.
            del request["response_format"]
            request["extra_body"] = {"grammar": self._grammar}
        attempts = Retrying(
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(WAITING_SECONDS),
            wait=_pause,
            retry=retry_if_exception(_is_transient),
            reraise=True,
        )
        raw = attempts(self._client.chat.completions.with_raw_response.create, **request)
        completion = _parsed(raw)
        self._count(completion, cached=ORIGIN_HEADER in raw.headers)
        return _finished(completion)

    def _count(self, completion: ChatCompletion, *, cached: bool) -> None:
        used = completion.usage
        self.usage += Usage(
            calls=1,
            reasks=min(1, self.usage.calls),
            cached=int(cached),
            prompt_tokens=used.prompt_tokens if used else 0,
            completion_tokens=used.completion_tokens if used else 0,
            cost=0.0 if cached or self._free else None,
        )


def _parsed(raw: openai._legacy_response.LegacyAPIResponse[ChatCompletion]) -> ChatCompletion:
    """The completion. A gateway's page with status 200 has no choices, or is no JSON at all."""
    try:
        completion = raw.parse()
    except ValueError as error:
        raise _Unusable("failed", "the endpoint answered with something that is not JSON") from error
    if not isinstance(completion, ChatCompletion) or not completion.choices:
        raise _Unusable("failed", "the endpoint answered with something that is not a chat completion")
    return completion


def _finished(completion: ChatCompletion) -> ChatCompletion:
    """The completion, when it came to its own end: a part is never taken for the whole."""
    choice = completion.choices[0]
    if choice.finish_reason == "length":
        raise _Unusable("truncated", "the answer was cut at the token limit")
    if choice.finish_reason == "content_filter":
        raise _Unusable("filtered", "the endpoint filtered the answer")
    if choice.message.refusal:
        raise _Unusable("filtered", f"the model refused: {choice.message.refusal}")
    return completion


def _is_transient(error: BaseException) -> bool:
    match error:
        case openai.APIStatusError():
            return error.status_code in TRANSIENT and error.code != "insufficient_quota"
        case openai.APIConnectionError():
            return isinstance(error.__cause__, httpx2.TransportError)
        case _:
            return False


def _pause(state: RetryCallState) -> float:
    """Seconds until the next attempt: what the endpoint asks for, else more each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.response.headers.get("retry-after", "") if isinstance(error, openai.APIStatusError) else ""
    return float(asked) if asked.isdecimal() else BACKOFF(state)


def _what_went_wrong(error: BaseException | None, profile: Profile) -> tuple[Gap, str]:
    """The gap that this error leaves. Raises AnswerError when the next prompt would fare no better."""
    match error:
        case _Unusable():
            gap, reason = error.args
            return gap, reason
        case openai.APIConnectionError(__cause__=SummarizerError() as ours):
            raise ours
        case openai.BadRequestError() if "context" in f"{error.code} {error.type}":
            return "truncated", "the passage is too long for the model"
        case openai.APIError():
            raise AnswerError(_why_not(error, profile)) from error
        case ValueError():
            return "failed", f"the answer does not fit the response model: {_first_line(error)}"
        case _:
            raise error or AssertionError("instructor gave up without a cause")


def _why_not(error: openai.APIError, profile: Profile) -> str:
    asked = f"{profile.name!r} at {profile.endpoint!r}"
    match error:
        case openai.APITimeoutError():
            return f"{asked} did not answer in time: try again later, or name another model"
        case openai.APIConnectionError() if not isinstance(error.__cause__, httpx2.TransportError):
            return f"{asked} failed ({_first_line(error.__cause__ or error)}): try again, or name another model"
        case openai.APIConnectionError():
            return f"{asked} cannot be reached ({_first_line(error.__cause__ or error)}): check --base-url and the network"
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return f"{asked} refused the key: check {profile.key_variable}"
        case openai.NotFoundError():
            return f"{asked} answered 404: check the model's name and --base-url, which usually ends in /v1"
        case openai.APIStatusError(code="insufficient_quota"):
            return f"the quota of {asked} is used up: raise it, or name another model"
        case openai.APIStatusError():
            return f"{asked} answered {error.status_code} ({_first_line(error.message)}): try again, or name another model"
        case _:
            return f"{asked} gave no usable answer ({_first_line(error)}): try again, or name another model"


def _first_line(error: object) -> str:
    """What an error says, in one line and without a key that an endpoint may have echoed."""
    line = (str(error).strip() or type(error).__name__).splitlines()[0]
    return _KEY.sub("[key]", line)[:200]
