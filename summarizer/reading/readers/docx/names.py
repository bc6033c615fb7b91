"""The names of XML elements in a Word document, and what of an element is used here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


class Element(Protocol):
    """An XML element of lxml, which ships no types."""

    @property
    def tag(self) -> object:
        """The name in braces; of a comment or an instruction something that is no string."""

    @property
    def text(self) -> str | None:
        """The characters before the first child."""

    def get(self, key: str, /) -> str | None:
        """The value of an attribute."""

    def find(self, path: str, /) -> Element | None:
        """The first descendant on a path."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """All descendants with one of these names."""

    def getparent(self) -> Element | None:
        """The element around it."""

    def xpath(self, path: str, /) -> object:
        """What an expression gives."""

    def __iter__(self) -> Iterator[Element]:
        """The children."""

    def __len__(self) -> int:
        """The number of children."""
