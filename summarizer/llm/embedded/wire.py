"""What OpenAI's clients send and expect: a request read from a body, and replies in the shapes that they know. No sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2

Json = Any  # what json.loads gives: its shape is OpenAI's, or whatever a client sends

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to a client. The tokens are the model's, 0 where it was not asked."""

    status: int
    content: bytes
    content_type: str = "application/json"
    headers: Headers = ()
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Refused(Exception):
    """A request that gets no answer from the model; `reply` is what it gets."""

    def __init__(self, status: int, code: str, message: str, *, headers: Headers = ()) -> None:
        super().__init__(message)
        self.reply = refusal(status, code, message, headers=headers)


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A chat-completion request as the model gets it, and whether the client wants its answer as a stream, with usage."""

    content: bytes
    streamed: bool
    with_usage: bool


def chat_request(body: bytes, *, model: str) -> ChatRequest:
    """What this body asks the model of this name. Raises Refused."""
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "bad_json", f"the body is not JSON ({error})") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("messages"), list) or not asked["messages"]:
        raise Refused(400, "bad_request", "the body is not an object with a list of `messages`")
    if asked.get("model") != model:
        raise Refused(404, "model_not_found", f"the only model here is {model!r}: name it as `model`")
    streamed, options = asked.pop("stream", False) is True, asked.pop("stream_options", None)
    try:
        content = json.dumps(asked, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:  # NaN, or half of a surrogate pair
        raise Refused(400, "bad_json", "the body holds what no JSON in UTF-8 can say") from error
    return ChatRequest(content, streamed, isinstance(options, dict) and options.get("include_usage") is True)


def answered(response: httpx2.Response, asked: ChatRequest) -> Reply:
    """The model's answer in the form that was asked for; an error of the model's as it is. Raises Refused."""
    if response.status_code != httpx2.codes.OK:
        return Reply(response.status_code, response.content)
    try:
        completion = response.json()
        used = completion.get("usage") or {}
        content, content_type = response.content, "application/json"
        if asked.streamed:
            content, content_type = _events(completion, with_usage=asked.with_usage), "text/event-stream"
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise Refused(502, "bad_answer", "the model's answer is no chat completion") from error
    return Reply(
        200,
        content,
        content_type,
        prompt_tokens=used.get("prompt_tokens", 0),
        completion_tokens=used.get("completion_tokens", 0),
    )


def refusal(status: int, code: str, message: str, *, headers: Headers = ()) -> Reply:
    """An error in OpenAI's shape."""
    kind = "server_error" if status >= httpx2.codes.INTERNAL_SERVER_ERROR else "invalid_request_error"
    error = {"message": message, "type": kind, "param": None, "code": code}
    return Reply(status, as_json({"error": error}), headers=headers)


def as_json(value: Json) -> bytes:
    """The bytes of a JSON body."""
    return json.dumps(value).encode()


def _events(completion: Json, *, with_usage: bool) -> bytes:
    """The finished answer as the stream of events that a client would have seen it come in."""
    head = {"id": completion["id"], "object": "chat.completion.chunk", "created": completion["created"]}
    head |= {"model": completion["model"]} | ({"usage": None} if with_usage else {})
    chunks = [head | {"choices": [choice]} for choice in _pieces(completion["choices"])]
    if with_usage:
        chunks.append(head | {"choices": [], "usage": completion.get("usage")})
    return b"".join(b"data: " + line + b"\n\n" for line in (*map(as_json, chunks), b"[DONE]"))


def _pieces(choices: Json) -> Iterator[Json]:
    """Of each choice all that was said, and then how it ended."""
    for choice in choices:
        yield {
            "index": choice["index"],
            "delta": _delta(choice["message"]),
            "logprobs": choice.get("logprobs"),
            "finish_reason": None,
        }
        yield {"index": choice["index"], "delta": {}, "logprobs": None, "finish_reason": choice["finish_reason"]}


def _delta(message: Json) -> Json:
    """A message as a part of a stream: there its tool calls are numbered."""
    calls = message.get("tool_calls")
    return message | {"tool_calls": [{"index": n} | call for n, call in enumerate(calls)]} if calls else message
