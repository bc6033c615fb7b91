"""Tables of a briefing: what is in them, and that nothing in them is obeyed by what opens them."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Literal

import openpyxl
import pyarrow.parquet as pq
import pytest

from builders import answering, moves, report
from hostile import Attack, alone, attacks
from summarizer.briefing import Briefing
from summarizer.errors import UsageError
from summarizer.pipeline import summarise
from summarizer.rendering import render, require
from summarizer.rendering.controls import pictured
from summarizer.rendering.tables import Table, joined, tables

TEXT = "Velia agreed to reopen the border. Dorn said that Ostria must leave."
COLUMNS = {
    "documents": "document source title publisher published language headline complete sentences cited passages failed"
    " truncated filtered moves_without_item gaps warnings summarizer model strategy policy prompts created seconds calls cached"
    " prompt_tokens completion_tokens cost",
    "items": "document item kind verdict core statement parties party_ids stance status issue addressees addressee_ids"
    " reported_by reported_by_id condition deadline deadline_day timing timing_day answers answered_by doubts quotes sentences",
    "parties": "document party name kind role represents represents_id aliases",
    "evidence": "document item number start end quote sentence sentence_text page hidden",
    "withheld": "document kind parties addressees words statement sentences reasons",
}


DOCUMENTED = Path(__file__).parents[1] / "docs" / "tables.md"
(UNDOING,) = re.findall(r"wherever `(.+?)` fits", DOCUMENTED.read_text(encoding="utf-8"))
"""The rule by which the documentation tells how to have a text back."""


def briefing() -> Briefing:
    answers = (
        moves(("reopen the border", "Velia", "agrees")),
        moves(("Ostria must leave", "Dorn", "demands", "Ostria"), ("never said", "Dorn", "supports")),
    )
    return summarise(report(TEXT), model=answering(*answers))


@pytest.fixture(scope="module")
def all_attacks() -> tuple[Attack, ...]:
    return (*attacks(), *alone())


def test_the_columns_are_those_that_the_documents_promise() -> None:
    named = {table.name: " ".join(name for name, _ in table.columns) for table in tables(briefing())}
    assert named == COLUMNS


def test_there_is_a_row_for_each_item_party_evidence_and_withheld_claim() -> None:
    made = briefing()
    counts = {table.name: len(table.rows) for table in tables(made)}
    assert counts == {"documents": 1, "items": 2, "parties": 3, "evidence": 2, "withheld": 1}


def test_an_item_is_a_row_with_the_names_and_the_ids_of_its_parties() -> None:
    rows = list(read_csv(render(briefing(), format="csv")["items.csv"]))
    assert {name: cell for name, cell in rows[0].items() if cell} == {
        "document": briefing().document.id,
        "item": "demand-1",
        "kind": "demand",
        "verdict": "grounded",
        "core": "true",
        "statement": "Dorn said that “Ostria must leave”.",
        "parties": "Dorn",
        "party_ids": "party-2",
        "status": "unknown",
        "addressees": "Ostria",
        "addressee_ids": "party-3",
        "quotes": "Ostria must leave",
        "sentences": "2",
    }


def test_evidence_is_a_row_with_its_place_and_its_sentence() -> None:
    rows = [json.loads(line) for line in render(briefing(), format="jsonl").splitlines()]
    assert next(row for row in rows if row["table"] == "evidence") == {
        "table": "evidence",
        "document": briefing().document.id,
        "item": "demand-1",
        "number": 1,
        "start": TEXT.index("Ostria must leave"),
        "end": TEXT.index("Ostria must leave") + 17,
        "quote": "Ostria must leave",
        "sentence": 2,
        "sentence_text": "Dorn said that Ostria must leave.",
        "page": None,
        "hidden": False,
    }


def test_parquet_keeps_types_also_where_nothing_is_in_a_column() -> None:
    items = pq.read_table(io.BytesIO(render(briefing(), format="parquet")["items.parquet"]))
    assert [str(items.schema.field(name).type) for name in ("item", "core", "answers", "sentences")] == [
        "string",
        "bool",
        "list<element: string>",
        "list<element: int64>",
    ]
    assert items.column("parties").to_pylist() == [["Dorn"], ["Velia"]]


def test_the_same_briefing_gives_the_same_files() -> None:
    made = briefing()
    for format in ("csv", "xlsx", "jsonl", "parquet"):
        assert render(made, format=format) == render(made, format=format)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1", "'=1", "\x00=1", "''=1"]
)
def test_in_csv_what_would_be_a_formula_has_a_mark_before_it_that_can_be_taken_away(text: str) -> None:
    made = briefing().model_copy(update={"headline": text})
    (row,) = read_csv(render(made, format="csv")["documents.csv"])
    assert row["headline"] == f"'{pictured(text)}"


@pytest.mark.parametrize("text", ["a=1", "'quoted' words", "1-2", "", "it's"])
def test_in_csv_other_text_is_as_it_is(text: str) -> None:
    made = briefing().model_copy(update={"headline": text})
    (row,) = read_csv(render(made, format="csv")["documents.csv"])
    assert row["headline"] == text


def test_a_text_that_is_too_long_for_a_cell_is_cut_and_says_so() -> None:
    made = briefing().model_copy(update={"headline": "𝒽" * 40_000})
    (headline,) = (row["headline"] for row in read_xlsx(render(made, format="xlsx"))["documents"])
    assert isinstance(headline, str)
    assert headline.endswith("𝒽 … [cut]")
    assert len(headline.encode("utf-16-le")) // 2 <= 32_767


def test_csv_gives_every_hostile_text_back_and_no_formula(all_attacks: tuple[Attack, ...]) -> None:
    formulas = 0
    for each in all_attacks:
        files = render(each.briefing, format="csv")
        for table in tables(each.briefing):
            read = list(read_csv(files[f"{table.name}.csv"]))
            formulas += sum(cell.lstrip()[:1] in {"=", "+", "-", "@"} for row in read for cell in row.values() if cell)
            assert [[unmarked(cell) for cell in row.values()] for row in read] == [
                ["" if cell is None else written(joined(cell)) for cell in row] for row in table.rows
            ]
    assert formulas == 0


def test_a_workbook_gives_every_hostile_text_back_and_has_no_formula_and_no_link(all_attacks: tuple[Attack, ...]) -> None:
    for each in all_attacks:
        sheets = read_xlsx(render(each.briefing, format="xlsx"))
        for table in tables(each.briefing):
            assert texts(sheets[table.name]) == [xlsx_text(cell) for cell in text_cells(table)]


def test_json_lines_give_every_hostile_text_back_and_nothing_that_a_terminal_obeys(all_attacks: tuple[Attack, ...]) -> None:
    for each in all_attacks:
        lines = render(each.briefing, format="jsonl")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", lines)
        rows = [json.loads(line) for line in lines.split("\n")[:-1]]
        assert [list(row.values())[1:] for row in rows] == [
            [list(cell) if isinstance(cell, tuple) else cell for cell in row]
            for table in tables(each.briefing)
            for row in table.rows
        ]


def test_parquet_gives_every_hostile_text_back(all_attacks: tuple[Attack, ...]) -> None:
    for each in all_attacks:
        files = render(each.briefing, format="parquet")
        for table in tables(each.briefing):
            rows = pq.read_table(io.BytesIO(files[f"{table.name}.parquet"])).to_pylist()
            assert [list(row.values()) for row in rows] == [
                [list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in table.rows
            ]


@pytest.mark.parametrize(("format", "library"), [("xlsx", "xlsxwriter"), ("parquet", "pyarrow")])
def test_a_library_that_is_not_there_is_named_before_anything_is_asked(
    format: Literal["xlsx", "parquet"], library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [name for name in sys.modules if name.startswith("summarizer.rendering.tables.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=r"takes pip install 'summarizer\[tables\]'"):
        require(format)


def read_csv(data: bytes) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.StringIO(data.decode(), newline=""))


def read_xlsx(data: bytes) -> dict[str, list[dict[str, object]]]:
    """The rows of each sheet by its name. Fails for a formula and for a link."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets: dict[str, list[dict[str, object]]] = {}
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows()
        assert not [cell for row in rows for cell in row if cell.data_type == "f" or cell.hyperlink]
        sheets[sheet.title] = [{str(name.value): cell.value for name, cell in zip(head, row, strict=True)} for row in rows]
    return sheets


def texts(rows: Iterable[dict[str, object]]) -> list[str]:
    return [cell for row in rows for cell in row.values() if isinstance(cell, str)]


def text_cells(table: Table) -> Iterator[str]:
    for cell in chain.from_iterable(table.rows):
        text = joined(cell)
        if isinstance(text, str) and text:
            yield text


def xlsx_text(text: str) -> str:
    """What openpyxl reads: less the noncharacters that XML cannot hold, and less every `x005F_`, whoever wrote it."""
    shown = pictured(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    return re.sub(r"x005F_", "", shown)


def written(cell: str | int | float | bool | None) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    return pictured(str(cell))


def unmarked(text: str) -> str:
    """The text without the mark that is put before a formula."""
    return text[1:] if re.match(UNDOING, text) else text
