"""docs/tables.md, docs/researchers.md and docs/templates.md say what the code does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from builders import answering, moves, report
from summarizer.batch.exporting import EXPORT_FORMATS
from summarizer.batch.results import UNREAD
from summarizer.batch.tasks import FailureClass
from summarizer.pipeline import summarise
from summarizer.rendering import FORMATS, LENGTHS
from summarizer.rendering.outline import outline
from summarizer.rendering.research.dna import PASSWORD
from summarizer.rendering.research.plover import QUADS
from summarizer.rendering.tables import FAILURES, empty_tables, tables
from summarizer.rendering.template import Template
from summarizer.schema import DemandStatus, OutcomeStatus, PartyKind, Stance

DOCS = Path(__file__).parent.parent / "docs"
MADE = summarise(report("Velia agreed to reopen the border."), model=answering(moves(("reopen the border", "Velia", "agrees"))))


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def test_every_table_is_described_with_its_columns_in_their_order() -> None:
    sections = {
        name.split(":")[0]: text for name, text in re.findall(r"^### (.*?)\n(.*?)(?=^##|\Z)", page("tables.md"), re.M | re.S)
    }
    described = {
        name: [column for row in re.findall(r"^\| (`.*?) \|", text, re.M) for column in re.findall(r"`(\w+)`", row)]
        for name, text in sections.items()
    }
    ours = {table.name: [name for name, _ in table.columns] for table in tables(MADE)}
    assert described == {**ours, "failures": [name for name, _ in FAILURES]}


def test_tables_of_a_run_are_described_with_the_column_that_they_have_besides() -> None:
    assert {table.columns[-1] for table in empty_tables()} == {("entry", "number")}
    assert "the last column of every table is `entry`, a number" in page("tables.md")


def test_every_class_of_failure_and_every_format_of_a_run_is_described() -> None:
    for why in (UNREAD, *get_args(FailureClass)):
        assert f"`{why}`" in page("tables.md")
        assert f"`{why}`" in page("exports.md")
    assert [format for format in EXPORT_FORMATS if f"--format {format}" not in page("exports.md")] == []


def test_every_value_of_a_closed_set_is_named() -> None:
    for values in (Stance, DemandStatus, OutcomeStatus, PartyKind):
        assert [value for value in get_args(values) if f"`{value}`" not in page("tables.md")] == []


def test_the_password_and_every_event_are_named() -> None:
    assert f"the password `{PASSWORD}`" in page("researchers.md")
    assert [event for event in QUADS if f"`{event}`" not in page("researchers.md")] == []


def test_the_template_of_the_documents_can_be_filled_in(tmp_path: Path) -> None:
    (source,) = re.findall(r"```jinja\n(.*?)```", page("templates.md"), re.S)
    (tmp_path / "cable.txt.j2").write_text(source, encoding="utf-8")
    made = Template(tmp_path / "cable.txt.j2").page(outline(MADE))
    assert "1. Velia agreed to “reopen the border”. (agreed)\n   [1] Velia agreed to reopen the border. (sentence 1)\n" in made
    assert f"--length {' | '.join(LENGTHS)}" in page("templates.md")


def test_the_readme_names_every_format() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    (formats,) = re.findall(r"^    --format (markdown\S*)", readme, re.M)
    assert formats.split("|") == list(FORMATS)
