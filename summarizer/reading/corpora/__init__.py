"""Documents from corpora: files with a record for each (JSON Lines, CSV, Parquet), folders, patterns of file names.

Promised: a document for each record, in their order, and a `Failure` for each that gives none; neither a broken record nor a
broken file ends the rest. A file is given up after a thousand records in a row that give none, and a packed one where it holds
more than reports do; its last `Failure` says so. One record is held at a time, so that memory does not grow with their number.
A document's `source` is `path#id`, by which the record can be found again. Any other file is one document, and its reading is
not our business here.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.reading import read
from summarizer.reading.compression import GZIP
from summarizer.reading.corpora.documents import Making
from summarizer.reading.corpora.kinds import Kind, files_of, kind_of
from summarizer.reading.corpora.lines import EndlessLine, json_rows, lines
from summarizer.reading.corpora.parquet import parquet_rows
from summarizer.reading.corpora.rows import Failure, Fields, Row
from summarizer.reading.corpora.tables import table_rows
from summarizer.reading.encodings import marked
from summarizer.reading.sources import name_of
from summarizer.settings import DEFAULT_MAX_CHARACTERS

__all__ = ["Failure", "Fields", "holds_many", "records"]

_LONGEST_ESCAPE = 12  # characters of JSON that may stand for one of the text
_ROOM = 1 << 20  # characters of a record that are not its text
_MOST_IN_A_ROW = 1_000  # records that give no document
_MOST_GROWTH = 100  # times the size of a packed file: records of text grow to 3 to 20 times, a bomb to 1,000
_ROOM_TO_GROW = 1 << 24  # bytes that any packed file may hold


def records(
    source: str | Path,
    *,
    fields: Fields = Fields(),
    encoding: str | None = None,
    max_characters: int = DEFAULT_MAX_CHARACTERS,
    keep_hidden: bool = False,
    allow_url: bool = False,
    known: Iterable[bool] = (),
) -> Iterator[Document | Failure]:
    """The documents in a file with records, in the files of a folder or behind a pattern; else the one that `source` is.

    `known`: whether each of the first results, which are not wanted again, is a document. All but it and `fields` is as
    `summarizer.read` takes it. In JSON Lines and CSV, `encoding` is needed where the file is not in
    UTF-8 and has no byte-order mark: nothing is guessed there, since one guess would be for all records.
    """

    def read_one(path: str) -> Document:
        return read(path, encoding=encoding, max_characters=max_characters, keep_hidden=keep_hidden, allow_url=allow_url)

    making = partial(Making, fields=fields, max_characters=max_characters, keep_hidden=keep_hidden)
    yield from _Corpora(fields, encoding, max_characters, making, read_one, iter(known)).documents(source)


def holds_many(source: str | Path) -> bool:
    """Whether this may give any number of documents: a file with records, a folder, a pattern."""
    return kind_of(source) != "one"


class _Corpora:
    """How all files of one call are read."""

    def __init__(
        self,
        fields: Fields,
        encoding: str | None,
        max_characters: int,
        making: Callable[[str], Making],
        read_one: Callable[[str], Document],
        known: Iterator[bool],
    ) -> None:
        self._fields = fields
        self._encoding = encoding
        self._max_characters = max_characters
        self._longest = _LONGEST_ESCAPE * max_characters + _ROOM
        self._making = making
        self._read_one = read_one
        self._known = known

    def documents(self, source: str | Path) -> Iterator[Document | Failure]:
        """What `records` promises."""
        kind = kind_of(source)
        match kind:
            case "folder" | "pattern":
                yield from self._of_files(source)
            case "one":
                if next(self._known, None) is None:
                    yield self._one(str(source))
            case _:
                yield from self._of_records(Path(source), kind)

    def _of_files(self, source: str | Path) -> Iterator[Document | Failure]:
        is_empty = True
        for file in files_of(source):
            is_empty = False
            if not isinstance(file, Failure):
                yield from self.documents(file)
            elif next(self._known, None) is None:
                yield file
        if is_empty and next(self._known, None) is None:
            name = name_of(source)
            yield Failure(name, None, f"{name!r} gives no file to read: check the spelling; hidden files are passed over.")

    def _one(self, source: str) -> Document | Failure:
        try:
            return self._read_one(source)
        except SourceError as error:
            return Failure(name_of(source), None, str(error))

    def _of_records(self, path: Path, kind: Kind) -> Iterator[Document | Failure]:
        name = name_of(path)
        number = in_a_row = 0
        making = self._making(name)
        for row in self._rows(path, kind, name):
            is_document = next(self._known, None)
            if is_document is None:
                found = making.document(row) if isinstance(row, Row) else row
                yield found
                is_document = isinstance(found, Document)
            elif isinstance(row, Row):
                making.pass_over(row)
            number += 1
            in_a_row = 0 if is_document else in_a_row + 1
            if in_a_row == _MOST_IN_A_ROW:
                reason = f"{in_a_row:,} records in a row give no document"
                if next(self._known, None) is None:
                    yield Failure(
                        name, None, f"{name!r} is not read beyond record {number:,} ({reason}): mend it, or split it."
                    )
                return
        if not number and next(self._known, None) is None:
            yield Failure(name, None, f"{name!r} holds no record: give one with text in it.")

    def _rows(self, path: Path, kind: Kind, name: str) -> Iterator[Row | Failure]:
        """The rows of a file. What comes after a fault that is not of one record is lost, and said to be."""
        last = 0
        try:
            for row in self._rows_of(path, kind, name):
                last = row.line or last
                yield row
        except (OSError, EOFError, zlib.error, UnicodeError, EndlessLine) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            where = f"{name!r}, line {last + 1}"
            yield Failure(name, None, f"{where}: the file cannot be read from here on ({reason}): fetch or write it again.")

    def _rows_of(self, path: Path, kind: Kind, name: str) -> Iterator[Row | Failure]:
        if kind == "parquet":
            yield from parquet_rows(
                path, fields=self._fields, name=name, max_characters=self._max_characters, longest=self._longest
            )
            return
        with _opened(path) as stream:
            encoding = _passed_mark(stream) or self._encoding or "utf-8"
            # "\n" alone ends a line of JSON; in a table the ends of lines may stand in a text, which has to keep them.
            text = TextIOWrapper(stream, encoding, errors="surrogateescape", newline="\n" if kind == "json" else "")
            if kind == "json":
                numbered = lines(text, longest=self._longest)
                yield from json_rows(numbered, name=name, encoding=encoding, longest=self._longest)
            else:
                numbered = lines(text, longest=self._longest, ends=("\n", "\r"))
                yield from table_rows(numbered, text=self._fields.text, name=name, encoding=encoding, longest=self._longest)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, out of its gzip wrapping where it has one."""
    with path.open("rb") as file:
        is_packed = file.peek(len(GZIP)).startswith(GZIP)
        if not is_packed:
            yield file
            return
        most = _MOST_GROWTH * path.stat().st_size + _ROOM_TO_GROW
        with _Unpacked(file, most=most) as unpacked:
            yield cast(BinaryIO, unpacked)


class _Unpacked(gzip.GzipFile):
    """What is packed in a file; BadGzipFile where that is more than `most` bytes."""

    def __init__(self, file: BinaryIO, *, most: int) -> None:
        super().__init__(fileobj=file)
        self._most = most

    def read1(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`. All reading comes here: TextIOWrapper asks for nothing else."""
        found = super().read1(size)
        if self.tell() > self._most:
            raise gzip.BadGzipFile(f"more than {self._most:,} bytes are packed in it, {_MOST_GROWTH} times its size and more")
        return found


def _passed_mark(stream: BinaryIO) -> str | None:
    """The encoding that a byte-order mark announces, which is then behind us; None without one."""
    mark = marked(stream.peek(4)[:4])  # type: ignore[attr-defined]  # both that `_opened` gives have it
    if mark is None:
        return None
    stream.read(len(mark[0]))
    return mark[1]
