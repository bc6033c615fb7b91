"""The fixed words of a page, by language: data in `words/`, one file a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en",)
"""ISO 639-1 codes of the languages that a page can be in."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words in one language."""

    language: str
    phrases: Mapping[str, str]
    stances: Mapping[str, str]
    statuses: Mapping[str, str]
    party_kinds: Mapping[str, str]
    check_results: Mapping[str, str]

    def say(self, phrase: str, **values: object) -> str:
        """The phrase of this name, with these values in their places."""
        return self.phrases[phrase].format_map(values)


@cache
def wording(language: str) -> Wording:
    """The fixed words in a language of LANGUAGES."""
    text = (files(__package__) / "words" / f"{language}.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(text)  # Any: TOML
    tables = {name: data.pop(name) for name in ("stances", "statuses", "party_kinds", "check_results")}
    return Wording(language=language, phrases=data, **tables)
