"""Characters of a text that nobody sees and that have no business where they stand.

Such characters can carry whole sentences to a model: Unicode tags spell ASCII, variation selectors spell bytes, zero-width
characters spell bits; marks of direction show words in another order than they have. Many of them are needed: joiners in
Persian, Indic scripts and emoji, tags in flags, selectors after emoji and ideographs, marks and isolates in Arabic and Hebrew,
soft hyphens inside words, zero-width spaces in Thai. So each is judged by its neighbours, and what belongs there stays.

Normal forms are no cure: NFKC keeps zero-width and tag characters, and alters what is seen.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from summarizer.reading.content import Content, Hidden

_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MONGOLIAN_SELECTORS = "\u180b-\u180d\u180f"
_ZERO_WIDTH = "\u200b-\u200d\u2060\ufeff\u180e\u034f"
_FILLERS = "\u115f\u1160\u3164\uffa0\u17b4\u17b5"
_OPERATORS = "\u2061-\u2064"
_MARKS = "\u200e\u200f\u061c"
_EMBEDDINGS = "\u202a-\u202c\u2066-\u2069"
_OVERRIDES = "\u202d\u202e"
_TAGS = "\U000e0000-\U000e007f"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_OTHERS = "\u2065\u206a-\u206f\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
_INVISIBLE = re.compile(
    f"[\u00ad{_SELECTORS}{_MONGOLIAN_SELECTORS}{_ZERO_WIDTH}{_FILLERS}{_OPERATORS}{_MARKS}{_EMBEDDINGS}{_OVERRIDES}{_TAGS}{_CONTROLS}{_OTHERS}]+"
)

# What a run of them is called, by the first kind of which it has one.
_KINDS = tuple(
    (re.compile(f"[{characters}]"), name)
    for characters, name in (
        (_TAGS, "Unicode tags"),
        (_OVERRIDES, "override of direction"),
        (_SELECTORS + _MONGOLIAN_SELECTORS, "variation selectors"),
        (_ZERO_WIDTH + _OPERATORS, "zero-width characters"),
        (_EMBEDDINGS + _MARKS, "marks of direction"),
        (_FILLERS, "fillers"),
        ("\u00ad", "soft hyphens"),
        (_CONTROLS, "control characters"),
        (_OTHERS, "characters without a shape"),
    )
)

_FLAG = re.compile("[\U000e0061-\U000e007a]{2}[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,3}\U000e007f")
_WAVING_FLAG = "\U0001f3f4"
_MOST_MARKS = 2  # at one place, as where a Hebrew word in brackets ends an English sentence
_HALVES = re.compile(f"[{_MARKS}]")
_OF_DIRECTION = re.compile(f"[{_MARKS}{_EMBEDDINGS}]")

# Scripts by the first word of their characters' names.
_JOINING = frozenset(
    (  # noqa: SIM905  # a word list, as a list forty lines long
        "ARABIC SYRIAC MONGOLIAN NKO MANDAIC ADLAM DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM "
        "SINHALA MYANMAR KHMER TIBETAN BALINESE JAVANESE SUNDANESE TAI CHAKMA GRANTHA BRAHMI KAITHI TIRHUTA NEWA MODI HANIFI "
        "PSALTER PHAGS-PA MANICHAEAN SOGDIAN MEETEI LIMBU LEPCHA SAURASHTRA SYLOTI"
    ).split()
)
_WITHOUT_SPACES = frozenset(
    {"THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN", "CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "BALINESE", "JAVANESE", "TAI"}
)
_IDEOGRAPHS = frozenset({"CJK", "EGYPTIAN", "TANGUT", "MYANMAR", "PHAGS-PA", "MANICHAEAN"})
_BYTES = {chr(0xFE00 + number if number < 16 else 0xE0100 + number - 16): number for number in range(256)}
_MOST_LISTED = 200
_SPEAKABLE = re.compile(r"[^\W_]")


def hidden_in(text: str) -> tuple[Hidden, ...]:
    """The hidden characters of a text, each run of them with its place in it: `start` and `end` are offsets into this text.

    `words` is what a run spells where it spells something, else the numbers of its characters.
    """
    line, counted = 1, 0
    found: list[Hidden] = []
    for start, end in _runs(text):
        line, counted = line + text.count("\n", counted, start), start
        run = text[start:end]
        found.append(Hidden(_spelled(run), f"line {line:,}", _kind(run), start, end))
    return tuple(found)


def without_hidden(text: str) -> str:
    """The text less what `hidden_in` finds in it, whose offsets are the map of what is gone."""
    pieces, last = [], 0
    for start, end in _runs(text):
        pieces.append(text[last:start])
        last = end
    return "".join((*pieces, text[last:]))


def without_hidden_characters(content: Content) -> Content:
    """What a reader found, less hidden characters; pages and what is hidden otherwise stand at their new offsets.

    Its metadata are without them too, and say nothing of it.
    """
    found = hidden_in(content.text)
    places = _Places(found)
    return replace(
        content,
        text=without_hidden(content.text),
        title=content.title and without_hidden(content.title),
        publisher=content.publisher and without_hidden(content.publisher),
        pages=tuple(map(places.moved, content.pages)),
        hidden=(*(places.moved_hidden(each) for each in content.hidden), *_left_out(content.text, found)),
    )


def _left_out(text: str, found: tuple[Hidden, ...]) -> Iterator[Hidden]:
    """What is left out of a text: what is of one kind on a line as one, since there may be as many runs as letters."""
    runs: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in found:
        runs[each.place, each.how].append(text[each.start : each.end])
    for (place, how), together in islice(runs.items(), _MOST_LISTED):
        yield Hidden(_spelled("".join(together)), place, how)
    rest = [*runs.items()][_MOST_LISTED:]
    if rest:
        ((place, _), _), *_ = rest
        yield Hidden(
            _spelled("".join(run for _, together in rest for run in together)), f"{place} and after", "hidden characters"
        )


def with_hidden_characters(content: Content) -> Content:
    """What a reader found, with its hidden characters kept and listed."""
    return replace(content, hidden=(*content.hidden, *hidden_in(content.text)))


class _Places:
    """Where the characters of a text are once some of them are gone."""

    def __init__(self, gone: tuple[Hidden, ...]) -> None:
        self._starts = [each.start or 0 for each in gone]
        self._ends = [each.end or 0 for each in gone]
        self._before = [0]
        for start, end in zip(self._starts, self._ends, strict=True):
            self._before.append(self._before[-1] + end - start)

    def moved(self, offset: int) -> int:
        """The offset in the shorter text; that of the next character where this one is gone."""
        number = bisect_right(self._starts, offset)
        inside = max(self._ends[number - 1] - offset, 0) if number else 0
        return offset + inside - self._before[number]

    def moved_hidden(self, hidden: Hidden) -> Hidden:
        """What is hidden by other means, where it was kept at its new place."""
        if hidden.start is None or hidden.end is None:
            return hidden
        start = self.moved(hidden.start)
        return replace(hidden, words=without_hidden(hidden.words), start=start, end=max(start, self.moved(hidden.end)))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of characters that are not seen and do not belong where they are."""
    lines = _Lines(text)
    for match in _INVISIBLE.finditer(text):
        start, end = match.span()
        start += _belonging(text, start, end)
        if start < end and not _belongs(text, start, end, lines):
            yield start, end


def _belonging(text: str, start: int, end: int) -> int:
    """How many characters at the beginning of a run belong to what is before it, whatever follows: an emoji's, a flag's."""
    before = text[start - 1 : start]
    if before == _WAVING_FLAG:
        flag = _FLAG.match(text, start, end)
        return flag.end() - start if flag else 0
    alone = end == start + 1 or not re.match(f"[{_SELECTORS}]", text[start + 1])
    return int(text[start] in "\ufe0e\ufe0f" and alone and _takes_presentation(before))


def _belongs(text: str, start: int, end: int, lines: _Lines) -> bool:
    """Whether a run of invisible characters is what writing needs there."""
    run = text[start:end]
    marks = _OF_DIRECTION.findall(run)
    if marks:
        allowed = _OF_DIRECTION if lines.is_right_to_left(start) else _HALVES
        if not all(allowed.match(mark) for mark in marks) or len(marks) > 2 * _MOST_MARKS:
            return False
        if len(_HALVES.findall(run)) > _MOST_MARKS:
            return False
        run = _OF_DIRECTION.sub("", run)
    return not run or (len(run) == 1 and _belongs_between(run, _before(text, start), text[end : end + 1]))


def _before(text: str, start: int) -> str:
    """The character before an offset, less the selector and the tone of skin of an emoji."""
    while start > 0 and (text[start - 1] in "\ufe0e\ufe0f" or "\U0001f3fb" <= text[start - 1] <= "\U0001f3ff"):
        start -= 1
    return text[start - 1 : start] if start else ""


def _belongs_between(character: str, before: str, after: str) -> bool:
    """Whether one invisible character is what writing needs between these two."""
    match character:
        case "\u200d":
            return (_is_emoji(before) and _is_emoji(after)) or _script(before) in _JOINING or _script(after) in _JOINING
        case "\u200c":
            return _script(before) in _JOINING or _script(after) in _JOINING
        case "\u200b" | "\u2060":
            return _is_break(before) or _is_break(after)
        case "\u00ad":
            return before.isalpha() and after.isalpha()
        case "\u034f":
            return unicodedata.category(before or " ").startswith("M") or _script(before) == "HEBREW"
        case "\u1160" | "\u115f":
            return _script(before) == "HANGUL" or _script(after) == "HANGUL"
        case "\u180e" | "\u180b" | "\u180c" | "\u180d" | "\u180f":
            return _script(before) == "MONGOLIAN"
    if "\u2061" <= character <= "\u2064":
        return bool(before.strip() and after.strip())
    return re.match(f"[{_SELECTORS}]", character) is not None and _takes_selector(character, before)


def _takes_presentation(before: str) -> bool:
    """Whether a character can be shown as text or as an emoji."""
    return _is_emoji(before) or before in {*"0123456789#*©®™ℹ‼⁉〰〽㊗㊙"}


def _takes_selector(selector: str, before: str) -> bool:
    """Whether a character has variants: ideographs, signs of mathematics, some scripts."""
    if selector in "\ufe0e\ufe0f":
        return _takes_presentation(before)
    if selector >= "\U000e0100":
        return _script(before) == "CJK"
    return _script(before) in _IDEOGRAPHS or unicodedata.category(before or " ") in {"Sm", "Po", "Pe"} or before == "0"


def _is_emoji(character: str) -> bool:
    """Whether a character is a picture or a sign that emoji are made of."""
    return (
        bool(character)
        and (character >= "\U0001f000" or unicodedata.category(character) in {"So", "Sm"})
        and (character < "\U0001fb00")
    )


def _is_break(character: str) -> bool:
    """Whether a line may have to be broken beside a character without a space: most scripts of Asia, addresses, dashes."""
    return bool(character) and (_script(character) in _WITHOUT_SPACES or unicodedata.category(character)[0] in "PS")


def _script(character: str) -> str:
    """The first word of a character's name, which is its script for letters; nothing where there is no character."""
    return unicodedata.name(character, "").split(" ", 1)[0] if character else ""


class _Lines:
    """Which lines of a text have letters that are written from right to left."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = 0
        self._answer = False

    def is_right_to_left(self, offset: int) -> bool:
        """Whether the line of this offset has such a letter. To be asked in reading order."""
        if offset >= self._end:
            self._start = self._text.rfind("\n", self._end, offset) + 1 or self._end
            end = self._text.find("\n", offset)
            self._end = len(self._text) if end < 0 else end + 1
            line = self._text[self._start : self._end]
            self._answer = any(unicodedata.bidirectional(each) in {"R", "AL"} for each in line if each not in _MARK_SET)
        return self._answer


_MARK_SET = frozenset("\u200e\u200f\u061c")


def _kind(run: str) -> str:
    """What kind of characters a run is of."""
    return next(name for kind, name in _KINDS if kind.search(run))


def _spelled(run: str) -> str:
    """What a run spells: tags are ASCII, selectors are bytes; else the numbers of its characters."""
    letters = "".join(chr(ord(each) - 0xE0000) for each in run if "\U000e0020" <= each <= "\U000e007e")
    for words in (letters, _bytes_of(run).decode("utf-8", "ignore")):
        if _SPEAKABLE.search(words):
            return "".join(each if each.isprintable() else " " for each in words).strip()
    numbers = [f"U+{ord(each):04X}" for each in run[:8]]
    return " ".join(numbers) + (f" and {len(run) - 8:,} more" if len(run) > 8 else "")


def _bytes_of(run: str) -> bytes:
    """The bytes that variation selectors stand for: the first 16 from U+FE00 on, the others from U+E0100 on."""
    return bytes(_BYTES[each] for each in run if each in _BYTES)
