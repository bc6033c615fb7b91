"""PLOVER-style event records, one JSON object a line: who does what to whom, with the sentence that says it.

Field names and events are those of the PLOVER manual, which calls the target of an event its `recipient`. What an item does
not say in its kind, stance or status is not guessed: such a record has no event, and says so. The mapping is in
docs/researchers.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from summarizer.briefing import Briefing
from summarizer.rendering.tables.lines import json_line
from summarizer.schema import Demand, Item, Outcome, Party, Position, Withheld

Record = dict[str, object]

_VERBAL_COOPERATION, _VERBAL_CONFLICT = 1, 3
QUADS = {
    "AGREE": _VERBAL_COOPERATION,
    "SUPPORT": _VERBAL_COOPERATION,
    "DEMAND": _VERBAL_CONFLICT,
    "ACCUSE": _VERBAL_CONFLICT,
    "REJECT": _VERBAL_CONFLICT,
}
"""The quad code of each event that an item can be."""

CODEBOOK = "PLOVER manual, openeventdata/PLOVER at 0711e39"


def plover(briefing: Briefing) -> str:
    """A line for each item, and one without an event for each withheld claim."""
    records = (
        *(_record(item, briefing) for item in briefing.items),
        *(_withheld(number, withheld, briefing) for number, withheld in enumerate(briefing.withheld, start=1)),
    )
    return "".join(map(json_line, records))


def event_of(item: Item) -> str | None:
    """The PLOVER event that an item is; None where its kind, stance or status does not say."""
    match item:
        case Demand():
            return "DEMAND"
        case Position():
            return {"supports": "SUPPORT", "opposes": "ACCUSE"}.get(item.stance)
        case Outcome():
            return {"agreed": "AGREE", "committed": "AGREE", "rejected": "REJECT"}.get(item.status)
        case _:
            raise AssertionError(type(item))  # an item is one of the three


def _record(item: Item, briefing: Briefing) -> Record:
    event = event_of(item)
    return {
        "id": f"{briefing.document.id[:12]}-{item.id}",
        "has_event": event is not None,
        "date": _date(item, briefing),
        "source": list(_actors(item.parties, briefing)),
        "recipient": list(_actors(_recipients(item, briefing), briefing)),
        "event": [event] if event else [],
        "event_text": [evidence.quote for evidence in item.evidence],
        "quad_code": QUADS.get(event or ""),
        "mode": [],
        "context": [],
        **_told([evidence.sentence for evidence in item.evidence], briefing),
        **_common(briefing),
        "comment": item.statement,
        "not_coded": [] if event else [f"{_kind(item)}: what it says is no event of PLOVER"],
        "verdict": item.verdict,
        "doubts": [check.reason for check in item.checks if check.result == "doubt"],
    }


def _withheld(number: int, withheld: Withheld, briefing: Briefing) -> Record:
    claim = withheld.item
    return {
        "id": f"{briefing.document.id[:12]}-withheld-{number}",
        "has_event": False,
        "date": _published(briefing),
        "source": [{"actor_text": name} for name in claim.parties],
        "recipient": [{"actor_text": name} for name in claim.addressees],
        "event": [],
        "event_text": [claim.words] if claim.words else [],
        "quad_code": None,
        "mode": [],
        "context": [],
        **_told(claim.sentences, briefing),
        **_common(briefing),
        "comment": claim.statement or "",
        "not_coded": list(withheld.reasons),
        "verdict": "withheld",
        "doubts": [],
    }


def _common(briefing: Briefing) -> Record:
    document, coverage, made = briefing.document, briefing.coverage, briefing.provenance
    day, _, time = made.created.partition("T")
    return {
        "cite_info": {
            "citation": document.id,
            "title": document.title,
            "publication": document.publisher,
            "language": document.language,
            "codebook": CODEBOOK,
            "source": document.source,
            "sentences": coverage.sentences,
            "cited": coverage.cited,
            "gaps": coverage.gaps,
        },
        "coder": f"summarizer {made.summarizer}, {made.model}",
        "coded_date": day,
        "coded_time": time,
    }


def _told(cited: Iterable[int], briefing: Briefing) -> Record:
    """The sentences, and where they stand: a claim may cite some that the report does not have."""
    document = briefing.document
    numbers = sorted({number for number in cited if 0 < number <= len(document.sentence_spans)})
    spans = [document.sentence(number) for number in numbers]
    return {
        "text": " ".join(document.text[start:end] for start, end in spans),
        "text_info": {
            "sequence": numbers[0] if numbers else None,
            "start": spans[0][0] if spans else None,
            "end": spans[-1][1] if spans else None,
            "sentences": numbers,
        },
    }


def _recipients(item: Item, briefing: Briefing) -> tuple[str, ...]:
    """Of whom it is demanded; for an answer, whose demand it answers."""
    match item:
        case Demand():
            return item.addressees
        case Outcome():
            asking = (id for demand in briefing.demands if demand.id in item.answers for id in demand.parties)
            return tuple(dict.fromkeys(id for id in asking if id not in item.parties))
        case _:
            return ()


def _actors(ids: Iterable[str], briefing: Briefing) -> Iterator[Record]:
    for id in ids:
        party = briefing.party(id)
        yield {
            "actor_text": party.name,
            "office": party.role,
            "kind": party.kind,
            "represents": _name(party, briefing),
        }


def _name(party: Party, briefing: Briefing) -> str | None:
    return briefing.party(party.represents).name if party.represents is not None else None


def _kind(item: Item) -> str:
    match item:
        case Position():
            return f"a position that is {item.stance}"
        case Outcome():
            return f"an outcome that is {item.status}"
        case _:
            return "a demand"


def _date(item: Item, briefing: Briefing) -> str | None:
    """The day on which it was done where that is sure, else that of the report; None where neither is known."""
    day = item.timing_day if isinstance(item, Outcome) else None
    return _day(day) or _published(briefing)


def _published(briefing: Briefing) -> str | None:
    return _day(briefing.document.published)


def _day(written: str | None) -> str | None:
    try:
        return date.fromisoformat((written or "")[:10]).isoformat()
    except ValueError:
        return None
