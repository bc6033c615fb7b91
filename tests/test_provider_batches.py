"""Reports by a provider's batches, against a server on loopback that speaks OpenAI's Batch API."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from batch_server import KEY, BatchServer, Ending, Json, Refused, expired, failed, says, without
from builders import ITEM, Time
from summarizer.batch.corpus import Named
from summarizer.batch.figures import Figures
from summarizer.batch.provider import wire
from summarizer.batch.running import Asking, run
from summarizer.batch.store import Store, unpacked
from summarizer.batch.tasks import FailureClass
from summarizer.batch.working import Listener
from summarizer.errors import AnswerError, LimitReached, UsageError
from summarizer.locking import held
from summarizer.reading.corpora.rows import Fields
from summarizer.settings import Limits, Settings

pytestmark = pytest.mark.loopback

PLACES = ("Velia", "Orsk", "Tarn", "Miro", "Sund")


def text_of(place: str) -> str:
    return f"{place} agreed to reopen the border."


def agreed(body: Json) -> Json:
    """The answer that cites the first sentence, by whichever place agreed in it."""
    shown = body["messages"][-1]["content"]
    place = next(place for place in PLACES if text_of(place) in shown)
    return says(json.dumps({"items": [ITEM | {"parties": [place], "statement": text_of(place)}]}))


class Heard(Listener):
    """What somebody would see."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.failures: list[tuple[str, FailureClass, str]] = []

    def told(self, words: str) -> None:
        self.words.append(words)

    def failed(self, source: str, why: FailureClass, reason: str) -> None:
        self.failures.append((source, why, reason))


@dataclass
class World:
    """A corpus and a folder, and the run of the one in the other."""

    folder: Path
    rows: list[dict[str, str]] = field(default_factory=lambda: [{"text": text_of(place)} for place in PLACES])
    heard: Heard = field(default_factory=Heard)
    time: Time = field(default_factory=Time)

    @property
    def corpus(self) -> Path:
        path = self.folder / "corpus.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in self.rows))
        os.utime(path, (1, 1))
        return path

    def run(self, server: BatchServer, *, limits: Limits = Limits(), retry_failed: bool = False) -> Figures:
        settings = Settings(self.folder / "cache", self.folder / "weights", keys={"SUMMARIZER_API_KEY": KEY})
        return run(
            Named((str(self.corpus),), Fields(), {}),
            self.folder / "run",
            asking=Asking(model="some-model", base_url=server.url, strategy="whole", via="provider-batch", limits=limits),
            settings=settings,
            retry_failed=retry_failed,
            listener=self.heard,
            clock=self.time.clock,
        )

    def rows_of(self, query: str) -> list[tuple[Any, ...]]:  # Any: what SQLite holds
        with closing(Store(self.folder / "run")) as store:
            assert store.is_sound()
            return store.rows(query)

    @property
    def statements(self) -> list[list[str]]:
        """The statements of each briefing, in the order of the last corpus."""
        found = self.rows_of(
            "SELECT b.content FROM entries e JOIN briefings b USING (document)"
            " WHERE e.corpus = (SELECT max(id) FROM corpora) ORDER BY e.position"
        )
        briefings = [json.loads(unpacked(content)) for (content,) in found]
        return [[outcome["statement"] for outcome in briefing["outcomes"]] for briefing in briefings]

    @property
    def counts(self) -> list[tuple[Any, ...]]:  # Any: what SQLite holds
        """Lines, answered, errors, missing, doubled, unknown, broken of each batch."""
        query = "SELECT lines, answered, errors, missing, doubled, unknown, broken FROM provider_batches ORDER BY rowid"
        return self.rows_of(query)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


EVERY = [[text_of(place)] for place in PLACES]


def test_every_report_is_a_line_of_one_batch_and_done_when_it_is_back(world: World) -> None:
    with BatchServer(agreed) as server:
        found = world.run(server)
    assert (found.done, found.failed, found.left, found.calls, found.at_provider) == (5, 0, 0, 5, 0)
    assert world.statements == EVERY
    assert server.sizes == [5]
    assert server.asked == [
        "POST /files",
        "GET /batches",
        "POST /batches",
        "GET /batches/batch_0",
        "GET /batches/batch_0",
        "GET /files/batch_0-output/content",
    ]
    assert server.keys == {f"Bearer {KEY}"}
    assert world.counts == [(5, 5, 0, 0, 0, 0, 0)]


def test_what_is_sent_is_what_would_be_asked_live_under_an_id_of_ours(world: World) -> None:
    with BatchServer(agreed) as server:
        world.run(server)
    ((id, file),) = world.rows_of("SELECT id, file FROM provider_batches")
    asked = [(line["method"], line["url"], line["body"]["model"]) for line in server.lines(0)]
    assert asked == [("POST", "/v1/chat/completions", "some-model")] * 5
    kept = [key for (key,) in world.rows_of("SELECT question FROM answers ORDER BY id")]
    assert [line["custom_id"] for line in server.lines(0)] == kept
    assert (server.batches[0].metadata, server.batches[0].file, server.names) == (
        {"summarizer": id},
        file,
        [f"summarizer-{id}.jsonl"],
    )


def test_a_run_that_is_done_asks_the_provider_nothing(world: World) -> None:
    with BatchServer(agreed) as server:
        world.run(server)
        before = len(server.asked)
        assert world.run(server).done == 5
    assert len(server.asked) == before


def test_results_count_whatever_their_order(world: World) -> None:
    with BatchServer(agreed, lambda number, ending: replace(ending, output=ending.output[::-1])) as server:
        world.run(server)
    assert (world.statements, server.sizes) == (EVERY, [5])


def spoiled(first: Callable[[Ending], Ending]) -> Callable[[int, Ending], Ending]:
    """The first batch ends so, the others well."""
    return lambda number, ending: first(ending) if number == 0 else ending


def later_in_error(ending: Ending) -> Ending:
    return replace(
        ending, status="expired", output=ending.output[:2], errors=tuple(map(expired, without(ending.output, 0, 1, 4)))
    )


def with_broken_lines(ending: Ending) -> Ending:
    return replace(ending, output=(ending.output[0][:-20] + b"\n", b"[1]\n", b"\n", *ending.output[1:]))


def with_strange_answers(ending: Ending) -> Ending:
    nothing = json.dumps({"custom_id": json.loads(ending.output[0])["custom_id"], "response": 7, "error": None})
    return replace(ending, output=(nothing.encode() + b"\n", *ending.output[1:]))


SPOILED = {
    "missing": (lambda ending: replace(ending, output=without(ending.output, 1, 3)), (5, 3, 0, 2, 0, 0, 0), [5, 2]),
    "doubled": (lambda ending: replace(ending, output=ending.output * 2), (5, 5, 0, 0, 5, 0, 0), [5]),
    "unknown": (
        lambda ending: replace(
            ending, output=(*ending.output, ending.output[0].replace(b'"custom_id": "', b'"custom_id": "x'))
        ),
        (5, 5, 0, 0, 0, 1, 0),
        [5],
    ),
    "unknown, by what no key can be": (
        lambda ending: replace(
            ending, output=(*ending.output, ending.output[0].replace(b'"custom_id": "', b'"custom_id": "\\ud800'))
        ),
        (5, 5, 0, 0, 0, 1, 0),
        [5],
    ),
    "expired, of whom some came": (later_in_error, (5, 2, 2, 1, 0, 0, 0), [5, 3]),
    "expired, with no file": (lambda ending: Ending("expired"), (5, 0, 0, 5, 0, 0, 0), [5, 5]),
    "broken": (with_broken_lines, (5, 4, 0, 1, 0, 0, 2), [5, 1]),
    "no response": (with_strange_answers, (5, 4, 1, 0, 0, 0, 0), [5, 1]),
}


@pytest.mark.parametrize("case", SPOILED)
def test_every_line_is_accounted_for_and_what_did_not_come_is_asked_again(world: World, case: str) -> None:
    first, counts, sizes = SPOILED[case]
    with BatchServer(agreed, spoiled(first)) as server:
        found = world.run(server)
    assert (found.done, found.calls, world.statements) == (5, 5, EVERY)
    assert (world.counts[0], server.sizes) == (counts, sizes)
    assert all(lines == answered + errors + missing for lines, answered, errors, missing, *_ in world.counts)
    assert world.rows_of("SELECT count(*), count(DISTINCT question) FROM answers") == [(5, 5)]


def test_a_file_of_results_that_has_no_end_is_left_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with BatchServer(agreed) as server:
        monkeypatch.setattr(wire, "MOST_BYTES_A_LINE", 10)
        with pytest.raises(AnswerError, match="has no end"):
            world.run(server)
        monkeypatch.undo()
        assert world.run(server).done == 5
    assert server.sizes == [5]


@pytest.mark.parametrize("said", [{"id": "../files"}, {"id": "\ud800"}, {"status": "not yet"}, {"output_file_id": "a?b"}])
def test_what_a_provider_calls_so_is_no_name(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="it is no"):
        wire.Remote.of({"id": "batch_1", "status": "completed"} | said)


def refusing(place: str, refused: Refused) -> Callable[[Json], Json]:
    return lambda body: refused if place in body["messages"][-1]["content"] else agreed(body)


BUSY = Refused(429, {"error": {"message": "Rate limit reached", "code": "rate_limit_exceeded"}})
BAD = Refused(400, {"error": {"message": "Invalid value: 'x'", "code": "invalid_value"}})
FILTERED = Refused(400, {"error": {"message": "no", "code": "content_filter"}})


def test_an_error_that_may_pass_is_asked_again_and_after_three_times_its_report_fails(world: World) -> None:
    with BatchServer(refusing("Orsk", BUSY)) as server:
        found = world.run(server)
    assert (found.done, found.failures, server.sizes) == (4, {"no answer": 1}, [5, 1, 1])
    ((source, why, reason),) = world.heard.failures
    assert (source, why) == (f"{world.corpus}#2", "no answer")
    assert reason == (
        "'some-model' gave no answer in 3 batches (answered 429 (Rate limit reached)): try again with --retry-failed"
    )


def test_what_failed_is_asked_again_when_it_is_wanted(world: World) -> None:
    with BatchServer(refusing("Orsk", BUSY)) as server:
        world.run(server)
        assert world.run(server).failed == 1
        assert server.sizes == [5, 1, 1]
        server.answering = agreed
        assert world.run(server, retry_failed=True).done == 5
    assert (world.statements, server.sizes) == (EVERY, [5, 1, 1, 1])


def test_an_error_for_good_fails_its_report_and_no_other(world: World) -> None:
    with BatchServer(refusing("Orsk", BAD)) as server:
        found = world.run(server)
    assert (found.done, found.failures, server.sizes, world.counts) == (
        4,
        {"no answer": 1},
        [5],
        [(5, 4, 1, 0, 0, 0, 0)],
    )
    assert "answered 400" in world.heard.failures[0][2]


def test_a_prompt_that_the_endpoint_filters_is_no_answer_that_can_be_used(world: World) -> None:
    with BatchServer(refusing("Orsk", FILTERED)) as server:
        found = world.run(server)
    assert (found.done, found.failures, server.sizes) == (4, {"unusable": 1}, [5])


def test_an_answer_that_does_not_fit_is_asked_for_again_in_the_next_batch(world: World) -> None:
    def unfit_at_first(body: Json) -> Json:
        return agreed(body) if "could not be used" in body["messages"][-1]["content"] else says('{"things": []}')

    with BatchServer(unfit_at_first) as server:
        found = world.run(server)
    assert (found.done, found.calls, world.statements, server.sizes) == (5, 10, EVERY, [5, 5])


def test_a_report_of_whose_answers_none_fits_fails_and_can_be_asked_about_anew(world: World) -> None:
    world.rows = world.rows[:1]
    with BatchServer(lambda body: says('{"things": []}')) as server:
        found = world.run(server)
        assert (found.failures, server.sizes) == ({"unusable": 1}, [1, 1, 1])
        server.answering = agreed
        assert world.run(server, retry_failed=True).done == 1
    assert server.sizes == [1, 1, 1, 1]


def test_an_answer_that_was_cut_is_asked_on_in_the_next_batch(world: World) -> None:
    world.rows = [{"text": " ".join(map(text_of, PLACES[:3]))}]
    items = [
        ITEM | {"parties": [place], "statement": text_of(place), "sentences": [number]}
        for number, place in enumerate(PLACES[:3], start=1)
    ]

    def cut_at_first(body: Json) -> Json:
        if text_of("Velia") in body["messages"][-1]["content"]:
            return says(json.dumps({"items": items})[:-30], finish_reason="length")
        return says(json.dumps({"items": items[1:]}))

    with BatchServer(cut_at_first) as server:
        found = world.run(server)
    assert (found.done, found.calls, found.with_gaps, server.sizes) == (1, 2, 0, [1, 1])
    assert world.statements == [[text_of(place) for place in PLACES[:3]]]


def test_two_reports_with_the_same_text_are_one_line(world: World) -> None:
    world.rows = [{"text": text_of("Velia"), "title": "One"}, {"text": text_of("Velia"), "title": "Another"}]
    with BatchServer(agreed) as server:
        found = world.run(server)
    assert (found.entries, found.same, found.done, server.sizes) == (2, 0, 2, [1])
    assert world.statements == [EVERY[0], EVERY[0]]


def test_a_batch_that_is_not_taken_ends_the_run_and_the_next_call_asks_anew(world: World) -> None:
    with BatchServer(agreed, spoiled(lambda ending: failed(ending, "invalid_json_line", "Line 1 is bad"))) as server:
        with pytest.raises(AnswerError, match=r"did not take batch 'batch_0' \(invalid_json_line: Line 1 is bad\)"):
            world.run(server)
        assert world.run(server).done == 5
    assert (world.statements, server.sizes) == (EVERY, [5, 5])


def test_a_batch_that_is_too_much_at_once_is_sent_in_halves(world: World) -> None:
    def most_two(number: int, ending: Ending) -> Ending:
        return ending if len(ending.output) < 3 else failed(ending, "token_limit_exceeded", "Enqueued token limit reached")

    with BatchServer(agreed, most_two) as server:
        found = world.run(server)
    assert (found.done, world.statements, server.sizes) == (5, EVERY, [5, 3, 2, 3, 2, 1])


def test_a_batch_that_somebody_cancels_ends_the_run_and_what_came_is_kept(world: World) -> None:
    with BatchServer(agreed, spoiled(lambda ending: Ending("cancelled", output=ending.output[:2]))) as server:
        with pytest.raises(AnswerError, match="was cancelled at the provider"):
            world.run(server)
        assert world.run(server).done == 5
    assert (world.statements, server.sizes) == (EVERY, [5, 3])


def test_a_batch_that_was_made_though_its_request_failed_is_not_made_again(world: World) -> None:
    with BatchServer(agreed, fails={"POST /batches": [500, 0]}) as server:
        assert world.run(server).done == 5
    assert (server.sizes, server.count("POST /batches"), server.count("GET /batches")) == ([5], 1, 2)


def test_a_network_that_comes_and_goes_costs_no_batch(world: World) -> None:
    unsteady = {
        "POST /files": [503],
        "GET /batches": [0],
        "GET /batches/batch_0": [0, 500],
        "GET /files/batch_0-output/content": [0, 502],
    }
    with BatchServer(agreed, fails=unsteady) as server:
        assert world.run(server).done == 5
    assert (server.sizes, world.counts) == ([5], [(5, 5, 0, 0, 0, 0, 0)])


def test_a_wrong_key_ends_the_run_and_is_told_to_nobody(world: World) -> None:
    with BatchServer(agreed, fails={"POST /files": [401]}) as server, pytest.raises(AnswerError) as caught:
        world.run(server)
    assert "refused the key: check SUMMARIZER_API_KEY" in str(caught.value)
    assert KEY not in str(caught.value)


def test_an_endpoint_without_batches_says_so(world: World) -> None:
    with BatchServer(agreed, fails={"POST /files": [404]}) as server, pytest.raises(AnswerError, match="takes no batches"):
        world.run(server)


def test_a_key_that_an_answer_echoes_is_not_kept(world: World) -> None:
    world.rows = world.rows[:1]
    with BatchServer(lambda body: agreed(body) | {"system_fingerprint": KEY}) as server:
        assert world.run(server).done == 1
    files = [path for path in (world.folder / "run").rglob("*") if path.is_file()]
    answers = [unpacked(content) for (content,) in world.rows_of("SELECT exchange FROM answers")]
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []
    assert ["[key]" in answer and KEY not in answer for answer in answers] == [True]


def test_the_provider_is_asked_after_a_batch_ever_more_rarely_and_at_least_once_a_minute(world: World) -> None:
    with BatchServer(agreed, looks=15) as server:
        world.run(server)
    pauses = world.time.pauses
    assert (pauses[0], pauses[-1], pauses == sorted(pauses)) == (1.5, 60.0, True)
    assert world.heard.words == [
        "batch batch_0 is validating, 0 of 5 lines done",
        "batch batch_0 is in_progress, 0 of 5 lines done",
        "batch batch_0 is finalizing, 0 of 5 lines done",
        "batch batch_0 is completed, 5 of 5 lines done",
        "batch batch_0 is completed: 5 lines, 5 answered, 0 with errors, 0 missing",
    ]


def test_as_many_are_submitted_as_a_limit_has_room_for_and_the_rest_waits(world: World) -> None:
    with BatchServer(agreed) as server:
        with pytest.raises(LimitReached, match="the limit of 3 calls is reached: raise --max-calls"):
            world.run(server, limits=Limits(calls=3))
        assert server.sizes == [3]
        assert world.statements == EVERY[:3]
        assert world.run(server, limits=Limits(calls=3)).done == 5
    assert server.sizes == [3, 2]


def test_what_a_batch_did_not_take_of_a_limit_is_free_for_the_next(world: World) -> None:
    """The worst that one report can take is some 20,000 tokens; what it takes is 15."""
    with BatchServer(agreed) as server:
        assert world.run(server, limits=Limits(tokens=30_000)).done == 5
    assert (len(server.sizes) > 1, sum(server.sizes), world.statements) == (True, 5, EVERY)


def test_where_a_limit_has_no_room_nothing_is_sent(world: World) -> None:
    with BatchServer(agreed) as server, pytest.raises(LimitReached, match="raise --max-tokens"):
        world.run(server, limits=Limits(tokens=100))
    assert server.asked == []


def test_who_comes_while_another_process_does_the_work_waits_and_finds_it_done(world: World) -> None:
    lock = world.folder / "run" / "owners" / "provider.lock"
    lock.parent.mkdir(parents=True)
    found: list[Figures] = []
    with BatchServer(agreed) as server:
        with held(lock):
            thread = threading.Thread(target=lambda: found.append(world.run(server)))
            thread.start()
            while not world.heard.words:
                thread.join(0.01)
            assert (world.heard.words, server.asked) == (["another process does this: waiting"], [])
        thread.join()
    assert found[0].done == 5


# A process that dies


KILLED = [
    ("before", "POST /files"),
    ("before", "GET /batches"),
    ("before", "POST /batches"),  # it is heard all the same
    ("after", "POST /batches"),
    ("before", "GET /batches/batch_0"),
    ("after", "GET /files/batch_0-output/content"),
]


@pytest.mark.parametrize(("moment", "asked"), KILLED)
def test_a_process_that_dies_leaves_one_batch_at_the_provider(world: World, moment: str, asked: str) -> None:
    with BatchServer(agreed) as server:
        _killed(world, server, moment, asked)
        was_there = len(server.batches)
        found = world.run(server)
    assert (found.done, found.calls, world.statements) == (5, 5, EVERY)
    assert server.sizes == [5]
    assert was_there == (asked not in ("POST /files", "GET /batches"))
    assert world.rows_of("SELECT count(*) FROM briefings") == [(5,)]


def test_a_batch_is_found_again_on_whichever_page_it_is(world: World) -> None:
    with BatchServer(agreed, page=2) as server:
        _killed(world, server, "after", "POST /batches")
        others = [replace(server.batches[0], id=f"other_{number}", metadata={"summarizer": "x"}) for number in range(5)]
        server.batches += others
        assert world.run(server).done == 5
    assert (len(server.batches), server.count("POST /batches")) == (6, 1)


def test_who_goes_on_waits_for_what_a_dead_process_may_have_sent_just_before(world: World) -> None:
    with BatchServer(agreed) as server:
        _killed(world, server, "after", "POST /batches")
        with Store(world.folder / "run") as store:
            assert store.row("SELECT sent > intended FROM provider_batches") == (1,)
            store.write("UPDATE provider_batches SET intended = 0, sent = ?", (time.time(),))
        assert world.run(server).done == 5
    assert 3 < world.time.pauses[0] <= 5
    assert server.sizes == [5]


def _killed(world: World, server: BatchServer, moment: str, asked: str) -> None:
    """A process that does the same run, and is killed at that moment."""
    command = [sys.executable, "-m", "summarizer", "batch", str(world.corpus), "--output", str(world.folder / "run")]
    options = ["--model", "some-model", "--base-url", server.url, "--strategy", "whole", "--via", "provider-batch"]
    process = subprocess.Popen(
        [*command, *options], env=os.environ | {"SUMMARIZER_API_KEY": KEY}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def kill(what: str) -> None:
        if what == asked and process.poll() is None:
            process.kill()
            process.wait()

    setattr(server, moment, kill)
    assert process.wait(60) == -signal.SIGKILL


@pytest.fixture
def interrupted(world: World) -> Iterator[tuple[World, BatchServer]]:
    """A run on which somebody pressed Ctrl-C while its batch was at the provider."""

    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    with BatchServer(agreed) as server:
        world.time.clock = replace(world.time.clock, sleep=interrupt)
        with pytest.raises(KeyboardInterrupt):
            world.run(server)
        world.time = Time()
        yield world, server


def test_ctrl_c_leaves_the_batch_at_the_provider_and_the_next_call_goes_on(interrupted: tuple[World, BatchServer]) -> None:
    world, server = interrupted
    assert world.rows_of("SELECT state, count(*) FROM tasks GROUP BY state") == [("waiting", 5)]
    assert world.run(server).done == 5
    assert (server.sizes, server.count("POST /files"), world.statements) == ([5], 1, EVERY)


def test_status_says_what_waits_at_the_provider(
    interrupted: tuple[World, BatchServer], capsys: pytest.CaptureFixture[str]
) -> None:
    from summarizer.cli import run as run_command
    from summarizer.cli.batch import batch

    world, _ = interrupted
    assert run_command(batch, "batch", ["status", str(world.folder / "run")]) == 0
    assert "5 questions wait at the provider" in capsys.readouterr().out.splitlines()


# What cannot be asked so


REFUSED = {
    "it runs on this machine": (Asking(), "is for hosted models"),
    "the provider takes none": (Asking(model="mistral/mistral-small-latest"), "Mistral takes no batches that we know of"),
    "strategy passage": (Asking(model="openai/gpt-5-mini", strategy="passage"), "is for strategy whole"),
    "a deadline": (Asking(model="openai/gpt-5-mini", limits=Limits(seconds=5)), "--deadline is for answers that come live"),
    "replay": (Asking(model="openai/gpt-5-mini", replay=Path("tape")), "--replay asks nothing"),
    "a price that is not known": (
        Asking(model="x", base_url="http://127.0.0.1:9/v1", limits=Limits(cost=5)),
        "the price of 'x' is not known",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_asked_in_batches_is_said_before_anything_is_sent(world: World, case: str) -> None:
    asking, words = REFUSED[case]
    settings = Settings(world.folder / "cache", world.folder / "weights")
    named = Named((str(world.corpus),), Fields(), {})
    with pytest.raises(UsageError, match=words):
        run(named, world.folder / "run", asking=replace(asking, via="provider-batch"), settings=settings)


@pytest.mark.parametrize("gone", ["GET /batches/batch_0", "GET /files/batch_0-output/content"])
def test_a_batch_that_the_provider_forgot_is_asked_anew_when_that_is_wanted(world: World, gone: str) -> None:
    with BatchServer(agreed, fails={gone: [404, 404]}) as server:
        with pytest.raises(AnswerError, match=r"use the key that it was made with; .* --retry-failed asks anew"):
            world.run(server)
        assert server.sizes == [5]
        assert world.run(server, retry_failed=True).done == 5
    assert (world.statements, server.sizes) == (EVERY, [5, 5])


def test_a_list_of_batches_that_has_no_end_is_no_list(world: World) -> None:
    class Endless(BatchServer):
        def _list(self, after: str) -> Json:
            return super()._list("") | {"has_more": True}

    with Endless(agreed) as server:
        _killed(world, server, "after", "POST /batches")
        server.batches = [replace(server.batches[0], metadata={})]
        with pytest.raises(AnswerError, match="does not speak as OpenAI's Batch API does"):
            world.run(server)


def test_an_answer_beside_an_error_is_paid_for_once(world: World) -> None:
    with BatchServer(lambda body: agreed(body) | {"error": {"message": "slow today"}}) as server:
        found = world.run(server)
    assert (found.done, found.calls, server.sizes) == (5, 5, [5])
