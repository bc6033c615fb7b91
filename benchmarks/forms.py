"""How long each form of a briefing of a hundred items takes to make.

    python benchmarks/forms.py BRIEFING.json [ROUNDS]

BRIEFING.json is what `summarise --format json` printed; its demands are doubled until there are a hundred items. Prints
milliseconds by the clock: the first time, with the libraries of the form imported, and the median of the others.
"""

from __future__ import annotations

import statistics
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from summarizer.briefing import Briefing
from summarizer.rendering import FORMATS, Format, render

ITEMS = 100


def main(path: Path, rounds: int) -> None:
    """Print a row for each form."""
    made = of_a_hundred(Briefing.model_validate_json(path.read_text(encoding="utf-8")))
    print(f"{len(made.items)} items\n{'form':<10}{'first':>8}{'median':>8}  ms")
    for format in FORMATS:
        first, *others = (timed(made, format) for _ in range(rounds + 1))
        print(f"{format:<10}{first:>8.0f}{statistics.median(others):>8.0f}")


def of_a_hundred(made: Briefing) -> Briefing:
    """The briefing with a hundred items: its own, and copies of its demands."""
    copies = (
        demand.model_copy(update={"id": f"{demand.id}-copy-{number}"})
        for number, demand in enumerate(cycle(made.demands), start=1)
    )
    more = tuple(islice(copies, max(0, ITEMS - len(made.items))))
    return made.model_copy(update={"demands": (*made.demands, *more)})


def timed(made: Briefing, format: Format) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    render(made, format=format)
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
