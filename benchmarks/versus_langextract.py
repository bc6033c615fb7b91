"""Summarizer and langextract on the same reports, with the same model in the same process: how good, and how long.

    pip install langextract
    python benchmarks/versus_langextract.py TEXTS --gold GOLD [--times-only] [--only NAME ...]

Both ask one server of the embedded model, one request at a time; it is loaded, and each side has asked one question, before
the clock runs. langextract asks it as an endpoint of OpenAI's, over loopback. `--settings` tries several chunk sizes, with and
without a JSON schema, and context; otherwise it has the setting that was best (docs/quality.md).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from summarizer import Settings, connect, summarise
from summarizer.document import Document
from summarizer.evaluation import Case, Dataset, Result, evaluate, figures
from summarizer.evaluation.evaluating import Brief
from summarizer.llm.embedded.serving import serving
from summarizer.llm.embedded.transport import EmbeddedTransport
from summarizer.llm.profiles import profile
from summarizer.progress import Progress
from summarizer.reading import document_from_text
from summarizer.settings import DEFAULT_MODEL
from versus.langextract import Langextract, Setting

BEST = Setting()
OTHERS = (
    Setting(schema=False),
    Setting(characters=500),
    Setting(characters=250),
    Setting(characters=250, context=500),
)
WARM_UP = "Velia said on Monday that it would reopen the border. Ostria refused to withdraw its patrols."
KEY = "benchmark"


def main() -> None:
    """Print one line for each side and the ratio of their times."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--gold", type=Path, help="the folder of the gold, where it is not that of the texts")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of these reports alone")
    parser.add_argument("--times-only", action="store_true", help="do not look at how good they are")
    parser.add_argument("--settings", action="store_true", help="try langextract's settings, and nothing else")
    arguments = parser.parse_args()
    dataset = Dataset.read(arguments.texts, gold=arguments.gold)
    if arguments.only:
        dataset = replace(dataset, cases=tuple(case for case in dataset.cases if case.name in arguments.only))
    settings = Settings.from_environment()
    name = profile(DEFAULT_MODEL).model
    transport = EmbeddedTransport(name, folder=settings.weights_folder, progress=Progress())
    transport.load()
    with serving(transport, model=name, key=KEY) as server:

        def langextract(setting: Setting) -> Callable[[Case], Result]:
            return Langextract(setting, model=name, url=server.url, key=KEY)

        def ours(case: Case) -> Result:
            with connect(DEFAULT_MODEL, settings=settings, cache=False, transport=transport) as model:
                return Result.of(summarise(case.document, model=model))

        if arguments.settings:
            for setting in (BEST, *OTHERS):
                timed(str(setting), langextract(setting), dataset, quietly=arguments.times_only)
            return
        mine = timed("summarizer", ours, dataset, quietly=arguments.times_only)
        version = metadata.version("langextract")
        theirs = timed(f"langextract {version} ({BEST})", langextract(BEST), dataset, quietly=arguments.times_only)
        print(f"summarizer takes {mine / theirs:.2f} of langextract's time")


def timed(what: str, brief: Brief, dataset: Dataset, *, quietly: bool) -> float:
    """How many seconds it takes for the dataset. Prints that, and how good it was."""
    brief(warm_up(dataset))
    seconds = {}

    def clocked(case: Case) -> Result:
        begun = time.perf_counter()
        made = brief(case)
        seconds[case.name] = time.perf_counter() - begun
        return made if isinstance(made, Result) else Result.of(made)

    found = figures(evaluate(dataset, clocked))
    total = sum(seconds.values())
    good = "" if quietly else f", typed F1 {found.typed.f1:.3f} (P {found.typed.precision:.2f}, R {found.typed.recall:.2f})"
    print(f"{what}: {total:.0f} s for {len(dataset.cases)} reports{good}", flush=True)
    return total


def warm_up(dataset: Dataset) -> Case:
    """A case whose instructions the model reads before the clock runs."""
    document: Document = document_from_text(WARM_UP)
    gold = dataset.cases[0].gold
    return Case("warm-up", document, gold.model_copy(update={"sha256": document.id, "items": ()}))


if __name__ == "__main__":
    main()
