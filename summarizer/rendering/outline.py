"""What stands on a page, in which order and words, whatever the page is made of: Markdown, a web page, a Word document.

Text from the report or from a model is plain text here: whoever makes a page of it keeps it from becoming markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.briefing import Briefing, SummarySentence
from summarizer.rendering import Length
from summarizer.rendering.wording import Wording, wording
from summarizer.schema import Demand, Evidence, Item, Kind, Outcome, Party, Position, Withheld

MarkKind = Literal["stance", "status", "detail", "doubtful"]

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader wants to know beside a statement: stance or status, its terms, what answers what, a doubt."""

    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A sentence of the report: what stands before the words that carry the item, these words, and what stands after them.

    `number` counts the sources of a page from 1. `place` says where it is: its sentence, its page.
    """

    number: int
    evidence: Evidence
    before: str
    quoted: str
    after: str
    place: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with what stands beside and below its statement. `checks` are told on a full page only."""

    item: Item
    marks: tuple[Mark, ...]
    sources: tuple[Source, ...]
    doubts: tuple[str, ...]
    checks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """All items of a kind; on a short page the core ones, and `more` says how many there are besides."""

    kind: Kind
    title: str
    entries: tuple[Entry, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party, and what it is: "foreign minister", "for Velia"."""

    party: Party
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WithheldLine:
    """A claim that is not in the briefing, why, and about which sentences the model was `asked` when it made it."""

    claim: str
    reasons: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """All that stands on the page of a briefing. Titles of its parts, and other fixed words, are in `wording`."""

    briefing: Briefing
    wording: Wording
    headline: str
    source: str
    summary: tuple[SummarySentence, ...]
    parties: tuple[PartyLine, ...]
    sections: tuple[Section, ...]
    withheld_because: str
    withheld: tuple[WithheldLine, ...]
    coverage: str
    notes: tuple[str, ...]
    provenance: str
    passed_over: tuple[str, ...] = ()

    @property
    def report_language(self) -> str:
        """The language of the report, for those who read it aloud or spell it; empty where what the report says is none."""
        language = self.briefing.document.language
        return language if _LANGUAGE_TAG.fullmatch(language) else ""


def outline(briefing: Briefing, *, language: str = "en", length: Length = "standard") -> Outline:
    """The page of a briefing, with its fixed words in this language.

    `short`: core items, the parties that these name, and how much is not on the page. `standard`: all items.
    `full`: also what came of each check, and the sentences that name a party and a move and gave no item.
    """
    words = wording(language)
    whole = _page(briefing, words)
    match length:
        case "short":
            return _shortened(whole)
        case "full":
            return _with_checks(whole)
        case _:
            return whole


def _page(briefing: Briefing, words: Wording) -> Outline:
    return Outline(
        briefing=briefing,
        wording=words,
        headline=briefing.headline,
        source=_source(briefing, words),
        summary=briefing.summary,
        parties=tuple(PartyLine(party, tuple(_what(party, briefing, words))) for party in briefing.parties),
        sections=tuple(_sections(briefing, words)),
        withheld_because=_withheld_because(briefing, words),
        withheld=tuple(_withheld(withheld, words) for withheld in briefing.withheld),
        coverage=_coverage(briefing, words),
        notes=(*briefing.coverage.reasons, *briefing.document.warnings),
        provenance=_provenance(briefing, words),
    )


def _shortened(page: Outline) -> Outline:
    """Core items, and how many there are besides; parties that core items name, and whom these speak for."""
    words = page.wording
    sections = tuple(_core(section, words) for section in page.sections)
    shown = {entry.item.id for section in sections for entry in section.entries}
    named = {id for section in sections for entry in section.entries for id in _named(entry.item)}
    named |= {page.briefing.party(id).represents or id for id in named}
    return replace(
        page,
        summary=tuple(line for line in page.summary if shown.issuperset(line.items)),
        parties=tuple(line for line in page.parties if line.party.id in named),
        sections=sections,
        withheld_because=_withheld_count(page, words),
        withheld=(),
    )


def _core(section: Section, words: Wording) -> Section:
    entries = tuple(entry for entry in section.entries if entry.item.core)
    others = len(section.entries) - len(entries)
    return replace(section, entries=entries, more=words.say("more_items", count=words.number(others)) if others else "")


def _named(item: Item) -> tuple[str, ...]:
    match item:
        case Demand():
            return (*item.parties, *item.addressees)
        case Position():
            return (*item.parties, *([item.reported_by] if item.reported_by else []))
        case _:
            return item.parties


def _withheld_count(page: Outline, words: Wording) -> str:
    return words.say("withheld_count", count=words.number(len(page.withheld))) if page.withheld else page.withheld_because


def _with_checks(page: Outline) -> Outline:
    words, briefing = page.wording, page.briefing
    return replace(
        page,
        sections=tuple(
            replace(section, entries=tuple(_checked(entry, words) for entry in section.entries)) for section in page.sections
        ),
        passed_over=tuple(
            words.say("passed_over_sentence", number=number, words=briefing.document.sentence_text(number))
            for number in briefing.coverage.moves_without_item or ()
        ),
    )


def _checked(entry: Entry, words: Wording) -> Entry:
    """All checks, but those whose doubts are told already."""
    told = (check for check in entry.item.checks if check.result != "doubt")
    return replace(
        entry,
        checks=tuple(
            words.say("check", name=check.name, result=words.check_results[check.result], reason=check.reason) for check in told
        ),
    )


def _source(briefing: Briefing, words: Wording) -> str:
    document = briefing.document
    published = document.published and words.date(document.published)
    known = ", ".join(each for each in (document.source, document.publisher, published) if each)
    return words.say_count("source", document.sentences, known=known)


def _what(party: Party, briefing: Briefing, words: Wording) -> Iterator[str]:
    """Its role, else its kind where that says more than its name; for whom it speaks."""
    kind = words.party_kinds[party.kind]
    what = party.role or ("" if party.kind == "other" or kind == party.name else kind)
    if what:
        yield what
    if party.represents:
        yield words.say("for_party", party=briefing.party(party.represents).name)


def _sections(briefing: Briefing, words: Wording) -> Iterator[Section]:
    number = 1
    kinds: tuple[tuple[Kind, tuple[Item, ...]], ...] = (
        ("position", briefing.positions),
        ("demand", briefing.demands),
        ("outcome", briefing.outcomes),
    )
    for kind, items in kinds:
        entries = []
        for item in items:
            entries.append(_entry(item, number, briefing, words))
            number += len(item.evidence)
        yield Section(kind, words.say(f"{kind}s"), tuple(entries))


def _entry(item: Item, number: int, briefing: Briefing, words: Wording) -> Entry:
    sources = (_cited(each, count, briefing, words) for count, each in enumerate(item.evidence, start=number))
    doubts = (words.say("doubt", reason=check.reason) for check in item.checks if check.result == "doubt")
    return Entry(item, tuple(_marks(item, briefing, words)), tuple(sources), tuple(doubts))


def _marks(item: Item, briefing: Briefing, words: Wording) -> Iterator[Mark]:
    match item:
        case Position():
            yield Mark("stance", words.stances[item.stance])
            yield from _labelled("issue", item.issue, words)
            if item.reported_by:
                yield Mark("detail", words.say("according_to", party=briefing.party(item.reported_by).name))
        case Demand():
            if item.addressees:
                names = ", ".join(briefing.party(id).name for id in item.addressees)
                yield Mark("detail", words.say("to_parties", parties=names))
            yield from _labelled("condition", item.condition, words)
            yield from _labelled("time_limit", item.deadline, words, day=item.deadline_day)
            if item.status != "unknown":
                yield Mark("status", _status(words.statuses[item.status], item.answered_by, words))
        case Outcome():
            yield Mark("status", words.statuses[item.status])
            yield from _labelled("time", item.timing, words, day=item.timing_day)
            if item.answers:
                yield Mark("detail", words.say("answers", items=", ".join(item.answers)))
    if item.verdict == "flagged":
        yield Mark("doubtful", words.say("doubtful"))


def _status(status: str, items: tuple[str, ...], words: Wording) -> str:
    return words.say("status_with_items", status=status, items=", ".join(items)) if items else status


def _labelled(label: str, said: str | None, words: Wording, *, day: str | None = None) -> Iterator[Mark]:
    if said:
        yield Mark("detail", words.say(label, words=f"{said} ({words.date(day)})" if day else said))


def _cited(evidence: Evidence, number: int, briefing: Briefing, words: Wording) -> Source:
    text = briefing.document.text
    start, end = briefing.document.sentence(evidence.sentence)
    hidden = briefing.document.hides(evidence.start, evidence.end)
    return Source(
        number=number,
        evidence=evidence,
        before=text[start : evidence.start],
        quoted=evidence.quote,
        after=text[evidence.end : max(end, evidence.end)],
        place=tuple(_place(evidence, words)),
        hidden=hidden,
    )


def _place(evidence: Evidence, words: Wording) -> Iterator[str]:
    yield words.say("sentence", number=evidence.sentence)
    if evidence.page is not None:
        yield words.say("page", number=evidence.page)


def _withheld_because(briefing: Briefing, words: Wording) -> str:
    if not briefing.withheld:
        return words.say("nothing_withheld")
    return words.say("not_carried_or_doubtful" if briefing.provenance.policy == "withhold" else "not_carried")


def _withheld(withheld: Withheld, words: Wording) -> WithheldLine:
    claim = withheld.item
    said, who = claim.statement or claim.words or "", ", ".join(claim.parties) or words.say("nobody_named")
    asked = tuple(words.say("sentence", number=number) for number in claim.sentences)
    claimed = words.say("withheld_claim", kind=words.say(withheld.kind), parties=who, words=said)
    return WithheldLine(claimed, withheld.reasons, asked)


def _coverage(briefing: Briefing, words: Wording) -> str:
    coverage = briefing.coverage
    gaps = {
        "failed": words.number(coverage.failed),
        "truncated": words.number(coverage.truncated),
        "filtered": words.number(coverage.filtered),
    }
    cited = words.say_count("cited", coverage.sentences, cited=words.number(coverage.cited))
    asked = words.say_count("asked", coverage.passages, **gaps)
    return f"{cited} {asked} {_passed_over(coverage.moves_without_item, briefing.document.language, words)}"


def _passed_over(numbers: tuple[int, ...] | None, language: str, words: Wording) -> str:
    """Where a reader may look for what the model passed over."""
    if numbers is None:
        return words.say("passed_over_unknown", language=language)
    if not numbers:
        return words.say("passed_over_none")
    return words.say_count("passed_over", len(numbers), numbers=", ".join(map(str, numbers)))


def _provenance(briefing: Briefing, words: Wording) -> str:
    made = briefing.provenance
    return words.say(
        "made",
        version=made.summarizer,
        model=made.model,
        strategy=made.strategy,
        prompts=", ".join(f"{name} ({sha[:12]})" for name, sha in made.prompts.items()),
        id=briefing.document.id[:12],
        created=words.moment(made.created),
        answers=words.say_count("answers_given", made.usage.calls, cached=words.number(made.usage.cached)),
        prompt_tokens=words.number(made.usage.prompt_tokens),
        completion_tokens=words.number(made.usage.completion_tokens),
        seconds=words.number(made.seconds, decimals=1),
    )
