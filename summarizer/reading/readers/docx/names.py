"""The names of XML elements in a Word document, and what of an element is used here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

KNOWN_TO_WORD = frozenset(
    {f"http://schemas.microsoft.com/office/word/{name}" for name in (
        "2006/wordml", "2010/wordml", "2010/wordprocessingCanvas", "2010/wordprocessingDrawing", "2010/wordprocessingGroup",
        "2010/wordprocessingInk", "2010/wordprocessingShape", "2012/wordml", "2015/wordml/symex", "2016/wordml/cid",
        "2018/wordml", "2018/wordml/cex", "2020/wordml/sdtdatahash", "2023/wordml/word16du",
    )}
    | {f"http://schemas.microsoft.com/office/drawing/{name}" for name in (
        "2010/main", "2014/chartex", "2015/9/8/chartex", "2015/10/21/chartex", "2016/5/9/chartex", "2016/5/10/chartex",
        "2016/5/11/chartex", "2016/5/12/chartex", "2016/5/13/chartex", "2016/5/14/chartex", "2016/ink", "2016/SVG/main",
        "2017/model3d",
    )}
    | {f"http://schemas.openxmlformats.org/{name}" for name in (
        "drawingml/2006/main", "drawingml/2006/picture", "drawingml/2006/wordprocessingDrawing",
        "officeDocument/2006/math", "officeDocument/2006/relationships", "wordprocessingml/2006/main",
    )}
    | {f"urn:schemas-microsoft-com:{name}" for name in ("office:office", "office:word", "vml")}
)  # fmt: skip
"""The namespaces that a choice of markup may require and Word takes it; with one of any other name it goes on to the next."""


class Element(Protocol):
    """An XML element of lxml, which ships no types."""

    @property
    def tag(self) -> object:
        """The name in braces; of a comment or an instruction something that is no string."""

    @property
    def text(self) -> str | None:
        """The characters before the first child."""

    @property
    def nsmap(self) -> Mapping[str | None, str]:
        """The namespaces that its prefixes stand for."""

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
