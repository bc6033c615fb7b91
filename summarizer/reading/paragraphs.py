"""Where the paragraphs of a text lie, also when its lines were broken by hand.

A line break ends a paragraph. Only in hard-wrapped text, where most breaks stand because the next word would not have
fit on the line, does such a break hold a paragraph together; there a blank line or a short line ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_LINE_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_ENDS_A_SENTENCE = re.compile(r"[.!?:;…؟۔।。！？][\"'”’»」)\]]*$")
_LIST_ITEM = re.compile(r"[-*•·▪–]\s|[>#|]|\(?(?:\d{1,3}|[a-z])[.)]\s")

_WIDEST_WRAP = 120  # characters: nobody wraps by hand beyond this
_LONGEST_CARRY = 24  # characters: what could not fit is a word, not a line without spaces
_FILLED = 0.8  # of the width: fonts and careful wrapping leave the rest
_FEWEST_BREAKS = 3
_MOST = 0.7  # of all breaks inside a block, those before list items aside, stand at the end of a filled line
_MANY = 0.4  # of them cut a sentence before a small letter; in a list of headlines hardly any does


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without white space at its ends; `start == end` when it is blank."""

    start: int
    end: int
    text: str


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """The half-open spans of the paragraphs that are not blank, without white space at their ends."""
    lines = _lines(text)
    width = _wrap_width(lines)
    spans: list[tuple[int, int]] = []
    above: _Line | None = None
    for line in lines:
        if line.text and above and _is_soft(above, line, width):
            spans[-1] = (spans[-1][0], line.end)
        elif line.text:
            spans.append((line.start, line.end))
        above = line
    return spans


def _lines(text: str) -> list[_Line]:
    """Every line, blank ones too."""
    breaks = [match.span() for match in _LINE_BREAK.finditer(text)]
    starts = [0, *(end for _, end in breaks)]
    ends = [*(start for start, _ in breaks), len(text)]
    return [_line(text, start, end) for start, end in zip(starts, ends, strict=True)]


def _line(text: str, start: int, end: int) -> _Line:
    """The line at this span, less the white space around it."""
    words = text[start:end].strip()
    first = text.index(words, start)
    return _Line(first, first + len(words), words)


def _wrap_width(lines: list[_Line]) -> int:
    """The number of characters at which the text was wrapped by hand, 0 when it was not."""
    inner = [(above, below) for above, below in pairwise(lines) if above.text and below.text and not _is_list_item(below)]
    width = _widest([len(above.text) for above, _ in inner])
    if len(inner) < _FEWEST_BREAKS or width > _WIDEST_WRAP:
        return 0
    filled = sum(_is_soft(above, below, width) for above, below in inner)
    cutting = sum(_cuts_a_sentence(above, below) for above, below in inner)
    return width if filled >= _MOST * len(inner) and cutting >= _MANY * len(inner) else 0


def _widest(lengths: list[int]) -> int:
    """The greatest length but for the few in a hundred that stick out, such as web addresses."""
    return sorted(lengths)[-(-95 * len(lengths) // 100) - 1] if lengths else 0


def _is_soft(above: _Line, below: _Line, width: int) -> bool:
    """Whether the break between two lines stands only because the next word would not have fit."""
    if not above.text or _is_list_item(below):
        return False
    carried = len(below.text[:_LONGEST_CARRY].split()[0])
    return len(above.text) + 1 + carried > _FILLED * width > 0


def _is_list_item(line: _Line) -> bool:
    """Whether a line opens with a bullet, a number or another mark of its own."""
    return _LIST_ITEM.match(line.text) is not None


def _cuts_a_sentence(above: _Line, below: _Line) -> bool:
    """Whether a sentence seems to run on over the break."""
    return not _ENDS_A_SENTENCE.search(above.text[-_LONGEST_CARRY:]) and not below.text[0].isupper()
