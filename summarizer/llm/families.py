"""Who answers for models, and what the families of models take: families.toml, as values.

A provider says where its models are asked and with whose key; a family says what a model takes, by the pattern of its name.
What a provider says itself goes before what the family says: Anthropic's endpoint ignores a schema, whatever the model.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypedDict

from summarizer.settings import OTHER_KEY

DATA = Path(__file__).with_name("families.toml")

Strategy = Literal["whole", "passage"]
Structured = Literal["json_schema", "tools", "json"]
Bound = Literal["max_tokens", "max_completion_tokens"]


class Facts(TypedDict, total=False):
    """What is known of how a model is asked: fields of a `Profile`, which says what they mean."""

    strategy: Strategy
    structured: Structured
    grammar: bool
    context_tokens: int
    output_tokens: int
    thinking_tokens: int
    bound_by: Bound
    steady: bool
    free: bool
    seconds_per_passage: float


@dataclass(frozen=True, slots=True)
class Provider:
    """Who answers for the models called `<name>/...`.

    `title` is what people call it, `example` the name of a model of theirs. `endpoint` is its base URL; where every user has
    one of their own, it is `endpoint_path` below the URL that the variable `endpoint_variable` holds. `key_variable` holds
    the key that is sent there and nowhere else. `local`: a program on the user's own machine, which needs no key. `stripped`:
    people run it, or something that speaks like it, at places of their own, so that `<name>/` is no part of what a model is
    called there. `batches`: it answers many requests within a day, at half the price, by OpenAI's Batch API.
    """

    name: str
    title: str
    example: str
    endpoint: str = ""
    endpoint_variable: str = ""
    endpoint_path: str = ""
    key_variable: str = OTHER_KEY
    local: bool = False
    stripped: bool = False
    batches: bool = False
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Family:
    """Models that are asked alike.

    `models` is a pattern of what comes after the last slash of their names, in lower case, the whole of it; `example` is one
    of them. With `providers`, only models of these are meant.
    """

    name: str
    models: str
    example: str
    providers: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)

    def has(self, model: str, *, provider: str | None) -> bool:
        """Whether the model with this name belongs to the family; `provider` is None at an endpoint of the user's own."""
        if self.providers and provider not in self.providers:
            return False
        return re.fullmatch(self.models, model.rpartition("/")[2].lower()) is not None


@cache
def providers() -> Mapping[str, Provider]:
    """All providers, by the name that stands before the slash, in the order in which people are shown them."""
    tables = _data()["providers"]
    return MappingProxyType({name: Provider(name=name, **_with_facts(row)) for name, row in tables.items()})


@cache
def families() -> tuple[Family, ...]:
    """All families, in the order in which they are tried."""
    return tuple(Family(**_with_facts(row | {"providers": tuple(row.get("providers", ()))})) for row in _data()["families"])


def facts(model: str, *, provider: str | None) -> Facts:
    """What is known of this model of this provider; nothing is, where no family has it: see the defaults of `Profile`."""
    family = next((family for family in families() if family.has(model, provider=provider)), None)
    return (family.facts if family else Facts()) | (providers()[provider].facts if provider else Facts())


def _data() -> dict[str, Any]:  # Any: TOML; a test checks every row
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def _with_facts(row: dict[str, Any]) -> dict[str, Any]:
    """The row with what it says of asking gathered in one field. What is in no field at all fails where the value is made."""
    known = Facts.__annotations__.keys()
    rest = {name: value for name, value in row.items() if name not in known}
    return rest | {"facts": {name: value for name, value in row.items() if name in known}}
