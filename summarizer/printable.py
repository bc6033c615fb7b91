"""What anybody may have said, as a terminal can show it. A terminal obeys control characters, whoever sent them."""

from __future__ import annotations

import re

_OBEYED = re.compile("[\x7f-\x9f\u2028\u2029]")
"""What JSON lets stand as it is, and terminals or readers of lines obey."""
_JOINERS = "\u200c\u200d"
"""Not to be seen themselves, and harmless; Persian, Indic scripts and emoji are not readable without them."""


def printable(text: str) -> str:
    r"""The text, with what cannot be shown written in letters: control characters, line ends, half characters (`\x1b`)."""
    return "".join(each if each.isprintable() or each in _JOINERS else repr(each)[1:-1] for each in text)


def printable_json(json: str) -> str:
    r"""The same JSON, with what a terminal would obey written as `\u009b`: whoever reads it has the same text."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", json)
