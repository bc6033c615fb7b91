"""Signs in the XML of a Word document that some of its text may stand where nobody sees it.

Where a word comes to stand only a program that lays out pages knows. So nothing is hidden for it: the text is read, and the
reader is told to look.
"""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.reading.readers.docx.names import Element, W

_LEAST_EXACT = 60  # twentieths of a point: a line or a row of 3 points shows nothing
_OFF_PAGE = 12_000  # twentieths of a point: the width of a page
_FAR_APART = 400  # twentieths of a point, or half-points, by which letters are moved
_NARROWEST = 15  # per cent
_EXACT = {f"{W}trHeight": ("hRule", "val"), f"{W}spacing": ("lineRule", "line"), f"{W}framePr": ("hRule", "h")}
_OWNERS = {f"{W}{name}" for name in ("r", "p", "tr", "tbl", "style")}
_PLACES = {
    f"{W}framePr": ("x", "y"),
    f"{W}ind": ("left", "start", "right", "end", "firstLine", "hanging"),
    f"{W}tblInd": ("w",),
}


def doubts(part: Element) -> Iterator[str]:
    """By what text in a part may be out of sight, each as often as it is there."""
    for element in part.iter(*_EXACT, *_PLACES, f"{W}position", f"{W}w"):
        tag = str(element.tag)
        if not _has_words(element):
            continue
        if _is_flat(element):
            yield "a row, line or frame of next to no height"
        if any(abs(_number(element, name)) > _OFF_PAGE for name in _PLACES.get(tag, ())):
            yield "a place off the page"
        if tag in {f"{W}position", f"{W}spacing"} and abs(_number(element, "val")) > _FAR_APART:
            yield "letters that are moved far away"
        if tag == f"{W}w" and 0 < _number(element, "val") < _NARROWEST:
            yield "letters that are squeezed together"


def _has_words(property: Element) -> bool:
    """Whether there are words in what has this property: an empty row may keep others apart. A style is taken to have some."""
    owner: Element | None = property
    while owner is not None and owner.tag not in _OWNERS:
        owner = owner.getparent()
    return owner is None or owner.tag == f"{W}style" or any((text.text or "").strip() for text in owner.iter(f"{W}t"))


def _is_flat(element: Element) -> bool:
    """Whether it gives an exact height in which nothing is to be seen."""
    if element.tag not in _EXACT:
        return False
    rule, size = _EXACT[str(element.tag)]
    return element.get(f"{W}{rule}") == "exact" and abs(_number(element, size)) < _LEAST_EXACT


def _number(element: Element, name: str) -> float:
    """The number in an attribute, 0 where there is none."""
    try:
        return float(element.get(f"{W}{name}") or "")
    except ValueError:
        return 0.0
