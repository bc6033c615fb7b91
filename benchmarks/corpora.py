"""Whether the memory that reading a corpus takes grows with it: 1,000 against 100,000 records of each kind.

    python benchmarks/corpora.py [--records 1000 100000]

Each corpus is written into a temporary folder and read in a process of its own; the figures are the peak of its resident
memory and, for Parquet, of the process in which pyarrow runs. It is written in another, since Linux hands the peak of a
process down to those that it starts. Exit status 1 when a peak grew by more than a tenth.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

MOST = 1.1
READ = """
import resource, sys
from summarizer.reading.corpora import records
print(sum(1 for _ in records(sys.argv[1])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def reports(number: int) -> Iterator[dict[str, str]]:
    """So many short invented reports."""
    for each in range(number):
        yield {"id": f"report-{each}", "text": f"Velia said on day {each} that it would reopen the border.\n\nTarsk agreed."}


def write_json(path: Path, number: int) -> None:
    """JSON Lines."""
    with path.open("w") as file:
        file.writelines(f"{json.dumps(report)}\n" for report in reports(number))


def write_packed(path: Path, number: int) -> None:
    """The same, packed."""
    with gzip.open(path, "wt") as file:
        file.writelines(f"{json.dumps(report)}\n" for report in reports(number))


def write_table(path: Path, number: int) -> None:
    """CSV."""
    with path.open("w", newline="") as file:
        table = csv.DictWriter(file, ("id", "text"))
        table.writeheader()
        table.writerows(reports(number))


def write_parquet(path: Path, number: int) -> None:
    """All records in one row group, which is the hardest case."""
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_pylist(list(reports(number))), path, row_group_size=number)


KINDS: dict[str, Callable[[Path, int], None]] = {
    "jsonl": write_json,
    "jsonl.gz": write_packed,
    "csv": write_table,
    "parquet": write_parquet,
}


def peaks(path: Path, number: int) -> tuple[int, int]:
    """The peaks, in KiB, of a process that reads this and of its children."""
    command = [sys.executable, "-c", READ, str(path)]
    counted, measured = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert int(counted) == number, (counted, number)
    own, children = map(int, measured.split())
    return own, children


def main() -> int:
    """Measure, print a table, and say by the exit status whether memory is flat."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs=2, default=(1_000, 100_000))
    parser.add_argument("--write", nargs=3, metavar=("KIND", "PATH", "RECORDS"), help="only write such a corpus")
    arguments = parser.parse_args()
    if arguments.write:
        kind, path, number = arguments.write
        KINDS[kind](Path(path), int(number))
        return 0
    few, many = arguments.records
    grew = False
    print(f"| kind | {few:,} records | {many:,} records | growth |\n|---|---|---|---|")
    for kind in KINDS:
        found = []
        for number in (few, many):
            with tempfile.TemporaryDirectory() as folder:
                corpus = Path(folder, f"reports.{kind}")
                subprocess.run([sys.executable, __file__, "--write", kind, str(corpus), str(number)], check=True)
                found.append(peaks(corpus, number))
        for before, after, whose in zip(*found, ("", ", its process"), strict=True):
            if before:
                print(
                    f"| {kind}{whose} | {before / 1024:.1f} MiB | {after / 1024:.1f} MiB | {after / before - 1:+.1%} |",
                    flush=True,
                )
                grew |= after > MOST * before
    return int(grew)


if __name__ == "__main__":
    sys.exit(main())
