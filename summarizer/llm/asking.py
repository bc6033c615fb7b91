"""Asking a model: a prompt goes out, an instance of its response model comes back, with what it took.

The only module that knows instructor. Two budgets of trying, one owner each: a request that failed is tried again by
`attempts`; an answer that is whole and does not fit the response model is asked for again here (a *reask*). A reask is the
prompt and one sentence that says what was wrong: however often it is asked, it grows no longer.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Generic, Self

import httpx2
import instructor
import pydantic
from instructor.core import InstructorRetryException, ResponseParsingError

from summarizer.briefing import Usage
from summarizer.llm.attempts import Clock, Deadline, Patience
from summarizer.llm.cassette import ORIGIN_HEADER, forget
from summarizer.llm.failures import Gap, GrammarRefused, Unfit, Unusable
from summarizer.llm.families import Structured
from summarizer.llm.partial import complete_part
from summarizer.llm.prices import Price
from summarizer.llm.profiles import Profile
from summarizer.llm.sending import Endpoint
from summarizer.llm.shaping import by_grammar, by_schema, require_schema
from summarizer.llm.tokens import used_tokens
from summarizer.prompt import Message, Prompt, Response
from summarizer.settings import Limits

MODES: dict[Structured, instructor.Mode] = {
    "json_schema": instructor.Mode.JSON_SCHEMA,
    "tools": instructor.Mode.TOOLS,
    "json": instructor.Mode.JSON,
}
MISFITS = (pydantic.ValidationError, ResponseParsingError, json.JSONDecodeError)
"""What instructor raises for an answer that does not fit."""
MOST_COMPLAINTS = 5
LONGEST_COMPLAINT = 500

# What it logs as errors are refusals, cut answers and answers that do not fit: each of them is in the `Answer`. An application
# that wants them logged all the same sets this level itself.
if logging.getLogger("instructor").level == logging.NOTSET:
    logging.getLogger("instructor").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Answer(Generic[Response]):
    """What came of one prompt: a value that fits the response model, or the gap that it leaves and why. Always what it took.

    `partial`, beside the gap `truncated`, is what stood complete in the answer before it was cut.
    """

    value: Response | None
    usage: Usage
    gap: Gap | None = None
    reason: str = ""
    partial: Response | None = None

    @property
    def cached(self) -> bool:
        """Whether the answer was at hand: nothing was asked live."""
        return 0 < self.usage.calls == self.usage.cached


class Model:
    """A model that can be asked, from several threads at once. Holds a connection: use it as a context manager, or close it."""

    def __init__(
        self,
        profile: Profile,
        *,
        transport: httpx2.BaseTransport,
        api_key: str,
        price: Price | None = None,
        limits: Limits = Limits(),
        patience: Patience = Patience(),
        clock: Clock = Clock(),
    ) -> None:
        """`price` is None where it is not known. Of the limits only the seconds are kept here: see `metering.Metered`."""
        self.profile = profile
        self._endpoint = Endpoint(profile, transport=transport, api_key=api_key, patience=patience, clock=clock)
        self.price = price
        self._takes_grammar = profile.grammar
        self._seconds = limits.seconds
        self._reasks = patience.reasks
        self._clock = clock

    def deadline(self) -> Deadline:
        """The deadline of a report about which the first question is asked now."""
        return Deadline(self._seconds, self._clock)

    def ask(self, prompt: Prompt[Response], *, deadline: Deadline | None = None) -> Answer[Response]:
        """The model's answer to one prompt, or the gap that it leaves.

        Raises AnswerError or LimitReached when asking anything further would not help, and UsageError for a response model
        that has no JSON Schema.
        """
        require_schema(prompt.response_model)
        asking = _Asking(self._endpoint, self.profile, prompt, deadline or self.deadline(), self.price)
        grammar = prompt.grammar if self._takes_grammar else None
        complaint = ""
        for reask in range(1 + self._reasks):
            try:
                return self._answer(asking, complaint, reask=reask, grammar=grammar)
            except Unfit as unfit:
                complaint, grammar = str(unfit), None  # a grammar was not obeyed: this prompt is asked by schema from now on
            except Unusable as unusable:
                partial = complete_part(unusable.cut, prompt.response_model)
                return Answer(None, asking.usage, unusable.gap, unusable.reason, partial)
        asking.forget()
        return Answer(None, asking.usage, "failed", f"the answer does not fit the response model: {complaint}")

    def _answer(self, asking: _Asking[Response], complaint: str, *, reask: int, grammar: str | None) -> Answer[Response]:
        """By grammar where there is one; once the endpoint says that it cannot read it, by schema, here and from now on."""
        try:
            return asking.answer(complaint, reask=reask, grammar=grammar)
        except GrammarRefused:
            self._takes_grammar = False
            return asking.answer(complaint, reask=reask, grammar=None)

    def close(self) -> None:
        """Close the connection and the transport below it."""
        self._endpoint.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


class _Asking(Generic[Response]):
    """The requests of one prompt, and what they took."""

    def __init__(
        self, endpoint: Endpoint, profile: Profile, prompt: Prompt[Response], deadline: Deadline, price: Price | None
    ) -> None:
        self._endpoint = endpoint
        self._profile = profile
        self._prompt = prompt
        self._deadline = deadline
        self._price = price
        self._grammar: str | None = None
        self._heard: list[httpx2.Response] = []
        self.usage = Usage(cost=0.0)

    def answer(self, complaint: str, *, reask: int, grammar: str | None) -> Answer[Response]:
        """The answer to the prompt, and to the complaint about the answer before.

        Raises Unfit, Unusable, GrammarRefused, Stopped.
        """
        self._grammar = grammar
        self.usage += Usage(reasks=min(1, reask), cost=0.0)
        create = instructor.patch(create=self._send, mode=MODES[self._profile.structured])
        try:
            value = create(
                response_model=_made_ready(self._prompt.response_model),
                messages=[{"role": each.role, "content": each.content} for each in _messages(self._prompt, complaint, reask)],
                model=self._profile.model,
                max_retries=0,
                **_bounds(self._profile, self._prompt),
            )
        except InstructorRetryException as error:
            cause = error.__cause__ or error
            raise (Unfit(_complaint(cause)) if isinstance(cause, MISFITS) else cause) from None
        return Answer(_plain(value, self._prompt.response_model), self.usage)

    def forget(self) -> None:
        """Let a cache forget the answers. None of them fits: kept, they would fail the next run without a request."""
        for response in self._heard:
            forget(response)

    def _send(self, **request: Any) -> object:  # Any: the parameters are openai's; the completion is for instructor
        if self._grammar is None:
            shaped = by_schema(request, self._prompt.response_model)
        else:
            shaped = by_grammar(request, self._grammar)
        return self._endpoint.send(shaped, deadline=self._deadline, heard=self._count)

    def _count(self, response: httpx2.Response) -> None:
        self._heard.append(response)
        cached = ORIGIN_HEADER in response.headers
        prompt, completion = used_tokens(response) or (0, 0)
        cost = 0.0 if cached else self._price(prompt, completion) if self._price else None
        self.usage += Usage(calls=1, cached=int(cached), prompt_tokens=prompt, completion_tokens=completion, cost=cost)


@cache
def _made_ready(response_model: type[Response]) -> type[Response]:
    """The response model as instructor makes it for every request, with its schema: a class of the same name, made once."""
    ready = instructor.openai_schema(response_model)
    schema = ready.model_json_schema()
    ready.model_json_schema = classmethod(lambda _: deepcopy(schema))  # type: ignore[assignment,method-assign]  # pydantic's has options
    return ready


def _plain(value: Response, model: type[Response]) -> Response:
    """The value as an instance of the very class: instructor's is of a subclass, and equal to nothing of it.

    Moved over as pydantic copies a model: to build it anew would run the user's own validators and hooks twice.
    """
    plain = model.__new__(model)
    private = getattr(value, "__pydantic_private__", None)
    own = {name: kept for name, kept in private.items() if name in model.__private_attributes__} if private else None
    fields = {name: kept for name, kept in value.__dict__.items() if name in model.model_fields}
    object.__setattr__(plain, "__dict__", fields)
    object.__setattr__(plain, "__pydantic_fields_set__", value.model_fields_set)
    object.__setattr__(plain, "__pydantic_extra__", value.model_extra)
    object.__setattr__(plain, "__pydantic_private__", own if model.__private_attributes__ else None)
    return plain


def _messages(prompt: Prompt[Response], complaint: str, reask: int) -> tuple[Message, ...]:
    """The prompt's own messages, the last one with the complaint: some endpoints want the roles to take turns."""
    if not complaint:
        return prompt.messages
    *before, last = prompt.messages
    # Another question each time: to the same one the cache would have an answer, the one that does not fit.
    answers = "last answer" if reask == 1 else f"last {reask} answers"
    wrong = f"Your {answers} could not be used: {complaint}. Answer again, in the form that was asked for."
    return (*before, replace(last, content=f"{last.content}\n\n{wrong}"))


def _bounds(profile: Profile, prompt: Prompt[Response]) -> dict[str, Any]:  # Any: the parameters are openai's
    """How the answer is bounded and steadied."""
    bound = {profile.bound_by: min(prompt.max_tokens + profile.thinking_tokens, profile.output_tokens)}
    return bound | ({"temperature": 0} if profile.steady else {})


def _complaint(error: Exception) -> str:
    """What is wrong with an answer, for the model to read: never with the words of the answer itself."""
    if not isinstance(error, pydantic.ValidationError):
        return "it was not given in the form that was asked for"
    return "; ".join(_complaints(error))[:LONGEST_COMPLAINT]


def _complaints(error: pydantic.ValidationError) -> Iterator[str]:
    for each in error.errors(include_url=False, include_input=False, include_context=False)[:MOST_COMPLAINTS]:
        if each["type"] == "json_invalid":
            yield "it was not one JSON object and nothing else"
        else:
            yield f"{'.'.join(map(str, each['loc'])) or 'the answer'}: {each['msg']}"
