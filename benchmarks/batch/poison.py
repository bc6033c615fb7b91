"""A folder of reports of which a tenth is poison: what is done, and what each of the others is said to be.

    PYTHONPATH=benchmarks:tests python -m batch.poison [--documents 1000]

Of each thousand, ten are empty and ten hold spaces, ten are binary, five have 50 MB, ten are encrypted PDFs, ten are PDFs cut
in two, five are PDFs without text, ten are Word files that unpack to 300 MB, ten are no Word files, and twenty are broken
lines of a file with twenty good ones. Prints a table of the reasons, without the names in them; exit status 1 when a good
report was not done, or poison was.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from batch.corpus import reports
from batch.model_server import Manner, serving
from batch.runs import command, finished, found, print_table, started
from pdf_files import encrypted, lines, pdf
from word_files import paragraph, run, word_file

_BROKEN = (b'{"text": "Velia agr', b"[1, 2]", b'{"title": "No text"}', b'{"text": 5}', b"\xff\xfe\x00 no JSON at all")
_WHOLE = pdf(lines("Velia agreed to reopen the border.", "Tarsk did not."))
_NAMED = re.compile(r"'[^']*'|\b[\d,]+\b")


def poisons() -> dict[str, tuple[int, Callable[[random.Random], bytes]]]:
    """What there is of each thousand reports: how often, and the bytes of one, by the end of its name."""
    bomb = word_file(paragraph(run(" " * 300_000_000)))
    return {
        "empty.txt": (10, lambda chance: b""),
        "spaces.txt": (10, lambda chance: b" \n\t" * chance.randrange(1, 50)),
        "binary.txt": (10, lambda chance: chance.randbytes(20_000)),
        "large.txt": (5, lambda chance: b"Velia agreed. " * (50_000_000 // 14)),
        "encrypted.pdf": (10, lambda chance: encrypted(_WHOLE, user_password="secret", algorithm="AES-256")),
        "cut.pdf": (10, lambda chance: _WHOLE[: chance.randrange(20, len(_WHOLE) // 2)]),
        "blank.pdf": (5, lambda chance: pdf("")),
        "bomb.docx": (10, lambda chance: bomb),
        "other.docx": (10, lambda chance: chance.randbytes(5_000)),
    }


def write_folder(folder: Path, documents: int) -> int:
    """Fill it; gives how many of the reports are poison."""
    chance = random.Random(1)
    share = documents / 1_000
    poison = broken = round(20 * share)
    for name, (number, made) in poisons().items():
        for each in range(round(number * share)):
            (folder / f"{chance.randrange(10**6):06}-{each}-{name}").write_bytes(made(chance))
            poison += 1
    good = list(reports(documents - poison, words=120))
    with (folder / "500000-records.jsonl").open("wb") as records:
        for each in range(broken):
            records.write(json.dumps(good.pop()).encode() + b"\n" + _BROKEN[each % len(_BROKEN)] + b"\n")
    for report in good:
        (folder / f"{chance.randrange(10**6):06}-{report['id']}.txt").write_text(report["text"])
    return poison


def main() -> int:
    """Print the table, and say by the exit status whether all is as promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, serving(Manner(latency=0.1)) as server:
        corpus = Path(name) / "reports"
        corpus.mkdir()
        poison = write_folder(corpus, asked.documents)
        begun = time.monotonic()
        arguments = command(corpus, Path(name) / "run", url=server.url, workers=asked.workers)
        status, said = finished(started(arguments))
        seconds = time.monotonic() - begun
        made = found(Path(name) / "run")
    print(said, file=sys.stderr)
    reasons = Counter(_NAMED.sub("…", result) for _, result in made.results if result.startswith("unread"))
    print_table([
        ("reports", f"{asked.documents:,}, of which {poison} are poison"),
        ("done", f"{made.done:,}"),
        ("classed", sum(reasons.values()) + sum(made.classes.values())),
        ("lost", made.lost),
        ("exit status", status),
        ("seconds", round(seconds)),
        *((f"  {number}", why) for why, number in (reasons + Counter(made.classes)).most_common()),
    ])  # fmt: skip
    classed = sum(reasons.values()) + sum(made.classes.values())
    return int((made.done, classed) != (asked.documents - poison, poison))


if __name__ == "__main__":
    sys.exit(main())
