"""Processes that share one run: whether any finds it locked, and whether anything is done twice.

    PYTHONPATH=benchmarks python -m batch.sharing [--documents 1000] [--processes 2 8] [--workers 8] [--latency 0.2]

All processes are started at the same moment, in a folder that is not there yet. Prints a row for each number of processes;
exit status 1 when one of them failed or said "locked", or a result was lost or doubled, or a question asked twice.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from batch.corpus import write_corpus
from batch.model_server import Manner, serving
from batch.runs import command, finished, found, started


def main() -> int:
    """Print the table, and say by the exit status whether all is as promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--processes", type=int, nargs="+", default=(2, 8))
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--latency", type=float, default=0.2)
    asked = parser.parse_args()
    wrong = False
    print("| processes | done | lost | double results | asked twice | said locked | exit status 0 | integrity | seconds |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for number in asked.processes:
        with tempfile.TemporaryDirectory() as name, serving(Manner(latency=asked.latency)) as server:
            corpus = write_corpus(Path(name) / "reports.jsonl", asked.documents)
            arguments = command(corpus, Path(name) / "run", url=server.url, workers=asked.workers)
            begun = time.monotonic()
            processes = [started(arguments) for _ in range(number)]
            ends = [finished(process) for process in processes]
            seconds = time.monotonic() - begun
            counts, made = server.counts(), found(Path(name) / "run")
        twice = counts.requests - counts.questions
        locked = sum("locked" in said for _, said in ends)
        well = sum(status == 0 for status, _ in ends)
        sound = "clean" if made.is_sound else "NOT CLEAN"
        row = (number, f"{made.done:,}", made.lost, made.doubles, twice, locked, well, sound, round(seconds))
        print(f"| {' | '.join(map(str, row))} |", flush=True)
        wrong |= well < number or made.done < asked.documents or bool(locked or twice or made.doubles) or not made.is_sound
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
