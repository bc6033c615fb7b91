"""A run on a cluster of Ray: as on one machine, whatever dies. Ray starts processes of its own, so all is run from outside."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from batch.corpus import write_corpus
from batch.model_server import Manner, serving
from batch.ray_kills import workers
from batch.runs import command, finished, found, kill, started
from summarizer.batch.cluster.turns import KeptTurns
from summarizer.batch.cluster.worker import Worker
from summarizer.batch.running import Asking
from summarizer.cli import program, run
from summarizer.errors import AnswerError
from summarizer.settings import Settings

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed (pip install 'summarizer[ray]')")


@needs_ray
@pytest.mark.loopback
def test_a_cluster_makes_what_one_machine_makes_though_a_worker_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:9")  # somebody else's cluster, which nobody asked for with --address
    stdout = tmp_path / "stdout"
    with serving(Manner(latency=0.3)) as server:
        corpus = write_corpus(tmp_path / "reports.jsonl", 40)
        assert finished(started(command(corpus, tmp_path / "plain", url=server.url, workers=8)))[0] == 0
        process = started([*command(corpus, tmp_path / "there", url=server.url, workers=4), "--engine", "ray"], stdout=stdout)
        while process.poll() is None and not (begun := workers()):
            time.sleep(0.1)
        time.sleep(1.0)
        os.kill(begun[0], signal.SIGKILL)
        status, said = finished(process)
    assert (status, stdout.read_text(), "raylet" in said) == (0, "", False)
    plain, there = found(tmp_path / "plain"), found(tmp_path / "there")
    assert (there.done, there.lost, there.doubles, there.is_sound) == (40, 0, 0, True)
    assert there.results == plain.results


@needs_ray
@pytest.mark.loopback
def test_what_a_driver_had_that_died_is_done_by_the_next(tmp_path: Path) -> None:
    with serving(Manner(latency=0.3)) as server:
        arguments = command(write_corpus(tmp_path / "reports.jsonl", 20), tmp_path / "run", url=server.url, workers=4)
        process = started([*arguments, "--engine", "ray"])
        while server.counts().answered < 5:
            time.sleep(0.1)
        kill(process)
        status, _ = finished(started([*arguments, "--engine", "ray"]))
        repeated = server.counts().repeated
    there = found(tmp_path / "run")
    assert (status, there.done, there.lost, there.doubles, there.is_sound) == (0, 20, 0, 0, True)
    assert repeated <= 8


def test_a_worker_that_would_make_other_briefings_than_the_run_begins_none() -> None:
    asking = Asking(model="m", base_url="http://127.0.0.1:9/v1", strategy="whole")
    job = asking.job(Settings(Path(), Path()))
    here = KeptTurns(at_once=1, per_minute=None)
    older = replace(job, configuration=replace(job.configuration, summarizer="0.0.1", prompt_hash="x"))
    with pytest.raises(AnswerError, match="differs in summarizer, prompt_hash: give every machine the same"):
        Worker(older, here)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--max-calls", "3"], "are kept by one process: leave them or --engine ray out"),
        (["--via", "provider-batch"], "needs no cluster: leave --engine ray out"),
    ],
)
def test_what_a_cluster_cannot_keep_is_wrong_usage(
    more: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Velia agreed.")
    arguments = [
        "batch",
        str(tmp_path / "a.txt"),
        "--output",
        str(tmp_path / "run"),
        "--model",
        "m",
        "--base-url",
        "http://127.0.0.1:9/v1",
    ]
    assert run(program, "summarizer", [*arguments, "--engine", "ray", *more]) == 2
    assert reason in capsys.readouterr().err
