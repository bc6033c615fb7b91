"""Web pages: the words of the report that somebody who sees the page reads, and what of it is hidden from them.

Promised: every visible character of the element that holds the report is there, whatever trafilatura, which points at it,
dropped; hidden words are not, but each is listed. Attributes, form fields, scripts and what is said about the page are no text.
What takes time is linear in the size of the page but for lxml's and trafilatura's own, and for selectors, which have a bound;
the process that runs this has limits (`summarizer.reading.apart`).

    parsing     bytes -> a tree of bounded depth
    styles      what style sheets declare for each element, and selectors which elements they mean
    looks       how an element looks, so far as that hides its words
    colours     colours, and how well they are told from each other
    blocks      paragraphs, each piece with what hides it
    main_part   which of them are the report
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from summarizer.reading.content import Content, Hidden, Unreadable, missing

if TYPE_CHECKING:
    from summarizer.reading.readers.html.blocks import Block, HiddenSpan

_BETWEEN_BLOCKS = "\n\n"


def content(data: bytes, *, keep_hidden: bool = False) -> Content:
    """What a web page says. `hidden` has all that is hidden, in the report and around it; where it is kept, all of it is."""
    try:
        from summarizer.reading.readers.html.blocks import lay_out
        from summarizer.reading.readers.html.main_part import about, report_of
        from summarizer.reading.readers.html.parsing import parse
    except ImportError as error:
        raise missing("a web page", "html") from error
    page = parse(data)
    layout = lay_out(page)
    facts = about(page.root, layout)
    chosen, left_out = report_of(layout, facts.words)
    text, hidden = _composed(layout.blocks, chosen, keep_hidden=keep_hidden)
    if not text:
        raise Unreadable(*_nothing(hidden))
    return Content(
        text=text,
        title=facts.title,
        published=facts.published,
        publisher=facts.publisher,
        language=facts.language,
        hidden=hidden,
        warnings=(*page.warnings, *layout.warnings, *facts.warnings, *left_out),
        complete=page.complete,
    )


def _composed(blocks: Sequence[Block], chosen: frozenset[int], *, keep_hidden: bool) -> tuple[str, tuple[Hidden, ...]]:
    """The text of the chosen blocks, and everything hidden in all of them, which the text has too where it is to be kept."""
    parts: list[str] = []
    hidden: list[Hidden] = []
    length = paragraph = 0
    for number, block in enumerate(blocks):
        paragraph += number in chosen
        kept = block if number in chosen else block.hidden_only()
        words, spans = kept.whole()
        place = _place(block, paragraph, is_chosen=number in chosen)
        hidden += [
            _hidden(words, span, place, length if keep_hidden else None) for span in spans if _says_something(words, span)
        ]
        part = words if keep_hidden else kept.seen
        if part:
            parts.append(part)
            length += len(part) + len(_BETWEEN_BLOCKS)
    return _BETWEEN_BLOCKS.join(parts), tuple(hidden)


def _hidden(words: str, span: HiddenSpan, place: str, begin: int | None) -> Hidden:
    """What is hidden at a place of a block, which begins so far into the text; None where the text is without it."""
    said = words[span.start : span.end]
    if begin is None:
        return Hidden(said, place, span.how)
    return Hidden(said, place, span.how, begin + span.start, begin + span.end)


def _says_something(words: str, span: HiddenSpan) -> bool:
    """Whether there is a letter or a digit in hidden words."""
    return any(character.isalnum() for character in words[span.start : span.end])


def _place(block: Block, paragraph: int, *, is_chosen: bool) -> str:
    """Where hidden words of a block stand, for people; `paragraph` is the number of the last one of the report so far."""
    if is_chosen:
        return f"in paragraph {paragraph}"
    if block.frame or block.seen:
        return f"beside the report ({block.frame})" if block.frame else "beside the report"
    return f"after paragraph {paragraph}" if paragraph else "before paragraph 1"


def _nothing(hidden: Sequence[Hidden]) -> tuple[str, str]:
    """Why there is no text, and what to do."""
    if hidden:
        return f"hides all its text ({hidden[0].how})", "look at it in a browser, or read it with --keep-hidden"
    return "is a web page without text", "save it from a browser once it is shown, since scripts may write its text"
