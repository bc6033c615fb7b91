"""Provider batches in the store: how questions become batches, what came of them, what it cost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch_server import says
from summarizer.batch.figures import figures
from summarizer.batch.provider.batches import Batch, Batches, Count
from summarizer.batch.provider.budget import Budget, in_batches
from summarizer.batch.provider.collecting import Collecting
from summarizer.batch.provider.lines import Lines
from summarizer.batch.store import Store
from summarizer.cli import run
from summarizer.cli.batch import batch
from summarizer.llm.cassette import Question
from summarizer.llm.metering import Taken
from summarizer.llm.profiles import profile
from summarizer.settings import Limits

ASKED = profile("openai/gpt-4o-mini")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "run", create=True) as store:
        store.write("INSERT INTO configurations (key, content) VALUES ('c', '{}')")
        yield store


def questions(number: int) -> list[Question]:
    """As many, with lines of equal size."""
    return [Question("POST", f"{ASKED.endpoint}/chat/completions", {"messages": [], "n": each}) for each in range(number)]


def noted(store: Store, number: int) -> Batches:
    Lines(store).note(questions(number))
    return Batches(store, configuration=1, endpoint=ASKED.endpoint, model=ASKED.model)


def contents(batches: Batches) -> list[list[int]]:
    """Which questions are in each batch."""
    return [[json.loads(line)["body"]["n"] for line in batches.file_of(each)] for each in batches.open()]


def test_a_batch_has_no_more_lines_than_a_provider_takes(store: Store) -> None:
    batches = noted(store, 5)
    batches.form(most_lines=2)
    assert contents(batches) == [[0, 1], [2, 3], [4]]


def test_a_batch_has_no_more_bytes_than_a_provider_takes(store: Store) -> None:
    batches = noted(store, 5)
    (size,) = store.row("SELECT size FROM provider_lines") or (0,)
    batches.form(most_bytes=3 * size + 1)
    assert [[size * len(each), each] for each in contents(batches)] == [[3 * size, [0, 1, 2]], [2 * size, [3, 4]]]
    assert sum(map(len, batches.file_of(batches.open()[0]))) == 3 * size


def test_what_is_in_a_batch_is_in_no_other(store: Store) -> None:
    batches = noted(store, 2)
    batches.form()
    batches.form()
    assert contents(batches) == [[0, 1]]


def submitted(store: Store, number: int) -> tuple[Collecting, Batch]:
    batches = noted(store, number)
    batches.form()
    (open_,) = batches.open()
    batches.submitted(open_, "batch_1")
    price = in_batches(lambda prompt, completion: prompt + 10.0 * completion)
    return Collecting(store, batches, profile=ASKED, price=price), batches.open()[0]


def results(path: Path, asked: list[Question]) -> Path:
    lines = [{"custom_id": each.key, "response": {"status_code": 200, "body": says("{}")}, "error": None} for each in asked]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def test_what_was_collected_before_a_crash_is_neither_lost_nor_doubled(store: Store, tmp_path: Path) -> None:
    collecting, open_ = submitted(store, 4)

    def crashing() -> Iterator[Path]:
        yield results(tmp_path / "half", questions(400)[:3] + questions(400)[4:])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collecting.collect(open_, "completed", crashing())
    assert store.row("SELECT count(*) FROM answers") == (3,)
    count = collecting.collect(open_, "completed", [results(tmp_path / "all", questions(4))])
    assert count == Count(lines=4, answered=4, errors=0, missing=0, doubled=0, unknown=0, broken=0)
    assert store.row("SELECT count(*), count(DISTINCT question) FROM answers") == (4, 4)


def test_an_answer_in_a_batch_costs_half_and_what_did_not_come_nothing(store: Store, tmp_path: Path) -> None:
    collecting, open_ = submitted(store, 4)
    collecting.collect(open_, "completed", [results(tmp_path / "some", questions(3))])
    found = figures(store, 1, 1)
    assert (found.calls, found.cost, found.at_provider) == (3, 3 * (10 + 10 * 5) / 2, 0)


def test_what_a_batch_cost_at_a_price_that_is_not_known_is_not_known(store: Store, tmp_path: Path) -> None:
    _, open_ = submitted(store, 2)
    batches = Batches(store, configuration=1, endpoint=ASKED.endpoint, model=ASKED.model)
    Collecting(store, batches, profile=ASKED, price=None).collect(open_, "completed", [results(tmp_path / "x", questions(2))])
    assert figures(store, 1, 1).cost is None


def test_a_budget_lets_through_what_fits_at_worst_and_frees_what_was_not_taken() -> None:
    asked = [Question("POST", "x", {"messages": [], "max_tokens": 900})]
    budget = Budget(Limits(tokens=1_500), None, name="x")
    assert [budget.reserve(asked), budget.reserve(asked)] == [True, False]
    assert budget.reached.endswith("raise --max-tokens, or ask about less")
    budget.settle(Taken(1, 100, 0.0))
    assert (budget.reached, budget.reserve(asked)) == ("", True)


def test_a_budget_of_money_counts_half_the_price() -> None:
    asked = [Question("POST", "x", {"messages": [], "max_tokens": 1_000})]
    price = in_batches(lambda prompt, completion: 2.0 * completion)
    assert [Budget(Limits(cost=cost), price, name="x").reserve(asked) for cost in (999.0, 1_000.0)] == [False, True]


def test_a_dry_run_says_what_batches_would_cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Velia agreed to reopen the border. " * 2_000)
    options = ["--output", str(tmp_path / "run"), "--model", "openai/gpt-4o", "--dry-run"]
    assert run(batch, "batch", [str(tmp_path / "a.txt"), *options]) == 0
    assert run(batch, "batch", [str(tmp_path / "a.txt"), *options, "--via", "provider-batch"]) == 0
    live, batched = (line.rpartition(", ")[2].split(" to ") for line in capsys.readouterr().out.splitlines())
    halves = [float(cost.removeprefix("$")) / 2 for cost in live]
    assert [float(cost.removeprefix("$")) for cost in batched] == pytest.approx(halves, abs=0.0001)


def test_a_dry_run_refuses_what_batches_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Velia agreed to reopen the border.")
    options = ["--output", str(tmp_path / "run"), "--dry-run", "--via", "provider-batch"]
    assert run(batch, "batch", [str(tmp_path / "a.txt"), *options]) == 2
    assert "--via provider-batch is for hosted models" in capsys.readouterr().err
