from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summarizer.cli.model import model
from summarizer.cli.shelf import Shelf
from summarizer.errors import UnknownModel, WeightsError
from summarizer.llm.availability import Availability
from summarizer.llm.embedded.catalogue import Weights
from summarizer.llm.embedded.sources import Source, SourceFailed
from summarizer.llm.families import providers


def weights(name: str) -> Weights:
    content = name.encode() * 1_000
    digest = hashlib.sha256(content).hexdigest()
    return Weights(name, f"{name}.gguf", len(content), digest, "CC0-1.0", "Nobody/Tiny", "tiny-part{}", "0.1", 1)


AVAILABLE = (
    Availability(providers()["openai"], usable=True, state="key set"),
    Availability(providers()["azure"], usable=False, state="no endpoint"),
    Availability(providers()["ollama"], usable=True, state="running", models=("a:1b", "b", "c", "d", "e", "f", "g")),
    Availability(providers()["vllm"], usable=False, state="not running"),
)


def give(wanted: Weights, folder: Path) -> Path:
    path = folder / wanted.file
    path.write_bytes(wanted.name.encode() * 1_000)
    return path


def refuse(wanted: Weights, folder: Path) -> Path:
    raise SourceFailed(f"no {wanted.name}")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    catalogue = {name: weights(name) for name in ("large", "small")}
    return Shelf(
        catalogue, sources=(Source("shop", give),), default="large", folder=tmp_path / "weights", available=lambda: AVAILABLE
    )


def run(shelf: Shelf | None, *arguments: str) -> Result:
    return CliRunner().invoke(model, arguments, obj=shelf, catch_exceptions=False, standalone_mode=False)


def test_a_name_that_would_steer_the_terminal_is_shown_in_letters(shelf: Shelf) -> None:
    serving = Availability(providers()["vllm"], usable=True, state="running", models=("a\x1b[2Jb",))
    shown = run(replace(shelf, available=lambda: (serving,)), "list").stdout
    assert r"yes: running (a\x1b[2Jb)" in shown
    assert "\x1b" not in shown


def test_list_shows_what_there_is_what_can_be_used_and_what_is_the_default(shelf: Shelf) -> None:
    run(shelf, "pull", "small")
    served = "yes: running (a:1b, b, c, d, e and 2 more)"
    assert run(shelf, "list").stdout.splitlines() == [
        "EMBEDDED          SIZE    LICENCE  INSTALLED",
        "embedded/large *  5.0 kB  CC0-1.0  no",
        f"embedded/small    5.0 kB  CC0-1.0  {shelf.folder / 'small.gguf'}",
        "",
        "* is the default.",
        "",
        "PROVIDER      FOR EXAMPLE          ENDPOINT                   KEY                   USABLE NOW",
        "OpenAI        openai/gpt-5-mini    https://api.openai.com/v1  OPENAI_API_KEY        yes: key set",
        "Azure OpenAI  azure/my-deployment  $AZURE_OPENAI_ENDPOINT     AZURE_OPENAI_API_KEY  no: no endpoint",
        f"Ollama        ollama/a:1b          http://127.0.0.1:11434/v1                        {served}",
        "vLLM          vllm/Qwen/Qwen3-8B   http://127.0.0.1:8000/v1                         no: not running",
        "",
        "Also any NAME with --base-url, an OpenAI-compatible endpoint; its key, if it wants one, in SUMMARIZER_API_KEY.",
    ]


def test_list_as_json_says_the_same_and_names_all_models(shelf: Shelf) -> None:
    run(shelf, "pull", "small")
    listed = json.loads(run(shelf, "list", "--json").stdout)
    assert listed["embedded"][1] == {
        "name": "embedded/small",
        "default": False,
        "size": 5_000,
        "licence": "CC0-1.0",
        "installed": str(shelf.folder / "small.gguf"),
        "problem": None,
    }
    assert listed["providers"][2] == {
        "name": "ollama",
        "example": "ollama/a:1b",
        "endpoint": "http://127.0.0.1:11434/v1",
        "key_variable": "SUMMARIZER_API_KEY",
        "usable": True,
        "state": "running",
        "models": ["a:1b", "b", "c", "d", "e", "f", "g"],
    }
    assert [one["usable"] for one in listed["providers"]] == [True, False, True, False]


def test_list_says_of_a_damaged_file_what_is_wrong_and_goes_on(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    (shelf.folder / "large.gguf").write_bytes(b"cut")
    lines = run(shelf, "list").stdout.splitlines()
    assert "is damaged: it has 3 bytes" in lines[1]
    assert lines[2].endswith("no")


def test_list_takes_the_real_catalogue_and_the_users_folder_unless_told_otherwise() -> None:
    lines = run(Shelf(available=lambda: AVAILABLE), "list").stdout.splitlines()
    assert [line.split() for line in lines[1:3]] == [
        ["embedded/qwen2.5-coder-1.5b", "*", "1.1", "GB", "Apache-2.0", "no"],
        ["embedded/qwen2.5-coder-0.5b", "491.4", "MB", "Apache-2.0", "no"],
    ]


@pytest.mark.parametrize("arguments", [(), ("large",), ("embedded/large",)])
def test_pull_fetches_the_weights_and_says_so_on_stderr_only(shelf: Shelf, arguments: tuple[str, ...]) -> None:
    result = run(shelf, "pull", *arguments)
    path = shelf.folder / "large.gguf"
    assert path.read_bytes() == b"large" * 1_000
    assert (result.stdout, result.stderr) == ("", f"Fetching large: 5.0 kB\nFetched large in 0 s: {path}\n")


def test_pull_of_installed_weights_only_says_where_they_are(shelf: Shelf) -> None:
    run(shelf, "pull")
    assert run(shelf, "pull").stderr == f"large is installed: {shelf.folder / 'large.gguf'}\n"


def test_pull_that_finds_no_source_raises(tmp_path: Path) -> None:
    shelf = Shelf({"large": weights("large")}, sources=(Source("shop", refuse),), default="large", folder=tmp_path)
    with pytest.raises(WeightsError, match=r"cannot be fetched \(shop: no large\)"):
        run(shelf, "pull")


def test_path_prints_nothing_but_the_path(shelf: Shelf) -> None:
    run(shelf, "pull", "small")
    result = run(shelf, "path", "embedded/small")
    assert (result.stdout, result.stderr) == (f"{shelf.folder / 'small.gguf'}\n", "")


def test_path_of_what_is_not_installed_is_an_error_with_the_next_move(shelf: Shelf) -> None:
    with pytest.raises(WeightsError, match=r"^'large' is not installed: run `summarizer model pull large`$") as caught:
        run(shelf, "path")
    assert caught.value.exit_status == 4


def test_remove_says_what_it_freed_and_then_that_there_is_nothing(shelf: Shelf) -> None:
    run(shelf, "pull", "small")
    assert run(shelf, "remove", "small").stderr == "Removed small: 5.0 kB freed\n"
    again = run(shelf, "remove", "small")
    assert (again.stderr, again.return_value) == ("small is not installed\n", None)


@pytest.mark.parametrize("command", ["pull", "path", "remove"])
def test_an_unknown_name_is_answered_with_the_known_ones(shelf: Shelf, command: str) -> None:
    with pytest.raises(UnknownModel, match=r"^no embedded model is called 'openai/x': there are large, small$") as caught:
        run(shelf, command, "openai/x")
    assert caught.value.exit_status == 2
