"""Which elements the rules of a style sheet are about. Knows cssselect2, which reads selectors; whether they fit is told here.

cssselect2 itself makes a Python expression of each selector, evaluates it, and takes a time that grows with the depth of the
page to the power of the selector's. Who writes a page to be read by a program may count on both. Here nothing is compiled, and
each trial of a selector at an element is a step, of which there are so many for a page on every machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cssselect2 import SelectorError, parser
from lxml.html import HtmlElement
from tinycss2.nth import parse_nth

from summarizer.reading.readers.html.parsing import COMMENT_TAG, Page

__all__ = ["Passed", "Rules", "SelectorError", "TooManySteps"]

_MOST_PARTS = 30
"""Elements that one selector names, each beside or around the next."""
_NEVER = frozenset(
    (  # noqa: SIM905  a word list, as a list forty lines long
        "active autofill buffering checked current default disabled enabled focus focus-visible focus-within fullscreen future "
        "host hover in-range indeterminate invalid local-link modal muted open optional out-of-range past paused "
        "picture-in-picture placeholder-shown playing popover-open read-only read-write required seeking stalled target "
        "target-within user-invalid user-valid valid visited volume-locked"
    ).split()
)
"""What holds only once somebody does something, or of form fields, which are no text."""
_ALWAYS = frozenset({"defined"})
_STANDING = frozenset(
    {"root", "scope", "first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type"}
    | {"empty", "link", "any-link"}
)
_NTH = {"nth-child": 0, "nth-last-child": 1, "nth-of-type": 2, "nth-last-of-type": 3}
"""Each with what it counts, as in `_Places`."""
_NOT_TOLD = frozenset({"lang", "dir"})

_Parts = tuple[tuple[Any, str], ...]  # Any: cssselect2 has no types, here and below
_Places = tuple[int, int, int, int]
"""Where an element stands among its siblings, from 1: from the first, from the last, and so among those of its tag."""


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
        self._places: dict[HtmlElement, dict[HtmlElement, _Places]] = {}

    def add(self, prelude: Iterable[Any], declares: object) -> None:
        """Take in a rule. Raises SelectorError for what is no selector, and `Passed`."""
        selectors = [(selector, _known(selector.parsed_tree)) for selector in parser.parse(prelude)]
        for selector, parts in selectors:
            self._count += 1
            if selector.pseudo_element is None and all(self._may_be_there(compound) for compound, _ in parts):
                self._by[_mark(parts[0][0])].append(_Rule((selector.specificity, self._count), parts, declares))

    def matching(self, element: HtmlElement) -> list[Any]:
        """What the rules for this element declare, the strongest last. Raises TooManySteps."""
        if not self._by:
            return []
        rules = [rule for mark in _marks(element) for rule in self._by.get(mark, ()) if self._fits(element, rule.parts)]
        return [rule.declares for rule in sorted(rules, key=lambda rule: rule.strength)]

    def _may_be_there(self, compound: Any) -> bool:
        """Whether there is an element for this part of a selector, so far as that is told fast: most rules are of others."""
        names = (simple.name for simple in compound.simple_selectors if isinstance(simple, parser.PseudoClassSelector))
        return _mark(compound) in self._marks and not any(name in _NEVER for name in names)

    def _fits(self, element: HtmlElement, parts: _Parts, at: int = 0) -> bool:
        """Whether an element, with those around and beside it, is what the parts from one on name."""
        compound, relation = parts[at]
        if not self._is(element, compound):
            return False
        return at + 1 == len(parts) or any(self._fits(other, parts, at + 1) for other in self._related(element, relation))

    def _is(self, element: HtmlElement, compound: Any) -> bool:
        """Whether an element is what a compound selector names, `p.note:first-child`."""
        self._steps -= 1
        if self._steps < 0:
            raise TooManySteps
        return all(self._has(element, simple) for simple in compound.simple_selectors)

    def _related(self, element: HtmlElement, relation: str) -> Iterator[HtmlElement]:
        """The elements that stand so to this one: around it, or before it."""
        step = self._around if relation in {" ", ">"} else _before
        other = step(element)
        while other is not None:
            yield other
            other = step(other) if relation in {" ", "~"} else None

    def _around(self, element: HtmlElement) -> HtmlElement | None:
        return self._inside[element] if element in self._inside else element.getparent()

    def _has(self, element: HtmlElement, simple: Any) -> bool:
        """Whether one condition holds."""
        match simple:
            case parser.LocalNameSelector():
                return bool(element.tag == simple.lower_local_name)
            case parser.ClassSelector():
                return simple.class_name in element.get("class", "").split()
            case parser.IDSelector():
                return bool(element.get("id") == simple.ident)
            case parser.AttributeSelector():
                return _has_attribute(element, simple)
            case parser.NegationSelector():
                return not self._is_one_of(element, simple)
            case parser.MatchesAnySelector() | parser.SpecificityAdjustmentSelector():
                return self._is_one_of(element, simple)
            case parser.RelationalSelector():
                return any(self._leads_to(element, each) for each in simple.selector_list)
            case parser.PseudoClassSelector():
                return simple.name in _ALWAYS or (simple.name in _STANDING and self._stands(element, simple.name))
            case _:
                step, first = _nth(simple)
                return _counts(self._place(element)[_NTH[simple.name]], step, first)

    def _is_one_of(self, element: HtmlElement, simple: Any) -> bool:
        return any(self._fits(element, _parts(each.parsed_tree)) for each in simple.selector_list)

    def _leads_to(self, element: HtmlElement, relative: Any) -> bool:
        """Whether an element has another, inside it or behind it, as `:has()` wants it."""
        match relative.combinator:
            case " ":
                others = element.iterdescendants()
            case ">":
                others = iter(element)
            case "+":
                others = iter([*element.itersiblings()][:1])
            case _:
                others = element.itersiblings()
        parts = _parts(relative.selector.parsed_tree)
        return any(self._fits(other, parts) for other in others)

    def _stands(self, element: HtmlElement, name: str) -> bool:
        match name:
            case "root" | "scope":
                return element.getparent() is None
            case "empty":
                return len(element) == 0 and not element.text
            case "link" | "any-link":
                return element.tag in {"a", "area"} and "href" in element.attrib
        first, last, first_of_type, last_of_type = self._place(element)
        return {
            "first-child": first == 1,
            "last-child": last == 1,
            "only-child": first == last == 1,
            "first-of-type": first_of_type == 1,
            "last-of-type": last_of_type == 1,
            "only-of-type": first_of_type == last_of_type == 1,
        }[name]

    def _place(self, element: HtmlElement) -> _Places:
        """Where an element stands, counted once for all of its siblings."""
        parent = element.getparent()
        if parent is None:
            return 1, 1, 1, 1
        if parent not in self._places:
            self._places[parent] = _counted([child for child in parent if child.tag != COMMENT_TAG])
        return self._places[parent].get(element, (0, 0, 0, 0))


def _parts(tree: Any) -> _Parts:
    """The compound selectors from the last to the first, each with how the one before it in the sheet stands to it."""
    parts = []
    while isinstance(tree, parser.CombinedSelector):
        parts.append((tree.right, tree.combinator))
        tree = tree.left
    return (*parts, (tree, ""))


def _known(tree: Any) -> _Parts:
    """The parts of a selector, of which every condition can be told. Raises SelectorError and `Passed`."""
    parts = _parts(tree)
    if len(parts) > _MOST_PARTS:
        raise Passed
    for compound, _ in parts:
        for simple in compound.simple_selectors:
            _require_known(simple)
    return parts


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


def _require_known(simple: Any) -> None:
    """Let a condition pass that can be told."""
    match simple:
        case parser.NamespaceSelector():
            raise Passed
        case parser.PseudoClassSelector():
            if simple.name not in _NEVER | _ALWAYS | _STANDING:
                raise SelectorError(simple.name, "unknown pseudo-class")
        case parser.FunctionalPseudoClassSelector():
            if simple.name in _NOT_TOLD or (simple.name in _NTH and _nth(simple) is None):
                raise Passed
            if simple.name not in _NTH:
                raise SelectorError(simple.name, "unknown pseudo-class")
        case _:
            for each in getattr(simple, "selector_list", ()):
                _known(getattr(each, "selector", each).parsed_tree)


def _nth(simple: Any) -> Any:
    """Step and beginning of `:nth-child()`; None for what is none, as with `of`."""
    return parse_nth(simple.arguments)


def _counts(place: int, step: int, first: int) -> bool:
    """Whether a place is one of those that are counted."""
    return place == first if step == 0 else (place - first) % step == 0 and (place - first) // step >= 0


def _counted(siblings: list[HtmlElement]) -> dict[HtmlElement, _Places]:
    """The places of siblings."""
    total: defaultdict[Any, int] = defaultdict(int)
    for each in siblings:
        total[each.tag] += 1
    seen: defaultdict[Any, int] = defaultdict(int)
    places: dict[HtmlElement, _Places] = {}
    for number, each in enumerate(siblings, 1):
        seen[each.tag] += 1
        places[each] = (number, len(siblings) + 1 - number, seen[each.tag], total[each.tag] + 1 - seen[each.tag])
    return places


def _before(element: HtmlElement) -> HtmlElement | None:
    """The sibling before an element."""
    other = element.getprevious()
    while other is not None and other.tag == COMMENT_TAG:
        other = other.getprevious()
    return other


def _has_attribute(element: HtmlElement, wanted: Any) -> bool:
    """Whether an element has an attribute, of such a value."""
    value = element.get(wanted.lower_name)
    if value is None or wanted.operator is None:
        return value is not None
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
