"""`summarizer model serve`: what it prints, and how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from summarizer.cli import program, run

NAME = "qwen2.5-coder-1.5b"
PROGRAM = """
import pathlib, sys
from summarizer.cli import program, run
from summarizer.cli.shelf import Shelf

class Loaded:
    def handle_chat_completions(self, body):
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "canary"}}
        usage = {"prompt_tokens": 10, "completion_tokens": 5}
        return {"id": "1", "object": "chat.completion", "created": 1, "model": "x", "choices": [choice], "usage": usage}

program.context_settings["obj"] = Shelf(folder=pathlib.Path("."), load=lambda *_: Loaded())
sys.exit(run(program, "summarizer"))
"""


@contextmanager
def started(*arguments: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own, with a model that says canary."""
    command = [sys.executable, "-c", PROGRAM, "model", "serve", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=folder) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(process: subprocess.Popen[str]) -> tuple[str, str]:
    """The key and the base URL that it prints."""
    assert process.stderr is not None
    lines = process.stderr.readline() + process.stderr.readline()
    found = re.fullmatch(
        rf"{NAME} is served at (\S+) until Ctrl-C, to this machine only. Ask it with\n"
        rf"SUMMARIZER_API_KEY=(\S+) summarise report.txt --model llamacpp/{NAME} --base-url \1\n",
        lines,
    )
    assert found, lines
    return found[2], found[1]


@pytest.mark.loopback
def test_it_says_how_to_ask_it_answers_tells_of_it_and_ends_at_ctrl_c(tmp_path: Path) -> None:
    with started("--port", "0", folder=tmp_path) as process:
        key, url = heard(process)
        body = {"model": NAME, "messages": [{"role": "user", "content": "secret words"}]}
        answer = httpx2.post(f"{url}/chat/completions", json=body, headers={"Authorization": f"Bearer {key}"}, trust_env=False)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert answer.json()["choices"][0]["message"]["content"] == "canary"
    assert (process.returncode, out) == (130, "")
    assert re.fullmatch(r"POST /v1/chat/completions 200  \d+\.\d\d s  10 \+ 5 tokens\nStopped\.\n", err)


@pytest.mark.loopback
def test_a_key_of_the_users_own_is_taken_and_not_printed(tmp_path: Path) -> None:
    with started("--port", "0", "--key", "mine", folder=tmp_path) as process:
        shown, url = heard(process)
        response = httpx2.get(f"{url}/models", headers={"Authorization": "Bearer mine"}, trust_env=False)
    assert (shown, response.status_code) == ("YOUR-KEY", 200)


@pytest.mark.loopback
def test_two_runs_have_two_keys_of_256_bits(tmp_path: Path) -> None:
    keys = []
    for _ in range(2):
        with started("--port", "0", folder=tmp_path) as process:
            keys.append(heard(process)[0])
    assert keys[0] != keys[1]
    assert [len(key) for key in keys] == [43, 43]


def test_a_port_that_is_taken_is_one_line_and_status_2_before_anything_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(program, "summarizer", ["model", "serve", "--port", str(port)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"summarizer: port {port} of 127.0.0.1 cannot be had (Address already in use)")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("other",), "no embedded model is called 'other'"),
        (("--key", ""), "a key is one word"),
        (("--port", "70000"), "70000 is not in the range"),
        (("--host", "0.0.0.0"), "No such option"),
    ],
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program, "summarizer", ["model", "serve", *arguments]) == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "check"])
def test_the_command_is_in_the_readme_and_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program, "summarizer", ["model", command, "--help"]) == 0
    assert f"\nsummarizer model {command} " in (Path(__file__).parent.parent / "README.md").read_text()
