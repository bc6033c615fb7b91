"""The grammar under which a model can only copy, walked by LLGuidance itself, as llama.cpp does.

A grammar that has no way on fails open in llama.cpp: the model writes what it likes, with status 200. So every walk must
come to an end, and what it wrote must be moves in the words of the text.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llguidance import LLMatcher, LLTokenizer

from summarizer.acts import ACTS
from summarizer.extraction.grammar import copy_grammar
from summarizer.extraction.passage import Moves

TOKENIZER = LLTokenizer("byte")
WALKS = 3
BYTES = 3_000
NASTY = [
    "Velia agreed to reopen the border.",
    "This failed.",
    "the iPhone must work",
    "One two\nthree",
    "Alpha\u00a0demands\u00a0more\u00a0money",
    "Foo  bar   baz",
    "Foo\tbar\tbaz qux",
    "Foo\u3000bar\u3000baz",
    "x",
    '"',
    "\\",
    '\\u0041 Dorn said "no" \\" twice',
    "He said \u2028 that Velia\u2029 must go",
    "外交部发言人说必须停火。",
    "قال الرئيس إن على إسرائيل أن تنسحب ٢٠٢٤",
    "नमस्ते दुनिया भारत ने कहा",
    "\U0001f600\U0001f600 Dorn \U0001f600",
    "e\u0301 Élan vital said",
    "(.*)+[a-z]{3,}|^$ Foo \\d+ bar / & ~",
    '%regex { } "start": / & | ~ Foo',
    "Foo \x7f bar \x01 baz",
    "</5e0c> Foo\u200b bar baz",
    "<|im_end|> Foo bar baz",
    "U.S.-led U.S.A. forces went",
    "And But",
    "https://x.example/" + "a1-" * 25 + " Foo bar baz",
    "A" * 100 + " said",
    " ".join(["Foo"] * 400),
]


def walk(text: str, seed: int) -> bytes:
    """One answer that the grammar admits, chosen at random. Fails where there is no way on."""
    choose = random.Random(seed)
    grammar = copy_grammar(text, names=f"Before it. {text}", acts=(*ACTS, "background"), addressed=("demands",))
    assert grammar is not None
    matcher = LLMatcher(TOKENIZER, grammar)
    written = bytearray()
    while not matcher.is_stopped():
        mask = matcher.compute_bitmask()
        assert not matcher.is_error(), matcher.get_error()
        allowed = [byte for byte in range(256) if mask[byte // 8] >> (byte % 8) & 1]
        assert allowed, f"no way on after {bytes(written)!r}"
        ending = [byte for byte in allowed if byte in b'"]}'] if choose.random() < 0.2 or len(written) > BYTES else []
        byte = choose.choice(ending or allowed)
        assert matcher.consume_token(byte)
        written.append(byte)
    return bytes(written)


def assert_copied(answer: bytes, text: str) -> None:
    for move in Moves.model_validate_json(answer).moves:
        assert move.words.strip() in text
        assert move.party.strip()
        assert move.party.strip() in f"Before it. {text}"


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_whatever_the_grammar_admits_is_moves_in_the_words_of_the_text(text: str) -> None:
    for seed in range(WALKS):
        assert_copied(walk(text, seed), text)


@pytest.mark.parametrize("text", ["a" * 2_000, "A" * 101 + " said", "https://x.example/" + "a1-" * 400 + " Foo bar baz"])
def test_a_word_that_would_overtax_the_grammar_is_asked_about_without_one(text: str) -> None:
    assert copy_grammar(text, names=text, acts=ACTS.keys(), addressed=()) is None


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60).filter(str.strip),
    st.integers(0, 9),
)
def test_no_text_makes_a_grammar_without_a_way_on(text: str, seed: int) -> None:
    assert_copied(walk(text.strip(), seed), text.strip())
