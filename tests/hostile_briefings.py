"""Briefings of which every text is an attack: on markup, on a terminal, on whoever opens the file."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator

from summarizer.briefing import Briefing, Coverage, DocumentRecord, Provenance, SummarySentence, Usage
from summarizer.document import Hidden
from summarizer.schema import Check, Demand, Evidence, Outcome, Party, Position, Withheld, WithheldClaim

OWN = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "[x]: https://evil.example 'y'",
    "![p](https://evil.example/p.png)",
    "https://evil.example/a?b=c&d=e",
    "www.evil.example",
    "mailto:a@evil.example",
    "[^1]: mine",
    "[^1]",
    "^[mine]",
    "*bold* _it_ **b** ~~s~~ `c` $m$",
    "    code",
    "# heading",
    "1. first",
    "> quote",
    "---",
    "a | b\\| c",
    "\\",
    "&lt;b&gt; &#x3c;",
    "<w:r><w:t>mine</w:t></w:r>",
    "]]><!-- -->",
    "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "{{ 7*7 }}{% raw %}{model} {0} %s ${x}",
    "[bold red]mine[/bold red] [link=https://evil.example]x[/link] :smile:",
    '=HYPERLINK("https://evil.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]8;;https://evil.example\x1b\\x\x1b]8;;\x1b\\",
    "\x9b31m",
    "\x9d0;t\x9c",
    "a\rb\r\nc\nd\te\x0bf\x0cg\x85h\u2028i\u2029j",
    "\x00\x01\x02\x08\x1f\x7f\x80",
    "\ufffe\uffff\ufeff",
    "\u202egnihton\u202c \u2066x\u2069 \u200e",
    "ﷺ ठिठोली שלום 日本語 e\u0301 👩‍👩‍👧 \U0001d11e",
    "x" * 300,
    "",
    " ",
)
"""Written by hand."""

_PIECES = (
    *"<>&\"'`*_[](){}#+-=!|~^$@:;/\\.\n\r\t\x00\x07\x1b\x9b\x7f\ufffe\u202e\u200d 0a",
    "script",
    "javascript:",
    "http://e.example",
    "onload=",
    "]]>",
    "-->",
    "\x1b[",
    "[^1]",
    "é",
    "😀",
    "ж",
    "ש",
)


def generated(count: int, *, seed: int = 7) -> Iterator[str]:
    """Strings of what markup and terminals obey, the same each time."""
    chance = random.Random(seed)
    for _ in range(count):
        yield "".join(chance.choices(_PIECES, k=chance.randint(1, 14)))


def hostile_briefing(texts: Iterable[str], *, items: int = 4) -> Briefing:
    """A briefing of so many positions, demands and outcomes, whose texts are these in turn, and again."""
    turn = itertools.cycle(texts)

    def text() -> str:
        return next(turn)

    sentences = [text() or "." for _ in range(3 * items)]
    whole = "".join(sentences)
    ends = list(itertools.accumulate(map(len, sentences)))
    spans = tuple(zip([0, *ends], ends, strict=False))
    parties = tuple(
        Party(id=f"party-{n}{text()}", name=text(), kind="person", role=text(), represents=None, aliases=(text(), text()))
        for n in range(items)
    )
    checks = tuple(Check(name=text(), result="doubt", reason=text()) for _ in range(2))

    def item(kind: str, at: int) -> dict[str, object]:
        start, end = spans[at]
        middle = (start + end) // 2
        quote = whole[start : max(middle, start + 1)]
        evidence = Evidence(start=start, end=start + len(quote), quote=quote, sentence=at + 1, page=1)
        return {
            "id": f"{kind}-{at}{text()}", "parties": (parties[at % items].id,), "statement": text(), "core": True,
            "evidence": (evidence,), "verdict": "flagged", "checks": checks,
        }  # fmt: skip

    positions = tuple(
        Position(**item("position", n), issue=text(), stance="conditional", reported_by=parties[0].id) for n in range(items)
    )
    demands = tuple(
        Demand(**item("demand", items + n), addressees=(parties[0].id,), condition=text(), deadline=text(),
               deadline_day=text(), status="rejected", answered_by=(text(),))
        for n in range(items)
    )  # fmt: skip
    outcomes = tuple(
        Outcome(**item("outcome", 2 * items + n), status="failed", timing=text(), timing_day=text(), answers=(text(),))
        for n in range(items)
    )
    claim = WithheldClaim(parties=(text(),), words=text(), statement=text(), sentences=(1,), addressees=(text(),))
    hidden = Hidden(words=text(), place=text(), how=text(), start=0, end=2)
    return Briefing(
        document=DocumentRecord(
            id="0" * 64, title=text(), source=text(), published=text(), publisher=text(), language=text(), text=whole,
            sentences=len(spans), sentence_spans=spans, pages=(0,), warnings=(text(), text()),
            hidden=({"words": hidden.words, "place": hidden.place, "how": hidden.how, "start": 0, "end": 2},),
        ),
        headline=text(),
        summary=tuple(SummarySentence(text=text(), items=(positions[0].id, text())) for _ in range(3)),
        parties=parties, positions=positions, demands=demands, outcomes=outcomes,
        withheld=tuple(Withheld(kind="demand", item=claim, reasons=(text(), text())) for _ in range(2)),
        claims=(),
        coverage=Coverage(sentences=len(spans), cited=1, passages=1, failed=0, truncated=0, filtered=0, reasons=(text(),),
                          moves_without_item=None),
        provenance=Provenance(summarizer=text(), model=text(), endpoint=text(), strategy="whole", policy="show",
                              prompts={text(): text()}, schema=text(), created=text(), seconds=1.0, usage=Usage()),
    )  # fmt: skip


def shown_texts(briefing: Briefing) -> Iterator[str]:
    """The texts of it that every form shows whole and in one place."""
    yield briefing.headline
    yield from (line.text for line in briefing.summary)
    yield from (party.name for party in briefing.parties)
    yield from (item.statement for item in briefing.items)
    yield from (item.id for item in briefing.items)
    yield from briefing.coverage.reasons
    yield from briefing.document.warnings
