"""Control characters as a page shows them: what was sent to move a cursor or to break a file becomes a picture of itself."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"\r\n|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NEVER = re.compile(r"[\x80-\x9f\ufffe\uffff]")  # what a terminal obeys and has no picture; what no XML may hold


def pictured(text: str) -> str:
    r"""The text with control characters as their pictures, but for tabs and line ends; "\r\n" is the line end "\n".

    Half characters (lone surrogates) become U+FFFD.
    """
    return _CONTROL.sub(lambda match: _picture(match[0]), text)


def on_one_line(text: str) -> str:
    r"""The same on one line: each tab and each line end, of which "\r\n" is one, is a space.

    For terminals and XML files: control characters without a picture, and what is no character, become U+FFFD.
    """
    return _NEVER.sub("\N{REPLACEMENT CHARACTER}", pictured(_SPACES.sub(" ", text.replace("\r\n", "\n"))))


def _picture(control: str) -> str:
    match control:
        case "\r\n":
            return "\n"
        case "\x7f":
            return "\N{SYMBOL FOR DELETE}"
        case _ if control < " ":
            return chr(0x2400 + ord(control))
        case _:
            return "\N{REPLACEMENT CHARACTER}"
