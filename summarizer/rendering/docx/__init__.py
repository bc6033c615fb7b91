"""A Word document of a briefing, to be argued over and passed on: tables of items, and a footnote for each source.

A footnote holds the whole sentence, the words that carry the item in bold, and its place. The look is that of a template,
whose text goes and whose styles, page, headers and footers stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from summarizer.rendering.docx.blocks import Column, link, note, note_mark, paragraph, run, separators, table
from summarizer.rendering.docx.package import STYLES, Properties, WordFile
from summarizer.rendering.outline import Entry, Mark, Outline, PartyLine, Section, Source


def docx(page: Outline, *, reference_doc: Path | None = None) -> bytes:
    """The whole page as a Word file. Raises UsageError for a `reference_doc` that is no Word file."""
    file = WordFile(reference_doc)
    form = _Form(page, {key: file.style(name) for key, name in STYLES.items()}, file.width)
    return file.filled(form.body(), notes=form.notes(), properties=_properties(page))


def _properties(page: Outline) -> Properties:
    return Properties(
        title=page.headline,
        subject=page.source,
        comments=page.provenance,
        created=page.briefing.provenance.created,
        language=page.report_language,
    )


@dataclass(frozen=True, slots=True)
class _Form:
    """A page on its way into a document with these styles and this width."""

    page: Outline
    styles: dict[str, str]
    width: int

    def body(self) -> Iterator[Element]:
        page, say = self.page, self.page.wording.say
        yield paragraph([run(page.headline)], style=self.styles["title"])
        yield paragraph([run(page.source)], style=self.styles["subtitle"])
        if page.summary:
            yield self._heading(say("summary"))
            entries = (entry for section in page.sections for entry in section.entries)
            places = {entry.item.id: number for number, entry in enumerate(entries, start=1)}
            for line in page.summary:
                yield self._bullet([run(f"{line.text} ["), *_links(line.items, places), run("]")])
        if page.parties:
            yield self._heading(say("parties"))
            yield from self._table({"column_party": 0.3, "column_what": 0.4, "column_aliases": 0.3}, map(_party, page.parties))
        bookmark = 1
        for section in page.sections:
            yield from self._section(section, bookmark)
            bookmark += len(section.entries)
        yield from self._end()

    def notes(self) -> Iterator[Element]:
        yield from separators()
        for section in self.page.sections:
            for source in (source for entry in section.entries for source in entry.sources):
                yield note(source.number, self._cited(source), style=self.styles["note"], mark_style=self.styles["note_mark"])

    def _section(self, section: Section, bookmark: int) -> Iterator[Element]:
        yield self._heading(section.title)
        if not section.entries:
            yield paragraph([run(section.more or self.page.wording.say("none_found"))])
            return
        columns = {"column_item": 0.16, "column_statement": 0.56, f"column_{section.kind}": 0.28}
        yield from self._table(columns, (self._entry(entry, at) for at, entry in enumerate(section.entries, start=bookmark)))
        if section.more:
            yield paragraph([run(section.more)])

    def _entry(self, entry: Entry, bookmark: int) -> list[list[Element]]:
        core = [run(f"{self.page.wording.say('core')} ", bold=True)] if entry.item.core else []
        notes = [note_mark(source.number, style=self.styles["note_mark"]) for source in entry.sources]
        below = [paragraph([run(line, italic=True)]) for line in (*entry.doubts, *entry.checks)]
        return [
            [paragraph([run(entry.item.id)], bookmark=bookmark)],
            [paragraph([*core, run(entry.item.statement), *_apart(notes, self.styles["note_mark"])]), *below],
            [paragraph([_mark(mark)]) for mark in entry.marks],
        ]

    def _cited(self, source: Source) -> Iterator[Element]:
        """The sentence, **the words that carry the item** in bold where they are not all of it; then its place."""
        partly = bool(source.before or source.after)
        yield run(source.before)
        yield run(source.quoted, bold=partly)
        yield run(f"{source.after} ({', '.join(source.place)}")
        if source.hidden:
            yield run(f", {self.page.wording.say('hidden')}", bold=True)
        yield run(")")

    def _end(self) -> Iterator[Element]:
        page, say = self.page, self.page.wording.say
        yield self._heading(say("withheld"))
        yield paragraph([run(page.withheld_because)])
        if page.withheld:
            rows = (
                [[paragraph([run(line.claim)])], [paragraph([run(each)]) for each in (*line.asked, *line.reasons)]]
                for line in page.withheld
            )
            yield from self._table({"column_claim": 0.6, "column_reasons": 0.4}, rows)
        yield self._heading(say("coverage"))
        yield paragraph([run(page.coverage)])
        for text in (*page.notes, *page.passed_over):
            yield self._bullet([run(text)])
        yield self._heading(say("provenance"))
        yield paragraph([run(page.provenance)])

    def _table(self, shares: dict[str, float], rows: Iterator[list[list[Element]]]) -> Iterator[Element]:
        columns = [Column(self.page.wording.say(heading), share) for heading, share in shares.items()]
        yield table(columns, rows, style=self.styles["table"], width=self.width)

    def _heading(self, text: str) -> Element:
        return paragraph([run(text)], style=self.styles["heading"])

    def _bullet(self, runs: list[Element]) -> Element:
        return paragraph(runs, style=self.styles["bullet"])


def _links(items: Sequence[str], places: dict[str, int]) -> Iterator[Element]:
    for number, id in enumerate(items):
        if number:
            yield run(", ")
        yield link([run(id)], bookmark=places[id]) if id in places else run(id)


def _party(line: PartyLine) -> list[list[Element]]:
    return [
        [paragraph([run(line.party.name, bold=True)])],
        [paragraph([run(", ".join(line.what))])],
        [paragraph([run(", ".join(line.party.aliases))])],
    ]


def _mark(mark: Mark) -> Element:
    return run(mark.text, bold=mark.kind in ("stance", "status"), italic=mark.kind == "doubtful")


def _apart(marks: list[Element], style: str) -> Iterator[Element]:
    """Numbers that stand side by side, with commas, so that 1 and 2 are not read as 12."""
    for number, mark in enumerate(marks):
        if number:
            yield run(",", style=style)
        yield mark
