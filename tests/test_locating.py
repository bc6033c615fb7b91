"""Where words stand: what typesetting does is tolerated, what meaning does is not."""

from __future__ import annotations

import pytest

from summarizer.grounding import Match, locate

TALKS = (
    "“We can’t accept a 30-day cease-\nfire,” said Lena Dorn; talks may resume in May. Velia, which had waited for years,"
    " agreed to reopen the border on 4 June. Russia’s non-binding offer of $5 million rose by 5%. It fell to -5 degrees."
    " The war went forward. Dorn did not say that Ostria refused. Velia demanded a truce, Ostria offered talks."
)


def found(words: str, text: str) -> str | None:
    """What was found, as it stands in the text."""
    match = locate(words, text)
    return None if match is None else text[match.start : match.end]


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("talks may resume in May", "talks may resume in May"),
        ("Talks may resume in May", "talks may resume in May"),
        ("talks\u00a0may \u2009resume\nin May", "talks may resume in May"),
        ("talks\u200b may re\u00adsume \u202ain May\u202c", "talks may resume in May"),
        ("\"We can't accept", "“We can’t accept"),
        ("«We can‘t accept", "“We can’t accept"),
        ("30‑day ceasefire", "30-day cease-\nfire"),
        ("30–day cease-fire", "30-day cease-\nfire"),
        ("cease-\nfire", "cease-\nfire"),
        ("Ｖｅｌｉａ agreed", None),
        ("Ｖｅｌｉａ, which had", "Velia, which had"),
        ("oﬀer of $5 million", "offer of $5 million"),
        ("Russia", "Russia"),
        ("−5 degrees", "-5 degrees"),
        ("… agreed to reopen the border ...", "agreed to reopen the border"),
    ],
)
def test_typesetting_is_no_difference(words: str, stands: str | None) -> None:
    assert found(words, TALKS) == stands


@pytest.mark.parametrize(
    "words",
    [
        "We can",
        "can",
        "We can accept",
        "day ceasefire",
        "day cease-fire",
        "binding offer",
        "5 million",
        "rose by 5",
        "5 degrees",
        "ward",
        "war went backward",
        "talks will resume",
        "talks may resume in June",
        "talks resume in May",
        "talks may not resume",
        "resume may talks",
        "TALKS may resume",
        "Dorn did say",
        "the w\N{CYRILLIC SMALL LETTER A}r went",
        "",
        " ",
        "...",
    ],
)
def test_every_other_difference_is_one(words: str) -> None:
    assert locate(words, TALKS) is None


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("Velia, which had ... agreed to reopen", ("Velia, which had", "agreed to reopen")),
        ("velia, which had […] agreed to reopen", ("Velia, which had", "agreed to reopen")),
        ("agreed to […] the border", ("agreed to", "the border")),
        ("agreed to (...) border on 4", ("agreed to", "border on 4")),
        ("We can’t … talks may resume", None),  # another clause
        ("talks may … agreed to reopen", None),  # another sentence
        ("Dorn did … say that", None),  # a negation
        ("said Lena … resume in May", None),  # a modal
        ("Velia demanded … offered talks", None),  # another subject
        ("The war ... forward", None),  # one word on one side
        ("Velia, which ... waited for ... reopen the", None),  # two elisions
    ],
)
def test_an_elision_is_tolerated_where_it_changes_nothing(words: str, spans: tuple[str, str] | None) -> None:
    match = locate(words, TALKS)
    if spans is None:
        assert match is None
    else:
        assert match is not None
        assert (match.how, tuple(TALKS[start:end] for start, end in match.spans)) == ("elided", spans)
        assert (match.start, match.end) == (match.spans[0][0], match.spans[1][1])


def test_it_is_said_how_words_were_found_and_an_exact_place_goes_first() -> None:
    text = "“Talks resume,” he said. Later: 'talks resume'. And \"talks resume\"."
    assert locate('"talks resume"', text) == Match(52, 66, "exact", ((52, 66),))
    assert locate("‘talks resume’", text) == Match(32, 46, "typographic", ((32, 46),))


@pytest.mark.parametrize(
    ("words", "text", "stands"),
    [
        ("停火协议", "双方签署了停火协议，明天生效。", "停火协议"),
        ("หยุดยิง", "ทั้งสองฝ่ายตกลงหยุดยิงแล้ว", "หยุดยิง"),
        ("停戦に合意", "両国は停戦に合意した。", "停戦に合意"),
        ("وقف إطلاق النار", "اتفق الطرفان على وقف إطلاق النار أمس.", "وقف إطلاق النار"),
        ("об'єкти", "Вони обстріляли об’єкти вночі.", "об’єкти"),
        ("єкти", "Вони обстріляли об’єкти вночі.", None),
        ("accord", "Ils ont signé l’accord hier.", "accord"),
        ("café", "Au cafe\u0301 de la paix.", "cafe\u0301"),
        ("cafe", "Au cafe\u0301 de la paix.", None),
        ("किया", "उन्होंने समझौता किया।", "किया"),
        ("कि", "उन्होंने समझौता किया।", None),
        ("می‌خواهم", "من می‌خواهم بروم.", "می‌خواهم"),
        ("Brien said", "O’Brien said so.", None),
        ("10²", "10² and 102", "10²"),
        ("102", "10² and 102", "102"),
        ("in 5' of water", "in 5″ of water", None),
        ("1,000 men", "1,000 men", "1,000 men"),
        ("000 men", "1,000 men", None),
        ("15 miles", "10–15 miles", None),
    ],
)
def test_offsets_and_words_are_right_in_every_script(words: str, text: str, stands: str | None) -> None:
    assert found(words, text) == stands


def test_where_no_known_language_fits_nothing_may_be_left_out() -> None:
    assert locate("双方签署了…明天生效", "双方签署了停火协议，明天生效。") is None


def test_a_negation_that_is_left_out_is_found_in_many_languages() -> None:
    texts = {
        "Le ministre dit que la partie adverse, qui ne veut pas la paix, accepte la trêve.": "la partie … accepte la trêve",
        "Der Minister sagt, dass die Regierung den Plan noch nicht für das Land gebilligt hat.": "den Plan … gebilligt hat",
        "El ministro dijo que el gobierno de la isla nunca ha firmado la tregua con los vecinos.": "el gobierno … la tregua",
        "Министр сказал, что суд не подписал в пятницу это соглашение на встрече.": "что суд … это соглашение",
        "Міністр сказав, що уряд ще не підписав у п'ятницю цю угоду на зустрічі.": "що уряд … цю угоду",
    }
    assert [locate(words, text) for text, words in texts.items()] == [None] * len(texts)


def test_a_word_that_a_line_end_divides_is_read_as_the_quotation_has_it() -> None:
    text = "a long-\nterm agree-\nment"
    assert found("long-term agreement", text) == text[2:]
    assert found("longterm agreement", text) == text[2:]
    assert found("agree", text) is None
    assert found("ment", text) is None


def test_nothing_is_left_out_over_a_sentence_that_ends_in_a_quotation() -> None:
    assert (
        locate("ready in the spring ... hours are off", "“We are ready in the spring.” Shorter hours are off the table.")
        is None
    )


@pytest.mark.parametrize("words", ["ter for peace", "A minis"])
def test_a_part_of_a_word_that_a_soft_hyphen_divides_at_a_line_end_is_no_word(words: str) -> None:
    assert locate(words, "A minis\N{SOFT HYPHEN}\nter for peace") is None


@pytest.mark.parametrize("words", ["500 soldiers", "3"])
def test_a_number_whose_groups_a_space_parts_is_one(words: str) -> None:
    assert locate(words, "3\N{NARROW NO-BREAK SPACE}500 soldiers") is None
    assert locate("3 500 soldiers", "3\N{NARROW NO-BREAK SPACE}500 soldiers") is not None


def test_an_elision_does_not_go_into_a_quotation() -> None:
    assert locate("said that ... peace is near", "Dorn said that she hopes, “now peace is near”.") is None
