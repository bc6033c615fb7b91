"""The style of one element as it works out: the declarations that hold for it, read with how the element around it looks.

Of its lengths, colours and shapes as much as hides words; of what is not understood, that it may.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from summarizer.reading.readers.html.colours import BLACK, CLEAR, Colour, colour_of, over
from summarizer.reading.readers.html.styles import DRAWN, SCREEN_HEIGHT, SCREEN_WIDTH, Declared, Tokens, inside

if TYPE_CHECKING:
    from summarizer.reading.readers.html.looks import Look

FAINT = 0.1  # of opacity
FAR = 500  # pixels beyond the left or upper edge
FAR_RIGHT = 3_000  # pixels beyond the left edge
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54,
    "vw": SCREEN_WIDTH / 100, "vh": SCREEN_HEIGHT / 100, "vmin": SCREEN_HEIGHT / 100, "vmax": SCREEN_WIDTH / 100,
}  # fmt: skip
_OF_FONT = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2}
_FONT_SIZES = {"smaller": 5 / 6, "larger": 6 / 5}
_FLAT = {"rotate", "rotatez", "scale", "scalex", "scaley", "scalez", "scale3d", "translate", "translatex", "translatey"} | {
    "translatez", "translate3d", "perspective", "skew", "skewx", "skewy"
}  # fmt: skip
_HARMLESS_FILTERS = {"opacity", "drop-shadow", "grayscale", "sepia", "saturate", "hue-rotate"}
OUT_OF_FLOW = {"absolute", "fixed"}
_INLINE = {"", "inline", "contents"}
BLOCKS = frozenset(
    (  # noqa: SIM905  # a word list, as a list fifty lines long
        "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
        "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre "
        "search section summary table tbody td tfoot th thead tr ul xmp"
    ).split()
)
PREFORMATTED = {"pre", "listing", "plaintext", "xmp"}


def says_more_than_none(value: Tokens) -> bool:
    """Whether something is declared that is in force."""
    return bool(value) and not (value[0].type == "ident" and value[0].lower_value in {"none", "initial", "unset", "inherit"})


class Style:
    """The declarations of one element, read with those of the element around it."""

    def __init__(self, declared: Declared, above: Look, tag: str) -> None:
        self.declared = declared
        self._above = above
        self._tag = tag
        self.font_size = above.font_size
        self.font_size = self._font_size()
        self.display = self.keyword("display", "block" if tag in BLOCKS else "")
        self.is_block = self.display not in _INLINE and not self.display.startswith(("inline", "ruby", "none"))
        self.preformatted = "pre" if tag in PREFORMATTED or above.preformatted else "normal"

    def keyword(self, name: str, otherwise: str) -> str:
        """The word that is declared."""
        value = self.declared.get(name, ())
        word = value[0].lower_value if value and value[0].type == "ident" else ""
        return otherwise if word in {"", "inherit", "unset", "revert", "revert-layer"} else word

    def length(self, name: str, otherwise: float, *, whole: float = SCREEN_WIDTH) -> float:
        """The length that is declared, in pixels; a percentage is one of `whole`."""
        value = self.declared.get(name, ())
        length = self._pixels(value[0], whole) if value else None
        return otherwise if length is None else length

    def colour(self) -> Colour | None:
        """The colour of the words."""
        if "text" in self._words("background-clip", "-webkit-background-clip", "background"):
            return None  # letters cut out of the background
        if self._tag in DRAWN:
            return self._fill()
        for name in ("-webkit-text-fill-color", "color"):
            value = self.declared.get(name, ())
            colour = colour_of(value[0]) if value else None
            if colour:
                return colour
            if value and self.keyword(name, "") not in {"", "currentcolor"}:
                return BLACK if self.keyword(name, "") == "initial" else self._above.colour
        return None if self._is_unknown("color") else self._above.colour

    def _fill(self) -> Colour | None:
        """The colour of the words of a drawing."""
        around = BLACK if self._tag == "svg" else self._above.colour
        shares = [_share(token) for token in self._tokens("fill-opacity")]
        if self.keyword("fill", "") == "none" or any(share is not None and share <= FAINT for share in shares):
            return CLEAR
        colours = [colour_of(token) for token in self._tokens("fill")]
        return colours[0] if colours else around

    def backgrounds(self) -> tuple[Colour, ...]:
        """The colours that may lie behind the words."""
        value = [token for name in ("background", "background-image") for token in self.declared.get(name, ())]
        if any(
            token.type == "url" or (token.type == "function" and token.lower_name in {"url", "image-set"}) for token in value
        ):
            return ()
        gradients = [token for token in value if token.type == "function" and token.lower_name.endswith("gradient")]
        colours = [colour for token in gradients for argument in token.arguments if (colour := colour_of(argument))]
        plain = [colour_of(token) for name in ("background", "background-color") for token in self.declared.get(name, ())]
        ground = [colour for colour in plain if colour][-1:]
        behind = self._above.backgrounds
        if ground:
            behind = tuple(over(ground[0], each) for each in behind) if ground[0][3] < 1 else (ground[0],)
        elif not gradients and (self._is_unknown("background") or self._is_unknown("background-color")):
            return ()
        return tuple(over(colour, each) for colour in colours for each in behind[:1]) if colours else behind

    def opacity(self) -> float:
        """How much of the element is to be seen, from 0 to 1."""
        filters = [token for token in self._tokens("filter") if token.type == "function" and token.lower_name == "opacity"]
        shares = [_share(token) for token in self.declared.get("opacity", ())[:1]]
        shares += [_share(argument) for token in filters for argument in token.arguments[:1]]
        return min([1.0, *(share for share in shares if share is not None)])

    def place(self) -> tuple[float, float]:
        """How far the element is moved, with those around it: to the right and downwards, in pixels."""
        position = self.keyword("position", "static")
        start = {"fixed": (0.0, 0.0), "absolute": self._above.origin}.get(position, self._above.place)
        moved = [begin + self._margin(side) for begin, side in zip(start, ("left", "top"), strict=True)]
        if position != "static":
            moved = [moved[0] + self._offset("left", "right"), moved[1] + self._offset("top", "bottom")]
        right, down = (
            at + by if abs(by) >= 2 * FAR or at * by < 0 else at for at, by in zip(moved, self._translation(), strict=True)
        )
        return right, down

    def _margin(self, side: str) -> float:
        """The margin on a side. What floats is drawn back by up to its whole width, to where it is seen."""
        floats = self.keyword("float", "none") != "none" or self._above.apart
        margin = self.length(f"margin-{side}", 0)
        is_share = any(token.type == "percentage" for token in self._tokens(f"margin-{side}"))
        return 0 if is_share and floats and margin >= -SCREEN_WIDTH else margin

    def _offset(self, near: str, far: str) -> float:
        """How far it is moved from the nearer edge; not at all where both edges are beyond, which puts it in the middle."""
        distance = self.length(near, 0)
        return 0 if distance < 0 and self.length(far, 0) < 0 else distance

    def _translation(self) -> tuple[float, float]:
        """How far a transformation moves the element, so far as that does not depend on its size."""
        right = down = 0.0
        for name, arguments in self._transformations():
            lengths = [0 if each.type == "percentage" else self._pixels(each, 0) or 0 for each in arguments]
            if name in {"translate", "translate3d", "translatex"}:
                right += sum(lengths[:1])
            if name in {"translate", "translate3d"}:
                down += sum(lengths[1:2])
            if name == "translatey":
                down += sum(lengths[:1])
        return right, down

    def _transformations(self) -> Iterator[tuple[str, list[Any]]]:
        """The transformations, each with its numbers."""
        for name in ("translate", "scale", "zoom"):
            yield name, self._tokens(name)
        for token in self._tokens("transform"):
            kinds = {"number", "dimension", "percentage"}
            yield getattr(token, "lower_name", ""), [each for each in getattr(token, "arguments", ()) if each.type in kinds]

    def off_screen(self) -> str | None:
        """By what the element lies beyond the far edges of the page, or is drawn with no size."""
        for name, arguments in self._transformations():
            shares = [abs(share) for each in arguments if (share := _share(each)) is not None]
            if (name.startswith("scale") and any(share < 0.01 for share in shares)) or (
                name == "zoom" and any(0 < share < 0.1 for share in shares)
            ):
                return f"{name} {min(shares):.2g}"
        for name, near in (("right", "left"), ("bottom", "top")) if self.keyword("position", "") in OUT_OF_FLOW else ():
            distance = self.length(name, 0)
            if distance >= FAR_RIGHT or (name == "right" and distance <= -FAR and self.length(near, 0) >= 0):
                return f"off-screen ({name} {distance:.0f}px)"
        return None

    def clipped(self) -> str | None:
        """By what nothing is left of the element."""
        if self.keyword("content-visibility", "") == "hidden":
            return "content-visibility hidden"
        for token in self._tokens("clip") if self.keyword("position", "") in OUT_OF_FLOW else ():
            if token.type == "function" and token.lower_name == "rect" and _is_empty(self._lengths(token)):
                return "clip"
        for token in self._tokens("clip-path", "-webkit-clip-path"):
            if token.type == "function" and self._leaves_nothing(token):
                return f"clip-path {token.lower_name}"
        return None

    def _leaves_nothing(self, shape: Any) -> bool:
        """Whether a shape of `clip-path` has no inside."""
        lengths = self._lengths(shape, whole=100)
        shares = [token.value for token in shape.arguments if token.type == "percentage"]
        match shape.lower_name:
            case "inset":
                return bool(shares) and min(shares) >= 50
            case "circle" | "ellipse":
                return bool(lengths) and lengths[0] == 0
            case "polygon":
                return len(set(lengths[::2])) == 1 or len(set(lengths[1::2])) == 1
            case _:
                return False

    def without_size(self) -> str | None:
        """By what there is no room in the element, and nothing shows outside it."""
        if not self._cuts_off():
            return None
        for side, ends in (("width", ("left", "right")), ("height", ("top", "bottom"))):
            grows = self._above.apart and self._tokens("flex", "flex-grow")
            size = FAR if grows else self.length(side, FAR, whole=FAR)
            inner = max(min(size, self.length(f"max-{side}", FAR, whole=FAR)), self.length(f"min-{side}", 0))
            if inner + sum(self.length(f"padding-{end}", 0) for end in ends) <= 1:
                return f"{side} {inner:.0f}, overflow hidden"
        return None

    def _cuts_off(self) -> bool:
        """Whether what is larger than the element is not shown."""
        floats = self.keyword("float", "none") != "none" or self.keyword("position", "") in OUT_OF_FLOW
        cuts = self._words("overflow", "overflow-x", "overflow-y") & {"hidden", "clip", "scroll", "auto"}
        return bool(cuts) and (self.display not in _INLINE or floats)

    def unclear(self) -> str | None:
        """The first declaration that may hide words in a way that is not worked out here."""
        return next((name for name, value in self.declared.items() if self._may_hide(name, value)), None)

    def _may_hide(self, name: str, value: Tokens) -> bool:
        """Whether what is declared may hide words and is not understood."""
        functions = [token for token in value if token.type == "function"]
        numbers = [
            abs(number)
            for token in functions
            for each in islice(_in(token), 200)
            if (number := self._pixels(each, 100)) is not None
        ]
        shares = [
            abs(each.value) for _, arguments in self._transformations() for each in arguments if each.type == "percentage"
        ]
        match name:
            case "font-size" | "zoom" | "opacity":
                return any(number <= 1 for number in numbers)
            case "width" | "height" | "max-width" | "max-height":
                return any(number <= 1 for number in numbers) and self._cuts_off()
            case "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top":
                return any(number >= 100 for number in numbers)
            case "text-indent":
                return bool(functions) or self.length(name, 0) >= SCREEN_WIDTH
            case "transform" | "translate":
                return any(token.lower_name not in _FLAT for token in functions) or any(share >= 100 for share in shares)
            case "rotate":
                return len(value) > 1
            case "filter":
                return any(token.lower_name not in _HARMLESS_FILTERS for token in functions)
            case "letter-spacing":
                return self.length(name, 0) <= -0.3 * self.font_size
            case "color" | "-webkit-text-fill-color" | "fill" | "background-color":
                return bool(functions and not colour_of(value[0])) or (
                    name[0] == "b" and self.keyword(name, "") == "currentcolor"
                )
            case "background":
                return self.keyword(name, "") == "currentcolor"
            case "clip-path" | "-webkit-clip-path" | "mask" | "mask-image" | "-webkit-mask" | "-webkit-mask-image":
                return says_more_than_none(value)
            case "animation" | "animation-name" | "-webkit-text-security":
                return says_more_than_none(value)
            case _:
                return False

    def _font_size(self) -> float:
        """The height of the letters, in pixels."""
        around = self._above.font_size
        for name in ("font", "font-size"):  # of both, the longer name is nearly always meant to correct the shorter
            for token in self.declared.get(name, ()):
                if token.type == "ident" and token.lower_value in _FONT_SIZES:
                    around = self._above.font_size * _FONT_SIZES[token.lower_value]
                elif token.type == "ident" and (
                    token.lower_value.endswith(("small", "large")) or token.lower_value == "medium"
                ):
                    around = 16
                elif token.type == "number" and name == "font" and token.value:
                    continue  # a weight
                elif (size := self._pixels(token, self._above.font_size)) is not None:
                    around = size
                    break
        return max(around, 0)

    def _pixels(self, token: Any, whole: float) -> float | None:
        """A length in pixels, None for what is none."""
        match token.type:
            case "number":
                return float(token.value)
            case "percentage":
                return float(token.value) * whole / 100
            case "dimension":
                value, unit = float(token.value), str(token.lower_unit)
                if unit in _PIXELS:
                    return value * _PIXELS[unit]
                if unit in _OF_FONT:
                    return value * _OF_FONT[unit] * self.font_size
                return value * self._above.root_size if unit == "rem" else None
            case _:
                return None

    def _lengths(self, token: Any, *, whole: float = SCREEN_WIDTH) -> list[float]:
        """The lengths among the arguments of a function."""
        return [length for each in token.arguments if (length := self._pixels(each, whole)) is not None]

    def _tokens(self, *names: str) -> list[Any]:
        """All that is declared under these names."""
        return [token for name in names for token in self.declared.get(name, ())]

    def _words(self, *names: str) -> set[str]:
        """The key words that are declared under these names."""
        return {token.lower_value for token in self._tokens(*names) if token.type == "ident"}

    def _is_unknown(self, name: str) -> bool:
        """Whether a value is worked out in a way that is not known here."""
        return any(token.type == "function" for token in self.declared.get(name, ()))


def _is_empty(sides: list[float]) -> bool:
    """Whether a rectangle given by top, right, bottom and left edges has at most a pixel of room."""
    return len(sides) == 4 and (sides[2] - sides[0] <= 1 or sides[1] - sides[3] <= 1)


def _in(function: Any) -> Iterator[Any]:
    """All tokens in a function, and in those in it."""
    pending = inside(function)[:200]
    while pending:
        token = pending.pop()
        yield token
        pending += inside(token)


def _share(token: Any) -> float | None:
    """A number or a percentage as a share of one."""
    match token.type:
        case "number":
            return float(token.value)
        case "percentage":
            return float(token.value) / 100
        case _:
            return None
