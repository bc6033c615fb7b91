"""What a Word document is made of: paragraphs, runs, tables and notes, as WordprocessingML elements.

Elements are built, never written as text, so that nothing of a report becomes markup. Whatever comes from outside goes
through `run`; its spelling is not for Word to check.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from xml.etree.ElementTree import Element, SubElement

from summarizer.rendering.controls import fit_for_xml, on_one_line

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Runs: TypeAlias = "Iterable[Element]"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, and its share of the width."""

    heading: str
    share: float


def run(text: str, *, style: str | None = None, bold: bool = False, italic: bool = False) -> Element:
    """Words on one line."""
    element = Element(f"{{{W}}}r")
    look = SubElement(element, f"{{{W}}}rPr")
    if style:
        _valued(look, "rStyle", style)
    if bold:
        SubElement(look, f"{{{W}}}b")
    if italic:
        SubElement(look, f"{{{W}}}i")
    SubElement(look, f"{{{W}}}noProof")
    words = SubElement(element, f"{{{W}}}t", {_SPACE: "preserve"})
    words.text = fit_for_xml(on_one_line(text))
    return element


def note_mark(number: int, *, style: str) -> Element:
    """The number in a text by which a reader finds the footnote."""
    element = Element(f"{{{W}}}r")
    _valued(SubElement(element, f"{{{W}}}rPr"), "rStyle", style)
    SubElement(element, f"{{{W}}}footnoteReference", {f"{{{W}}}id": str(number)})
    return element


def note(number: int, runs: Runs, *, style: str, mark_style: str) -> Element:
    """A footnote."""
    element = Element(f"{{{W}}}footnote", {f"{{{W}}}id": str(number)})
    mark = Element(f"{{{W}}}r")
    _valued(SubElement(mark, f"{{{W}}}rPr"), "rStyle", mark_style)
    SubElement(mark, f"{{{W}}}footnoteRef")
    element.append(paragraph((mark, run(" "), *runs), style=style))
    return element


def separators() -> tuple[Element, Element]:
    """The lines that Word draws between a text and its footnotes, which are footnotes themselves."""
    return _separator(-1, "separator"), _separator(0, "continuationSeparator")


def paragraph(runs: Runs, *, style: str | None = None, bookmark: int | None = None) -> Element:
    """A paragraph in the look of this style; with `bookmark`, a place that `link` leads to."""
    element = Element(f"{{{W}}}p")
    if style:
        _valued(SubElement(element, f"{{{W}}}pPr"), "pStyle", style)
    if bookmark is not None:
        id = {f"{{{W}}}id": str(bookmark)}
        SubElement(element, f"{{{W}}}bookmarkStart", {**id, f"{{{W}}}name": _bookmark(bookmark)})
        SubElement(element, f"{{{W}}}bookmarkEnd", id)
    element.extend(runs)
    return element


def link(runs: Runs, *, bookmark: int) -> Element:
    """Words that lead to a place in the same document."""
    element = Element(f"{{{W}}}hyperlink", {f"{{{W}}}anchor": _bookmark(bookmark)})
    element.extend(runs)
    return element


def table(columns: Sequence[Column], rows: Iterable[Sequence[Sequence[Element]]], *, style: str, width: int) -> Element:
    """A table over this width, in twentieths of a point. A cell is paragraphs. Its headings are on each of its pages."""
    widths = [round(width * column.share) for column in columns]
    element = Element(f"{{{W}}}tbl")
    look = SubElement(element, f"{{{W}}}tblPr")
    _valued(look, "tblStyle", style)
    SubElement(look, f"{{{W}}}tblW", {f"{{{W}}}w": str(sum(widths)), f"{{{W}}}type": "dxa"})
    SubElement(look, f"{{{W}}}tblLayout", {f"{{{W}}}type": "fixed"})
    _valued(look, "tblLook", "0020")  # the first row looks different
    grid = SubElement(element, f"{{{W}}}tblGrid")
    for each in widths:
        SubElement(grid, f"{{{W}}}gridCol", {f"{{{W}}}w": str(each)})
    headings = [(paragraph((run(column.heading),)),) for column in columns]
    element.append(_row(headings, widths, heading=True))
    element.extend(_row(row, widths) for row in rows)
    return element


def _row(cells: Sequence[Sequence[Element]], widths: Sequence[int], *, heading: bool = False) -> Element:
    element = Element(f"{{{W}}}tr")
    look = SubElement(element, f"{{{W}}}trPr")
    SubElement(look, f"{{{W}}}cantSplit")
    if heading:
        SubElement(look, f"{{{W}}}tblHeader")
    for cell, width in zip(cells, widths, strict=True):
        place = SubElement(element, f"{{{W}}}tc")
        SubElement(SubElement(place, f"{{{W}}}tcPr"), f"{{{W}}}tcW", {f"{{{W}}}w": str(width), f"{{{W}}}type": "dxa"})
        place.extend(cell or (paragraph(()),))  # Word opens no document with an empty cell
    return element


def _separator(id: int, kind: str) -> Element:
    element = Element(f"{{{W}}}footnote", {f"{{{W}}}id": str(id), f"{{{W}}}type": kind})
    mark = Element(f"{{{W}}}r")
    SubElement(mark, f"{{{W}}}{kind}")
    element.append(paragraph((mark,)))
    return element


def _bookmark(number: int) -> str:
    return f"item_{number}"


def _valued(parent: Element, name: str, value: str) -> None:
    SubElement(parent, f"{{{W}}}{name}", {f"{{{W}}}val": value})
