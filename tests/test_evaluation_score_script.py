"""The figures are those of `score.py`, the script that comes with the gold, on the same JSON. Skipped where it is not there."""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from evaluation_builders import TEXT, write_case
from summarizer.evaluation import Dataset, GoldItem, Result, evaluate, figures
from summarizer.schema import Kind

SHARED = Path(os.environ.get("SUMMARIZER_SHARED") or Path(__file__).parents[2] / "shared")
KINDS: tuple[Kind, ...] = ("position", "demand", "outcome")
NAMES = ("Velia", "Ostrand", "President Ilva of Velia", "Ilva", "the leader", "Both sides", "Ostrand's army")
WORDS = ("Velia", "demands", "refuses", "May", "withdraw", "talks", "no", "the", "Ostrand's", "meets")
WORLDS = 200


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script, as a module."""
    path = SHARED / "tools" / "score.py"
    if not path.is_file():
        pytest.skip("no score.py: give the folder that holds tools/ as SUMMARIZER_SHARED")
    pytest.importorskip("scipy", reason="score.py wants scipy")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def test_both_count_the_same_in_worlds_drawn_at_random(script: ModuleType, tmp_path: Path) -> None:
    chance = random.Random(5)
    gold, briefings = tmp_path / "gold", tmp_path / "briefings"
    briefings.mkdir()
    for number in range(WORLDS):
        write_case(gold, f"world{number:03}", *(gold_of(str(id), chance) for id in range(chance.randint(0, 9))))
        (briefings / f"world{number:03}.json").write_text(json.dumps(briefing_of(chance)))
    assert ours(gold, gold, briefings) == theirs(script, gold, briefings)


def test_both_count_the_same_in_the_golds_own_texts(script: ModuleType, tmp_path: Path) -> None:
    gold, texts = SHARED / "gold" / "dev", SHARED / "gold" / "texts"
    if not gold.is_dir():
        pytest.skip("the gold is not there")
    chance = random.Random(6)
    for path in gold.glob("*.json"):
        items = json.loads(path.read_text())["items"]
        (tmp_path / path.name).write_text(json.dumps(retold(items, chance)))
    assert ours(texts, gold, tmp_path) == theirs(script, gold, tmp_path)


def ours(texts: Path, gold: Path, briefings: Path) -> list[Any]:  # Any: figures of several types
    dataset = Dataset.read(texts, gold=gold)
    score = evaluate(dataset, lambda case: Result.read(briefings / f"{case.name}.json", case))
    found = figures(score)
    return [
        *(
            (
                case.name, case.typed.hits, case.typed.false_alarms, case.typed.misses, len(case.ignored),
                case.untyped.hits, case.untyped.false_alarms, case.untyped.misses,
                case.shares.stance.right, case.shares.stance.of, case.shares.addressee.right, case.shares.addressee.of,
            )
            for case in found.documents
        ),
        (found.typed.precision, found.typed.recall, found.typed.f1, found.untyped.f1),
    ]  # fmt: skip


def theirs(script: ModuleType, gold: Path, briefings: Path) -> list[Any]:
    rows, typed, untyped = [], [], []
    for path in sorted(gold.glob("*.json")):
        made, golds = script.load_briefing(briefings / path.name), script.load_gold(path)
        strict, loose = script.score(made, golds), script.score(made, golds, typed=False)
        typed.append(strict)
        untyped.append(loose)
        rows.append(
            (
                path.stem, *(strict[name] for name in ("tp", "fp", "fn", "ignored")),
                *(loose[name] for name in ("tp", "fp", "fn")),
                *(strict[name] for name in ("stance_ok", "stance_n", "target_ok", "target_n")),
            )
        )  # fmt: skip
    total, loose_total = script.micro(typed), script.micro(untyped)
    return [*rows, (total["precision"], total["recall"], total["f1"], loose_total["f1"])]


def gold_of(id: str, chance: random.Random) -> GoldItem:
    kinds = chance.sample(KINDS, chance.choice([1, 1, 2]))
    return GoldItem(
        id=id,
        kinds=tuple(kinds),
        parties=tuple(chance.sample(NAMES, 2)),
        targets=tuple(chance.sample(NAMES, chance.choice([0, 1]))),
        stance=chance.choice([None, "supports", "opposes"]),
        status=chance.choice([None, "done"]),
        statement=" ".join(chance.choices(WORDS, k=chance.randint(1, 4))),
        spans=(somewhere(chance), *([somewhere(chance)] if chance.random() < 0.3 else [])),
        optional=chance.random() < 0.3,
        core=chance.random() < 0.5,
    )


def briefing_of(chance: random.Random) -> dict[str, Any]:  # Any: JSON
    parties = [
        {"id": f"p{number}", "name": name, "represents": chance.choice([None, "p0"])} for number, name in enumerate(NAMES)
    ]
    return {"parties": parties} | {f"{kind}s": [item_of(chance) for _ in range(chance.randint(0, 4))] for kind in KINDS}


def item_of(chance: random.Random) -> dict[str, Any]:
    return {
        "parties": chance.sample([f"p{number}" for number in range(len(NAMES))], chance.randint(0, 3)),
        "addressees": chance.sample(["p0", "p1"], chance.randint(0, 2)),
        "stance": chance.choice([None, "supports", "neutral"]),
        "statement": " ".join(chance.choices(WORDS, k=chance.randint(1, 4))),
        "evidence": [dict(zip(("start", "end"), somewhere(chance), strict=True)) for _ in range(chance.randint(0, 2))],
    }


def somewhere(chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(TEXT) - 40)
    return start, start + chance.randint(1, 40)


def retold(items: list[dict[str, Any]], chance: random.Random) -> dict[str, Any]:
    """A briefing that says much of what the gold says, some of it under another kind or party, some of it in few words."""
    names = [name for item in items for name in item["parties"]]
    briefing: dict[str, Any] = {
        "parties": [{"id": str(number), "name": name} for number, name in enumerate(names)],
        "positions": [],
        "demands": [],
        "outcomes": [],
    }
    for item in chance.sample(items, k=len(items) * 3 // 4) * 2:
        name = chance.choice(names if chance.random() < 0.2 else item["parties"])
        start, end = chance.choice(item["spans"])
        said = item["statement"].split()
        briefing[f"{chance.choice([item['kinds'][0], *KINDS])}s"].append(
            {
                "parties": [str(names.index(name))],
                "statement": " ".join(said[: chance.randint(1, len(said))]),
                "stance": chance.choice([item["stance"], "neutral"]),
                "evidence": [{"start": start, "end": chance.randint(start + 1, end + 60)}],
            }
        )
    return briefing
