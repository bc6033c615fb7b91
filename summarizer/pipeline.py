"""The journey of a report, from a file to a briefing: the table of contents of this package."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from summarizer.briefing import Briefing, Provenance
from summarizer.composing import Asked, compose
from summarizer.document import Document
from summarizer.errors import UsageError
from summarizer.extraction import Extraction, extract
from summarizer.extraction.planning import Plan
from summarizer.extraction.planning import plan as plan_extraction
from summarizer.llm import Strategy, connect, connected
from summarizer.llm.asking import Model
from summarizer.llm.cassette import Cassette, Noting
from summarizer.llm.metering import require_price
from summarizer.progress import Progress
from summarizer.prompting import PromptLibrary
from summarizer.reading import document_from_text, names_a_file, read, split_sentences
from summarizer.reading.web import looks_like_url
from summarizer.schema import ClaimRecord
from summarizer.settings import DEFAULT_MODEL, POLICIES, Limits, Policy, Settings
from summarizer.version import __version__


def summarise(
    report: str | Path | Document,
    *,
    model: str | Model = DEFAULT_MODEL,
    strategy: Strategy | None = None,
    prompts: Path | None = None,
    policy: Policy = "show",
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Briefing:
    """Turn one report into a briefing whose every item rests on words of the source.

    `report`: a path to a file that `read` reads, the text itself as a str, or a Document. `model`: a name (`embedded/<name>`,
    `openai/<name>`), or what `connect` gives, which also records and replays. `strategy` and `prompts` (a folder of
    templates) default to the model's own and to those that come with the program, `limits` to those of the environment; a
    connected model brings its own. `policy`: what becomes of doubts. `show` and `strict` show the items that have one,
    `withhold` puts them among the withheld.

    All offsets in the result are half-open, in code points, into `briefing.document.text`. What the source does not carry is
    in `withheld`; passages without an answer are counted in `coverage`.

    Raises SourceError for a report that cannot be read, UsageError (UnknownModel, PromptsError) for wrong arguments,
    AnswerError (WeightsError, CassetteMiss) when no answer is to be had, and LimitReached at a limit of the user's. The last
    two carry, as `briefing`, what had been answered before.
    """
    if policy not in POLICIES:
        raise UsageError(f"there is no policy {policy!r}: name one of {', '.join(POLICIES)}")
    document = _document(report)
    progress = progress or Progress()
    with connected(model, limits=limits, progress=progress) as asked:
        library = PromptLibrary(prompts)
        return _brief(document, model=asked, strategy=strategy, prompts=library, policy=policy, progress=progress)


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
    document: Document,
    *,
    model: Model,
    strategy: Strategy | None,
    prompts: PromptLibrary,
    policy: Policy,
    progress: Progress,
) -> Briefing:
    begun = time.monotonic()
    strategy = strategy or model.profile.strategy
    sentences = split_sentences(document)
    extraction = extract(document, sentences, model=model, strategy=strategy, prompts=prompts, progress=progress)
    briefing = compose(
        document,
        sentences,
        [ClaimRecord.of(claim) for claim in extraction.claims],
        asked=_asked(extraction),
        provenance=_provenance(model, strategy, policy, extraction, seconds=time.monotonic() - begun),
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
            if looks_like_url(report) and len(report.split()) == 1:
                raise UsageError(f"{report!r} is a web address: pass read({report!r}, allow_url=True) to fetch it")
            return document_from_text(report)


def _asked(extraction: Extraction) -> Asked:
    gaps = Counter(unanswered.gap for unanswered in extraction.unanswered)
    return Asked(
        passages=extraction.passages,
        failed=gaps["failed"],
        truncated=gaps["truncated"],
        filtered=gaps["filtered"],
        reasons=tuple(dict.fromkeys(unanswered.reason for unanswered in extraction.unanswered)),
    )


def _provenance(model: Model, strategy: Strategy, policy: Policy, extraction: Extraction, *, seconds: float) -> Provenance:
    return Provenance(
        summarizer=__version__,
        model=model.profile.name,
        endpoint=model.profile.endpoint,
        strategy=strategy,
        policy=policy,
        prompts={extraction.template.name: extraction.template.hash},
        schema=extraction.schema_hash,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        seconds=round(seconds, 3),
        usage=extraction.usage,
    )
