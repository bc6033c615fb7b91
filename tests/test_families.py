"""families.toml: every row says what it may say, and can matter."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from typing import get_args, get_type_hints

import pytest

from summarizer.llm.families import DATA, Facts, Family, Provider, families, providers
from summarizer.llm.profiles import Profile, profile
from summarizer.settings import ENDPOINT_VARIABLES, KEY_VARIABLES, OTHER_KEY

ROWS = tomllib.loads(DATA.read_text(encoding="utf-8"))
EVERY_PROVIDER = pytest.mark.parametrize("provider", providers().values(), ids=lambda provider: provider.name)
EVERY_FAMILY = pytest.mark.parametrize("family", families(), ids=lambda family: family.name)


def test_what_is_known_of_a_model_are_fields_of_its_profile() -> None:
    kinds = get_type_hints(Profile)
    assert get_type_hints(Facts).items() <= kinds.items()


@pytest.mark.parametrize(
    "row", [*ROWS["providers"].values(), *ROWS["families"]], ids=lambda row: row.get("title") or row["name"]
)
def test_a_row_has_known_fields_of_the_right_kind(row: dict[str, object]) -> None:
    kinds = get_type_hints(Provider) | get_type_hints(Family) | get_type_hints(Facts)
    known = row.keys() - {"providers"}
    assert known <= kinds.keys() - {"facts"}
    assert [field for field in known if not _fits(row[field], kinds[field])] == []


def _fits(value: object, kind: object) -> bool:
    """Whether the value is one of a closed set, or of the type itself: a number that is no whole one is written 4.0."""
    return value in get_args(kind) if get_args(kind) else type(value) is kind


@EVERY_PROVIDER
def test_a_provider_has_an_endpoint_and_a_key_variable_that_the_settings_read(provider: Provider) -> None:
    assert provider.key_variable in KEY_VARIABLES
    assert (provider.key_variable == OTHER_KEY) == provider.local
    assert bool(provider.endpoint) != bool(provider.endpoint_variable)
    assert not provider.endpoint.endswith("/")
    assert provider.endpoint_variable in ("", *ENDPOINT_VARIABLES)


@EVERY_PROVIDER
def test_only_a_server_on_this_machine_is_asked_without_encryption(provider: Provider) -> None:
    assert provider.local == provider.endpoint.startswith(("http://127.0.0.1:", "http://embedded.invalid/"))
    assert provider.local or provider.endpoint_variable or provider.endpoint.startswith("https://")


def test_every_key_that_the_settings_read_is_some_providers() -> None:
    assert {provider.key_variable for provider in providers().values()} == set(KEY_VARIABLES)


@EVERY_FAMILY
def test_no_family_is_hidden_by_those_before_it(family: Family) -> None:
    providers_meant = family.providers or (None,)
    first = [next(other for other in families() if other.has(family.example, provider=one)) for one in providers_meant]
    assert first == [family] * len(first)


@EVERY_FAMILY
def test_a_familys_pattern_compiles_and_its_providers_exist(family: Family) -> None:
    assert re.compile(family.models)
    assert set(family.providers) <= providers().keys()


@EVERY_FAMILY
def test_an_answer_leaves_room_for_the_prompt(family: Family) -> None:
    made = dataclasses.replace(Profile(name="x", model="x", endpoint="x"), **family.facts)
    assert made.output_tokens <= made.context_tokens / 2


def test_names_of_families_are_told_apart() -> None:
    names = [family.name for family in families()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("model", "family"),
    [
        ("gpt-5.3", "GPT-5 chat"),
        ("gpt-5.3-codex", "GPT-5 and later"),
        ("gpt-6-astra", "GPT-5 and later"),
        ("openai/o3", "o series"),
        ("gpt-4o", "GPT-4o"),
        ("gpt-oss:20b", "GPT-OSS"),
        ("claude-3-opus-latest", "Claude 3 and before"),
        ("claude-opus-4-20250514", "Claude 4 to 4.6"),
        ("claude-opus-4.6", "Claude 4 to 4.6"),
        ("claude-opus-4-7", "Claude 4.7 and later"),
        ("claude-opus-5", "Claude 4.7 and later"),
        ("models/gemini-2.5-pro", "Gemini 2.5"),
        ("gemini-3-pro-preview", "Gemini 3 and later"),
        ("ministral-3b-2512", "small open models"),
        ("qwen3:0.6b", "small open models"),
        ("Qwen/Qwen2.5-1.5B-Instruct", "small open models"),
        ("bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", "small open models"),
        ("gemma-3n-e4b-it", "small open models"),
        ("gemma3:270m", "small open models"),
        ("phi3:mini", "small open models"),
        ("qwen3:30b-a3b", "Qwen"),
        ("qwen3-14b", "Qwen"),
        ("mixtral-8x7b", "older Mistral"),
        ("mistral-large-2512", "Mistral"),
        ("deepseek-v4-pro", "DeepSeek's own endpoint"),
        ("deepseek/deepseek-r1", "DeepSeek"),
        ("llama3:70b", "Llama 2 and 3"),
        ("llama-3.1-8b-instruct", "Llama 3.1 and later"),
        ("gemma2:9b", "Gemma 2"),
        ("gemma-3-12b-it", "Gemma 3 and later"),
        ("phi4", "Phi"),
        ("acme-large", None),
    ],
)
def test_a_name_belongs_to_the_family_that_people_would_say(model: str, family: str | None) -> None:
    assert next((one.name for one in families() if one.has(model, provider=None)), None) == family


@EVERY_PROVIDER
def test_a_providers_example_is_a_name_that_can_be_used(provider: Provider) -> None:
    made = profile(f"{provider.name}/{provider.example}", endpoints={"AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"})
    assert made.model == provider.example
