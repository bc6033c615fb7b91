"""What is in a cassette, and what is wrong with it: by itself, and against what some reports ask today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.llm.cassette.differences import Aspects, aspects, differences, first_words, nearest
from summarizer.llm.cassette.exchanges import Authored, Exchange, Fault, Question, Recorded, Unplayable
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
    """One thing to report about a file; `authored` says that a person wrote it. What is missing has no file."""

    finding: Finding
    file: str
    what: str
    authored: bool = False

    @property
    def is_needless(self) -> bool:
        """Whether nobody needs the file. What a person wrote or edited is left to that person."""
        return self.finding == "damaged" or (self.is_idle and not self.authored)

    @property
    def is_idle(self) -> bool:
        """Whether the reports in question do not use the file."""
        return self.finding in ("unused", "stale")


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
    that was not used is stale where something is asked about the same text, and unused elsewhere. Where no text is fenced off,
    all that the messages say counts as the text.
    """
    entries = {path.name: entry for path, entry in cassette.entries() if isinstance(entry, Exchange)}
    held = {file: aspects(entry.question) for file, entry in entries.items()}
    asked = [*map(aspects, missing), *(each for file, each in held.items() if file in cassette.used)]
    by_text: dict[str, list[Aspects]] = {}
    for each in asked:
        by_text.setdefault(_matter(each), []).append(each)
    return [
        *(_idle(file, entry, held[file], by_text) for file, entry in entries.items() if file not in cassette.used),
        *(Found("missing", "-", first_words(question)) for question in missing),
    ]


def delete(cassette: Cassette, needless: Iterable[Found]) -> Iterator[str]:
    """Delete these files, and give the name of each when it is gone. Raises OutputError."""
    for each in needless:
        cassette.remove(each.file)
        yield each.file


def _idle(file: str, entry: Exchange, then: Aspects, by_text: Mapping[str, list[Aspects]]) -> Found:
    authored = isinstance(entry.origin, Authored)
    same_text = by_text.get(_matter(then))
    if same_text is None:
        return Found("unused", file, first_words(entry.question), authored)
    _, now = nearest(then, [("", each) for each in same_text])
    return Found("stale", file, "; ".join(differences(then, now)), authored)


def _matter(each: Aspects) -> str:
    return each["text"] or each["prompt"]
