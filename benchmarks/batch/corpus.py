"""Invented reports for these runs: as many as wanted, each of its own, in JSON Lines."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

_WHO = ("Velia", "Tarsk", "Ostria", "Lena Dorn", "The council", "Karsten Holm", "The ministry", "Brann")
_MOVES = (
    "said on day {day} that it would reopen the border at {place} within {number} weeks",
    "demanded that Tarsk withdraw {number} patrols from {place} before the talks go on",
    "agreed to free {number} fishermen who have been held at {place} since day {day}",
    "refused to discuss the status of {place}, which it called a matter of {number} treaties",
    "warned that the grain quota of {number} tonnes for {place} would not hold until day {day}",
    "announced a meeting of {number} delegations at {place} on day {day}",
)
_PLACES = ("Northgate", "the Ilm bridge", "Sarn", "the old port", "Kestrel Pass", "Low Marsh")


def reports(number: int, *, words: int) -> Iterator[dict[str, str]]:
    """So many reports of about so many words."""
    for each in range(number):
        chance = random.Random(each)
        yield {"id": f"report-{each}", "title": f"Day {each}", "text": _text(chance, words)}


def write_corpus(path: Path, number: int, *, words: int = 120) -> Path:
    """A file with so many reports of about so many words; gives its path."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(report)}\n" for report in reports(number, words=words))
    return path


def _text(chance: random.Random, words: int) -> str:
    sentences: list[str] = []
    length = 0
    while length < words:
        move = chance.choice(_MOVES).format(
            day=chance.randrange(1000), number=chance.randrange(2, 900), place=chance.choice(_PLACES)
        )
        sentences.append(f"{chance.choice(_WHO)} {move}.")
        length += len(sentences[-1].split())
    paragraphs = [" ".join(sentences[start : start + 4]) for start in range(0, len(sentences), 4)]
    return "\n\n".join(paragraphs)
