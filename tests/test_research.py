"""Databases of Discourse Network Analyzer and PLOVER records: what of a briefing becomes what, and where it stands."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import pytest

from builders import answering, moves, report
from hostile import Attack, alone, attacks
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.pipeline import summarise
from summarizer.rendering import FORMATS, render
from summarizer.rendering.research.dna import PASSWORD, hashed, shown
from summarizer.rendering.research.plover import QUADS

TEXT = "Velia agreed to reopen the border. Lena Dorn said that Ostria must leave."
ANSWERS = (
    moves(("reopen the border", "Velia", "agrees")),
    moves(("Ostria must leave", "Lena Dorn", "demands", "Ostria"), ("never said", "Lena Dorn", "supports")),
)
STATEMENTS = """
    SELECT STATEMENTTYPES.Label, SUBSTRING(DOCUMENTS.Text, Start + 1, Stop - Start),
        (SELECT Value FROM DATASHORTTEXT JOIN ENTITIES ON ENTITIES.ID = Entity
            WHERE StatementId = STATEMENTS.ID AND DATASHORTTEXT.VariableId = 1),
        (SELECT Value FROM DATASHORTTEXT JOIN ENTITIES ON ENTITIES.ID = Entity
            WHERE StatementId = STATEMENTS.ID AND DATASHORTTEXT.VariableId = 2),
        (SELECT Value FROM DATASHORTTEXT JOIN ENTITIES ON ENTITIES.ID = Entity
            WHERE StatementId = STATEMENTS.ID AND DATASHORTTEXT.VariableId = 3),
        (SELECT Value FROM DATABOOLEAN WHERE StatementId = STATEMENTS.ID)
    FROM STATEMENTS JOIN DOCUMENTS ON DOCUMENTS.ID = DocumentId JOIN STATEMENTTYPES ON STATEMENTTYPES.ID = StatementTypeId
    ORDER BY STATEMENTS.ID
"""


def briefing(document: Document | None = None, *answers: str) -> Briefing:
    return summarise(document or report(TEXT), model=answering(*(answers or ANSWERS)))


@contextmanager
def opened(data: bytes) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        database.execute("PRAGMA foreign_keys = ON")
        yield database


def rows(made: Briefing, query: str) -> list[tuple[object, ...]]:
    with opened(render(made, format="dna")) as database:
        return database.execute(query).fetchall()


def test_each_stand_is_a_statement_at_the_words_that_say_it() -> None:
    assert rows(briefing(), STATEMENTS) == [
        ("DNA Statement", "Ostria must leave", "Lena Dorn", "", "Ostria must leave", 1),
        ("DNA Statement", "reopen the border", "", "Velia", "reopen the border", 1),
    ]


def test_who_answers_a_demand_takes_a_stand_on_what_was_demanded() -> None:
    made = briefing()
    outcome = made.outcomes[0].model_copy(update={"status": "rejected", "answers": ("demand-1",), "parties": ("party-3",)})
    made = made.model_copy(update={"outcomes": (outcome,)})
    assert rows(made, STATEMENTS)[1] == ("DNA Statement", "reopen the border", "", "Ostria", "Ostria must leave", 0)


def test_what_says_neither_yes_nor_no_is_an_annotation() -> None:
    made = briefing()
    made = made.model_copy(update={"outcomes": (made.outcomes[0].model_copy(update={"status": "pending"}),)})
    assert rows(made, STATEMENTS)[1] == ("Annotation", "reopen the border", None, None, None, None)
    assert rows(made, "SELECT Value FROM DATALONGTEXT") == [("outcome-1 (grounded): Velia agreed to “reopen the border”.",)]


def test_places_are_the_same_counted_in_utf16_and_in_code_points() -> None:
    text = "It rained 😀 in 𝒱elia.\r\n\r\nVelia agreed to\r\nreopen the border. Velia left."
    made = briefing(report(text), moves(("reopen the border", "Velia", "agrees")))
    ((stored, start, stop),) = rows(
        made, "SELECT Text, Start, Stop FROM STATEMENTS JOIN DOCUMENTS ON DOCUMENTS.ID = DocumentId"
    )
    assert isinstance(stored, str)
    assert isinstance(start, int)
    assert isinstance(stop, int)
    units = stored.encode("utf-16-le")
    assert stored == "It rained � in �elia.\n\nVelia agreed to\nreopen the border. Velia left."
    assert stored[start:stop] == units[2 * start : 2 * stop].decode("utf-16-le") == "reopen the border"


def test_the_tables_are_those_of_the_program() -> None:
    names = {name for (name,) in rows(briefing(), "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert names == {
        *("SETTINGS", "CODERS", "DOCUMENTS", "STATEMENTTYPES", "VARIABLES", "VARIABLELINKS", "REGEXES", "CODERRELATIONS"),
        *("STATEMENTS", "DATABOOLEAN", "DATAINTEGER", "ENTITIES", "DATASHORTTEXT", "DATALONGTEXT"),
        *("ATTRIBUTEVARIABLES", "ATTRIBUTEVALUES"),
    }
    assert rows(briefing(), "SELECT Variable, DataType FROM VARIABLES WHERE StatementTypeId = 1 ORDER BY ID") == [
        ("person", "short text"),
        ("organization", "short text"),
        ("concept", "short text"),
        ("agreement", "boolean"),
    ]
    assert rows(briefing(), "PRAGMA integrity_check") == [("ok",)]
    assert rows(briefing(), "PRAGMA foreign_key_check") == []


def test_a_password_is_hashed_as_the_program_does() -> None:
    kept = "t7STqOHxpl+RXxRUgjsEno+e/38banaYjANbdYQ1geGfH6Xlc2roWgYrPbpCeg5M"  # in its own sample.dna, for "sample"
    assert hashed("sample", salt=base64.b64decode(kept)[:16]) == kept


def test_the_coder_may_log_in_with_the_password_of_the_documents() -> None:
    ((name, password),) = rows(briefing(), "SELECT Name, Password FROM CODERS")
    assert name == "Admin"
    assert isinstance(password, str)
    assert hashed(PASSWORD, salt=base64.b64decode(password)[:16]) == password


def test_long_values_are_cut_within_what_the_program_takes_and_stay_different() -> None:
    made = briefing()
    long = [made.positions, *(party.model_copy(update={"name": "V" * 300 + str(n)}) for n, party in enumerate(made.parties))]
    made = made.model_copy(update={"parties": tuple(long[1:]), "headline": "𝒽" * 300})
    values = [value for (value,) in rows(made, "SELECT Value FROM ENTITIES WHERE Value LIKE 'V%'")]
    assert len(set(values)) == 3
    assert all(isinstance(value, str) and len(value) == 190 and "… " in value for value in values)
    ((title,),) = rows(made, "SELECT Title FROM DOCUMENTS")
    assert isinstance(title, str)
    assert len(title.encode("utf-16-le")) // 2 <= 190


def test_the_notes_tell_what_is_missing_doubtful_and_withheld() -> None:
    ((notes,),) = rows(briefing(), "SELECT Notes FROM DOCUMENTS")
    assert isinstance(notes, str)
    assert "The date of the report is not known: 1970-01-01 stands for it.\n" in notes
    assert notes.endswith("Withheld: position of Lena Dorn: never said (the passage does not hold the words 'never said')")


def test_a_place_that_is_none_is_an_error_and_no_half_database() -> None:
    made = briefing()
    evidence = made.demands[0].evidence[0].model_copy(update={"start": 40, "end": 30})
    demand = made.demands[0].model_copy(update={"evidence": (evidence,)})
    with pytest.raises(SourceError, match="no place in its document"):
        render(made.model_copy(update={"demands": (demand,)}), format="dna")


def test_an_item_is_an_event_record_with_who_what_whom_and_its_sentence() -> None:
    demand = records(briefing())[0]
    assert {name: demand[name] for name in ("has_event", "event", "quad_code", "text", "event_text", "comment", "date")} == {
        "has_event": True,
        "event": ["DEMAND"],
        "quad_code": 3,
        "text": "Lena Dorn said that Ostria must leave.",
        "event_text": ["Ostria must leave"],
        "comment": "Lena Dorn said that “Ostria must leave”.",
        "date": None,
    }
    assert [actor["actor_text"] for actor in actors(demand, "source")] == ["Lena Dorn"]
    assert [actor["actor_text"] for actor in actors(demand, "recipient")] == ["Ostria"]


def test_a_withheld_claim_is_a_record_without_an_event_and_with_the_reason() -> None:
    withheld = records(briefing())[-1]
    assert (withheld["has_event"], withheld["verdict"]) == (False, "withheld")
    assert withheld["not_coded"] == ["the passage does not hold the words 'never said'"]


@pytest.mark.parametrize(
    ("status", "event"),
    [
        ("agreed", ["AGREE"]),
        ("committed", ["AGREE"]),
        ("rejected", ["REJECT"]),
        ("announced", []),
        ("pending", []),
        ("done", []),
        ("failed", []),
    ],
)
def test_an_outcome_is_an_event_where_its_status_says_which(status: str, event: list[str]) -> None:
    made = briefing()
    outcome = made.outcomes[0].model_copy(update={"status": status})
    record = records(made.model_copy(update={"outcomes": (outcome,)}))[1]
    assert record["event"] == event
    assert record["has_event"] is bool(event)
    assert record["not_coded"] == ([] if event else [f"an outcome that is {status}: what it says is no event of PLOVER"])


def test_whoever_made_the_demand_that_is_answered_is_the_recipient() -> None:
    made = briefing()
    outcome = made.outcomes[0].model_copy(update={"answers": ("demand-1",)})
    record = records(made.model_copy(update={"outcomes": (outcome,)}))[1]
    assert [actor["actor_text"] for actor in actors(record, "recipient")] == ["Lena Dorn"]


def test_a_database_holds_every_hostile_text_within_its_limits() -> None:
    for each in chosen():
        made = each.briefing
        with opened(render(made, format="dna")) as database:
            ((text, title),) = database.execute("SELECT Text, Title FROM DOCUMENTS").fetchall()
            assert text == shown(made.document.text)
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\U00010000-\U0010ffff]", text)
            values = [value for (value,) in database.execute("SELECT Value FROM ENTITIES")]
            assert all(len(value.encode("utf-16-le")) <= 380 for value in (title, *values))
            quoted = [quote for _, quote, *_ in database.execute(STATEMENTS)]
            assert [quote.rstrip("\n") for quote in quoted] == [shown(quote).rstrip("\n") for quote in first_quotes(made)]
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert database.execute("SELECT COUNT(*) FROM DOCUMENTS").fetchall() == [(1,)]


def test_records_give_every_hostile_text_back_and_nothing_that_a_terminal_obeys() -> None:
    for each in chosen():
        lines = render(each.briefing, format="plover")
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]", lines)
        told = records(each.briefing)
        assert len(told) == len(each.briefing.items) + len(each.briefing.withheld)
        assert [record["comment"] for record in told[:3]] == [item.statement for item in each.briefing.items]
        assert [actor["actor_text"] for actor in actors(told[0], "source")] == [party.name for party in each.briefing.parties]


def test_every_event_has_its_quad() -> None:
    assert QUADS == {"AGREE": 1, "SUPPORT": 1, "DEMAND": 3, "ACCUSE": 3, "REJECT": 3}


def chosen() -> Sequence[Attack]:
    return (*attacks(), *alone())


def first_quotes(made: Briefing) -> list[str]:
    return [item.evidence[0].quote for item in made.items for _ in item.parties]


def records(made: Briefing) -> list[dict[str, object]]:
    return [json.loads(line) for line in render(made, format="plover").split("\n")[:-1]]


def actors(record: dict[str, object], role: str) -> list[dict[str, str]]:
    found = record[role]
    assert isinstance(found, list)
    return found


def test_a_claim_that_cites_a_sentence_that_there_is_not_is_rendered_in_every_form() -> None:
    made = briefing()
    (withheld,) = made.withheld
    claim = withheld.item.model_copy(update={"sentences": (0, 1, 99)})
    made = made.model_copy(update={"withheld": (withheld.model_copy(update={"item": claim}),)})
    assert made.is_connected
    for format in FORMATS:
        assert render(made, format=format)
    assert records(made)[-1]["text_info"] == {"sequence": 1, "start": 0, "end": 34, "sentences": [1]}


def test_a_day_before_1970_is_kept_and_one_that_cannot_be_read_is_told() -> None:
    made = briefing()
    old, unread = (
        made.model_copy(update={"document": made.document.model_copy(update={"published": published})})
        for published in ("1962-10-22", "last week")
    )
    with opened(render(old, format="dna")) as database:
        assert database.execute("SELECT Date FROM DOCUMENTS").fetchall() == [(-227059200,)]
    with opened(render(unread, format="dna")) as database:
        ((day, notes),) = database.execute("SELECT Date, Notes FROM DOCUMENTS").fetchall()
    assert (day, "The date of the report is not known" in notes) == (0, True)
