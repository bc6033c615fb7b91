"""A run that is killed again and again, at random moments, with `kill -9`: what it loses, doubles and asks again.

    PYTHONPATH=benchmarks python -m batch.kills [--documents 10000] [--workers 8] [--kills 50] [--between 3] [--latency 0.02]

The whole process group is killed, so many seconds after its start as chance says, `--between` of them on average; then the
run goes on to its end. Beside it the same corpus is done undisturbed, and the briefings of both are compared, without what
differs from run to run: when each was made, how long it took, and what was asked for it. Prints a table; exit status 1 when
anything was lost, doubled or different, or more was asked again than kills times workers.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from batch.corpus import write_corpus
from batch.model_server import Manner, serving
from batch.runs import command, finished, found, kill, print_table, started


def killed(arguments: list[str], *, kills: int, between: float) -> int:
    """Start and kill this so many times; gives how many of them came before its end."""
    chance = random.Random(1)
    for each in range(kills):
        process = started(arguments)
        try:
            process.wait(timeout=chance.uniform(0, 2 * between))
        except subprocess.TimeoutExpired:
            kill(process)
        else:
            process.communicate()
            return each
    return kills


def main() -> int:
    """Print the table, and say by the exit status whether all is as promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--between", type=float, default=3.0)
    parser.add_argument("--latency", type=float, default=0.02)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = write_corpus(folder / "reports.jsonl", asked.documents)
        with serving(Manner(latency=asked.latency)) as server:
            begun = time.monotonic()
            arguments = command(corpus, folder / "killed", url=server.url, workers=asked.workers)
            kills = killed(arguments, kills=asked.kills, between=asked.between)
            done_before = found(folder / "killed").done
            status, said = finished(started(arguments))
            seconds = time.monotonic() - begun
            counts = server.counts()
            plain_status, _ = finished(started(command(corpus, folder / "plain", url=server.url, workers=asked.workers)))
        disturbed, plain = found(folder / "killed"), found(folder / "plain")
    bound = kills * asked.workers
    different = sum(one != other for one, other in zip(disturbed.results, plain.results, strict=True))
    print_table([
        ("documents", f"{len(disturbed.results):,}"),
        ("kills before the end", f"{kills} of {asked.kills}, after which {done_before:,} were done"),
        ("done", f"{disturbed.done:,}"),
        ("lost", disturbed.lost),
        ("failed", disturbed.classes or 0),
        ("double results", disturbed.doubles),
        ("integrity check", "clean" if disturbed.is_sound else "NOT CLEAN"),
        ("calls", f"{counts.requests:,} for {counts.questions:,} questions"),
        ("repeated calls", f"{counts.requests - counts.questions} (bound: {bound})"),
        ("different from an undisturbed run", different),
        ("seconds", round(seconds)),
        ("exit status, and undisturbed", f"{status}, {plain_status}"),
    ])  # fmt: skip
    print(said, file=sys.stderr)
    right = disturbed.is_sound and not (disturbed.lost or disturbed.doubles or different)
    return int(not right or counts.requests - counts.questions > bound)


if __name__ == "__main__":
    sys.exit(main())
