"""What a briefing is measured by: texts beside what readers found in them."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from summarizer.document import Document
from summarizer.errors import SourceError, UsageError
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.records import read_record
from summarizer.reading import read
from summarizer.settings import DEFAULT_MAX_CHARACTERS

_GOLD = ".json"
_ADVICE = "the format of gold is in docs/evaluation.md"


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its gold. Raises SourceError where the gold is of another text, or points outside of it."""

    name: str
    document: Document
    gold: Gold

    def __post_init__(self) -> None:
        if self.gold.sha256 != self.document.id:
            raise SourceError(
                f"the gold of {self.name!r} is of another text: its sha256 is {self.gold.sha256[:12]}…, and that of"
                f" {self.document.source!r} {self.document.id[:12]}…; annotate the text that is there, or put the other back"
            )
        length = len(self.document.text)
        for item in self.gold.items:
            for start, end in item.spans:
                if not 0 <= start < end <= length:
                    raise SourceError(
                        f"the gold of {self.name!r} has a span that is none: [{start}, {end}] of item {item.id!r}, in a text of"
                        f" {length} code points; {_ADVICE}"
                    )


@dataclass(frozen=True, slots=True)
class Dataset:
    """Cases, by name, and the names of files that were left out because they have no gold."""

    cases: tuple[Case, ...]
    without_gold: tuple[str, ...] = ()

    @classmethod
    def read(
        cls, folder: str | Path, *, gold: str | Path | None = None, max_characters: int = DEFAULT_MAX_CHARACTERS
    ) -> Dataset:
        """The cases of a folder: NAME.txt, or NAME with another suffix that can be read, beside NAME.json.

        `gold`: the folder of the NAME.json, where it is another one. Hidden files and folders are passed over. Raises
        UsageError for what is no folder, SourceError for a text or gold that cannot be used, and where there is no case.
        """
        texts, golds = _files(Path(folder)), _files(Path(folder if gold is None else gold))
        wanted = {path.stem: path for path in golds if path.suffix == _GOLD}
        found: defaultdict[str, list[Path]] = defaultdict(list)
        for path in texts:
            if path.suffix != _GOLD:
                found[path.stem].append(path)
        if not wanted:
            raise SourceError(f"{os.fspath(gold or folder)!r} holds no gold, a NAME.json for a NAME.txt: {_ADVICE}")
        return cls(
            cases=tuple(
                Case(name, read(_only(found[name], path), max_characters=max_characters), _gold(path))
                for name, path in wanted.items()
            ),
            without_gold=tuple(path.name for name in found if name not in wanted for path in found[name]),
        )


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise UsageError(f"{os.fspath(folder)!r} is not a folder: name one that holds texts with their gold")
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def _only(texts: list[Path], gold: Path) -> Path:
    """The one text that this gold is of."""
    match texts:
        case [text]:
            return text
        case []:
            raise SourceError(f"{os.fspath(gold)!r} has no text beside it: put {gold.stem + '.txt'!r} there, or take it away")
        case _:
            names = " and ".join(repr(path.name) for path in texts)
            raise SourceError(f"{os.fspath(gold)!r} may be of {names}: leave one of them in the folder")


def _gold(path: Path) -> Gold:
    return read_record(path, Gold, advice=_ADVICE)
