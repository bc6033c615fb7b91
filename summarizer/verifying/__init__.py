"""Whether a briefing holds: every check repeated offline, without a model, on any machine, years later.

Three questions, none of which trusts what the briefing says of itself. Does it fit its own document: hash, sentences,
quotations, references? Does the program make the same briefing of the same claims once more? Was it made from the source,
the prompt and the response schema that it names? What nobody can tell from the file alone is a forgery that is consistent
throughout: another document with its own hash and claims to match. Comparing with the source tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from summarizer.briefing import Briefing
from summarizer.verifying.finding import Finding
from summarizer.verifying.origin import origin
from summarizer.verifying.remaking import made_otherwise
from summarizer.verifying.standing import not_standing
from summarizer.verifying.text import parse

__all__ = ["Counts", "Finding", "Verification", "verify"]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was to verify."""

    items: int = 0
    quotations: int = 0
    checks: int = 0
    withheld: int = 0
    sentences: int = 0


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it: `findings` do not hold, `notes` are what a reader should know besides."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    counts: Counts = Counts()

    @property
    def holds(self) -> bool:
        """Whether everything is as it should be."""
        return not self.findings


def verify(
    briefing: str | Briefing, *, name: str = "briefing", source: str | Path | None = None, prompts: Path | None = None
) -> Verification:
    """Repeat every check of a briefing: the JSON text that `--format json` prints, or a Briefing.

    `name` is what to call it in errors. `source`: the report that it was made from; where it is not given and
    `document.source` is a file that is there, that one is compared. `prompts`: the folder of templates that it was made
    with; those that come with the program when not given.

    Raises SourceError for text that is no briefing at all, and for a `source` that cannot be read.
    """
    read = parse(briefing if isinstance(briefing, str) else briefing.to_json(), name)
    if not isinstance(read, Briefing):
        return Verification(findings=read, notes=("nothing else was verified, since it does not fit the schema",))
    standing = [*not_standing(read)]
    places = {finding.where for finding in standing}
    otherwise = [finding for finding in made_otherwise(read) if finding.where not in places]  # said already, and why
    told = [*origin(read, source=source, prompts=prompts)]
    return Verification(
        findings=(*standing, *otherwise, *(each for each in told if isinstance(each, Finding))),
        notes=tuple(each for each in told if isinstance(each, str)),
        counts=_counts(read),
    )


def _counts(briefing: Briefing) -> Counts:
    return Counts(
        items=len(briefing.items),
        quotations=sum(len(item.evidence) for item in briefing.items),
        checks=sum(len(item.checks) for item in briefing.items),
        withheld=len(briefing.withheld),
        sentences=len(briefing.document.sentence_spans),
    )
