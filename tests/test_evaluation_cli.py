"""`summarizer evaluate`: what is printed where, and the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from builders import Answer, Wire, asked_over, completion, moves
from evaluation_builders import gold_item, sentence, write_case
from loopback import endpoint
from summarizer.cli import program, run
from summarizer.llm.cassette import Cassette, Recording
from summarizer.pipeline import summarise
from summarizer.reading import read

DEMAND = gold_item(
    "1", "demand", parties=["Velia"], at=[sentence(1)], statement="Velia demands that Ostrand withdraw.", core=True
)
REFUSAL = gold_item("2", "outcome", parties=["Ostrand"], at=[sentence(2)])
ANSWERS = (moves(("Ostrand withdraw", "Velia", "demands", "Ostrand")), moves())


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a case called talks and a text without gold."""
    write_case(tmp_path / "data", "talks", DEMAND, REFUSAL)
    (tmp_path / "data" / "spare.txt").write_text("No gold.")
    return tmp_path / "data"


@pytest.fixture
def tapes(data: Path, tmp_path: Path) -> Path:
    """A folder with recordings about talks, in a folder of their own."""
    recorded(data / "talks.txt", tmp_path / "tapes" / "talks", *ANSWERS)
    return tmp_path / "tapes"


def recorded(report: Path, folder: Path, *answers: Answer) -> None:
    summarise(read(report), model=asked_over(Recording(Wire(answers), Cassette(folder), endpoint="other")))


def evaluated(*arguments: object) -> int:
    return run(program, "summarizer", ["evaluate", *map(str, arguments)])


def test_recorded_answers_give_a_table_on_stdout_and_the_rest_on_stderr(
    data: Path, tapes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(data, "--replay", tapes) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[:3] == [
        "DOCUMENT  P      R      F1     UNTYPED F1  CORE   PARTY  HITS  FALSE ALARMS  MISSES",
        "talks     1.000  0.500  0.667  0.667       1.000  1.000  1     0             1",
        "all (1)   1.000  0.500  0.667  0.667       1.000  1.000  1     0             1",
    ]
    assert "core items found                                             1.000 (1 of 1)  1.000 to 1.000" in printed.out
    assert printed.err == "summarizer: 1 left out, without gold: spare.txt\nsummarizer: talks (1 of 1)\n"


def test_recordings_may_lie_together(data: Path, tapes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated(data, "--replay", tapes / "talks") == 0
    assert "talks     1.000  0.500" in capsys.readouterr().out


def test_programs_get_one_object(data: Path, tapes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated(data, "--replay", tapes, "--format", "json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["scores_version"], figures["typed"]["f1"], figures["documents"][0]["found"]) == (1, 2 / 3, ["1"])


def test_people_get_a_page_in_a_file(data: Path, tapes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated(data, "--replay", tapes, "--format", "html", "--output", tmp_path / "made" / "page.html") == 0
    assert (tmp_path / "made" / "page.html").read_text().startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == ""


def test_briefings_that_were_kept_are_scored_the_same(
    data: Path, tapes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(data, "--replay", tapes, "--save", tmp_path / "kept", "--format", "json") == 0
    asked = capsys.readouterr().out
    assert evaluated(data, "--briefings", tmp_path / "kept", "--format", "json") == 0
    assert capsys.readouterr().out == asked


def test_a_report_without_a_briefing_counts_as_failed_and_the_status_is_1(
    data: Path, tapes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_case(data, "meeting", gold_item("1", "outcome", parties=["Ostrand"], at=[(0, 7)]), text="Ostrand refused.")
    assert evaluated(data, "--replay", tapes) == 1
    printed = capsys.readouterr()
    assert "meeting (failed)  0.000  0.000" in printed.out
    assert "all (2)           1.000  0.333" in printed.out
    assert "summarizer: 'meeting': " in printed.err


def test_gaps_are_told_and_the_status_is_1(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recorded(data / "talks.txt", tmp_path / "cut" / "talks", ANSWERS[0], completion("{", finish_reason="length"), moves())
    assert evaluated(data, "--replay", tmp_path / "cut") == 1
    assert "summarizer: 'talks': 1 of 4 passages got no usable answer (0 failed, 1 truncated, 0 filtered)" in (
        capsys.readouterr().err
    )


def test_a_fallen_score_fails_with_what_was_lost(
    data: Path, tapes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = tmp_path / "earlier.json"
    assert evaluated(data, "--replay", tapes, "--format", "json", "--output", earlier) == 0
    assert evaluated(data, "--replay", tapes, "--against", earlier) == 0
    assert "summarizer: typed F1 0.667, and 0.667 before (+0.0 points): 0 items lost, 0 won\n" in capsys.readouterr().err
    worse = tmp_path / "worse"
    recorded(data / "talks.txt", worse / "talks", moves())
    assert evaluated(data, "--replay", worse, "--against", earlier) == 1
    assert capsys.readouterr().err.splitlines()[-2:] == [
        "summarizer: typed F1 0.000, and 0.667 before (-66.7 points): 1 items lost, 0 won",
        "summarizer: lost: talks 1: Velia demands that Ostrand withdraw.",
    ]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--briefings", "b", "--replay", "r"], "--briefings are scored as they are"),
        (["--briefings", "b", "--save", "s"], "--briefings are scored as they are"),
        (["--briefings", "b", "--repeat", "2"], "--briefings are scored as they are"),
        (["--repeat", "2", "--record", "r"], "--repeat asks anew each time"),
        (["--repeat", "2", "--format", "html"], "take one run"),
        (["--repeat", "2", "--against", "a.json"], "take one run"),
        (["--gold", "nowhere"], "'nowhere' is not a folder"),
        (["--gold", ""], "the name is empty"),
    ],
)
def test_options_that_cannot_be_obeyed_together_are_refused(
    data: Path, arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(data, *arguments) == 2
    assert complaint in capsys.readouterr().err


def test_gold_and_earlier_scores_that_cannot_be_used_end_it_before_anything_is_asked(
    data: Path, tapes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluated(data, "--replay", tapes, "--against", data / "talks.json") == 3
    write_case(data, "talks", DEMAND, sha256="0" * 64)
    assert evaluated(data, "--replay", tapes) == 3
    printed = capsys.readouterr()
    assert [line.split(": ")[1][:40] for line in printed.err.splitlines() if "left out" not in line] == [
        f"'{data / 'talks.json'}' cannot be used"[:40],
        "the gold of 'talks' is of another text",
    ]
    assert printed.out == ""


def test_a_limit_of_the_users_has_its_own_status(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluated(data, "--max-calls", "0") == 5
    assert capsys.readouterr().out == ""


@pytest.mark.loopback
def test_repetition_asks_anew_each_time_and_gives_mean_and_spread(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with endpoint(*[ANSWERS[0]] * 4, moves()) as url:  # an answer a sentence, in two runs
        asking = ("--model", "any", "--base-url", url, "--strategy", "passage")
        assert evaluated(data, *asking, "--repeat", "2", "--save", tmp_path / "kept") == 0
    assert capsys.readouterr().out.splitlines() == [
        "RUN     P      R      F1     UNTYPED F1  CORE   PARTY",
        "1       1.000  0.500  0.667  0.667       1.000  1.000",
        "2       0.000  0.000  0.000  0.000       0.000  0.000",
        "mean    0.500  0.250  0.333  0.333       0.500  0.500",
        "spread  0.707  0.354  0.471  0.471       0.707  0.707",
    ]
    assert evaluated(data, "--briefings", tmp_path / "kept" / "1") == 0


@pytest.mark.loopback
def test_what_is_recorded_is_played_back_for_each_report(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_case(data, "meeting", gold_item("1", "outcome", parties=["Ostrand"], at=[(0, 7)]), text="Ostrand refused.")
    with endpoint(ANSWERS[0]) as url:
        asking = ("--model", "any", "--base-url", url, "--strategy", "passage")
        assert evaluated(data, *asking, "--record", tmp_path / "tape", "--format", "json") == 0
        recorded_scores = capsys.readouterr().out
        assert evaluated(data, *asking, "--replay", tmp_path / "tape", "--format", "json") == 0
    assert capsys.readouterr().out == recorded_scores
    assert {path.name: len([*path.glob("*.json")]) for path in (tmp_path / "tape").iterdir()} == {"meeting": 1, "talks": 4}
