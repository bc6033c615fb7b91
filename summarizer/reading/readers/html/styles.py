"""What the style sheets of a page and its elements' own styles say of each element. Knows tinycss2 and cssselect2.

Only what the page holds is looked at: nothing is fetched, no script runs. Media queries are answered as by a desktop screen,
1,280 pixels wide. `calc()` is not worked out. Selectors are tried by cssselect2, whose time grows with the depth of the page to
the power of the selector's; so some are passed over, and after `_MOST_SECONDS` all are. That is always said.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2
from lxml import etree
from lxml.html import HtmlElement

Tokens = tuple[Any, ...]  # Any: tinycss2 has no types
Declared = Mapping[str, Tokens]

SCREEN_WIDTH, SCREEN_HEIGHT = 1_280, 720  # pixels
_MOST_STYLE = 1_000_000  # characters of style sheets that are looked at
_MOST_SECONDS = 5.0  # of the processor, for trying selectors; pages that people read take a tenth of one
_MANY_ELEMENTS = 5_000  # in a larger page, selectors that look at siblings cost too much memory
_MOST_PATHS = 1_000_000  # from an element up to those that a selector names
_LOOKS_AROUND = re.compile(r"[:~+]")
_LONGEST_SELECTOR = 2_000  # characters; the library compiles each to Python
_DEEPEST_SELECTOR = 20  # parentheses
_TRANSPARENT_AT_RULES = {"supports", "layer", "container", "scope", "starting-style"}
_MAY_HIDE = frozenset(
    (  # noqa: SIM905  # a word list, as a list forty lines long
        "-webkit-background-clip -webkit-clip-path -webkit-text-fill-color background background-clip background-color "
        "background-image bottom clip clip-path color content-visibility display filter float font font-size height "
        "inset-block-start inset-inline-end inset-inline-start left margin-inline-start margin-left margin-top max-height "
        "max-width opacity overflow overflow-x overflow-y position right scale text-indent top transform visibility "
        "white-space width"
    ).split()
)
_FEATURE = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|em|rem)\s*\)")


class Styles:
    """The style sheets of one page."""

    def __init__(self, root: HtmlElement) -> None:
        self._matcher = cssselect2.Matcher()
        self._elements = iter(cssselect2.ElementWrapper.from_html_root(root).iter_subtree())
        self._has_rules = False
        self._large = sum(1 for _ in root.iter()) > _MANY_ELEMENTS
        self._depth = _depth(root)
        self._passed_over = False
        self._add(_style_sheets(root))
        self._end = time.process_time() + _MOST_SECONDS

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was not looked at, once everything has been declared."""
        said = "Some of its style rules were not looked at: what they hide is not known."
        return (said,) if self._passed_over else ()

    def declared(self, element: HtmlElement) -> Declared:
        """What holds for an element: to be asked for every element of the tree, in its order."""
        wrapper = next(self._elements)
        declared: dict[str, Tokens] = dict(_of_attributes(element))
        important: dict[str, Tokens] = {}
        for declarations in (*self._matching(wrapper), _parsed(element.get("style", ""))):
            for name, value, is_important in declarations:
                (important if is_important else declared)[name] = value
        return {**declared, **important}

    def _matching(self, wrapper: Any) -> Iterator[Tokens]:
        """The declarations of the rules that hold for an element, the strongest last."""
        if self._has_rules and time.process_time() > self._end:
            self._has_rules, self._passed_over = False, True
        if self._has_rules:
            yield from (declarations for _, _, pseudo, declarations in self._matcher.match(wrapper) if pseudo is None)

    def _add(self, sheets: Iterable[str]) -> None:
        """Take in the rules of style sheets, as many as there is time for."""
        room = _MOST_STYLE
        for sheet in sheets:
            self._passed_over |= len(sheet) > room
            for rule in _rules(tinycss2.parse_stylesheet(sheet[:room], skip_comments=True, skip_whitespace=True)):
                self._add_rule(rule)
            room = max(room - len(sheet), 0)

    def _add_rule(self, rule: Any) -> None:
        """Take in a rule."""
        declarations = tuple(each for each in _declarations(rule.content) if each[0] in _MAY_HIDE or each[0].startswith("--"))
        if not declarations:
            return
        if self._costs_too_much(tinycss2.serialize(rule.prelude)):
            self._passed_over = True
            return
        try:
            for each in cssselect2.compile_selector_list(rule.prelude):
                self._matcher.add_selector(each, declarations)
                self._has_rules = True
        except cssselect2.SelectorError:  # browsers pass over such a rule too
            return

    def _costs_too_much(self, selector: str) -> bool:
        """Whether to pass over a selector."""
        if len(selector) > _LONGEST_SELECTOR or selector.count("(") > _DEEPEST_SELECTOR:
            return True
        steps = max(len(each.split()) for each in selector.split(",")) - 1
        return self._depth ** min(steps, 20) > _MOST_PATHS or (self._large and _LOOKS_AROUND.search(selector) is not None)


def _depth(root: HtmlElement) -> int:
    """How many elements of a page are inside each other."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _style_sheets(root: HtmlElement) -> Iterator[str]:
    """The style sheets that the page holds, for a screen."""
    for element in root.iter("style"):
        if element.get("type", "text/css").strip().lower() in {"", "text/css"} and _on_screen(element.get("media", "")):
            yield element.text or ""


def _rules(nodes: Iterable[Any]) -> Iterator[Any]:
    """The style rules, those of media that hold too."""
    pending = list(nodes)[::-1]
    while pending:
        node = pending.pop()
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.content is not None and _holds(node):
            pending += tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)[::-1]


def _holds(rule: Any) -> bool:
    """Whether the rules inside an at-rule are in force."""
    if rule.lower_at_keyword == "media":
        return _on_screen(tinycss2.serialize(rule.prelude))
    return rule.lower_at_keyword in _TRANSPARENT_AT_RULES


def _on_screen(query: str) -> bool:
    """Whether a media query holds for a desktop screen in daylight. What asks for anything else than a width does not."""
    return not query.strip() or any(_answer(part.strip().lower()) for part in query.split(","))


def _answer(query: str) -> bool:
    """Whether one media query of a list holds."""
    rest = _FEATURE.sub(" and ", query)
    if any(word not in {"and", "only", "screen", "all"} for word in rest.split()):
        return False
    return all(_wide_enough(*match.groups()) for match in _FEATURE.finditer(query))


def _wide_enough(bound: str, number: str, unit: str) -> bool:
    """Whether the screen is at least, or at most, so wide."""
    width = float(number) * (1 if unit == "px" else 16)
    return width <= SCREEN_WIDTH if bound == "min" else width >= SCREEN_WIDTH


@lru_cache(maxsize=4_096)
def _parsed(style: str) -> Tokens:
    """The declarations of a style attribute."""
    return _declarations(style) if style else ()


def _declarations(content: Any) -> Tokens:
    """Name, value and weight of each declaration."""
    return tuple(
        (each.name if each.name.startswith("--") else each.lower_name, _significant(each.value), each.important)
        for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if each.type == "declaration"
    )


def _significant(tokens: Iterable[Any]) -> Tokens:
    """The tokens that are not white space."""
    return tuple(token for token in tokens if token.type not in {"whitespace", "comment"})


def _of_attributes(element: HtmlElement) -> Iterator[tuple[str, Tokens]]:
    """What attributes from before style sheets say, which any style overrules."""
    tag = str(element.tag)
    if "hidden" in element.attrib:
        yield "display", _value("none")
    if tag == "font" and element.get("color"):
        yield "color", _colour(element.get("color", ""))
    if tag == "body" and element.get("text"):
        yield "color", _colour(element.get("text", ""))
    if tag == "a" and element.get("href") is not None:
        yield "color", _value("#0000ee")
    if tag == "mark":
        yield "background-color", _value("#ffff00")
        yield "color", _value("#000000")
    if element.get("bgcolor") and tag in {"body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"}:
        yield "background-color", _colour(element.get("bgcolor", ""))
    if element.get("background") and tag in {"body", "table", "tr", "td", "th"}:
        yield "background-image", _value("url(x)")


def _colour(words: str) -> Tokens:
    """A colour as old attributes give it: `ffffff` is one too."""
    return _value(f"#{words}" if re.fullmatch(r"[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3}", words) else words)


@lru_cache(maxsize=4_096)
def _value(words: str) -> Tokens:
    """The tokens of a value."""
    return _significant(tinycss2.parse_component_value_list(words, skip_comments=True))
