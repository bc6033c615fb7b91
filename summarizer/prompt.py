"""What is asked: the messages of one request, and what its answer must look like.

A value of its own, because the room that writes prompts and the room that gets them answered know nothing else of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

Role = Literal["system", "user", "assistant"]
Response = TypeVar("Response", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Prompt(Generic[Response]):
    """A rendered template, ready to be asked.

    `grammar` is an LLGuidance grammar that the answer must obey, for endpoints that take one; every sentence of that
    grammar fits `response_model`. `max_tokens` bounds the answer.
    """

    messages: tuple[Message, ...]
    response_model: type[Response]
    max_tokens: int
    grammar: str | None = None
