"""The journey of a report, from a file to a briefing: the table of contents of this package."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from summarizer.briefing import Briefing, Coverage, DocumentRecord, Provenance, SummarySentence
from summarizer.document import Document, Sentence
from summarizer.errors import UsageError
from summarizer.extraction import Extraction, extract
from summarizer.extraction.planning import Plan
from summarizer.extraction.planning import plan as plan_extraction
from summarizer.grounding import ground
from summarizer.llm import Strategy, connect, connected
from summarizer.llm.asking import Model
from summarizer.llm.cassette import Cassette, Noting
from summarizer.llm.metering import require_price
from summarizer.merging import Merged, merge
from summarizer.progress import Progress
from summarizer.prompting import PromptLibrary
from summarizer.reading import document_from_text, names_a_file, read, split_sentences
from summarizer.schema import Demand, Outcome, Position
from summarizer.settings import DEFAULT_MODEL, Limits, Settings
from summarizer.version import __version__

SUMMARY_SENTENCES = 5


def summarise(
    report: str | Path | Document,
    *,
    model: str | Model = DEFAULT_MODEL,
    strategy: Strategy | None = None,
    prompts: Path | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Briefing:
    """Turn one report into a briefing whose every item rests on words of the source.

    `report`: a path to a UTF-8 file, the text itself as a str, or a Document. `model`: a name (`embedded/<name>`,
    `openai/<name>`), or what `connect` gives, which also records and replays. `strategy` and `prompts` (a folder of
    templates) default to the model's own and to those that come with the program, `limits` to those of the environment; a
    connected model brings its own.

    All offsets in the result are half-open, in code points, into `briefing.document.text`. What the source does not carry is
    in `withheld`; passages without an answer are counted in `coverage`.

    Raises SourceError for a report that cannot be read, UsageError (UnknownModel, PromptsError) for wrong arguments,
    AnswerError (WeightsError, CassetteMiss) when no answer is to be had, and LimitReached at a limit of the user's. The last
    two carry, as `briefing`, what had been answered before.
    """
    document = _document(report)
    progress = progress or Progress()
    with connected(model, limits=limits, progress=progress) as asked:
        return _brief(document, model=asked, strategy=strategy, prompts=PromptLibrary(prompts), progress=progress)


@contextmanager
def planning(
    model: str = DEFAULT_MODEL,
    *,
    settings: Settings | None = None,
    base_url: str | None = None,
    cache: bool = True,
    recorded: Path | None = None,
    limits: Limits | None = None,
    strategy: Strategy | None = None,
    prompts: Path | None = None,
) -> Iterator[Callable[[str | Path | Document], Plan]]:
    """A function that says what `summarise` would take for a report with these arguments. Nothing is asked.

    Needs neither a key nor weights. What one report would ask is at hand for the next, where there is a `cache`; `recorded` is
    a folder that is played back. Of the `limits` only those are looked at that could not be kept. Raises SourceError and
    UsageError as `summarise` does.
    """
    settings = settings or Settings.from_environment()
    noting = Noting(Cassette(recorded) if recorded else None, once=cache)
    wanted = (limits or Limits()).over(settings.limits)
    unlimited = replace(settings, limits=Limits())
    with connect(model, settings=unlimited, base_url=base_url, cache=cache, transport=noting) as rehearsing:
        require_price(wanted, rehearsing.price, name=model)

        def plan(report: str | Path | Document) -> Plan:
            document = _document(report)
            return plan_extraction(
                document,
                split_sentences(document),
                model=rehearsing,
                noting=noting,
                strategy=strategy or rehearsing.profile.strategy,
                prompts=PromptLibrary(prompts),
            )

        yield plan


def _brief(
    document: Document, *, model: Model, strategy: Strategy | None, prompts: PromptLibrary, progress: Progress
) -> Briefing:
    begun = time.monotonic()
    strategy = strategy or model.profile.strategy
    sentences = split_sentences(document)
    extraction = extract(document, sentences, model=model, strategy=strategy, prompts=prompts, progress=progress)
    grounding = ground(extraction.claims, document)
    merged = merge(grounding.grounded)
    briefing = Briefing(
        document=_record(document, sentences),
        headline=_headline(document, merged),
        summary=_summary(merged),
        parties=merged.parties,
        positions=merged.positions,
        demands=merged.demands,
        outcomes=merged.outcomes,
        withheld=grounding.withheld,
        coverage=_coverage(sentences, extraction, merged),
        provenance=_provenance(model, strategy, extraction, seconds=time.monotonic() - begun),
    )
    if extraction.stopped is not None:
        extraction.stopped.briefing = briefing
        raise extraction.stopped
    return briefing


def _document(report: str | Path | Document) -> Document:
    match report:
        case Document():
            return report
        case Path():
            return read(report)
        case str():
            if names_a_file(report):
                raise UsageError(f"{report!r} is the name of a file: pass Path({report!r}) to read it")
            return document_from_text(report)


def _record(document: Document, sentences: Sequence[Sentence]) -> DocumentRecord:
    return DocumentRecord(
        id=document.id,
        title=document.title,
        source=document.source,
        published=document.published,
        language=document.language,
        text=document.text,
        sentences=len(sentences),
        sentence_spans=tuple((sentence.start, sentence.end) for sentence in sentences),
        warnings=document.warnings,
    )


def _headline(document: Document, merged: Merged) -> str:
    """The report's own title, else what its first core item says, else that there is nothing to brief."""
    leading = [*_foremost(merged), *merged.items]
    return document.title or (leading[0].statement if leading else "No position, demand or outcome was found")


def _summary(merged: Merged) -> tuple[SummarySentence, ...]:
    """What a reader must know first, in the order of the report: outcomes and demands, and positions where there is room."""
    items = _foremost(merged)
    chosen = sorted(items, key=lambda item: isinstance(item, Position))[:SUMMARY_SENTENCES]
    return tuple(SummarySentence(text=item.statement, items=(item.id,)) for item in items if item in chosen)


def _foremost(merged: Merged) -> list[Position | Demand | Outcome]:
    """The core items without a doubt, one a sentence: what came of it before what is wanted before what is thought."""
    ranked: tuple[Position | Demand | Outcome, ...] = (*merged.outcomes, *merged.demands, *merged.positions)
    sure = [item for item in ranked if item.core and item.verdict == "grounded"]
    by_sentence = {item.evidence[0].sentence: item for item in reversed(sure)}
    return [by_sentence[number] for number in sorted(by_sentence)]


def _coverage(sentences: Sequence[Sentence], extraction: Extraction, merged: Merged) -> Coverage:
    gaps = Counter(unanswered.gap for unanswered in extraction.unanswered)
    return Coverage(
        sentences=len(sentences),
        cited=len({evidence.sentence for item in merged.items for evidence in item.evidence}),
        passages=extraction.passages,
        failed=gaps["failed"],
        truncated=gaps["truncated"],
        filtered=gaps["filtered"],
        reasons=tuple(dict.fromkeys(unanswered.reason for unanswered in extraction.unanswered)),
    )


def _provenance(model: Model, strategy: Strategy, extraction: Extraction, *, seconds: float) -> Provenance:
    return Provenance(
        summarizer=__version__,
        model=model.profile.name,
        endpoint=model.profile.endpoint,
        strategy=strategy,
        prompts={extraction.template.name: extraction.template.hash},
        schema=extraction.schema_hash,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        usage=extraction.usage,
    )
