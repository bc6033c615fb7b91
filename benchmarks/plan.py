"""How near a plan comes to what a report really took.

    python benchmarks/plan.py REPORTS BRIEFINGS

`REPORTS` is a folder of texts, `BRIEFINGS` the folder into which `summarise REPORTS/*.txt --no-cache --format json --output
BRIEFINGS` put what it made of them, live.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from summarizer.pipeline import planning


def main(reports: Path, briefings: Path) -> None:
    """Print a line a report, and how many totals lie in the range that was planned."""
    inside, errors = 0, []
    print(f"{'report':26} {'calls':>11} {'prompt tokens':>24} {'all tokens':>26}")
    for path in sorted(briefings.glob("*.json")):
        took = json.loads(path.read_text())["provenance"]
        with planning(took["model"], cache=False) as plan:
            planned = plan(reports / f"{path.stem}.txt")
        usage = took["usage"]
        least, most = planned.tokens
        total = usage["prompt_tokens"] + usage["completion_tokens"]
        middle = sum(planned.prompt_tokens) / 2
        errors.append(middle / usage["prompt_tokens"] - 1)
        inside += least <= total <= most
        print(
            f"{path.stem:26} {planned.calls:>4} of {usage['calls']:>3} {middle:>8.0f}, took {usage['prompt_tokens']:>6}"
            f" {errors[-1]:>+6.1%} {least:>7} to {most:>6}, took {total:>6}"
        )
    print(f"prompt tokens off by at most {max(map(abs, errors)):.1%}; {inside} of {len(errors)} totals inside the range")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
