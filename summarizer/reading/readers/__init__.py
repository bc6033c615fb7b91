"""One module for each kind of source: `content(data, *, keep_hidden=False)` gives what somebody sees who looks at it.

A module is loaded when a source of its kind is read, so that nobody pays for libraries that he does not use. Whatever has more
structure than text is read in a process of its own, since a broken or hostile source may cost its reader anything (`apart`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from summarizer.reading.apart import Read, read_apart
from summarizer.reading.content import Content
from summarizer.reading.formats import Kind

_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads one kind of source: a module of this package.

    `most_bytes` are read at most; None: as many as the text may have. `apart`: in a process of its own, with its limits.
    """

    module: str
    most_bytes: int | None = None
    apart: bool = False

    def read(self, data: bytes, *, keep_hidden: bool = False) -> Content:
        """What it finds in these bytes. Raises Unreadable, also where a limit is reached."""
        if self.apart:
            return read_apart(self._name, data, keep_hidden=keep_hidden)
        return self.load()(data, keep_hidden=keep_hidden)

    def load(self) -> Read:
        """Its `content`, to be called in this process."""
        return cast(Read, import_module(self._name).content)

    @property
    def _name(self) -> str:
        return f"{__name__}.{self.module}"


READERS: Mapping[Kind, Reader] = {
    "text": Reader("plain"),
    "markdown": Reader("markdown"),
    "html": Reader("html", most_bytes=16 * _MIB, apart=True),
    "eml": Reader("eml", most_bytes=64 * _MIB, apart=True),
    "pdf": Reader("pdf", most_bytes=64 * _MIB, apart=True),
    "docx": Reader("docx", most_bytes=64 * _MIB, apart=True),
}
