"""The one place that reads the environment.

    SUMMARIZER_CACHE       folder of kept answers       default: the user's cache folder
    SUMMARIZER_WEIGHTS     folder of embedded weights   default: the user's cache folder
    SUMMARIZER_MAX_CALLS   limits of one run: see `Limits`
    SUMMARIZER_MAX_TOKENS
    SUMMARIZER_MAX_COST
    SUMMARIZER_DEADLINE
    SUMMARIZER_ALLOW_URL   1: fetch sources that are web addresses; 0, the default: none is fetched unless asked
    OPENAI_API_KEY ...     each provider's own key: `KEY_VARIABLES`
    SUMMARIZER_API_KEY     key of any other endpoint, where it wants one
    AZURE_OPENAI_ENDPOINT  where the user's own Azure resource is

A key alone never makes a hosted model the default: that takes naming one.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from summarizer.errors import UsageError

DEFAULT_MODEL = "embedded/qwen2.5-coder-1.5b"
DEFAULT_MAX_CHARACTERS = 200_000

Policy = Literal["show", "withhold", "strict"]
POLICIES: tuple[Policy, ...] = get_args(Policy)
"""What becomes of a doubt: it is shown; it is withheld; it is shown, and the command ends with status 1."""

OTHER_KEY = "SUMMARIZER_API_KEY"
KEY_VARIABLES = (
    "OPENAI_API_KEY",
    "AZURE_OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "GEMINI_API_KEY",
    "MISTRAL_API_KEY",
    "OPENROUTER_API_KEY",
    OTHER_KEY,
)
ENDPOINT_VARIABLES = ("AZURE_OPENAI_ENDPOINT",)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take at most; None where the user set no limit.

    `calls` counts requests that are sent, those that are tried again and asked again included; `tokens` those of prompts and
    answers together; `cost` is in US dollars. What is at hand (cache, recording) counts for nothing. `seconds` is for one
    document, from its first question.
    """

    calls: int | None = None
    tokens: int | None = None
    cost: float | None = None
    seconds: float | None = None

    def over(self, default: Limits) -> Limits:
        """These limits, and those of `default` where these leave one open."""
        return Limits(
            calls=default.calls if self.calls is None else self.calls,
            tokens=default.tokens if self.tokens is None else self.tokens,
            cost=default.cost if self.cost is None else self.cost,
            seconds=default.seconds if self.seconds is None else self.seconds,
        )

    def __post_init__(self) -> None:
        for name, limit in (("calls", self.calls), ("tokens", self.tokens), ("cost", self.cost), ("seconds", self.seconds)):
            if limit is not None and not (math.isfinite(limit) and limit >= 0):
                raise UsageError(f"{limit!r} is not a limit of {name}: give a number that is not negative")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user's machine says: folders, keys, limits. Build one in tests; `from_environment` elsewhere.

    `keys` and `endpoints` go by the names of the variables that hold them; `allow_url` says whether sources are fetched.
    """

    cache_folder: Path
    weights_folder: Path
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    endpoints: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    allow_url: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the environment gives, with the user's cache folder for what it leaves open.

        Raises UsageError for a limit that is not a number, and for a switch that is neither on nor off.
        """
        home = platformdirs.user_cache_path("summarizer", appauthor=False)
        return cls(
            cache_folder=Path(environment.get("SUMMARIZER_CACHE") or home / "answers"),
            weights_folder=Path(environment.get("SUMMARIZER_WEIGHTS") or home / "weights"),
            keys=_those_set(KEY_VARIABLES, environment),
            endpoints=_those_set(ENDPOINT_VARIABLES, environment),
            limits=_limits(environment),
            allow_url=_switch("SUMMARIZER_ALLOW_URL", environment),
        )


def _those_set(names: tuple[str, ...], environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name in names if (value := environment.get(name, "").strip())}


def _switch(name: str, environment: Mapping[str, str]) -> bool:
    written = environment.get(name, "").strip().lower()
    if written not in {"", "0", "1", "false", "true", "no", "yes"}:
        raise UsageError(f"{name} is {written!r}: give 1 or 0, or leave it out")
    return written in {"1", "true", "yes"}


def _limits(environment: Mapping[str, str]) -> Limits:
    return Limits(
        calls=_count("SUMMARIZER_MAX_CALLS", environment),
        tokens=_count("SUMMARIZER_MAX_TOKENS", environment),
        cost=_number("SUMMARIZER_MAX_COST", environment),
        seconds=_number("SUMMARIZER_DEADLINE", environment),
    )


def _count(name: str, environment: Mapping[str, str]) -> int | None:
    number = _number(name, environment)
    if number is not None and not number.is_integer():
        raise UsageError(f"{name} is {number:g}: give a whole number, or leave it out")
    return None if number is None else int(number)


def _number(name: str, environment: Mapping[str, str]) -> float | None:
    """A limit that cannot be read is an error: a run without it could cost what the user wanted to prevent."""
    written = environment.get(name, "").strip()
    try:
        number = float(written) if written else None
    except ValueError:
        number = math.nan
    if number is not None and not (math.isfinite(number) and number >= 0):
        raise UsageError(f"{name} is {written!r}: give a number that is not negative, or leave it out")
    return number
