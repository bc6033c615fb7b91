"""The one place that reads the environment.

    SUMMARIZER_CACHE    folder of kept answers       default: the user's cache folder
    SUMMARIZER_WEIGHTS  folder of embedded weights   default: the user's cache folder
    OPENAI_API_KEY      key of `openai/<name>` models at OpenAI
    SUMMARIZER_API_KEY  key of any other endpoint, where it wants one

A key alone never makes a hosted model the default: that takes naming one.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DEFAULT_MODEL = "embedded/qwen2.5-coder-1.5b"
DEFAULT_MAX_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user's machine says: folders and keys. Build one in tests; `from_environment` elsewhere."""

    cache_folder: Path
    weights_folder: Path
    openai_api_key: str | None = None
    api_key: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the environment gives, with the user's cache folder for what it leaves open."""
        home = platformdirs.user_cache_path("summarizer", appauthor=False)
        return cls(
            cache_folder=Path(environment.get("SUMMARIZER_CACHE") or home / "answers"),
            weights_folder=Path(environment.get("SUMMARIZER_WEIGHTS") or home / "weights"),
            openai_api_key=environment.get("OPENAI_API_KEY") or None,
            api_key=environment.get("SUMMARIZER_API_KEY") or None,
        )
