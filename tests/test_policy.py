"""What becomes of doubts: shown, withheld, or shown with an exit status that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import Wire, answering, asked_over, moves, report
from summarizer import summarise
from summarizer.briefing import Briefing
from summarizer.cli import run
from summarizer.cli.summarise import summarise as summarise_command
from summarizer.errors import UsageError
from summarizer.grounding.policy import reasons_to_withhold
from summarizer.llm.cassette import Cassette, Recording
from summarizer.reading import read
from summarizer.rendering import render
from summarizer.schema import Check, CheckResult
from summarizer.settings import POLICIES, Policy

SURE = "Velia agreed to reopen the border."
DOUBTFUL = "The harbour will be open by May."
TEXT = f"{SURE} {DOUBTFUL}"
ANSWERS = (moves(("reopen the border", "Velia", "agrees")), moves(("be open by May", "Velia", "announces")))
DOUBT = "'Velia' is not named in the sentence itself"


def briefing(policy: Policy) -> Briefing:
    return summarise(report(TEXT), model=answering(*ANSWERS), policy=policy)


def checked(*results: CheckResult) -> list[Check]:
    return [Check(name="c", result=result, reason=f"{result} {number}") for number, result in enumerate(results, start=1)]


@pytest.mark.parametrize("policy", POLICIES)
def test_what_passes_is_never_withheld_and_what_fails_always(policy: Policy) -> None:
    assert reasons_to_withhold(checked("pass", "not_checked"), policy=policy) == ()
    assert reasons_to_withhold(checked("doubt", "fail", "fail"), policy=policy) == ("fail 2", "fail 3")


def test_a_doubt_withholds_under_withhold_alone() -> None:
    doubted = checked("pass", "doubt", "doubt")
    reasons = {policy: reasons_to_withhold(doubted, policy=policy) for policy in POLICIES}
    assert reasons == {"show": (), "withhold": ("doubt 2", "doubt 3"), "strict": ()}


def test_under_withhold_a_doubtful_item_is_withheld_with_its_doubts() -> None:
    made = briefing("withhold")
    assert [item.verdict for item in made.items] == ["grounded"]
    assert [(withheld.item.words, withheld.reasons) for withheld in made.withheld] == [("be open by May", (DOUBT,))]
    assert made.provenance.policy == "withhold"


def test_show_and_strict_show_the_same() -> None:
    shown, strict = briefing("show"), briefing("strict")
    assert shown.items == strict.items
    assert [item.verdict for item in shown.items] == ["grounded", "flagged"]
    assert (shown.provenance.policy, strict.provenance.policy) == ("show", "strict")


def test_the_page_says_that_the_doubtful_is_among_the_withheld() -> None:
    assert "the source does not carry it, or there is a doubt:\n\n- outcome of Velia: be open by May" in render(
        briefing("withhold")
    )


def test_a_policy_that_is_none_is_an_error_before_anything_is_asked() -> None:
    wire = Wire(ANSWERS)
    with pytest.raises(UsageError, match="'lax': name one of show, withhold, strict"):
        summarise(TEXT, model=asked_over(wire), policy="lax")  # type: ignore[arg-type]  # what a caller without types may do
    assert wire.requests == []


@pytest.mark.parametrize(
    ("text", "policy", "status", "said"),
    [
        (TEXT, "show", 0, ""),
        (TEXT, "withhold", 0, ""),
        (TEXT, "strict", 1, "1 of 2 items are doubtful, and 0 claims are withheld"),
        (SURE, "strict", 0, ""),
    ],
)
def test_under_strict_a_doubt_is_the_exit_status_and_one_line(
    text: str, policy: str, status: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "report.txt"
    path.write_text(text)
    recording = Recording(Wire(ANSWERS), Cassette(tmp_path / "tape"), endpoint="other")
    summarise(read(path), model=asked_over(recording))
    arguments = [str(path), "--replay", str(tmp_path / "tape"), "--policy", policy]
    assert run(summarise_command, "summarise", arguments) == status
    assert capsys.readouterr().err == (f"summarise: '{path}': {said}\n" if said else "")


def test_under_strict_a_withheld_claim_is_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "report.txt"
    path.write_text(SURE)
    answer = moves(("reopen the border", "Velia", "agrees"), ("never said", "Velia", "supports"))
    summarise(read(path), model=asked_over(Recording(Wire([answer]), Cassette(tmp_path / "tape"), endpoint="other")))
    assert run(summarise_command, "summarise", [str(path), "--replay", str(tmp_path / "tape"), "--policy", "strict"]) == 1
    assert "0 of 1 items are doubtful, and 1 claims are withheld" in capsys.readouterr().err
