"""What is in a cassette, and what is wrong with it: by itself, and against what some reports ask today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from summarizer.llm.cassette.differences import aspects, differences, first_words, nearest
from summarizer.llm.cassette.exchanges import Exchange, Fault, Question, Recorded, Unplayable
from summarizer.llm.cassette.folder import Cassette

Finding = Fault | Literal["unused", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class Line:
    """One file of a cassette, as it is listed. `origin` is "recorded" or "authored", or else what is wrong with the file."""

    file: str
    origin: str
    model: str
    date: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to report about a file. What is missing has no file."""

    finding: Finding
    file: str
    what: str

    @property
    def is_needless(self) -> bool:
        """Whether nobody needs the file. What a person wrote or edited is left to that person."""
        return self.finding in ("damaged", "unused", "stale")


def listing(cassette: Cassette) -> Iterator[Line]:
    """A line for each file, in the order of their names."""
    for path, entry in cassette.entries():
        if isinstance(entry, Unplayable):
            yield Line(path.name, entry.fault, "-", "-", str(entry))
        else:
            date = entry.origin.date if isinstance(entry.origin, Recorded) else "-"
            model = aspects(entry.question)["model"] or "-"
            yield Line(path.name, type(entry.origin).__name__.lower(), model, date, first_words(entry.question))


def faults(cassette: Cassette) -> list[Found]:
    """What is wrong with the files themselves."""
    return [Found(each.fault, path.name, str(each)) for path, each in cassette.entries() if isinstance(each, Unplayable)]


def comparison(cassette: Cassette, *, missing: Sequence[Question]) -> list[Found]:
    """What of a cassette is not needed, and what is needed and not there.

    `cassette.used` says what was played back to the reports in question, `missing` what they asked for in vain. An exchange
    that was not used is stale where something is asked about the same text, and unused elsewhere.
    """
    held = {path: entry.question for path, entry in cassette.entries() if isinstance(entry, Exchange)}
    asked = [*missing, *(question for path, question in held.items() if path.name in cassette.used)]
    by_text: dict[str, list[Question]] = {}
    for question in asked:
        by_text.setdefault(aspects(question)["text"], []).append(question)
    idle = {path: question for path, question in held.items() if path.name not in cassette.used}
    return [
        *(_idle(path, question, by_text) for path, question in idle.items()),
        *(Found("missing", "-", first_words(question)) for question in missing),
    ]


def delete(cassette: Cassette, needless: Iterable[Found]) -> Iterator[str]:
    """Delete these files, and give the name of each when it is gone. Raises OutputError."""
    for each in needless:
        cassette.remove(each.file)
        yield each.file


def _idle(path: Path, question: Question, by_text: Mapping[str, list[Question]]) -> Found:
    same_text = by_text.get(aspects(question)["text"])
    if same_text is None:
        return Found("unused", path.name, first_words(question))
    _, now = nearest(question, [(path, each) for each in same_text])
    return Found("stale", path.name, "; ".join(differences(question, now)))
