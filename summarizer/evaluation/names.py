"""Whether two names are of one party, and how much two statements have in common, by their words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LISTED = (
    "the a an of to in on for and or that is are was were be been by with as at from it its his her their "
    "this will would must should may might has have had not no any all said says mr mrs ms president minister "
    "prime secretary state former u s chancellor leader"
)
IGNORED = frozenset(_LISTED.split())
"""Words that tell nobody from anybody else. English: names in other languages are compared with all their words."""

_REMEMBERED = 65_536
_WORD = re.compile(r"\w+")
_GENITIVE = re.compile(r"'s\b")


@lru_cache(_REMEMBERED)
def words(text: str) -> frozenset[str]:
    """The words of a text, in lower case, without the English genitive."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    return frozenset(_WORD.findall(_GENITIVE.sub("", plain)))


def same_party(one: str, other: str) -> bool:
    """Whether the telling words of one name are contained in those of the other."""
    mine, theirs = _telling(one), _telling(other)
    return bool(mine and theirs) and (mine <= theirs or theirs <= mine)


def any_same_party(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether some name of the first is that of some party of the second."""
    known = tuple(others)
    return any(same_party(name, other) for name in names for other in known)


def likeness(one: str, other: str) -> float:
    """The words that two statements have in common, as a share of all their words: 0 to 1."""
    mine, theirs = words(one), words(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


def _telling(name: str) -> frozenset[str]:
    return words(name) - IGNORED or words(name)
