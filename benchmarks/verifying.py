"""How many forgeries `summarizer verify` finds in the briefing of the seed, replayed from `fixtures/`.

    python benchmarks/verifying.py [HOW_MANY] [SEED]

So many random edits of one character each in quotations, in offsets and in sentence numbers, and in everything else that a
briefing says; then forgeries of other kinds, one each. Exits with 1 where one is not found.
"""

from __future__ import annotations

import hashlib
import json
import random
import string
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from summarizer import Settings, connect, summarise, verify

ROOT = Path(__file__).parent.parent
Record = dict[str, Any]  # Any: a briefing as JSON
Holder = tuple[Any, Any]  # Any: an object or array of it with a key or index, at which there is a number or a text

CHARACTERS = string.ascii_letters + string.digits + " .,-’“”"


def evidence(record: Record) -> list[Record]:
    """Every piece of evidence."""
    return [each for kind in ("positions", "demands", "outcomes") for item in record[kind] for each in item["evidence"]]


def quotations(record: Record) -> list[Holder]:
    """Where the quotations are."""
    return [(each, "quote") for each in evidence(record)]


def offsets(record: Record) -> list[Holder]:
    """Where their offsets are."""
    return [(each, name) for each in evidence(record) for name in ("start", "end")]


def numbers(record: Record) -> list[Holder]:
    """Where the numbers of their sentences are."""
    return [(each, "sentence") for each in evidence(record)]


def whatever_follows(record: Record) -> list[Holder]:
    """Every text and number that follows from the document and the claims, and the document's own text and hash."""
    made = [*_leaves({key: record[key] for key in ("summary", "parties", "positions", "demands", "outcomes", "withheld")})]
    return [*made, (record, "headline"), (record["document"], "text"), (record["document"], "id")]


def _leaves(value: Any) -> Iterator[Holder]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from _leaves(inner)
        elif isinstance(inner, str | int) and not isinstance(inner, bool):
            yield value, key


def edited(record: Record, places: Callable[[Record], list[Holder]], chance: random.Random) -> Record:
    """The briefing with one character of one of these values replaced, added or left out."""
    forged: Record = json.loads(json.dumps(record))
    holder, key = chance.choice(places(forged))
    before = holder[key]
    while holder[key] == before:
        holder[key] = _another_number(before, chance) if isinstance(before, int) else _mistyped(before, chance)
    return forged


def _another_number(number: int, chance: random.Random) -> int:
    return int(_mistyped(str(number), chance, characters=string.digits) or "0")


def _mistyped(text: str, chance: random.Random, *, characters: str = CHARACTERS) -> str:
    place, kept = chance.randint(0, max(0, len(text) - 1)), chance.randint(0, 1)
    character: str = chance.choice(["", *characters])
    return text[:place] + character + text[place + kept :]


def forgeries(record: Record) -> Iterator[tuple[str, Record]]:
    """What somebody might do who knows the format, one of each kind."""
    for name, forge in FORGERIES.items():
        forged = json.loads(json.dumps(record))
        forge(forged)
        yield name, forged


def _items(record: Record) -> list[Record]:
    return [item for kind in ("positions", "demands", "outcomes") for item in record[kind]]


def _flagged(record: Record) -> Record:
    """An item with a doubt."""
    return next(item for item in _items(record) if item["verdict"] == "flagged")


def _without_doubts(item: Record) -> list[Record]:
    return [check for check in item["checks"] if check["result"] != "doubt"]


def _another_party(record: Record) -> str:
    """The id of a party that the first demand is not of."""
    ids: list[str] = [party["id"] for party in record["parties"]]
    return next(id for id in ids if id not in record["demands"][0]["parties"])


def _another_stance(record: Record) -> str:
    return "supports" if record["positions"][0]["stance"] == "opposes" else "opposes"


def _withheld(record: Record) -> None:
    """The last demand among the withheld, as if its words were not there."""
    words = record["demands"].pop()["evidence"][0]["quote"]
    made = {"parties": ["Putin"], "words": words, "statement": None, "sentences": [43], "addressees": []}
    record["withheld"].append({"kind": "demand", "item": made, "reasons": [f"the passage does not hold the words {words!r}"]})


def _left_out_with_its_claim(record: Record) -> None:
    """A demand and its claim, so that only a number is missing."""
    words = record["demands"].pop(1)["evidence"][0]["quote"]
    record["claims"] = [claim for claim in record["claims"] if claim["words"] != words]


def _invented(record: Record) -> None:
    """One more demand, which rests on true words."""
    last = record["demands"][-1]
    number = len(record["demands"]) + 1
    record["demands"].append({**last, "id": f"demand-{number}", "parties": record["demands"][0]["parties"]})


def _rewritten(record: Record) -> None:
    """Another text with its own hash."""
    document = record["document"]
    document["text"] = document["text"].replace("refused to commit", "consented to keep")
    document["id"] = hashlib.sha256(document["text"].encode()).hexdigest()


FORGERIES: dict[str, Callable[[Record], object]] = {
    "a statement rewritten": lambda record: record["demands"][0].update(statement="Ukraine demanded nothing."),
    "a party renamed": lambda record: record["parties"][0].update(name="Dmitry Medvedev"),
    "an item given to another party": lambda record: record["demands"][0].update(parties=[_another_party(record)]),
    "a stance turned": lambda record: record["positions"][0].update(stance=_another_stance(record)),
    "a verdict raised": lambda record: _flagged(record).update(verdict="grounded"),
    "a verdict raised, its doubts taken away": lambda record: (item := _flagged(record)).update(
        verdict="grounded", checks=_without_doubts(item)
    ),
    "an item left out": lambda record: record["demands"].pop(1),
    "the last item left out": lambda record: record["outcomes"].pop(),
    "an item left out with its claim": _left_out_with_its_claim,
    "an item invented": _invented,
    "an item put among the withheld": _withheld,
    "a quotation moved to other words": lambda record: record["demands"][0]["evidence"][0].update(
        start=0, end=7, quote="Russian", sentence=1
    ),
    "the document rewritten, with its hash": _rewritten,
    "the coverage improved": lambda record: record["coverage"].update(cited=record["coverage"]["cited"] + 1),
    "the response schema's hash": lambda record: record["provenance"].update(schema="0" * 64),
    "the template's hash": lambda record: record["provenance"].update(prompts={"passage-v1": "0" * 64}),
}


def seed_briefing() -> Record:
    """The briefing of the seed, as JSON."""
    with connect("embedded/qwen2.5-coder-1.5b", settings=Settings.from_environment(), replay=FIXTURES) as model:
        made: Record = json.loads(summarise(SEED, model=model).to_json())
    return made


FIXTURES, SEED = ROOT / "fixtures" / "ceasefire-call", ROOT / "seeds" / "ceasefire-call.txt"


def main(count: int, seed: int) -> None:
    """Print how many were found of each kind."""
    record, chance = seed_briefing(), random.Random(seed)
    begun = time.perf_counter()
    verification = verify(json.dumps(record))
    print(f"as it was made     {'holds' if verification.holds else 'does not hold'}, in {time.perf_counter() - begun:.3f} s")
    missed = not verification.holds
    for places in (quotations, offsets, numbers, whatever_follows):
        found = sum(not verify(json.dumps(edited(record, places, chance))).holds for _ in range(count))
        print(f"{places.__name__.replace('_', ' '):18} {found:5} of {count} edits of one character found")
        missed |= found < count
    for name, forged in forgeries(record):
        holds = verify(json.dumps(forged)).holds
        print(f"{'not found' if holds else 'found':9} {name}")
        missed |= holds
    sys.exit(missed)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000, int(sys.argv[2]) if sys.argv[2:] else 4)
