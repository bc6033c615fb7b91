"""Where the sentences of one paragraph start: sentencex, kept to exact offsets, plus a few corrections.

This module owns the library. What it returns is checked against the text, never trusted: a piece that is not in the
text, or a panic of its Rust core, costs the boundaries of one window and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

Segment = Callable[[str], list[str]]

_WINDOW = 4_000  # characters per call: some inputs cost the library the square of their length
_LONGEST_WORD = 24
_LONG_SENTENCE = 600  # characters: beyond this a quotation is cut at the stops inside it

_WHITE_SPACE = re.compile(r"\s")
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("\"'`“”„‟‘‚«»‹›「」『』()[]{}（）", "’"))  # an apostrophe opens nothing

_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[^\W\d_]|[ivxl]{1,5})[.)]", re.IGNORECASE)
_INITIAL = re.compile(r"(?:^|[\s(«„“\"])(?:[^\W\d_]\.\s)*([^\W\d_])\.$")
_SHORT_WORD = re.compile(r"\b\w{1,3}\.$")
_UNKNOWN_ABBREVIATION = re.compile(r"\b(?:(?:amb|atty|ms)\. .|(?:approx|art|ch|paras?|sect|vol)\. \d)$", re.IGNORECASE)
_ORDINARY_WORD = re.compile(r"\b(?:may|me|[Nn]o)\.[\"”’)]*\s+(?=[\"“‘(]?[A-Z][a-z])")


def library(language: str) -> Segment:
    """The library's segmenter for an ISO 639-1 code; one that it does not know is read like English."""
    from sentencex import segment  # here, since importing us is free

    return lambda text: list(segment(language, text))


def sentence_spans(text: str, *, language: str, segment: Segment) -> list[tuple[int, int]]:
    """The spans of a paragraph's sentences: every character that is not white space lies in exactly one."""
    plain = _WHITE_SPACE.sub(" ", text)  # one for one; the library panics at some wide spaces before a stop
    spans = _spans(plain, _corrected(plain, _starts(plain, segment), language))
    return [short for span in spans for short in _shortened(plain, span, language, segment)]


def _spans(text: str, starts: list[int]) -> list[tuple[int, int]]:
    """What lies between the starts, without white space at its ends."""
    pieces = [(start, text[start:end]) for start, end in pairwise([*starts, len(text)])]
    stripped = [(start + len(piece) - len(piece.lstrip()), piece.strip()) for start, piece in pieces]
    return [(start, start + len(piece)) for start, piece in stripped if piece]


def _starts(text: str, segment: Segment) -> list[int]:
    """Where the library starts sentences, window by window."""
    starts, begin = [0], 0
    while len(text) - begin > _WINDOW:
        window = text[begin : begin + _WINDOW]
        found = _found(window, segment) or [window.rfind(" ", _WINDOW // 2) + 1 or _WINDOW]
        starts += [begin + start for start in found]
        begin = starts[-1]
    return starts + [begin + start for start in _found(text[begin:], segment)]


def _found(window: str, segment: Segment) -> list[int]:
    """Where the library starts all sentences of a window but the first; none when its answer is not the window's text."""
    starts, position = [], 0
    for piece in _pieces(window, segment):
        words = piece.strip()
        start = window.find(words, position)
        if start < 0 or window[position:start].strip():
            return []
        starts.append(start)
        position = start + len(words)
    return [start for start in starts[1:] if start]


def _pieces(window: str, segment: Segment) -> list[str]:
    """The library's pieces; the whole window when its Rust core panics, which pyo3 raises past `Exception`."""
    try:
        return segment(window)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return [window]


def _shortened(text: str, span: tuple[int, int], language: str, segment: Segment) -> list[tuple[int, int]]:
    """The span itself, or, where it is very long, its sentences once its quotation marks are not looked at."""
    start, end = span
    if end - start <= _LONG_SENTENCE:
        return [span]
    unquoted = text[start:end].translate(_QUOTATION_MARKS)
    starts = _corrected(unquoted, _starts(unquoted, segment), language)
    return [(start + first, start + last) for first, last in _spans(unquoted, starts)]


def _corrected(text: str, starts: list[int], language: str) -> list[int]:
    """The starts, with those that the library is known to miss and without those that it is known to invent."""
    proposed = sorted({*starts, *(match.end() for match in _ORDINARY_WORD.finditer(text))})
    worded = [start for start, end in pairwise([*proposed, len(text)]) if _has_words(text[start:end])]
    opening = [0, *worded[1:]]
    return [0] + [
        start
        for previous, start in pairwise(opening)
        if not _belong_together(text[previous:start].rstrip(), text[start : start + 2], language)
    ]


def _belong_together(before: str, after: str, language: str) -> bool:
    """Whether a boundary between a piece and the two characters after it would cut a sentence."""
    tail = before[-_LONGEST_WORD:]
    return (
        _ENUMERATOR.fullmatch(before) is not None
        or _UNKNOWN_ABBREVIATION.search(f"{tail} {after[:1]}") is not None
        or _runs_on(tail, after)
        or (language != "en" and _ends_in_initial(tail))
    )


def _has_words(piece: str) -> bool:
    """Whether a piece is more than marks: a dash, an ellipsis, a direction mark."""
    return any(character.isalnum() for character in piece)


def _runs_on(tail: str, after: str) -> bool:
    """Whether a small letter follows a short word or number: "sq. km. and", "1. grain". `iPhone` does open a sentence."""
    return after[:1].islower() and not after[1:].isupper() and _SHORT_WORD.search(tail) is not None


def _ends_in_initial(tail: str) -> bool:
    """Whether the last word is an initial, or one of several single letters; English initials the library knows itself."""
    match = _INITIAL.search(tail)
    return match is not None and (match[1].isupper() or match[0].count(".") > 1)
