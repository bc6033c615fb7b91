"""Workers of a Ray cluster that are killed: whether anything is lost or done twice, and whether all is as on one machine.

    PYTHONPATH=benchmarks python -m batch.ray_kills [--documents 400] [--kills 20] [--workers 16] [--latency 0.2]

Runs the corpus with threads, then with `--engine ray` on a cluster of this machine, whose workers are killed with `kill -9`,
one at a time, while it goes on. Prints one row; exit status 1 when a document is lost, doubled or briefed otherwise.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from batch.corpus import write_corpus
from batch.model_server import Manner, serving
from batch.runs import command, finished, found, started

_SECONDS_BETWEEN = (0.5, 1.5)


def main() -> int:
    """Print the row, and say by the exit status whether all is as promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=16)
    parser.add_argument("--latency", type=float, default=0.2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(Manner(latency=asked.latency)) as server:
        corpus = write_corpus(Path(name) / "reports.jsonl", asked.documents)
        plain, there = Path(name) / "plain", Path(name) / "ray"
        finished(started(command(corpus, plain, url=server.url, workers=asked.workers)))
        before = server.counts().requests
        process = started([*command(corpus, there, url=server.url, workers=asked.workers), "--engine", "ray"])
        kills = killed_workers(asked.kills, while_runs=lambda: process.poll() is None)
        status, said = finished(process)
        repeated = server.counts().requests - before - asked.documents
        made = found(there)
        different = sum(one != other for one, other in zip(made.results, found(plain).results, strict=True))
    print("| documents | killed | done | lost | double results | repeated calls | differences | status | integrity |")
    print("|---|---|---|---|---|---|---|---|---|")
    sound = "clean" if made.is_sound else "NOT CLEAN"
    row = (asked.documents, kills, made.done, made.lost, made.doubles, repeated, different, status, sound)
    print(f"| {' | '.join(map(str, row))} |")
    if status:
        print(said, file=sys.stderr)
    return int(bool(status or made.lost or made.doubles or different) or not made.is_sound)


def killed_workers(number: int, *, while_runs: Callable[[], bool]) -> int:
    """Kill so many worker processes at random moments; gives how many it were."""
    chance, killed = random.Random(1), 0
    while killed < number and while_runs():
        time.sleep(chance.uniform(*_SECONDS_BETWEEN))
        if there := workers():
            with suppress(ProcessLookupError):
                os.kill(chance.choice(there), signal.SIGKILL)
                killed += 1
    return killed


def workers() -> list[int]:
    """The processes of this machine that are workers of a run, of whatever cluster."""
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if _is_worker(path)]


def _is_worker(path: Path) -> bool:
    try:
        return path.read_bytes().startswith(b"ray::_Actor")
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main())
