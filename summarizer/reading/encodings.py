"""Text from bytes in any encoding, and what was guessed or lost on the way. Knows charset-normalizer and webencodings.

What the bytes say of themselves goes first (a byte-order mark), then what was declared, then UTF-8, which other encodings are
hardly ever taken for by chance; only then a guess, which is a warning. Nothing is lost without one.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace

import webencodings

from summarizer.errors import SourceError
from summarizer.reading.content import Unreadable
from summarizer.reading.language import language_of

_MARKS = (  # the mark of UTF-32 starts like that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")
_OTHERS = ("cp1251", "cp1253", "cp1255", "cp1256", "koi8_r", "koi8_u", "gb18030", "big5", "cp932", "euc_jp", "cp949")
"""What documents are written in. Among EBCDIC and Macintosh tables, short texts would be taken for those."""
_LATIN_OF = {
    **dict.fromkeys(("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"), "cp1250"),
    **dict.fromkeys(("az", "tr"), "cp1254"),
    **dict.fromkeys(("et", "lt", "lv"), "cp1257"),
}
"""By ISO 639-1 code; all other languages with Latin letters are taken for Western ones."""
_ENOUGH = 8
"""Bytes beyond ASCII that have to be UTF-8 for a text to be in it at all: so many are hardly so by chance."""
_WIDE = (("utf-16-le", 1), ("utf-16-be", 0))
"""Each with the half of every character, first or second, that is empty in ASCII."""
_SO_OFTEN = 0.3
"""Of all bytes: as many NULs, all at even or all at odd offsets, are the empty halves of UTF-16, even in mixed scripts."""
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_UTF8_ACCENTS = re.compile(rb"(?<![\x80-\xff])((?:[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf])+)(?![\x80-\xff])")
"""Accents, dashes and quotation marks in UTF-8, alone among ASCII: in a Latin encoding these bytes make no word."""
_WIDE_STRETCH = re.compile(rb"(?:[^\x00]\x00){8}")
_FEWEST = 4
"""Characters of UTF-16 without a mark: any two bytes are one."""
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
_MISDECLARED = ("cp125", "iso8859", "koi8", "mac", "utf-16", "utf-32")
"""Encodings that take any bytes: that these are UTF-8 is no chance."""
_NO_ENCODING_OF_TEXT = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Python's own codecs, and one in which any text can be written so that no filter sees it."""
_ASCII = frozenset({"ascii", "us-ascii"})
_ADVICE = "save it as text in UTF-8, or as HTML, PDF or DOCX"
_REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without a byte-order mark; `complete` is False where bytes were lost, and `warnings` say how many."""

    text: str
    warnings: tuple[str, ...] = ()
    complete: bool = True


def decoded(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of these bytes; `declared` is the encoding that goes with them, as an e-mail or a web page names it.

    A NUL is left out: it shows nothing, and what stores text would end there. Raises Unreadable for what is no text.
    """
    mark = marked(data)
    if mark:
        return _without_nuls(_mended(data.removeprefix(mark[0]), mark[1]))
    if declared:
        return _without_nuls(_as_declared(data, declared))
    wide = _unmarked_wide(data)
    if wide:
        return wide
    if b"\0" in data:
        return _around_nuls(data)
    return _unmarked(data)


def as_utf8(data: bytes, *, declared: str) -> tuple[bytes, Decoded]:
    """These bytes in UTF-8, and saying so, for a reader that would go by what they say themselves; and what that cost."""
    text = decoded(data, declared=declared)
    return codecs.BOM_UTF8 + text.text.encode("utf-8", "replace"), text


def marked(data: bytes) -> tuple[bytes, str] | None:
    """The byte-order mark that these bytes begin with, and the encoding that it tells; None where there is none."""
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), None)


def wide(data: bytes) -> str | None:
    """The UTF-16 of bytes without a mark, of which every other one is so often NUL that it can be nothing else."""
    for encoding, first in _WIDE:
        if data[first::2].count(0) > _SO_OFTEN * len(data) and 0 not in data[1 - first :: 2]:
            return encoding
    return None


def decode_utf8(data: bytes, name: str) -> str:
    """The text of UTF-8 bytes, with its byte-order mark, where nothing may be guessed. Raises SourceError for any others."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name!r} is not UTF-8 (byte 0x{data[error.start]:02x} at offset {error.start}): if it is in another encoding, "
            "convert it, for instance with iconv -f WINDOWS-1252 -t UTF-8."
        ) from error


def _as_declared(data: bytes, declared: str) -> Decoded:
    """The text in the encoding that was declared, where it is one and the bytes fit it; what they say themselves elsewhere."""
    encoding = known(declared)
    if encoding is None:
        return _noting(_unmarked(data), f"The encoding that it declares, {declared[:40]!r}, is not known.")
    if encoding.startswith(_MISDECLARED) and b"\0" not in data and _is_utf8(data):
        warnings = () if data.isascii() else (f"It declares the encoding {encoding}, and is in UTF-8.",)
        return Decoded(data.decode(), warnings)
    try:
        return _mended(data, encoding)
    except UnicodeError:  # not every codec can replace what it cannot read
        return _noting(_unmarked(data), f"It declares the encoding {encoding}, and is in another.")


def known(declared: str) -> str | None:
    """The name of a text encoding, as Python spells it. Labels mean what they mean on the web: Latin-1 is Windows-1252."""
    label = declared.strip().lower()
    if label in _ASCII:
        return "utf-8"  # which it is part of; what is beyond ASCII may be that
    web = webencodings.lookup(label)
    try:
        found = codecs.lookup(web.codec_info.name if web else label)
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in _NO_ENCODING_OF_TEXT:  # base64 and its like are no text
        return None
    return "gb18030" if found.name == "gbk" else found.name


def _unmarked(data: bytes) -> Decoded:
    """UTF-8, with some bytes lost where most of it is that, or else a guess."""
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":  # cut inside the last character
            return _mended(data, "utf-8")
        return _line_by_line(data) or _place_by_place(data) or _guessed(data)


def _line_by_line(data: bytes) -> Decoded | None:
    """The text of what was put together from UTF-8 and something else; None where there is not enough UTF-8 to be sure."""
    lines = data.splitlines(keepends=True)
    strange = b"".join(line for line in lines if not _is_mostly_utf8(line))
    rest = _mended(b"".join(line if _is_mostly_utf8(line) else b"?" * len(line) for line in lines), "utf-8")
    if len(rest.text.encode()) - sum(map(str.isascii, rest.text)) < _ENOUGH:
        return None
    if not strange:
        return rest
    encoding = _best_guess(strange)
    if encoding is None:
        return _mended(data, "utf-8")
    text = "".join(line.decode(errors="replace") if _is_mostly_utf8(line) else _in_places(line, encoding) for line in lines)
    count = sum(not _is_mostly_utf8(line) for line in lines)
    these = "1 line is" if count == 1 else f"{count:,} lines are"
    warning = f"{these} not in UTF-8 like the rest: read as {_spelled(encoding)}, a guess."
    return _noting(Decoded(text, rest.warnings, rest.complete), warning)


def _place_by_place(data: bytes) -> Decoded | None:
    """The text of Latin letters, some of which are in UTF-8; None where none are, or where it is no Latin text.

    It takes fewer letters than a guess line by line: in one encoding the text would be "CafÃ©".
    """
    rest = _UTF8_ACCENTS.sub(b"", data)
    if rest == data or not _is_sprinkled(rest):
        return None
    encoding = _best_guess(rest)
    if encoding not in _LATIN:
        return None
    inside = len(_UTF8_ACCENTS.findall(data))
    these, others = _places(inside, "is", "are"), _places(len(_BEYOND_ASCII.findall(rest)), "is", "are")
    warning = f"{these} in UTF-8 and {others} not: these were read as {_spelled(encoding)}, a guess."
    return Decoded(_in_places(data, encoding), (warning,))


def _in_places(data: bytes, encoding: str) -> str:
    """The text in an encoding, with what is UTF-8 in a Latin one read as that."""
    pieces = _UTF8_ACCENTS.split(data) if encoding in _LATIN else [data]
    return "".join(piece.decode("utf-8" if n % 2 else encoding, "replace") for n, piece in enumerate(pieces))


def _places(count: int, one: str, many: str) -> str:
    return f"1 place {one}" if count == 1 else f"{count:,} places {many}"


def _mended(data: bytes, encoding: str) -> Decoded:
    """The text with a replacement character for each place that does not fit the encoding."""
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        lost = text.count(_REPLACEMENT)
        return Decoded(
            text,
            (
                f"{_places(lost, 'does', 'do')} not fit its encoding, {encoding} (the first at byte {error.start:,}):"
                " � stands there for what was lost.",
            ),
            complete=False,
        )


def _is_mostly_utf8(line: bytes) -> bool:
    """Whether more letters beyond ASCII are read in it than are not: other encodings give next to none by chance."""
    text = line.decode("utf-8", "replace")
    lost = text.count(_REPLACEMENT)
    return lost == 0 or sum(character > "\x7f" for character in text) > 2 * lost


def _guessed(data: bytes) -> Decoded:
    """The text in the encoding that makes the most sense of it."""
    encoding = _best_guess(data)
    if encoding is None:
        raise Unreadable("holds bytes that make text in no encoding known here", _ADVICE)
    return _as_guessed(data, encoding)


def _best_guess(data: bytes) -> str | None:
    """The encoding that makes the most sense of the bytes; None where none makes any.

    Those for Latin letters make sense of the same bytes, and differ in accents: there the language decides.
    """
    import charset_normalizer  # a tenth of a second, and seldom needed

    sprinkled = _is_sprinkled(data)
    matches = charset_normalizer.from_bytes(data, cp_isolation=[*_LATIN, *(() if sprinkled else _OTHERS)])
    best = matches.best()
    if best is None:
        return "cp1252" if sprinkled and _is_clean(data, "cp1252") else None
    if best.encoding not in _LATIN:
        return best.encoding
    wanted = _LATIN_OF.get(language_of(str(best)), "cp1252")
    return wanted if any(wanted in match.could_be_from_charset for match in matches) else best.encoding


def _is_sprinkled(data: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone, as accents and quotation marks do. Letters of other scripts stand together."""
    runs = _BEYOND_ASCII.findall(data)
    return sum(map(len, runs)) < 1.5 * len(runs)


def _spelled(encoding: str) -> str:
    """The name of an encoding as people know it."""
    return encoding.replace("cp125", "windows-125").replace("_", "-")


def _unmarked_wide(data: bytes) -> Decoded | None:
    """UTF-16 without a mark, as its NULs tell."""
    encoding = wide(data)
    return _as_guessed(data, encoding) if encoding and _is_clean(data, encoding) else None


def _around_nuls(data: bytes) -> Decoded:
    """UTF-8 between NULs, or UTF-16 of a script of which only spaces and stops have a NUL in them. All else is no text."""
    first, rest = data.index(0), data.replace(b"\0", b"")
    if rest and _is_utf8(rest) and not _CONTROLS.search(rest):
        given = Decoded(rest.decode(), (_left_out(data.count(0), first),))
        return _partly_wide(given) if _WIDE_STRETCH.search(data) else given
    for encoding, half in _WIDE:
        if 0 not in data[1 - half :: 2] and _is_clean(data, encoding):
            return _as_guessed(data, encoding)
    raise Unreadable(f"looks like binary data (a NUL byte at offset {first})", _ADVICE)


def _partly_wide(given: Decoded) -> Decoded:
    """Part of it is UTF-16, of which only ASCII was read: other letters there have become signs, or others."""
    warning = (
        "Part of it is in UTF-16, and letters with accents or of other scripts may be lost there: save it in one encoding."
    )
    return replace(_noting(given, warning), complete=False)


def _as_guessed(data: bytes, encoding: str) -> Decoded:
    return Decoded(data.decode(encoding), (f"It does not say in which encoding it is: read as {_spelled(encoding)}, a guess.",))


def _is_clean(data: bytes, encoding: str) -> bool:
    """Whether these bytes are text in this encoding, all of characters that there are."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return len(text) >= _FEWEST and all(
        character.isspace() or unicodedata.category(character) not in _NO_TEXT for character in text
    )


def _without_nuls(given: Decoded) -> Decoded:
    if "\0" not in given.text:
        return given
    text = given.text.replace("\0", "")
    return _noting(Decoded(text, given.warnings, given.complete), _left_out(given.text.count("\0"), given.text.index("\0")))


def _left_out(count: int, first: int) -> str:
    characters = "NUL was" if count == 1 else "NULs were"
    return f"{count:,} {characters} left out, the first at offset {first:,}: text has none, and the file may be damaged there."


def _noting(given: Decoded, warning: str) -> Decoded:
    return Decoded(given.text, (warning, *given.warnings), given.complete)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
