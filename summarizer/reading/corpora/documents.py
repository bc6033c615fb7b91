"""A document from a record: its text, and what the record says of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from summarizer.document import Document, Metadata
from summarizer.errors import SourceError
from summarizer.printable import printable
from summarizer.reading import document_from_text
from summarizer.reading.corpora.identities import Identities
from summarizer.reading.corpora.rows import Failure, Fields, Row

_FIELDS_SHOWN = 12
_LONGEST_IDENTITY = 500  # characters
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][\w-]*)?")
_TYPES = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object", type(None): "null"}


class Making:
    """Makes the documents of one file, and remembers which identities it gave."""

    def __init__(self, path: str, *, fields: Fields, max_characters: int, keep_hidden: bool) -> None:
        self._path = path
        self._fields = fields
        self._max_characters = max_characters
        self._keep_hidden = keep_hidden
        self._identities = Identities()

    def document(self, row: Row) -> Document | Failure:
        """The document of a record. What cannot be used of what it says of itself is a warning."""
        text = row.values.get(self._fields.text)
        if not isinstance(text, str):
            return Failure(self._path, row.line, self._without_text(row))
        warnings: list[str] = []
        identity = self._identity(row, warnings)
        metadata = Metadata(
            title=_in_one_line(self._said(row, self._fields.title, warnings)),
            published=self._published(row, warnings),
            publisher=_in_one_line(self._said(row, self._fields.source, warnings)),
            language=self._language(row, warnings),
        )
        try:
            document = document_from_text(
                text,
                source=f"{self._path}#{identity}",
                max_characters=self._max_characters,
                keep_hidden=self._keep_hidden,
                metadata=metadata,
            )
        except SourceError as error:
            return Failure(self._path, row.line, str(error))
        return replace(document, warnings=(*document.warnings, *warnings))

    def pass_over(self, row: Row) -> None:
        """Remember what a record calls itself, as `document` would."""
        if isinstance(row.values.get(self._fields.text), str):
            self._identity(row, [])

    def _without_text(self, row: Row) -> str:
        field = self._fields.text
        if field in row.values:
            return f"its {field!r} is {_type_of(row.values[field])}, not text."
        names = ", ".join(repr(name[:80]) for name in [*row.values][:_FIELDS_SHOWN])
        return (
            f"has no field {field!r} (it has {printable(names) or 'none'}): name the one that holds the text with --text-field."
        )

    def _identity(self, row: Row, warnings: list[str]) -> str:
        """What the record calls itself, in one line; the number of its line where it does not."""
        said = self._said(row, self._fields.id, warnings)
        identity = printable(said)
        if len(identity) > _LONGEST_IDENTITY:
            warnings.append(f"Its {self._fields.id!r} is longer than {_LONGEST_IDENTITY} characters, and was not used.")
            identity = ""
        identity = identity or str(row.line)
        first = self._identities.first_line_of(identity, line=row.line)
        if first is not None:
            warnings.append(f"Line {row.line} and line {first} of {self._path!r} are both called {identity!r}.")
        return identity

    def _published(self, row: Row, warnings: list[str]) -> str | None:
        """The date alone: when on that day it was, a briefing does not say."""
        said = self._said(row, self._fields.published, warnings)
        try:
            return date.fromisoformat(re.split("[T ]", said, maxsplit=1)[0]).isoformat() if said else None
        except ValueError:
            warnings.append(f"Its {self._fields.published!r} is no ISO 8601 date, and was not used: {said[:80]!r}.")
            return None

    def _language(self, row: Row, warnings: list[str]) -> str | None:
        said = self._said(row, self._fields.language, warnings)
        found = _LANGUAGE.fullmatch(said)
        if said and found is None:
            warnings.append(f"Its {self._fields.language!r} is no ISO 639-1 code, and was not used: {said[:80]!r}.")
        return found[1].lower() if found else None

    def _said(self, row: Row, field: str, warnings: list[str]) -> str:
        """What stands in a field, without white space around it; empty where nothing does."""
        match row.values.get(field):
            case None:
                return ""
            case str() as value:
                return value.strip().encode("utf-8", "backslashreplace").decode()
            case bool() | list() | dict() as value:
                warnings.append(f"Its {field!r} is {_type_of(value)}, and was not used.")
                return ""
            case value:
                return str(value)


def _in_one_line(said: str) -> str | None:
    """The words without line breaks; None where there are none."""
    return " ".join(said.split()) or None


def _type_of(value: object) -> str:
    return _TYPES.get(type(value), type(value).__name__)
