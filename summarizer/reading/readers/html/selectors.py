"""Which elements the rules of a style sheet are about. Knows cssselect2, which reads selectors; whether they fit is told here.

cssselect2 itself makes a Python expression of each selector, evaluates it, and takes a time that grows with the depth of the
page to the power of the selector's. Who writes a page to be read by a program may count on both. Here nothing is compiled, and
each trial of one condition at one element is a step, which takes no longer in a larger page; of steps there are so many for a
page on every machine. So only those conditions are told of which that is true: a type, a class, an id, an attribute, a place
among siblings, what is around, and that none of these holds. Siblings before (`+`, `~`), `:has()` and all else are `Passed`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cssselect2 import SelectorError, parser
from lxml.html import HtmlElement
from tinycss2 import serialize
from tinycss2.nth import parse_nth

from summarizer.reading.readers.html.parsing import COMMENT_TAG, Page

__all__ = ["Passed", "Rules", "SelectorError", "TooManySteps"]

_MOST_PARTS = 30
"""Elements that one selector names, each around the next."""
_LONGEST_COUNT = 20
"""Characters of what `:nth-child()` counts."""
_LETTERS_A_STEP = 100
"""Of the value of an attribute: of a longer one, looking at it counts as more than a step."""
_NEVER = frozenset(
    (  # noqa: SIM905  a word list, as a list forty lines long
        "active autofill buffering checked current default disabled enabled focus focus-visible focus-within fullscreen future "
        "host hover in-range indeterminate invalid local-link modal muted open optional out-of-range past paused "
        "picture-in-picture placeholder-shown playing popover-open read-only read-write required seeking stalled target "
        "target-within user-invalid user-valid valid visited volume-locked"
    ).split()
)
"""What holds only once somebody does something, or of form fields, which are no text."""
_STANDING = frozenset({"root", "link", "any-link", "first-child", "last-child", "only-child"})
_NTH = frozenset({"nth-child", "nth-last-child"})

_Parts = tuple[tuple[Any, str], ...]  # Any: cssselect2 has no types, here and below
_Place = tuple[int, int]
"""Where an element stands among its siblings, from 1: counted from the first, and from the last."""


class Passed(Exception):
    """A selector that browsers understand and that is not tried here."""


class TooManySteps(Exception):
    """The selectors of a page were tried as often as they may be."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector with what it declares. `parts` go from the element itself outwards, each with how the next stands to it."""

    strength: tuple[Any, int]
    parts: _Parts
    declares: Any


class Rules:
    """The rules for a page."""

    def __init__(self, page: Page, *, most_steps: int) -> None:
        self._inside = page.inside
        self._steps = most_steps
        self._marks = {mark for element in page.root.iter() for mark in _marks(element)}
        self._by: defaultdict[tuple[str, str], list[_Rule]] = defaultdict(list)
        self._count = 0
        self._places: dict[HtmlElement, dict[HtmlElement, _Place]] = {}

    def add(self, prelude: Iterable[Any], declares: object) -> None:
        """Take in a rule. Raises SelectorError for what is no selector, and `Passed`."""
        told = [(selector, _parts(selector.parsed_tree)) for selector in parser.parse(prelude)]
        there = [(selector, parts) for selector, parts in told if selector.pseudo_element is None and self._may_fit(parts)]
        for _, parts in there:
            _require_told(parts)
        for selector, parts in there:
            self._count += 1
            self._by[_mark(parts[0][0])].append(_Rule((selector.specificity, self._count), parts, declares))

    def matching(self, element: HtmlElement) -> list[Any]:
        """What the rules for this element declare, the strongest last. Raises TooManySteps."""
        if not self._by:
            return []
        rules = [rule for mark in _marks(element) for rule in self._by.get(mark, ()) if self._fits(element, rule.parts)]
        return [rule.declares for rule in sorted(rules, key=lambda rule: rule.strength)]

    def _may_fit(self, parts: _Parts) -> bool:
        """Whether there is an element for each part of a selector, so far as that is told fast: most rules are of others."""
        return all(_mark(compound) in self._marks and not _never_holds(compound) for compound, _ in parts)

    def _fits(self, element: HtmlElement, parts: _Parts, at: int = 0) -> bool:
        """Whether an element, with those around and beside it, is what the parts from one on name."""
        compound, relation = parts[at]
        if not self._is(element, compound):
            return False
        return at + 1 == len(parts) or any(self._fits(other, parts, at + 1) for other in self._related(element, relation))

    def _is(self, element: HtmlElement, compound: Any) -> bool:
        """Whether an element is what a compound selector names, `p.note:first-child`."""
        self._spend(1)
        return all(self._has(element, simple) for simple in compound.simple_selectors)

    def _spend(self, steps: int) -> None:
        """Count steps."""
        self._steps -= steps
        if self._steps < 0:
            raise TooManySteps

    def _related(self, element: HtmlElement, relation: str) -> Iterator[HtmlElement]:
        """The element around this one, and for a descendant those around that."""
        other = self._around(element)
        while other is not None:
            yield other
            other = self._around(other) if relation == " " else None

    def _around(self, element: HtmlElement) -> HtmlElement | None:
        return self._inside[element] if element in self._inside else element.getparent()

    def _has(self, element: HtmlElement, simple: Any) -> bool:
        """Whether one condition holds."""
        self._spend(1)
        match simple:
            case parser.LocalNameSelector():
                return bool(element.tag == simple.lower_local_name)
            case parser.ClassSelector():
                return simple.class_name in self._value(element, "class").split()
            case parser.IDSelector():
                return bool(element.get("id") == simple.ident)
            case parser.AttributeSelector():
                return _has_attribute(simple, self._value(element, simple.lower_name), element.attrib)
            case parser.NegationSelector():
                return not any(self._fits(element, _parts(each.parsed_tree)) for each in simple.selector_list)
            case parser.PseudoClassSelector():
                return simple.name in _STANDING and self._stands(element, simple.name)
            case _:
                step, first = parse_nth(simple.arguments)
                return _counts(self._place(element)[simple.name == "nth-last-child"], step, first)

    def _value(self, element: HtmlElement, name: str) -> str:
        """The value of an attribute, which is looked at from end to end."""
        value = str(element.get(name, ""))
        self._spend(len(value) // _LETTERS_A_STEP)
        return value

    def _stands(self, element: HtmlElement, name: str) -> bool:
        if name == "root":
            return element.getparent() is None
        if name in {"link", "any-link"}:
            return element.tag in {"a", "area"} and "href" in element.attrib
        first, last = self._place(element)
        return (first == 1 or name == "last-child") and (last == 1 or name == "first-child")

    def _place(self, element: HtmlElement) -> _Place:
        """Where an element stands, counted once for all of its siblings."""
        parent = element.getparent()
        if parent is None:
            return 1, 1
        if parent not in self._places:
            siblings = [child for child in parent if child.tag != COMMENT_TAG]
            self._places[parent] = {each: (at + 1, len(siblings) - at) for at, each in enumerate(siblings)}
        return self._places[parent].get(element, (0, 0))


def _parts(tree: Any) -> _Parts:
    """The compound selectors from the last to the first, each with how the one before it in the sheet stands to it."""
    parts = []
    while isinstance(tree, parser.CombinedSelector):
        parts.append((tree.right, tree.combinator))
        tree = tree.left
    return (*parts, (tree, ""))


def _never_holds(compound: Any) -> bool:
    """Whether one of its conditions holds only once somebody does something."""
    return any(isinstance(each, parser.PseudoClassSelector) and each.name in _NEVER for each in compound.simple_selectors)


def _require_told(parts: _Parts) -> None:
    """Let a selector pass of which every condition is told here. Raises SelectorError and `Passed`."""
    if len(parts) > _MOST_PARTS or any(relation in {"+", "~"} for _, relation in parts):
        raise Passed
    for compound, _ in parts:
        for simple in compound.simple_selectors:
            _require_condition(simple)


def _require_condition(simple: Any) -> None:
    """Let one condition pass that is told here."""
    match simple:
        case parser.LocalNameSelector() | parser.ClassSelector() | parser.IDSelector() | parser.AttributeSelector():
            return
        case parser.NegationSelector():
            for each in simple.selector_list:
                _require_told(_parts(each.parsed_tree))
        case parser.PseudoClassSelector() if simple.name.startswith("-"):  # one browser's own, at which others skip the rule
            raise SelectorError(simple.name, "unknown pseudo-class")
        case parser.PseudoClassSelector() if simple.name in _NEVER | _STANDING:
            return
        case parser.FunctionalPseudoClassSelector() if simple.name in _NTH and _is_count(simple.arguments):
            return
        case _:
            raise Passed


def _is_count(arguments: Any) -> bool:
    """Whether it is a plain step and beginning, `2n + 1`: parsed at each trial, so of no great length."""
    return len(serialize(arguments)) <= _LONGEST_COUNT and parse_nth(arguments) is not None


def _marks(element: HtmlElement) -> set[tuple[str, str]]:
    """All by which an element may be named first."""
    classes = {("class", name) for name in element.get("class", "").split()}
    return {("id", element.get("id", "")), ("tag", str(element.tag)), ("", ""), *classes}


def _mark(compound: Any) -> tuple[str, str]:
    """What an element has to have at least, so that most selectors are not tried at most elements."""
    found = ("", "")
    for simple in compound.simple_selectors:
        match simple:
            case parser.IDSelector():
                return "id", simple.ident
            case parser.ClassSelector():
                found = ("class", simple.class_name)
            case parser.LocalNameSelector() if not found[0]:
                found = ("tag", simple.lower_local_name)
    return found


def _counts(place: int, step: int, first: int) -> bool:
    """Whether a place is one of those that are counted."""
    return place == first if step == 0 else (place - first) % step == 0 and (place - first) // step >= 0


def _has_attribute(wanted: Any, value: str, attributes: Container[str]) -> bool:
    """Whether an element has an attribute, of such a value."""
    if wanted.lower_name not in attributes or wanted.operator is None:
        return wanted.lower_name in attributes
    said = wanted.value
    if wanted.case_sensitive is False:
        value, said = value.lower(), said.lower()
    match wanted.operator:
        case "=":
            return bool(value == said)
        case "~=":
            return said in value.split()
        case "|=":
            return bool(value == said) or value.startswith(f"{said}-")
        case "^=":
            return bool(said) and value.startswith(said)
        case "$=":
            return bool(said) and value.endswith(said)
        case _:
            return bool(said) and said in value
