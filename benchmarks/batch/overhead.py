"""What a run costs on our side: of the throughput that an endpoint could give, of the processor, of memory.

    PYTHONPATH=benchmarks python -m batch.overhead [throughput] [processor] [memory] [--documents 1000 10000] ...

throughput  a latency of one second and 64 workers: documents done a second, as a share of 64 a second. "At work" is from the
            first request to the last answer, without the last second, in which there is not enough left to ask; "with start"
            is all of the process.
processor   CPU of the process for each report of 1,000 words, against an endpoint that answers at once, without what the
            start takes (a run of a single report); beside it a call through openai and instructor alone, in a process that
            does nothing else, for the same messages and the same response model.
memory      the peak of resident memory, and the CPU for each document, at each number of `--documents`, against an endpoint
            that answers at once; exit status 1 when it grew by more than a tenth from the first to the last.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import instructor
import openai

from batch.corpus import reports, write_corpus
from batch.model_server import Manner, serving
from batch.runs import command, finished, print_table, started
from summarizer.extraction.whole import Report

WORKERS = 64
WORDS = 1_000
MOST = 1.1


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took: seconds of the clock and of the processor, MiB at its peak, seconds from first to last request."""

    wall: float
    cpu: float
    peak: float
    busy: float


def cost(documents: int, *, words: int, latency: float, workers: int) -> Cost:
    """That of a whole run with so many documents."""
    with tempfile.TemporaryDirectory() as folder, serving(Manner(latency=latency)) as server:
        corpus = write_corpus(Path(folder) / "reports.jsonl", documents, words=words)
        arguments = command(corpus, Path(folder) / "run", url=server.url, workers=workers)
        begun = time.monotonic()
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - begun
        if process.returncode not in (0, 1):  # of 100,000 reports two get three answers in a row that do not fit
            raise SystemExit(f"the run ended with status {process.returncode}")
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, server.counts().busy)


def throughput(documents: int) -> None:
    """Print the share of what the endpoint could give."""
    with tempfile.TemporaryDirectory() as folder, serving(Manner(latency=1.0)) as server:
        corpus = write_corpus(Path(folder) / "reports.jsonl", documents)
        begun = time.monotonic()
        status, said = finished(started(command(corpus, Path(folder) / "run", url=server.url, workers=WORKERS)))
        wall = time.monotonic() - begun
        counts = server.counts()
    if status:
        raise SystemExit(said)
    ideal = counts.requests / WORKERS
    print_table([
        ("requests", f"{counts.requests:,} of 1 s each, {counts.most_at_once} at once"),
        ("ideal", f"{ideal:.1f} s"),
        ("at work", f"{counts.busy:.1f} s, {ideal / counts.busy:.1%} of the ideal throughput"),
        ("with start", f"{wall:.1f} s, {ideal / wall:.1%}"),
    ])  # fmt: skip


def processor(documents: int) -> None:
    """Print the CPU of a report, beside a bare call."""
    whole = cost(documents, words=WORDS, latency=0.0, workers=8)
    start = cost(1, words=WORDS, latency=0.0, workers=8)
    each = (whole.cpu - start.cpu) / (documents - 1)
    ours, theirs = f"{each * 1000:.1f} ms of CPU", f"{bare_in_a_process(documents) * 1000:.1f} ms of CPU"
    print_table(
        [(f"a report of {WORDS:,} words", ours), ("openai and instructor alone", theirs), ("start", f"{start.cpu:.1f} s")]
    )


def bare_in_a_process(calls: int) -> float:
    """Seconds of CPU for each bare call."""
    code = f"from batch.overhead import bare; print(bare({calls}))"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def bare(calls: int) -> float:
    """Seconds of CPU of this process for each of so many calls, one after the other."""
    with serving(Manner()) as server:
        asking = instructor.from_openai(openai.OpenAI(api_key="none", base_url=server.url), mode=instructor.Mode.JSON_SCHEMA)
        texts = [_numbered(report["text"]) for report in reports(calls, words=WORDS)]
        begun = _own_cpu()
        for text in texts:
            asking.chat.completions.create(response_model=Report, messages=[{"role": "user", "content": text}], model="m")
        return (_own_cpu() - begun) / calls


def _numbered(text: str) -> str:
    sentences = [sentence for sentence in text.replace("\n", " ").split(".") if sentence.strip()]
    return "\n".join(f"{number} {sentence.strip()}." for number, sentence in enumerate(sentences, 1))


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def memory(sizes: Sequence[int]) -> bool:
    """Print the peaks and the CPU of each document; gives whether memory is flat."""
    print("| documents | peak | CPU a document | wall |\n|---|---|---|---|")
    costs = []
    for documents in sizes:
        costs.append(cost(documents, words=60, latency=0.0, workers=8))
        each = costs[-1].cpu / documents * 1000
        print(f"| {documents:,} | {costs[-1].peak:.0f} MiB | {each:.1f} ms | {costs[-1].wall:.0f} s |", flush=True)
    return costs[-1].peak <= MOST * costs[0].peak


def main() -> int:
    """Measure what was named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["throughput", "processor", "memory"])
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--reports", type=int, default=400, help="for the processor")
    parser.add_argument("--requests", type=int, default=3_000, help="for the throughput")
    asked = parser.parse_args()
    if "throughput" in asked.what:
        throughput(asked.requests)
    if "processor" in asked.what:
        processor(asked.reports)
    return int("memory" in asked.what and not memory(asked.documents))


if __name__ == "__main__":
    sys.exit(main())
