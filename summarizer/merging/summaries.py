"""What a reader must know first: the headline and the summary, made of items alone, so that nothing in them is unchecked.

Outcomes come before demands, and these before views. A doubtful item is in neither, and no two sentences tell the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from summarizer.briefing import SummarySentence
from summarizer.document import Document
from summarizer.grounding.english.lexicon import listed
from summarizer.grounding.english.verbs import has_verb
from summarizer.grounding.english.words import tokens_of
from summarizer.grounding.moves import says_what
from summarizer.merging.statements import holders
from summarizer.schema import Item, Party

FEWEST, MOST = 3, 5
"""Sentences of a summary, where so many items are sure. Beyond the fewest only what reads well is added."""
_OF_A_KIND = 2
"""Sentences on outcomes, demands and views each, while there are others."""
_LONGEST = 45
"""Words of a sentence that tells two things of a party, and beyond which one is passed over while there are shorter ones."""
_MOSTLY = 0.6
"""The share of capitals from which on a title is one of a form, and no headline."""
_FEWEST_WORDS = 2
"""Words of content in what a sentence of the summary says: not "them financially"."""
_SAME = 0.6
_SAME_OF_OTHERS = 0.8
"""The share of the shorter one's words that the other has too where both tell the same: of one party, of two."""
_NOTHING = "No position, demand or outcome was found"
_WORD = re.compile(r"\d[\w.,]*|\w{4,}")
_QUOTED = re.compile("“([^”]+)”")


def headline(summary: Sequence[SummarySentence], items: Sequence[Item], document: Document) -> str:
    """The report's own title; where it has none that tells something, what is first in the summary or among the items.

    One line without quotation marks.
    """
    foremost = {item.id: item.statement for item in items}
    first = [foremost[sentence.items[0]] for sentence in summary] or list(foremost.values())
    if document.title and not (first and _only_names_the_paper(document.title, language=document.language)):
        return document.title
    return re.sub("[“”]", "", first[0]).rstrip(".") if first else _NOTHING


def _only_names_the_paper(title: str, *, language: str) -> bool:
    """Whether a title says what sort of paper it is, or whose, and not what it tells: "PRESS RELEASE No 47". English."""
    letters = [letter for letter in title if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters) > _MOSTLY * len(letters)
    words = [token.lower for token in tokens_of(title) if token.is_word]
    paper = next((form for form in listed("titles") if words[: len(form.split())] == form.split()), "")
    rest = " ".join(words[len(paper.split()) :])
    return language == "en" and (capitals or bool(paper)) and not has_verb(rest)


def summarised(
    outcomes: Sequence[Item],
    demands: Sequence[Item],
    positions: Sequence[Item],
    *,
    parties: Sequence[Party],
    document: Document,
) -> tuple[SummarySentence, ...]:
    """Three to five sentences, fewer where fewer items are sure, each of one item or of two of the same party."""
    names = {party.id: party.name for party in parties}
    told: list[list[_Line]] = []
    for items in (outcomes, demands, positions):
        before = [line for lines in told for line in lines]
        told.append(_paired(_distinct(_lines(items, names, document), before)))
    chosen = [lines[:_OF_A_KIND] for lines in told]
    taken = [line for lines in chosen for line in lines if line.reads_on][:MOST]
    spare = [line for lines in told for line in lines if line not in taken]
    taken += [line for line in spare if line.reads_on][: MOST - len(taken)]
    taken += [line for line in spare if line not in taken][: max(0, FEWEST - len(taken))]
    return tuple(
        SummarySentence(text=line.text, items=line.items)
        for lines in told
        for line in sorted(lines, key=lambda line: line.start)
        if line in taken
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence of the summary, of whom, from where in the report, and the words that say what it is about.

    `figures` are those of the words that begin with a digit.
    """

    text: str
    items: tuple[str, ...]
    holders: str
    start: int
    words: frozenset[str]
    figures: frozenset[str]

    def tells_of(self, other: _Line) -> bool:
        """Whether both tell the same."""
        if self.figures != other.figures:
            return False
        shared = len(self.words & other.words) / max(1, min(len(self.words), len(other.words)))
        return shared >= (_SAME if self.holders == other.holders else _SAME_OF_OTHERS)

    @property
    def reads_on(self) -> bool:
        """Whether it goes on from its party to a verb, and so can be joined to another: not "Velia said: ..."."""
        return self.text.startswith(f"{self.holders} ") and ": “" not in self.text

    @property
    def is_brief(self) -> bool:
        return len(self.text.split()) <= _LONGEST


def _lines(items: Sequence[Item], names: dict[str, str], document: Document) -> list[_Line]:
    """The items that are sure and say something, the core ones first, of these those that read well, as the report has them."""
    sure = [item for item in items if item.verdict == "grounded" and says_what(item.evidence[0].quote, fewest=_FEWEST_WORDS)]
    lines = {item.id: _line(item, names, document) for item in sure}
    ranked = sorted(sure, key=lambda item: (not item.core, not (lines[item.id].reads_on and lines[item.id].is_brief)))
    return [lines[item.id] for item in ranked]


def _line(item: Item, names: dict[str, str], document: Document) -> _Line:
    whose = holders([names[id] for id in item.parties], document)
    told = " ".join(_QUOTED.findall(item.statement)) or item.statement
    words = frozenset(_WORD.findall(told.casefold()))
    figures = frozenset(word for word in words if word[0].isdigit())
    return _Line(item.statement, (item.id,), whose[:1].upper() + whose[1:], item.evidence[0].start, words, figures)


def _distinct(lines: Sequence[_Line], before: Sequence[_Line]) -> list[_Line]:
    """The first of those that tell the same."""
    kept: list[_Line] = []
    for line in lines:
        if not any(line.tells_of(other) for other in (*before, *kept)):
            kept.append(line)
    return kept


def _paired(lines: Sequence[_Line]) -> list[_Line]:
    """Two that stand one after the other as one, where they are of the same party and short enough."""
    made: list[_Line] = []
    for _, of_one in groupby(lines, key=lambda line: line.holders):
        of_party = list(of_one)
        while of_party:
            line, *of_party = of_party
            joined = _joined(line, of_party[0]) if of_party and line.reads_on and of_party[0].reads_on else line
            if joined.is_brief and joined is not line:
                line, of_party = joined, of_party[1:]
            made.append(line)
    return made


def _joined(line: _Line, other: _Line) -> _Line:
    text = f"{line.text.removesuffix('.')} and {other.text.removeprefix(line.holders).lstrip()}"
    words, figures = line.words | other.words, line.figures | other.figures
    return _Line(text, (*line.items, *other.items), line.holders, line.start, words, figures)
