"""What of a cassette nobody needs, and what is missing in it."""

from __future__ import annotations

from pathlib import Path

from summarizer.llm.cassette import Authored, Cassette, Exchange, Origin, Question, Recorded
from summarizer.llm.cassette.inspection import Found, comparison

RECORDED = Recorded("m", "other", "2026-01-01", "0.1.0")


def asked(said: str, *, model: str = "m") -> Question:
    """A request whose text is not fenced off."""
    body = {"model": model, "messages": [{"role": "user", "content": said}]}
    return Question("POST", "https://example.invalid/v1/chat/completions", body)


def cassette(folder: Path, *questions: Question, origin: Origin = RECORDED) -> Cassette:
    for question in questions:
        Cassette(folder).keep(Exchange(question, {}, origin))
    return Cassette(folder)


def test_where_no_text_is_fenced_another_message_makes_nothing_stale(tmp_path: Path) -> None:
    tape = cassette(tmp_path, asked("Which colour?"))
    assert comparison(tape, missing=[asked("Which size?")]) == [
        Found("unused", tape.path(asked("Which colour?")).name, "Which colour?"),
        Found("missing", "-", "Which size?"),
    ]


def test_where_no_text_is_fenced_the_same_messages_to_another_model_make_an_exchange_stale(tmp_path: Path) -> None:
    tape = cassette(tmp_path, asked("Which colour?"))
    assert comparison(tape, missing=[asked("Which colour?", model="n")]) == [
        Found("stale", tape.path(asked("Which colour?")).name, "model: 'm' is now 'n'"),
        Found("missing", "-", "Which colour?"),
    ]


def test_what_a_person_wrote_is_found_unused_and_is_not_needless(tmp_path: Path) -> None:
    tape = cassette(tmp_path, asked("Which colour?"), origin=Authored("a test"))
    (found,) = comparison(tape, missing=[])
    assert found == Found("unused", tape.path(asked("Which colour?")).name, "Which colour?", authored=True)
    assert not found.is_needless
