"""Texts of a million characters that are made to be slow to search, and how long a locator takes over each."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable

PATIENCE = 30.0
"""Seconds after which a search is given up."""

Case = tuple[str, str]
"""Words, and the text that they are looked for in."""


def _almost(unit: str, *, times: int, size: int = 1_000_000) -> Case:
    """Words that repeat one unit and end in another, in a text of nothing but that unit."""
    return unit * times + "end", unit * (size // len(unit))


CASES: dict[str, Callable[[], Case]] = {
    "one letter": lambda: ("a" * 500_000 + "b", "a" * 1_000_000),
    "one word, many words sought": lambda: _almost("war ", times=1_000),
    "one word, half a text sought": lambda: _almost("war ", times=125_000),
    "two words in turn": lambda: _almost("war and peace and ", times=20_000),
    "nothing but spaces": lambda: ("the talks failed", " " * 1_000_000),
    "spaces sought in spaces": lambda: (" " * 1_000_000, " " * 1_000_000),
    "nothing but line breaks": lambda: ("the talks\nfailed", "\n" * 1_000_000),
    "nothing but hyphens": lambda: ("the-talks-failed", "-" * 1_000_000),
    "hyphens sought in hyphens": lambda: ("-" * 500_000 + "a", "-" * 1_000_000),
    "words divided at line ends": lambda: _almost("nego-\ntiations ", times=1_000),
    "hyphens at line ends": lambda: ("negotiations", "-\n" * 500_000),
    "soft hyphens": lambda: ("negotiations failed", "a\u00ad" * 500_000),
    "zero-width characters": lambda: ("the talks failed", "\u200b" * 1_000_000),
    "accents on one letter": lambda: ("é" * 1_000, "e" + "\u0301" * 1_000_000),
    "accents in an order that normalising turns": lambda: ("e\u0316\u0301", "e" + "\u0301\u0316" * 500_000),
    "full stops": lambda: ("the talks ... failed", "." * 1_000_000),
    "elisions in the text": lambda: ("the talks ... failed today", "the talks ... " * 70_000),
    "elisions in the words": lambda: ("the talks ... " * 70_000, "the talks failed and " * 47_000),
    "both parts everywhere, none together": lambda: (
        "the talks ... failed here",
        "the talks. " * 45_000 + "failed here. " * 38_000,
    ),
    "both parts in turn, a negation between": lambda: (
        "the talks ... failed here",
        "the talks have not failed here and " * 28_000,
    ),
    "both parts, no sentence ever ends": lambda: ("a b ... c d", "a b " * 125_000 + "not " + "c d " * 125_000),
    "quotation marks": lambda: ("“the talks”", "“'" * 500_000),
    "digits": lambda: ("1" * 499_999 + "2", "1" * 1_000_000),
    "digits and points": lambda: ("1.1", "1." * 500_000),
    "Chinese, one character": lambda: ("谈" * 300_000 + "判", "谈" * 1_000_000),
    "Thai, one syllable": lambda: _almost("กา", times=100_000),
    "every word another": lambda: ("w199999 w5", " ".join(f"w{number}" for number in range(150_000))),
    "an almost-match at every word": lambda: ("a " * 5_000 + "b c", ("a " * 4_999 + "b ") * 100),
}


def seconds_each(locate: Callable[[str, str], object]) -> dict[str, float]:
    """How long the locator takes over each case, once, on a text that it has not seen; `PATIENCE` where it was given up."""
    context = multiprocessing.get_context("fork")  # a search inside C cannot be interrupted, a process can
    taken = {}
    for name, make in CASES.items():
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=lambda case, end: end.send(_seconds(locate, case)), args=(make(), sender))
        process.start()
        taken[name] = receiver.recv() if receiver.poll(PATIENCE) else PATIENCE
        process.terminate()
        process.join()
    return taken


def _seconds(locate: Callable[[str, str], object], case: Case) -> float:
    begin = time.perf_counter()
    locate(*case)
    return time.perf_counter() - begin
