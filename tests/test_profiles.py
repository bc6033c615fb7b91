"""What a model's name means, and where a key may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import WHICH_COLOUR, Wire
from summarizer import Settings, connect
from summarizer.errors import AnswerError, UnknownModel, UsageError
from summarizer.llm import Profile, profile
from summarizer.llm.families import Provider, providers
from summarizer.llm.profiles import EMBEDDED_CONTEXT, EMBEDDED_URL
from summarizer.settings import KEY_VARIABLES, OTHER_KEY

LOCAL = "http://127.0.0.1:8080/v1"


def facts(made: Profile) -> tuple[str, str, str, bool]:
    return made.model, made.endpoint, made.strategy, made.grammar


@pytest.mark.parametrize(
    ("name", "base_url", "expected"),
    [
        ("embedded/qwen2.5-coder-1.5b", None, ("qwen2.5-coder-1.5b", "http://embedded.invalid/v1", "passage", True)),
        ("openai/gpt-5", None, ("gpt-5", "https://api.openai.com/v1", "whole", False)),
        ("openai/gpt-5", f"{LOCAL}/", ("gpt-5", LOCAL, "whole", False)),
        ("qwen/qwen3", LOCAL, ("qwen/qwen3", LOCAL, "whole", False)),
        ("qwen/qwen3-4b", LOCAL, ("qwen/qwen3-4b", LOCAL, "passage", False)),
        ("mistral/large", LOCAL, ("mistral/large", LOCAL, "whole", False)),
        ("azure/mine", LOCAL, ("mine", LOCAL, "whole", False)),
        ("vllm/Qwen/Qwen3-32B", LOCAL, ("Qwen/Qwen3-32B", LOCAL, "whole", False)),
        ("vllm/Qwen/Qwen3-32B", None, ("Qwen/Qwen3-32B", "http://127.0.0.1:8000/v1", "whole", False)),
        ("ollama/llama3.2:3b", None, ("llama3.2:3b", "http://127.0.0.1:11434/v1", "passage", False)),
        ("llamacpp/any", LOCAL, ("any", LOCAL, "passage", True)),
        ("llamacpp/any", None, ("any", "http://127.0.0.1:8080/v1", "passage", True)),
        ("openrouter/qwen/qwen3-32b", None, ("qwen/qwen3-32b", "https://openrouter.ai/api/v1", "whole", False)),
    ],
)
def test_a_name_says_where_and_how_a_model_is_asked(name: str, base_url: str | None, expected: tuple[object, ...]) -> None:
    assert facts(profile(name, base_url=base_url)) == expected


@pytest.mark.parametrize("name", ["gpt-5", "openai/", "embedded/", "embedded/other", "", "mistral/", "acme/large"])
def test_a_name_that_names_nothing_is_an_error_that_lists_what_there_is(name: str) -> None:
    with pytest.raises(UnknownModel, match=r"(there are|use) embedded"):
        profile(name)


@pytest.mark.parametrize("url", ["", "localhost", "ftp://x/v1", "http://", "http://x:0/v1", "http://x:99999/v1"])
def test_a_base_url_that_is_none_is_an_error(url: str) -> None:
    with pytest.raises(UsageError, match="is not a base URL"):
        profile("x", base_url=url)


@pytest.mark.parametrize("url", ["http://user:secret@x/v1", "http://x/v1?key=secret", "http://x/v1#secret", "ftp://u:secret@x"])
def test_a_secret_in_a_base_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as refused:
        profile("x", base_url=url)
    assert "secret" not in str(refused.value)


def test_an_embedded_model_has_no_base_url() -> None:
    with pytest.raises(UsageError, match="runs inside this program"):
        profile("embedded/qwen2.5-coder-1.5b", base_url=LOCAL)


def test_a_model_that_no_family_has_is_asked_whole_with_a_schema_and_the_defaults() -> None:
    assert profile("acme", base_url=LOCAL) == Profile(name="acme", model="acme", endpoint=LOCAL)


def test_a_family_says_what_its_models_take_wherever_they_are_asked() -> None:
    models = [profile("openai/gpt-5-mini"), profile("openai/gpt-5-mini", base_url=LOCAL), profile("gpt-5-mini", base_url=LOCAL)]
    assert [(made.bound_by, made.steady, made.output_tokens) for made in models] == [
        ("max_completion_tokens", False, 128_000)
    ] * 3


def test_what_a_provider_says_goes_before_what_the_family_says() -> None:
    models = [profile("anthropic/next"), profile("mistral/gpt-5-mini"), profile("ollama/qwen3:32b")]
    assert [(made.structured, made.bound_by, made.context_tokens) for made in models] == [
        ("tools", "max_tokens", 32_000),
        ("json_schema", "max_tokens", 400_000),
        ("json_schema", "max_tokens", 4_096),
    ]


def test_a_server_on_the_users_own_machine_is_free_and_needs_no_key() -> None:
    made = [profile(name) for name in ("ollama/x", "vllm/x", "llamacpp/x")]
    assert [(one.free, one.key_required, one.key_variable) for one in made] == [(True, False, "SUMMARIZER_API_KEY")] * 3


def test_a_hosted_model_is_not_free_and_needs_the_providers_key() -> None:
    made = [profile(name) for name in ("openai/x", "anthropic/x", "gemini/x", "mistral/x", "openrouter/x")]
    assert [(one.free, one.key_required, one.key_variable) for one in made] == [
        (False, True, "OPENAI_API_KEY"),
        (False, True, "ANTHROPIC_API_KEY"),
        (False, True, "GEMINI_API_KEY"),
        (False, True, "MISTRAL_API_KEY"),
        (False, True, "OPENROUTER_API_KEY"),
    ]


@pytest.mark.parametrize(
    "url", ["https://x.openai.azure.com", "https://x.openai.azure.com/", "https://x.openai.azure.com/openai/v1/"]
)
def test_azure_is_asked_at_the_users_own_endpoint(url: str) -> None:
    made = profile("azure/my-deployment", endpoints={"AZURE_OPENAI_ENDPOINT": url})
    assert (made.model, made.endpoint) == ("my-deployment", "https://x.openai.azure.com/openai/v1")
    assert (made.key_variable, made.bound_by, made.steady) == ("AZURE_OPENAI_API_KEY", "max_completion_tokens", False)


def test_azure_without_an_endpoint_is_an_error_that_says_what_to_set() -> None:
    with pytest.raises(UsageError, match="set AZURE_OPENAI_ENDPOINT"):
        profile("azure/my-deployment")


def test_the_embedded_model_is_loaded_with_the_context_that_its_profile_promises() -> None:
    assert profile("embedded/qwen2.5-coder-1.5b").context_tokens == EMBEDDED_CONTEXT
    assert providers()["embedded"].endpoint == EMBEDDED_URL


KEYS = {variable: f"key of {variable}" for variable in KEY_VARIABLES}


@pytest.mark.parametrize("provider", [provider for provider in providers().values() if provider.name != "embedded"])
def test_a_providers_key_goes_to_that_provider_and_to_no_other_endpoint(provider: Provider, tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, keys=KEYS, endpoints={"AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"})
    name = f"{provider.name}/{provider.example}"
    sent = []
    for base_url in (None, LOCAL):
        wire = Wire(["blue"])
        with connect(name, settings=settings, base_url=base_url, cache=False, transport=wire) as model:
            model.ask(WHICH_COLOUR)
        sent.append(wire.requests[0].headers["authorization"])
    assert sent == [f"Bearer {KEYS[variable]}" for variable in (provider.key_variable, OTHER_KEY)]


def test_an_openai_model_without_a_key_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="set OPENAI_API_KEY, or leave --model out"):
        connect("openai/gpt-5", settings=Settings(tmp_path, tmp_path))
