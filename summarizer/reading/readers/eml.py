"""E-mails: what a mail says, in the plain form that its sender gave it, else in its web form.

Its subject is the title, its sender the publisher. Mails that are forwarded in it follow its text. Other attachments
are sources of their own: they are named, not read. Parts are decoded here and not by the standard library, which replaces
what it cannot decode without a word.
"""

from __future__ import annotations

import base64
import email.errors
import email.header
import email.utils
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message

from summarizer.document import Hidden
from summarizer.reading.content import Content, Unreadable, attachments, listed
from summarizer.reading.encodings import as_utf8, decoded, marked
from summarizer.reading.readers import READERS

_BETWEEN_PARTS = "\n\n"
_DEEPEST = 50
"""Parts inside parts; forwarded mails of mails have a dozen."""
_LONGEST_HEADER = 5_000
"""Code points of a header field; what is behind them takes the standard library the square of its length."""
_STUB = 200
"""Letters: a plain form that is shorter may only say that there is a web form."""
_ALIKE = 0.01
"""The share of the words of one form that the other may lack."""
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"<?\b(?:https?://|www\.|mailto:)[^\s>]*>?")
_MAIL_OF_A_MAILBOX = re.compile(rb"^From \S[^\n]*\d{4}\r?\n(?=[!-9;-~]+:)", re.MULTILINE)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_TORN = (
    email.errors.CloseBoundaryNotFoundDefect,
    email.errors.StartBoundaryNotFoundDefect,
    email.errors.NoBoundaryInMultipartDefect,
)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What is in a mail: the parts that are its text, in order, the names of what is attached, the mails that it forwards."""

    texts: tuple[Message, ...] = ()
    attached: tuple[str, ...] = ()
    forwarded: tuple[tuple[Message, int], ...] = ()
    """Each with the number of parts that it is inside of."""
    web_form: Message | None = None
    """Of a text in two forms, the one that is not among `texts`."""


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    """The text of the mail. Raises Unreadable for a mail without any, and for several in one file."""
    mail = _parsed(data)
    read, attached = _whole(mail, keep_hidden=keep_hidden)
    if not read.text.strip() and not read.hidden:
        raise Unreadable(*_no_text(attached))
    torn = any(isinstance(defect, _TORN) for part in mail.walk() for defect in part.defects)
    damage = ("The e-mail is cut off or damaged: parts of it have no end.",) if torn else ()
    return replace(
        read,
        title=_header(mail, "subject"),
        published=_day(_header(mail, "date")),
        publisher=_sender(_header(mail, "from")),
        warnings=(*damage, *read.warnings, *attachments(attached)),
        complete=read.complete and not torn,
    )


def _parsed(data: bytes) -> Message:
    if marked(data):  # headers begin a mail, and no mark of an encoding
        data = decoded(data).text.encode("utf-8", "replace")
    if data.startswith(b"From ") and len(_MAIL_OF_A_MAILBOX.findall(data)) > 1:
        raise Unreadable("holds several e-mails", "save each as a file of its own")
    try:
        return message_from_bytes(data)
    except RecursionError as error:
        raise _nested_too_deeply() from error


def _whole(mail: Message, depth: int = 0, *, keep_hidden: bool) -> tuple[Content, tuple[str, ...]]:
    """The text of a mail and of those that it forwards, and the names of what is attached to any of them."""
    parts = _parts(mail, depth)
    read = _joined([_read(part, keep_hidden=keep_hidden) for part in parts.texts])
    if parts.web_form:
        read = _beside(read, parts.web_form, keep_hidden=keep_hidden)
    texts, attached = [read] if parts.texts else [], [*parts.attached]
    for inside, level in parts.forwarded:
        text, names = _whole(inside, level, keep_hidden=keep_hidden)
        attached += names
        if text.text.strip() or text.hidden:
            texts += [Content(_above(inside)), text]
    return _joined(texts), tuple(attached)


def _above(forwarded: Message) -> str:
    """The line that stands above a forwarded mail."""
    sender = _sender(_header(forwarded, "from")) or "somebody"
    return f"Forwarded e-mail from {sender}: {_header(forwarded, 'subject') or 'without a subject'}"


def _nested_too_deeply() -> Unreadable:
    return Unreadable("is an e-mail of too many parts inside parts", "open it, and save its text")


def _parts(part: Message, depth: int = 0) -> _Parts:
    """What is in a part of a mail, or in all of it."""
    if depth > _DEEPEST:
        raise _nested_too_deeply()
    kind = part.get_content_type()
    if part.is_multipart() and kind != "message/rfc822":
        inside = [_parts(child, depth + 1) for child in part.get_payload() if isinstance(child, Message)]
        return _one_of(inside) if kind == "multipart/alternative" else _all_of(inside)
    forwarded = _forwarded(part)
    if forwarded is not None:
        return _Parts(forwarded=((forwarded, depth + 1),))
    is_text = kind in {"text/plain", "text/html"} or part.get_content_maintype() == "multipart"  # one that has no parts
    if is_text and (depth == 0 or not (part.get_filename() or part.get_content_disposition() == "attachment")):
        return _Parts(texts=(part,))
    if part.get("content-id") and part.get_content_maintype() == "image":
        return _Parts()  # shown in the text, and says nothing
    return _Parts(attached=(_name(part),))


def _forwarded(part: Message) -> Message | None:
    """The mail that a part is, also where it was wrapped in base64, as the standard forbids and programs do."""
    inside = part.get_payload()
    if part.get_content_type() != "message/rfc822" or not isinstance(inside, list) or not isinstance(inside[0], Message):
        return None
    words = inside[0].get_payload()
    if str(part.get("content-transfer-encoding", "")).strip().lower() != "base64" or not isinstance(words, str):
        return inside[0]
    return _parsed(_from_base64(words.encode("ascii", "replace"))[0])


def _all_of(inside: Sequence[_Parts]) -> _Parts:
    return _Parts(
        tuple(text for parts in inside for text in parts.texts),
        tuple(name for parts in inside for name in parts.attached),
        tuple(mail for parts in inside for mail in parts.forwarded),
        next((parts.web_form for parts in inside if parts.web_form), None),
    )


def _one_of(forms: Sequence[_Parts]) -> _Parts:
    """Of the same text in several forms, the plain one; where there is none, the last, which is the best by the standard."""
    attached = tuple(name for form in forms for name in form.attached)
    forwarded = tuple(mail for form in forms for mail in form.forwarded)
    written = [form for form in forms if form.texts]
    plain = next((form for form in written if all(map(_is_plain, form.texts))), None)
    if plain is None:
        return _Parts(written[-1].texts if written else (), attached, forwarded)
    other = next((text for form in written for text in form.texts if not _is_plain(text)), None)
    return _Parts(plain.texts, attached, forwarded, other)


def _is_plain(part: Message) -> bool:
    return part.get_content_type() != "text/html"


def _read(part: Message, *, keep_hidden: bool) -> Content:
    """The text of one part, in whichever form it is."""
    data, damage = _unwrapped(part)
    declared = part.get_content_charset()
    if _is_plain(part):
        text = decoded(data, declared=declared)
        return Content(text.text, warnings=(*damage, *text.warnings), complete=text.complete and not damage)
    complete = not damage
    if declared:  # goes before what the page declares of itself
        data, text = as_utf8(data, declared=declared)
        damage, complete = (*damage, *text.warnings), complete and text.complete
    reader = READERS["html"]
    if reader.most_bytes is not None and len(data) > reader.most_bytes:
        raise Unreadable(f"has a web form of more than {reader.most_bytes:,} bytes", "open it, and save its text")
    page = reader.load()(data, keep_hidden=keep_hidden)  # here: this is a process of its own already
    return replace(page, warnings=(*damage, *page.warnings), complete=page.complete and complete)


def _beside(plain: Content, web_form: Message, *, keep_hidden: bool) -> Content:
    """The plain form, with a warning where the two say different things; the web form, where the plain one says nearly nothing.

    "Your program cannot show this mail" is a plain form too, and a mail may say to people what it does not say to programs.
    """
    try:
        page = _read(web_form, keep_hidden=keep_hidden)
    except Unreadable:
        return plain
    if _letters(plain.text) < _STUB and _letters(page.text) > 2 * _letters(plain.text):
        return replace(page, warnings=("Its plain form says little: its web form was read.", *page.warnings))
    more, less = _words_beyond(page.text, plain.text), _words_beyond(plain.text, page.text)
    if max(more, less) <= _ALIKE:
        return plain
    said = f"{more:.0%} of its web form, which was not read, is not in its plain form, and {less:.0%} the other way round"
    return replace(plain, warnings=(f"Its two forms differ: {said}; open it to compare them.", *plain.warnings))


def _words_beyond(one: str, other: str) -> float:
    """The share of the words of one text that the other has not, or has less often. Addresses of links are no words."""
    of_one, of_other = (Counter(_WORD.findall(_ADDRESS.sub(" ", text.casefold()))) for text in (one, other))
    return (of_one - of_other).total() / max(1, of_one.total())


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _unwrapped(part: Message) -> tuple[bytes, tuple[str, ...]]:
    """The bytes of a part, and what of them was damaged on the way."""
    wrapping = str(part.get("content-transfer-encoding", "")).strip().lower()
    payload = part.get_payload()
    if wrapping == "base64" and isinstance(payload, str):
        return _from_base64(payload.encode("ascii", "replace"))
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b"", ("A part of it cannot be decoded.",)
    if wrapping in {"x-uuencode", "uuencode", "uue", "x-uue"} and data.lstrip().startswith(b"begin "):
        return data, ("A part of it cannot be decoded: it stands there as it was sent.",)
    return data, ()


def _from_base64(written: bytes) -> tuple[bytes, tuple[str, ...]]:
    """All that can be decoded; the standard library gives a part that was cut back as it was sent."""
    foreign = b"".join(_NOT_BASE64.findall(written.rstrip(b"= \t\r\n"))).translate(None, b" \t\r\n")
    digits = _NOT_BASE64.sub(b"", written)
    whole = digits[: len(digits) - (len(digits) % 4 == 1)]
    data = base64.b64decode(whole + b"=" * (-len(whole) % 4))
    if not foreign and whole == digits:
        return data, ()
    return data, ("A part of it was damaged on its way (base64): words may be missing or wrong.",)


def _joined(read: Sequence[Content]) -> Content:
    """The texts in order, each in paragraphs of its own."""
    hidden: list[Hidden] = []
    start = 0
    for each in read:
        hidden += [_moved(one, start) for one in each.hidden]
        start += len(each.text) + len(_BETWEEN_PARTS)
    return Content(
        text=_BETWEEN_PARTS.join(each.text for each in read),
        hidden=tuple(hidden),
        language=next((each.language for each in read if each.language), None),
        warnings=tuple(dict.fromkeys(warning for each in read for warning in each.warnings)),
        complete=all(each.complete for each in read),
    )


def _moved(hidden: Hidden, by: int) -> Hidden:
    if hidden.start is None or hidden.end is None:
        return hidden
    return replace(hidden, start=hidden.start + by, end=hidden.end + by)


def _no_text(attached: tuple[str, ...]) -> tuple[str, str]:
    if attached:
        return f"is an e-mail without text, with {listed(attached)} attached", "save that, and give it"
    return "is an e-mail without text", "open it, and save what it shows as text"


def _name(part: Message) -> str:
    """What an attachment is called: its file, or its kind."""
    return _words(part.get_filename() or "") or part.get_content_type()


def _header(part: Message, name: str) -> str | None:
    """The first header field of this name, as people read it; None where there is none, or nothing in it."""
    values = (value for field, value in part.raw_items() if field.lower() == name)
    return _words(str(next(values, ""))) or None


def _words(value: str) -> str:
    """What a header field says, in one line. In UTF-8 as it stands, or written in ASCII as mail programs do."""
    written = decoded(value[:_LONGEST_HEADER].encode("utf-8", "surrogateescape")).text
    try:
        said = str(email.header.make_header(email.header.decode_header(" ".join(written.splitlines()))))
    except (email.errors.MessageError, LookupError, ValueError):
        said = written
    return " ".join(said.encode("utf-8", "replace").decode().replace("\0", "").split())


def _day(said: str | None) -> str | None:
    """The day on which it was sent, where its sender was."""
    try:
        return email.utils.parsedate_to_datetime(said or "").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sender(said: str | None) -> str | None:
    """The name of who sent it, or the address where there is no name."""
    name, address = email.utils.parseaddr(said or "")
    return name or address or None
