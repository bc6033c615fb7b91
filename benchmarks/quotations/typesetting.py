"""Quotations and texts set anew: other characters that a reader takes for the same. Each operator changes all that it can.

An operator leaves both edges of what it is given alone, so that a text can be set anew in three pieces, a quotation and what
stands around it, and the place of the quotation is known without any search.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

Typesetting = Callable[[str, Random], str]
"""The same words in other type; unchanged where there is nothing that the operator could set anew."""

_QUOTATION_MARKS = re.compile('["“”„‟«»]')
_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")
_HYPHENS = re.compile(r"(?<=\w)-(?=\w)|(?<!\S)-(?=\d)")
_DASHES = re.compile("[–—]")
_SPACES = re.compile(r"(?<=\S) (?=\S)")
_LIGATURES = (("ffi", "ﬃ"), ("ffl", "ﬄ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ"))
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_IN_WORD = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
_LONG_WORD = re.compile(r"(?<![\w\u200c'’-])[^\W\d_]{6,}(?![\w\u200c'’-])")
_COMPOUND = re.compile(r"(?<=[0-9A-Za-zÀ-ɏА-я])-(?=[A-Za-zÀ-ɏА-я])")
_ALPHABETIC = re.compile(r"[A-Za-zÀ-ɏͰ-ԯ]+")


def quotation_marks(text: str, random: Random) -> str:
    """Double quotation marks of another shape, or single ones."""
    opening, closing = random.choice(("“”", "„“", "«»", "»«", '""', "‘’", "「」", "‹›", "＂＂"))
    seen: list[str] = []

    def other(found: re.Match[str]) -> str:
        seen.append(found[0])
        return opening if found[0] in "“„«" or (found[0] == '"' and len(seen) % 2) else closing

    return _QUOTATION_MARKS.sub(other, text)


def apostrophes(text: str, random: Random) -> str:
    """Apostrophes of another shape."""
    return _APOSTROPHES.sub(random.choice("'’‘ʼ´`＇"), text)


def hyphens(text: str, random: Random) -> str:
    """Hyphens and minus signs of another shape."""
    return _HYPHENS.sub(random.choice("‐‑‒–−﹣－"), text)


def dashes(text: str, random: Random) -> str:
    """Dashes of another length."""
    return _DASHES.sub(random.choice("‒–—―"), text)


def spaces(text: str, random: Random) -> str:
    """Spaces of another width, or several."""
    kinds = ("\u00a0", "\u2009", "\u202f", "\u2003", "\u200a", "\u3000", "\t", "  ", " \u00a0 ")
    return _SPACES.sub(lambda found: random.choice(kinds), text)


def line_breaks(text: str, random: Random) -> str:
    """Lines that end between words."""
    kinds = ("\n", "\r\n", "\n  ", " \n")
    return _SPACES.sub(lambda found: random.choice(kinds) if random.random() < 0.2 else " ", text)


def soft_hyphens(text: str, random: Random) -> str:
    """Places where a word may be divided."""
    return _sprinkled(text, "\u00ad", random)


def unseen(text: str, random: Random) -> str:
    """Characters without width."""
    return _sprinkled(text, random.choice(("\u200b", "\u2060", "\ufeff")), random)


def joiners(text: str, random: Random) -> str:
    """Joiners and non-joiners between letters that they do nothing to."""
    joiner = random.choice(("\u200c", "\u200d"))
    return _ALPHABETIC.sub(lambda found: _sprinkled(found[0], joiner, random), text)


def without_joiners(text: str, random: Random) -> str:
    """Persian without the joiners that many keyboards lack."""
    return text.replace("\u200c", "")


def directions(text: str, random: Random) -> str:
    """Marks and isolates of the direction of writing around words."""
    opening, closing = random.choice(
        (("\u200e", ""), ("\u200f", ""), ("\u202a", "\u202c"), ("\u2067", "\u2069"), ("", "\u061c"))
    )
    return re.sub(r"(?<= )(\w+)(?= )", lambda found: opening + found[1] + closing, text)


def hyphenated(text: str, random: Random) -> str:
    """Long words divided at the end of a line."""
    return _LONG_WORD.sub(lambda found: _divided(found[0], random) if random.random() < 0.4 else found[0], text)


def compounds_broken(text: str, random: Random) -> str:
    """Lines that end after the hyphen of a compound."""
    return _COMPOUND.sub(random.choice(("-\n", "-\r\n", "‐\n")), text)


def ligatures(text: str, random: Random) -> str:
    """Ligatures in the place of letters."""
    for letters, ligature in _LIGATURES:
        text = text.replace(letters, ligature)
    return text


def full_width(text: str, random: Random) -> str:
    """Latin letters, figures and punctuation as wide as Chinese ones."""
    return text.translate(_FULL_WIDTH)


def decomposed(text: str, random: Random) -> str:
    """Accents, vowel signs and Korean letters as characters of their own."""
    return unicodedata.normalize("NFD", text)


def first_letter(text: str, random: Random) -> str:
    """Another case of the first letter. What that makes another word, capitals alone, stays."""
    word = text.split()[0] if text.strip() else ""
    if word[1:] != word[1:].lower() or len(word[:1].swapcase()) != 1:
        return text
    return text[:1].swapcase() + text[1:]


def blank_edges(text: str, random: Random) -> str:
    """White space and what no reader sees around a quotation. Not for a piece of a text: there it would move its place."""
    edges = (" ", "\n", "\u00a0", "\ufeff", "\u200b", "\u200e", "\u2009")
    return random.choice(edges) + text + random.choice(edges)


def _sprinkled(text: str, character: str, random: Random) -> str:
    """The text with the character at some places inside words."""
    return _IN_WORD.sub(lambda found: character if random.random() < 0.15 else "", text)


def _divided(word: str, random: Random) -> str:
    """The word at the end of a line and the beginning of the next; before a mark that belongs to a letter it stays whole."""
    place = random.randint(2, len(word) - 3)
    if (
        unicodedata.combining(word[place])
        or unicodedata.category(word[place]).startswith("M")
        or not _ALPHABETIC.fullmatch(word)
    ):
        return word
    return word[:place] + random.choice(("-\n", "-\n", "-\r\n", "‐\n", "\u00ad\n", "- \n  ")) + word[place:]


EVERYWHERE: dict[str, Typesetting] = {
    "quotation marks": quotation_marks,
    "apostrophes": apostrophes,
    "hyphens and minus signs": hyphens,
    "dashes": dashes,
    "spaces": spaces,
    "line breaks": line_breaks,
    "soft hyphens": soft_hyphens,
    "zero-width characters": unseen,
    "joiners between letters": joiners,
    "joiners left out": without_joiners,
    "marks of direction": directions,
    "words divided at a line end": hyphenated,
    "compounds broken at a line end": compounds_broken,
    "ligatures": ligatures,
    "full-width forms": full_width,
    "decomposed accents": decomposed,
}
"""What a quotation and a text may be subject to alike."""
