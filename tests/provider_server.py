"""A real HTTP server on 127.0.0.1 that answers as a provider does: the shapes of its answers and errors, and what it refuses.

The shapes are those that the providers document, or that people report of them; what our client does not read is there too,
for it must not stumble over it. A `Variant` is what one provider does with every request; a `Reply` is what it answers to
one.
"""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

KEY = "key-of-the-test"

Json = Any  # what json gives
Request = dict[str, Json]
Answering = Callable[[str, Request], Json]
"""Gives the body of a completion with this content, as an answer to this request."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire: a status, a body (JSON, or bytes as they are) and headers beside those that it needs."""

    status: int
    body: Json
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Variant:
    """What a provider does with every request.

    `answering` gives the body of an answer; `refused` the reply to a request that it does not take, if it does not;
    `wrong_key` the reply to a key that is none.
    """

    answering: Answering
    refused: Callable[[Request], Reply | None]
    wrong_key: Reply


class ProviderServer:
    """Serves one variant. Gives the replies in turn, the last one for ever; a str is the content of a good answer."""

    def __init__(self, variant: Variant, replies: Sequence[Reply | str], *, models: Json = None) -> None:
        self.variant = variant
        self.replies = replies
        self.models = models
        self.requests: list[Request] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        self._server = _Server(("127.0.0.1", 0), _handler(self))

    @property
    def url(self) -> str:
        """The base URL of its endpoint."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def reply_to(self, request: Request, *, key: str | None) -> Reply:
        self.requests.append(request)
        if key != f"Bearer {KEY}":
            return self.variant.wrong_key
        reply = self.replies[min(len(self.requests), len(self.replies)) - 1]
        if isinstance(reply, Reply):
            return reply
        return self.variant.refused(request) or Reply(200, self.variant.answering(reply, request))

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """Without the look-up of the host's name, which HTTPServer asks the network for."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


def _handler(provider: ProviderServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.paths.append(self.path)
            provider.keys.append(self.headers["Authorization"])
            self._send(provider.models if isinstance(provider.models, Reply) else Reply(200, provider.models))

        def do_POST(self) -> None:
            provider.paths.append(self.path)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._send(provider.reply_to(body, key=self.headers["Authorization"]))

        def _send(self, reply: Reply) -> None:
            content = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            self.send_response(reply.status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(content)),
                **reply.headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: stderr belongs to the tests."""

    return Handler


# Answers. `message`, `choice` and `usage` are what a provider adds to, or puts in the place of, what OpenAI sends.


def completion(
    message: Json,
    *,
    finish_reason: str | None = "stop",
    choice: Mapping[str, Json] | None = None,
    usage: Mapping[str, Json] | None = None,
    **fields: Json,
) -> Json:
    """A chat completion with one choice: 10 prompt and 5 completion tokens."""
    choices = [{"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish_reason, **(choice or {})}]
    counts = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15, **(usage or {})}
    return {"id": "c1", "object": "chat.completion", "created": 1, "model": "m", "choices": choices, "usage": counts, **fields}


def called(arguments: str, request: Request) -> Json:
    """The message that calls the tool of this request."""
    function = {"name": request["tools"][0]["function"]["name"], "arguments": arguments}
    return {"content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": function}]}


def _answered(content: str, request: Request, **extra: Json) -> Json:
    """A call of the tool where the request brings one, text where it does not."""
    if "tools" in request:
        return completion(called(content, request), finish_reason="tool_calls", **extra)
    return completion({"content": content}, **extra)


def openai_answer(content: str, request: Request) -> Json:
    details = {"reasoning_tokens": 3, "audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}
    return _answered(
        content,
        request,
        choice={"logprobs": None},
        usage={"prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": details},
        service_tier="default",
        system_fingerprint=None,
    )


SAFE = {kind: {"filtered": False, "severity": "safe"} for kind in ("hate", "self_harm", "sexual", "violence")}


def azure_answer(content: str, request: Request) -> Json:
    filtered = [{"prompt_index": 0, "content_filter_results": SAFE}]
    return _answered(content, request, choice={"content_filter_results": SAFE}, prompt_filter_results=filtered)


def anthropic_answer(content: str, request: Request) -> Json:
    """It ignores `response_format`: who does not bring a tool gets prose."""
    if "tools" not in request:
        return completion({"content": "It is blue, I should say."})
    return _answered(content, request)


def gemini_answer(content: str, request: Request) -> Json:
    message = {"content": content, "extra_content": {"google": {"thought_signature": "c2ln"}}}
    return completion(message, usage={"total_tokens": 40})  # thoughts are in the total, and in nothing else


def mistral_answer(content: str, request: Request) -> Json:
    return completion({"content": content, "tool_calls": None, "prefix": False}, usage={"num_cached_tokens": 0})


def openrouter_answer(content: str, request: Request) -> Json:
    return _answered(
        content,
        request,
        choice={"native_finish_reason": "stop", "logprobs": None},
        usage={"cost": 0.00014, "is_byok": False},
        provider="DeepInfra",
    )


def ollama_answer(content: str, request: Request) -> Json:
    return completion({"content": content, "reasoning": "The user wants a colour."}, system_fingerprint="fp_ollama")


def vllm_answer(content: str, request: Request) -> Json:
    message: Json = {
        "content": content,
        "refusal": None,
        "annotations": None,
        "audio": None,
        "tool_calls": [],
        "reasoning": None,
    }
    choice = {"stop_reason": None, "token_ids": None, "logprobs": None}
    return completion(message, choice=choice, prompt_logprobs=None, kv_transfer_params=None)


def llamacpp_answer(content: str, request: Request) -> Json:
    return completion({"content": content}, timings={"prompt_ms": 1.0, "predicted_per_second": 30.0})


# Errors, as each provider words them.


def openai_error(
    status: int, message: str, *, kind: str = "invalid_request_error", code: Json = None, retry_after: str | None = None
) -> Reply:
    """As OpenAI sends them, and those who copy it."""
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return Reply(status, {"error": {"message": message, "type": kind, "param": None, "code": code}}, headers)


def gemini_error(status: int, message: str, *, kind: str, details: Sequence[Json] = ()) -> Reply:
    """As Google's compatible endpoint sends them: in an array, and with a status in words."""
    return Reply(status, [{"error": {"code": status, "message": message, "status": kind, "details": list(details)}}])


def mistral_error(status: int, message: str, *, kind: str, code: str) -> Reply:
    return Reply(status, {"object": "error", "message": message, "type": kind, "param": None, "code": code})


def openrouter_error(status: int, message: str, *, sent_as: int | None = None, **metadata: Json) -> Reply:
    """With the status of the error or, once the model has begun, with 200."""
    return Reply(sent_as or status, {"error": {"code": status, "message": message, "metadata": metadata}})


def local_error(status: int, message: str, *, kind: str, **more: Json) -> Reply:
    """As llama.cpp's server and vLLM send them: the code is the status."""
    return Reply(status, {"error": {"message": message, "type": kind, "code": status, **more}})


# What each refuses. The fields that are not named here are taken, or ignored without a word.


def refuses_older_fields(request: Request) -> Reply | None:
    """OpenAI's reasoning models, also on Azure."""
    if "max_tokens" in request:
        message = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
        return openai_error(400, message, code="unsupported_parameter")
    if request.get("temperature", 1) != 1:
        message = (
            "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported."
        )
        return openai_error(400, message, code="unsupported_value")
    return _refuses("grammar", request)


def _refuses(field: str, request: Request) -> Reply | None:
    return openai_error(400, f"Unrecognized request argument supplied: {field}") if field in request else None


def refuses_a_temperature(request: Request) -> Reply | None:
    """Claude from 4.7 on."""
    if "temperature" in request:
        return openai_error(400, "`temperature` is deprecated for this model.", code="invalid_request_error")
    return None


def refuses_unknown_names(request: Request) -> Reply | None:
    """Gemini."""
    if "grammar" in request:
        message = 'Invalid JSON payload received. Unknown name "grammar": Cannot find field.'
        return gemini_error(400, message, kind="INVALID_ARGUMENT")
    return None


MISTRAL_FIELDS = frozenset({
    "model", "messages", "temperature", "top_p", "max_tokens", "stream", "stop", "random_seed", "response_format", "tools",
    "tool_choice", "parallel_tool_calls", "presence_penalty", "frequency_penalty", "n", "prediction", "prompt_mode",
    "safe_prompt",
})  # fmt: skip


def refuses_what_it_does_not_know(request: Request) -> Reply | None:
    """Mistral."""
    extra = sorted(request.keys() - MISTRAL_FIELDS)
    return extra_forbidden(extra[0], request[extra[0]]) if extra else None


def extra_forbidden(field: str, value: Json) -> Reply:
    detail = [{"type": "extra_forbidden", "loc": ["body", field], "msg": "Extra inputs are not permitted", "input": value}]
    return Reply(422, {"detail": detail})


def refuses_nothing(request: Request) -> Reply | None:
    return None


def refuses_a_grammar_beside_a_schema(request: Request) -> Reply | None:
    """llama.cpp's server."""
    if "grammar" in request and "response_format" in request:
        message = 'Either "json_schema" or "grammar" can be specified, but not both'
        return local_error(400, message, kind="invalid_request_error")
    return None


VARIANTS: Mapping[str, Variant] = {
    "openai": Variant(
        openai_answer, refuses_older_fields, openai_error(401, "Incorrect API key provided: key-o***.", code="invalid_api_key")
    ),
    "azure": Variant(
        azure_answer,
        refuses_older_fields,
        openai_error(401, "Access denied due to invalid subscription key or wrong API endpoint.", code="401"),
    ),
    "anthropic": Variant(
        anthropic_answer,
        refuses_a_temperature,
        openai_error(401, "invalid x-api-key", kind="authentication_error", code="authentication_error"),
    ),
    "gemini": Variant(
        gemini_answer,
        refuses_unknown_names,
        gemini_error(
            400,
            "API key not valid. Please pass a valid API key.",
            kind="INVALID_ARGUMENT",
            details=[{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}],
        ),
    ),
    "mistral": Variant(
        mistral_answer, refuses_what_it_does_not_know, Reply(401, {"message": "Unauthorized", "request_id": "a580d263"})
    ),
    "openrouter": Variant(openrouter_answer, refuses_nothing, openrouter_error(401, "User not found.")),
    "ollama": Variant(ollama_answer, refuses_nothing, openai_error(401, "unauthorized", kind="api_error")),
    "vllm": Variant(vllm_answer, refuses_nothing, Reply(401, {"error": "Unauthorized"})),
    "llamacpp": Variant(
        llamacpp_answer,
        refuses_a_grammar_beside_a_schema,
        local_error(401, "Invalid API Key", kind="authentication_error"),
    ),
}
