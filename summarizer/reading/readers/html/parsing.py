"""Bytes of a web page as a tree of elements of bounded depth. Nothing is judged here. Knows lxml's parser.

lxml stops at 256 nested elements without a word, at 2,048 where it is told that the page is huge. It tells a target of every
tag at any depth, so the tree is made here: at most `DEEPEST` elements deep, as in every browser, where what is nested deeper
becomes a child of the last element that fits. `Page.inside` still says in which element it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree, html
from lxml.html import HtmlElement

from summarizer.reading.encodings import decoded

DEEPEST = 400
"""Elements inside each other; browsers have 512. Beyond about 450, lxml and trafilatura recurse too deep."""
COMMENT_TAG = "summarizer-comment"
"""The tag under which the words of a comment stand in the tree."""
_END = "summarizer-end"

_IN_HEAD = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title", COMMENT_TAG, _END})

_MOST_ATTRIBUTES = 200  # of an element: each costs as much time as there are others

_DECLARED = re.compile(
    rb"""<(?:meta\s[^>]*?charset|\?xml\s[^>]*?encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.ASCII | re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml(?:\s+\w+=(?:\"[\w.-]*\"|'[\w.-]*'))*\s*\?>")
_HEAD = 4_096  # bytes in which an encoding may be declared; browsers look at 1,024
_UNSTORABLE = {
    **dict.fromkeys([*range(9), 11, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]),
    12: " ",  # a form feed, which is white space in HTML and none in XML
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was written. `inside` has the elements that stand elsewhere in the tree, with the one that held them.

    `complete` says whether it was read to its end, every byte of it.
    """

    root: HtmlElement
    inside: Mapping[HtmlElement, HtmlElement]
    warnings: tuple[str, ...]
    complete: bool


def parse(data: bytes) -> Page:
    """The tree of a page, and what was lost or odd on the way."""
    read = decoded(data, declared=_declared(data))
    tree = _Tree()
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=tree)
    text = _XML_DECLARATION.sub("", read.text, count=1)
    parser.feed(text.encode("utf-8", "replace") + f"<{_END}>".encode())
    parser.close()
    return Page(tree.root, tree.inside, (*read.warnings, *tree.warnings()), complete=read.complete and tree.ended)


def _declared(data: bytes) -> str | None:
    """The encoding that the page says it is in. Whoever can read that is not reading UTF-16, whatever it says."""
    declared = _DECLARED.search(data[:_HEAD])
    if declared is None:
        return None
    name = declared[1].decode("ascii").lower()
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class _Tree:
    """What lxml's parser tells of a page, put together to a tree: the target of the parser."""

    def __init__(self) -> None:
        self.root: HtmlElement = html.Element("html")
        self.inside: dict[HtmlElement, HtmlElement] = {}
        self._open: list[HtmlElement] = []
        self._last: list[HtmlElement | None] = []  # the last child of each; lxml would count all of them
        self._pieces: list[str] = []
        self.ended = False
        self._unstorable = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._write()
        if tag == _END:
            self.ended = True
        if not self._open:
            self._enter(self.root, attributes)
            return
        if self._open[-1].tag == "head" and tag not in _IN_HEAD:
            self._end_head()
        self._enter(self._child(tag), attributes)

    def end(self, tag: str) -> None:
        self._write()
        self._open.pop()
        self._last.pop()

    def data(self, words: str) -> None:
        self._pieces.append(words)

    def comment(self, words: str) -> None:
        self.start(COMMENT_TAG, {})
        self.data(words.removesuffix(f"<{_END}>"))
        self.end(COMMENT_TAG)

    def close(self) -> None:
        self._write()

    def warnings(self) -> Iterator[str]:
        """What is odd about the page as a whole."""
        if not self.ended:
            yield "It ends inside a tag, a comment or a script: what stands there is not read, as in a browser."
        if self._unstorable:
            yield f"{_count(self._unstorable, 'control character')} in it cannot be shown and were left out."

    def _enter(self, element: HtmlElement, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        for name, value in islice(attributes.items(), _MOST_ATTRIBUTES):
            try:
                element.set(name, self._storable(value))
            except ValueError:  # a name that no XML has, such as `"`; nothing that is read has such a name
                continue
        self._open.append(element)
        self._last.append(None)

    def _end_head(self) -> None:
        """Go on in a body, as browsers do at what does not belong into a head. libxml2 does so at elements of HTML 4 alone."""
        self._open.pop()
        self._last.pop()
        self._enter(self._child("body"), {})

    def _child(self, tag: str) -> HtmlElement:
        """A new element inside the open one, or after it where that is as deep as the tree goes."""
        depth = min(len(self._open), DEEPEST)
        try:
            child = etree.SubElement(self._open[depth - 1], tag)
        except ValueError:
            child = etree.SubElement(self._open[depth - 1], "span")
        if len(self._open) > DEEPEST:
            self.inside[child] = self._open[-1]
        self._last[depth - 1] = child
        return child

    def _write(self) -> None:
        """Put the words since the last tag where they stand."""
        words = self._storable("".join(self._pieces).replace(f"<{_END}>", ""))
        self._pieces.clear()
        if not words:
            return
        if not self._open:
            self._open, self._last = [self.root], [None]
        if len(self._open) > DEEPEST and self._last[DEEPEST - 1] is not self._open[-1]:
            self._child("span").text = words
            return
        last = self._last[-1]
        if last is None:
            self._open[-1].text = words
        else:
            last.tail = words

    def _storable(self, words: str) -> str:
        """The words without control characters, which XML cannot hold."""
        storable = words.translate(_UNSTORABLE)
        self._unstorable += len(words) - len(storable)
        return storable
