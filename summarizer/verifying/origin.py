"""Whether a briefing was made from what it names: the source, the prompt, the response schema, the sentences.

What this version cannot know of another is a note, a str here, and no finding: the template that another version ships may
differ, and so may the sentences that a newer segmenter finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from summarizer.briefing import Briefing, DocumentRecord, Provenance
from summarizer.errors import SourceError
from summarizer.extraction import METHODS, schema_hash
from summarizer.prompting import PromptLibrary
from summarizer.reading import document_from_text, read, split_sentences
from summarizer.settings import DEFAULT_MAX_CHARACTERS
from summarizer.verifying.finding import Finding, first_difference, shown, unlike
from summarizer.verifying.remaking import document_of
from summarizer.verifying.standing import undivided
from summarizer.version import __version__

_NOT_A_FILE = ("stdin", "text")
_ANOTHER_MACHINE = ("//", "\\\\")
"""How Windows writes the files of other machines: to look whether one is there would send something over the network."""


def origin(briefing: Briefing, *, source: str | Path | None, prompts: Path | None) -> Iterator[Finding | str]:
    """What differs from what the briefing names, and notes. Raises SourceError for a `source` that cannot be read."""
    yield from _version(briefing.provenance)
    yield from _prompts(briefing.provenance, prompts)
    yield from _schema(briefing.provenance)
    yield from _reading(briefing.document)
    if source is not None:
        yield from _compared(briefing.document, source)
    else:
        yield from _compared_if_there(briefing.document)


def _version(provenance: Provenance) -> Iterator[str]:
    if provenance.summarizer != __version__:
        yield (
            f"made with summarizer {shown(provenance.summarizer)}, verified with {__version__}: what comes out otherwise may be"
            " the program's doing; verify with that version to be sure"
        )


def _prompts(provenance: Provenance, folder: Path | None) -> Iterator[Finding | str]:
    """The template is of this strategy, and the one that we have under its name."""
    wanted = METHODS[provenance.strategy].template
    if len(provenance.prompts) != 1 or not all(re.fullmatch(rf"{wanted}-v\d+", name) for name in provenance.prompts):
        yield Finding(
            "provenance.prompts", shown([*provenance.prompts]), f"one template of strategy {wanted}, {wanted}-v1 or so"
        )
        return
    ((name, written),) = provenance.prompts.items()
    template = PromptLibrary(folder).named(name)
    if template is not None and template.hash == written:
        return
    ours = "none of that name" if template is None else template.hash
    if folder is None and provenance.summarizer != __version__:
        yield f"made with another prompt: {name} was {shown(written)}, and this version has {ours}"
    elif folder is None:
        yield Finding(
            f"provenance.prompts.{name}",
            shown(written),
            f"what this version has, {ours}: give --prompts DIR for one of your own",
        )
    else:
        yield Finding(f"provenance.prompts.{name}", shown(written), f"what {str(folder)!r} has, {ours}")


def _schema(provenance: Provenance) -> Iterator[Finding | str]:
    ours = schema_hash(provenance.strategy)
    if provenance.schema_ == ours:
        return
    if provenance.summarizer == __version__:
        yield unlike("provenance.schema", provenance.schema_, ours, why=", this version's response schema")
    else:
        yield f"made with another response schema: {shown(provenance.schema_)}, and {ours} in this version"


def _reading(record: DocumentRecord) -> Iterator[str]:
    """What this program would read from the text otherwise. The title and the language may have been given by the user."""
    if not any(undivided(record)):
        today = tuple((sentence.start, sentence.end) for sentence in split_sentences(document_of(record)))
        if today != record.sentence_spans:
            first = next(
                number for number in range(len(today) + 1) if today[: number + 1] != record.sentence_spans[: number + 1]
            )
            yield (
                f"today {len(today)} sentences are found, and {len(record.sentence_spans)} are recorded;"
                f" they differ from sentence {first + 1} on"
            )
    with suppress(SourceError):  # a text without a word: it has no title
        title = document_from_text(record.text, max_characters=len(record.text), keep_hidden=True).title
        if title != record.title:
            yield f"the title {shown(record.title)} was given, by a caller or the source: the text gives {shown(title)}"


def _compared_if_there(record: DocumentRecord) -> Iterator[Finding | str]:
    if not _is_there(record.source):
        yield f"not compared with the source {shown(record.source)}, which is not here: give it with --source"
        return
    try:
        yield from _compared(record, record.source)
    except SourceError as error:
        yield f"not compared with the source: {error}"


def _is_there(source: str) -> bool:
    if source in _NOT_A_FILE or source.startswith(_ANOTHER_MACHINE):
        return False
    try:
        return Path(source).is_file()
    except (OSError, ValueError):
        return False


def _compared(record: DocumentRecord, source: str | Path) -> Iterator[Finding]:
    """Whether the source says the same. Nothing of it is shown: a briefing may name any file, and others may read our words."""
    kept_hidden = any(hidden.start is not None for hidden in record.hidden)
    document = read(source, max_characters=max(DEFAULT_MAX_CHARACTERS, len(record.text)), keep_hidden=kept_hidden)
    if document.text != record.text:
        place = first_difference(document.text, record.text)
        yield Finding(
            "document.id",
            shown(record.id),
            f"{shown(document.id)}, the SHA-256 of the source {str(source)!r}, which differs from character {place} on",
        )
