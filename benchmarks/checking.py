"""How often the checks trust what readers wrote with its own evidence, and how often what was falsified in it.

python benchmarks/checking.py GOLD_DIR TEXTS_DIR [--only NAME ...] [--doubts] [--samples N]

GOLD_DIR holds one JSON file a text: items with kinds, parties, statement, spans (code points of the cited sentences).
Statements are falsified in one thing each: another party of the same text, polarity, modality, a figure. Seeded.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from summarizer.document import Document, Passage
from summarizer.grounding import Grounding, ground
from summarizer.reading import split_sentences
from summarizer.schema import Claim

SEED = 7
TRIES = 3
"""Falsifications of each kind that are drawn for a statement. The same one drawn twice counts once."""

OPPOSITES = {
    "agreed": "refused", "refused": "agreed", "agree": "refuse", "accept": "reject", "reject": "accept", "accepts": "rejects",
    "rejected": "accepted", "rejects": "accepts", "supported": "opposed", "supports": "opposes", "opposes": "supports",
    "welcomes": "condemns", "welcomed": "condemned", "condemns": "welcomes", "condemned": "welcomed", "confirmed": "denied",
    "lifted": "imposed", "imposed": "lifted", "end": "continue", "ends": "continues", "continue": "stop", "allow": "ban",
    "backed": "opposed", "halt": "resume", "approve": "reject", "approved": "rejected", "defended": "criticised",
    "praised": "criticised", "criticised": "praised",
}  # fmt: skip
MODALS = {
    "may": "will", "might": "will", "could": "will", "would": "did", "will": "may", "must": "may", "should": "may",
    "hinted": "said", "appears": "is known", "is to": "did", "plans to": "did", "cannot": "will", "are expected": "are certain",
    "aims to": "will",
}  # fmt: skip
NEGATABLE = ("will", "would", "may", "must", "should", "could", "has", "is", "are", "was", "were")
DONE = (
    r"\b(agreed|refused|ordered|signaled|confirmed|fired|retaliated|evacuated|launched|discussed|backed|rejected|announced)\b"
)
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "forty", "fifty")
UNITS = {
    "day": "week", "week": "month", "month": "year", "year": "month", "hours": "days", "days": "weeks", "weeks": "days",
    "months": "weeks", "years": "months", "%": " million", "Tuesday": "Friday", "Wednesday": "Monday", "March": "April",
    "September": "June", "August": "July",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A statement with its evidence; the names of its party, and the other parties of its text."""

    text: str
    document: Document
    claim: Claim
    names: tuple[str, ...]
    others: tuple[str, ...]


def cases(gold: Path, texts: Path, only: list[str]) -> Iterator[Case]:
    """Every item of the gold as a claim that a model could have made, over the whole text as one window."""
    for path in sorted(gold.glob("*.json")):
        if not only or path.stem in only:
            items = json.loads(path.read_text(encoding="utf-8"))["items"]
            yield from _cases_of(path.stem, Document((texts / f"{path.stem}.txt").read_text(encoding="utf-8")), items)


def _cases_of(text: str, document: Document, items: list[dict[str, Any]]) -> Iterator[Case]:
    """Any: JSON."""
    sentences = split_sentences(document)
    whole = Passage(sentences[0].start, document.text[sentences[0].start : sentences[-1].end], sentences)
    parties = {item["parties"][0]: set(item["parties"]) for item in items}
    for item in items:
        cites = tuple(s.number for s in sentences if any(s.start < end and start < s.end for start, end in item["spans"]))
        claim = Claim(item["kinds"][0], (item["parties"][0],), whole, cites=cites, statement=item["statement"])
        others = tuple(name for name, forms in parties.items() if not forms & set(item["parties"]))
        yield Case(text, document, claim, tuple(item["parties"]), others)


def another_party(case: Case, chance: random.Random) -> Claim | None:
    """The claim with another party of the text, in its statement too where it stands there."""
    if not case.others:
        return None
    name, statement = chance.choice(case.others), str(case.claim.statement)
    old = next((form for form in sorted(case.names, key=len, reverse=True) if _holds(form, statement)), None)
    changed = re.sub(rf"\b{re.escape(old)}\b", name, statement, count=1) if old else statement
    return replace(case.claim, parties=(name,), statement=changed)


def polarity(statement: str, chance: random.Random) -> list[str]:
    """With a negation taken out or put in, or a verb turned into its opposite."""
    made = [_with(old, new, statement) for old, new in OPPOSITES.items() if _holds(old, statement)]
    if re.search(r"\b(?:no|not|never|cannot)\b", statement, re.IGNORECASE):
        return [*made, statement.replace(" not ", " ", 1)]
    return [*made, *(_with(word, f"{word} not", statement) for word in NEGATABLE if _holds(word, statement))]


def modality(statement: str, chance: random.Random) -> list[str]:
    """With a modal verb made certain or the reverse, a condition dropped; else with a fact made a possibility."""
    made = [_with(old, new, statement) for old, new in MODALS.items() if _holds(old, statement)]
    if condition := re.search(r",? (?:if|unless) [^,.]+", statement):
        made.append(statement.replace(condition[0], "", 1))
    return made or [re.sub(DONE, r"may have \1", statement, count=1)]


def figure(statement: str, chance: random.Random) -> list[str]:
    """With another number, unit, month or day."""
    made = []
    for each in re.finditer(r"(?<![\w-])\d[\d,.]*\d|(?<![\w-])\d", statement):
        number = int(re.sub(r"[^0-9]", "", each[0])) + chance.choice([1, 2, 10, 100])
        made.append(f"{statement[: each.start()]}{number:,}{statement[each.end() :]}")
    made += [
        _with(word, chance.choice([other for other in NUMBERS if other != word]), statement)
        for word in NUMBERS
        if _holds(word, statement)
    ]
    units = ((old, new) for old, new in UNITS.items() if re.search(rf"(?<!to)(?<!yester){old}(?!\w)", statement))
    return [*made, *(re.sub(rf"(?<!to)(?<!yester){old}(?!\w)", new, statement, count=1) for old, new in units)]


FALSIFIED: dict[str, Callable[[str, random.Random], list[str]]] = {"polarity": polarity, "modality": modality, "figure": figure}


def falsified(case: Case, kind: str, chance: random.Random) -> list[Claim]:
    """The claim with one thing of this kind falsified, in up to three ways; none where it has nothing of the kind."""
    if kind == "party":
        drawn = [another_party(case, chance) for _ in range(TRIES)]
        return list({claim.parties: claim for claim in drawn if claim}.values())
    ways = [way for way in FALSIFIED[kind](str(case.claim.statement), chance) if way != case.claim.statement]
    return [replace(case.claim, statement=way) for way in sorted(set(chance.sample(ways, min(TRIES, len(ways)))))]


def verdict(made: Grounding) -> str:
    """Grounded, flagged or withheld."""
    return made.grounded[0].verdict if made.grounded else "withheld"


def _holds(word: str, statement: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", statement) is not None


def _with(old: str, new: str, statement: str) -> str:
    return re.sub(rf"\b{re.escape(old)}\b", new, statement, count=1)


def report_true(found: list[Case], *, doubts: bool) -> set[int]:
    """Print what the checks say of the statements as they are; give which are grounded."""
    results: dict[str, Counter[str]] = defaultdict(Counter)
    verdicts: Counter[str] = Counter()
    grounded = set()
    for number, case in enumerate(found):
        made = ground([case.claim], case.document)
        verdicts[verdict(made)] += 1
        grounded |= {number} if verdict(made) == "grounded" else set()
        for check in made.grounded[0].checks if made.grounded else ():
            results[check.name][check.result] += 1
        if doubts and verdict(made) != "grounded":
            print(f"{case.text} {case.claim.cites} {case.claim.parties[0]} | {case.claim.statement}")
            print("\n".join(f"      {reason}" for reason in _reasons(made)))
    for name, counts in results.items():
        print(f"{name:10}", *(f"{result} {counts[result]:4}" for result in ("pass", "doubt", "fail", "not_checked")))
    print(f"as they are: {verdicts['grounded']} of {len(found)} grounded ({verdicts['grounded'] / len(found):.1%}), ", end="")
    print(f"{verdicts['flagged']} flagged, {verdicts['withheld']} withheld")
    return grounded


def _reasons(made: Grounding) -> list[str]:
    checks = [f"{check.name}: {check.reason}" for item in made.grounded for check in item.checks if check.result == "doubt"]
    return [*checks, *(f"withheld: {reason}" for withheld in made.withheld for reason in withheld.reasons)]


def report_false(found: list[Case], grounded: set[int], *, samples: int) -> None:
    """Print how many of the falsified statements are flagged or withheld, and of those whose true form is grounded."""
    total: Counter[str] = Counter()
    for kind in ("party", *FALSIFIED):
        chance, counts, trusted = random.Random(SEED), Counter[str](), []
        for number, case in enumerate(found):
            for claim in falsified(case, kind, chance):
                said = verdict(ground([claim], case.document))
                counts.update(["made", said, *(["sure", f"sure {said}"] if number in grounded else [])])
                trusted += [f"{claim.parties[0]} | {claim.statement} {claim.cites}"] if said == "grounded" else []
        _print_counts(kind, counts)
        total += counts
        print("\n".join(f"      trusted: {each}" for each in trusted[:samples]), end="\n" if trusted[:samples] else "")
    _print_counts("all", total)


def _print_counts(kind: str, counts: Counter[str]) -> None:
    caught, sure = counts["made"] - counts["grounded"], counts["sure"] - counts["sure grounded"]
    print(
        f"{kind:10} {caught:4} of {counts['made']:4} flagged or withheld ({caught / max(1, counts['made']):.1%}), "
        f"{counts['withheld']:4} withheld; of statements that are grounded as they are {sure} of {counts['sure']} "
        f"({sure / max(1, counts['sure']):.1%})"
    )


def main() -> None:
    """Print what the checks say of true statements and of falsified ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="names of texts")
    parser.add_argument("--doubts", action="store_true", help="print every true statement that is doubted")
    parser.add_argument("--samples", type=int, default=0, help="print so many falsified statements of a kind that are trusted")
    arguments = parser.parse_args()
    found = list(cases(arguments.gold, arguments.texts, arguments.only))
    report_false(found, report_true(found, doubts=arguments.doubts), samples=arguments.samples)


if __name__ == "__main__":
    main()
