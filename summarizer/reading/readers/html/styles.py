"""What the style sheets of a page and its elements' own styles say of each element. Knows tinycss2.

Only what the page holds is looked at: nothing is fetched, no script runs. Media queries are answered as by a desktop screen,
1,280 by 720 pixels. `calc()` is not worked out. What is not looked at, since it is unusual or since there is too much of it, is
always said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import tinycss2
from lxml.html import HtmlElement

from summarizer.reading.readers.html.parsing import Page
from summarizer.reading.readers.html.selectors import Passed, Rules, SelectorError, TooManySteps

Tokens = tuple[Any, ...]  # Any: tinycss2 has no types
Declared = Mapping[str, Tokens]

DRAWN = {"svg", "g", "text", "tspan", "textpath"}
SCREEN_WIDTH, SCREEN_HEIGHT = 1_280, 720  # pixels
_MOST_STYLE = 1_000_000  # characters of style sheets that are looked at
MOST_STEPS = 2_000_000
"""Trials of one condition of a selector at an element, over a whole page."""
_LONGEST_SELECTOR = 20_000  # characters, of a list of them
_DEEPEST = 6  # parentheses inside each other, in what stands before the braces of a rule
_MOST_COMBINED = 200  # white space and the like in one of the list, which the library reads by recursion
_COMBINATOR = re.compile(r"[\s>+~]+")
_TRANSPARENT_AT_RULES = {"layer", "scope"}
_MAY_HIDE = frozenset(
    (  # noqa: SIM905  # a word list, as a list forty lines long
        "-webkit-background-clip -webkit-clip-path -webkit-mask -webkit-mask-image -webkit-text-fill-color "
        "-webkit-text-security -webkit-text-stroke animation animation-name background background-clip background-color "
        "background-image bottom clip clip-path color content-visibility display fill fill-opacity filter flex flex-grow float "
        "font font-size height left letter-spacing margin-left margin-top mask mask-image max-height max-width min-height "
        "min-width opacity overflow overflow-x overflow-y padding-bottom padding-left padding-right padding-top position right "
        "rotate scale text-indent text-shadow top transform translate visibility white-space width zoom"
    ).split()
)
_SIDES = {
    "inset": ("top", "right", "bottom", "left"),
    **{name: tuple(f"{name}-{side}" for side in ("top", "right", "bottom", "left")) for name in ("margin", "padding")},
}
_ALSO_CALLED = {
    "inset-block-start": "top", "inset-inline-start": "left", "inset-inline-end": "right", "margin-block-start": "margin-top",
    "margin-inline-start": "margin-left", "block-size": "height", "inline-size": "width", "max-block-size": "max-height",
    "max-inline-size": "max-width", "min-block-size": "min-height", "min-inline-size": "min-width",
}  # fmt: skip
_NEVER_NEGATIVE = frozenset(
    {"font-size", "height", "width", "max-height", "max-width", "min-height", "min-width"}
    | {f"padding-{side}" for side in ("top", "right", "bottom", "left")}
)
_LENGTHS = _NEVER_NEGATIVE | {"top", "right", "bottom", "left", "margin-left", "margin-top"}
_OF_ONE_WORD = _LENGTHS | {"position", "visibility", "opacity", "content-visibility", "float"}
_OF_DRAWINGS = ("fill", "fill-opacity", "opacity", "display", "visibility", "font-size")
_FEATURE = re.compile(r"\(\s*(min|max)-(width|height)\s*:\s*(\d+(?:\.\d+)?|\.\d+)(px|em|rem)\s*\)")
_RANGE = re.compile(r"\(\s*(width|height)\s*([<>])=?\s*")
_IN_DAYLIGHT = re.compile(
    r"\(\s*(prefers-color-scheme\s*:\s*light|orientation\s*:\s*landscape|hover(\s*:\s*hover)?|pointer\s*:\s*fine|color)\s*\)"
)


class Styles:
    """The style sheets of one page."""

    def __init__(self, page: Page) -> None:
        self._rules = Rules(page, most_steps=MOST_STEPS)
        self._passed_over = False
        self._is_over = False
        self._add(_style_sheets(page.root))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was not looked at, once everything has been declared."""
        said = "Some of its style rules were not looked at: what they hide is not known."
        return (said,) if self._passed_over else ()

    def declared(self, element: HtmlElement) -> Declared:
        """What holds for an element."""
        declared: dict[str, Tokens] = dict(_of_attributes(element))
        important: dict[str, Tokens] = {}
        for declarations in (*self._matching(element), _parsed(element.get("style", ""))):
            for name, value, is_important in declarations:
                (important if is_important else declared)[name] = value
        return {**declared, **important}

    def _matching(self, element: HtmlElement) -> list[Tokens]:
        """The declarations of the rules that hold for an element, the strongest last."""
        if self._is_over:
            return []
        try:
            return self._rules.matching(element)
        except TooManySteps:
            self._is_over = self._passed_over = True
            return []

    def _add(self, sheets: Iterable[str]) -> None:
        """Take in the rules of style sheets, so far as they are not too long."""
        room = _MOST_STYLE
        for sheet in sheets:
            self._passed_over |= len(sheet) > room
            for rule in _rules(tinycss2.parse_stylesheet(sheet[:room], skip_comments=True, skip_whitespace=True)):
                self._add_rule(rule)
            room = max(room - len(sheet), 0)

    def _add_rule(self, rule: Any) -> None:
        """Take in a rule."""
        self._passed_over |= any(token.type == "{} block" for token in rule.content)  # rules inside a rule
        declarations = tuple(each for each in _declarations(rule.content) if each[0] in _MAY_HIDE or each[0].startswith("--"))
        if not declarations:
            return
        if _is_unusual(rule.prelude):
            self._passed_over = True
            return
        try:
            self._rules.add(rule.prelude, declarations)
        except Passed:
            self._passed_over = True
        except SelectorError:  # browsers pass over such a rule too
            return


def _is_unusual(prelude: Any) -> bool:
    """Whether nobody writes such selectors for people."""
    if _is_deep(prelude):
        return True
    written = tinycss2.serialize(prelude)
    return len(written) > _LONGEST_SELECTOR or max(map(_combined, written.split(","))) > _MOST_COMBINED


def _combined(selector: str) -> int:
    return len(_COMBINATOR.findall(selector))


def _is_deep(tokens: Iterable[Any]) -> bool:
    """Whether there are many parentheses inside each other. The library writes such tokens out by recursion."""
    level = list(tokens)
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in inside(each)]
    return bool(level)


def inside(token: Any) -> list[Any]:
    """The tokens in a pair of parentheses, brackets or braces."""
    return getattr(token, "content", None) or getattr(token, "arguments", None) or []


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
    if rule.lower_at_keyword == "supports":
        return not any(token.type == "ident" and token.lower_value == "not" for token in rule.prelude)
    if rule.lower_at_keyword in {"media", "container"}:
        return not _is_deep(rule.prelude) and _on_screen(tinycss2.serialize(rule.prelude))
    return rule.lower_at_keyword in _TRANSPARENT_AT_RULES


def _on_screen(query: str) -> bool:
    """Whether a media query holds for a desktop screen in daylight. What asks for anything that is not known here does not."""
    return not query.strip() or any(_answer(part.strip().lower()) for part in query.split(","))


def _answer(query: str) -> bool:
    """Whether one media query of a list holds."""
    query = _RANGE.sub(lambda match: f"({'min' if match[2] == '>' else 'max'}-{match[1]}:", _IN_DAYLIGHT.sub(" and ", query))
    rest = _FEATURE.sub(" and ", query)
    if any(word not in {"and", "only", "screen", "all"} for word in rest.split()):
        return False
    return all(_large_enough(*match.groups()) for match in _FEATURE.finditer(query))


def _large_enough(bound: str, side: str, number: str, unit: str) -> bool:
    """Whether the screen is at least, or at most, so wide or high."""
    pixels = float(number) * (1 if unit == "px" else 16)
    screen = SCREEN_WIDTH if side == "width" else SCREEN_HEIGHT
    return pixels <= screen if bound == "min" else pixels >= screen


@lru_cache(maxsize=4_096)
def _parsed(style: str) -> Tokens:
    """The declarations of a style attribute."""
    return _declarations(style) if style else ()


def _declarations(content: Any) -> Tokens:
    """Name, value and weight of each declaration that browsers take."""
    return tuple(
        (name, value, each.important)
        for each in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if each.type == "declaration"
        for name, value in _told_apart(each.name if each.name.startswith("--") else each.lower_name, _significant(each.value))
        if is_valid(name, value)
    )


def _told_apart(name: str, value: Tokens) -> Iterator[tuple[str, Tokens]]:
    """A declaration under the name that is used here; one for all four sides as one for each."""
    if name not in _SIDES:
        yield _ALSO_CALLED.get(name, name), value
    elif 1 <= len(value) <= 4:
        right, bottom = value[1 % len(value)], value[2] if len(value) > 2 else value[0]
        four = (value[0], right, bottom, value[3] if len(value) > 3 else right)
        yield from ((side, (token,)) for side, token in zip(_SIDES[name], four, strict=True))


def is_valid(name: str, value: Tokens) -> bool:
    """Whether browsers take a declaration; what only they can work out counts as valid."""
    if name.startswith("--") or any(token.type == "function" for token in value):
        return True
    if not value:
        return False
    if name in _OF_ONE_WORD and len(value) != 1:
        return False
    if name == "display" and len(value) > 1 and any(token.type == "ident" and token.lower_value == "none" for token in value):
        return False
    if name in _LENGTHS and value[0].type == "number" and value[0].value:
        return False
    measures = name in _NEVER_NEGATIVE and value[0].type in {"dimension", "percentage"}
    return not (measures and value[0].value < 0)


def _significant(tokens: Iterable[Any]) -> Tokens:
    """The tokens that are not white space."""
    return tuple(token for token in tokens if token.type not in {"whitespace", "comment"})


def _of_attributes(element: HtmlElement) -> Iterator[tuple[str, Tokens]]:
    """What attributes from before style sheets say, which any style overrules."""
    tag = str(element.tag)
    if "hidden" in element.attrib or "popover" in element.attrib or tag == "rp":
        yield "display", _value("none")
    if tag == "mphantom":
        yield "visibility", _value("hidden")
    if tag in DRAWN:
        yield from ((name, _value(element.get(name, ""))) for name in _OF_DRAWINGS if element.get(name))
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
