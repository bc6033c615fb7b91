"""A briefing in a terminal: as wide as it is, in colour where it has colour, each item with its numbered sources below it.

A terminal obeys control characters, so none of a report reaches it: those with a picture are shown as it (U+2400 on), the
others, among them those that turn the direction of a line, in letters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.printable import printable
from summarizer.rendering import Styling
from summarizer.rendering.controls import on_one_line
from summarizer.rendering.outline import Entry, Mark, Outline, PartyLine, Section, Source
from summarizer.rendering.wording import Wording
from summarizer.schema import Demand, DemandStatus, Item, Outcome, OutcomeStatus, Position, Stance

STANCE_MARKS: Mapping[Stance, tuple[str, str]] = {
    "supports": ("✓", "green"),
    "opposes": ("✗", "red"),
    "conditional": ("◐", "yellow"),
    "neutral": ("–", "default"),
}
STATUS_MARKS: Mapping[DemandStatus | OutcomeStatus, tuple[str, str]] = {
    "open": ("○", "yellow"),
    "accepted": ("●", "green"),
    "partly_accepted": ("◐", "yellow"),
    "rejected": ("✗", "red"),
    "unknown": ("○", "default"),
    "agreed": ("●", "green"),
    "committed": ("●", "green"),
    "announced": ("◐", "yellow"),
    "pending": ("○", "yellow"),
    "done": ("●", "green"),
    "failed": ("✗", "red"),
}
"""A mark and its colour. The words stand beside it, so that neither has to be seen."""

_INDENT = 2


def terminal(page: Outline, *, width: int = 80, styling: Styling = "none") -> str:
    """The whole page in lines of at most this width. The only escapes in it are those of its own styling, if any."""
    written = StringIO()
    console = Console(
        file=written,
        width=width,
        force_terminal=styling != "none",
        color_system=None if styling == "none" else "standard",  # sixteen colours, which the user's theme chooses
        no_color=styling != "colour",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
    )
    for block in _blocks(page):
        console.print(block)
    return "\n".join(line.rstrip() for line in written.getvalue().split("\n")).rstrip("\n") + "\n"


def _blocks(page: Outline) -> Iterator[Text | Padding | Table]:
    words = page.wording
    numbers = {entry.item.id: _numbers(entry) for section in page.sections for entry in section.entries}
    yield _text(page.headline, "bold")
    yield _text(page.source, "dim")
    if page.summary:
        yield from _heading(words.say("summary"))
        for line in page.summary:
            yield _bullet(_text(line.text), _text(f" {''.join(numbers.get(id, '') for id in line.items)}", "cyan"))
    if page.parties:
        yield from _heading(words.say("parties"))
        yield from (_party(line, words) for line in page.parties)
    for section in page.sections:
        yield from _section(section, words)
    yield from _heading(words.say("withheld"))
    yield _text(page.withheld_because)
    for withheld in page.withheld:
        yield _bullet(_text(withheld.claim), _text(f" ({'; '.join((*withheld.asked, *withheld.reasons))})", "italic"))
    yield from _heading(words.say("coverage"))
    yield _text(page.coverage)
    yield from (_bullet(_text(note)) for note in (*page.notes, *page.passed_over))
    yield from _heading(words.say("provenance"))
    yield _text(page.provenance, "dim")


def _heading(title: str) -> Iterator[Text]:
    yield Text()
    yield _text(title, "bold underline")


def _party(line: PartyLine, words: Wording) -> Table:
    what = "".join(f", {each}" for each in line.what)
    also = f" ({words.say('also', names=', '.join(line.party.aliases))})" if line.party.aliases else ""
    return _bullet(_text(line.party.name, "bold"), _text(what), _text(also, "dim"))


def _section(section: Section, words: Wording) -> Iterator[Text | Padding | Table]:
    yield from _heading(section.title)
    if not section.entries and not section.more:
        yield _text(words.say("none_found"))
    for number, entry in enumerate(section.entries):
        if number:
            yield Text()
        yield from _entry(entry, words)
    if section.more:
        yield _text(section.more, "dim")


def _entry(entry: Entry, words: Wording) -> Iterator[Text | Padding | Table]:
    mark, colour = _mark_of(entry.item)
    core = [_text(words.say("core"), "bold"), _text(" ")] if entry.item.core else []
    statement = [*core, _text(entry.item.statement), _text(f" {_numbers(entry)}", "cyan")]
    yield _hanging(_text(mark, f"bold {colour}"), *statement)
    yield _below(Text("; ").join([_text(entry.item.id, "dim"), *(_mark(each, colour) for each in entry.marks)]))
    yield from (_below(_source(source, words)) for source in entry.sources)
    yield from (_below(_text(doubt, "italic yellow")) for doubt in entry.doubts)
    yield from (_below(_text(check, "dim")) for check in entry.checks)


def _mark_of(item: Item) -> tuple[str, str]:
    match item:
        case Position():
            return STANCE_MARKS[item.stance]
        case Demand() | Outcome():
            return STATUS_MARKS[item.status]
    raise TypeError(f"{type(item).__name__} is no kind of item")


def _mark(mark: Mark, colour: str) -> Text:
    match mark.kind:
        case "stance" | "status":
            return _text(mark.text, colour)
        case "doubtful":
            return _text(mark.text, "bold yellow")
        case "detail":
            return _text(mark.text)


def _source(source: Source, words: Wording) -> Text:
    place = ", ".join((*source.place, *([words.say("hidden")] if source.hidden else [])))
    quoted = "bold" if source.before or source.after else ""
    return Text.assemble(
        _text(f"[{source.number}]", "cyan"),
        " ",
        _text(source.before, "dim"),
        _text(source.quoted, quoted),
        _text(source.after, "dim"),
        _text(f" ({place})", "dim"),
    )


def _numbers(entry: Entry) -> str:
    return "".join(f"[{source.number}]" for source in entry.sources)


def _bullet(*parts: Text) -> Table:
    return _hanging(Text("•"), *parts)


def _hanging(mark: Text, *parts: Text) -> Table:
    """A mark, and beside it the text, whose further lines begin below its first."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row(mark, Text.assemble(*parts))
    return grid


def _below(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, _INDENT))


def _text(text: str, style: str = "") -> Text:
    return Text("".join(map(_shown, on_one_line(text))), style=style)


def _shown(character: str) -> str:
    return character if unicodedata.category(character) == "Zs" else printable(character)
