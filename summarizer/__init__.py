"""Briefings that can be checked: who holds which position, who demands what of whom, and what came of it.

    from pathlib import Path
    from summarizer import summarise

    briefing = summarise(Path("seeds/ceasefire-call.txt"))
    for demand in briefing.demands:
        print(demand.statement, [evidence.quote for evidence in demand.evidence])

The names below are the public interface. They are imported when first used, so that `import summarizer` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarizer.version import __version__

if TYPE_CHECKING:
    from summarizer.briefing import Briefing
    from summarizer.document import Document, Metadata
    from summarizer.errors import SummarizerError
    from summarizer.llm import connect
    from summarizer.pipeline import summarise
    from summarizer.questions import ask
    from summarizer.reading import read
    from summarizer.rendering import render
    from summarizer.settings import Limits, Settings
    from summarizer.verifying import verify

_HOMES = {
    "Briefing": "briefing",
    "Document": "document",
    "Limits": "settings",
    "Metadata": "document",
    "Settings": "settings",
    "SummarizerError": "errors",
    "ask": "questions",
    "connect": "llm",
    "read": "reading",
    "render": "rendering",
    "summarise": "pipeline",
    "verify": "verifying",
}

__all__ = [
    "Briefing",
    "Document",
    "Limits",
    "Metadata",
    "Settings",
    "SummarizerError",
    "__version__",
    "ask",
    "connect",
    "read",
    "render",
    "summarise",
    "verify",
]


def __getattr__(name: str) -> Any:  # Any: each public name has a type of its own
    if name not in _HOMES:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    return getattr(import_module(f"summarizer.{_HOMES[name]}"), name)
