"""A run against an endpoint that fails a fifth of its requests, in every way, and has a limit.

    PYTHONPATH=benchmarks python -m batch.faults [--documents 2000] [--faults 0.2] [--per-minute 1200] [--workers 64]

Faults are 429 with and without Retry-After, 500, 502, 503, 529, resets before and within an answer, answers that are cut, and
answers that drip for ten seconds. Three runs: one that was told the limit (`--requests-per-minute`); two that were not, so
that the endpoint refuses what is over it, saying for how long (`Retry-After`) or not.

`ideal` is the time that the requests take at the rate of the limit, those among them that met a fault, with the seconds for
which the endpoint wanted to be left alone and the latency of one answer; what it refused because of the limit is not counted.
`strict` is the same without those seconds. `wall` is from the first request to the last answer, as the server sees it. `early`
are requests that came while the endpoint wanted to be left alone, other than those that crossed with its word (within a
quarter of a second of it; `latest` is when the last of them came).
Prints a table; exit status 1 when a document is neither done nor classed, a request came early, or the run that was told the
limit took more than 1.2 of the ideal time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from batch.corpus import write_corpus
from batch.model_server import Counts, Manner, serving
from batch.runs import Found, command, finished, found, started

MOST = 1.2


@dataclass(frozen=True, slots=True)
class Trial:
    """One run: what its store holds, what the server saw, and how long it should have taken."""

    name: str
    found: Found
    counts: Counts
    strict: float

    @property
    def ideal(self) -> float:
        """With the seconds for which the endpoint wanted to be left alone."""
        return self.strict + self.counts.closed

    @property
    def ratio(self) -> float:
        """How much longer it took."""
        return self.counts.busy / self.ideal

    @property
    def is_right(self) -> bool:
        """Whether each document is accounted for, and nothing came early."""
        accounted = self.found.done + sum(self.found.classes.values())
        return accounted == len(self.found.results) and not self.counts.early and not self.found.doubles

    def row(self) -> str:
        """Of the table."""
        counts = self.counts
        classes = ", ".join(f"{number} {why}" for why, number in self.found.classes.items()) or "0"
        faults = sum(counts.faults.values())
        return (
            f"| {self.name} | {self.found.done:,} | {classes} | {counts.requests:,} | {faults:,} | {counts.refused:,}"
            f" | {counts.busy:.0f} s | {self.ideal:.0f} s | {self.ratio:.2f} | {counts.busy / self.strict:.2f}"
            f" | {counts.early} | {counts.crossed}, {counts.latest:.2f} s |"
        )


def trial(name: str, corpus: Path, manner: Manner, *, workers: int, told: bool) -> Trial:
    """Run it once."""
    more = ["--requests-per-minute", str(manner.per_minute)] if told else []
    with tempfile.TemporaryDirectory() as folder, serving(manner) as server:
        _, said = finished(started(command(corpus, Path(folder), url=server.url, workers=workers, more=more)))
        print(said, file=sys.stderr)
        counts = server.counts()
        strict = (counts.requests - counts.refused) * 60 / manner.per_minute + manner.latency
        return Trial(name, found(Path(folder)), counts, strict)


def main() -> int:
    """Print the table, and say by the exit status whether all is as promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--faults", type=float, default=0.2)
    parser.add_argument("--per-minute", type=float, default=1_200)
    parser.add_argument("--workers", type=int, default=64)
    parser.add_argument("--latency", type=float, default=1.0)
    parser.add_argument("--only", choices=["told", "refused", "refused without a word"])
    asked = parser.parse_args()
    trials = []
    print("| run | done | failed | requests | faults | refused | wall | ideal | ratio | to strict | early | crossed, latest |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = write_corpus(Path(folder) / "reports.jsonl", asked.documents)
        for name in ("told", "refused", "refused without a word") if asked.only is None else (asked.only,):
            manner = Manner(
                latency=asked.latency,
                per_minute=asked.per_minute,
                faults=asked.faults,
                retry_after=1.0,
                limit_says_when=name != "refused without a word",
            )
            trials.append(trial(name, corpus, manner, workers=asked.workers, told=name == "told"))
            print(trials[-1].row(), flush=True)
    slow = any(trial.name == "told" and trial.ratio > MOST for trial in trials)
    return int(slow or not all(trial.is_right for trial in trials))


if __name__ == "__main__":
    sys.exit(main())
