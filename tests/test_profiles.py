"""What a model's name means, and where a key may go."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from builders import Wire
from summarizer import Settings, connect
from summarizer.errors import AnswerError, UnknownModel, UsageError
from summarizer.llm import Profile, profile
from summarizer.prompt import Message, Prompt


class Colour(BaseModel):
    colour: str


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
        ("llamacpp/any", LOCAL, ("any", LOCAL, "passage", True)),
    ],
)
def test_a_name_says_where_and_how_a_model_is_asked(name: str, base_url: str | None, expected: tuple[object, ...]) -> None:
    assert facts(profile(name, base_url=base_url)) == expected


@pytest.mark.parametrize("name", ["gpt-5", "openai/", "embedded/", "embedded/other", "", "mistral/large"])
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


def test_openais_key_goes_to_openais_models_only(tmp_path: Path) -> None:
    settings = Settings(tmp_path, tmp_path, keys={"OPENAI_API_KEY": "sk-openai", "SUMMARIZER_API_KEY": "other"})
    sent = []
    for name, base_url in (("openai/gpt-5", None), ("x", LOCAL), ("openai/gpt-5", LOCAL)):
        wire = Wire(['{"colour": "blue"}'])
        with connect(name, settings=settings, base_url=base_url, cache=False, transport=wire) as model:
            model.ask(Prompt((Message("user", "Which colour?"),), Colour, max_tokens=20))
        sent.append(wire.requests[0].headers["authorization"])
    assert sent == ["Bearer sk-openai", "Bearer other", "Bearer other"]


def test_an_openai_model_without_a_key_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="set OPENAI_API_KEY, or leave --model out"):
        connect("openai/gpt-5", settings=Settings(tmp_path, tmp_path))
