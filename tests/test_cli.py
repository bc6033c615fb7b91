"""The command line: what is printed where, and the exit status."""

from __future__ import annotations

import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import jsonschema
import pytest

from builders import EMBEDDED, Answer, Wire, asked_over, completion, moves
from summarizer.briefing import json_schema
from summarizer.cli import program, run
from summarizer.cli.progress import TerminalProgress
from summarizer.cli.summarise import summarise
from summarizer.errors import NothingUsable
from summarizer.llm.cassette import Caching, Cassette, InFolder, Recording
from summarizer.pipeline import summarise as brief
from summarizer.reading import read

TEXT = "Velia agreed to reopen the border.\n"
AGREED = moves(("reopen the border", "Velia", "agrees"))


def recorded(folder: Path, text: str, *answers: Answer) -> None:
    """Put answers to this report into a folder, as if a model had given them."""
    path = folder.parent / "told.txt"
    path.write_text(text)
    brief(read(path), model=asked_over(Recording(Wire(answers), Cassette(folder), endpoint="other")))


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    """A folder with an answer to TEXT."""
    recorded(tmp_path / "tape", TEXT, AGREED)
    return tmp_path / "tape"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file with TEXT."""
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    return path


def summarised(*arguments: object) -> int:
    return run(summarise, "summarise", [str(argument) for argument in arguments])


def test_a_report_gives_a_briefing_on_stdout_and_nothing_on_stderr(
    source: Path, tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert summarised(source, "--replay", tape) == 0
    printed = capsys.readouterr()
    assert "Velia agreed to “reopen the border”." in printed.out
    assert printed.err == ""


def test_json_validates_against_what_schema_prints(source: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program, "summarizer", ["schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema == json_schema()
    assert summarised(source, "--replay", tape, "--format", "json") == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), schema)


def test_several_reports_as_json_are_json_lines(source: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised(source, source, "--replay", tape, "--format", "json") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["outcomes"][0]["id"] for line in lines] == ["outcome-1", "outcome-1"]


def test_one_report_that_fails_does_not_stop_the_others(source: Path, tape: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised("missing.txt", source, "--replay", tape) == 1
    printed = capsys.readouterr()
    assert "Velia agreed" in printed.out
    assert printed.err.startswith("summarise: ")
    assert "'missing.txt'" in printed.err


def test_when_every_report_fails_nothing_is_done_and_the_status_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert summarised("missing.txt", "absent.txt") == 3
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_report_about_which_nothing_usable_is_answered_does_not_stop_the_others(
    source: Path, tape: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("It rained.")
    document = read(other)
    cut = asked_over(Recording(Wire([completion("{", finish_reason="length")]), Cassette(tape), endpoint="other"))
    with pytest.raises(NothingUsable):
        brief(document, model=cut)
    assert summarised(other, source, "--replay", tape) == 1
    assert "Velia agreed" in capsys.readouterr().out


def test_a_passage_without_an_answer_is_said_and_the_status_is_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorded(tmp_path / "cut", f"{TEXT}It rained.\n", AGREED, completion("{", finish_reason="length"))
    assert summarised(tmp_path / "told.txt", "--replay", tmp_path / "cut") == 1
    assert "1 of 2 passages got no usable answer (0 failed, 1 truncated, 0 filtered)" in capsys.readouterr().err


def test_output_writes_a_file_in_place_of_the_old_one(source: Path, tape: Path, tmp_path: Path) -> None:
    target = tmp_path / "briefing.md"
    target.write_text("old")
    assert summarised(source, "--replay", tape, "--output", target) == 0
    assert target.read_text().startswith("# Velia agreed")
    assert sorted(path.name for path in tmp_path.glob("*") if path.is_file()) == ["briefing.md", "report.txt", "told.txt"]


def test_several_reports_get_a_file_each_also_when_their_names_are_the_same(source: Path, tape: Path, tmp_path: Path) -> None:
    assert summarised(source, source, "--replay", tape, "--output", tmp_path / "out", "--format", "json") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["report-2.json", "report.json"]


def test_output_to_a_folder_writes_into_it(source: Path, tape: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "other.txt").write_text("stays")
    assert summarised(source, "--replay", tape, "--output", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["other.txt", "report.md"]


@pytest.mark.parametrize(("below", "several"), [("x.md", 1), ("new/x.md", 1), ("new/", 1), ("", 1), ("new", 2)])
def test_output_below_a_file_is_one_line_and_status_1_before_anything_is_asked(
    below: str, several: int, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("in the way")
    nobody = ("--model", "x", "--base-url", "http://127.0.0.1:9/v1")  # asked, the status would be 4
    assert summarised(*[source] * several, *nobody, "--output", f"{other}/{below}") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "cannot be written to" in line
    assert line.endswith(f"({str(other)!r} is not a folder): name another place")


def test_output_into_a_folder_that_is_read_only_is_one_line_and_status_1(
    source: Path, tape: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != tmp_path)  # who runs the tests may write anywhere
    assert summarised(source, "--replay", tape, "--output", tmp_path / "x.md") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        f"summarise: the briefing cannot be written to {str(tmp_path / 'x.md')!r} ({str(tmp_path)!r} is read-only for you):"
        " name another place"
    )


def test_what_is_recorded_is_replayed(source: Path, tmp_path: Path, tape: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tape))  # the answer is at hand, so nothing is asked
    assert summarised(source, "--record", tmp_path / "mine") == 0
    assert summarised(source, "--replay", tmp_path / "mine") == 0


BAD_INPUT = [
    (("missing.txt",), 3, "'missing.txt'"),
    (("empty",), 3, "'empty' gives no file to read"),
    (("",), 3, "'' cannot be read (the name is empty): give a file"),
    (("report.txt", "--model", "gpt-5"), 2, "no model is called 'gpt-5'"),
    (("report.txt", "--model", "embedded/llama"), 2, "no embedded model is called 'embedded/llama'"),
    (("report.txt", "--model", "x", "--base-url", "localhost:8080"), 2, "'localhost:8080' is not a base URL"),
    (("report.txt", "--model", "x", "--base-url", "http://[::1"), 2, "'http://[::1' is not a base URL"),
    (("report.txt", "--model", "openai/gpt-5"), 4, "'openai/gpt-5' needs a key: set OPENAI_API_KEY"),
    (("report.txt", "--prompts", "."), 2, "no template passage-v1.j2 in '.'"),
    (("report.txt", "--prompts", "absent"), 2, "there is no folder 'absent': copy the templates in"),
    (("report.txt", "--prompts", "report.txt"), 2, "there is no folder 'report.txt'"),
    (("report.txt", "--replay", "nothing"), 2, "there is nothing to replay in 'nothing'"),
    (("report.txt", "--replay", "report.txt"), 2, "there is nothing to replay in 'report.txt'"),
    (("report.txt", "--replay", "."), 4, "'.' holds no answer to this request"),
    (("report.txt", "--record", "report.txt"), 2, "nothing can be recorded in 'report.txt'"),
    (("report.txt", "--record", "a", "--replay", "."), 2, "a run either records or replays"),
    (("report.txt", "--record-missing", "a", "--replay", "."), 2, "a run either records or replays"),
    (("report.txt", "--record-missing", "report.txt"), 2, "nothing can be recorded in 'report.txt'"),
    (("report.txt", "report.txt", "--output", "report.txt"), 2, "'report.txt' is a file, and several briefings want a folder"),
    (("report.txt", "--output", ""), 2, "the name that --output gives is empty"),
    (("report.txt", "--max-characters", "5"), 3, "--max-characters"),
    (("report.txt", "--format", "odt"), 2, "'odt' is not one of"),
    (("report.txt", "--policy", "odd"), 2, "'odd' is not one of 'show', 'withhold', 'strict'"),
    ((), 2, "Missing argument"),
]


@pytest.mark.parametrize(
    ("arguments", "status", "message"), BAD_INPUT, ids=[" ".join(row[0]) or "nothing" for row in BAD_INPUT]
)
def test_bad_input_is_one_clear_line_and_the_right_status(
    arguments: tuple[str, ...],
    status: int,
    message: str,
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(source.parent)
    Path("empty").mkdir()
    assert summarised(*arguments) == status
    printed = capsys.readouterr()
    assert printed.out == ""
    *usage, last = printed.err.splitlines()
    assert message in last
    assert not usage or usage[0].startswith("Usage: ")
    assert "Traceback" not in printed.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "white space"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "'bad.txt'"),
        (b"\x00\x01\xff\xfe", "NUL"),
        (bytes(range(128, 255)) * 9, "no encoding"),
        (b"x" * 200_001, "--max-characters"),
    ],
    ids=["empty", "blank", "image", "nul", "noise", "long"],
)
def test_a_report_that_cannot_be_read_is_one_clear_line_and_status_3(
    content: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.txt").write_bytes(content)
    assert summarised("bad.txt", "--replay", str(tmp_path)) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "'bad.txt'" in line
    assert message in line


def test_corrupt_weights_are_one_clear_line_and_status_4(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from summarizer.llm.embedded.catalogue import CATALOGUE

    weights = CATALOGUE[EMBEDDED.removeprefix("embedded/")]
    monkeypatch.setenv("SUMMARIZER_WEIGHTS", str(tmp_path / "weights"))
    (tmp_path / "weights").mkdir()
    with (tmp_path / "weights" / weights.file).open("wb") as file:
        file.truncate(weights.size)  # as long as the real ones, and all zeros
    assert summarised(source) == 4
    (line,) = capsys.readouterr().err.splitlines()
    assert weights.file in line
    assert "summarizer model remove" in line


def test_a_model_that_cannot_be_reached_is_one_clear_line_and_status_4(source: Path) -> None:
    command = [
        sys.executable,
        "-P",
        "-m",
        "summarizer",
        "summarise",
        str(source),
        "--model",
        "x",
        "--base-url",
        "http://127.0.0.1:9/v1",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 4
    assert done.stderr.startswith("summarizer: 'x' at 'http://127.0.0.1:9/v1' cannot be reached")
    assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_ends_with_130_and_says_what_is_kept(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(TerminalProgress, "planned", interrupted)
    assert summarised(source) == 130
    assert (
        capsys.readouterr().err.strip() == "summarise: interrupted; answers that were kept so far will not be asked for again"
    )


def test_standard_input_is_read_and_bad_bytes_in_it_are_an_error() -> None:
    command = [sys.executable, "-P", "-m", "summarizer", "summarise", "-"]
    done = subprocess.run(command, input=b"\x00\x01\xff\xfe", capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (3, b"")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_is_asked_for_with_a_stroke_at_the_end(source: Path, tape: Path, tmp_path: Path) -> None:
    assert summarised(source, "--replay", tape, "--output", f"{tmp_path}/new/") == 0
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["report.md"]


def test_a_pipe_is_written_to_and_not_replaced(source: Path, tape: Path, tmp_path: Path) -> None:
    pipe, heard = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text()))
    reader.start()
    assert summarised(source, "--replay", tape, "--output", pipe) == 0
    reader.join()
    assert heard[0].startswith("# Velia agreed")
    assert pipe.is_fifo()


def test_a_cache_that_cannot_be_used_costs_no_answer(source: Path, tmp_path: Path) -> None:
    cache = Cassette(tmp_path / "report.txt" / "cache")
    made = brief(source, model=asked_over(Caching(Wire([AGREED]), InFolder(cache), endpoint="other")))
    assert len(made.outcomes) == 1


def shell(line: str, *arguments: Path, **values: str) -> subprocess.CompletedProcess[str]:
    command = f"{shlex.quote(sys.executable)} -P -m summarizer summarise {shlex.join(map(str, arguments))} {line}"
    environment = os.environ | values
    return subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60, env=environment)


@pytest.mark.parametrize(
    ("line", "message"), [(">&-", "standard output is closed"), (">/dev/full", "the output cannot be written")]
)
def test_a_place_that_takes_no_output_is_one_clear_line(line: str, message: str, source: Path, tape: Path) -> None:
    done = shell(f"--replay {shlex.quote(str(tape))} {line}", source)
    (said,) = done.stderr.splitlines()
    assert (done.returncode, message in said) == (1, True)


def test_with_stderr_closed_the_status_still_says_what_went_wrong(tmp_path: Path) -> None:
    assert shell("2>&-", tmp_path / "missing.txt").returncode == 3


def test_a_reader_that_has_seen_enough_is_no_error(source: Path, tape: Path) -> None:
    done = shell(f"--replay {shlex.quote(str(tape))} | head -c 1", source)
    assert (done.returncode, done.stdout, done.stderr) == (0, "#", "")


def test_a_terminal_that_is_not_utf_8_gets_utf_8_all_the_same(source: Path, tape: Path) -> None:
    done = shell(f"--replay {shlex.quote(str(tape))}", source, PYTHONIOENCODING="latin-1")
    assert (done.returncode, "“reopen the border”" in done.stdout) == (0, True)


def test_ctrl_c_while_an_endpoint_is_silent_ends_at_once_with_130(source: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        command = [sys.executable, "-P", "-m", "summarizer", "summarise", str(source), "--model", "x", "--base-url", url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            asked, _ = silent.accept()
            with asked:
                asked.recv(10)
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert len(err.strip().splitlines()) == 1


@pytest.mark.parametrize(("command", "said"), [([], "summarise"), (["model", "list"], "--json")])
def test_help_imports_nothing_heavy(command: list[str], said: str) -> None:
    heavy = ("http.client", "httpx2", "instructor", "openai", "pydantic", "rich", "xllamacpp")
    code = (
        f"import sys; from summarizer.cli import program, run; status = run(program, 'summarizer', {[*command, '--help']});"
        f"sys.exit(status or any(name in sys.modules for name in {heavy}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.parametrize("command", [*program.commands])
def test_every_command_is_in_the_readme_and_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(program, "summarizer", [command, "--help"]) == 0
    readme = (Path(__file__).parent.parent / "README.md").read_text()
    assert f"summarizer {command}" in readme or f"\n{command} " in readme
