"""A run that is killed again and again loses nothing, doubles nothing, and asks little twice; so does one that is shared."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from batch.corpus import write_corpus
from batch.model_server import Manner, serving
from batch.runs import command, finished, found, kill, started

pytestmark = pytest.mark.loopback

WORKERS = 4


def test_a_run_that_is_killed_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    corpus, chance, kills = write_corpus(tmp_path / "reports.jsonl", 120, words=40), random.Random(1), 6
    with serving(Manner(latency=0.05)) as server:
        killed = command(corpus, tmp_path / "killed", url=server.url, workers=WORKERS)
        for _ in range(kills):
            asked, process = server.counts().requests, started(killed)
            while server.counts().requests < asked + chance.randrange(4, 16) and process.poll() is None:
                time.sleep(0.01)
            kill(process)
        assert finished(started(killed))[0] == 0
        counts = server.counts()
        assert finished(started(command(corpus, tmp_path / "plain", url=server.url, workers=WORKERS)))[0] == 0
    made, plain = found(tmp_path / "killed"), found(tmp_path / "plain")
    assert (made.done, made.lost, made.doubles, made.classes, made.is_sound) == (120, 0, 0, {}, True)
    assert made.results == plain.results
    assert counts.requests - counts.questions <= kills * WORKERS


def test_processes_that_share_a_run_double_nothing_and_ask_nothing_twice(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "reports.jsonl", 60, words=40)
    with serving(Manner(latency=0.05)) as server:
        processes = [started(command(corpus, tmp_path / "run", url=server.url, workers=WORKERS)) for _ in range(3)]
        ends = [finished(process) for process in processes]
        counts = server.counts()
    made = found(tmp_path / "run")
    assert ([status for status, _ in ends], [said for _, said in ends if "locked" in said]) == ([0, 0, 0], [])
    assert (made.done, made.lost, made.doubles, made.is_sound) == (60, 0, 0, True)
    assert counts.requests == counts.questions
