"""Web addresses as messages show them: on one line, not too long, and without a password."""

from __future__ import annotations

import re

_LONGEST = 200  # characters: a message is one line
_USER = re.compile(r"//[^/?#]*@")


def as_shown(url: str) -> str:
    """The address between quotation marks, with dots for a user and a password, and for what is too long to show."""
    shown = _USER.sub("//...@", url.strip())
    return repr(shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}...")
