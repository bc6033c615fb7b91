"""Web addresses as messages show them: on one line, not too long, and without a password."""

from __future__ import annotations

import re

_LONGEST = 200  # characters: a message is one line
_USER = re.compile(r"^([^:]*:/*).*@", re.DOTALL)


def as_shown(url: str) -> str:
    """The address between quotation marks, with dots up to its last "@" (a password may hold any mark) and for what is long."""
    shown = _USER.sub(r"\1...@", url.strip())
    return repr(shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}...")
