"""Control characters as a page shows them: what was sent to move a cursor or to break a file becomes a picture of itself."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def pictured(text: str) -> str:
    r"""The text with control characters as their pictures (U+2400 on), but for tabs and line ends; "\r\n" is the line end "\n".

    What has no picture, and what no XML may hold, is U+FFFD.
    """
    return _CONTROL.sub(lambda match: _picture(match[0]), text)


def on_one_line(text: str) -> str:
    r"""The same on one line: each tab and each line end, of which "\r\n" is one, is a space."""
    return pictured(_SPACES.sub(" ", text.replace("\r\n", "\n")))


def _picture(control: str) -> str:
    if control == "\r\n":
        return "\n"
    if control < " ":
        return chr(0x2400 + ord(control))
    return "\N{SYMBOL FOR DELETE}" if control == "\x7f" else "\N{REPLACEMENT CHARACTER}"
