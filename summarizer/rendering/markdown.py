"""Markdown for people: every line with a footnote for each sentence of the source that says it, doubts and gaps included.

Footnotes (`[^1]`) are no CommonMark, but GitHub, GitLab, Codeberg, Obsidian, Pandoc, Jupyter Book and Hugo make links of
them, both ways. Each is a paragraph of its own and begins with words of ours, so that where they are not known it is read
as the paragraph that it is, below the number that it has, and can never become the definition of a link.

Whatever came from a report or a model is escaped, so that it shows as text and never becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.rendering.controls import in_its_own_direction, on_one_line
from summarizer.rendering.outline import Entry, Outline, PartyLine, Section, Source
from summarizer.rendering.wording import Wording

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$^])")
_LINK = re.compile(r"(?i)(:(?=//)|(?<=/)/|(?<=\w)\.(?=[^\W\d_]{2})|(?<=\bwww)\.|@)")
"""What viewers make a link of without being asked."""
_ADDRESS = re.compile(r"([A-Za-z0-9.+_-]+@[A-Za-z0-9._-]+)")
"""What some make a link of even when it is escaped (cmark-gfm), but not in code."""
_LINE_START = re.compile(r"^(\d+)([.)])|^([-=:])")
_INDENT = re.compile("^ {2,}")  # would make code of what begins a line of a list


def markdown(page: Outline) -> str:
    """The whole page as CommonMark."""
    words = page.wording
    notes = {entry.item.id: _notes(entry) for section in page.sections for entry in section.entries}
    blocks = (
        f"# {_text(page.headline)}",
        _text(page.source),
        *_part(
            words.say("summary"),
            [f"- {_text(line.text)}{''.join(notes.get(id, '') for id in line.items)}" for line in page.summary],
        ),
        *_part(words.say("parties"), [f"- {_party(line, words)}" for line in page.parties]),
        *(block for section in page.sections for block in _section(section, words)),
        f"## {words.say('withheld')}",
        page.withheld_because,
        *_list([f"- {_text(line.claim)} *({_text('; '.join((*line.asked, *line.reasons)))})*" for line in page.withheld]),
        f"## {words.say('coverage')}",
        _text(page.coverage),
        *_list([f"- {_text(note)}" for note in (*page.notes, *page.passed_over)]),
        f"## {words.say('provenance')}",
        _text(page.provenance),
        *(_note(source, words) for section in page.sections for entry in section.entries for source in entry.sources),
    )
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Text that shows as it is in Markdown: one line, nothing in it markup."""
    return _text(text)


def _part(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"## {title}"
        yield from _list(lines)


def _list(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield "\n".join(lines)


def _party(line: PartyLine, words: Wording) -> str:
    """Who it is: "Lena Dorn, foreign minister, for Velia (also Dorn)"."""
    aliases = line.party.aliases
    also = f" ({_text(words.say('also', names=', '.join(aliases)))})" if aliases else ""
    return f"{', '.join(map(_text, (line.party.name, *line.what)))}{also}"


def _section(section: Section, words: Wording) -> Iterator[str]:
    yield f"## {section.title}"
    if not section.entries and not section.more:
        yield words.say("none_found")
    for entry in section.entries:
        below = (f"  > *{_text(line)}*" for line in (*entry.doubts, *entry.checks))
        yield "\n".join((_line(entry, words), *below))
    if section.more:
        yield section.more


def _line(entry: Entry, words: Wording) -> str:
    core = f"**{words.say('core')}** " if entry.item.core else ""
    marks = (f"**{_text(mark.text)}**" if mark.kind == "doubtful" else _text(mark.text) for mark in entry.marks)
    return f"- {core}{_text(entry.item.statement)}{_notes(entry)} *({'; '.join((_text(entry.item.id), *marks))})*"


def _notes(entry: Entry) -> str:
    return "".join(f"[^{source.number}]" for source in entry.sources)


def _note(source: Source, words: Wording) -> str:
    """Where the sentence stands, and the sentence, the words that carry the item in bold where they are not all of it."""
    hidden = [f"**{words.say('hidden')}**"] if source.hidden else []
    place = ", ".join((*map(_text, source.place), *hidden))
    return f"[^{source.number}]: {place}: {_sentence(source)}"


def _sentence(source: Source) -> str:
    if not source.before and not source.after:
        return _text(source.quoted)
    return f"{_text(source.before)}**{_text(source.quoted)}**{_text(source.after)}"


def _text(text: str) -> str:
    """Text that shows as it is: one line, nothing in it markup. E-mail addresses are code, so that they are no links."""
    line = _INDENT.sub(" ", in_its_own_direction(on_one_line(text)))
    pieces = _ADDRESS.split(line)  # every other one is an address
    escaped = "".join(
        f"`{piece}`" if number % 2 else _LINK.sub(r"\\\1", _SPECIAL.sub(r"\\\1", piece)) for number, piece in enumerate(pieces)
    )
    return _LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", escaped)
