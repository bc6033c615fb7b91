"""Runs as `summarizer batch` leaves them: a corpus that was read, and what came of its documents."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from builders import EMBEDDED, answering, moves
from summarizer.batch.configuration import Configuration
from summarizer.batch.corpus import Corpus, Named, document
from summarizer.batch.figures import remember
from summarizer.batch.store import Store
from summarizer.batch.tasks import Tasks, owner
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.llm.profiles import profile
from summarizer.pipeline import summarise
from summarizer.reading.corpora import Fields

Outcome = Briefing | str | None
"""Of a document: its briefing, why there is none, or nothing yet."""
BROKEN = "{"
"""A line of a corpus that cannot be read."""


def agreed(read: Document) -> Briefing:
    """A briefing of a document that begins with "Velia agreed to reopen the border."."""
    nothing = [moves()] * 9
    return summarise(read, model=answering(moves(("reopen the border", "Velia", "agrees")), *nothing))


def record(id: str, text: str, **others: str) -> str:
    """A line of a corpus."""
    return json.dumps({"id": id, "text": text, **others})


def numbered(count: int) -> list[str]:
    """The lines of a corpus of so many different documents."""
    return [record(f"r{number}", f"Velia agreed to reopen the border. It rained on day {number}.") for number in range(count)]


def keep_run(folder: Path, lines: Sequence[str], outcome: Callable[[Document], Outcome] = agreed) -> Path:
    """Put a run over a corpus of these lines into the folder `run`, and give that."""
    (folder / "reports.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    run = folder / "run"
    with begun(run, folder / "reports.jsonl") as (store, corpus, configuration):
        corpus.load(configuration, stop=lambda: False)
        work(store, configuration, outcome)
    return run


@contextmanager
def begun(run: Path, corpus: Path) -> Iterator[tuple[Store, Corpus, int]]:
    """A run over this corpus, of which nothing is read yet."""
    with Store(run, create=True) as store:
        made_by = Configuration.of(profile(EMBEDDED), strategy=None, policy="show", prompts=None)
        configuration = made_by.id(store)
        read = Corpus(store, Named((str(corpus),), Fields(), {}))
        remember(store, read.id, configuration)
        yield store, read, configuration


def work(store: Store, configuration: int, outcome: Callable[[Document], Outcome] = agreed) -> None:
    """Let each document come to its end."""
    with owner(store.folder) as name:
        tasks = Tasks(store, configuration, name)
        while task := tasks.claim():
            match outcome(document(store, task.document)):
                case Briefing() as briefing:
                    tasks.finish(task, briefing)
                case str() as reason:
                    tasks.fail(task, "no answer", reason)
                case None:
                    return  # it stays claimed, and what comes after it waits
