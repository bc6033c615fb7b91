"""What a language says no, may, if and when with: the words that a falsehood changes. Data, in `languages.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WITHOUT_SPACES = frozenset({"ja", "th", "zh"})
WITHOUT_WORD_BOUNDS = WITHOUT_SPACES | {"ko"}
"""Languages in which a negation or a condition is found as part of what stands between spaces, too."""

_AROUND_WORDS = ".,;:!?\"'“”«»()،؟।"


@dataclass(frozen=True)
class Language:
    """The words of one language, each as it stands in a text, with straight apostrophes.

    `contradictions`, `dates`, `units` and `opposites` are groups of words that say something else for each other. `doubtful`
    are words that an honest elision would rather not leave out, beyond negations, modals and conditions.
    """

    id: str
    negations: frozenset[str]
    inserted: tuple[str, ...]
    contradictions: tuple[tuple[str, ...], ...]
    modals: tuple[str, ...]
    conditions: frozenset[str]
    dates: tuple[tuple[str, ...], ...]
    units: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]
    opposites: tuple[tuple[str, ...], ...]
    additions: tuple[str, ...]
    objects: tuple[str, ...]
    doubtful: frozenset[str]

    @property
    def space(self) -> str:
        """What stands between two words."""
        return "" if self.id in WITHOUT_SPACES else " "

    @property
    def measures(self) -> frozenset[str]:
        """Units, months and days of the week: what a figure means nothing without."""
        return frozenset(word.casefold() for group in (*self.units, *self.dates) for word in group)

    def has_one_of(self, words: frozenset[str], text: str) -> bool:
        """Whether one of the words is in the text; as a part of another word only where the script shows no words."""
        text = text.casefold().replace("’", "'")
        if self.id in WITHOUT_WORD_BOUNDS:
            return any(word in text for word in words)
        found = [word.strip(_AROUND_WORDS) for word in text.split()]
        row = f" {' '.join(found)} "
        return any(f" {word} " in row for word in words) or (self.id == "en" and "n't" in row)


@cache
def languages() -> dict[str, Language]:
    """Every language that we have words of, by its ISO 639-1 code."""
    rows = json.loads((Path(__file__).parent / "languages.json").read_text(encoding="utf-8"))
    return {id: _language(id, row) for id, row in rows.items()}


def _language(id: str, row: dict[str, Any]) -> Language:
    return Language(
        id=id,
        negations=frozenset(row["negations"]),
        inserted=tuple(row["inserted"]),
        contradictions=_groups(row["contradictions"]),
        modals=tuple(row["modals"]),
        conditions=frozenset(row["conditions"]),
        dates=_groups(row["dates"]),
        units=_groups(row["units"]),
        numbers=tuple(row["numbers"]),
        opposites=_groups(row["opposites"]),
        additions=tuple(row["additions"]),
        objects=tuple(row["objects"]),
        doubtful=frozenset(row["doubtful"]),
    )


def _groups(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in rows)
