"""`docs/verifying.md`, done as it says: its commands print what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from summarizer.cli import program, run
from summarizer.cli.summarise import summarise

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "verifying.md"


def test_the_page_can_be_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("seeds", "fixtures"):
        (tmp_path / name).symlink_to(ROOT / name)
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert [followed(block, capsys) for block in blocks] == blocks


def followed(block: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The commands of a block, each with what it prints."""
    told = []
    for line in re.findall(r"^\$ (.*)$", block, re.MULTILINE):
        match shlex.split(line):
            case ["summarise", *arguments]:
                run(summarise, "summarise", arguments)
            case ["summarizer", *arguments]:
                run(program, "summarizer", arguments)
            case other:
                subprocess.run(other, check=True)
        told.append(f"$ {line}\n{capsys.readouterr().out}")
    return "".join(told)
