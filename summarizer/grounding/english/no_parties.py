"""What an English report cannot mean by a party: a letter of a list, a date, a thing, half a phrase, nobody.

Small models take such words for a party where a sentence names none. What is known for sure is said so; of a noun that is only
not known to name a party there is no more than a doubt.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.languages import word_lists
from summarizer.grounding.naming import places_of

_LISTS = word_lists("english_parties")
_THINGS = _LISTS["things"]
_NOBODY = _LISTS["nobody"]
_KNOWN = frozenset[str]().union(*(words for name, words in _LISTS.items() if name not in ("things", "nobody", "former")))
_DATELINE = re.compile(
    r"(?:^|\n)\s*(?P<place>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)(?:, [^.\n]{0,40})? ?(?:\([^()\n]*\) ?)?[—–-] ?(?=[A-Z“\"])"
)
_OPENING = lexicon.PREPOSITIONS | frozenset(
    {"whether", "if", "because", "while", "whereas", "although", "though", "when", "where"}
)
_JOINT = ("and", "or")
_DOER = re.compile(r"(?:er|or|ist|ian|ant|ent|ee|man|woman)$")

Doubt = Literal["sure", "unsure"]


@lru_cache(maxsize=256)
def why_no_party(name: str, report: str) -> tuple[Doubt, str] | None:
    """Why these words can name no party of the report, and whether that is sure; None where they may."""
    words = [token.lower for token in tokens_of(name) if token.is_word]
    words = words[1:] if len(words) > 1 and words[0] in lexicon.listed("articles") else words
    if not words:
        return "sure", f"{name!r} is no word"
    if (reason := _never(name, words, report)) is not None:
        return "sure", f"{name!r} {reason}"
    if name.split()[-1].islower() and not any(_may_act(word) for word in words if word in name):
        return "unsure", f"{name!r} is not known to be a party"
    return None


def _never(name: str, words: list[str], report: str) -> str | None:
    """What the words are that can be no party whatever the report says."""
    if len(words) == 1 and len(name) == 1 and name != "X":
        return "is a single letter"
    if words[0] in _NOBODY:
        return "says that there is nobody"
    if len(words) == 1 and words[0] in lexicon.DAYS and not _ends_a_name(name, report):
        return "is a date"
    if words[0] in _OPENING and len(words) > 1:
        return "is half a phrase"
    if any(word in _JOINT and following in lexicon.PREPOSITIONS for word, following in pairwise(words)):
        return "is half a phrase"
    if any(word in lexicon.MODALS | lexicon.BE for word in words[1:]) and name == name.lower():
        return "is a sentence and no name"
    if words[-1] in _THINGS and (len(words) == 1 or _is_owned(name)) and name.split()[-1].islower():
        return "is a thing"
    if _is_dateline(name, report):
        return "is the place from which it is reported"
    return None


def _may_act(noun: str) -> bool:
    """Whether this common noun may be somebody, a plural among them."""
    singular = noun.removesuffix("'s").removesuffix("'").removesuffix("s")
    known = lexicon.names_party(noun) or noun in _KNOWN or singular in _KNOWN or lexicon.names_party(singular)
    return known or bool(_DOER.search(noun)) or (noun.endswith("s") and noun not in _THINGS)


def _ends_a_name(name: str, report: str) -> bool:
    """Whether the report has it as a surname: Theresa May."""
    before = re.findall(rf"\b([A-Z][a-z]+) {re.escape(name)}\b(?! \d)", report)
    return any(word.lower() not in lexicon.STOPWORDS | lexicon.DETERMINERS for word in before)


def _is_owned(name: str) -> bool:
    return re.search(r"[’']s? \w+$", name) is not None


def _is_dateline(name: str, report: str) -> bool:
    """Whether the report names it nowhere but before the dash that begins it."""
    datelines = [start for place, start in _datelines(report) if place == name]
    return bool(datelines) and list(places_of(name, report)) == datelines


@lru_cache(maxsize=8)
def _datelines(report: str) -> tuple[tuple[str, int], ...]:
    """The places from which it is reported, and where they stand."""
    return tuple((match["place"], match.start("place")) for match in _DATELINE.finditer(report))
