"""Text as a row of words and marks, so that it can be compared without regard to how it was typeset.

Typesetting is which quotation mark, dash, space or ligature stands where, whether an accent is a character of its own, where
a line ends, and what a reader does not see at all. Each word and each mark is a token; white space is none. Texts that a
typesetter would call the same have the same tokens. Letters are never folded: another letter makes another word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

SINGLE_QUOTES = "'‘’‚‛′‵‹›`´ʼʹ"
DOUBLE_QUOTES = '"“”„‟″‶«»〝〞〟❝❞「」『』'
HYPHENS = "-‐‑﹣"
DASHES = HYPHENS + "‒–—―−﹘⸺⸻"

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
"""Of the compatibility characters only those that typesetters put in: NFKC would also turn 10² into 102."""

FEWEST_DOTS = 3
LONGEST_WORD = 1_000
"""Code points. To bring a million accents into order takes for ever, and no word has them."""

_SOFT_HYPHEN = "\u00ad"
_LINE_BREAKS = "\n\v\f\x85\u2028\u2029"  # a carriage return is a space before one

# The kinds of characters, a letter each; words are found in the row of these letters. w: letter, d: digit, i: letter of a
# script without spaces between words, m: mark on the character before, s: space, n: line break, q: quotation mark or
# apostrophe, -: dash, h: soft hyphen, full stop and comma: what may stand in a number, u: unseen, o: other, a token of its own.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u312f\u31a0-\u31ff\u3400-\u9fff\uf900-\ufaff"
    "\U00016fe0-\U00018fff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
_VARIATION = re.compile("[\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SEEN_FORMATS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
_TOKEN = re.compile(r"d+(?:[.,]d+)*[wdm]*|w[wdm]*|im*|\.{3,}|[^sn]")
_LINE_END = re.compile(r"(?<=[wdm])-(?=s*ns*[wd])")


@dataclass(frozen=True, eq=False)  # compared and hashed as the object that it is: texts are long
class Row:
    """The tokens of a text: what each is, and where it begins and ends, in code points.

    `kinds` says of each character of the text what it is. `line_ends` are the indexes of the dashes at which a line ends:
    they may belong to a compound or only to the line.
    """

    text: str
    kinds: str
    values: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    line_ends: tuple[int, ...]

    @cached_property
    def vocabulary(self) -> dict[str, str]:
        """A character of its own for each different token."""
        return {value: chr(number) for number, value in enumerate(dict.fromkeys(self.values))}

    @cached_property
    def encoded(self) -> str:
        """The tokens, a character each: a row of tokens is found in another as a string in a string."""
        return "".join(map(self.vocabulary.__getitem__, self.values))

    def encode(self, values: Sequence[str]) -> str | None:
        """Other tokens as this row would write them; None when it has no such token."""
        written = [self.vocabulary.get(value) for value in values]
        return None if None in written else "".join(letter for letter in written if letter)


def tokens(text: str) -> Row:
    """The tokens of a text."""
    all_kinds = text.translate(_KIND_OF)
    seen, offsets = _without_unseen(text, all_kinds)
    kinds = seen.translate(_KIND_OF).replace("h", "-")
    spans = [match.span() for match in _TOKEN.finditer(kinds)]
    dashes = {match.start() for match in _LINE_END.finditer(kinds)}
    return Row(
        text=text,
        kinds=all_kinds,
        values=tuple(_values(seen, kinds, spans)),
        starts=tuple(offsets[start] for start, _ in spans),
        ends=tuple(offsets[end - 1] + 1 for _, end in spans),
        line_ends=tuple(index for index, (start, _) in enumerate(spans) if start in dashes),
    )


row_of = lru_cache(maxsize=64)(tokens)
"""The tokens of a text, kept for the texts that were asked about last."""


def joined(row: Row, words: Collection[str]) -> Row:
    """The row with those words in one piece that a line end divides and that are among `words`."""
    whole = {
        index
        for index in row.line_ends
        if 0 < index < len(row.values) - 1 and row.values[index - 1] + row.values[index + 1] in words
    }
    if not whole:
        return row
    return Row(row.text, row.kinds, *_in_one_piece(row, whole), line_ends=())


def _in_one_piece(row: Row, whole: set[int]) -> tuple[tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    values: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    index = 0
    while index < len(row.values):
        if index in whole:
            values[-1] += row.values[index + 1]
            ends[-1] = row.ends[index + 1]
            index += 2
            continue
        values.append(row.values[index])
        starts.append(row.starts[index])
        ends.append(row.ends[index])
        index += 1
    return tuple(values), tuple(starts), tuple(ends)


def _without_unseen(text: str, kinds: str) -> tuple[str, Sequence[int]]:
    """The characters that a reader sees, and where each stands. A soft hyphen is seen where a line ends in it."""
    if "u" not in kinds and "h" not in kinds:
        return text, range(len(text))
    shown = [index for index, kind in enumerate(kinds) if kind != "u" and (kind != "h" or _ends_line(kinds, index))]
    return "".join(text[index] for index in shown), shown


def _ends_line(kinds: str, index: int) -> bool:
    following = index + 1
    while kinds[following : following + 1] == "s":
        following += 1
    return kinds[following : following + 1] == "n"


def _values(text: str, kinds: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """The tokens as all typesettings of them are written."""
    is_open = False
    for start, end in spans:
        kind = kinds[start]
        if kind == "q":
            inside = kinds[start - 1 : start] in ("w", "d", "m") and kinds[end : end + 1] in ("w", "d")
            # 5' is feet, 5" is inches, where no quotation is open that this may close.
            measured = kinds[start - 1 : start] == "d" and not is_open
            is_open ^= not (inside or measured)
            yield text[start].translate(_WRITTEN) if measured else '"'
        elif kind == "." and end - start >= FEWEST_DOTS:
            yield "…"
        else:
            yield _as_written_once(text[start:end])


def _as_written_once(token: str) -> str:
    if token.isascii():
        return token
    token = token.translate(_WRITTEN)
    return unicodedata.normalize("NFC", token) if len(token) <= LONGEST_WORD else token


def _as_written() -> dict[int, str]:
    """One way of writing for each character that typesetters have several for."""
    table = {ord(ligature): letters for ligature, letters in LIGATURES.items()}
    table |= {ord(quote): "'" for quote in SINGLE_QUOTES} | {ord(quote): '"' for quote in DOUBLE_QUOTES}
    table |= {ord(dash): "-" for dash in DASHES}
    for code in range(0xFF01, 0xFF5F):  # full-width forms
        table[code] = table.get(code - 0xFEE0, chr(code - 0xFEE0))
    return table


_WRITTEN = _as_written()


class _KindOf(dict[int, str]):
    """The kind of each character, looked up when it is first met."""

    def __missing__(self, code: int) -> str:
        kind = self[code] = _kind(chr(code))
        return kind


_KIND_OF = _KindOf()


def _kind(character: str) -> str:
    written = _WRITTEN.get(ord(character), character)
    if character == _SOFT_HYPHEN:
        return "h"
    if character in _LINE_BREAKS:
        return "n"
    if character.isspace():
        return "s"
    if written in ("'", '"'):
        return "q"
    if written == "-":
        return "-"
    if written == ".":
        return "."
    if written in (",", ":", "/", "٫", "٬"):
        return ","
    if _UNSPACED.match(character):
        return "m" if unicodedata.category(character).startswith("M") else "i"
    return _kind_by_category(written[0])


def _kind_by_category(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return "d"
    if category[0] in "LN" or character == "_":
        return "w"
    if (category == "Cf" and character not in _SEEN_FORMATS) or _VARIATION.match(character):
        return "u"
    return "m" if category[0] == "M" else "o"
