"""How long `summarizer --help` takes, and whether it imports what it should not.

python benchmarks/startup.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15
HEAVY = ("openai", "instructor", "pydantic", "xllamacpp", "rich")


def seconds(command: list[str]) -> float:
    """How long this command takes, as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Print the median of the command and, for scale, of an interpreter that does nothing."""
    helped = [sys.executable, "-c", "from summarizer.cli import program, run; run(program, 'summarizer', ['--help'])"]
    pairs = [(seconds(helped), seconds([sys.executable, "-c", ""])) for _ in range(RUNS)]
    print(f"summarizer --help  {statistics.median(a for a, _ in pairs):.3f} s")
    print(f"python -c ''       {statistics.median(b for _, b in pairs):.3f} s")
    code = f"{helped[-1]}; import sys; print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    print(f"heavy imports      {done.stderr.strip()}")


if __name__ == "__main__":
    main()
