"""What becomes of each provider's answers, refusals and errors, over real sockets, and how many requests it takes.

A case is what the server sends and what the user gets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import httpx2
import pytest

from builders import BLUE, WHICH_COLOUR, Time
from provider_server import (
    KEY,
    SAFE,
    VARIANTS,
    ProviderServer,
    Reply,
    Request,
    called,
    completion,
    extra_forbidden,
    gemini_error,
    local_error,
    mistral_error,
    openai_error,
    openrouter_error,
)
from summarizer import Settings, connect
from summarizer.errors import AnswerError
from summarizer.llm import Profile, profile
from summarizer.llm.asking import Model
from summarizer.llm.attempts import Patience
from summarizer.llm.families import Facts

pytestmark = pytest.mark.loopback


CUT = '{"colour": "bl'

Gap = Literal["filtered", "truncated", "failed"]


@dataclass(frozen=True, slots=True)
class Got:
    """A value that fits the response model."""

    colour: str = "blue"


@dataclass(frozen=True, slots=True)
class Raised:
    """An AnswerError whose message holds these words."""

    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """`replies` in turn, the last one for ever; `requests` is how many reach the wire."""

    provider: str
    name: str
    replies: tuple[Reply | str, ...]
    expected: Got | Gap | Raised
    requests: int = 1
    key: str = KEY

    def __str__(self) -> str:
        return f"{self.provider}: {self.name}"


def ok(body: object) -> Reply:
    return Reply(200, body)


def tool_call(arguments: str, finish_reason: str) -> Reply:
    """A call of the tool that our request brings, which has the name of the response model."""
    return ok(completion(called(arguments, {"tools": [{"function": {"name": "Colour"}}]}), finish_reason=finish_reason))


def text(content: str | None, finish_reason: str | None = "stop", **choice: object) -> Reply:
    return ok(completion({"content": content}, finish_reason=finish_reason, choice=choice))


BUSY_GOOGLE = gemini_error(
    429,
    "You exceeded your current quota, please check your plan and billing details.",
    kind="RESOURCE_EXHAUSTED",
    details=[{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1s"}],
)
FILTERED_BY_AZURE = Reply(
    400,
    {
        "error": {
            "message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
            "type": None,
            "param": "prompt",
            "code": "content_filter",
            "status": 400,
            "innererror": {
                "code": "ResponsibleAIPolicyViolation",
                "content_filter_result": SAFE | {"violence": {"filtered": True, "severity": "high"}},
            },
        }
    },
)
OVERLOADED = openai_error(529, "Overloaded", kind="overloaded_error", code="overloaded_error")
FLAGGED = openrouter_error(403, "Your input was flagged", reasons=["violence"], flagged_input="Which", provider_name="OpenAI")
UPSTREAM = {"code": 502, "message": "Upstream error", "metadata": {"provider_name": "DeepInfra"}}

CASES = [
    Case("openai", "an answer", (BLUE,), Got()),
    Case("openai", "a refusal", (ok(completion({"content": None, "refusal": "I can't help with that."})),), "filtered"),
    Case("openai", "a filtered answer, though it parses", (text(BLUE, "content_filter"),), "filtered"),
    Case("openai", "a cut answer", (text(CUT, "length"),), "truncated"),
    Case("openai", "a cut answer that parses", (text(BLUE, "length"),), "truncated"),
    Case("openai", "a wrong key", (BLUE,), Raised("refused the key: check OPENAI_API_KEY"), key="other"),
    Case(
        "openai",
        "a rate limit that passes",
        (openai_error(429, "Rate limit reached", kind="tokens", code="rate_limit_exceeded", retry_after="1"), BLUE),
        Got(),
        requests=2,
    ),
    Case(
        "openai",
        "a quota that is used up",
        (openai_error(429, "You exceeded your current quota", kind="insufficient_quota", code="insufficient_quota"),),
        Raised("quota"),
    ),
    Case(
        "openai",
        "an unknown model",
        (openai_error(404, "The model `gpt-9` does not exist", code="model_not_found"),),
        Raised("answered 404: check the model's name"),
    ),
    Case(
        "openai",
        "a prompt that is too long",
        (openai_error(400, "This model's maximum context length is 400000 tokens.", code="context_length_exceeded"),),
        "truncated",
    ),
    Case(
        "openai",
        "an error of the server that passes",
        (openai_error(500, "oops", kind="server_error"), BLUE),
        Got(),
        requests=2,
    ),
    Case("azure", "an answer", (BLUE,), Got()),
    Case("azure", "a filtered prompt", (FILTERED_BY_AZURE,), "filtered"),
    Case("azure", "a filtered answer", (text("", "content_filter", content_filter_results=SAFE),), "filtered"),
    Case("azure", "a cut answer", (text(CUT, "length"),), "truncated"),
    Case("azure", "a wrong key", (BLUE,), Raised("refused the key: check AZURE_OPENAI_API_KEY"), key="other"),
    Case(
        "azure",
        "a rate limit that passes",
        (openai_error(429, "Rate limit is exceeded. Try again in 2 seconds.", code="429", retry_after="2"), BLUE),
        Got(),
        requests=2,
    ),
    Case(
        "azure",
        "an unknown deployment",
        (openai_error(404, "The API deployment for this resource does not exist.", code="DeploymentNotFound"),),
        Raised("answered 404: check the model's name"),
    ),
    Case("anthropic", "an answer", (BLUE,), Got()),
    Case("anthropic", "a refusal", (text("", "refusal"),), "filtered"),
    Case("anthropic", "a refusal in OpenAI's words", (text("", "content_filter"),), "filtered"),
    Case("anthropic", "a cut answer", (tool_call(CUT, "length"),), "truncated"),
    Case(
        "anthropic", "prose where the tool should have been called", (text("Blue."),), "failed", requests=1 + Patience().reasks
    ),
    Case("anthropic", "a wrong key", (BLUE,), Raised("refused the key: check ANTHROPIC_API_KEY"), key="other"),
    Case("anthropic", "an overload that passes", (OVERLOADED, OVERLOADED, BLUE), Got(), requests=3),
    Case(
        "anthropic",
        "a rate limit that passes",
        (openai_error(429, "This request would exceed your rate limit", kind="rate_limit_error", retry_after="1"), BLUE),
        Got(),
        requests=2,
    ),
    Case(
        "anthropic",
        "a prompt that is too long",
        (openai_error(400, "prompt is too long: 1200000 tokens > 1000000 maximum"),),
        "truncated",
    ),
    Case(
        "anthropic",
        "no money left",
        (openai_error(400, "Your credit balance is too low to access the Anthropic API."),),
        Raised("credit balance is too low"),
    ),
    Case("gemini", "an answer", (BLUE,), Got()),
    Case("gemini", "a blocked prompt, with no choices", (ok(completion({}) | {"choices": []}),), "filtered"),
    Case("gemini", "a filtered answer", (text(None, "content_filter"),), "filtered"),
    Case("gemini", "a filtered answer in Google's own words", (text(None, "SAFETY"),), "filtered"),
    Case("gemini", "a cut answer", (text(CUT, "length"),), "truncated"),
    Case("gemini", "a wrong key, which is a 400", (BLUE,), Raised("refused the key: check GEMINI_API_KEY"), key="other"),
    Case("gemini", "a rate limit that passes", (BUSY_GOOGLE, BLUE), Got(), requests=2),
    Case(
        "gemini",
        "an overload that passes",
        (gemini_error(503, "The model is overloaded.", kind="UNAVAILABLE"), BLUE),
        Got(),
        requests=2,
    ),
    Case("gemini", "an unknown model", (gemini_error(404, "models/x is not found", kind="NOT_FOUND"),), Raised("answered 404")),
    Case(
        "gemini",
        "a prompt that is too long",
        (
            gemini_error(
                400,
                "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
                kind="INVALID_ARGUMENT",
            ),
        ),
        "truncated",
    ),
    Case(
        "gemini",
        "a field that it does not know",
        (gemini_error(400, 'Unknown name "x": Cannot find field.', kind="INVALID_ARGUMENT"),),
        Raised('Unknown name "x"'),
    ),
    Case("mistral", "an answer", (BLUE,), Got()),
    Case(
        "mistral",
        "an answer after thoughts, in pieces",
        (
            ok(
                completion(
                    {
                        "content": [
                            {"type": "thinking", "thinking": [{"type": "text", "text": "Sky?"}]},
                            {"type": "text", "text": BLUE},
                        ]
                    }
                )
            ),
        ),
        Got(),
    ),
    Case("mistral", "a cut answer", (text(CUT, "length"),), "truncated"),
    Case("mistral", "an answer cut where the model's context ends", (text(CUT, "model_length"),), "truncated"),
    Case("mistral", "an answer that broke off, though it parses", (text(BLUE, "error"), BLUE), Got(), requests=2),
    Case("mistral", "a wrong key", (BLUE,), Raised("refused the key: check MISTRAL_API_KEY"), key="other"),
    Case("mistral", "a field that it does not know", (extra_forbidden("seed", 1),), Raised("Extra inputs are not permitted")),
    Case(
        "mistral",
        "a rate limit that passes",
        (mistral_error(429, "Requests rate limit exceeded", kind="rate_limited", code="1300"), BLUE),
        Got(),
        requests=2,
    ),
    Case(
        "mistral",
        "an unknown model",
        (mistral_error(400, "Invalid model: mistral-huge", kind="invalid_model", code="1500"),),
        Raised("Invalid model"),
    ),
    Case(
        "mistral",
        "a prompt that is too long",
        (
            mistral_error(
                400,
                "Prompt contains 140000 tokens, too large for model with 131072 maximum context length",
                kind="invalid_request_prompt",
                code="3051",
            ),
        ),
        "truncated",
    ),
    Case("openrouter", "an answer", (BLUE,), Got()),
    Case("openrouter", "no money left", (openrouter_error(402, "Insufficient credits"),), Raised("Insufficient credits")),
    Case("openrouter", "a wrong key", (BLUE,), Raised("refused the key: check OPENROUTER_API_KEY"), key="other"),
    Case("openrouter", "a prompt that a moderator flagged", (FLAGGED,), "filtered"),
    Case(
        "openrouter",
        "a passing error inside a 200",
        (openrouter_error(502, "Provider returned error", sent_as=200, provider_name="DeepInfra"), BLUE),
        Got(),
        requests=2,
    ),
    Case(
        "openrouter",
        "a lasting error inside a 200",
        (openrouter_error(400, "Provider does not take this request", sent_as=200),),
        Raised("Provider does not take this request"),
    ),
    Case("openrouter", "a passing error inside a choice", (text(CUT, "error", error=UPSTREAM), BLUE), Got(), requests=2),
    Case("openrouter", "a cut answer", (text(CUT, "length", native_finish_reason="MAX_TOKENS"),), "truncated"),
    Case("ollama", "an answer", (BLUE,), Got()),
    Case("ollama", "a cut answer", (text(CUT, "length"),), "truncated"),
    Case(
        "ollama",
        "an unknown model",
        (openai_error(404, 'model "x" not found, try pulling it first', kind="api_error"),),
        Raised("answered 404: check the model's name"),
    ),
    Case(
        "ollama",
        "a queue that is full, and then is not",
        (openai_error(503, "server busy, please try again."), BLUE),
        Got(),
        requests=2,
    ),
    Case("vllm", "an answer", (BLUE,), Got()),
    Case("vllm", "a wrong key", (BLUE,), Raised("refused the key: check SUMMARIZER_API_KEY"), key="other"),
    Case(
        "vllm",
        "an unknown model",
        (local_error(404, "The model `x` does not exist.", kind="NotFoundError", param="model"),),
        Raised("answered 404: check the model's name"),
    ),
    Case(
        "vllm",
        "an unknown model, as older ones say it",
        (Reply(404, {"object": "error", "message": "The model `x` does not exist.", "type": "NotFoundError", "code": 404}),),
        Raised("answered 404: check the model's name"),
    ),
    Case(
        "vllm",
        "a prompt that is too long",
        (
            local_error(
                400, "This model's maximum context length is 4096 tokens. However, you requested 5000.", kind="BadRequestError"
            ),
        ),
        "truncated",
    ),
    Case("llamacpp", "an answer", (BLUE,), Got()),
    Case(
        "llamacpp",
        "a model that is still loading",
        (local_error(503, "Loading model", kind="unavailable_error"), BLUE),
        Got(),
        requests=2,
    ),
    Case("llamacpp", "a wrong key", (BLUE,), Raised("refused the key: check SUMMARIZER_API_KEY"), key="other"),
    Case(
        "llamacpp",
        "a prompt that is too long",
        (local_error(400, "the request exceeds the available context size", kind="exceed_context_size_error", n_ctx=8192),),
        "truncated",
    ),
]


def asked_at(server: ProviderServer, provider: str, *, key: str = KEY) -> Model:
    """The provider's example model, with all that its profile says, but asked at this server."""
    made = replace(known(provider), endpoint=server.url)
    return Model(made, transport=httpx2.HTTPTransport(), api_key=key, clock=Time().clock)


def known(provider: str) -> Profile:
    names = {"azure": "azure/my-deployment", "mistral": "mistral/mistral-small-latest", "ollama": "ollama/qwen3:32b"}
    names |= {"openai": "openai/gpt-5-mini", "anthropic": "anthropic/claude-sonnet-5", "gemini": "gemini/gemini-3.5-flash"}
    names |= {"openrouter": "openrouter/deepseek/deepseek-v3.2", "vllm": "vllm/Qwen/Qwen3-32B", "llamacpp": "llamacpp/any"}
    return profile(names[provider], endpoints={"AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"})


def outcome(model: Model) -> Got | Gap | Raised:
    try:
        answer = model.ask(WHICH_COLOUR)
    except AnswerError as error:
        return Raised(str(error))
    if answer.value is not None:
        return Got(answer.value.colour)
    assert answer.gap
    assert answer.reason
    return answer.gap


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_provider_sends_becomes_what_the_user_is_told(case: Case, request: pytest.FixtureRequest) -> None:
    with (
        ProviderServer(VARIANTS[case.provider], case.replies) as server,
        asked_at(server, case.provider, key=case.key) as model,
    ):
        found = outcome(model)
    match case.expected, found:
        case Raised(words), Raised(message):
            assert words in message
        case expected, _:
            assert found == expected
    assert len(server.requests) == case.requests


@pytest.mark.parametrize("provider", VARIANTS)
def test_every_provider_has_its_cases(provider: str) -> None:
    assert any(case.provider == provider for case in CASES)


def sent_to(provider: str) -> Request:
    """The one request that asks for an answer; the server has taken it."""
    with ProviderServer(VARIANTS[provider], [BLUE]) as server, asked_at(server, provider) as model:
        model.ask(WHICH_COLOUR)
    return server.requests[0]


BOUNDS = {"max_tokens", "max_completion_tokens", "temperature"}
SHAPES = {"response_format", "tools", "grammar"}


@pytest.mark.parametrize(
    ("provider", "bounds", "shape"),
    [
        ("openai", {"max_completion_tokens"}, "response_format"),
        ("azure", {"max_completion_tokens"}, "response_format"),
        ("anthropic", {"max_tokens"}, "tools"),
        ("gemini", {"max_tokens"}, "response_format"),
        ("mistral", {"max_tokens", "temperature"}, "response_format"),
        ("openrouter", {"max_tokens", "temperature"}, "response_format"),
        ("ollama", {"max_tokens", "temperature"}, "response_format"),
        ("vllm", {"max_tokens", "temperature"}, "response_format"),
        ("llamacpp", {"max_tokens", "temperature"}, "grammar"),
    ],
)
def test_a_provider_is_sent_what_it_takes_and_nothing_else(provider: str, bounds: set[str], shape: str) -> None:
    request = sent_to(provider)
    assert (request.keys() & BOUNDS, request.keys() & SHAPES) == (bounds, {shape})
    assert request.keys() - BOUNDS - SHAPES <= {"model", "messages", "tool_choice"}


@pytest.mark.parametrize(
    ("provider", "wrong", "words"),
    [
        ("openai", {"bound_by": "max_tokens"}, "'max_tokens' is not supported"),
        ("openai", {"steady": True}, "'temperature' does not support 0"),
        ("azure", {"bound_by": "max_tokens"}, "'max_tokens' is not supported"),
        ("anthropic", {"steady": True}, "`temperature` is deprecated"),
        ("mistral", {"bound_by": "max_completion_tokens"}, "Extra inputs are not permitted"),
    ],
)
def test_a_provider_refuses_what_its_profile_keeps_from_it(provider: str, wrong: Facts, words: str) -> None:
    with ProviderServer(VARIANTS[provider], [BLUE]) as server:
        badly = replace(known(provider), endpoint=server.url, **wrong)
        with Model(badly, transport=httpx2.HTTPTransport(), api_key=KEY) as model, pytest.raises(AnswerError, match=words):
            model.ask(WHICH_COLOUR)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("name", "provider", "wire_name"),
    [
        ("ollama/qwen3:32b", "ollama", "qwen3:32b"),
        ("vllm/Qwen/Qwen3-32B", "vllm", "Qwen/Qwen3-32B"),
        ("openai/gpt-5-mini", "openai", "gpt-5-mini"),
        ("deepseek/deepseek-v3.2", "openrouter", "deepseek/deepseek-v3.2"),
    ],
)
def test_a_users_own_endpoint_is_asked_by_connect_with_the_other_key(
    name: str, provider: str, wire_name: str, tmp_path: Path
) -> None:
    settings = Settings(tmp_path, tmp_path, keys={"SUMMARIZER_API_KEY": KEY, "OPENAI_API_KEY": "not for you"})
    with (
        ProviderServer(VARIANTS[provider], [BLUE]) as server,
        connect(name, settings=settings, base_url=server.url, cache=False) as model,
    ):
        assert outcome(model) == Got()
    assert [request["model"] for request in server.requests] == [wire_name]


def test_azure_is_asked_at_the_endpoint_of_the_settings_with_its_own_key(tmp_path: Path) -> None:
    with ProviderServer(VARIANTS["azure"], [BLUE]) as server:
        settings = Settings(
            tmp_path,
            tmp_path,
            keys={"AZURE_OPENAI_API_KEY": KEY},
            endpoints={"AZURE_OPENAI_ENDPOINT": server.url.removesuffix("/v1")},
        )
        with connect("azure/my-deployment", settings=settings, cache=False) as model:
            assert outcome(model) == Got()
    assert server.paths == ["/openai/v1/chat/completions"]
