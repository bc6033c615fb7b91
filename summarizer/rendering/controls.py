r"""Control characters as something to look at: terminals, viewers and parsers obey them, whoever sent them."""

from __future__ import annotations

import re

_CONTROL = re.compile(r"\r\n|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_END = re.compile(r"[\t\n\u2028\u2029]")
_FIRST_PICTURE = 0x2400
_ESCAPE = "\N{SYMBOL FOR ESCAPE}"
_TURNS, _POP_TURN = "\u202a\u202b\u202d\u202e", "\u202c"
_ISOLATES, _POP_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_NO_CHARACTERS = str.maketrans("\ufffe\uffff", "\ufffd\ufffd")


def pictured(text: str) -> str:
    r"""The text with each control character as its picture (U+2400 on), but for tabs and line ends; "\r\n" becomes "\n".

    Those from U+0080 to U+009F have no pictures; they are shown as the two characters that mean the same (ECMA-48):
    U+009B, with which terminals begin a command, as "␛[". Half characters, which no file can hold, are U+FFFD.
    """
    return _CONTROL.sub(lambda match: _picture(match[0]), text)


def on_one_line(text: str) -> str:
    """The same on one line: each tab and each line end is a space."""
    return _LINE_END.sub(" ", pictured(text))


def in_its_own_direction(text: str) -> str:
    """The text, with what turns the direction of writing in it closed at its end: what stands behind it is not turned."""
    open_, isolates = 0, 0
    for each in text:
        if each in _TURNS:
            open_ += 1
        elif each in _ISOLATES:
            isolates += 1
        elif each == _POP_TURN:
            open_ = max(0, open_ - 1)
        elif each == _POP_ISOLATE:
            isolates = max(0, isolates - 1)
    return text + _POP_TURN * open_ + _POP_ISOLATE * isolates


def fit_for_xml(text: str) -> str:
    """The same, with U+FFFD for the two characters that XML cannot hold even so. Workbooks and Word documents are XML."""
    return pictured(text).translate(_NO_CHARACTERS)


def _picture(control: str) -> str:
    if control == "\r\n":
        return "\n"
    code = ord(control)
    if code == 0x7F:  # of ASCII the only one that is not among the first 32
        return "\N{SYMBOL FOR DELETE}"
    if code > 0x9F:
        return "\N{REPLACEMENT CHARACTER}"
    return chr(_FIRST_PICTURE + code) if code < 0x20 else _ESCAPE + chr(code - 0x40)
