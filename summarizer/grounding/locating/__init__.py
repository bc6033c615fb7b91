r"""Where words stand in a text, tolerant of how they were typeset and of nothing that changes what they say.

    locate("the ceasefire can't wait", "He said: “The cease-\nfire can’t wait.”")

What is tolerated: all shapes of quotation marks, apostrophes, dashes and hyphens, all kinds of white space, soft hyphens and
words divided at the end of a line, ligatures, full-width forms, accents composed or not, the case of the first letter, what a
reader does not see, and one marked elision inside a sentence. Every other difference is one: a word more or less, another
number, another order, a part of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.grounding.locating.elisions import leaves_nothing_out
from summarizer.grounding.locating.typesetting import HYPHENS, SINGLE_QUOTES, Row, joined, row_of, tokens

How = Literal["exact", "typographic", "elided"]

_SOFT_HYPHEN = "\u00ad"
_DIVIDING = ("-", _SOFT_HYPHEN)
"""What stands at a line end in the middle of a word."""
_ELISION = re.compile(r"\[\s?(?:…|\.\.\.)\s?\]|\(\s?(?:…|\.\.\.)\s?\)|…|\.\.\.")
FEWEST_WORDS = 2
"""Words on each side of an elision: a single one stands nearly anywhere."""
LONGEST_ELISION = 200
"""Tokens: no sentence is longer."""
APOSTROPHES = f"{SINGLE_QUOTES}＇"
UNITS = "%٪‰°€$£¥₴₽¢₹￥％"
"""What belongs to the number that it touches."""
_GROUPING = frozenset("\u00a0\u2009\u202f")
"""Spaces between the groups of three digits of one number."""
_GROUP = 3
MOST_PLACES = 2_000
"""Where the same words stand so often, no more of the places are looked at."""
ELIDED_ARTICLES = frozenset((
    *("l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"),
    *("dell", "all", "nell", "sull", "dall", "un", "quest", "quell", "gl"),
))  # fmt: skip
"""What French and Italian write before a word with an apostrophe, so that a word begins after it."""


@dataclass(frozen=True, slots=True)
class Match:
    """Words that were found: `text[start:end]`, in code points, half-open.

    `how`: `exact`, character for character; `typographic`, but for how they were typeset; `elided`, in two parts, whose
    places are the two `spans`. Otherwise there is one span, the whole.
    """

    start: int
    end: int
    how: How
    spans: tuple[tuple[int, int], ...]


def locate(words: str, text: str) -> Match | None:
    """Where the words stand in the text as whole words, or None. The first exact place goes before a typographic one."""
    parts = _parts(words)
    row = row_of(text)
    whole = _whole(words, row)
    if whole is not None or len(parts) > 2:
        return whole
    if len(parts) == 1 and parts[0] != words:  # "... words ...": what is marked is that the quotation goes on
        inner = _whole(parts[0], row)
        return inner and replace(inner, how="typographic")
    return _elided(parts[0], parts[1], row) if len(parts) == 2 else None


def _parts(words: str) -> list[str]:
    """What stands between the marks of elision."""
    return [part for part in map(str.strip, _ELISION.split(words)) if part]


def _whole(words: str, row: Row) -> Match | None:
    first = None
    sought, target = _comparable(words, row)
    for begin, end in _places(sought, target):
        place = target.starts[begin], target.ends[end - 1]
        if row.text[slice(*place)] == words:
            return Match(*place, "exact", (place,))
        first = first or place
    return Match(*first, "typographic", (first,)) if first else None


def _elided(before: str, after: str, row: Row) -> Match | None:
    """Both parts in one sentence, the nearest that there are, where nothing that matters stands between them."""
    sought, target = _comparable(f"{before}\n{after}", row)
    cut = len(tokens(before).values)
    heads = _places(sought[:cut], target)
    head = following = next(heads, None)
    if min(_count_words(sought[:cut]), _count_words(sought[cut:])) < FEWEST_WORDS:
        return None
    for begin, end in _places(sought[cut:], target, any_case=False):
        while following is not None and following[1] <= begin:
            head, following = following, next(heads, None)
        if head is None or head[1] > begin or begin - head[1] > LONGEST_ELISION:
            continue
        if leaves_nothing_out(target, head[1], begin):
            spans = (target.starts[head[0]], target.ends[head[1] - 1]), (target.starts[begin], target.ends[end - 1])
            return Match(spans[0][0], spans[1][1], "elided", spans)
    return None


def _count_words(values: Sequence[str]) -> int:
    return sum(value[0].isalnum() for value in values)


def _comparable(words: str, row: Row) -> tuple[tuple[str, ...], Row]:
    """The tokens of the words, and the row of the text, with those in one piece that only a line end divides."""
    sought = joined(tokens(words), row.vocabulary).values
    return sought, joined(row, frozenset(sought))


def _places(sought: Sequence[str], row: Row, *, any_case: bool = True) -> Iterator[tuple[int, int]]:
    """Where these tokens stand as whole words: indexes of the first, and of the one after the last. In order, of each case."""
    for values in (sought, *([_with_other_case(sought)] if any_case else ())):
        encoded = row.encode(values)
        if not encoded:
            continue
        begin, looked_at = row.encoded.find(encoded), 0
        while begin >= 0 and looked_at < MOST_PLACES:
            looked_at += 1
            end = begin + len(encoded)
            if _begins_a_word(row, begin) and _ends_a_word(row, end - 1):
                yield begin, end
            begin = row.encoded.find(encoded, begin + 1)


def _with_other_case(values: Sequence[str]) -> Sequence[str]:
    """The tokens with the first letter small instead of capital, or the other way round; none where that makes no sense."""
    for index, value in enumerate(values):
        if value[0].isalpha():
            other = value[0].swapcase()
            return [*values[:index], other + value[1:], *values[index + 1 :]] if len(other) == 1 and other != value[0] else ()
    return ()


def _begins_a_word(row: Row, index: int) -> bool:
    """Whether the token is not the end of something longer: of a compound, a contraction, an amount."""
    start = row.starts[index]
    if row.kinds[start] not in "wd":
        return True
    if index and row.values[index - 1] in _DIVIDING and _is_line_end(row, index - 1):
        return False
    if index and _goes_on_in_groups(row, index - 1):
        return False
    before = _seen(row, start - 1, -1)
    kind, further = row.kinds[before : before + 1] if before >= 0 else "", _seen(row, before - 1, -1)
    follows_word = further >= 0 and row.kinds[further] in "wdm"
    number = row.kinds[start] == "d"
    match kind:
        case "-":
            tight = row.text[before] in HYPHENS or (number and row.kinds[further : further + 1] == "d")
            return not tight if follows_word else not number
        case "q" if row.text[before] in APOSTROPHES and follows_word:
            return index > 1 and row.values[index - 2].casefold() in ELIDED_ARTICLES
        case "." | ",":
            return follows_word or not number
        case _:
            return not (number and before >= 0 and row.text[before] in UNITS)


def _ends_a_word(row: Row, index: int) -> bool:
    """Whether the token is not the beginning of something longer."""
    last = row.ends[index] - 1
    if row.kinds[last] not in "wdm" or row.kinds[row.starts[index]] == "i":
        return True
    if _goes_on_in_groups(row, index):
        return False
    if row.values[index + 1 : index + 2] == (_SOFT_HYPHEN,) and _is_line_end(row, index + 1):
        return False
    after = _seen(row, last + 1, 1)
    kind, further = row.kinds[after : after + 1], _seen(row, after + 1, 1)
    before_word = row.kinds[further : further + 1] in ("w", "d")
    number = row.kinds[row.starts[index]] == "d"
    match kind:
        case "-":
            if _is_line_end(row, index + 1):
                return False
            tight = row.text[after] in HYPHENS or (number and row.kinds[further : further + 1] == "d")
            return not (before_word and tight)
        case "q" if row.text[after] in APOSTROPHES and before_word:
            return row.values[index + 2].casefold() == "s" or row.values[index].casefold() in ELIDED_ARTICLES
        case _:
            return not (number and kind and row.text[after] in UNITS)


def _goes_on_in_groups(row: Row, index: int) -> bool:
    """Whether the next token is three more digits of the number that this one is: "3 500", with a space that does not break."""
    if index + 1 >= len(row.values) or row.text[row.ends[index] : row.starts[index + 1]] not in _GROUPING:
        return False
    return row.values[index].isdecimal() and row.values[index + 1].isdecimal() and len(row.values[index + 1]) == _GROUP


def _is_line_end(row: Row, index: int) -> bool:
    """Whether a line ends in this dash, in the middle of a word."""
    if not 0 < index < len(row.values) - 1 or row.ends[index - 1] != row.starts[index]:
        return False
    return "n" in row.kinds[row.ends[index] : row.starts[index + 1]] and row.kinds[row.starts[index + 1]] in "wd"


def _seen(row: Row, offset: int, step: int) -> int:
    """The next character from here on that a reader sees."""
    while 0 <= offset < len(row.kinds) and row.kinds[offset] in "uh":
        offset += step
    return offset
