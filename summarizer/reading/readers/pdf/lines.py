"""How the lines of pages make paragraphs. A PDF knows neither: it draws strings at places.

Two lines make a paragraph where the lower one follows at the usual distance and in the same size, and the upper one had no room
for its first word, or plainly runs on (no stop before a small letter). Between paragraphs stands a blank line, between the
lines of one a space. A word that was divided at the end of a line is put together: without its hyphen, unless the document
has the word with one, or both halves as words. Headings and feet that are the same on most pages, but for the
number of the page, stand once, so that they do not cut the sentence that runs over the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_BETWEEN_PARAGRAPHS = "\n\n"
_ENDS_A_SENTENCE = re.compile(r"[.!?:;…؟۔।。！？][\"'”’»」)\]]*(?:\d{1,3})?$")
_LIST_ITEM = re.compile(r"[-*•·▪–◦]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
_DIVIDED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-\u2010\u00ad]$")
_ENDS_ATTACHED = re.compile(r"\w[-\u2010\u2013\u2014/]$")  # "30-", "2024/": what follows belongs to it
_REST = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_PAGE_NUMBER = re.compile(r"(?<![\d.,])\d{1,5}(?![\d.,]*\d)")
_KEEPS_ITS_HYPHEN = {"cross", "self", "vice", "well"}  # before what is a word of its own more often than not

_SAME_SIZE = 0.1  # of the larger
_FARTHEST = 1.35  # times the usual distance between lines
_TALLEST = 2.2  # times the size: farther apart nothing is one paragraph, whatever is usual
_FULL = 0.75  # of the usual width, with the word that had to go to the next line
_INDENT = 0.8  # times the size
_LONG = 0.6  # of the usual width: what may run on over a page
_FEWEST_REPEATED = 3
_EDGE = 2  # lines at the top and the foot of a page that may be the same on all


@dataclass(frozen=True, slots=True)
class Line:
    """A line without white space at its ends, where it begins, and how tall its letters are, in points."""

    text: str
    left: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class _Measure:
    """What is usual on a page: the distance between lines, and their width in characters."""

    distance: float
    width: float


def without_running_lines(pages: Sequence[tuple[Line, ...]]) -> tuple[list[tuple[Line, ...]], tuple[str, ...]]:
    """The pages with each heading once, on the first page that has it, each foot once, on the last; a note of which."""
    heads = _running(pages, top=True)
    feet = {form: holders for form, holders in _running(pages, top=False).items() if form not in heads}
    dropped: set[tuple[int, Line]] = set()
    notes: list[str] = []
    for running, keeper in ((heads, 0), (feet, -1)):
        for holders in running.values():
            words = holders[keeper][1].text
            dropped.update(each for each in holders if each != holders[keeper])
            if not words.isdecimal():
                notes.append(f"The line {words!r} is at the edge of {len(holders)} pages, and stands once in the text.")
    kept = [tuple(line for line in page if (number, line) not in dropped) for number, page in enumerate(pages)]
    return kept, tuple(notes)


def _running(pages: Sequence[tuple[Line, ...]], *, top: bool) -> dict[str, list[tuple[int, Line]]]:
    """Lines at this edge that are the same on most pages, and on three at least; with the pages that hold them, from 0."""
    found: dict[str, list[tuple[int, Line]]] = {}
    for number, page in enumerate(pages):
        for line in _edge(page, top=top):
            for form in _forms(line.text, number):
                found.setdefault(form, []).append((number, line))
    fewest = max(_FEWEST_REPEATED, len(pages) / 2)
    return {form: holders for form, holders in found.items() if len({number for number, _ in holders}) >= fewest}


def _edge(page: tuple[Line, ...], *, top: bool) -> tuple[Line, ...]:
    """The highest or the lowest lines; of a page of a few lines none."""
    if len(page) <= 2 * _EDGE:
        return ()
    ranked = sorted(page, key=lambda line: line.base, reverse=top)
    return tuple(ranked[:_EDGE])


def _forms(words: str, page: int) -> set[str]:
    """The line itself, and the line with a number that may count the pages; no other number is left out of account."""
    counting = {
        f"{words[: match.start()]}#{int(match[0]) - page}{words[match.end() :]}" for match in _PAGE_NUMBER.finditer(words)
    }
    return {words, *counting}


def laid_out(
    pages: Sequence[tuple[Line, ...]], kept: Sequence[Sequence[str]]
) -> tuple[str, tuple[int, ...], tuple[tuple[int, int], ...]]:
    """The text, where its pages begin, and where the paragraphs that are `kept` behind each page stand."""
    words = _words(pages)
    text: list[str] = []
    length = 0
    starts: list[int] = []
    spans: list[tuple[int, int]] = []
    above: tuple[Line, _Measure] | None = None
    for page, behind in zip(pages, kept, strict=True):
        measure = _measured(page)
        is_first = True
        for line in page:
            joint, cut = _BETWEEN_PARAGRAPHS, 0
            if above and _runs_on(above[0], line, above[1], over_a_page=is_first):
                joint, cut = _joint(above[0].text, line.text, words)
            joint = joint if length else ""
            if cut:
                text[-1] = text[-1][:-cut]
            length += len(joint) - cut
            if is_first:
                starts.append(length)
            text += [joint, line.text]
            length += len(line.text)
            above, is_first = (line, measure), False
        if is_first:
            starts.append(length)
        for paragraph in behind:
            joint = _BETWEEN_PARAGRAPHS if length else ""
            spans.append((length + len(joint), length + len(joint) + len(paragraph)))
            text += [joint, paragraph]
            length = spans[-1][1]
            above = None
    return "".join(text), tuple(starts), tuple(spans)


def _words(pages: Sequence[tuple[Line, ...]]) -> set[str]:
    """Every word of the document that stands whole on a line, in small letters; with its hyphens, where it has any."""
    return {
        word.lower().replace("\u2010", "-")
        for page in pages
        for line in page
        for word in _WORD.findall(_DIVIDED.sub("", line.text))
    }


def _measured(page: tuple[Line, ...]) -> _Measure:
    """What is usual on a page."""
    distances = sorted(
        above.base - below.base
        for above, below in pairwise(page)
        if _is_same_size(above, below) and 0.2 * above.size <= above.base - below.base <= _TALLEST * above.size
    )
    widths = sorted(len(line.text) for line in page)
    # The lower quartile: where paragraphs are short, half of the distances are those between them.
    distance = distances[len(distances) // 4] if distances else 0.0
    return _Measure(distance, widths[-(-95 * len(widths) // 100) - 1] if widths else 0)


def _is_same_size(above: Line, below: Line) -> bool:
    """Whether the letters of two lines are equally tall, as far as one sees."""
    return abs(above.size - below.size) <= _SAME_SIZE * max(above.size, below.size)


def _runs_on(above: Line, below: Line, usual: _Measure, *, over_a_page: bool) -> bool:
    """Whether two lines are of one paragraph."""
    if _LIST_ITEM.match(below.text) or not _is_same_size(above, below):
        return False
    has_ended = bool(_ENDS_A_SENTENCE.search(above.text))
    is_open = not has_ended and below.text[0].islower()
    is_full = len(above.text) + 1 + len(below.text.split()[0]) > _FULL * usual.width
    distance = above.base - below.base
    if over_a_page or distance < -above.size:  # the next page or the next column
        return not has_ended and (is_full or (is_open and len(above.text) >= _LONG * usual.width))
    if not 0.2 * above.size <= distance <= min(_FARTHEST * usual.distance, _TALLEST * above.size):
        return False
    if below.left - above.left > _INDENT * above.size and has_ended:
        return False
    return is_open or is_full


def _joint(above: str, below: str, words: set[str]) -> tuple[str, int]:
    """What stands between two lines of one paragraph, and how many characters the upper one loses: its hyphen, or none."""
    divided, rest = _DIVIDED.search(above), _REST.match(below)
    if divided is None:
        return ("", 0) if _ENDS_ATTACHED.search(above) else (" ", 0)
    if rest is None or not rest[0][0].islower():
        return "", 0  # "Franco-", "German": the hyphen is the word's own
    first, second = divided[1].lower(), rest[0].lower()
    if first + second in words or above.endswith("\u00ad"):
        return "", 1
    is_compound = f"{first}-{second}" in words or {first, second} <= words or first in _KEEPS_ITS_HYPHEN
    return ("", 0) if is_compound else ("", 1)
