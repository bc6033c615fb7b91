"""`docs/testing.md`, done as it says: its files are written, its commands are run, and print what it shows."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback import endpoint
from summarizer.cli import program, run

pytest_plugins = ["pytester"]
pytestmark = [pytest.mark.loopback, pytest.mark.usefixtures("all_imported")]

PAGE = Path(__file__).parent.parent / "docs" / "testing.md"
ENDPOINT = "http://127.0.0.1:11434/v1"
ANSWER = '{"product": "kettle", "urgent": true}'
BLOCK = re.compile(r"(?:`([\w.]+)`:\n)?\n```(\w+)\n(.*?)```", re.DOTALL)
DIFFERS_BY_RUN = re.compile(r"\b[0-9a-f]{24}\b|\d{4}-\d\d-\d\d")


def test_the_page_can_be_followed(pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[str] = []
    pytester.syspathinsert()
    with endpoint(ANSWER) as url:
        for name, language, block in blocks():
            seen.append(language)
            text = block.replace(ENDPOINT, url)
            if name:
                (pytester.path / name).write_text(text)
            elif language == "console":
                follow(text, pytester, capsys)
            elif language == "json":
                author(pytester.path, json.loads(text))
            else:
                exec(compile(text, str(PAGE), "exec"), {})
                assert "urgent=True" in capsys.readouterr().out
    assert (seen.count("console"), seen.count("python"), seen.count("jinja"), seen.count("json")) == (6, 3, 2, 1)


def blocks() -> Iterator[tuple[str, str, str]]:
    """Name of the file, or nothing; language; content."""
    for match in BLOCK.finditer(PAGE.read_text()):
        yield match[1] or "", match[2], match[3]


def follow(console: str, pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> None:
    """Run each command, and find in what it prints every line that the page shows below it."""
    for part in console.split("$ ")[1:]:
        command, *shown = part.splitlines()
        printed = printed_by(shlex.split(command), pytester, capsys)
        for line in shown:
            assert DIFFERS_BY_RUN.sub("?", line) in DIFFERS_BY_RUN.sub("?", printed)
        assert shown or not printed


def printed_by(command: list[str], pytester: pytest.Pytester, capsys: pytest.CaptureFixture[str]) -> str:
    match command:
        case ["pytest", *arguments]:
            return pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments).stdout.str()
        case ["summarizer", *arguments]:
            capsys.readouterr()
            assert run(program, "summarizer", arguments) == 0
            return capsys.readouterr().out
    raise AssertionError(f"the page runs something else: {command}")


def author(folder: Path, origin: dict[str, str]) -> None:
    (path,) = folder.rglob("cassettes/**/*.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"origin": origin}))
