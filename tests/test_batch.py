"""`summarizer batch`, as somebody types it: what is asked, what is said, what is done again and what is not."""

from __future__ import annotations

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from failing_server import FailingServer, error, failing, is_silent, says
from summarizer.batch.store import Store, unpacked
from summarizer.cli import program, run

NOTHING = says(json.dumps({"items": []}))
TEXTS = ("Velia agreed to reopen the border.", "Tarsk refused to withdraw.", "Lena Dorn urged both to meet.")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three reports, in JSON Lines."""
    return written(tmp_path / "reports.jsonl", TEXTS)


def written(path: Path, texts: Sequence[str]) -> Path:
    path.write_text("".join(f"{json.dumps({'id': f'r{number}', 'text': text})}\n" for number, text in enumerate(texts)))
    return path


def batch(*arguments: object) -> int:
    return run(program, "summarizer", ["batch", *map(str, arguments)])


def asking(server: FailingServer, *more: object) -> list[object]:
    return ["--model", "m", "--base-url", server.url, "--strategy", "whole", "--workers", "2", *more]


def attempts(folder: Path) -> list[tuple[str, int]]:
    with Store(folder) as store:
        query = "SELECT outcome, count(*) FROM attempts GROUP BY outcome ORDER BY outcome"
        return [(outcome, number) for outcome, number in store.rows(query)]


@pytest.mark.loopback
def test_every_report_is_briefed_and_the_sum_is_told(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with failing(NOTHING) as server:
        assert (batch(corpus, "--output", tmp_path / "run", *asking(server)), len(server.requests)) == (0, 3)
    with Store(tmp_path / "run") as store:
        made = [json.loads(unpacked(content)) for (content,) in store.rows("SELECT content FROM briefings ORDER BY document")]
    assert [(each["document"]["source"], each["document"]["text"]) for each in made] == [
        (f"{corpus}#r{number}", text) for number, text in enumerate(TEXTS)
    ]
    printed = capsys.readouterr()
    assert (printed.out, printed.err.splitlines()) == (
        "",
        [
            "3 reports: 3 done, 0 failed, 0 unread, 0 under way, 0 waiting",
            "3 calls, 30 prompt and 15 completion tokens, cost not known",
        ],
    )


@pytest.mark.loopback
def test_what_is_done_is_not_asked_again(corpus: Path, tmp_path: Path) -> None:
    with failing(NOTHING) as server:
        statuses = [batch(corpus, "--output", tmp_path / "run", *asking(server)) for _ in range(2)]
        assert (statuses, len(server.requests), attempts(tmp_path / "run")) == ([0, 0], 3, [("done", 3)])


@pytest.mark.loopback
def test_another_policy_makes_the_briefings_anew_and_asks_nothing(corpus: Path, tmp_path: Path) -> None:
    with failing(NOTHING) as server:
        statuses = [
            batch(corpus, "--output", tmp_path / "run", "--policy", policy, *asking(server)) for policy in ("show", "withhold")
        ]
        assert (statuses, len(server.requests), attempts(tmp_path / "run")) == ([0, 0], 3, [("done", 6)])


@pytest.mark.loopback
def test_of_a_corpus_that_grew_only_the_rest_is_asked(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with failing(NOTHING) as server:
        batch(corpus, "--output", tmp_path / "run", *asking(server))
        written(corpus, (*TEXTS, "Brann warned of a drought."))
        assert (batch(corpus, "--output", tmp_path / "run", *asking(server)), len(server.requests)) == (0, 4)
    assert "4 reports: 4 done, 0 failed" in capsys.readouterr().err


@pytest.mark.loopback
def test_what_was_taken_out_of_a_corpus_is_not_asked_any_more(corpus: Path, tmp_path: Path) -> None:
    with failing(NOTHING) as server:
        begun = batch(corpus, "--output", tmp_path / "run", *asking(server, "--workers", 1, "--max-calls", 1))
        written(corpus, TEXTS[2:])
        assert ([begun, batch(corpus, "--output", tmp_path / "run", *asking(server))], len(server.requests)) == ([5, 0], 2)


@pytest.mark.loopback
def test_the_same_report_twice_is_one_task(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / "reports" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "reports" / name).write_text(TEXTS[name == "c.txt"])
    with failing(NOTHING) as server:
        assert (batch(tmp_path / "reports", "--output", tmp_path / "run", *asking(server)), len(server.requests)) == (0, 2)
    assert capsys.readouterr().err.startswith("3 reports, 1 of them the same as others: 2 done, 0 failed")


@pytest.mark.loopback
def test_a_report_that_fails_ends_no_other_and_is_tried_again_when_that_is_asked_for(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = says(None, refusal="I will not.")
    with failing(refused, NOTHING) as server:
        arguments = (corpus, "--output", tmp_path / "run", *asking(server, "--workers", 1))
        statuses = [batch(*arguments), batch(*arguments), batch(*arguments, "--retry-failed")]
        assert (statuses, len(server.requests)) == ([1, 1, 0], 4)
    assert attempts(tmp_path / "run") == [("done", 3), ("unusable", 1)]
    first, again, last = capsys.readouterr().err.split("\nsummarizer export")
    assert f"batch: '{corpus}#r0' failed (unusable): " in first
    assert "2 done, 1 failed" in again
    assert "3 done, 0 failed" in last


@pytest.mark.loopback
def test_what_cannot_be_read_is_counted_and_the_rest_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "reports.jsonl"
    corpus.write_text(f'{json.dumps({"text": TEXTS[0]})}\n{{"text": \n{json.dumps({"text": TEXTS[1]})}\n')
    with failing(NOTHING) as server:
        assert (batch(corpus, "--output", tmp_path / "run", *asking(server)), len(server.requests)) == (1, 2)
    assert "3 reports: 2 done, 0 failed, 1 unread" in capsys.readouterr().err


def test_a_corpus_of_which_nothing_can_be_read_is_said_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--output", tmp_path / "run", "--model", "m", "--base-url", "http://127.0.0.1:9/v1")
    (tmp_path / "empty.txt").touch()
    assert batch(tmp_path / "empty.txt", *arguments) == 3
    assert "1 report: 0 done, 0 failed, 1 unread" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "said"), [("missing.txt", "'missing.txt' is not there"), ("x*.txt", "no file is called like")]
)
def test_of_a_corpus_that_is_not_there_no_run_is_begun(
    name: str, said: str, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert batch(corpus, name, "--output", "run", "--model", "m", "--base-url", "http://127.0.0.1:9/v1") == 3
    assert said in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


@pytest.mark.loopback
def test_a_corpus_may_be_called_as_one_likes(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus.rename("run")
    with failing(NOTHING) as server:
        assert batch("run", "--output", "briefed", *asking(server)) == 0
    assert batch("--help") == 0
    assert capsys.readouterr().out.startswith("Usage: summarizer batch [OPTIONS] CORPUS...\n")


@pytest.mark.loopback
def test_a_run_that_is_deleted_while_it_works_ends(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def deletes(connection: socket.socket) -> None:
        shutil.rmtree(tmp_path / "run")
        NOTHING(connection)

    with failing(deletes) as server:
        assert batch(corpus, "--output", tmp_path / "run", *asking(server, "--workers", 1)) == 1
    assert "was deleted or moved while it was open" in capsys.readouterr().err


@pytest.mark.loopback
def test_a_refused_key_ends_the_run_and_gives_back_what_was_taken(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with failing(error(401)) as server:
        assert batch(corpus, "--output", tmp_path / "run", *asking(server)) == 4
    assert "refused the key" in capsys.readouterr().err
    with Store(tmp_path / "run") as store:
        assert store.rows("SELECT DISTINCT state FROM tasks") == [("waiting",)]
    assert [outcome for outcome, _ in attempts(tmp_path / "run")] == ["given back"]


@pytest.mark.loopback
def test_a_limit_of_calls_ends_the_run_and_the_next_goes_on(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with failing(NOTHING) as server:
        arguments = (corpus, "--output", tmp_path / "run", *asking(server, "--max-calls"))
        assert ([batch(*arguments, limit) for limit in (2, 2)], len(server.requests)) == ([5, 0], 3)
    assert "the limit of 2 calls is reached" in capsys.readouterr().err


@pytest.mark.loopback
def test_an_answer_that_was_paid_for_is_not_asked_for_again_when_its_briefing_is_lost(corpus: Path, tmp_path: Path) -> None:
    with failing(NOTHING) as server:
        arguments = (corpus, "--output", tmp_path / "run", *asking(server))
        batch(*arguments)
        with Store(tmp_path / "run") as store:
            store.write("DELETE FROM briefings")
            store.write("UPDATE tasks SET state = 'waiting'")
        assert (batch(*arguments), len(server.requests)) == (0, 3)


def test_recorded_answers_are_played_back_and_what_is_not_recorded_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, folder = tmp_path / "reports", Path(__file__).parent.parent
    corpus.mkdir()
    (corpus / "ceasefire-call.txt").write_bytes((folder / "seeds" / "ceasefire-call.txt").read_bytes())
    (corpus / "other.txt").write_text(TEXTS[0])
    arguments = ("--output", tmp_path / "run", "--replay", folder / "fixtures" / "ceasefire-call")
    assert batch(corpus, *arguments) == 1
    printed = capsys.readouterr().err
    assert "2 reports: 1 done, 1 failed" in printed
    assert "  1 failed: not recorded" in printed


@pytest.mark.loopback
def test_the_status_says_how_far_a_run_is(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with failing(says(None, refusal="No."), NOTHING) as server:
        batch(corpus, "--output", tmp_path / "run", *asking(server, "--workers", 1))
    capsys.readouterr()
    assert (batch("status", tmp_path / "run"), batch("status", tmp_path / "run", "--json")) == (0, 0)
    told, _, rest = capsys.readouterr().out.partition("{")
    assert told.splitlines() == [
        "3 reports: 2 done, 1 failed, 0 unread, 0 under way, 0 waiting",
        "3 calls, 30 prompt and 15 completion tokens, cost not known",
        "  1 failed: unusable",
    ]
    figures = json.loads("{" + rest)
    counts = {
        name: figures[name] for name in ("entries", "complete", "same", "waiting", "claimed", "done", "failed", "failures")
    }
    assert counts == {
        "entries": 3,
        "complete": True,
        "same": 0,
        "waiting": 0,
        "claimed": 0,
        "done": 2,
        "failed": 1,
        "failures": {"unusable": 1},
    }


@pytest.mark.loopback
def test_a_dry_run_asks_nothing_and_begins_nothing(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with failing(NOTHING) as server:
        assert (batch(corpus, "--output", tmp_path / "run", "--dry-run", *asking(server)), server.requests) == (0, [])
    assert not (tmp_path / "run").exists()
    assert re.fullmatch(r"all: 3 calls, .*\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing option '--output'"),
        (("--output", ""), "the name is empty"),
        (("--output", "run", "--workers", "0"), "'--workers'"),
        (("--output", "run", "--requests-per-minute", "-1"), "'--requests-per-minute'"),
        (("--output", "run", "--policy", "hope"), "'--policy'"),
        (("--output", "run", "--model", "nobody/x"), "nobody/x"),
        (("--output", "run", "--prompts", "nowhere"), "nowhere"),
    ],
)
def test_wrong_arguments_are_said_and_begin_nothing(
    arguments: tuple[str, ...], said: str, corpus: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(corpus.parent)
    assert batch(corpus, *arguments) == 2
    assert said in capsys.readouterr().err
    assert not (corpus.parent / "run" / "run.sqlite").exists()


def test_standard_input_is_no_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch("-", "--output", tmp_path / "run") == 2
    assert "name a file" in capsys.readouterr().err


def test_the_status_of_what_is_no_run_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch("status", tmp_path) == 2
    assert "there is no run in" in capsys.readouterr().err


def test_where_nothing_can_be_written_there_is_no_run(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    arguments = ("--output", tmp_path / "file" / "run", "--model", "m", "--base-url", "http://127.0.0.1:9/v1")
    assert batch(corpus, *arguments) == 1
    assert "cannot be opened" in capsys.readouterr().err


@pytest.mark.loopback
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_who_interrupts_sees_how_far_it_is_and_what_was_taken_is_given_back(
    sent: signal.Signals, corpus: Path, tmp_path: Path
) -> None:
    with failing(NOTHING, is_silent) as server:
        command = ["batch", corpus, "--output", tmp_path / "run", *asking(server)]
        process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", *map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        while len(server.requests) < 3 or ("done", 1) not in attempts(tmp_path / "run"):
            time.sleep(0.05)
        process.send_signal(sent)
        out, said = process.communicate()
    assert (process.returncode, out) == (130, "")
    assert [line for line in said.splitlines() if line and "reports a second" not in line] == [
        "3 reports: 1 done, 0 failed, 0 unread, 0 under way, 2 waiting",
        "1 call, 10 prompt and 5 completion tokens, cost not known",
        "summarizer: interrupted; answers that were kept so far will not be asked for again",
    ]
    assert attempts(tmp_path / "run") == [("done", 1), ("given back", 2)]
    assert [path.name for path in (tmp_path / "run" / "owners").iterdir()] == ["corpus-1.lock"]


@pytest.mark.loopback
def test_a_report_that_the_endpoint_refuses_ends_no_others(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with failing(error(400), NOTHING) as server:
        assert batch(corpus, "--output", tmp_path / "run", *asking(server), "--workers", "1") == 1
    assert "2 done, 1 failed" in capsys.readouterr().err


@pytest.mark.loopback
def test_status_and_export_tell_of_the_last_call(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Ostria called for talks.")
    with failing(NOTHING) as server:
        for each in (corpus, other, corpus):
            assert batch(each, "--output", tmp_path / "run", *asking(server)) == 0
    capsys.readouterr()
    assert run(program, "summarizer", ["export", str(tmp_path / "run")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


@pytest.mark.parametrize(
    ("corpus", "output"),
    [(".", "run"), ("*", "."), ("**/*", "run"), ("**/*", "a/b"), ("run/*", "run"), ("*/*.sqlite", "run")],
)
def test_a_run_inside_its_own_corpus_is_wrong_usage(
    corpus: str, output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "run/a.txt", "x/a.sqlite"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("Velia agreed.")
    assert batch(corpus, "--output", output, "--model", "m", "--base-url", "http://127.0.0.1:9/v1") == 2
    assert "would be a part of its own corpus" in capsys.readouterr().err


@pytest.mark.loopback
@pytest.mark.parametrize("pattern", ["*.txt", "reports/*", "**/*.txt"])
def test_a_run_beside_a_corpus_is_none_of_it(pattern: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "reports/a.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(TEXTS[0])
    with failing(NOTHING) as server:
        assert batch(pattern, "--output", "reports/run", *asking(server)) == 0


@pytest.mark.loopback
def test_what_failed_is_tried_again_also_where_the_corpus_has_changed(corpus: Path, tmp_path: Path) -> None:
    with failing(error(400), NOTHING) as server:
        arguments = ("--output", tmp_path / "run", *asking(server, "--workers", 1))
        assert batch(corpus, *arguments) == 1
        written(corpus, [*TEXTS, "Sund agreed to nothing."])
        assert batch(corpus, *arguments, "--retry-failed") == 0
    assert attempts(tmp_path / "run") == [("done", 4), ("no answer", 1)]


@pytest.mark.loopback
def test_a_start_that_is_refused_leaves_the_run_as_it_was(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with failing(NOTHING) as server:
        assert batch(corpus, "--output", tmp_path / "run", *asking(server)) == 0
        assert batch(corpus, "--output", tmp_path / "run", *asking(server, "--policy", "strict", "--max-cost", 1)) == 2
        assert batch(corpus, "--output", tmp_path / "other", *asking(server, "--engine", "ray", "--max-calls", 3)) == 2
        assert batch(corpus, "--output", tmp_path / "other", *asking(server, "--address", "127.0.0.1:9")) == 2
    assert not (tmp_path / "other").exists()
    capsys.readouterr()
    assert batch("status", tmp_path / "run") == 0
    assert capsys.readouterr().out.startswith("3 reports: 3 done")


@pytest.mark.loopback
def test_an_endpoint_that_wants_to_be_left_alone_for_long_ends_what_there_is_to_do(corpus: Path, tmp_path: Path) -> None:
    with failing(error(429, retry_after="3600")) as server:
        assert batch(corpus, "--output", tmp_path / "run", *asking(server)) == 4
    assert "no answer" in dict(attempts(tmp_path / "run"))


@pytest.mark.loopback
def test_no_deadline_is_over_while_a_report_waits_for_its_turn(corpus: Path, tmp_path: Path) -> None:
    with failing(NOTHING) as server:
        more = ("--requests-per-minute", 60, "--deadline", 0.9)
        assert batch(corpus, "--output", tmp_path / "run", *asking(server, *more)) == 0
