"""What a model name means: where it is asked, with which strategy, and what it takes. Data, no machinery."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from summarizer.errors import UnknownModel, UsageError
from summarizer.llm.embedded.catalogue import CATALOGUE
from summarizer.settings import OTHER_KEY

_SECRET = re.compile(r"//[^/@]*@|[?#].*")

Strategy = Literal["whole", "passage"]
Structured = Literal["json_schema", "tools", "json"]
Bound = Literal["max_tokens", "max_completion_tokens"]

EMBEDDED_URL = "http://embedded.invalid/v1"
OPENAI_URL = "https://api.openai.com/v1"

EMBEDDED_CONTEXT = 8_192
"""Tokens that prompt and answer of an embedded model may take together."""

INSTRUCTION_TOKENS = 1_000
"""What our own instructions take, roughly, of a model's context."""

SECONDS_PER_PASSAGE = 4.0
"""A live answer of the default model about one sentence, on two cores. Measured: docs/quality.md."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How one model is asked.

    `name` is the user's, `model` the one that goes over the wire. `strategy` is the one that suits the model. `structured`
    is how the endpoint is told what an answer must look like; `grammar` says that it obeys an LLGuidance grammar in the
    request, which goes before that. `context_tokens` is what prompt and answer may take together, `output_tokens` what an
    answer may. `bound_by` is the parameter that bounds an answer; `steady` says that it may ask for a temperature of 0.
    `free`: it runs on the user's own machines, and costs no money. `key_variable` names the key that is sent to it;
    without `key_required` it is asked without one too. `seconds_per_passage` is 0 where not known.
    """

    name: str
    model: str
    endpoint: str
    strategy: Strategy
    structured: Structured = "json_schema"
    grammar: bool = False
    context_tokens: int = 32_000
    output_tokens: int = 8_000
    bound_by: Bound = "max_tokens"
    steady: bool = True
    free: bool = False
    key_variable: str = OTHER_KEY
    key_required: bool = False
    seconds_per_passage: float = 0.0

    @property
    def embedded(self) -> bool:
        """Whether the model runs inside this process."""
        return self.endpoint == EMBEDDED_URL

    @property
    def seconds_per_attempt(self) -> float:
        """How long one answer may take: what runs on the user's machines may be slow, and what is embedded loads first."""
        return math.inf if self.embedded else 1_800.0 if self.free else 300.0

    @property
    def window(self) -> int:
        """How many characters of a report go into one request of strategy `whole`: prompt and answer need room too."""
        return max(2_000, min(60_000, 2 * (self.context_tokens - self.output_tokens - INSTRUCTION_TOKENS)))


def profile(name: str, *, base_url: str | None = None) -> Profile:
    """The profile of a model: `embedded/<name>`, `openai/<name>`, or any name together with `base_url`.

    `llamacpp/<name>` with a `base_url` is a llama.cpp server built with LLGuidance: it is asked like the embedded model.
    Raises UnknownModel for a name that names nothing, UsageError for a base URL that is none.
    """
    provider, _, model = name.partition("/")
    if provider == "embedded" and base_url is None:
        return _embedded(name, model)
    if base_url is not None:
        return _at(_checked(base_url), name=name, provider=provider, model=model)
    if provider == "openai" and model:
        return Profile(
            name=name,
            model=model,
            endpoint=OPENAI_URL,
            strategy="whole",
            bound_by="max_completion_tokens",
            steady=False,
            key_variable="OPENAI_API_KEY",
            key_required=True,
        )
    raise UnknownModel(f"no model is called {name!r}: use {_known()}, openai/<name>, or any name together with --base-url")


def _embedded(name: str, model: str) -> Profile:
    if model not in CATALOGUE:
        raise UnknownModel(f"no embedded model is called {name!r}: there are {_known()}")
    return Profile(
        name=name,
        model=model,
        endpoint=EMBEDDED_URL,
        strategy="passage",
        grammar=True,
        context_tokens=EMBEDDED_CONTEXT,
        output_tokens=2_500,
        free=True,
        seconds_per_passage=SECONDS_PER_PASSAGE,
    )


def _at(url: str, *, name: str, provider: str, model: str) -> Profile:
    if provider == "embedded":
        raise UsageError(f"{name!r} runs inside this program: leave --base-url out, or name the model that {url!r} serves")
    if provider == "llamacpp" and model:
        return Profile(
            name=name,
            model=model,
            endpoint=url,
            strategy="passage",
            grammar=True,
            context_tokens=EMBEDDED_CONTEXT,
            output_tokens=2_500,
            free=True,
        )
    wire_name = model if provider == "openai" and model else name
    return Profile(name=name, model=wire_name, endpoint=url, strategy="whole")


def _checked(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        plain = parts.username is None and not parts.query and not parts.fragment
    except ValueError:
        usable = plain = False
    if not usable:
        raise UsageError(f"{_SECRET.sub('//', base_url)!r} is not a base URL: it looks like http://127.0.0.1:8080/v1")
    if not plain:
        raise UsageError("a base URL has no user, query or fragment: a key goes into SUMMARIZER_API_KEY")
    return base_url.rstrip("/")


def _known() -> str:
    return ", ".join(f"embedded/{name}" for name in CATALOGUE)
