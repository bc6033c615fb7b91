"""One module for each kind of source: `content(data, *, keep_hidden=False)` gives what somebody sees who looks at it.

A module is loaded when a source of its kind is read, so that nobody pays for libraries that he does not use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from summarizer.reading.content import Content
from summarizer.reading.formats import Kind

_MIB = 2**20


class Read(Protocol):
    """What reads one kind of source. Raises Unreadable."""

    def __call__(self, data: bytes, *, keep_hidden: bool = False) -> Content: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads one kind of source: a module of this package, of at most so many bytes. None: as many as the text may have."""

    module: str
    most_bytes: int | None = None

    def load(self) -> Read:
        """Its `content`."""
        return cast(Read, import_module(f"{__name__}.{self.module}").content)


READERS: Mapping[Kind, Reader] = {
    "text": Reader("plain"),
    "markdown": Reader("markdown"),
    "html": Reader("html", most_bytes=16 * _MIB),
    "eml": Reader("eml", most_bytes=64 * _MIB),
    "pdf": Reader("pdf", most_bytes=64 * _MIB),
    "docx": Reader("docx", most_bytes=64 * _MIB),
}
