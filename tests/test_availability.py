"""Who can be asked now, found out without leaving the machine."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from provider_server import VARIANTS, ProviderServer, Reply
from summarizer import Settings
from summarizer.llm.availability import KeyWanted, NoAnswer, availabilities, models_served

SERVED = {"object": "list", "data": [{"id": "llama3.2:3b", "object": "model"}, {"id": "qwen3:8b", "object": "model"}]}
ENDPOINT = {"AZURE_OPENAI_ENDPOINT": "https://x.openai.azure.com"}


def nobody(base_url: str) -> tuple[str, ...]:
    raise NoAnswer("not running")


def found(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {one.provider.name: (one.usable, one.state) for one in availabilities(settings, ask=nobody)}


def test_without_keys_nobody_can_be_asked(tmp_path: Path) -> None:
    hosted = dict.fromkeys(("openai", "anthropic", "gemini", "mistral", "openrouter"), (False, "no key"))
    local = dict.fromkeys(("ollama", "vllm", "llamacpp"), (False, "not running"))
    assert found(Settings(tmp_path, tmp_path)) == hosted | local | {"azure": (False, "no endpoint, no key")}


def test_a_provider_whose_key_is_set_can_be_asked(tmp_path: Path) -> None:
    states = found(Settings(tmp_path, tmp_path, keys={"MISTRAL_API_KEY": "canary"}))
    assert [name for name, (usable, _) in states.items() if usable] == ["mistral"]
    assert "canary" not in str(states)


@pytest.mark.parametrize(
    ("endpoints", "keys", "expected"),
    [
        (ENDPOINT, {}, (False, "no key")),
        ({}, {"AZURE_OPENAI_API_KEY": "k"}, (False, "no endpoint")),
        ({"AZURE_OPENAI_ENDPOINT": "my-resource"}, {"AZURE_OPENAI_API_KEY": "k"}, (False, "the endpoint is no URL")),
        (ENDPOINT, {"AZURE_OPENAI_API_KEY": "k"}, (True, "key set")),
    ],
)
def test_azure_needs_an_endpoint_and_a_key(
    endpoints: dict[str, str], keys: dict[str, str], expected: tuple[bool, str], tmp_path: Path
) -> None:
    assert found(Settings(tmp_path, tmp_path, keys=keys, endpoints=endpoints))["azure"] == expected


def test_a_server_that_serves_models_can_be_asked_for_them(tmp_path: Path) -> None:
    ollama = availabilities(Settings(tmp_path, tmp_path), ask=lambda url: ("a", "b") if ":11434/" in url else ())[6]
    assert (ollama.usable, ollama.state, ollama.models) == (True, "running", ("a", "b"))


def test_a_server_without_a_model_cannot_be_asked(tmp_path: Path) -> None:
    vllm = availabilities(Settings(tmp_path, tmp_path), ask=lambda _: ())[7]
    assert (vllm.usable, vllm.state) == (False, "running, without a model")


@pytest.mark.parametrize(("keys", "usable"), [({}, False), ({"SUMMARIZER_API_KEY": "k"}, True)])
def test_a_server_that_asks_for_a_key_can_be_asked_by_who_has_one(keys: dict[str, str], usable: bool, tmp_path: Path) -> None:
    def locked(base_url: str) -> tuple[str, ...]:
        raise KeyWanted("running, asks for a key")

    vllm = availabilities(Settings(tmp_path, tmp_path, keys=keys), ask=locked)[7]
    assert (vllm.usable, vllm.state) == (usable, "running, asks for a key")


def test_only_servers_on_this_machine_are_asked(tmp_path: Path) -> None:
    asked: list[str] = []

    def note(base_url: str) -> tuple[str, ...]:
        asked.append(base_url)
        return ("m",)

    availabilities(Settings(tmp_path, tmp_path), ask=note)
    assert sorted(asked) == ["http://127.0.0.1:11434/v1", "http://127.0.0.1:8000/v1", "http://127.0.0.1:8080/v1"]


@pytest.mark.loopback
def test_a_server_is_asked_for_its_models_without_a_key_and_past_any_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:3128")
    with ProviderServer(VARIANTS["ollama"], [], models=SERVED) as server:
        assert models_served(server.url) == ("llama3.2:3b", "qwen3:8b")
    assert (server.paths, server.keys) == (["/v1/models"], [None])


@pytest.mark.loopback
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Reply(401, {"error": "Unauthorized"}), "running, asks for a key"),
        (Reply(404, {"detail": "Not Found"}), "something else answers there"),
        (Reply(200, b"<html>Welcome</html>"), "something else answers there"),
        (Reply(200, [1]), "something else answers there"),
        (Reply(200, {"data": [{"name": "no id"}]}), "something else answers there"),
    ],
)
def test_what_does_not_list_models_is_told_apart(answer: Reply, why: str) -> None:
    with ProviderServer(VARIANTS["vllm"], [], models=answer) as server, pytest.raises(NoAnswer, match=why):
        models_served(server.url)


@pytest.mark.loopback
def test_where_nobody_listens_nothing_runs() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(NoAnswer, match="not running"):
        models_served(f"http://127.0.0.1:{port}/v1")


@pytest.mark.loopback
def test_who_listens_and_says_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(NoAnswer, match="does not answer"):
        models_served(f"http://127.0.0.1:{silent.getsockname()[1]}/v1")


def test_another_machine_is_never_asked() -> None:
    with pytest.raises(NoAnswer, match="not on this machine"):
        models_served("http://192.0.2.1:8000/v1")
