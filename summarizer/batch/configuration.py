"""What a briefing depends on beside its document: change any of it, and what is done stays, and all is done anew beside it.

Answers are not under a configuration but under what was asked: with another policy nothing is asked again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from summarizer.batch.store import Store
from summarizer.extraction import METHODS, schema_hash
from summarizer.llm import Profile, Strategy
from summarizer.prompting import PromptLibrary
from summarizer.settings import Policy
from summarizer.version import __version__


@dataclass(frozen=True, slots=True)
class Configuration:
    """How briefings are made: hashes are SHA-256."""

    summarizer: str
    model: str
    endpoint: str
    strategy: Strategy
    policy: Policy
    prompt: str
    prompt_hash: str
    schema_hash: str

    @classmethod
    def of(cls, profile: Profile, *, strategy: Strategy | None, policy: Policy, prompts: Path | None) -> Self:
        """That of `summarise` with these arguments. Raises PromptsError."""
        strategy = strategy or profile.strategy
        template = PromptLibrary(prompts).latest(METHODS[strategy].template)
        return cls(
            summarizer=__version__,
            model=profile.name,
            endpoint=profile.endpoint,
            strategy=strategy,
            policy=policy,
            prompt=template.name,
            prompt_hash=template.hash,
            schema_hash=schema_hash(strategy),
        )

    def id(self, store: Store) -> int:
        """Its number in this run, which it gets now where it has none."""
        content = json.dumps(asdict(self), sort_keys=True)
        key = hashlib.sha256(content.encode()).hexdigest()
        with store.transaction():
            store.write("INSERT OR IGNORE INTO configurations (key, content) VALUES (?, ?)", (key, content))
            found = store.row("SELECT id FROM configurations WHERE key = ?", (key,))
        assert found is not None  # noqa: S101 - it was just written
        number: int = found[0]
        return number
