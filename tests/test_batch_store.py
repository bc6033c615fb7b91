"""The file of a run: what it survives, who has which task, and what is taken from whom."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from builders import answering, completion, moves, report
from summarizer import summarise
from summarizer.batch.answers import StoredAnswers
from summarizer.batch.corpus import Corpus, Named, document
from summarizer.batch.figures import figures
from summarizer.batch.store import FILE, Store
from summarizer.batch.tasks import DEATHS_OF_A_SUSPECT, MOST_DEATHS, Task, Tasks, owner
from summarizer.briefing import Briefing
from summarizer.document import Document, Hidden
from summarizer.errors import OutputError, UsageError
from summarizer.llm.cassette import Exchange
from summarizer.llm.cassette.exchanges import Authored, Question
from summarizer.reading.corpora import Failure, Fields

TEXT = "Velia agreed to reopen the border."
CONFIGURATION = 1


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "run", create=True) as opened:
        yield opened


class World:
    """A store with a configuration and so many documents that wait."""

    def __init__(self, store: Store, documents: int) -> None:
        self.store = store
        store.write("INSERT INTO configurations (key, content) VALUES ('k', '{}')")
        for number in range(1, documents + 1):
            store.write("INSERT INTO documents (id, key, content) VALUES (?, ?, x'')", (number, str(number)))
            store.write("INSERT INTO tasks (configuration, document) VALUES (?, ?)", (CONFIGURATION, number))

    def tasks(self, owner: str) -> Tasks:
        return Tasks(self.store, CONFIGURATION, owner)

    def states(self) -> list[str]:
        return [state for (state,) in self.store.rows("SELECT state FROM tasks ORDER BY document")]

    def outcomes(self) -> list[str | None]:
        return [outcome for (outcome,) in self.store.rows("SELECT outcome FROM attempts ORDER BY id")]


def claimed(tasks: Tasks) -> Task:
    task = tasks.claim()
    assert task is not None
    return task


def briefing() -> Briefing:
    return summarise(report(TEXT), model=answering(moves()))


def test_what_was_begun_by_nobody_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no run in"):
        Store(tmp_path)


def test_every_migration_is_applied_once(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as first:
        first.write("INSERT INTO configurations (key, content) VALUES ('k', '{}')")
        version = first.row("PRAGMA user_version")
    with Store(tmp_path) as second:
        assert (second.row("PRAGMA user_version"), second.row("SELECT key FROM configurations")) == (version, ("k",))
        assert second.is_sound()


def test_a_run_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    begin = Path(sys.modules[Store.__module__].__file__ or "").parent / "migrations" / "0001_begin.sql"
    old = sqlite3.connect(tmp_path / FILE)
    old.executescript(begin.read_text())
    old.executescript(
        "INSERT INTO configurations (key, content) VALUES ('k', '{}'); INSERT INTO documents VALUES (1, 'd', x'')"
    )
    old.executescript("INSERT INTO tasks (configuration, document) VALUES (1, 1); PRAGMA user_version = 1")
    old.close()
    with Store(tmp_path) as store:
        assert claimed(Tasks(store, CONFIGURATION, "a")) == Task(document=1, attempt=1)


def test_a_run_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        store.write("PRAGMA user_version = 999")
    with pytest.raises(UsageError, match="was made by a newer version"):
        Store(tmp_path)


def test_what_is_no_database_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("This is a report and no database, and it is long enough to be told from one.\n" * 20)
    with pytest.raises(OutputError, match="cannot be opened"):
        Store(tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be opened"):
        Store(tmp_path / "file" / "run", create=True)


def test_processes_that_begin_a_run_at_the_same_time_all_open_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from summarizer.batch.store import Store; Store(Path(sys.argv[1]), create=True)"
    )
    for attempt in range(3):
        command = [sys.executable, "-c", code, str(tmp_path / str(attempt))]
        processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(6)]
        assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 6


def test_a_run_is_looked_at_while_somebody_writes(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as writer, writer.transaction():
        writer.write("INSERT INTO configurations (key, content) VALUES ('k', '{}')")
        with Store(tmp_path) as reader:
            assert reader.row("SELECT count(*) FROM configurations") == (0,)


def test_nothing_of_a_transaction_that_fails_stays(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            store.write("INSERT INTO configurations (key, content) VALUES ('k', '{}')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.row("SELECT count(*) FROM configurations") == (0,)


def test_a_disk_without_room_is_an_error_and_what_follows_is_kept_again(store: Store) -> None:
    (pages,) = store.row("PRAGMA page_count") or (0,)
    store.row(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OutputError, match=r"cannot be written \(database or disk is full\)"):
        store.write("INSERT INTO documents (key, content) VALUES ('d', zeroblob(1000000))")
    store.row("PRAGMA max_page_count = 1000000")
    store.write("INSERT INTO configurations (key, content) VALUES ('k', '{}')")
    with Store(store.folder) as other:
        assert other.rows("SELECT key FROM configurations") == [("k",)]


def test_a_run_that_was_closed_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(OutputError, match="cannot be read"):
        store.row("SELECT 1")
    with pytest.raises(OutputError, match="cannot be written"):
        store.write("DELETE FROM tasks")


def test_what_no_database_text_can_hold_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    odd = Document(
        "Velia\0 agreed \ud800 to reopen.",
        source="a\udcff.txt",
        title="\ud800",
        warnings=("odd \udc80",),
        hidden=(Hidden("\udc80", "page 1", "white"),),
    )

    class Odd(Named):
        def documents(self, known: Iterator[bool]) -> Iterator[Document | Failure]:
            yield odd
            yield Failure("b\udcff", None, "no \ud800 text")

    World(store, 0)
    corpus = Corpus(store, Odd((), Fields(), {}))
    corpus.load(CONFIGURATION, stop=lambda: False)
    task = claimed(Tasks(store, CONFIGURATION, "a"))
    assert document(store, task.document) == odd
    assert store.rows("SELECT source, failure FROM entries ORDER BY position") == [
        ("a\\udcff.txt", None),
        ("b\\udcff", "no \\ud800 text"),
    ]


def test_an_answer_is_given_again_until_it_is_forgotten_and_the_last_whole_one_counts(store: Store) -> None:
    answers = StoredAnswers(store)
    question = Question("POST", "http://127.0.0.1/v1", {"messages": [{"content": "\ud800"}]})
    first, second, cut = (Exchange(question, completion(text).json(), Authored("for a test")) for text in ("1", "2", "3"))
    found = [answers.find(question)]
    for exchange, whole in ((first, True), (second, True), (cut, False)):
        answers.keep(exchange, whole=whole)
        found.append(answers.find(question))
    answers.forget(question)
    found.append(answers.find(question))
    assert [each and each.answer["choices"][0]["message"]["content"] for each in found] == [None, "1", "2", "2", None]
    assert store.row("SELECT count(*) FROM answers") == (3,)


def test_what_an_answer_took_is_counted_once_it_is_there_whatever_becomes_of_it(store: Store) -> None:
    question = Question("POST", "http://127.0.0.1/v1", {})
    answer = Exchange(question, completion("1").json(), Authored("for a test"))
    StoredAnswers(store, price=lambda prompt, completion: prompt + 10.0 * completion).keep(answer, whole=True)
    StoredAnswers(store, price=lambda prompt, completion: 0.5).keep(answer, whole=False)
    found = figures(store, 1, CONFIGURATION)
    assert (found.calls, found.prompt_tokens, found.completion_tokens, found.cost) == (2, 20, 10, 60.5)
    StoredAnswers(store).keep(answer, whole=True)
    assert figures(store, 1, CONFIGURATION).cost is None


def test_each_task_is_claimed_once(store: Store) -> None:
    world = World(store, 3)
    one, other = world.tasks("a"), world.tasks("b")
    taken = [one.claim(), other.claim(), one.claim(), other.claim()]
    assert [task and task.document for task in taken] == [1, 2, 3, None]


def test_threads_and_connections_that_claim_at_the_same_time_share_the_tasks(store: Store) -> None:
    world = World(store, 200)
    taken: list[int] = []

    def claim(name: str, mine: Store) -> None:
        tasks = Tasks(mine, CONFIGURATION, name)
        while (task := tasks.claim()) is not None:
            taken.append(task.document)

    with Store(store.folder) as second, Store(store.folder) as third:
        opened = [store, store, second, second, third, third]
        threads = [threading.Thread(target=claim, args=(str(number), each)) for number, each in enumerate(opened)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (sorted(taken), set(world.states())) == (list(range(1, 201)), {"claimed"})


def test_a_task_is_done_once_whatever_is_brought_later(store: Store) -> None:
    world = World(store, 1)
    late, now = world.tasks("a"), world.tasks("b")
    first = claimed(late)
    store.write("UPDATE tasks SET lease = 0")
    freed = now.free_abandoned()
    second = claimed(now)
    took = [now.finish(second, briefing()), late.finish(first, briefing()), late.fail(first, "fault", "x")]
    assert (freed, took, world.states()) == (1, [True, False, False], ["done"])
    assert (world.outcomes(), store.row("SELECT count(*) FROM briefings")) == (["too late", "done"], (1,))


def test_a_lease_that_is_over_frees_only_what_others_have(store: Store) -> None:
    world = World(store, 2)
    one, other = world.tasks("a"), world.tasks("b")
    with owner(store.folder):
        one.claim()
        other.claim()
        store.write("UPDATE tasks SET lease = 0")
        assert (one.free_abandoned(), world.states()) == (1, ["claimed", "waiting"])


def test_a_lease_that_was_renewed_frees_nothing(store: Store) -> None:
    world = World(store, 1)
    with owner(store.folder) as alive:
        living = world.tasks(alive)
        living.claim()
        store.write("UPDATE tasks SET lease = 0")
        living.renew()
        assert (world.tasks("b").free_abandoned(), world.states()) == (0, ["claimed"])


def test_a_clock_that_goes_back_leaves_the_living_what_they_have_and_frees_the_dead(store: Store) -> None:
    world = World(store, 2)
    with owner(store.folder) as alive:
        world.tasks(alive).claim()
        world.tasks("dead").claim()
        store.write("UPDATE tasks SET lease = ?", (time.time() + 1e6,))
        assert (world.tasks("b").free_abandoned(), world.states()) == (1, ["claimed", "waiting"])


def test_what_a_process_held_that_was_killed_is_free_at_once(store: Store) -> None:
    world = World(store, 1)
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom summarizer.batch.store import Store\n"
        "from summarizer.batch.tasks import Tasks, owner\n"
        "with Store(Path(sys.argv[1])) as store, owner(store.folder) as name:\n"
        "    print(Tasks(store, 1, name).claim(), flush=True)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(store.folder)], capture_output=True, text=True, check=False)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "Task(document=1, attempt=1)\n")
    assert (world.tasks("b").free_abandoned(), world.states()) == (1, ["waiting"])
    assert os.listdir(store.folder / "owners") == []  # noqa: PTH208


def test_what_is_given_back_waits_again_and_is_no_death(store: Store) -> None:
    world = World(store, 1)
    tasks = world.tasks("a")
    tasks.give_back(claimed(tasks))
    assert (world.states(), world.outcomes(), store.row("SELECT deaths FROM tasks")) == (["waiting"], ["given back"], (0,))


def die(world: World, name: str) -> list[int]:
    """Take all that may be taken, and die; gives what was taken."""
    tasks = world.tasks(name)
    taken = []
    while (task := tasks.claim()) is not None:
        taken.append(task.document)
    world.tasks("other").free_abandoned()
    return taken


def test_what_was_held_by_the_dead_is_taken_after_all_others(store: Store) -> None:
    world = World(store, 4)
    dead = world.tasks("dead")
    held = [claimed(dead).document, claimed(dead).document]
    world.tasks("b").free_abandoned()
    assert (held, die(world, "c")) == ([1, 2], [3, 4, 1, 2])


def test_after_two_deaths_a_document_is_taken_by_itself_and_after_five_not_at_all(store: Store) -> None:
    world = World(store, 2)
    taken = [die(world, f"dead{number}") for number in range(9)]
    assert (DEATHS_OF_A_SUSPECT, MOST_DEATHS) == (2, 5)
    assert taken == [[1, 2], [1, 2], [1], [2], [1], [2], [1], [2], []]
    assert (world.states(), world.outcomes()[-2:]) == (["failed", "failed"], ["died", "died"])


def test_what_failed_is_tried_again_when_that_is_asked_for(store: Store) -> None:
    world = World(store, 2)
    tasks = world.tasks("a")
    tasks.fail(claimed(tasks), "unusable", "no use")
    store.write("UPDATE tasks SET deaths = 5 WHERE document = 2")
    tasks.claim()
    assert (world.states(), tasks.are_open()) == (["failed", "failed"], False)
    assert (tasks.retry_failed(before=time.time() + 1), world.states(), tasks.are_open()) == (2, ["waiting", "waiting"], True)
    assert [claimed(tasks).document, claimed(tasks).document] == [1, 2]


def test_another_configuration_has_tasks_of_its_own(store: Store) -> None:
    world = World(store, 1)
    store.write("INSERT INTO configurations (key, content) VALUES ('l', '{}')")
    store.write("INSERT INTO tasks (configuration, document) VALUES (2, 1)")
    other = Tasks(store, 2, "a")
    assert (claimed(world.tasks("a")).document, claimed(other).document, other.claim()) == (1, 1, None)


def test_an_owner_leaves_nothing_behind(store: Store) -> None:
    with owner(store.folder) as name:
        files = [path.name for path in (store.folder / "owners").iterdir()]
    assert (files, list((store.folder / "owners").iterdir())) == ([f"{name}.lock"], [])


def test_a_changed_file_is_another_corpus_and_the_same_one_is_found_again(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text('{"text": "One."}\n')
    named = Named((str(path),), Fields(), {})
    numbers = [Corpus(store, named).id, Corpus(store, replace(named)).id]
    path.write_text('{"text": "One."}\n{"text": "Two."}\n')
    assert [*numbers, Corpus(store, named).id] == [1, 1, 2]


def test_an_answer_that_does_not_say_what_it_took_costs_nobody_knows_what(store: Store) -> None:
    question = Question("POST", "http://127.0.0.1/v1", {})
    silent = Exchange(question, {"choices": []}, Authored("for a test"))
    StoredAnswers(store, price=lambda prompt, completion: 0.0).keep(silent, whole=True)
    StoredAnswers(store, price=lambda prompt, completion: 1.0 * prompt).keep(replace(silent, status=400), whole=False)
    assert figures(store, 1, CONFIGURATION).cost == 0.0
    StoredAnswers(store, price=lambda prompt, completion: 1.0 * prompt).keep(silent, whole=True)
    assert figures(store, 1, CONFIGURATION).cost is None


def test_an_answer_that_is_damaged_is_asked_for_anew(store: Store) -> None:
    question = Question("POST", "http://127.0.0.1/v1", {})
    StoredAnswers(store).keep(Exchange(question, completion("1").json(), Authored("for a test")), whole=True)
    store.write("UPDATE answers SET exchange = x'00'")
    assert StoredAnswers(store).find(question) is None


def test_a_run_where_nothing_can_be_written_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    World(store := Store(tmp_path, create=True), 2)
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(OutputError, match="it was not closed, and nothing can be written there"):
        Store(tmp_path)
    store.close()
    with Store(tmp_path) as fixed:
        assert fixed.row("SELECT count(*) FROM documents") == (2,)
        with pytest.raises(OutputError, match="cannot be written"):
            fixed.write("DELETE FROM documents")


def test_another_programs_file_is_left_as_it_is(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("CREATE TABLE documents (id INTEGER)")
    other.close()
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(UsageError, match="is no run"):
        Store(tmp_path)
    assert (tmp_path / FILE).read_bytes() == before
