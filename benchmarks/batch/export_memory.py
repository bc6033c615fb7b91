"""What exporting a run takes, for runs of several lengths: memory, which must not grow with the run, time, and size.

    python benchmarks/batch/export_memory.py [DOCUMENTS...]

A run of each length (2,000 and 10,000, unless told otherwise) is made of briefings of one seed with its recorded answers, each
under a text of its own. Every format is then exported by a process of its own, and the most memory that it had, as Linux
tells it, is printed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from summarizer import Settings, connect, read
from summarizer.batch.configuration import Configuration
from summarizer.batch.corpus import Corpus, Named, document
from summarizer.batch.exporting import EXPORT_FORMATS
from summarizer.batch.figures import remember
from summarizer.batch.store import Store
from summarizer.batch.tasks import Tasks, owner
from summarizer.briefing import Briefing
from summarizer.llm.profiles import profile
from summarizer.pipeline import summarise
from summarizer.reading.corpora import Fields

ROOT = Path(__file__).parents[2]
SEED = "tile-tariffs"
MODEL = "embedded/qwen2.5-coder-1.5b"
_EXPORT = """
import sys
from pathlib import Path
from summarizer.batch.exporting import export
export(Path(sys.argv[1]), Path(sys.argv[2]), format=sys.argv[3])
(line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(line.split()[1])
"""


def main(lengths: list[int]) -> None:
    """Measure every format at each length."""
    print("documents  format     MiB  ms/document  KiB/document")
    with tempfile.TemporaryDirectory() as name:
        made = briefing(Path(name))
        for length in lengths:
            run = Path(name) / f"run-{length}"
            keep(run, made, length)
            for format in EXPORT_FORMATS:
                place = Path(name) / f"out-{length}-{format}"
                begun = time.perf_counter()
                told = subprocess.run(
                    [sys.executable, "-c", _EXPORT, str(run), str(place), format], check=True, capture_output=True, text=True
                )
                seconds = time.perf_counter() - begun
                memory, kibibytes = int(told.stdout) / 1024, size(place) / 1024
                print(
                    f"{length:>9,}  {format:<7} {memory:>6.0f} {seconds / length * 1000:>12.2f} {kibibytes / length:>13.1f}",
                    flush=True,
                )


def briefing(cache: Path) -> Briefing:
    """The briefing of the seed."""
    with connect(MODEL, settings=Settings(cache, cache), replay=ROOT / "fixtures" / SEED) as model:
        return summarise(read(ROOT / "seeds" / f"{SEED}.txt"), model=model)


def keep(run: Path, made: Briefing, length: int) -> None:
    """A run over so many documents that all have this briefing."""
    corpus = run.with_suffix(".csv")
    with corpus.open("w", encoding="utf-8") as file:
        file.write("id,text\n")
        file.writelines(f"r{number},Report {number}.\n" for number in range(length))
    with Store(run, create=True) as store, owner(run) as name, store.transaction():
        configuration = Configuration.of(profile(MODEL), strategy=None, policy="show", prompts=None).id(store)
        read = Corpus(store, Named((str(corpus),), Fields(), {}))
        remember(store, read.id, configuration)
        read.load(configuration, stop=lambda: False)
        tasks = Tasks(store, configuration, name)
        while task := tasks.claim():
            source = document(store, task.document).source
            named = made.document.model_copy(update={"source": source, "title": f"{made.headline} ({task.document})"})
            tasks.finish(task, made.model_copy(update={"document": named}))


def size(place: Path) -> int:
    """Bytes of the file, or of all files in the folder."""
    if place.is_file():
        return place.stat().st_size
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


if __name__ == "__main__":
    main([*map(int, sys.argv[1:])] or [2_000, 10_000])
