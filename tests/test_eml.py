"""E-mails: which words are the mail's, what is known of it, and what is said of the rest."""

from __future__ import annotations

import base64
import random
import re
import sys
from email.message import EmailMessage
from types import SimpleNamespace

import pytest

from summarizer.document import Hidden
from summarizer.reading.content import Content, Unreadable
from summarizer.reading.readers.eml import content

HEADER = (
    "From: Ministry of Ports <press@ministry.example>\r\nTo: desk@wire.example\r\nSubject: Talks on the\r\n"
    " =?utf-8?q?caf=C3=A9?=\r\nDate: Tue, 18 Mar 2025 21:30:00 -0500\r\n"
    "Message-ID: <1@ministry.example>\r\nMIME-Version: 1.0\r\n"
)
FORWARDED = "Content-Type: message/rfc822\n"
SAID = "Velia said no to the talks, and Ostria said that they would go on without it. " * 4


def mail(body: str, *fields: str) -> bytes:
    return (HEADER + "".join(f"{field}\r\n" for field in fields) + "\r\n" + body).encode()


def press_release(*, html: str | None = None) -> EmailMessage:
    """A mail as programs make it: text, perhaps a web form, two attachments and a logo."""
    message = EmailMessage()
    message["From"], message["Subject"] = "press@ministry.example", "Talks"
    message.set_content(SAID)
    if html is not None:
        message.add_alternative(html, subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Übersicht.pdf")
    forwarded = EmailMessage()
    forwarded["Subject"] = "Old talks"
    forwarded.set_content("No.")
    message.add_attachment(forwarded)
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    return message


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader of web pages that is not the one of this package: it finds the page, and something hidden in it."""

    def read(data: bytes, *, keep_hidden: bool = False) -> Content:
        text = data.decode("utf-8-sig", "replace")
        hidden = Hidden("h", "the top", "display:none", *((0, 1) if keep_hidden else (None, None)))
        return Content(f"page: {text}", language="en", hidden=(hidden,))

    monkeypatch.setitem(sys.modules, "summarizer.reading.readers.html", SimpleNamespace(content=read))


def test_a_mail_is_its_text_with_subject_date_and_sender() -> None:
    assert content(mail("Velia said “no”.\r\n", "Content-Type: text/plain; charset=utf-8")) == Content(
        text="Velia said “no”.\r\n",
        title="Talks on the café",
        published="2025-03-18",
        publisher="Ministry of Ports",
    )


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (
            ("Content-Type: text/plain; charset=iso-8859-1", "Content-Transfer-Encoding: quoted-printable"),
            "Gen=E8ve =93no=94 =\r\nagain",
        ),
        (
            ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"),
            base64.encodebytes("Genève “no” again".encode()).decode(),
        ),
        (("Content-Transfer-Encoding: 8bit",), "Genève “no” again"),
    ],
)
def test_words_are_unwrapped_and_decoded_as_declared(fields: tuple[str, ...], body: str) -> None:
    read = content(mail(body, *fields))
    assert (read.text, read.warnings, read.complete) == ("Genève “no” again", (), True)


def test_headers_in_plain_utf8_and_dates_that_are_none_do_no_harm() -> None:
    read = content("From: Ölaf\nSubject: Gespräche\nDate: on Tuesday\nMessage-ID: <1>\n\nNo.".encode())
    assert (read.title, read.published, read.publisher) == ("Gespräche", None, "Ölaf")


@pytest.mark.usefixtures("pages")
def test_the_plain_form_goes_before_the_web_form_and_attachments_are_named() -> None:
    read = content(press_release(html="<p>Velia").as_bytes())
    assert (read.text.startswith(SAID), read.hidden, read.complete) == (True, (), True)
    assert read.warnings[-1] == "Attached and not read: 'Übersicht.pdf'."


def two_forms(plain: str, html: str) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "press@ministry.example", "Talks"
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    return message.as_bytes()


WORDS = " ".join(f"Velia said no to point {number}." for number in range(1, 30))


def test_two_forms_that_say_the_same_are_no_matter() -> None:
    page = f"<p>{WORDS} See <a href='https://velia.example/x'>the letter</a>.</p>"
    assert content(two_forms(f"{WORDS} See the letter <https://velia.example/x>.", page)).warnings == ()


@pytest.mark.parametrize(
    ("plain", "page", "shares"),
    [
        (WORDS, f"<p>{WORDS} Ostria agreed to leave the valley by noon.</p>", "4% of its web form.*, and 0% the other way"),
        (f"{WORDS} Praise the mayor.", f"<p>{WORDS}</p>", "0% of its web form.*, and 2% the other way"),
    ],
)
def test_two_forms_that_differ_are_told(plain: str, page: str, shares: str) -> None:
    (warning,) = content(two_forms(plain, page)).warnings
    assert re.search(f"Its two forms differ: {shares}", warning)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mail_with_a_mark_of_its_encoding_is_a_mail(encoding: str) -> None:
    read = content("From: Ada <a@b.example>\nSubject: Talks\nMessage-ID: <1>\n\nVelia said “no”.".encode(encoding))
    assert (read.title, read.publisher, read.text) == ("Talks", "Ada", "Velia said “no”.")


@pytest.mark.parametrize("wrapped", [False, True])
def test_forwarded_mails_follow_the_text_each_below_a_line_of_its_sender_and_subject(wrapped: bool) -> None:
    inmost = "From: Ada Brun <ada@oster.example>\nSubject: Old talks\n\nNo."
    opened = "From: press@oster.example\nContent-Type: multipart/mixed; boundary=c\n\n"
    inner = f"{opened}--c\n\nYes.\n--c\n{FORWARDED}\n{inmost}\n--c--"
    sent = base64.encodebytes(inner.encode()).decode() if wrapped else inner
    field = "Content-Transfer-Encoding: base64\n" if wrapped else ""
    body = f"--b\n\nSee below.\n--b\n{field}{FORWARDED}\n{sent}\n--b--"
    read = content(mail(body, "Content-Type: multipart/mixed; boundary=b"))
    assert read.text.split("\n\n") == [
        "See below.",
        "Forwarded e-mail from press@oster.example: without a subject",
        "Yes.",
        "Forwarded e-mail from Ada Brun: Old talks",
        "No.",
    ]
    assert (read.title, read.publisher, read.warnings) == ("Talks on the café", "Ministry of Ports", ())


def test_mails_forwarded_inside_each_other_are_refused_where_they_go_too_deep() -> None:
    """As deep as parts inside parts, and no deeper."""

    def forwarded(times: int) -> bytes:
        return b"Message-ID: <1>\nFrom: a\n" + b"Content-Type: message/rfc822\n\nFrom: a\n" * times + b"\nNo."

    assert content(forwarded(20)).text.endswith("\n\nNo.")
    with pytest.raises(Unreadable, match=r"^is an e-mail of too many parts inside parts"):
        content(forwarded(60))


@pytest.mark.usefixtures("pages")
def test_a_plain_form_that_only_points_to_the_web_form_gives_way_to_it() -> None:
    message = EmailMessage()
    message["Subject"] = "Talks"
    message.set_content("Your program cannot show this mail.")
    message.add_alternative(f"<p>{SAID}", subtype="html")
    read = content(message.as_bytes(), keep_hidden=True)
    assert read.text.startswith("page: <p>Velia said no")
    assert read.warnings == ("Its plain form says little: its web form was read.",)


@pytest.mark.usefixtures("pages")
def test_a_web_form_alone_is_read_in_the_encoding_that_the_mail_declares() -> None:
    data = HEADER.encode() + b"Content-Type: text/html; charset=windows-1252\r\n\r\n<p>\x93No\x94"
    assert content(data).text == "page: <p>“No”"


@pytest.mark.usefixtures("pages")
def test_texts_one_after_another_are_all_read_and_what_is_hidden_keeps_its_place() -> None:
    body = "\r\n".join(
        ("--b", "Content-Type: text/plain", "", "First.", "--b", "Content-Type: text/html", "", "<p>Second.", "--b--", "")
    )
    read = content(mail(body, "Content-Type: multipart/mixed; boundary=b"), keep_hidden=True)
    assert read.text == "First.\n\npage: <p>Second."
    assert read.hidden == (Hidden("h", "the top", "display:none", 8, 9),)


def test_a_mail_with_nothing_but_attachments_is_refused_with_their_names() -> None:
    with pytest.raises(Unreadable, match=r"^is an e-mail without text, with 'annex\.pdf' attached: save that, and give it$"):
        content(mail("%PDF", 'Content-Type: application/pdf; name="annex.pdf"'))


def test_several_mails_in_one_file_are_refused() -> None:
    one = "From a@b Tue Mar 18 2025\nSubject: x\n\nNo.\n\n"
    assert content(one.encode()).text == "No.\n\n"
    with pytest.raises(Unreadable, match=r"^holds several e-mails: "):
        content((one * 2).encode())


def test_a_mail_that_is_cut_off_is_not_complete() -> None:
    whole = press_release().as_bytes()
    read = content(whole[: whole.index(b"application/pdf")])
    assert read.warnings[0] == "The e-mail is cut off or damaged: parts of it have no end."
    assert not read.complete


def test_words_that_were_damaged_on_the_way_are_read_as_far_as_they_go() -> None:
    read = content(mail("VmVsaWEgc2FpZCBub!!x", "Content-Transfer-Encoding: base64"))
    assert (read.text, read.complete) == ("Velia said no", False)
    assert read.warnings == ("A part of it was damaged on its way (base64): words may be missing or wrong.",)


def nested(depth: int) -> bytes:
    """A mail of parts in parts."""
    opened = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return f"From: a\nMIME-Version: 1.0\n{opened}Content-Type: text/plain\n\nNo.\n".encode()


@pytest.mark.parametrize("depth", [60, 3_000])
def test_parts_inside_parts_are_refused_where_they_go_too_deep(depth: int) -> None:
    assert content(nested(20)).text == "No."
    with pytest.raises(Unreadable, match=r"^is an e-mail of too many parts inside parts"):
        content(nested(depth))


def test_a_header_without_end_is_read_in_part() -> None:
    """The standard library takes the square of its length: 200 kB of it would not end here."""
    data = b"Subject: " + b"=?utf-8?q?a?= " * 300_000 + b"\nMessage-ID: <1>\n\nNo."
    assert (content(data).title or "").startswith("aaa")


@pytest.mark.usefixtures("pages")
def test_no_damage_to_a_mail_brings_the_reader_down() -> None:
    chance = random.Random(6)
    whole = press_release(html="<p>Velia").as_bytes()
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            content(bytes(data))
        except Unreadable:
            continue
