"""A run on a cluster of Ray: as on one machine, whatever dies. Ray starts processes of its own, so all is run from outside."""

from __future__ import annotations

import os
import signal
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from batch.corpus import write_corpus
from batch.model_server import Manner, serving
from batch.ray_kills import workers
from batch.runs import command, finished, found, started
from summarizer.cli import program, run

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


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--max-calls", "3"], "--max-cost are kept by one process: leave --engine ray out"),
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
