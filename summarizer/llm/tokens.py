"""How many tokens: what an answer says that it took, and, before there is one, what a request is likely to take.

The estimate does without the model's own vocabulary, and is for plans, never for limits. Words are counted as byte-pair
tokenizers divide text before they look anything up; long words, and those of scripts that their vocabularies know less well,
are counted as several. Measured: docs/models.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import httpx2

_PIECES = re.compile(r"'(?:s|t|re|ve|m|ll|d)\b|[^\r\n\w]?(?:[^\W\d_])+|\d| ?(?:[^\s\w]|_)+[\r\n]*|\s*[\r\n]+|\s+")
_PER_MESSAGE = 5
_BYTES_PER_TOKEN = 7
_MOST = 10**9
"""Tokens of one answer: who counts more counts wrong."""


def used_tokens(response: httpx2.Response) -> tuple[int, int] | None:
    """Prompt and completion tokens, as the answer counts them; None where it does not."""
    try:
        return tokens_of(response.json())
    except (ValueError, RecursionError):
        return None


def tokens_of(answer: Any) -> tuple[int, int] | None:  # Any: the JSON of an endpoint
    """Likewise, of the JSON of an answer."""
    try:
        usage = answer["usage"]
        prompt, completion = int(usage["prompt_tokens"]), int(usage.get("completion_tokens") or 0)
        total = int(usage.get("total_tokens") or 0)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    if prompt <= 0 or min(completion, total) < 0 or max(prompt, completion, total) > _MOST:
        return None  # no prompt has no tokens, and none so many
    # Some providers leave what a model thought to itself out of its completion, but none out of the total.
    return prompt, max(completion, total - prompt)


def estimate(body: Mapping[str, Any]) -> int:
    """About how many prompt tokens a chat request has; within 5 % on English reports."""
    messages = body.get("messages") or ()
    shown = [str(message.get("content") or "") for message in messages]
    asked = [json.dumps(body[field]) for field in ("tools", "response_format") if field in body]
    return sum(map(count, (*shown, *asked))) + _PER_MESSAGE * (len(messages) + 1)


def count(text: str) -> int:
    """About how many tokens a text is."""
    return sum(math.ceil(len(piece.strip().encode()) / _BYTES_PER_TOKEN) or 1 for piece in _PIECES.findall(text))
