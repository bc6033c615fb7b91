"""`summarizer read FILE`: the text of reports as the program sees it, and what was lost or hidden."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from summarizer.cli.corpora import corpus_options
from summarizer.cli.reading import Reading, reading_options
from summarizer.cli.statuses import SOMETHING_TO_REPORT
from summarizer.cli.unread import Unread
from summarizer.document import Document
from summarizer.errors import SourceError, UsageError
from summarizer.printable import printable

if TYPE_CHECKING:
    from summarizer.document import Sentence
    from summarizer.reading.corpora import Fields


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--plain", is_flag=True, help="The text alone, to the character; of one report, not of several.")
@reading_options
@corpus_options
def read(file: str, *, plain: bool, reading: Reading, fields: Fields) -> int:
    """Print the text of FILE as the program sees it, one sentence a line, each with its number.

    Metadata and warnings go to stderr. A number is followed by the page, where FILE has pages, and by what hides words of the
    sentence, where these were kept. FILE is whatever `summarise` takes; each report of several follows its name.

    Exit status: 0 done; 1 text was lost, and a warning says where, or one of several reports cannot be read; 2 wrong usage;
    3 FILE cannot be read.
    """
    from summarizer.reading.corpora import holds_many, records

    several = holds_many(file)
    if several and plain:
        raise UsageError(f"{file!r} gives several reports, and --plain prints one, to the character: leave --plain out")
    statuses: set[int] = set()
    with Unread("summarizer") as unread:
        for document in records(file, fields=fields, **reading):
            if isinstance(document, Document):
                _show(document, plain=plain, named=several)
                statuses.add(0 if document.complete else SOMETHING_TO_REPORT)
            else:
                unread.tell(document)
    if not statuses:
        return SourceError.exit_status
    return SOMETHING_TO_REPORT if unread.number else max(statuses)


def _show(document: Document, *, plain: bool, named: bool) -> None:
    from summarizer.reading import split_sentences

    sentences = split_sentences(document)
    if named:
        click.echo(f"source: {printable(document.source)}", err=True)
    for line in _about(document, sentences):
        click.echo(printable(line), err=True)
    if plain:
        sys.stdout.buffer.write(document.text.encode())  # as it is: no line end added, or made another
        return
    if named:
        click.echo(f"# {printable(document.source)}")
    for line in _numbered(document, sentences):
        click.echo(line)


def _about(document: Document, sentences: tuple[Sentence, ...]) -> Iterator[str]:
    """What is known of the report, a line each, then what was lost, guessed or hidden."""
    known = {
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published,
        "language": document.language,
        "pages": str(len(document.pages)) if document.pages else None,
        "characters": f"{len(document.text):,}",
        "sentences": f"{len(sentences):,}",
    }
    yield from (f"{name}: {value}" for name, value in known.items() if value is not None)
    yield from (f"warning: {warning}" for warning in document.warnings)


def _numbered(document: Document, sentences: tuple[Sentence, ...]) -> Iterator[str]:
    width = len(str(len(sentences)))
    for sentence in sentences:
        page = document.page_at(sentence.start)
        place = "" if page is None else f" [page {page}]"
        hidden = "".join(f" [hidden: {printable(how)}]" for how in _hiding(document, sentence))
        yield f"{sentence.number:>{width}}{place}{hidden} {printable(' '.join(sentence.text.split()))}"


def _hiding(document: Document, sentence: Sentence) -> tuple[str, ...]:
    """By what words of this sentence are hidden in the source, each way once."""
    kept = (hidden for hidden in document.hidden if hidden.lies_in(sentence.start, sentence.end))
    return tuple(dict.fromkeys(hidden.how for hidden in kept))
