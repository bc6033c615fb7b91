"""What a marked elision may not leave out: a negation, a modal, a condition, a contrast, the end of a sentence, a new subject.

"X ... Y" says that X and Y stand in one sentence in this order, and that what was left out does not matter. Whether it does is
a matter of words, by language; where no language that we know fits, nothing may be left out.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache

from summarizer.grounding.languages import DATA
from summarizer.grounding.locating.typesetting import Row

_PAUSES = frozenset(",;")
_STOPS = frozenset(".!?…。！？؟।۔።॥;:")


@dataclass(frozen=True, slots=True)
class _Language:
    """Words that tell the language, and the pattern of those that matter in it."""

    common: frozenset[str]
    matters: str


def leaves_nothing_out(row: Row, first: int, last: int) -> bool:
    """Whether the tokens `first` to `last`, `last` not included, may be left out between the tokens around them."""
    return not (
        _ends_a_sentence(row, first - 1, last)
        or row.values[first:last].count('"') % 2  # one side is somebody's words, the other is not
        or _parts_a_figure(row, first, last)
        or _has_what_matters(row, first, last)
        or _has_a_subject(row, first, last)
    )


def _ends_a_sentence(row: Row, first: int, last: int) -> bool:
    """Whether a sentence ends from the token before what is left out to the one after it. Rather once too often."""
    for index in range(first, last):
        if row.values[index] in _STOPS and not _is_inside_a_word(row, index):
            return True
    return any(kind == "n" for kind in row.kinds[row.ends[first] : row.starts[last]]) and _breaks_a_paragraph(row, first, last)


def _is_inside_a_word(row: Row, index: int) -> bool:
    """Whether a stop belongs to an abbreviation or goes on without a space: "U.S.", "p.m."."""
    if row.values[index] != "." or index + 1 >= len(row.values):
        return False
    follows, touches = row.values[index + 1], row.starts[index + 1] == row.ends[index]
    abbreviated = index > 0 and len(row.values[index - 1]) == 1
    if touches:
        return abbreviated or follows[0] == "," or (follows[0].isalnum() and not follows[0].isupper())
    return abbreviated and follows[0].islower()


def _breaks_a_paragraph(row: Row, first: int, last: int) -> bool:
    """Whether a line ends in what is left out, and the next does not go on with a small letter."""
    for index in range(first, last):
        between = row.kinds[row.ends[index] : row.starts[index + 1]]
        if "n" in between and (between.count("n") > 1 or not row.values[index + 1][:1].islower()):
            return True
    return False


def _parts_a_figure(row: Row, first: int, last: int) -> bool:
    """Whether a figure stands on one side and what it counts may be on the other, or left out."""
    return any(
        row.values[index][0].isdecimal() and row.values[index + 1][0].isalnum()
        for index in (first - 1, last - 1)
        if first < last
    )


def _has_what_matters(row: Row, first: int, last: int) -> bool:
    pattern = _what_matters(_spoken(row))
    return pattern is None or bool(pattern.search(" ".join(row.values[first:last]).casefold()))


def _has_a_subject(row: Row, first: int, last: int) -> bool:
    """Whether a subject is left out, with its verb or without: "X agreed, [and Y] refused", "X agreed[, Y signed the] deal"."""
    if last > first and row.values[last - 1].casefold() in _listed("subjects"):
        return True
    starts = _listed("clause_starts") | _PAUSES
    return any(_is_subject(row, index + 1, last) for index in range(first - 1, last) if row.values[index] in starts)


def _is_subject(row: Row, begin: int, last: int) -> bool:
    """Whether a name begins here that ends at the latest where the words go on, and a word that may be a verb follows."""
    end = begin
    while end < last and row.values[end][0].isupper():
        end += 1
    return begin < end and row.values[end][0].islower() and row.values[end] not in _listed("no_verbs")


@lru_cache(maxsize=64)
def _spoken(row: Row) -> tuple[str, ...]:
    """The language of a text, or those that it may be in; none where there is no word of any that we know."""
    counts = Counter(value.casefold() for value in row.values)
    scores = {name: sum(counts[word] for word in language.common) for name, language in _languages().items()}
    best = max(scores.values())
    return tuple(name for name, score in scores.items() if best and score * 2 >= best)


@cache
def _what_matters(languages: tuple[str, ...]) -> re.Pattern[str] | None:
    if not languages:
        return None
    return re.compile(rf"(?<!\S)(?:{'|'.join(_languages()[name].matters for name in languages)})(?!\S)")


@cache
def _languages() -> dict[str, _Language]:
    return {
        name: _Language(
            common=frozenset(data["common"].split()),
            matters=f"{data.get('prefix', '')}(?:{'|'.join(data['matters'].split())})",
        )
        for name, data in _data().items()
    }


@cache
def _listed(name: str) -> frozenset[str]:
    """The words of this list in every language."""
    return frozenset(word for data in _data().values() for word in data.get(name, "").split())


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads((DATA / "elisions.toml").read_text(encoding="utf-8"))
