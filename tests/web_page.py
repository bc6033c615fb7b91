"""A web page as html5lib, a parser by the HTML standard, reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import html5lib

_SOURCES_OF_TEXT = ("script", "style")


@dataclass(frozen=True)
class Element:
    """An element, with its own words and all words inside it, but for those of scripts and style sheets."""

    tag: str
    attributes: dict[str, str]
    text: str
    node: Any  # Any: an element of xml.etree

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()


@dataclass(frozen=True)
class Parsed:
    """A page; `strict` fails on anything that the standard calls an error."""

    html: str
    strict: bool = False

    @cached_property
    def elements(self) -> list[Element]:
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=self.strict, namespaceHTMLElements=False)
        tree = parser.parse(self.html)
        return [_element(node) for node in tree.iter()]

    @property
    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every element with the names of its attributes, in order."""
        return [(each.tag, tuple(sorted(each.attributes))) for each in self.elements]

    @property
    def text(self) -> str:
        return self.one("body").text

    def one(self, tag: str, **attributes: str) -> Element:
        (found,) = self.all(tag, **attributes)
        return found

    def all(self, tag: str, **attributes: str) -> list[Element]:
        return [each for each in self.elements if each.tag == tag and attributes.items() <= each.attributes.items()]

    def of_class(self, name: str) -> list[Element]:
        return [each for each in self.elements if name in each.classes]

    def with_id(self, id: str) -> Element:
        (found,) = (each for each in self.elements if each.attributes.get("id") == id)
        return found


def _element(node: Any) -> Element:  # Any: as above
    tag = node.tag if isinstance(node.tag, str) else "comment"
    return Element(re.sub(r"^\{.*\}", "", tag), dict(node.attrib), "".join(_words(node)), node)


def _words(node: Any) -> Iterator[str]:  # Any: as above
    if not isinstance(node.tag, str) or node.tag in _SOURCES_OF_TEXT:
        return
    yield node.text or ""
    for child in node:
        yield from _words(child)
        yield child.tail or ""
