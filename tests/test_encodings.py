"""Text in any encoding: what is told by the bytes, what is guessed, and that nothing is lost without a warning."""

from __future__ import annotations

import random

import pytest

from summarizer.reading.content import Unreadable
from summarizer.reading.encodings import Decoded, decoded

ENGLISH = "Velia said no. “Never”, it said."
FRENCH = "La délégation a refusé l’accord, a déclaré le ministre à Genève après l’été."
POLISH = (
    "Minister odmówił podpisania umowy, żądając wycofania wojsk. Rząd zażądał, aby obie strony wróciły do rozmów w piątek, a "
    "związki zawodowe zapowiedziały strajk, jeżeli płace nie wzrosną. Premier powiedział, że nie ma na to pieniędzy."
)
RUSSIAN = "Велия отказалась подписать соглашение о прекращении огня. Острия согласилась."
CHINESE = "外交部发言人表示,中方反对这一决定。双方同意继续谈判。"
JAPANESE = "政府は合意を拒否した。会談は金曜日に再開される。"
KOREAN = "정부는 합의를 거부했다. 회담은 금요일에 재개된다."
ARABIC = "رفضت الحكومة الاتفاق ودعت إلى رفع العقوبات."


def guess(name: str) -> tuple[str]:
    return (f"It does not say in which encoding it is: read as {name}, a guess.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, CHINESE])
def test_what_the_bytes_say_of_themselves_is_no_guess(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == Decoded(text)


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (ENGLISH, "cp1252", "windows-1252"),
        (FRENCH, "cp1252", "windows-1252"),
        ("naïve", "cp1252", "windows-1252"),
        ("At 5°C.", "latin-1", "windows-1252"),
        (POLISH, "cp1250", "windows-1250"),
        (RUSSIAN, "cp1251", "windows-1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (ARABIC, "cp1256", "windows-1256"),
        (CHINESE, "gb18030", "gb18030"),
        (JAPANESE, "shift_jis", "cp932"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (KOREAN, "cp949", "cp949"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (RUSSIAN, "utf-16-le", "utf-16-le"),
    ],
)
def test_what_says_nothing_of_itself_is_guessed_with_a_warning(text: str, encoding: str, told: str) -> None:
    assert decoded(text.encode(encoding)) == Decoded(text, guess(told))


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        ("Genève".encode("cp1252"), "ISO-8859-1", Decoded("Genève")),
        ("“Genève”".encode("cp1252"), "iso-8859-1", Decoded("“Genève”")),
        (CHINESE.encode("gb18030"), "GB2312", Decoded(CHINESE)),
        ("Genève".encode(), "us-ascii", Decoded("Genève")),
        ("Genève".encode(), "windows-1252", Decoded("Genève", ("It declares the encoding cp1252, and is in UTF-8.",))),
        (b"No.", "utf-16", Decoded("No.", ())),
        ("No.".encode("utf-8-sig"), "utf-16", Decoded("No.")),
        (b"No.", "x-unknown", Decoded("No.", ("The encoding that it declares, 'x-unknown', is not known.",))),
        (b"No.", "base64", Decoded("No.", ("The encoding that it declares, 'base64', is not known.",))),
        (b"+ADw-", "utf-7", Decoded("+ADw-", ("The encoding that it declares, 'utf-7', is not known.",))),
    ],
)
def test_what_is_declared_is_believed_unless_the_bytes_know_better(data: bytes, declared: str, expected: Decoded) -> None:
    assert decoded(data, declared=declared) == expected


def test_bytes_that_do_not_fit_what_is_declared_are_lost_and_said_to_be() -> None:
    assert decoded(b"Gen\xe8ve said no", declared="utf-8") == Decoded(
        "Gen\ufffdve said no",
        ("1 place does not fit its encoding, utf-8 (the first at byte 3): � stands there for what was lost.",),
        complete=False,
    )


def test_a_text_cut_inside_a_character_has_lost_that() -> None:
    assert decoded("Velia said “no”".encode()[:-1]) == Decoded(
        "Velia said “no\ufffd",
        ("1 place does not fit its encoding, utf-8 (the first at byte 16): � stands there for what was lost.",),
        complete=False,
    )


def test_a_line_in_another_encoding_is_guessed_and_the_others_stay_as_they_are() -> None:
    assert decoded("Zürich — Łódź said no.\n".encode() + "It’s new.\n".encode("cp1252") + "Ünn.".encode()) == Decoded(
        "Zürich — Łódź said no.\nIt’s new.\nÜnn.", ("1 line is not in UTF-8 like the rest: read as windows-1252, a guess.",)
    )


@pytest.mark.parametrize("between", ["\n", " "])
def test_a_text_with_few_accents_in_two_encodings_is_read_place_by_place(between: str) -> None:
    text = "The café in Zürich said no."
    assert decoded(f"{text}{between}".encode() + text.encode("cp1252")) == Decoded(
        f"{text}{between}{text}",
        ("2 places are in UTF-8 and 2 places are not: these were read as windows-1252, a guess.",),
    )


def test_a_byte_in_another_encoding_in_a_line_of_utf8_is_lost_and_said_to_be() -> None:
    assert decoded("Zürich — Łódź said it".encode() + b"\x92s new") == Decoded(
        "Zürich — Łódź said it\ufffds new",
        ("1 place does not fit its encoding, utf-8 (the first at byte 27): � stands there for what was lost.",),
        complete=False,
    )


def test_nuls_in_a_text_are_left_out_with_a_warning() -> None:
    assert decoded(b"Ve\0lia said no.\0\0") == Decoded(
        "Velia said no.", ("3 NULs were left out, the first at offset 2: text has none, and the file may be damaged there.",)
    )
    assert decoded("No\0.".encode("utf-16")).text == "No."


def test_a_text_half_in_utf16_is_read_with_a_warning() -> None:
    read = decoded(b"Velia said no.\r\n" + "Ostria said yes.".encode("utf-16-le"))
    assert (read.text, read.complete) == ("Velia said no.\r\nOstria said yes.", False)
    assert read.warnings[0].startswith("Part of it is in UTF-16, ")


@pytest.mark.parametrize(
    "data", [b"\0" * 800, b"\x01\x02\0\x03", b"SQLite format 3\0\x10\0\x01\x01\0", bytes(range(128, 255)) * 9]
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^(looks like binary data|holds bytes that make text in no encoding)"):
        decoded(data)


def test_no_bytes_at_all_are_lost_in_silence() -> None:
    """Each of a thousand damaged texts is whole, or has a warning, or is refused."""
    chance = random.Random(6)
    whole = f"{ENGLISH}\n{FRENCH}\n{POLISH}\n{RUSSIAN}\n{CHINESE}\n"
    for _ in range(1_000):
        data = bytearray(whole.encode(chance.choice(["utf-8", "utf-16", "utf-32"])))
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(5, len(data))] = chance.randrange(128, 256)
        try:
            read = decoded(bytes(data))
        except Unreadable:
            continue
        assert read.warnings or read.text.encode("utf-8") == bytes(data) or len(read.text) == len(whole)
