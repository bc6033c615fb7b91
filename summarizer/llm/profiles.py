"""What a model's name means: where it is asked, with which strategy, and what it takes.

What is known of providers and of families of models is data, in families.toml. A name that is not in it is asked as most
endpoints are: strategy `whole` and a JSON schema. Nothing is probed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from types import MappingProxyType
from urllib.parse import urlsplit

from summarizer.errors import UnknownModel, UsageError
from summarizer.llm.embedded.catalogue import CATALOGUE
from summarizer.llm.families import Bound, Provider, Strategy, Structured, facts, providers
from summarizer.settings import OTHER_KEY

_SECRET = re.compile(r"//[^/@]*@|[?#].*")
_NONE_SET: Mapping[str, str] = MappingProxyType({})

EMBEDDED_URL = "http://embedded.invalid/v1"

EMBEDDED_CONTEXT = 8_192
"""Tokens that prompt and answer of an embedded model may take together."""

INSTRUCTION_TOKENS = 1_000
"""What our own instructions take, roughly, of a model's context."""


@dataclass(frozen=True, slots=True)
class Profile:
    """How one model is asked.

    `name` is the user's, `model` the one that goes over the wire. `provider` is who answers, "other" where that is not
    known. `strategy` is the one that suits the model. `structured` is how the endpoint is told what an answer must look
    like; `grammar` says that it obeys an LLGuidance grammar in the request, which goes before that. `context_tokens` is what
    prompt and answer may take together, `output_tokens` what an answer may, `thinking_tokens` what the model may need before
    it begins to answer, which counts as its answer. `bound_by` is the parameter that bounds an answer; `steady` says that it
    may ask for a temperature of 0. `free`: it runs on the user's own machines, and costs no money. `key_variable` names the
    key that is sent to it; without `key_required` it is asked without one too. `seconds_per_passage` is 0 where not known.
    """

    name: str
    model: str
    endpoint: str
    provider: str = "other"
    strategy: Strategy = "whole"
    structured: Structured = "json_schema"
    grammar: bool = False
    context_tokens: int = 32_000
    output_tokens: int = 8_000
    thinking_tokens: int = 0
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


def profile(name: str, *, base_url: str | None = None, endpoints: Mapping[str, str] = _NONE_SET) -> Profile:
    """The profile of a model: `<provider>/<name>`, or any name together with `base_url`.

    `endpoints` holds those of the user's own, by the variables that name them: Azure's. With `base_url` the name goes over
    the wire as it is, but for the prefixes of servers that people run themselves or put behind proxies (`ollama/`, `openai/`
    and the like). `llamacpp/<name>` is a llama.cpp server built with LLGuidance: it is asked like the embedded model.

    Raises UnknownModel for a name that names nothing, UsageError for a base URL that is none.
    """
    prefix, _, model = name.partition("/")
    provider = providers().get(prefix) if model else None
    if base_url is not None:
        return _elsewhere(_checked(base_url), name=name, provider=provider, model=model)
    if prefix == "embedded" and model not in CATALOGUE:
        raise UnknownModel(f"no embedded model is called {name!r}: there are {_embedded_names()}")
    if provider is None:
        raise UnknownModel(f"no model is called {name!r}: use {_usable_names()}, or any name together with --base-url")
    return _at_home(provider, name=name, model=model, endpoints=endpoints)


def _at_home(provider: Provider, *, name: str, model: str, endpoints: Mapping[str, str]) -> Profile:
    """Asked where the provider itself answers, with the provider's key."""
    return Profile(
        name=name,
        model=model,
        endpoint=endpoint(provider, endpoints=endpoints),
        provider=provider.name,
        key_variable=provider.key_variable,
        key_required=provider.key_variable != OTHER_KEY,
        **facts(model, provider=provider.name),
    )


def _elsewhere(url: str, *, name: str, provider: Provider | None, model: str) -> Profile:
    """Asked at an endpoint of the user's own. What is known of a server that people run holds wherever they run it."""
    if name.startswith("embedded/"):
        raise UsageError(f"{name!r} runs inside this program: leave --base-url out, or name the model that {url!r} serves")
    wire_name = model if provider and provider.stripped else name
    if provider is None or not provider.local:
        return Profile(name=name, model=wire_name, endpoint=url, **facts(wire_name, provider=None))
    known = facts(wire_name, provider=provider.name)
    free = known.get("free", False) and _is_near(url)
    return Profile(name=name, model=wire_name, endpoint=url, provider=provider.name, **known | {"free": free})


def _is_near(url: str) -> bool:
    """Whether this address is on the user's own machine or network: what answers elsewhere may cost money."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost"


def endpoint(provider: Provider, *, endpoints: Mapping[str, str] = _NONE_SET) -> str:
    """The base URL of this provider. Raises UsageError where the user has to set it and has not."""
    if not provider.endpoint_variable:
        return provider.endpoint
    if provider.endpoint_variable not in endpoints:
        raise UsageError(f"{provider.title} is asked at your own endpoint: set {provider.endpoint_variable}")
    url = _checked(endpoints[provider.endpoint_variable])
    return url if url.endswith(provider.endpoint_path) else url + provider.endpoint_path


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


def _usable_names() -> str:
    hosted = (f"{name}/<name>" for name in providers() if name != "embedded")
    return ", ".join([_embedded_names(), *hosted])


def _embedded_names() -> str:
    return ", ".join(f"embedded/{name}" for name in CATALOGUE)
