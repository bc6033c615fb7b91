"""A database of Discourse Network Analyzer 3: each report as a document, each stand as a statement on it.

That program counts characters twice over: its text pane in UTF-16 units, its queries in SQLite's code points. So that both
mean the same place, the text has no character outside the Basic Multilingual Plane, and its line ends are single.
"""

from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
from bisect import bisect_left
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from summarizer.briefing import Briefing
from summarizer.errors import SourceError
from summarizer.rendering.controls import pictured
from summarizer.rendering.research.stands import Stand, stands
from summarizer.schema import Item, Party

PASSWORD = "summarizer"  # noqa: S105 - it is no secret: the program will open no database without one
"""Of the coder `Admin`, to be typed when the database is opened."""
LONGEST = 190
"""UTF-16 units of a title or a value; SQLite would take as many code points."""

_ITERATIONS = 100_000
_PERSON, _ORGANIZATION, _CONCEPT, _AGREEMENT, _NOTE = 1, 2, 3, 4, 5
_STATEMENT, _ANNOTATION = 1, 2
_TYPE, _ALIAS, _NOTES = 0, 3, 6
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_SPACE = re.compile(r"\s+")


def dna(briefing: Briefing) -> bytes:
    """The .dna file, opened with PASSWORD. Raises SourceError for a briefing whose places are none."""
    with closing(sqlite3.connect(":memory:")) as connection:
        database = Database(connection, name=briefing.document.id)
        database.add(briefing)
        database.close()
        return connection.serialize()


class Database:
    """A database that briefings are put into, one after the other. Entities of the same name are one, as the first tells it."""

    def __init__(self, connection: sqlite3.Connection, *, name: str) -> None:
        """Begin it in an empty one. The salt of its password is made of `name`: the same briefings give the same file."""
        self._connection = connection
        connection.executescript((files(__package__) / "dna.sql").read_text(encoding="utf-8"))
        connection.execute("PRAGMA foreign_keys = ON")
        salt = hashlib.sha256(name.encode()).digest()[:16]
        connection.execute(
            "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1, 'Admin', 255, 255, 0, ?)",
            (hashed(PASSWORD, salt=salt),),
        )

    def add(self, briefing: Briefing) -> None:
        """A document with its statements. Raises SourceError for a briefing whose places are none."""
        try:
            _fill(self._connection, briefing)
        except sqlite3.IntegrityError as error:
            raise SourceError(f"an item of the briefing has no place in its document ({error}): verify the briefing") from error

    def close(self) -> None:
        """Make it whole; the connection stays open."""
        self._connection.commit()


@cache
def hashed(password: str, *, salt: bytes) -> str:
    """The password as jasypt's StrongPasswordEncryptor keeps it: 16 bytes of salt, then SHA-256 taken 100,000 times."""
    digest = salt + password.encode()
    for _ in range(_ITERATIONS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _fill(connection: sqlite3.Connection, briefing: Briefing) -> None:
    document = briefing.document
    number = _insert(
        connection,
        "INSERT INTO DOCUMENTS (Title, Text, Coder, Source, Notes, Date) VALUES (?, ?, 1, ?, ?, ?)",
        _short(document.title or briefing.headline),
        shown(document.text),
        _short(document.publisher or document.source),
        pictured(_notes(briefing)),
        _seconds(document.published) or 0,
    )
    statements = _Statements(connection, briefing, document=number)
    for stand in stands(briefing):
        statements.add(stand)
    for party in briefing.parties:
        statements.know(party)


def _insert(connection: sqlite3.Connection, command: str, *values: int | str) -> int:
    row = connection.execute(command, values).lastrowid
    assert row is not None  # noqa: S101 - SQLite numbers each row that it inserts
    return row


class _Statements:
    """The statements on a document, and the entities that they are about, each once in the database."""

    def __init__(self, connection: sqlite3.Connection, briefing: Briefing, *, document: int) -> None:
        self._connection = connection
        self._briefing = briefing
        self._document = document
        self._places = _Places(briefing.document.text)

    def add(self, stand: Stand) -> None:
        """A statement; an annotation where the item does not say whether the party agrees.

        It stands at the first quotation of its item: at each of them it would count as many times.
        """
        evidence = stand.item.evidence[0]
        statement = self._insert(
            "INSERT INTO STATEMENTS (StatementTypeId, DocumentId, Start, Stop, Coder) VALUES (?, ?, ?, ?, 1)",
            _ANNOTATION if stand.agrees is None else _STATEMENT,
            self._document,
            self._places(evidence.start),
            self._places(evidence.end),
        )
        if stand.agrees is None:
            self._note(statement, stand.item)
        else:
            self._values(statement, stand)

    def know(self, party: Party) -> None:
        """The entities of a party, so that it is there also where it takes no stand."""
        person, organization = self._who(party)
        self._entity(_PERSON, person)
        self._entity(_ORGANIZATION, organization)

    def _note(self, statement: int, item: Item) -> None:
        note = f"{item.id} ({item.verdict}): {item.statement}"
        self._insert(
            "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (?, ?, ?)", statement, _NOTE, pictured(note)
        )

    def _values(self, statement: int, stand: Stand) -> None:
        person, organization = self._who(stand.party)
        entities = {
            _PERSON: self._entity(_PERSON, person),
            _ORGANIZATION: self._entity(_ORGANIZATION, organization),
            _CONCEPT: self._named(_CONCEPT, stand.concept, notes=f"{stand.item.id} ({stand.item.verdict})"),
        }
        for variable, entity in entities.items():
            self._insert(
                "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)", statement, variable, entity
            )
        self._insert(
            "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, ?, ?)",
            statement,
            _AGREEMENT,
            int(bool(stand.agrees)),
        )

    def _who(self, party: Party) -> tuple[Party | None, Party | None]:
        """Person and organization: whom a person represents is the organization, who is no person is one."""
        if party.kind != "person":
            return None, party
        return party, self._briefing.party(party.represents) if party.represents is not None else None

    def _entity(self, variable: int, party: Party | None) -> int:
        if party is None:
            return self._named(variable, "")
        return self._named(variable, party.name, type=party.kind, alias="; ".join(party.aliases), notes=party.role or "")

    def _named(self, variable: int, name: str, *, type: str = "", alias: str = "", notes: str = "") -> int:
        """The entity of this name, made where there is none."""
        value = _short(name)
        known = self._connection.execute("SELECT ID FROM ENTITIES WHERE VariableId = ? AND Value = ?", (variable, value))
        if found := known.fetchone():
            return int(found[0])
        entity = self._insert(
            "INSERT INTO ENTITIES (VariableId, Value, Red, Green, Blue) VALUES (?, ?, 0, 0, 0)", variable, value
        )
        for attribute, text in ((_TYPE, type), (_ALIAS, alias), (_NOTES, notes)):
            self._insert(
                "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId, AttributeValue) VALUES (?, ?, ?)",
                entity,
                attribute + variable,
                _short(text),
            )
        return entity

    def _insert(self, command: str, *values: int | str) -> int:
        return _insert(self._connection, command, *values)


def shown(text: str) -> str:
    r"""The text as the program can count it: "\n" at every line end, "�" for what is outside the Basic Multilingual Plane."""
    return _one_to_one(text.replace("\r\n", "\n"))


def _one_to_one(text: str) -> str:
    plain = _ASTRAL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r", "\n"))
    return "".join(pictured(each)[0] if each != "\n" and not each.isprintable() else each for each in plain)


class _Places:
    r"""Where an offset of the document is in the text as it is shown: less the "\r" of the line ends before it."""

    def __init__(self, text: str) -> None:
        self._line_ends = [match.start() for match in re.finditer("\r\n", text)]

    def __call__(self, offset: int) -> int:
        return offset - bisect_left(self._line_ends, offset)


def _short(text: str) -> str:
    """One line within LONGEST. What is cut ends in eight digits that tell it from others that begin the same."""
    line = pictured(_SPACE.sub(" ", text).strip())
    units = line.encode("utf-16-le")
    if len(units) <= 2 * LONGEST:
        return line
    mark = f"… {hashlib.sha256(text.encode()).hexdigest()[:8]}"
    return units[: 2 * (LONGEST - len(mark))].decode("utf-16-le", errors="ignore") + mark


def _seconds(published: str | None) -> int | None:
    """The day in seconds since 1970; None where it is not known."""
    try:
        return int(datetime.fromisoformat(published or "").replace(tzinfo=UTC).timestamp())
    except (ValueError, OverflowError):
        return None


def _notes(briefing: Briefing) -> str:
    """What a coder should know of the statements: how they were made, what is missing, what was withheld."""
    document, coverage, made = briefing.document, briefing.coverage, briefing.provenance
    lines = [
        f"Made by summarizer {made.summarizer} with {made.model}, {made.created}.",
        f"Source: {document.source}, SHA-256 {document.id}.",
        *(
            []
            if _seconds(document.published) is not None
            else ["The date of the report is not known: 1970-01-01 stands for it."]
        ),
        f"{coverage.cited} of {coverage.sentences} sentences are cited. {coverage.passages} passages were asked about:"
        f" {coverage.failed} failed, {coverage.truncated} truncated, {coverage.filtered} filtered.",
        *(f"Gap: {reason}" for reason in coverage.reasons),
        *(f"Warning: {warning}" for warning in document.warnings),
    ]
    for item in briefing.items:
        lines += [f"Doubtful: {item.id}: {check.reason}" for check in item.checks if check.result == "doubt"]
    for withheld in briefing.withheld:
        claim = withheld.item
        said = claim.statement or claim.words or ""
        lines.append(f"Withheld: {withheld.kind} of {', '.join(claim.parties)}: {said} ({'; '.join(withheld.reasons)})")
    return "\n".join(lines)
