"""A page for paper, as HTML that is made only to be printed: tables of items, and each source at the foot of its page.

Elements are built, never written as text, so that nothing of a report becomes markup. The style sheet is beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from xml.etree.ElementTree import Element, SubElement, tostring

from summarizer.rendering.controls import on_one_line
from summarizer.rendering.outline import Entry, Mark, Outline, PartyLine, Section, Source

_STYLE = "print_page.css"


def print_page(page: Outline) -> str:
    """The whole page as one HTML document that loads nothing."""
    html = Element("html", lang=page.wording.language)
    head = SubElement(html, "head")
    SubElement(head, "meta", charset="utf-8")
    head.append(_element("title", page.headline))
    for name, content in (("author", "summarizer"), ("description", page.source)):
        SubElement(head, "meta", name=name, content=on_one_line(content))
    style = SubElement(head, "style")
    style.text = (files(__package__) / _STYLE).read_text(encoding="utf-8")
    SubElement(html, "body").extend(_body(page))
    return "<!DOCTYPE html>\n" + tostring(html, encoding="unicode", method="html") + "\n"


def _body(page: Outline) -> Iterator[Element]:
    say = page.wording.say
    yield _element("h1", page.headline)
    yield _element("p", page.source, look="about")
    places = {item.id: number for number, item in enumerate(page.briefing.items, start=1)}
    if page.summary:
        yield _element("h2", say("summary"))
        yield _holding("ul", [_summary_line(line.text, line.items, places) for line in page.summary])
    if page.parties:
        yield _element("h2", say("parties"))
        headings = [say("column_party"), say("column_what"), say("column_aliases")]
        yield _table(headings, map(_party, page.parties), look="parties")
    number = 1
    for section in page.sections:
        yield from _section(section, number, page)
        number += len(section.entries)
    yield _element("h2", say("withheld"))
    yield _element("p", page.withheld_because)
    if page.withheld:
        rows = [[[_element("p", line.claim)], [_element("p", each) for each in line.reasons]] for line in page.withheld]
        yield _table([say("column_claim"), say("column_reasons")], rows, look="withheld")
    yield _element("h2", say("coverage"))
    yield _element("p", page.coverage)
    yield _holding("ul", [_element("li", note) for note in page.notes])
    yield _element("h2", say("provenance"))
    yield _element("p", page.provenance, look="about")


def _summary_line(text: str, items: Sequence[str], places: dict[str, int]) -> Element:
    line = _element("li", f"{text} ")
    for id in items:
        place = SubElement(line, "a", href=f"#item-{places[id]}") if id in places else SubElement(line, "span")
        place.text = on_one_line(f"[{id}]")
        place.tail = " "
    return line


def _party(line: PartyLine) -> list[list[Element]]:
    return [
        [_element("strong", line.party.name)],
        [_element("p", ", ".join(line.what))],
        [_element("p", ", ".join(line.party.aliases))],
    ]


def _section(section: Section, number: int, page: Outline) -> Iterator[Element]:
    say = page.wording.say
    yield _element("h2", section.title)
    if not section.entries:
        yield _element("p", say("none_found"))
        return
    headings = [say("column_item"), say("column_statement"), say(f"column_{section.kind}")]
    rows = [_entry(entry, at, page) for at, entry in enumerate(section.entries, start=number)]
    yield _table(headings, rows, look="items")


def _entry(entry: Entry, number: int, page: Outline) -> list[list[Element]]:
    id = _element("p", entry.item.id)
    id.set("id", f"item-{number}")
    core = [_element("strong", f"{page.wording.say('core')} ")] if entry.item.core else []
    statement = _holding("p", [*core, _element("span", entry.item.statement), *_notes(entry, page)])
    doubts = [_element("p", doubt, look="doubt") for doubt in entry.doubts]
    return [[id], [statement, *doubts], [_mark(mark) for mark in entry.marks]]


def _mark(mark: Mark) -> Element:
    return _element("p", mark.text, look=mark.kind)


def _notes(entry: Entry, page: Outline) -> Iterator[Element]:
    """Numbers that stand side by side, with commas, so that 1 and 2 are not read as 12."""
    for count, source in enumerate(entry.sources):
        if count:
            yield _element("sup", ",")
        yield _note(source, page)


def _note(source: Source, page: Outline) -> Element:
    """The whole sentence, which the style sheet puts at the foot of the page, the words that carry the item in bold."""
    note = _element("span", source.before, look="note")
    quoted = _element("b" if source.before or source.after else "span", source.quoted)
    quoted.tail = on_one_line(f"{source.after} ({', '.join(source.place)}")
    note.append(quoted)
    if source.hidden:
        quoted.tail += ", "
        note.append(_element("strong", page.wording.say("hidden")))
    note.append(_element("span", ")"))
    return note


def _table(headings: Sequence[str], rows: Iterable[Sequence[Sequence[Element]]], *, look: str) -> Element:
    table = Element("table", {"class": look})
    SubElement(table, "thead").append(_holding("tr", [_element("th", heading) for heading in headings]))
    SubElement(table, "tbody").extend(_holding("tr", [_holding("td", cell) for cell in row]) for row in rows)
    return table


def _element(name: str, text: str, *, look: str | None = None) -> Element:
    element = Element(name, {"class": look} if look else {})
    element.text = on_one_line(text)
    return element


def _holding(name: str, children: Iterable[Element]) -> Element:
    element = Element(name)
    element.extend(children)
    return element
