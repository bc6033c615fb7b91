"""Cases are read from a folder, and what cannot be used is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation_builders import TEXT, case, gold_item, sentence, write_case
from summarizer.errors import SourceError, UsageError
from summarizer.evaluation import Case, Dataset, Gold, Result

ITEM = gold_item("1", "demand", parties=["Velia"], at=[sentence(1)])


def test_a_folder_gives_its_cases_by_name_and_says_which_texts_have_no_gold(tmp_path: Path) -> None:
    write_case(tmp_path, "b", ITEM)
    write_case(tmp_path, "a.2024", text="It rained.")
    (tmp_path / "c.md").write_text("No gold.")
    (tmp_path / ".d.txt").write_text("Hidden.")
    (tmp_path / "e").mkdir()
    dataset = Dataset.read(tmp_path)
    assert [(each.name, each.document.text, len(each.gold.items)) for each in dataset.cases] == [
        ("a.2024", "It rained.", 0),
        ("b", TEXT, 1),
    ]
    assert dataset.without_gold == ("c.md",)


def test_the_gold_may_lie_in_a_folder_of_its_own_and_a_text_have_any_suffix(tmp_path: Path) -> None:
    write_case(tmp_path / "gold", "a", ITEM)
    (tmp_path / "texts").mkdir()
    (tmp_path / "gold" / "a.txt").rename(tmp_path / "texts" / "a.md")
    (read,) = Dataset.read(tmp_path / "texts", gold=tmp_path / "gold").cases
    assert (read.name, read.document.text, read.gold) == ("a", TEXT, case(ITEM, name="a").gold)


def test_the_gold_is_the_format_that_others_write(tmp_path: Path) -> None:
    item = {"id": 7, "kinds": ["outcome", "position"], "parties": ["Velia"], "statement": "It rained.", "spans": [[0, 5]]}
    write_case(tmp_path, "a", items=[item], guidelines="GUIDELINES.md", annotators=2)
    (read,) = Dataset.read(tmp_path).cases
    assert read.gold == Gold(
        doc="a",
        sha256=read.document.id,
        guidelines="GUIDELINES.md",
        annotators=2,
        items=(gold_item("7", "outcome", "position", parties=["Velia"], at=[(0, 5)], statement="It rained."),),
    )


def changed(**changes: Any) -> dict[str, Any]:  # Any: JSON
    return {"items": [json.loads(ITEM.model_dump_json()) | changes]}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sha256": "0" * 64}, "the gold of 'a' is of another text: its sha256 is 000000000000…, and that of"),
        ({"sha256": "0"}, "a.json' cannot be used: sha256: String should match pattern"),
        (changed(kinds=["demand", "threat"]), "cannot be used: items[0].kinds[1]: Input should be 'position', 'demand' or"),
        (changed(kinds=[]), "cannot be used: items[0].kinds: Tuple should have at least 1 item"),
        (changed(parties=[]), "cannot be used: items[0].parties: Tuple should have at least 1 item"),
        (changed(stance="angry"), "cannot be used: items[0].stance: Input should be 'supports'"),
        (changed(spans=[[0, 5, 9]]), "cannot be used: items[0].spans[0]: Tuple should have at most 2 items"),
        (changed(spans=[["0", 5]]), "cannot be used: items[0].spans[0][0]: Input should be a valid integer"),
        (
            changed(spans=[[0, 1000]]),
            f"the gold of 'a' has a span that is none: [0, 1000] of item '1', in a text of {len(TEXT)}",
        ),
        (changed(spans=[[5, 5]]), "has a span that is none: [5, 5]"),
        (changed(spans=[[-5, 5]]), "has a span that is none: [-5, 5]"),
        (changed(evidence=[1]), "cannot be used: items[0].evidence: Extra inputs are not permitted"),
        ({"items": [*changed()["items"]] * 2}, "cannot be used: Value error, two items have the id '1'"),
    ],
)
def test_gold_that_cannot_be_used_is_an_error_that_says_where(tmp_path: Path, changes: dict[str, Any], complaint: str) -> None:
    write_case(tmp_path, "a", ITEM, **changes)
    with pytest.raises(SourceError) as raised:
        Dataset.read(tmp_path)
    assert complaint in str(raised.value)
    assert "\n" not in str(raised.value)


def test_gold_without_a_text_or_with_two_is_an_error(tmp_path: Path) -> None:
    write_case(tmp_path, "a", ITEM)
    (tmp_path / "a.md").write_text(TEXT)
    with pytest.raises(SourceError, match=r"a\.json' may be of 'a\.md' and 'a\.txt': leave one of them"):
        Dataset.read(tmp_path)
    (tmp_path / "a.md").unlink()
    (tmp_path / "a.txt").unlink()
    with pytest.raises(SourceError, match=r"a\.json' has no text beside it: put 'a\.txt' there"):
        Dataset.read(tmp_path)


def test_a_folder_without_gold_and_what_is_no_folder_are_errors(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    with pytest.raises(SourceError, match="holds no gold"):
        Dataset.read(tmp_path)
    with pytest.raises(UsageError, match="is not a folder"):
        Dataset.read(tmp_path / "a.txt")


def test_gold_that_is_no_json_is_an_error(tmp_path: Path) -> None:
    write_case(tmp_path, "a", ITEM)
    (tmp_path / "a.json").write_text("{\n")
    with pytest.raises(SourceError, match=r"a\.json' cannot be used: Invalid JSON: .*; the format of gold is in docs"):
        Dataset.read(tmp_path)


ONE_PARTY = {"id": "p", "name": "Velia", "represents": None}


def briefing(**changes: Any) -> str:  # Any: JSON
    item = {
        "id": "d",
        "parties": ["p"],
        "addressees": ["p"],
        "statement": "S.",
        "evidence": [{"start": 0, "end": 5, "quote": "Velia"}],
    }
    whole = {"document": {"id": case().document.id}, "parties": [ONE_PARTY], "positions": [], "demands": [item], "outcomes": []}
    return json.dumps(whole | changes)


def test_a_briefing_is_read_for_what_is_scored_whatever_else_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(briefing(headline=7, parties=[{**ONE_PARTY, "represents": "v"}, {"id": "v", "name": "V"}]))
    (prediction,) = Result.read(tmp_path / "a.json", case()).predictions
    assert (prediction.kind, prediction.parties, prediction.addressees, prediction.spans) == (
        "demand",
        (("Velia", "V"),),
        ("Velia", "V"),
        ((0, 5),),
    )


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"document": {"id": "0" * 64}}, "a.json' is a briefing of another text than the case 'talks'"),
        ({"parties": []}, "cannot be used: Value error, no party has the id 'p'"),
        ({"parties": [{**ONE_PARTY, "represents": "x"}]}, "cannot be used: Value error, no party has the id 'x'"),
        ({"demands": None}, "cannot be used: demands: Input should be a valid array"),
    ],
)
def test_what_is_no_briefing_of_the_case_is_an_error(tmp_path: Path, changes: dict[str, Any], complaint: str) -> None:
    (tmp_path / "a.json").write_text(briefing(**changes))
    with pytest.raises(SourceError) as raised:
        Result.read(tmp_path / "a.json", case())
    assert complaint in str(raised.value)


def test_a_case_is_checked_wherever_it_comes_from() -> None:
    with pytest.raises(SourceError, match="is of another text"):
        Case("b", case().document, case(text="It rained.").gold)
