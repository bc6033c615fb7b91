"""What one report costs when nothing is at hand: seconds, tokens and the peak of memory.

python benchmarks/cost.py [REPORT]
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from summarizer import Settings, connect, summarise
from summarizer.progress import Progress
from summarizer.settings import DEFAULT_MODEL

SEED = Path(__file__).parent.parent / "seeds" / "ceasefire-call.txt"


class Loaded(Progress):
    """When the model began to load, and when the first answer was there."""

    def __init__(self) -> None:
        self.begun = time.perf_counter()
        self.answers: list[float] = []

    def answered(self, *, cached: bool) -> None:
        """Note the time."""
        self.answers.append(time.perf_counter() - self.begun)


def main(report: Path) -> None:
    """Ask the default model about the report, live, and print what it took."""
    progress = Loaded()
    with connect(DEFAULT_MODEL, settings=Settings.from_environment(), cache=False, progress=progress) as model:
        briefing = summarise(report, model=model, progress=progress)
    usage, passages = briefing.provenance.usage, briefing.coverage.passages
    later = progress.answers[-1] - progress.answers[0]
    print(f"{briefing.provenance.seconds:.0f} s for {passages} passages")
    print(f"{progress.answers[0]:.1f} s to the first answer (loading, reading the instructions), then")
    print(f"{later / max(1, passages - 1):.2f} s a passage")
    print(f"{usage.prompt_tokens} prompt tokens, most of them in the prefix cache; {usage.completion_tokens} completion tokens")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at the peak")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else SEED)
