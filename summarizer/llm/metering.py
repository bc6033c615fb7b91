"""The user's own limits, at the place where requests leave: whatever asks, for whatever reason, it is counted here.

Before a request is sent, the worst that it can take is reserved: its prompt in bytes, since no tokenizer makes more tokens
than bytes, and an answer as long as it may be. When the answer says what it took, that is counted; where nobody knows (a
time-out, an answer without usage), the worst is; what found no connection took no tokens. So a limit is never passed, and a
run ends a little before it.
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from typing import Any

import httpx2

from summarizer.errors import LimitReached, UsageError
from summarizer.llm.failures import NOT_CONNECTED
from summarizer.llm.prices import Price
from summarizer.llm.tokens import used_tokens
from summarizer.settings import Limits

NOT_BILLED = frozenset({503, 529})
"""What a server answers that has not begun to work. Behind other errors of its own it may have, and may want money for it."""

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
        require_price(limits, price, name=name)
        self._inner = inner
        self._limits = limits
        self._price = price or (lambda prompt, completion: 0.0)
        self._taken = self._reserved = Taken()
        self._settled = threading.Condition()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer of the transport below.

        Raises LimitReached instead of sending what could take too much, and httpx2.ReadTimeout where other requests of ours,
        of which it is not yet known what they take, stand in the way for too long.
        """
        worst = worst_of(json.loads(request.read() or b"{}"), self._price)
        self._reserve(worst, request)
        used = worst
        try:
            response = self._inner.handle_request(request)
            response.read()
            used = self._used(response) or worst
        except NOT_CONNECTED:
            used = Taken(calls=1)
            raise
        finally:
            self._settle(worst, used)
        return response

    def close(self) -> None:
        """Close the transport below."""
        self._inner.close()

    def _reserve(self, worst: Taken, request: httpx2.Request) -> None:
        seconds = request.extensions.get("timeout", {}).get("read")
        with self._settled:
            if not self._settled.wait_for(lambda: not self._has_to_wait(worst), timeout=seconds):
                raise httpx2.ReadTimeout("other requests took too long", request=request)
            reached = reached_by(self._taken, worst, self._limits)
            if reached:
                raise LimitReached(reached)
            self._reserved += worst

    def _has_to_wait(self, worst: Taken) -> bool:
        """Whether only what others have reserved stands in the way: most of it will be given back."""
        over_now = reached_by(self._taken + self._reserved, worst, self._limits)
        return bool(over_now) and not reached_by(self._taken, worst, self._limits)

    def _settle(self, worst: Taken, used: Taken) -> None:
        with self._settled:
            self._reserved -= worst
            self._taken += used
            self._settled.notify_all()

    def _used(self, response: httpx2.Response) -> Taken | None:
        """What the answer says that it took; what was refused took a call and no tokens. None where nobody knows."""
        if response.status_code in NOT_BILLED or 400 <= response.status_code < 500:
            return Taken(calls=1)
        tokens = used_tokens(response)
        return None if tokens is None else taken_by(*tokens, self._price)


def require_price(limits: Limits, price: Price | None, *, name: str) -> None:
    """Let limits pass that can be kept. Raises UsageError."""
    if limits.cost is not None and price is None:
        raise UsageError(f"the price of {name!r} is not known, so --max-cost cannot be kept: set --max-tokens instead")


def worst_of(body: Any, price: Price) -> Taken:  # Any: a request's body is its endpoint's
    """The worst that a request with this body can take."""
    body = body if isinstance(body, dict) else {"input": body}
    shown = {field: body.get(field) for field in _SHOWN}
    prompt = len(json.dumps(shown, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    answer = body.get("max_completion_tokens") or body.get("max_tokens") or 0
    wrapping = _WRAPPING * (len(body.get("messages") or ()) + 1)
    return taken_by(prompt + wrapping, answer, price)


def taken_by(prompt: int, completion: int, price: Price) -> Taken:
    """What one request took whose prompt and answer have so many tokens."""
    return Taken(1, prompt + completion, price(prompt, completion))


def reached_by(taken: Taken, worst: Taken, limits: Limits) -> str:
    """Which limit the next request could pass, in a sentence; empty when none."""
    if limits.calls is not None and taken.calls + worst.calls > limits.calls:
        calls = "1 call" if limits.calls == 1 else f"{limits.calls:,} calls"
        return f"the limit of {calls} is reached: raise --max-calls, or ask about less"
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
