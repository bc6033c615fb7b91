"""The words by which a party is called, taken apart: its name, its role, and whose it is.

"Velia's foreign minister Lena Dorn" is Lena Dorn, foreign minister, of Velia.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from summarizer.grounding.english import lexicon
from summarizer.grounding.languages import word_lists

_LISTS = word_lists("english_parties")
_ROLES = _LISTS["roles"]
_HONORIFICS = _LISTS["honorifics"]
_PORTFOLIOS = _LISTS["portfolios"]
_BEFORE_NAME = _LISTS["before_name"]
_BODIES = frozenset[str]().union(
    *(_LISTS[kind] for kind in ("government_body", "armed_group", "company", "bloc", "organisation"))
)
_OWNER = re.compile(r"^(?P<owner>.+?)[’']s (?P<owned>.+)$")
_OF_STATE = re.compile(
    r"^(?:the )?(?:(?:republic|kingdom|state|federation|union|government) of )?(?:the )?(?=\w)", re.IGNORECASE
)
LONGEST_OWNER = 4
"""Words of whom an office or a body is, before it: "European Central Bank President"."""


@dataclass(frozen=True, slots=True)
class Called:
    """What one wording says of a party. `name` is empty where an office stands alone, the others where nothing is said."""

    name: str
    role: str = ""
    owner: str = ""


def taken_apart(words: str, is_owner: Callable[[str], bool]) -> Called:
    """The name in these words, which begin with no article, the role and whose it is.

    `is_owner` says whether words name a state, a people or a body of the report.
    """
    owned = _owned(words, is_owner)
    owner, rest = owned or ("", words)
    last = _last_role(rest.split())
    if last is None:
        return _body(words, owner, rest, is_owner)
    role, after = rest.split()[: last + 1], rest.split()[last + 1 :]
    if after and after[0].lower() in ("of", "for"):
        return _office_of(role, after, owner)
    owner, role = (owner, role) if owner else _owner_before(role, is_owner)
    shown = [word for word in role if word.lower().rstrip(".") not in _HONORIFICS]
    return Called(name=" ".join(after), role=" ".join(shown), owner=owner)


def _office_of(role: list[str], after: list[str], owner: str) -> Called:
    """An office with what stands after it: "minister of finance of Velia", "head of the Velia Fund Lena Dorn"."""
    bodies = [at for at, word in enumerate(after) if is_body_word(word)]
    end = bodies[-1] + 1 if bodies else len(after)
    name = after[end:] if len(after) - end > 1 and all(word[0].isupper() for word in after[end:]) else []
    told = after[:end] if name else after
    last = max(at for at, word in enumerate(told) if word.lower() in ("of", "for"))
    if any(word.lower() in _PORTFOLIOS for word in told[last + 1 :]):
        last = len(told)
    whose = _of_state(" ".join(told[last + 1 :]))
    return Called(name=" ".join(name), role=" ".join((*role, *told[:last])), owner=owner or whose)


def is_body_word(word: str) -> bool:
    """Whether names of bodies turn on this word."""
    return word.lower() in _BODIES


def is_role(word: str) -> bool:
    """Whether this word says what a person is."""
    return word.lower() in _ROLES


def _owned(words: str, is_owner: Callable[[str], bool]) -> tuple[str, str] | None:
    """Whose it is, and what: "Velia's | minister", "Velian | minister"; None where it is nobody's."""
    if (match := _OWNER.match(words)) and is_owner(match["owner"]):
        return match["owner"], match["owned"]
    parts = words.split()
    for length in range(min(LONGEST_OWNER, len(parts) - 1), 0, -1):
        before = " ".join(parts[:length])
        if length > 1 and is_body_word(parts[length - 1]) and is_role(parts[length]):
            return before, " ".join(parts[length:])
        joined = parts[length] in ("and", "or", "of")
        if not joined and is_owner(before) and not is_body_word(parts[length - 1]) and not is_role(parts[length - 1]):
            return before, " ".join(parts[length:])
    return None


def _last_role(words: list[str]) -> int | None:
    """The place of the last word that is a role, with a name, "of" or nothing after it."""
    for at in range(len(words) - 1, -1, -1):
        if not (is_role(words[at]) or words[at].lower().rstrip(".") in _HONORIFICS):
            continue
        after = words[at + 1 :]
        if not after:
            return at if words[at].lower() not in _HONORIFICS else None
        if after[0] in ("of", "for") and len(after) > 1:
            return at
        if after[0][0].isupper() and not any(is_body_word(word) for word in after) and not _is_of_body(words[: at + 1]):
            return at
    return None


def _is_of_body(words: list[str]) -> bool:
    """Whether the role is a part of a name: "Office of the Prosecutor General"."""
    return "of" in words and any(is_body_word(word) for word in words[: words.index("of")])


def _owner_before(role: list[str], is_owner: Callable[[str], bool]) -> tuple[str, list[str]]:
    """The body before an office: "European Commission | President"."""
    for length in range(min(LONGEST_OWNER, len(role) - 1), 0, -1):
        before = " ".join(role[:length])
        if is_owner(before):
            return before, role[length:]
    return "", role


def _body(words: str, owner: str, rest: str, is_owner: Callable[[str], bool]) -> Called:
    """Of what is no person: whose body it is, and its name without what only says what it is."""
    parts = rest.split()
    first = next((at for at, word in enumerate(parts) if word[0].isupper()), 0)
    if first and parts[-1][0].isupper() and (owner or not _BEFORE_NAME.isdisjoint(parts[:first])):
        return Called(name=" ".join(parts[first:]), role=" ".join(parts[:first]), owner=owner)
    if not owner and " of " in words.lower():
        body, last = re.split(r" of (?!.* of )", words, maxsplit=1, flags=re.IGNORECASE)
        if is_owner(_of_state(last)) and any(lexicon.speaks_for(word) for word in body.split()):
            owner = _of_state(last)
    return Called(name=words, owner=owner)


def _of_state(words: str) -> str:
    """The name of a state after "of": of "the Republic of Velia", "Velia"."""
    return _OF_STATE.sub("", words)
