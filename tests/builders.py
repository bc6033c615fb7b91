"""Small worlds for tests: documents, models that answer what they are told to, moves as the embedded model writes them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable

import httpx2
from pydantic import BaseModel

from summarizer.document import Document
from summarizer.llm.asking import Model
from summarizer.llm.attempts import Clock, Patience
from summarizer.llm.embedded.catalogue import Weights
from summarizer.llm.prices import price_of
from summarizer.llm.profiles import profile
from summarizer.prompt import Message, Prompt
from summarizer.settings import Limits

Answer = str | httpx2.Response | Exception
EMBEDDED = "embedded/qwen2.5-coder-1.5b"


class Colour(BaseModel):
    """The smallest thing that can be asked for."""

    colour: str


WHICH_COLOUR = Prompt(
    (Message("system", "Be brief."), Message("user", "Which colour?")), Colour, max_tokens=20, grammar="start: /.*/"
)
BLUE = '{"colour": "blue"}'
ITEM = {
    "kind": "outcome",
    "parties": ["Velia"],
    "statement": "Velia agreed to reopen the border.",
    "sentences": [1],
    "stance": None,
    "status": "agreed",
    "addressees": [],
    "issue": None,
    "condition": None,
    "deadline": None,
    "timing": None,
    "reported_by": None,
    "core": True,
}
"""An item as a model gives it that is asked about a whole report."""


class Wire(httpx2.BaseTransport):
    """A transport that gives the answers in turn, the last one for ever, and remembers what it was asked."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        self.requests.append(request)
        answer = self._answers[min(len(self.requests), len(self._answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return completion(answer) if isinstance(answer, str) else answer

    @property
    def bodies(self) -> list[dict[str, object]]:
        return [json.loads(request.content) for request in self.requests]


def completion(content: str | None, *, finish_reason: str = "stop", refusal: str | None = None) -> httpx2.Response:
    """A chat completion, as an endpoint sends it: 10 prompt and 5 completion tokens."""
    message = {"role": "assistant", "content": content, "refusal": refusal}
    return httpx2.Response(
        200,
        json={
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [{"index": 0, "finish_reason": finish_reason, "message": message}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        },
    )


def failure(status: int, *, code: str | None = None, message: str = "no", retry_after: str | None = None) -> httpx2.Response:
    """An error, as OpenAI-compatible endpoints send it."""
    headers = {} if retry_after is None else {"retry-after": retry_after}
    return httpx2.Response(
        status, json={"error": {"message": message, "code": code, "type": "x", "param": None}}, headers=headers
    )


def moves(*rows: tuple[str, ...]) -> str:
    """An answer of strategy `passage`: rows of words, party, act and, for demands, addressee."""
    return json.dumps({"moves": [list(row) for row in rows]})


def answering(*answers: Answer, name: str = EMBEDDED, base_url: str | None = None) -> Model:
    """A model that gives these answers, one a request."""
    return asked_over(Wire(answers), name=name, base_url=base_url)


def asked_over(
    transport: httpx2.BaseTransport,
    *,
    name: str = EMBEDDED,
    base_url: str | None = None,
    patience: Patience = Patience(),
    limits: Limits = Limits(),
    time: Time | None = None,
) -> Model:
    """A model behind this transport, in whose world time passes only while somebody waits."""
    wanted, clock = profile(name, base_url=base_url), (time or Time()).clock
    price = price_of(wanted)
    return Model(wanted, transport=transport, api_key="k", price=price, patience=patience, limits=limits, clock=clock)


class Time:
    """A time that passes only while somebody waits, and remembers for how long."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []
        self.clock = Clock(now=lambda: self.now, sleep=self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


def answering_by(answer: Callable[[str], str]) -> Model:
    """A model that answers each request by what its last message says."""

    def respond(request: httpx2.Request) -> httpx2.Response:
        return completion(answer(json.loads(request.read())["messages"][-1]["content"]))

    return asked_over(httpx2.MockTransport(respond))


def tiny_weights(content: bytes, *, parts: int) -> Weights:
    """Weights that are this content, in so many packages."""
    return Weights(
        name="tiny",
        file="tiny-q4.gguf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        licence="CC0-1.0",
        repository="Nobody/Tiny-GGUF",
        package="tiny-model-part{}",
        version="0.1",
        parts=parts,
    )


def report(text: str) -> Document:
    """A document with this text."""
    return Document(text)
