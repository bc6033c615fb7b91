"""Texts to quote from, and quotations drawn from them at random: where their words begin and end, in any script."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from random import Random

from quotations.languages import Language, languages
from summarizer.document import Document
from summarizer.reading import split_sentences

HERE = Path(__file__).parent
SEEDS = HERE.parent.parent / "seeds"
MARK = "|"
"""Between the words of scripts that are written without spaces."""
FEWEST, MOST = 3, 25
"""Words of a quotation that is no whole sentence."""

Span = tuple[int, int]

_CHUNK = re.compile("(?:(?<=\\d)[\u00a0\u2009\u202f](?=\\d{3}\\b)|[^\\s—–])+")  # "3 500" is one word
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}")
_AROUND_WORDS = ".,;:!?…\"'“”‘’„«»‹›()[]،؛؟।。、！？：；「」『』，·"
_ABBREVIATION = re.compile(r"(?:\w\.)+\w?\.?")
_SAME = {ord(each): "'" for each in "‘’‚‛′"} | {ord(each): '"' for each in "“”„«»″"}


@dataclass(frozen=True)
class Source:
    """A text, where its words and sentences stand, and the names in it."""

    name: str
    language: Language
    text: str
    words: tuple[Span, ...]
    names: tuple[str, ...]

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """As the project itself divides the text."""
        document = Document(self.text, language=self.language.id)
        return tuple((each.start, each.end) for each in split_sentences(document))

    @cached_property
    def words_by_sentence(self) -> tuple[tuple[Span, ...], ...]:
        """The words of each sentence that has enough of them to be quoted in part."""
        rows = (tuple(word for word in self.words if start <= word[0] and word[1] <= end) for start, end in self.sentences)
        return tuple(row for row in rows if len(row) >= FEWEST)

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The different words of the text."""
        return tuple(sorted({self.text[start:end] for start, end in self.words}))

    @cached_property
    def _plain(self) -> str:
        return plain(self.text)

    def count(self, words: str) -> int:
        """How often the words stand in the text, as parts of other words too, whatever the case of the first letter."""
        sought = plain(words)
        other = sought[:1].swapcase() + sought[1:]
        return sum(self._plain.count(each) for each in {sought, other})


@dataclass(frozen=True)
class Quotation:
    """Words of one sentence, or the whole of it, as they stand in a text, and all the words of their sentence."""

    source: Source
    start: int
    end: int
    places: tuple[Span, ...]
    sentence: tuple[Span, ...]

    @property
    def text(self) -> str:
        """What is quoted."""
        return self.source.text[self.start : self.end]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, without what stands around them."""
        return tuple(self.source.text[start:end] for start, end in self.places)

    @cached_property
    def around(self) -> tuple[str, ...]:
        """What stands before the first word, between the words and after the last: one more than there are words."""
        ends = [self.start, *(end for _, end in self.places)]
        starts = [*(start for start, _ in self.places), self.end]
        return tuple(self.source.text[end:start] for end, start in zip(ends, starts, strict=True))

    def rewritten(self, words: Sequence[str], around: Sequence[str] | None = None) -> str:
        """The quotation with these words, and with this around them where another number of words asks for it."""
        before, *after = around or self.around
        return before + "".join(word + gap for word, gap in zip(words, after, strict=True))


def plain(text: str) -> str:
    """The text as a coarse search compares it: one kind of quotation mark, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_SAME)).split())


def invented() -> list[Source]:
    """The paragraphs that come with this benchmark, in thirteen languages, and the project's own seeds."""
    rows = json.loads((HERE / "texts.json").read_text(encoding="utf-8"))
    return [*(_marked(row["name"], row["language"], row["text"], row["names"]) for row in rows), *from_folder(SEEDS)]


def from_folder(folder: Path) -> list[Source]:
    """The texts of a folder, which are taken for English."""
    paths = sorted(folder.glob("*.txt"))
    sources = [english(path.stem, path.read_bytes().decode().removeprefix("\ufeff")) for path in paths]
    return [source for source in sources if source.words_by_sentence]


def english(name: str, text: str) -> Source:
    """A text of which nothing is known but that it is English."""
    return _marked(name, "en", text.replace(MARK, "/"), sorted(set(_CAPITALISED.findall(text))))


def drawn(sources: Sequence[Source], random: Random) -> Quotation | None:
    """A quotation from one of the sources; None where the same words stand in it twice."""
    source = random.choice(sources)
    sentence = random.choice(source.words_by_sentence)
    if random.random() < 0.1:
        start, end = next(span for span in source.sentences if span[0] <= sentence[0][0] < span[1])
        quotation = Quotation(source, start, end, sentence, sentence)
    else:
        count = random.randint(FEWEST, min(MOST, len(sentence)))
        first = random.randint(0, len(sentence) - count)
        places = sentence[first : first + count]
        quotation = Quotation(source, places[0][0], places[-1][1], places, sentence)
    return quotation if source.count(quotation.text) == 1 else None


def _marked(name: str, language: str, marked: str, names: Sequence[str]) -> Source:
    """The source whose text is written with marks between its words, or with spaces alone."""
    text = marked.replace(MARK, "")
    if MARK in marked:
        lengths = [len(piece) for piece in marked.split(MARK)]
        ends = [sum(lengths[: count + 1]) for count in range(len(lengths))]
        chunks = list(pairwise([0, *ends]))
    else:
        chunks = [match.span() for match in _CHUNK.finditer(text)]
    words = (_stripped(text, *chunk) for chunk in chunks)
    return Source(name, languages()[language], text, tuple(word for word in words if word[0] < word[1]), tuple(names))


def _stripped(text: str, start: int, end: int) -> Span:
    """The word without the punctuation and the spaces around it."""
    chunk = text[start:end]
    start += len(chunk) - len(chunk.lstrip(_AROUND_WORDS + " \n\u00a0"))
    whole = text[start:end].strip()
    if _ABBREVIATION.fullmatch(whole):
        return start, start + len(whole)
    return start, start + len(text[start:end].rstrip(_AROUND_WORDS + " \n\u00a0"))
