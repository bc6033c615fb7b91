"""Measures `locate`: how many false quotations it accepts, how many genuine ones it rejects, and how fast it is.

    python benchmarks/grounding.py [TEXTS_FOLDER] [--count 10000]

Quotations are drawn from the paragraphs in `quotations/texts.json`, the seeds and the English texts of the folder, then
falsified, or only typeset anew; `quotations/` says how. The same is asked of a plain search and, where they are installed, of
langextract's aligner and instructor's citation check, on a sample, since they are slow.
Exits with 1 when a false quotation is accepted, or a genuine one is found in another place than its own.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random

from quotations import hostile, rivals
from quotations.rivals import Locator
from quotations.texts import SEEDS, Source, Span, drawn, english, from_folder, invented
from quotations.trials import FALSE, GENUINE, Operator, Trial, trials
from summarizer.grounding import locate

EXAMPLES = 3
"""How many of the wrong answers to the trials of one operator are shown."""
ARTICLE = SEEDS / "ceasefire-call.txt"
"""About 6 kB."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found in one trial: places, or None."""

    trial: Trial
    found: tuple[Span, ...] | None

    @property
    def is_right(self) -> bool:
        """Whether the words were found where they stand, or nowhere, where they are false.

        Others have one place for words with an elision in them: that may reach from the first part to the second.
        """
        spans = self.trial.spans
        return (self.found or ()) in (spans, tuple((spans[0][0], end) for _, end in spans[-1:]))


Trials = Mapping[str, Sequence[Trial]]
"""The trials of each operator."""
Answers = Mapping[str, Sequence[Answer]]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", metavar="TEXTS_FOLDER", type=Path, nargs="?", help="more English texts, *.txt in UTF-8")
    parser.add_argument("--count", type=int, default=10_000, help="how many false and how many genuine quotations")
    parser.add_argument("--sample", type=int, default=1_000, help="how many of each are shown to the others")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other quotations")
    arguments = parser.parse_args()
    given = from_folder(arguments.texts) if arguments.texts else []
    if arguments.texts and not given:
        parser.error(f"{str(arguments.texts)!r} holds no text to quote from: *.txt, in UTF-8.")
    sources = [*invented(), *given]
    others = dict(rivals.installed())
    for name in rivals.missing():
        print(f"{name}: not installed")
    misled = 0
    for kind, operators in (("false", FALSE), ("genuine", GENUINE)):
        made = gathered(operators, sources, count=arguments.count, seed=arguments.seed)
        answers = answered(_located, made)
        print_table(kind, answers, {name: answered(other, sampled(made, arguments.sample)) for name, other in others.items()})
        print_wrong(answers)
        misled += sum(not answer.is_right and answer.found is not None for rows in answers.values() for answer in rows)
    print_speed(arguments.seed)
    sys.exit(bool(misled))


def gathered(operators: Mapping[str, Operator], sources: Sequence[Source], *, count: int, seed: int) -> Trials:
    """So many trials in all, of each operator as many as of any other, as far as it finds any."""
    made: dict[str, list[Trial]] = {name: [] for name in operators}
    makers = {name: trials(operator, sources, Random(f"{seed} {name}")) for name, operator in operators.items()}
    missing = count
    while makers and missing > 0:
        for name, maker in list(makers.items())[:missing]:
            trial = next(maker, None)
            if trial is None:
                del makers[name]
            else:
                made[name].append(trial)
                missing -= 1
    return made


def sampled(made: Trials, count: int) -> Trials:
    """About so many of the trials, of each operator as many as of any other."""
    return {name: rows[: max(1, count // len(made))] for name, rows in made.items()}


def answered(locator: Locator, made: Trials) -> Answers:
    """What the locator finds in every trial."""
    return {name: [Answer(trial, locator(trial.words, trial.text)) for trial in rows] for name, rows in made.items()}


def print_table(kind: str, answers: Answers, others: Mapping[str, Answers]) -> None:
    """What each operator led to, a line each, and all of them together, elisions apart, as a Markdown table."""
    wrong = "accepted" if kind == "false" else "rejected | misplaced"
    columns = [f"{name}: {wrong.replace(' |', ',')}" for name, answers in others.items()]
    print(f"\n| {' | '.join((f'{kind} quotations', 'tried', wrong, *columns))} |")
    print("|---" * (len(others) + (3 if kind == "false" else 4)) + "|")
    for name, rows in answers.items():
        cells = [_share(kind, theirs[name]) for theirs in others.values()]
        print(f"| {' | '.join((name, str(len(rows)), _wrong(kind, rows), *cells))} |")
    for title, elided in (("**all the others**", False), ("**all elided**", True)):
        rows, cells = _all(answers, elided=elided), [_share(kind, _all(theirs, elided=elided)) for theirs in others.values()]
        print(f"| {' | '.join((title, str(len(rows)), _wrong(kind, rows), *cells))} |")


def print_wrong(answers: Answers) -> None:
    """The first wrong answers of `locate` to each operator, so that one can see them."""
    for name, rows in answers.items():
        for answer in [each for each in rows if not each.is_right][:EXAMPLES]:
            print(f"\n{name}: {answer.trial.words!r}")
            print(f"  stands at: {_read(answer.trial.text, answer.trial.spans)}")
            print(f"  found at:  {_read(answer.trial.text, answer.found or ())}")


def print_speed(seed: int) -> None:
    """Calls per second on one article, known and new each time, and seconds on hostile texts."""
    article = english("article", ARTICLE.read_text(encoding="utf-8"))
    random = Random(seed)
    quotations = [each.text for _ in range(2_000) if (each := drawn([article], random))]
    print(f"\n| `locate` on {len(article.text):,} characters | calls a second |\n|---|---|")
    print(f"| the same article each time | {_calls_per_second(quotations, [article.text]):,.0f} |")
    print(f"| another article each time | {_calls_per_second(quotations, _variants(article.text, len(quotations))):,.0f} |")
    print("\n| `locate` on a million characters | seconds |\n|---|---|")
    taken = hostile.seconds_each(locate)
    for name, seconds in sorted(taken.items(), key=lambda each: -each[1]):
        print(f"| {name} | {'given up' if seconds >= hostile.PATIENCE else f'{seconds:.2f}'} |")


def _located(words: str, text: str) -> tuple[Span, ...] | None:
    match = locate(words, text)
    return None if match is None else match.spans


def _wrong(kind: str, rows: Sequence[Answer]) -> str:
    found = sum(answer.found is not None for answer in rows)
    if kind == "false":
        return str(found)
    return f"{len(rows) - found} | {found - sum(answer.is_right for answer in rows)}"


def _share(kind: str, rows: Sequence[Answer]) -> str:
    """The same of a sample."""
    return f"{_wrong(kind, rows).replace(' |', ',')} of {len(rows)}"


def _all(answers: Answers, *, elided: bool) -> list[Answer]:
    return [answer for name, rows in answers.items() if name.startswith("elided") is elided for answer in rows]


def _read(text: str, spans: Iterable[Span]) -> str:
    return " + ".join(f"{start}-{end} {text[start:end]!r}" for start, end in spans) or "nowhere"


def _calls_per_second(quotations: Sequence[str], texts: Sequence[str]) -> float:
    begin = time.perf_counter()
    for words, text in zip(quotations, cycle(texts), strict=False):
        locate(words, text)
    return len(quotations) / (time.perf_counter() - begin)


def _variants(text: str, count: int) -> list[str]:
    """Texts that differ in their last word."""
    return [f"{text} {number}" for number in range(count)]


if __name__ == "__main__":
    main()
