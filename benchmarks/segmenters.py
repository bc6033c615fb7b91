"""Measures sentence segmenters.

    python benchmarks/segmenters.py [--gold ../shared/gold]

Three questions, one table on stdout. Which boundaries does a library find in hard cases (`segmenter_cases.json`), once
told the language and once told that all is English, which is what it hears until languages are detected? Which in real
reports (`segmenter_reference.json`: where the sentences of the gold texts start, completed by hand)? What does it cost:
milliseconds per report, milliseconds until the first answer of a new process, megabytes, dependencies?
Libraries that are not installed are named and skipped.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

Segmenter = Callable[[str, str], list[str]]
"""Text and ISO 639-1 code to the text's pieces, which may lack white space but nothing else."""

HERE = Path(__file__).parent
REPORT = HERE.parent / "seeds" / "ceasefire-call.txt"
MARK = "‖"


@dataclass(frozen=True, slots=True)
class Case:
    """A paragraph and where its sentences start, the first one excepted."""

    text: str
    boundaries: frozenset[int]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Score:
    """How many cases came out exactly, and the boundaries counted over all of them."""

    cases: int
    exact: int
    right: int
    invented: int
    missed: int

    def __str__(self) -> str:
        """Exact cases, precision, recall and F1."""
        precision = self.right / max(self.right + self.invented, 1)
        recall = self.right / max(self.right + self.missed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        return f"{self.exact}/{self.cases} | {precision:.3f} | {recall:.3f} | {f1:.3f}"


def main() -> None:
    """Print the table, or for a process of its own how long one library takes to load."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="folder with the gold's texts/; without it reports are not scored")
    parser.add_argument("--load", choices=LOADERS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.load:
        print(milliseconds_to_load(arguments.load))
    else:
        present = dict(installed())
        print_scores(present, gold_cases(arguments.gold) if arguments.gold else [])
        print_costs(present)


def print_scores(present: Mapping[str, Segmenter], gold: list[Case]) -> None:
    """What each library gets right, as a Markdown table."""
    print("| library | told language: exact | P | R | F1 | told English: exact | P | R | F1 | reports: exact | P | R | F1 |")
    print("|---" * 13 + "|")
    for name, segment in present.items():
        print(f"| {name} | {score(segment, hard_cases())} | {score(segment, hard_cases('en'))} | {score(segment, gold)} |")


def print_costs(present: Mapping[str, Segmenter]) -> None:
    """What each library costs, as a Markdown table."""
    print("\n| library | version | ms per report | times sentencex | ms to load | MB | needs | typed | licence |")
    print("|---" * 9 + "|")
    speeds = {name: milliseconds_per_report(segment) for name, segment in present.items()}
    for name, speed in speeds.items():
        times = speed / speeds["sentencex"]
        print(f"| {name} | {version(name)} | {speed:.2f} | {times:.0f} | {in_new_process(name)} | {facts(name)} |")


def installed() -> Iterator[tuple[str, Segmenter]]:
    """The segmenters that can be loaded here; the others are named on stderr."""
    for name, load in LOADERS.items():
        try:
            yield name, load()
        except ImportError as error:
            print(f"{name}: skipped, {error}", file=sys.stderr)


def hard_cases(language: str | None = None) -> list[Case]:
    """The cases of `segmenter_cases.json`, all under one language if one is given."""
    rows = json.loads((HERE / "segmenter_cases.json").read_text(encoding="utf-8"))
    return [marked_case(row["marked"], language or row["language"]) for row in rows]


def marked_case(marked: str, language: str) -> Case:
    """The case that is written with a mark before each sentence but the first."""
    pieces = marked.split(MARK)
    ends = [sum(map(len, pieces[:count])) for count in range(1, len(pieces))]
    return Case(text="".join(pieces), boundaries=frozenset(ends), language=language)


def gold_cases(folder: Path) -> list[Case]:
    """The paragraphs of the gold texts; in all of them a line is a paragraph."""
    reference = json.loads((HERE / "segmenter_reference.json").read_text(encoding="utf-8"))
    return [case for name, row in reference.items() for case in paragraph_cases(folder / "texts" / f"{name}.txt", row)]


def paragraph_cases(path: Path, row: dict[str, Any]) -> Iterator[Case]:
    """The paragraphs of one text with the starts that lie inside them."""
    text = path.read_bytes().decode()
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        raise SystemExit(f"{path} is not the text whose sentences were marked.")
    begin = 0
    for line in text.splitlines(keepends=True):
        inside = frozenset(start - begin for start in row["starts"] if begin < start < begin + len(line))
        if line.strip():
            yield Case(text=line.rstrip("\n"), boundaries=inside)
        begin += len(line)


def score(segment: Segmenter, cases: list[Case]) -> Score:
    """What a segmenter gets right. One that alters the text has found nothing in it."""
    answers = [(case.boundaries, boundaries(case.text, segment(case.text, case.language))) for case in cases]
    return Score(
        cases=len(cases),
        exact=sum(wanted == found for wanted, found in answers),
        right=sum(len(wanted & found) for wanted, found in answers),
        invented=sum(len(found - wanted) for wanted, found in answers),
        missed=sum(len(wanted - found) for wanted, found in answers),
    )


def boundaries(text: str, pieces: Iterable[str]) -> frozenset[int]:
    """Where the pieces but the first start in the text, white space aside; none when they are not the text's."""
    visible = [position for position, character in enumerate(text) if not character.isspace()]
    squeezed = ["".join(piece.split()) for piece in pieces]
    if "".join(squeezed) != "".join(text.split()):
        return frozenset()
    starts = [sum(map(len, squeezed[:count])) for count in range(len(squeezed)) if squeezed[count]]
    return frozenset(visible[start] for start in starts if start)


def milliseconds_per_report(segment: Segmenter) -> float:
    """The best of several runs over the seed article, paragraph by paragraph, about 6,000 characters."""
    paragraphs = REPORT.read_text(encoding="utf-8").splitlines()
    return min(timed(lambda: [segment(paragraph, "en") for paragraph in paragraphs]) for _ in range(9))


def milliseconds_to_load(name: str) -> str:
    """From nothing imported to the first answer, in this process."""
    return f"{timed(lambda: LOADERS[name]()('One. Two.', 'en')):.0f}"


def timed(work: Callable[[], object]) -> float:
    """How long it takes, in milliseconds."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def in_new_process(name: str) -> str:
    """What a process that has imported nothing yet says of `milliseconds_to_load`."""
    command = [sys.executable, "-W", "ignore", __file__, "--load", name]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def version(name: str) -> str:
    """The version that is installed."""
    return metadata.version(DISTRIBUTIONS.get(name, name))


def facts(name: str) -> str:
    """Megabytes on disk, what it needs, whether it is typed, its licence: what its metadata say."""
    distribution = metadata.distribution(DISTRIBUTIONS.get(name, name))
    files = [file for file in distribution.files or [] if file.suffix != ".pyc"]
    size = sum(Path(str(file.locate())).stat().st_size for file in files)
    needs = [need.split()[0].split(">")[0].split("<")[0] for need in distribution.requires or [] if "extra ==" not in need]
    typed = "yes" if any(file.name == "py.typed" for file in files) else "no"
    about = distribution.metadata
    licence = next((about[key] for key in ("License-Expression", "License") if key in about), "not said")
    return f"{size / 1e6:.1f} | {', '.join(needs) or 'nothing'} | {typed} | {licence}"


def _sentencex() -> Segmenter:
    segment = import_module("sentencex").segment
    return lambda text, language: list(segment(language, text))


def _summarizer() -> Segmenter:
    from summarizer.reading.segmenter import library, sentence_spans

    def segment(text: str, language: str) -> list[str]:
        spans = sentence_spans(text, language=language, segment=library(language))
        return [text[start:end] for start, end in spans]

    return segment


def _pysbd() -> Segmenter:
    pysbd = import_module("pysbd")
    return _per_language(lambda language: pysbd.Segmenter(language=language, clean=False).segment, ValueError)


def _yasbd() -> Segmenter:
    yasbd = import_module("yasbd")
    unknown = import_module("yasbd.exceptions").YasbdError
    return _per_language(lambda language: yasbd.BoundaryDetector(language).segment, unknown)


def _sentence_splitter() -> Segmenter:
    module = import_module("sentence_splitter")
    unknown = module.SentenceSplitterException
    return _per_language(lambda language: module.SentenceSplitter(language=language).split, unknown)


def _icu() -> Segmenter:
    breaker = import_module("icu4py.breakers").SentenceBreaker
    return lambda text, language: list(breaker(text, f"{language}@ss=standard"))


def _blingfire() -> Segmenter:
    split = import_module("blingfire").text_to_sentences
    return lambda text, language: list(split(text).split("\n"))


def _nupunkt() -> Segmenter:
    split = import_module("nupunkt").sent_tokenize
    return lambda text, language: list(split(text))


def _segtok() -> Segmenter:
    split = import_module("segtok.segmenter").split_single
    return lambda text, language: list(split(text))


def _syntok() -> Segmenter:
    analyze = import_module("syntok.segmenter").analyze

    def segment(text: str, language: str) -> list[str]:
        starts = [sentence[0].offset for paragraph in analyze(text) for sentence in map(list, paragraph) if sentence]
        return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]

    return segment


def _per_language(make: Callable[[str], Callable[[str], Iterable[str]]], unknown: type[Exception]) -> Segmenter:
    """One segmenter per language, made when first wanted; English where the library does not know the language."""
    made: dict[str, Callable[[str], Iterable[str]]] = {}

    def segment(text: str, language: str) -> list[str]:
        if language not in made:
            try:
                made[language] = make(language)
            except unknown:
                made[language] = make("en")
        return list(made[language](text))

    return segment


LOADERS: dict[str, Callable[[], Segmenter]] = {
    "summarizer": _summarizer,
    "sentencex": _sentencex,
    "yasbd": _yasbd,
    "pysbd": _pysbd,
    "nupunkt": _nupunkt,
    "blingfire": _blingfire,
    "syntok": _syntok,
    "sentence-splitter": _sentence_splitter,
    "icu4py": _icu,
    "segtok": _segtok,
}
DISTRIBUTIONS = {"summarizer": "sentencex", "yasbd": "yasbd-lib"}

if __name__ == "__main__":
    main()
