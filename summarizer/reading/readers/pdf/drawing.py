"""The state of drawing a page, followed operator by operator: which of the strings that it shows can be seen.

A string is hidden by render mode 3 or 7 (draws nothing), by an opacity of at most a tenth, by being off the page, smaller than
1.5 points, in a layer that is off, or of the colour of what is behind it: of the paper, or of what was filled there before.
Over a picture or a pattern the colour cannot be told, and hides nothing. Not followed: clipping, soft masks, groups that are
transparent as a whole, and what is painted over text afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from summarizer.reading.readers.pdf.geometry import IDENTITY, Box, Matrix, bounds, box_around, meet, multiplied, point
from summarizer.reading.readers.pdf.objects import Found, dictionary, number, numbers, resolved, unresolved

Colour = tuple[float, float, float]

SHOWING = frozenset({b"Tj", b"TJ", b"'", b'"'})
_BLACK: Colour = (0.0, 0.0, 0.0)
_WHITE: Colour = (1.0, 1.0, 1.0)
_AS_GOOD_AS = 0.0625  # in each of red, green and blue: what nobody can tell from its background
_FAINT = 0.1  # of opacity, as on web pages
_SMALLEST_SEEN = 1.5  # points
_UNSEEN_MODES = {3, 7}
_FILLED_MODES = {0, 2, 4, 6}
_STROKED_MODES = {1, 2, 5, 6}
_FILLS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"}
_ENDS_A_PATH = _FILLS | {b"S", b"s", b"n"}
_OF_LINES = {b"G", b"RG", b"K", b"CS", b"SC", b"SCN"}  # the same in small letters is for fills
_MOST_FILLS = 2_000  # remembered on a page, the last ones


@dataclass(frozen=True, slots=True)
class _Pen:
    """The part of the graphics state that decides what is seen. `colour` is None where it cannot be told."""

    colour: Colour | None = _BLACK
    space: str = "/DeviceGray"
    line_colour: Colour | None = _BLACK
    line_space: str = "/DeviceGray"
    alpha: float = 1.0
    mode: int = 0
    size: float = 0.0
    shape: float | None = 1.0  # how tall the font's letters are at size 1; None where its own program says
    stretch: float = 1.0
    raised: float = 0.0


@dataclass(slots=True)
class _Form:
    """A form that is being drawn: its resources, where it stands, and the state to go back to."""

    resources: Mapping[str, Found]
    base: Matrix
    pen: _Pen
    pens: int
    layers: int


class Drawing:
    """Follows one page. `hidden_by` says, string by string as they are drawn, by what each is hidden, None for what is seen."""

    def __init__(self, page: Found) -> None:
        self.hidden_by: list[str | None] = []
        self.has_pictures = False
        self._box = _box_of(page)
        self._unit = number(page.get("/UserUnit"), 1.0)
        self._layers_off = _layers_off(page)
        self._pen = _Pen()
        self._pens: list[_Pen] = []
        self._layers: list[bool] = []  # around what is drawn now: whether each is off
        self._forms = [_Form(dictionary(page.get("/Resources")), IDENTITY, self._pen, 0, 0)]
        self._path: list[Box] = []
        self._is_rectangles = True
        self._fills: list[tuple[Box, Colour | None]] = []
        self._reach = 0.0
        self._at: Matrix = IDENTITY

    def before(self, operator: bytes, operands: Sequence[Found], matrix: Matrix, text_matrix: Matrix) -> None:
        """Take in the next operator, before pypdf does; the matrices are those in force."""
        where = multiplied(matrix, self._forms[-1].base)
        if operator in SHOWING:
            self._show(operator, operands, multiplied(text_matrix, where))
        elif operator == b"Do":
            self._draw_object(operands, where)
        elif operator in _ENDS_A_PATH:
            self._end_path(operator)
        elif operator in _OF_LINES:
            self._set_line(operator.lower(), operands, where)
        elif operator in self._STEPS:
            self._STEPS[operator](self, operands, where)

    def after(self, operator: bytes, *_: Found) -> None:
        """Leave the form that an operator drew."""
        if operator == b"Do" and len(self._forms) > 1:
            form = self._forms.pop()
            self._pen = form.pen
            del self._pens[form.pens :], self._layers[form.layers :]

    # What is shown

    def _show(self, operator: bytes, operands: Sequence[Found], where: Matrix) -> None:
        """Judge a string."""
        if where != self._at:  # pypdf moves the matrix where the file does, not by the letters that were drawn
            self._at, self._reach = where, 0.0
        parts = operands[-1] if operator == b"TJ" and operands else operands[-1:]
        self._reach += self._pen.size * self._pen.stretch * sum(map(_ems, parts if isinstance(parts, list) else list(parts)))
        self.hidden_by.append(self._how_hidden(where))

    def _how_hidden(self, where: Matrix) -> str | None:
        """By what a string that begins here is hidden."""
        pen = self._pen
        where = multiplied((1.0, 0.0, 0.0, 1.0, 0.0, pen.raised), where)
        if pen.mode in _UNSEEN_MODES:
            return f"render mode {pen.mode} (draws nothing)"
        if any(self._layers):
            return "a layer that is off"
        if pen.alpha <= _FAINT:
            return f"an opacity of {pen.alpha:.2g}"
        height = math.hypot(where[2], where[3]) * abs(pen.size) * self._unit
        width = math.hypot(where[0], where[1]) * abs(pen.size * pen.stretch) * self._unit
        if pen.shape is not None and min(height, width) * pen.shape < _SMALLEST_SEEN:
            return f"a size of {min(height, width) * pen.shape:.2g} pt"
        rise = pen.size * (pen.shape or 1.0)
        if not meet(box_around(where, 0.0, 0.0, self._reach, rise), self._box):
            return "a place off the page"
        inks = [pen.colour] * (pen.mode in _FILLED_MODES) + [pen.line_colour] * (pen.mode in _STROKED_MODES)
        if inks and all(self._is_like_its_background(ink, where, rise) for ink in inks):
            return "the colour of its background"
        return None

    def _is_like_its_background(self, colour: Colour | None, where: Matrix, rise: float) -> bool:
        """Whether the first letter cannot be told from what is behind it."""
        if colour is None or not any(
            other is not None and _is_near(colour, other) for _, other in [(None, _WHITE), *self._fills]
        ):
            return False
        x, y = point(where, rise * 0.25, rise * 0.25)
        behind = next(
            (fill for (left, low, right, top), fill in reversed(self._fills) if left <= x <= right and low <= y <= top), _WHITE
        )
        return behind is not None and _is_near(colour, behind)

    # What is behind it

    def _end_path(self, operator: bytes) -> None:
        """Remember what a path filled; of a path that is more than rectangles only that something may be there."""
        if operator in _FILLS and self._path and self._pen.alpha > 0 and not any(self._layers):
            is_told = self._is_rectangles and self._pen.alpha == 1
            for box in self._path[-_MOST_FILLS:]:
                self._fill(box, self._pen.colour if is_told else None)
        self._path, self._is_rectangles = [], True

    def _fill(self, box: Box, colour: Colour | None) -> None:
        """Remember what covers a part of the page."""
        self._fills.append((box, colour))
        if len(self._fills) > _MOST_FILLS:
            del self._fills[: _MOST_FILLS // 2]

    def _rectangle(self, operands: Sequence[Found], where: Matrix) -> None:
        x, y, width, height = numbers(operands, 4)
        self._path.append(box_around(where, x, y, x + width, y + height))

    def _segment(self, operands: Sequence[Found], where: Matrix) -> None:
        points = numbers(operands, len(operands) // 2 * 2)
        corners = [point(where, points[i], points[i + 1]) for i in range(0, len(points), 2)]
        box = bounds(corners) if corners else None
        if box is not None and self._path and not self._is_rectangles:
            box = bounds([box[:2], box[2:], self._path[-1][:2], self._path[-1][2:]])
            self._path[-1] = box
        elif box is not None:
            self._path.append(box)
        self._is_rectangles = False

    def _picture(self, operands: Sequence[Found], where: Matrix) -> None:
        self.has_pictures = True
        self._fill(box_around(where, 0.0, 0.0, 1.0, 1.0), None)

    def _shading(self, operands: Sequence[Found], where: Matrix) -> None:
        self._fill(self._box, None)

    def _draw_object(self, operands: Sequence[Found], where: Matrix) -> None:
        """Go into a form, as pypdf does next, or remember a picture."""
        name = operands[0] if operands else None
        objects = dictionary(self._forms[-1].resources.get("/XObject"))
        drawn = dictionary(objects.get(str(name)))
        if drawn.get("/Subtype") == "/Image":
            self._picture(operands, where)
        matrix = numbers(drawn.get("/Matrix") or IDENTITY, 6)
        self._forms.append(
            _Form(
                dictionary(drawn.get("/Resources")) or self._forms[-1].resources,
                multiplied(matrix, where),
                self._pen,
                len(self._pens),
                len(self._layers),
            )
        )
        self._layers.append(self._is_off(unresolved(drawn, "/OC")))

    # The state

    def _save(self, operands: Sequence[Found], where: Matrix) -> None:
        self._pens.append(self._pen)

    def _restore(self, operands: Sequence[Found], where: Matrix) -> None:
        if len(self._pens) > self._forms[-1].pens:
            self._pen = self._pens.pop()

    def _set_mode(self, operands: Sequence[Found], where: Matrix) -> None:
        self._pen = replace(self._pen, mode=int(numbers(operands, 1)[0]))

    def _set_stretch(self, operands: Sequence[Found], where: Matrix) -> None:
        self._pen = replace(self._pen, stretch=number(operands[0] if operands else None, 100.0) / 100)

    def _raise(self, operands: Sequence[Found], where: Matrix) -> None:
        self._pen = replace(self._pen, raised=numbers(operands, 1)[0])

    def _set_font(self, operands: Sequence[Found], where: Matrix) -> None:
        fonts = dictionary(self._forms[-1].resources.get("/Font"))
        name, size = (*operands, None, None)[:2]
        self._pen = replace(self._pen, size=number(size, self._pen.size), shape=_shape(dictionary(fonts.get(str(name)))))

    def _set_state(self, operands: Sequence[Found], where: Matrix) -> None:
        states = dictionary(self._forms[-1].resources.get("/ExtGState"))
        state = dictionary(states.get(str(operands[0]) if operands else ""))
        self._pen = replace(self._pen, alpha=number(state.get("/ca"), self._pen.alpha))

    def _set_gray(self, operands: Sequence[Found], where: Matrix) -> None:
        self._pen = replace(self._pen, colour=_colour(numbers(operands, 1)), space="/DeviceGray")

    def _set_rgb(self, operands: Sequence[Found], where: Matrix) -> None:
        self._pen = replace(self._pen, colour=_colour(numbers(operands, 3)), space="/DeviceRGB")

    def _set_cmyk(self, operands: Sequence[Found], where: Matrix) -> None:
        self._pen = replace(self._pen, colour=_colour(numbers(operands, 4)), space="/DeviceCMYK")

    def _set_space(self, operands: Sequence[Found], where: Matrix) -> None:
        spaces = dictionary(self._forms[-1].resources.get("/ColorSpace"))
        name = operands[0] if operands else None
        space = _device(spaces.get(str(name)) or name)
        self._pen = replace(self._pen, colour=_BLACK if space else None, space=space)

    def _set_colour(self, operands: Sequence[Found], where: Matrix) -> None:
        count = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}.get(self._pen.space)
        colour = _colour(numbers(operands, count)) if count else None
        self._pen = replace(self._pen, colour=colour)

    def _set_line(self, step: bytes, operands: Sequence[Found], where: Matrix) -> None:
        """Take in a colour of lines, as the same step does one of fills."""
        fill = self._pen
        self._pen = replace(fill, colour=fill.line_colour, space=fill.line_space)
        self._STEPS[step](self, operands, where)
        self._pen = replace(fill, line_colour=self._pen.colour, line_space=self._pen.space)

    def _begin_marked(self, operands: Sequence[Found], where: Matrix) -> None:
        is_layer = len(operands) == 2 and operands[0] == "/OC"
        properties = dictionary(self._forms[-1].resources.get("/Properties"))
        self._layers.append(is_layer and self._is_off(unresolved(properties, operands[1])))

    def _end_marked(self, operands: Sequence[Found], where: Matrix) -> None:
        if len(self._layers) > self._forms[-1].layers + (len(self._forms) > 1):
            self._layers.pop()

    def _is_off(self, layer: Found) -> bool:
        """Whether a layer, or each of a group of layers, is off."""
        if not self._layers_off or layer is None:
            return False
        members = dictionary(layer).get("/OCGs")
        group = members if isinstance(members, list) else [layer if members is None else unresolved(dictionary(layer), "/OCGs")]
        return bool(group) and all(getattr(each, "idnum", None) in self._layers_off for each in group)

    _STEPS: ClassVar[dict[bytes, Callable[[Drawing, Sequence[Found], Matrix], None]]] = {
        b"q": _save, b"Q": _restore, b"re": _rectangle, b"m": _segment, b"l": _segment,
        b"c": _segment, b"v": _segment, b"y": _segment, b"sh": _shading, b"BI": _picture,
        b"INLINE IMAGE": _picture, b"Tr": _set_mode, b"Tz": _set_stretch, b"Ts": _raise, b"Tf": _set_font,
        b"gs": _set_state, b"g": _set_gray, b"rg": _set_rgb, b"k": _set_cmyk,
        b"cs": _set_space, b"sc": _set_colour, b"scn": _set_colour, b"BDC": _begin_marked,
        b"BMC": _begin_marked, b"EMC": _end_marked,    }  # fmt: skip


def _is_near(one: Colour, other: Colour) -> bool:
    """Whether nobody can tell two colours apart."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _AS_GOOD_AS


def _colour(parts: Sequence[float]) -> Colour:
    """Red, green and blue of one, three or four numbers."""
    match parts:
        case [gray]:
            return gray, gray, gray
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, key]:
            return (1 - min(1, cyan + key), 1 - min(1, magenta + key), 1 - min(1, yellow + key))
    return _BLACK


def _device(space: Found) -> str:
    """The device whose numbers a colour space takes, "" for inks, patterns and tables."""
    there = resolved(space)
    if isinstance(there, list) and there:
        name = str(resolved(there[0]))
        components = dictionary(there[1]).get("/N") if name == "/ICCBased" and len(there) > 1 else None
        by_number = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
        return by_number.get(components or 0, {"/CalGray": "/DeviceGray", "/CalRGB": "/DeviceRGB"}.get(name, ""))
    return str(there) if there in {"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"} else ""


def _shape(font: Mapping[str, Found]) -> float | None:
    """How tall the letters of a font are at size 1; a Type 3 font is drawn by its own program, to its own scale."""
    if font.get("/Subtype") != "/Type3":
        return 1.0
    box, matrix = numbers(font.get("/FontBBox") or (), 4), numbers(font.get("/FontMatrix") or (), 6)
    return abs((box[3] - box[1]) * matrix[3]) or None


def _ems(part: Found) -> float:
    """How far a string or an offset moves at most, at size 1: no letter counts for less than a wide one."""
    if isinstance(part, str | bytes):
        return float(len(part))
    return max(0.0, -number(part, 0.0) / 1000)


def _box_of(page: Found) -> Box:
    """What of the page is shown."""
    box = page.cropbox
    corners = [float(number) for number in (box.left, box.bottom, box.right, box.top)]
    return bounds([(corners[0], corners[1]), (corners[2], corners[3])])


def _layers_off(page: Found) -> frozenset[int]:
    """The numbers of the layers that are off when the document is opened."""
    document = dictionary(page.pdf.root_object if page.pdf is not None else None)
    default = dictionary(dictionary(document.get("/OCProperties")).get("/D"))
    off = resolved(default.get("/OFF"))
    return frozenset(each.idnum for each in off if hasattr(each, "idnum")) if isinstance(off, list) else frozenset()
