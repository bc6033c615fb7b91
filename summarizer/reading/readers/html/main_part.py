"""Which blocks of a page are the report, and what the page says about it. The only module that knows trafilatura.

trafilatura tells the report from the frame around it well, but it also drops lists, tables, quotations, short paragraphs and
what is nested deeply, and says nothing of it. So it only points at the report: the blocks that it found show which element
holds the report, and all of that is read, less navigation. What is left out beside and inside it is counted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from summarizer.reading.readers.html.blocks import FIELD, Block, Layout

_WORD = re.compile(r"\w+")
_TOGETHER = 4  # words: as many in a row are seldom the same by chance
_FOUND = 0.8  # of a block's sequences of words
_MOST = 0.95  # of what was found lies in the element that holds the report
_LINK = 0.8  # of the letters of a block that is a link
_FEWEST_LINKS = 3  # in a row are a menu
_MOST_ELEMENTS = 30_000
_MOST_LETTERS = 1_500_000
_SENTENCE = re.compile(r"\w\w[.!?…]+[\"'”’»)\]]*(?:\s|$)|\w[。！？।۔؟]")
_FEWEST_LETTERS = 25  # that tell something: "All rights reserved." does not


@dataclass(frozen=True, slots=True)
class About:
    """What a page says of its report, and the report's words as trafilatura finds them."""

    words: str = ""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


def about(root: HtmlElement, layout: Layout) -> About:
    """What trafilatura makes of a tree from which the hidden words were taken. It may change the tree."""
    language = _language(root)
    if sum(1 for _ in root.iter()) > _MOST_ELEMENTS or sum(len(block.seen) for block in layout.blocks) > _MOST_LETTERS:
        warning = "It is too large to tell its report from what is around it: all of its text is read."
        return About(language=language, warnings=(warning,))
    etree.strip_attributes(root, "colspan", "rowspan")
    try:
        found = bare_extraction(
            root,
            fast=True,  # without second opinions, which load the stop words of a hundred languages
            include_comments=False,
            favor_recall=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # noqa: BLE001  # it is handed what strangers made, and the report can be read without it
        warning = f"Its report cannot be told from what is around it ({type(error).__name__}): all of its text is read."
        return About(language=language, warnings=(warning,))
    if found is None or isinstance(found, dict):
        return About(language=language)
    return About(found.text or "", _line(found.title), _date(found.date), _line(found.sitename), language)


def report_of(layout: Layout, words: str) -> tuple[frozenset[int], tuple[str, ...]]:
    """The numbers of the blocks that are the report, and what is to be said of those that were left out."""
    blocks = layout.blocks
    sequences, lines = _sequences(words), {tuple(_words(line)) for line in words.splitlines()}
    found = [_is_found(_words(block.seen), sequences, lines) and _may_be_read(block, sequences) for block in blocks]
    links = _menus(blocks, found)
    inside = _inside(layout, found)
    chosen = frozenset(
        number
        for number, block in enumerate(blocks)
        if block.seen and (found[number] or (inside[block.home] and not block.frame and number not in links))
    )
    chosen = chosen or frozenset(number for number, block in enumerate(blocks) if block.seen)
    return chosen, tuple(_left_out(layout, chosen, inside))


def _may_be_read(block: Block, sequences: frozenset[tuple[str, ...]]) -> bool:
    """Whether words in the frame are more than a chance likeness to the report's."""
    return block.frame is None or len(_words(block.seen)) >= 2 * _TOGETHER


def _left_out(layout: Layout, chosen: frozenset[int], inside: Sequence[bool]) -> Iterator[str]:
    """Any sentence inside the report, and what stands beside it where that is more than one in a hundred letters."""
    others = [block for number, block in enumerate(layout.blocks) if number not in chosen]
    lost = [block for block in (*others, *layout.fields) if _tells_something(block)]
    within = [block for block in lost if _is_within(block, inside) and _SENTENCE.search(block.seen)]
    beside = [block for block in lost if block not in within]
    total = sum(len(block.seen) for block in lost) + sum(len(layout.blocks[number].seen) for number in chosen)
    if within:
        yield _told(within, total, "stand in navigation, rows of links or form fields inside the report")
    if sum(len(block.seen) for block in beside) * 100 > total:
        yield _told(beside, total, "stand beside what seems to be the report")


def _told(blocks: Sequence[Block], total: int, where: str) -> str:
    """How much was left out, and how it begins."""
    lost = sum(len(block.seen) for block in blocks)
    return f"{lost:,} of {total:,} characters {where} and were left out, from {' '.join(blocks[0].seen.split()[:8])!r} on."


def _tells_something(block: Block) -> bool:
    """Whether words are more than a label; of links and form fields, whether they are a sentence."""
    if len(block.seen) < _FEWEST_LETTERS:
        return False
    return bool(_SENTENCE.search(block.seen)) or (block.linked < _LINK and block.frame != FIELD)


def _is_within(block: Block, inside: Sequence[bool]) -> bool:
    """Whether a block is in the element that holds the report, and not in the frame of the page itself."""
    return inside[block.home] and block.frame not in {"header", "footer", "aside"}


def _is_found(words: Sequence[str], sequences: frozenset[tuple[str, ...]], lines: set[tuple[str, ...]]) -> bool:
    """Whether trafilatura has these words: most of their sequences, or as a line where they are few."""
    if len(words) < _TOGETHER:
        return tuple(words) in lines and bool(words)
    here = [tuple(words[start : start + _TOGETHER]) for start in range(len(words) - _TOGETHER + 1)]
    return sum(each in sequences for each in here) >= _FOUND * len(here)


def _sequences(text: str) -> frozenset[tuple[str, ...]]:
    """All sequences of so many words."""
    words = _words(text)
    return frozenset(tuple(words[start : start + _TOGETHER]) for start in range(len(words) - _TOGETHER + 1))


def _words(text: str) -> list[str]:
    """The words, however their letters are composed."""
    return _WORD.findall(unicodedata.normalize("NFC", text))


def _menus(blocks: Sequence[Block], found: Sequence[bool]) -> frozenset[int]:
    """The blocks that are links among links, and not in the words that were found."""
    numbers: set[int] = set()
    for is_link, group in groupby(range(len(blocks)), key=lambda each: blocks[each].linked >= _LINK and not found[each]):
        row = list(group)
        numbers |= set(row) if is_link and len(row) >= _FEWEST_LINKS else set()
    return frozenset(numbers)


def _inside(layout: Layout, found: Sequence[bool]) -> list[bool]:
    """For each element whether it is, or is inside, the one that holds the report."""
    main = _main(layout, found)
    inside: list[bool] = []
    for number, parent in enumerate(layout.parents):
        inside.append(number == main or (number > 0 and inside[parent]))
    return inside


def _main(layout: Layout, found: Sequence[bool]) -> int:
    """The number of the innermost element that holds nearly all that was found, or of the article that it is part of.

    Where nothing was found, of the only article of the page, or else of the page.
    """
    letters = _summed(
        layout, [len(block.seen) if is_found else 0 for block, is_found in zip(layout.blocks, found, strict=True)]
    )
    if not letters[0]:
        articles = [number for number, name in enumerate(layout.names) if name in {"main", "article"}]
        return articles[0] if articles and _holds_all(layout, articles[0], articles) else 0
    paragraphs = _summed(layout, [1] * len(layout.blocks))
    innermost = max(number for number, count in enumerate(letters) if count >= _MOST * letters[0])
    several = next((each for each in _around(layout, innermost) if paragraphs[each] > 1), 0)  # not a paragraph itself
    return _article_around(layout, several)


def _summed(layout: Layout, amounts: Sequence[int]) -> list[int]:
    """For each element, the sum over the blocks in it."""
    sums = [0] * len(layout.parents)
    for block, amount in zip(layout.blocks, amounts, strict=True):
        sums[block.home] += amount
    for number in range(len(sums) - 1, 0, -1):
        sums[layout.parents[number]] += sums[number]
    return sums


def _holds_all(layout: Layout, outer: int, numbers: Iterable[int]) -> bool:
    """Whether an element holds all these elements."""
    return all(outer in _around(layout, number) for number in numbers)


def _article_around(layout: Layout, number: int) -> int:
    """The innermost article around an element, itself where there is none."""
    return next((each for each in _around(layout, number) if layout.names[each] in {"main", "article"}), number)


def _around(layout: Layout, number: int) -> list[int]:
    """The element and those around it, from the inside out."""
    around = [number]
    while around[-1]:
        around.append(layout.parents[around[-1]])
    return around


def _language(root: HtmlElement) -> str | None:
    """The language that the page says it is in."""
    declared = re.match(
        r"[A-Za-z]{2}(?![A-Za-z])", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    )
    return declared[0].lower() if declared else None


def _line(words: str | None) -> str | None:
    """Words in one line; None where there are none."""
    return " ".join((words or "").split()) or None


def _date(words: str | None) -> str | None:
    """A date as ISO 8601 writes it."""
    return words if words and re.fullmatch(r"\d{4}-\d\d-\d\d", words) else None
