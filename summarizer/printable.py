"""What anybody may have said, as a terminal can show it. A terminal obeys control characters, whoever sent them."""

from __future__ import annotations

_JOINERS = "\u200c\u200d"
"""Not to be seen themselves, and harmless; Persian, Indic scripts and emoji are not readable without them."""


def printable(text: str) -> str:
    r"""The text, with what cannot be shown written in letters: control characters, line ends, half characters (`\x1b`)."""
    return "".join(each if each.isprintable() or each in _JOINERS else repr(each)[1:-1] for each in text)
