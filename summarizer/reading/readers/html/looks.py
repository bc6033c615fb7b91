"""How an element looks to somebody who sees the page, as far as that hides its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from summarizer.reading.content import COMMENT
from summarizer.reading.readers.html.colours import BLACK, WHITE, Colour, contrast, over
from summarizer.reading.readers.html.computed import (
    BLOCKS,
    FAINT,
    FAR,
    FAR_RIGHT,
    OUT_OF_FLOW,
    PREFORMATTED,
    Style,
    says_more_than_none,
)
from summarizer.reading.readers.html.parsing import COMMENT_TAG
from summarizer.reading.readers.html.styles import Declared, Tokens, is_valid

_TINY = 4  # pixels: the smallest type that anybody prints is twice as high
_ALIKE = 1.2  # contrast by WCAG, from 1 to 21; the palest grey that is used for words on white has 1.6
_NOT_WORDS = {
    "script",
    "style",
    "title",
    "head",
    "base",
    "link",
    "meta",
    "desc",
    "metadata",
    "annotation",
    "annotation-xml",
    "datalist",
}
"""Code, and what is said about the page: neither read nor told of."""
_FIELDS = {"select", "textarea", "button", "option", "optgroup", "meter", "progress"}
"""What somebody may choose or fill in: not read, and told of only where it holds sentences."""
_INSTEAD = {"iframe", "object", "video", "audio", "canvas", "noframes", "noembed", "noscript", "embed", "applet"}
"""What they hold is shown by browsers that cannot show the thing itself."""
_ONLY_REFERRED_TO = {"defs", "symbol", "clippath", "pattern", "marker"}
"""Parts of drawings that are shown only where others name them."""
_PICTURES = {"img", "video", "canvas", "image", "rect", "path", "circle", "ellipse", "polygon"}
_ANIMATED = {"opacity", "visibility", "transform", "translate", "scale", "filter", "clip-path", "-webkit-clip-path"}
_SPECIAL = (
    _NOT_WORDS | _FIELDS | _INSTEAD | PREFORMATTED | _ONLY_REFERRED_TO | {COMMENT_TAG, "template", "dialog", "html", "svg"}
)


@dataclass(frozen=True, slots=True)
class Look:
    """What an element has from its own style and from the elements around it."""

    font_size: float = 16
    root_size: float = 16
    colour: Colour | None = BLACK  # None where it is not known, here and below
    backgrounds: tuple[Colour, ...] = (WHITE,)  # more than one in a gradient, none where it is not known
    visible: bool = True
    indent: float = 0
    place: tuple[float, float] = (0, 0)  # how far it is moved to the right and downwards, in pixels
    origin: tuple[float, float] = (0, 0)  # from where what is out of flow is moved
    opacity: float = 1
    gone: str | None = None  # by what nothing in it is to be seen
    words: bool = True  # False in what is no text
    in_field: bool = False
    preformatted: bool = False
    block: bool = True
    apart: bool = False  # its children stand apart, though they are not blocks
    unclear: str | None = None  # the first style in force that may hide its words and is not understood
    variables: Mapping[str, Tokens] = field(default_factory=dict)

    def hidden_by(self) -> str | None:
        """By what the words in it are hidden; None where they are to be seen."""
        if self.gone:
            return self.gone
        if not self.visible:
            return "visibility hidden"
        if self.font_size < _TINY:
            return f"font-size {self.font_size:.2g}px" if self.font_size else "font-size 0"
        if self.indent <= -FAR or self.indent >= FAR_RIGHT:
            return f"text-indent {self.indent:.0f}px"
        right, down = self.place
        if right <= -FAR or right >= FAR_RIGHT or down <= -FAR:
            return f"off-screen ({right:.0f}px to the right, {down:.0f}px down)"
        return self.hidden_by_colour()

    def hidden_by_colour(self) -> str | None:
        """By what words cannot be told from their ground."""
        if self.colour is None:
            return None
        if self.colour[3] <= FAINT:
            return "transparent colour"
        colour = self.colour
        if self.backgrounds and all(contrast(over(colour, ground), ground) < _ALIKE for ground in self.backgrounds):
            return "colour of its background"
        return None


def look(element: HtmlElement, declared: Declared, above: Look) -> Look:
    """How an element looks, from what is declared for it and how the element around it looks."""
    if not declared and element.tag not in _SPECIAL:
        block = element.tag in BLOCKS
        return above if above.block == block and not above.apart else replace(above, block=block, apart=False)
    variables = {**above.variables, **{name: value for name, value in declared.items() if name.startswith("--")}}
    style = Style(_in_force(declared, variables), above, str(element.tag))
    place = style.place()
    inherited = replace(
        above,
        variables=variables,
        font_size=style.font_size,
        visible=style.keyword("visibility", "visible" if above.visible else "hidden") not in {"hidden", "collapse"},
        colour=style.colour(),
        backgrounds=style.backgrounds(),
        indent=style.length("text-indent", above.indent),
        place=(place[0] + style.length("padding-left", 0), place[1] + style.length("padding-top", 0)),
        origin=above.origin if style.keyword("position", "static") == "static" else place,
        unclear=above.unclear or style.unclear(),
        preformatted=style.keyword("white-space", style.preformatted).startswith(("pre", "break")),
        words=above.words and element.tag not in _NOT_WORDS,
        in_field=above.in_field or element.tag in _FIELDS,
        block=style.is_block,
        apart=style.display.endswith(("flex", "grid")),
    )
    sized = replace(inherited, root_size=inherited.font_size) if element.tag == "html" else inherited
    opacity = above.opacity * style.opacity()
    return replace(_on_its_ground(element, style, sized), opacity=opacity, gone=above.gone or _gone(element, style, opacity))


def _in_force(declared: Declared, variables: Mapping[str, Tokens]) -> dict[str, Tokens]:
    """What holds once variables are known. What an animation may change holds only before or after it."""
    resolved = {name: _resolved(value, variables) for name, value in declared.items()}
    moves = any(says_more_than_none(resolved.get(name, ())) for name in ("animation", "animation-name"))
    return {name: value for name, value in resolved.items() if is_valid(name, value) and not (moves and name in _ANIMATED)}


def _on_its_ground(element: HtmlElement, style: Style, inherited: Look) -> Look:
    """The look of what may lie over a picture, or has an outline by which words are seen on their own colour."""
    around = element if element.tag == "svg" else None
    if style.keyword("position", "static") in OUT_OF_FLOW:
        around = element.getparent()
    if around is not None and any(each.tag in _PICTURES for each in islice(around.iter(), 20)):
        return replace(inherited, backgrounds=(), unclear=inherited.unclear or "position over a picture")
    for name in ("text-shadow", "-webkit-text-stroke"):
        if says_more_than_none(style.declared.get(name, ())) and inherited.hidden_by_colour():
            return replace(inherited, colour=None, unclear=inherited.unclear or name)
    return inherited


def _gone(element: HtmlElement, style: Style, opacity: float) -> str | None:
    """By what an element and everything in it is hidden."""
    tag = str(element.tag)
    if tag == COMMENT_TAG:
        return COMMENT
    if tag == "template" and "shadowrootmode" not in element.attrib:
        return "template"
    if tag == "svg" and "0" in {element.get("width"), element.get("height")}:
        return "a drawing without size"
    if tag in _INSTEAD | _ONLY_REFERRED_TO:
        return f"inside {tag}"
    if style.display == "none":
        return "hidden attribute" if "hidden" in element.attrib else "display none"
    if tag == "dialog" and "open" not in element.attrib and "display" not in style.declared:
        return "closed dialog"
    if opacity <= FAINT:
        return f"opacity {opacity:.2g}"
    return style.off_screen() or style.clipped() or style.without_size()


def _resolved(value: Tokens, variables: Mapping[str, Tokens], depth: int = 0) -> Tokens:
    """A value with the variables in it replaced by what they stand for."""
    if depth > 5 or not any(token.type == "function" and token.lower_name == "var" for token in value):
        return value[:100]
    parts: list[Any] = []
    for token in value[:100]:
        parts += _variable(token, variables) if token.type == "function" and token.lower_name == "var" else [token]
    return _resolved(tuple(parts), variables, depth + 1)


def _variable(token: Any, variables: Mapping[str, Tokens]) -> Tokens:
    """What `var(--name, otherwise)` stands for."""
    arguments = [each for each in token.arguments if each.type not in {"whitespace", "comment"}]
    name = arguments[0].value if arguments and arguments[0].type == "ident" else ""
    return variables.get(name, tuple(arguments[2:]))
