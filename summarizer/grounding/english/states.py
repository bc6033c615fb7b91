"""The states that an English report names: those that everybody knows, and others that it shows to be states.

A name that stands beside the people that is made of it, "Velia" and "Velian", is a state's, as is one with a government.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache

from summarizer.grounding.naming import own_names, peoples_among, places_of, state_called, state_of_people

_WORD = re.compile(r"(?<![^\W\d_]’)(?<![^\W\d_]')\b[A-Z][^\W\d_]{3,}\b")
_GOVERNED = re.compile(
    r"\b(?:(?:Government|Republic|Kingdom) of (?P<of>[A-Z][^\W\d_]+)"
    r"|(?P<whose>[A-Z][^\W\d_]+)[’']s (?:\w+ )?(?:government|parliament|army|ministry|prime minister|foreign minister)\b)"
)
_CAPITAL = re.compile(r"\b(?P<city>[A-Z]\w+), the (?P<people>[A-Z]\w+) capital\b")


@lru_cache(maxsize=8)
def states_in(text: str) -> States:
    """The states of a report. Kept, since every name in it asks."""
    return States(text)


class States:
    """The states of one report."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._called: dict[str, str | None] = {}

    def called(self, name: str) -> str | None:
        """The state of which this is a name or the capital, by the name that the report gives it."""
        if name not in self._called:
            self._called[name] = self._capitals.get(name) or self._named(name)
        return self._called[name]

    def _named(self, name: str) -> str | None:
        """The state of which this is a name, or a capital that everybody knows."""
        state = state_called(name)
        if state is None:
            return name if name in self.invented else None
        given = next(filter(None, map(self._as_written, own_names(state))), None)
        only_there = name in ("North", "South") and given is None  # as points of the compass they are no states
        return None if only_there else given or state

    def of_people(self, people: str) -> str | None:
        """The state of which this is the people, noun or adjective, by the name that the report gives it."""
        known = state_of_people(people)
        return self._named(known) if known else self._peoples.get(people)

    @cached_property
    def invented(self) -> Collection[str]:
        """Names of one word of which we know no state, and of which the report names the people or the government."""
        governed = {match["of"] or match["whose"] for match in _GOVERNED.finditer(self._text)}
        return frozenset(self._peoples.values()) | {name for name in governed if not state_of_people(name)}

    @cached_property
    def _peoples(self) -> Mapping[str, str]:
        """The peoples that the report names beside their states."""
        words = [word for word in dict.fromkeys(_WORD.findall(self._text)) if not state_of_people(word)]
        return {people: state for people, state in peoples_among(words).items() if self._stands_alone(state)}

    @cached_property
    def _capitals(self) -> Mapping[str, str]:
        """Cities that the report calls a capital: "Ostrin, the Velian capital"."""
        found = ((match["city"], self.of_people(match["people"])) for match in _CAPITAL.finditer(self._text))
        return {city: state for city, state in found if state}

    def _stands_alone(self, word: str) -> bool:
        """Whether the word stands somewhere without a capital before it, as no surname of a full name does."""
        return re.search(rf"(?:^|[^\w\s.]|\b[a-z]\w*[,.]?)\s*\b{word}\b", self._text, re.MULTILINE) is not None

    def _as_written(self, name: str) -> str | None:
        """The name with the apostrophes of the report; None where it does not hold it."""
        found = next(places_of(name, self._plain), None)
        return None if found is None else self._text[found : found + len(name)]

    @cached_property
    def _plain(self) -> str:
        """The report with straight apostrophes."""
        return self._text.replace("’", "'")
