"""The user's own limits, at the place where requests leave: whatever asks, for whatever reason, it is counted here.

Before a request is sent, the worst that it can take is reserved: its prompt in bytes, since no tokenizer makes more tokens
than bytes, and an answer as long as it may be. When the answer says what it took, that is counted instead; where nobody
knows (a time-out, an answer without usage), the worst stays counted. So a limit is never passed, and a run ends a little before
it.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Any

import httpx2

from summarizer.errors import LimitReached, UsageError
from summarizer.llm.prices import Price
from summarizer.llm.tokens import used_tokens
from summarizer.settings import Limits

_SHOWN = ("messages", "input", "tools", "response_format")
"""The fields of a request that become tokens of a prompt."""

_WRAPPING = 16
"""Tokens that a chat template may put around a message, at most."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What requests take: how many, tokens of prompts and answers, US dollars."""

    calls: int = 0
    tokens: int = 0
    cost: float = 0.0

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.calls + other.calls, self.tokens + other.tokens, self.cost + other.cost)

    def __sub__(self, other: Taken) -> Taken:
        return Taken(self.calls - other.calls, self.tokens - other.tokens, self.cost - other.cost)


class Metered(httpx2.BaseTransport):
    """Lets a request through only when the worst that it can take is left of every limit."""

    def __init__(self, inner: httpx2.BaseTransport, *, limits: Limits, price: Price | None, name: str) -> None:
        """`price` of the model called `name`. Raises UsageError for a limit of money where it is not known."""
        if limits.cost is not None and price is None:
            raise UsageError(f"the price of {name!r} is not known, so --max-cost cannot be kept: set --max-tokens instead")
        self._inner = inner
        self._limits = limits
        self._price = price or (lambda prompt, completion: 0.0)
        self._taken = Taken()
        self._lock = threading.Lock()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the transport below. Raises LimitReached instead of sending what could take too much."""
        worst = self._worst(json.loads(request.read() or b"null"))
        self._reserve(worst)
        response = self._inner.handle_request(request)
        response.read()
        self._settle(worst, self._used(response))
        return response

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()

    def _worst(self, body: Any) -> Taken:  # Any: a request's body is its endpoint's
        shown = {field: body.get(field) for field in _SHOWN}
        prompt = len(json.dumps(shown, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        answer = body.get("max_completion_tokens") or body.get("max_tokens") or 0
        wrapping = _WRAPPING * (len(body.get("messages") or ()) + 1)
        return self._of(prompt + wrapping, answer)

    def _of(self, prompt: int, completion: int) -> Taken:
        return Taken(1, prompt + completion, self._price(prompt, completion))

    def _reserve(self, worst: Taken) -> None:
        with self._lock:
            reached = _over(self._taken, worst, self._limits)
            if reached:
                raise LimitReached(reached)
            self._taken += worst

    def _settle(self, worst: Taken, used: Taken | None) -> None:
        if used is not None:
            with self._lock:
                self._taken += used - worst

    def _used(self, response: httpx2.Response) -> Taken | None:
        """What the answer says that it took; an error took a call and no tokens. None where nobody knows."""
        if response.is_error:
            return Taken(calls=1)
        tokens = used_tokens(response)
        return None if tokens is None else self._of(*tokens)


def _over(taken: Taken, worst: Taken, limits: Limits) -> str:
    """Which limit the next request could pass, in a sentence; empty when none."""
    if limits.calls is not None and taken.calls + worst.calls > limits.calls:
        return f"the limit of {limits.calls} calls is reached: raise --max-calls, or ask about less"
    if limits.tokens is not None and taken.tokens + worst.tokens > limits.tokens:
        return (
            f"{taken.tokens:,} of {limits.tokens:,} tokens are used, and the next request could take {worst.tokens:,}:"
            " raise --max-tokens, or ask about less"
        )
    if limits.cost is not None and taken.cost + worst.cost > limits.cost:
        return (
            f"${taken.cost:.4f} of ${limits.cost:.4f} is spent, and the next request could cost ${worst.cost:.4f}:"
            " raise --max-cost, or ask about less"
        )
    return ""
