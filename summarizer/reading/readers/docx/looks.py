"""How a run of a Word document looks, as far as it decides whether anybody can see it.

A run is hidden by the property "hidden" (`vanish`), also through its styles; by having the colour of what is behind it; by a
size of at most 1.5 points. What stands behind it is told from shading, highlighting and the page; where that cannot be told (a
picture, a pattern, a colour of the theme, a table that is shaded as a whole), colour
hides nothing: no visible word may be lost.
"""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.reading.readers.docx.names import W14, Element, W

_LARGEST_UNSEEN = 3  # half-points
_AS_GOOD_AS = 16  # of 255, in each of red, green and blue: what nobody can tell from its background
_OFF = {"0", "false", "off"}
_AUTOMATIC = "auto"
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGray": "808080",
    "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "green": "00FF00",
    "lightGray": "C0C0C0", "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF", "yellow": "FFFF00",
}  # fmt: skip
_THEMES = {**dict.fromkeys(("background1", "bg1", "light1"), "FFFFFF"), **dict.fromkeys(("text1", "tx1", "dark1"), "000000")}
"""The colours of the theme that are hardly ever changed. They go before the value beside them, as in Word."""
_PAPER = "FFFFFF"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Look:
    """What a set of properties says; None where it says nothing. Colours are six hexadecimal digits, or "auto"."""

    vanishes: bool | None = None
    colour: str | None = None
    half_points: float | None = None
    fill: str | None = None

    def over(self, below: Look) -> Look:
        """This look where it says something, elsewhere the one below."""
        return Look(
            below.vanishes if self.vanishes is None else self.vanishes,
            below.colour if self.colour is None else self.colour,
            below.half_points if self.half_points is None else self.half_points,
            below.fill if self.fill is None else self.fill,
        )


_PLAIN = Look()


class Looks:
    """The looks that the styles of one document give."""

    def __init__(self, styles: Element | None) -> None:
        children = [] if styles is None else [style for style in styles if style.tag == f"{W}style"]
        self._styles = {style.get(f"{W}styleId"): style for style in children}
        self._default_style = next((s.get(f"{W}styleId") for s in children if _is_default_paragraph(s)), None)
        self._defaults = look(None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._known: dict[str | None, Look] = {None: _PLAIN}
        self.has_white_on_unknown = False
        """Whether white words were met, and taken for visible, on what has a colour that cannot be told."""

    def of_paragraph(self, paragraph: Element) -> Look:
        """How its runs look that say nothing of their own."""
        own = paragraph.find(f"{W}pPr")
        name = None if own is None else _value(own, "pStyle")
        shading = Look(fill=_fill(own))
        return shading.over(self._of_style(name or self._default_style))

    def hidden_by(self, run: Element, paragraph: Look, background: str | None) -> str | None:
        """By what a run is hidden, None when it is to be seen; `background` is what is behind its paragraph, if known."""
        own = run.find(f"{W}rPr")
        direct = look(own)
        style = self._of_style(None if own is None else _value(own, "rStyle"))
        # "Hidden" is a toggle: a style of characters turns around what the style of the paragraph says.
        by_style = Look(bool(style.vanishes) != bool(paragraph.vanishes) if style.vanishes else None)
        seen = direct.over(by_style.over(style.over(paragraph).over(self._defaults)))
        if seen.vanishes:
            return "hidden text (vanish)"
        if seen.half_points is not None and seen.half_points <= _LARGEST_UNSEEN:
            return f"a size of {seen.half_points / 2:g} pt"
        if own is not None and own.find(f"{W14}textFill/{W14}noFill") is not None:
            return "text without a fill"
        behind = seen.fill if seen.fill not in {None, _AUTOMATIC} else background
        if not _channels(behind) and is_same_colour(seen.colour, _PAPER):
            self.has_white_on_unknown = True
        return "the colour of its background" if is_same_colour(seen.colour, behind) else None

    def is_shaded(self, table: Element) -> bool:
        """Whether a table or its style may shade its cells."""
        properties = table.find(f"{W}tblPr")
        name = None if properties is None else _value(properties, "tblStyle")
        owns = [own for own in (properties, table.find(f"{W}tr/{W}tblPrEx")) if own is not None]
        return any(_fill_of(shading) != _AUTOMATIC for each in [*owns, *self._chain(name)] for shading in each.iter(f"{W}shd"))

    def _of_style(self, name: str | None) -> Look:
        """The look that a style gives, with those that it rests on."""
        if name not in self._known:
            found = _PLAIN
            for style in self._chain(name):
                found = found.over(Look(fill=_fill(style.find(f"{W}pPr"))).over(look(style.find(f"{W}rPr"))))
            self._known[name] = found
        return self._known[name]

    def _chain(self, name: str | None) -> list[Element]:
        """A style and those that it rests on, none twice."""
        names: list[str] = []
        while name in self._styles and name is not None and name not in names:
            names.append(name)
            name = _value(self._styles[name], "basedOn")
        return [self._styles[known] for known in names]


def look(properties: Element | None) -> Look:
    """What a `w:rPr` says."""
    if properties is None or not len(properties):
        return _PLAIN
    return Look(
        _is_on(properties, "vanish"), _colour(properties), _size(properties), _highlight(properties) or _fill(properties)
    )


def fill_of_cell(cell: Element) -> str | None:
    """The colour of a cell, if it has one of its own."""
    fill = _fill(cell.find(f"{W}tcPr"))
    return None if fill == _AUTOMATIC else fill


def is_same_colour(colour: str | None, behind: str | None) -> bool:
    """Whether nobody can tell the two apart; not where one of them is unknown or left to Word, which takes care of that."""
    words, paper = _channels(colour), _channels(behind)
    return bool(words and paper) and max(abs(a - b) for a, b in zip(words, paper, strict=True)) <= _AS_GOOD_AS


def _channels(colour: str | None) -> tuple[int, ...]:
    """Red, green and blue of six hexadecimal digits; nothing of anything else."""
    try:
        return tuple(bytes.fromhex(colour or ""))[:3] if len(colour or "") == 6 else ()
    except ValueError:
        return ()


def _is_default_paragraph(style: Element) -> bool:
    """Whether a style is that of paragraphs that name none."""
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") not in {None, *_OFF}


def _value(parent: Element, name: str) -> str | None:
    """The value of a property."""
    found = parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _is_on(properties: Element, name: str) -> bool | None:
    """Whether a property is on, off, or not given."""
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val") not in _OFF


def _colour(properties: Element) -> str | None:
    """The colour of the letters."""
    found = properties.find(f"{W}color")
    if found is None:
        return None
    value = found.get(f"{W}val")
    is_changed = found.get(f"{W}themeShade") or found.get(f"{W}themeTint")
    return value if is_changed else _THEMES.get(found.get(f"{W}themeColor") or "", value)


def _size(properties: Element) -> float | None:
    """The size in half-points."""
    try:
        return float(_value(properties, "sz") or "")
    except ValueError:
        return None


def _highlight(properties: Element) -> str | None:
    """The colour of the marker pen."""
    return _HIGHLIGHTS.get(_value(properties, "highlight") or "")


def _fill(properties: Element | None) -> str | None:
    """The shading that properties give, "auto" for none."""
    shading = None if properties is None else properties.find(f"{W}shd")
    return None if shading is None else _fill_of(shading)


def _fill_of(shading: Element) -> str:
    """The colour of a shading: of its pattern where that covers all, "unknown" where it covers a part or is a theme's."""
    pattern = shading.get(f"{W}val")
    name, theme = ("color", "themeColor") if pattern == "solid" else ("fill", "themeFill")
    if pattern not in {None, "nil", "clear", "solid"} or shading.get(f"{W}{theme}"):
        return _UNKNOWN
    return shading.get(f"{W}{name}") or _AUTOMATIC
