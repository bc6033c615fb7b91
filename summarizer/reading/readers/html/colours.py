"""Colours of a page, and how well they are told from each other. Knows how tinycss2 reads them."""

from __future__ import annotations

from typing import Any

from tinycss2.color4 import parse_color

Colour = tuple[float, float, float, float]
"""Red, green, blue and opacity, each from 0 to 1."""

BLACK: Colour = (0, 0, 0, 1)
WHITE: Colour = (1, 1, 1, 1)
CLEAR: Colour = (0, 0, 0, 0)


def colour_of(token: Any) -> Colour | None:
    """The colour that a token names; None for none, for `currentcolor`, and for colour spaces that are not sRGB."""
    if token.type not in {"ident", "hash", "function"}:
        return None
    colour = parse_color(token)
    if colour is None or isinstance(colour, str):
        return None
    try:
        red, green, blue, alpha = colour.to("srgb")
    except (TypeError, ValueError, NotImplementedError):
        return None
    return (red, green, blue, alpha) if colour.space in {"srgb", "hsl", "hwb"} else None


def over(colour: Colour, ground: Colour) -> Colour:
    """The colour that is seen where one lies over another."""
    alpha = colour[3]
    red, green, blue = (alpha * front + (1 - alpha) * back for front, back in zip(colour[:3], ground[:3], strict=True))
    return (red, green, blue, 1)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours as WCAG defines it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    """How bright a colour is, from 0 to 1."""
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
