"""Markdown for people: every line with the sentence of the source that says it, doubts and gaps included.

Whatever came from a report or a model is escaped, so that it shows as text and never becomes markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.briefing import Briefing
from summarizer.schema import Demand, Evidence, Item, Outcome, Party, Position, Withheld

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~&$])")
_LINK = re.compile(r"(?i)(://|(?<=\bwww)\.|@)")  # what viewers make a link of without being asked
_LINE_START = re.compile(r"^(\d+)([.)])|^([-=:])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def markdown(briefing: Briefing) -> str:
    """The whole briefing as CommonMark."""
    blocks = (
        f"# {_text(briefing.headline)}",
        _source(briefing),
        *_summary(briefing),
        *_parties(briefing),
        *_section("Positions", briefing.positions, briefing),
        *_section("Demands", briefing.demands, briefing),
        *_section("Outcomes", briefing.outcomes, briefing),
        *_withheld(briefing),
        *_coverage(briefing),
        *_provenance(briefing),
    )
    return "\n\n".join(blocks) + "\n"


def _source(briefing: Briefing) -> str:
    document = briefing.document
    known = (document.source, document.publisher, document.published)
    return f"Source: {', '.join(_text(each) for each in known if each)}, {document.sentences} sentences"


def _summary(briefing: Briefing) -> Iterator[str]:
    if briefing.summary:
        yield "## Summary"
        yield "\n".join(f"- {_text(line.text)} \\[{', '.join(line.items)}\\]" for line in briefing.summary)


def _parties(briefing: Briefing) -> Iterator[str]:
    if briefing.parties:
        yield "## Parties"
        yield "\n".join(f"- {_party(party, briefing)}" for party in briefing.parties)


def _party(party: Party, briefing: Briefing) -> str:
    """Who it is: "Lena Dorn, foreign minister, for Velia (also Dorn)"; what it is, where no role tells."""
    kind = party.kind.replace("_", " ")
    what = party.role or ("" if party.kind == "other" or kind == party.name else kind)
    speaks_for = f"for {briefing.party(party.represents).name}" if party.represents else ""
    return f"{', '.join(_text(part) for part in (party.name, what, speaks_for) if part)}{_also(party.aliases)}"


def _also(aliases: tuple[str, ...]) -> str:
    return f" (also {', '.join(map(_text, aliases))})" if aliases else ""


def _section(title: str, items: tuple[Item, ...], briefing: Briefing) -> Iterator[str]:
    yield f"## {title}"
    if not items:
        yield "None found."
    for item in items:
        yield "\n".join((_line(item, briefing), *_evidence(item, briefing), *_doubts(item)))


def _line(item: Item, briefing: Briefing) -> str:
    core = "**core** " if item.core else ""
    return f"- {core}{_text(item.statement)} *({'; '.join((item.id, *_marks(item, briefing)))})*"


def _marks(item: Item, briefing: Briefing) -> Iterator[str]:
    """What a reader wants to know beside the statement: stance or status, its terms, what answers what, verdict."""
    match item:
        case Position():
            yield item.stance
            yield from _labelled("issue", item.issue)
            if item.reported_by:
                yield f"according to {_text(briefing.party(item.reported_by).name)}"
        case Demand():
            if item.addressees:
                yield "to " + ", ".join(_text(briefing.party(id).name) for id in item.addressees)
            yield from _labelled("condition", item.condition)
            yield from _labelled("time limit", item.deadline, item.deadline_day)
            if item.status != "unknown":
                answers = f": {', '.join(item.answered_by)}" if item.answered_by else ""
                yield f"{item.status.replace('_', ' ')}{answers}"
        case Outcome():
            yield item.status
            yield from _labelled("time", item.timing, item.timing_day)
            if item.answers:
                yield f"answers {', '.join(item.answers)}"
    if item.verdict == "flagged":
        yield "**doubtful**"


def _labelled(label: str, words: str | None, day: str | None = None) -> Iterator[str]:
    if words:
        yield f"{label}: {_text(words)}{f' ({day})' if day else ''}"


def _evidence(item: Item, briefing: Briefing) -> Iterator[str]:
    """Each source sentence as a quotation, the words that carry the item in bold."""
    for evidence in item.evidence:
        yield f"  > {_sentence(evidence, briefing)} \\[{', '.join(_place(evidence, briefing))}\\]"


def _place(evidence: Evidence, briefing: Briefing) -> Iterator[str]:
    yield f"sentence {evidence.sentence}"
    if evidence.page is not None:
        yield f"page {evidence.page}"
    if briefing.document.hides(evidence.start, evidence.end):
        yield "**hidden in the source**"


def _sentence(evidence: Evidence, briefing: Briefing) -> str:
    text = briefing.document.text
    start, end = briefing.document.sentence(evidence.sentence)
    if (start, end) == (evidence.start, evidence.end):
        return _text(text[start:end])
    before, after = text[start : evidence.start], text[evidence.end : max(end, evidence.end)]
    return f"{_text(before)}**{_text(evidence.quote)}**{_text(after)}"


def _doubts(item: Item) -> Iterator[str]:
    for check in item.checks:
        if check.result == "doubt":
            yield f"  > *Doubt: {_text(check.reason)}*"


def _withheld(briefing: Briefing) -> Iterator[str]:
    yield "## Withheld"
    if not briefing.withheld:
        yield "Nothing: the source carries every claim that the model made."
    else:
        yield (
            "The model claimed this, and the source does not carry it, or there is a doubt:"
            if briefing.provenance.policy == "withhold"
            else "The model claimed this, and the source does not carry it:"
        )
        yield "\n".join(_withheld_line(withheld) for withheld in briefing.withheld)


def _withheld_line(withheld: Withheld) -> str:
    claim = withheld.item
    said, who = claim.statement or claim.words or "", ", ".join(claim.parties)
    return f"- {withheld.kind} of {_text(who)}: {_text(said)} *({_text('; '.join(withheld.reasons))})*"


def _coverage(briefing: Briefing) -> Iterator[str]:
    coverage = briefing.coverage
    yield "## Coverage"
    yield (
        f"{coverage.cited} of {coverage.sentences} sentences are cited. {coverage.passages} passages were asked about: "
        f"{coverage.failed} failed, {coverage.truncated} truncated, {coverage.filtered} filtered. "
        f"{_left_out(coverage.moves_without_item, briefing.document.language)}"
    )
    if coverage.reasons or briefing.document.warnings:
        yield "\n".join(f"- {_text(line)}" for line in (*coverage.reasons, *briefing.document.warnings))


def _left_out(numbers: tuple[int, ...] | None, language: str) -> str:
    """Where a reader may look for what the model passed over."""
    match numbers:
        case None:
            return f"Sentences that name a party and a move and gave no item were not counted in language {_text(language)}."
        case ():
            return "No sentence names a party and a move and gave no item."
        case (number,):
            return f"1 sentence names a party and a move and gave no item: {number}."
        case _:
            return f"{len(numbers)} sentences name a party and a move and gave no item: {', '.join(map(str, numbers))}."


def _provenance(briefing: Briefing) -> Iterator[str]:
    made = briefing.provenance
    prompts = ", ".join(f"{_text(name)} ({sha[:12]})" for name, sha in made.prompts.items())
    yield "## Provenance"
    yield (
        f"summarizer {made.summarizer}, model {_text(made.model)}, strategy {made.strategy}, prompt {prompts}, "
        f"source {briefing.document.id[:12]}, {made.created}. {made.usage.calls} answers ({made.usage.cached} at hand), "
        f"{made.usage.prompt_tokens} prompt and {made.usage.completion_tokens} completion tokens, {made.seconds:.1f} s."
    )


def _text(text: str) -> str:
    """Text that shows as it is: one line, nothing in it markup."""
    escaped = _LINK.sub(r"\\\1", _SPECIAL.sub(r"\\\1", _CONTROL.sub(" ", text)))
    return _LINE_START.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", escaped)
