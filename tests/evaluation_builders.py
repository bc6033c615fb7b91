"""Small worlds for the tests of `summarizer.evaluation`: texts with gold, and what somebody made of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.document import Document
from summarizer.evaluation import Case, CaseScore, Gold, GoldItem, Prediction, Quotation, Result, Score
from summarizer.schema import Kind

TEXT = "Velia demands that Ostrand withdraw. Ostrand refused to withdraw. Both sides agreed to meet in May. It rained."
"""Four sentences: a demand, an outcome that is also a position, an outcome, background."""


def place(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where these words stand first."""
    start = text.index(words)
    return start, start + len(words)


def sentence(number: int, text: str = TEXT) -> tuple[int, int]:
    """Where the sentence with this number stands, of a text whose sentences end in a full stop and are separated by a space."""
    sentences = [f"{each}." for each in text.removesuffix(".").split(". ")]
    return place(sentences[number - 1], text)


def gold_item(
    id: str,
    *kinds: Kind,
    parties: Sequence[str],
    at: Sequence[tuple[int, int]],
    statement: str = "Somebody did something.",
    **more: Any,  # Any: the other fields of a GoldItem
) -> GoldItem:
    return GoldItem(id=id, kinds=kinds, parties=tuple(parties), statement=statement, spans=tuple(at), **more)


def made(
    id: str,
    kind: Kind,
    *parties: str | tuple[str, ...],
    at: tuple[int, int],
    statement: str = "Somebody did something.",
    text: str = TEXT,
    **more: Any,  # Any: the other fields of a Prediction
) -> Prediction:
    """An item whose evidence is what stands at this place; a party with several names is a tuple."""
    names = tuple((party,) if isinstance(party, str) else party for party in parties)
    return Prediction(id, kind, names, statement, (Quotation(*at, text[at[0] : at[1]]),), **more)


def case(*items: GoldItem, name: str = "talks", text: str = TEXT) -> Case:
    document = Document(text)
    return Case(name, document, Gold(doc=name, sha256=document.id, items=items))


def scored(case: Case, *predictions: Prediction) -> CaseScore:
    return CaseScore(case, Result(predictions))


def score(case: Case, *predictions: Prediction) -> Score:
    return Score((scored(case, *predictions),))


def write_case(folder: Path, name: str, *items: GoldItem, text: str = TEXT, **changes: Any) -> None:  # Any: JSON
    """NAME.txt and NAME.json, the latter with these changes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    gold = json.loads(Gold(doc=name, sha256=Document(text).id, items=items).model_dump_json())
    (folder / f"{name}.json").write_text(json.dumps(gold | changes), encoding="utf-8")
