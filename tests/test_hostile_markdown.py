"""Markdown of briefings that are an attack in every text field, read by a viewer's own parser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from hostile import Attack, alone, attacks
from summarizer.rendering import LENGTHS, Length, Look, render
from summarizer.rendering.controls import pictured

OURS = {
    "heading",
    "paragraph",
    "bullet_list",
    "list_item",
    "blockquote",
    "em",
    "strong",
    "inline",
    "text",
    "softbreak",
    "code_inline",
}
SHOWN = (
    *("headline", "summary", "source", "publisher", "published", "name 1", "name 2", "role", "alias", "position", "demand"),
    *("outcome", "issue", "condition", "deadline", "timing", "doubt position", "claim party", "claim words", "reason", "gap"),
    *("warning", "model", "version", "created", "sentence 1", "sentence 2", "sentence 3", "position id"),
)
"""The fields that stand on a page, each in one piece."""


@pytest.fixture(scope="module")
def viewer() -> MarkdownIt:
    """GitHub's: tables, struck words, and links made of addresses."""
    return MarkdownIt("gfm-like")


@pytest.mark.parametrize("length", LENGTHS)
def test_nothing_of_a_briefing_becomes_markup(length: Length, viewer: MarkdownIt) -> None:
    for each in (*attacks(), *alone()):
        kinds = {
            re.sub("_(?:open|close)$", "", token.type)
            for token in tokens(viewer, render(each.briefing, look=Look(length=length)))
        }
        assert kinds <= OURS


def test_every_text_comes_back_with_control_characters_as_their_pictures(viewer: MarkdownIt) -> None:
    for each in (*attacks(), *alone()):
        page = squeezed("".join(words(viewer, render(each.briefing))))
        lost = {name: text for name, text in fields(each).items() if squeezed(pictured(text)) not in page}
        assert lost == {}


def fields(each: Attack) -> dict[str, str]:
    return {name: each.fields[name] for name in SHOWN}


def tokens(viewer: MarkdownIt, page: str) -> Iterator[Token]:
    for token in viewer.parse(page):
        yield token
        yield from token.children or ()


def words(viewer: MarkdownIt, page: str) -> Iterator[str]:
    for token in tokens(viewer, page):
        if token.type in {"text", "code_inline", "html_inline", "text_special"}:
            yield token.content
        elif token.type in {"softbreak", "paragraph_close"}:
            yield " "


def squeezed(text: str) -> str:
    """Without white space, of which Markdown keeps none as it was."""
    return re.sub(r"\s+", "", text)
