from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summarizer.cli.model import Shelf, model
from summarizer.errors import UnknownModel, WeightsError
from summarizer.llm.embedded.catalogue import Weights
from summarizer.llm.embedded.sources import Source, SourceFailed


def weights(name: str) -> Weights:
    content = name.encode() * 1_000
    digest = hashlib.sha256(content).hexdigest()
    return Weights(name, f"{name}.gguf", len(content), digest, "CC0-1.0", "Nobody/Tiny", "tiny-part{}", "0.1", 1)


def give(wanted: Weights, folder: Path) -> Path:
    path = folder / wanted.file
    path.write_bytes(wanted.name.encode() * 1_000)
    return path


def refuse(wanted: Weights, folder: Path) -> Path:
    raise SourceFailed(f"no {wanted.name}")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    catalogue = {name: weights(name) for name in ("large", "small")}
    return Shelf(catalogue, sources=(Source("shop", give),), default="large", folder=tmp_path / "weights")


def run(shelf: Shelf | None, *arguments: str) -> Result:
    return CliRunner().invoke(model, arguments, obj=shelf, catch_exceptions=False, standalone_mode=False)


def test_list_shows_what_there_is_what_is_installed_and_what_is_the_default(shelf: Shelf) -> None:
    run(shelf, "pull", "small")
    assert run(shelf, "list").stdout.splitlines() == [
        "NAME     SIZE    LICENCE  INSTALLED",
        "large *  5.0 kB  CC0-1.0  no",
        f"small    5.0 kB  CC0-1.0  {shelf.folder / 'small.gguf'}",
        "",
        "* is the default. Also: --model openai/NAME, or any NAME with --base-url, an OpenAI-compatible endpoint.",
    ]


def test_list_says_of_a_damaged_file_what_is_wrong_and_goes_on(shelf: Shelf) -> None:
    shelf.folder.mkdir()
    (shelf.folder / "large.gguf").write_bytes(b"cut")
    lines = run(shelf, "list").stdout.splitlines()
    assert "is damaged: it has 3 bytes" in lines[1]
    assert lines[2].endswith("no")


def test_list_takes_the_real_catalogue_and_the_users_folder_unless_told_otherwise() -> None:
    lines = run(None, "list").stdout.splitlines()
    assert [line.split() for line in lines[1:3]] == [
        ["qwen2.5-coder-1.5b", "*", "1.1", "GB", "Apache-2.0", "no"],
        ["qwen2.5-coder-0.5b", "491.4", "MB", "Apache-2.0", "no"],
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
