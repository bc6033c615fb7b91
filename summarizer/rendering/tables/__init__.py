"""A briefing as tables: a row for the document, one for each item, party and evidence, and one for each withheld claim.

Tables of many briefings have the same columns, and last the place of the document among them; what has no briefing is in a
table of its own. Which columns there are, what is in them, and in which order is said here and in docs/tables.md, whatever
the tables are written as. The names of columns are fixed; new ones come at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from summarizer.briefing import Briefing
from summarizer.schema import Demand, Item, Outcome, Position

CellType = Literal["text", "number", "decimal", "truth", "texts", "numbers"]
Columns = tuple[tuple[str, CellType], ...]
Cell = str | int | float | bool | tuple[str, ...] | tuple[int, ...] | None
BETWEEN = "; "
"""What stands between the members of a list, where a cell can hold nothing but text."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; `None` is a cell with nothing in it."""

    name: str
    columns: Columns
    rows: tuple[tuple[Cell, ...], ...]


def tables(briefing: Briefing) -> tuple[Table, ...]:
    """The tables `documents`, `items`, `parties`, `evidence` and `withheld` of a briefing."""
    return (
        Table("documents", DOCUMENTS, (_document(briefing),)),
        Table("items", ITEMS, tuple(_item(item, briefing) for item in briefing.items)),
        Table("parties", PARTIES, tuple(_parties(briefing))),
        Table("evidence", EVIDENCE, tuple(_evidence(briefing))),
        Table("withheld", WITHHELD, tuple(_withheld(briefing))),
    )


class TableFile(Protocol):
    """A table that is written row by row. Whole once it is closed."""

    def add(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        """Write these rows below the others."""

    def close(self) -> None:
        """Write what is not written yet."""


def placed(table: Table, entry: int) -> Table:
    """The table with the place of its document among many in each row, counted from 1."""
    return Table(table.name, (*table.columns, *ENTRY), tuple((*row, entry) for row in table.rows))


def failures(entry: int, source: str, document: str | None, why: str, reason: str) -> Table:
    """The table `failures` with the row of a document of which there is no briefing; `document` is None if it was not read."""
    return placed(Table("failures", FAILURES, ((document, source, why, reason),)), entry)


def empty_tables() -> tuple[Table, ...]:
    """All tables of many briefings, without rows."""
    return tuple(
        Table(name, (*columns, *ENTRY), ())
        for name, columns in (
            ("documents", DOCUMENTS),
            ("items", ITEMS),
            ("parties", PARTIES),
            ("evidence", EVIDENCE),
            ("withheld", WITHHELD),
            ("failures", FAILURES),
        )
    )


def joined(cell: Cell) -> str | int | float | bool | None:
    """The cell, a list as one text. Where a member holds "; " itself, the columns of ids tell the members apart."""
    return BETWEEN.join(map(str, cell)) if isinstance(cell, tuple) else cell


def _columns(**types: CellType) -> Columns:
    return tuple(types.items())


DOCUMENTS = _columns(
    document="text",
    source="text",
    title="text",
    publisher="text",
    published="text",
    language="text",
    headline="text",
    complete="truth",
    sentences="number",
    cited="number",
    passages="number",
    failed="number",
    truncated="number",
    filtered="number",
    moves_without_item="numbers",
    gaps="texts",
    warnings="texts",
    summarizer="text",
    model="text",
    strategy="text",
    policy="text",
    prompts="texts",
    created="text",
    seconds="decimal",
    calls="number",
    cached="number",
    prompt_tokens="number",
    completion_tokens="number",
    cost="decimal",
)


def _document(briefing: Briefing) -> tuple[Cell, ...]:
    document, coverage, made = briefing.document, briefing.coverage, briefing.provenance
    return (
        document.id,
        document.source,
        document.title,
        document.publisher,
        document.published,
        document.language,
        briefing.headline,
        document.complete,
        document.sentences,
        coverage.cited,
        coverage.passages,
        coverage.failed,
        coverage.truncated,
        coverage.filtered,
        coverage.moves_without_item,
        coverage.reasons,
        document.warnings,
        made.summarizer,
        made.model,
        made.strategy,
        made.policy,
        tuple(f"{name} {sha}" for name, sha in made.prompts.items()),
        made.created,
        made.seconds,
        made.usage.calls,
        made.usage.cached,
        made.usage.prompt_tokens,
        made.usage.completion_tokens,
        made.usage.cost,
    )


ITEMS = _columns(
    document="text",
    item="text",
    kind="text",
    verdict="text",
    core="truth",
    statement="text",
    parties="texts",
    party_ids="texts",
    stance="text",
    status="text",
    issue="text",
    addressees="texts",
    addressee_ids="texts",
    reported_by="text",
    reported_by_id="text",
    condition="text",
    deadline="text",
    deadline_day="text",
    timing="text",
    timing_day="text",
    answers="texts",
    answered_by="texts",
    doubts="texts",
    quotes="texts",
    sentences="numbers",
)


def _item(item: Item, briefing: Briefing) -> tuple[Cell, ...]:
    known: dict[str, Cell] = {
        "document": briefing.document.id,
        "item": item.id,
        "verdict": item.verdict,
        "core": item.core,
        "statement": item.statement,
        "parties": _names(item.parties, briefing),
        "party_ids": item.parties,
        "doubts": tuple(check.reason for check in item.checks if check.result == "doubt"),
        "quotes": tuple(evidence.quote for evidence in item.evidence),
        "sentences": tuple(evidence.sentence for evidence in item.evidence),
        **_of_its_kind(item, briefing),
    }
    return tuple(known.get(name) for name, _ in ITEMS)


def _of_its_kind(item: Item, briefing: Briefing) -> dict[str, Cell]:
    match item:
        case Position():
            teller = item.reported_by
            return {
                "kind": "position",
                "stance": item.stance,
                "issue": item.issue,
                "reported_by": briefing.party(teller).name if teller is not None else None,
                "reported_by_id": teller,
            }
        case Demand():
            return {
                "kind": "demand",
                "status": item.status,
                "addressees": _names(item.addressees, briefing),
                "addressee_ids": item.addressees,
                "condition": item.condition,
                "deadline": item.deadline,
                "deadline_day": item.deadline_day,
                "answered_by": item.answered_by,
            }
        case Outcome():
            return {
                "kind": "outcome",
                "status": item.status,
                "timing": item.timing,
                "timing_day": item.timing_day,
                "answers": item.answers,
            }
        case _:
            raise AssertionError(type(item))  # an item is one of the three


def _names(ids: Sequence[str], briefing: Briefing) -> tuple[str, ...]:
    return tuple(briefing.party(id).name for id in ids)


PARTIES = _columns(
    document="text",
    party="text",
    name="text",
    kind="text",
    role="text",
    represents="text",
    represents_id="text",
    aliases="texts",
)


def _parties(briefing: Briefing) -> Iterator[tuple[Cell, ...]]:
    for party in briefing.parties:
        whom = briefing.party(party.represents).name if party.represents is not None else None
        yield (
            briefing.document.id,
            party.id,
            party.name,
            party.kind,
            party.role,
            whom,
            party.represents,
            party.aliases,
        )


EVIDENCE = _columns(
    document="text",
    item="text",
    number="number",
    start="number",
    end="number",
    quote="text",
    sentence="number",
    sentence_text="text",
    page="number",
    hidden="truth",
)


def _evidence(briefing: Briefing) -> Iterator[tuple[Cell, ...]]:
    for item in briefing.items:
        for number, evidence in enumerate(item.evidence, start=1):
            yield (
                briefing.document.id,
                item.id,
                number,
                evidence.start,
                evidence.end,
                evidence.quote,
                evidence.sentence,
                briefing.document.sentence_text(evidence.sentence),
                evidence.page,
                briefing.document.hides(evidence.start, evidence.end),
            )


WITHHELD = _columns(
    document="text",
    kind="text",
    parties="texts",
    addressees="texts",
    words="text",
    statement="text",
    sentences="numbers",
    reasons="texts",
)


def _withheld(briefing: Briefing) -> Iterator[tuple[Cell, ...]]:
    for withheld in briefing.withheld:
        claim = withheld.item
        yield (
            briefing.document.id,
            withheld.kind,
            claim.parties,
            claim.addressees,
            claim.words,
            claim.statement,
            claim.sentences,
            withheld.reasons,
        )


FAILURES: Columns = (("document", "text"), ("source", "text"), ("class", "text"), ("reason", "text"))
ENTRY = _columns(entry="number")
