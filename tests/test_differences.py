"""What a miss says: the nearest recorded request, and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest

from summarizer.errors import CassetteMiss
from summarizer.extraction.grammar import copy_grammar
from summarizer.llm.cassette import Authored, Cassette, Exchange, Question, Replaying
from summarizer.llm.cassette.differences import aspects, differences, first_words

URL = "https://example.invalid/v1/chat/completions"


def asked(
    system: str = "be brief", text: str = "Velia agreed.", *, mark: str = "1e26", url: str = URL, **more: Any
) -> Question:
    """A request about this text, fenced as every report is."""
    user = f"Sentence:\n<{mark}>\n{text}\n</{mark}>"
    messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
    return Question("POST", url, {"model": "m", "messages": messages, "temperature": 0, **more})


def grammar(text: str, *, acts: tuple[str, ...] = ("agrees",)) -> str:
    made = copy_grammar(text, names=text, acts=acts, addressed=())
    assert made is not None
    return made


def missed(folder: Path, question: Question) -> str:
    request = httpx2.Request(question.method, question.url, json=question.body)
    with pytest.raises(CassetteMiss) as miss:
        Replaying(Cassette(folder)).handle_request(request)
    return str(miss.value)


DIFFERENCES = [
    ("prompt", asked(system="be brie"), ["prompt: 'be brief' is now 'be brie'"]),
    ("model", asked(model="n"), ["model: 'm' is now 'n'"]),
    ("text", asked(text="Velia refused."), ["text: 'Velia agreed.' is now 'Velia refused.'"]),
    ("parameters", asked(temperature=1), ["parameters: 'temperature 0' is now 'temperature 1'"]),
    ("endpoint", asked(url=URL + "s"), ["endpoint: '…/completions' is now '…/completionss'"]),
    ("schema", asked(response_format="json"), ["schema: nothing is now 'response_format json'"]),
    ("line", asked(system="be brief\nbe kind"), ["prompt: '[[user]]' is now 'be kind'"]),
    ("end", asked(text="Velia agreed.\nIt rained."), ["text: '…elia agreed.' is now '…elia agreed.\\nIt rained.'"]),
    ("report", asked(mark="ab12"), ["text: the report is another one before or after this passage"]),
]


@pytest.mark.parametrize(("now", "said"), [row[1:] for row in DIFFERENCES], ids=[row[0] for row in DIFFERENCES])
def test_each_aspect_is_told_by_its_name_and_the_first_place_of_difference(now: Question, said: list[str]) -> None:
    assert differences(aspects(asked()), aspects(now)) == said


def test_a_grammar_about_another_text_is_no_other_schema() -> None:
    before = asked(text="Velia agreed on it.", grammar=grammar("Velia agreed on it."))
    now = asked(text="Velia refused all of it.", grammar=grammar("Velia refused all of it."))
    assert [each.partition(":")[0] for each in differences(aspects(before), aspects(now))] == ["text"]


def test_a_grammar_with_another_rule_is_another_schema() -> None:
    text = "Velia agreed on it."
    before, now = asked(text=text, grammar=grammar(text)), asked(text=text, grammar=grammar(text, acts=("acts",)))
    (said,) = differences(aspects(before), aspects(now))
    assert said.startswith("schema: ")
    assert "agrees" in said


def test_a_grammar_that_divides_the_same_text_otherwise_is_another_schema() -> None:
    before = asked(grammar='TEXT: %regex { "substring_chunks": ["Velia"] }')
    now = asked(grammar='TEXT: %regex { "substring_words": "Velia" }')
    (said,) = differences(aspects(before), aspects(now))
    assert said.startswith("schema: in its words of the text, ")


def test_the_input_of_an_embedding_is_its_text() -> None:
    before, now = (Question("POST", URL, {"model": "m", "input": text}) for text in ("Velia", "Ostria"))
    assert differences(aspects(before), aspects(now)) == ["text: 'Velia' is now 'Ostria'"]


def test_a_miss_is_one_line_that_names_the_folder_the_nearest_file_and_what_differs(tmp_path: Path) -> None:
    near, far = asked(text="Velia agreed."), asked(text="Ostria refused to withdraw its patrols.")
    for question in (near, far):
        Cassette(tmp_path).keep(Exchange(question, {}, Authored("a test")))
    message = missed(tmp_path, asked(text="Velia agreed!"))
    assert message == (
        f"{str(tmp_path)!r} holds no answer to this request; the nearest one, {Cassette(tmp_path).path(near).name!r}, differs."
        " Text: 'Velia agreed.' is now 'Velia agreed!'."
        " Record it again with --record, or add what is missing with --record-missing."
    )


def test_the_same_text_under_a_changed_prompt_is_nearer_than_another_text_under_it(tmp_path: Path) -> None:
    for text in ("Velia agreed.", "Ostria refused.", "Both left."):
        Cassette(tmp_path).keep(Exchange(asked(text=text), {}, Authored("a test")))
    message = missed(tmp_path, asked("be very brief", text="Ostria refused."))
    assert Cassette(tmp_path).path(asked(text="Ostria refused.")).name in message
    assert " Prompt: " in message
    assert "text: " not in message.lower()


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert missed(tmp_path, asked()) == (
        f"{str(tmp_path)!r} holds no answer to this request: nothing is recorded in it. Record it with --record."
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (asked(text="Velia\n agreed."), "Velia agreed."),
        (asked(text="word " * 30), "word " * 11 + "word…"),
        (Question("POST", URL, {"messages": [{"role": "user", "content": "Which colour?"}]}), "Which colour?"),
        (Question("GET", URL, None), "null"),
    ],
)
def test_the_first_words_are_those_of_what_was_asked_about(question: Question, words: str) -> None:
    assert first_words(question) == words


def shaped(*fields: str, nested: bool = False) -> Question:
    """A request by a schema with these fields, in this order: so a model writes them."""
    schema = {"type": "object", "properties": {field: {"type": "string", "title": field} for field in fields}}
    schema = {"properties": {"all": schema}} if nested else schema
    return asked(response_format={"type": "json_schema", "json_schema": {"schema": schema}})


@pytest.mark.parametrize("nested", [False, True])
def test_the_order_of_fields_in_a_schema_is_a_part_of_the_question(tmp_path: Path, nested: bool) -> None:
    before, now = shaped("why", "answer", nested=nested), shaped("answer", "why", nested=nested)
    Cassette(tmp_path).keep(Exchange(before, {}, Authored("a test")))
    assert " differs. Schema: " in missed(tmp_path, now)


def test_the_order_of_fields_is_in_the_file(tmp_path: Path) -> None:
    exchange = Exchange(shaped("why", "answer", "properties"), {}, Authored("a test"))
    Cassette(tmp_path).keep(exchange)
    ((path, entry),) = Cassette(tmp_path).entries()
    assert entry == exchange
    asked = path.read_text().partition('"request"')[2]
    assert asked.index('"why"') < asked.index('"answer"') < asked.rindex('"properties"')


def test_no_other_order_makes_another_question() -> None:
    body = shaped("why", "properties").body
    schema = body["response_format"]["json_schema"]["schema"]
    turned = dict(reversed(schema.items())) | {
        "properties": {k: dict(reversed(v.items())) for k, v in schema["properties"].items()}
    }
    other = dict(reversed((body | {"response_format": {"json_schema": {"schema": turned}, "type": "json_schema"}}).items()))
    assert list(other) != list(body)
    assert Question("POST", URL, other).key == Question("POST", URL, body).key


def test_a_file_in_which_fields_were_put_in_another_order_is_not_played_back(tmp_path: Path) -> None:
    question = shaped("why", "answer")
    Cassette(tmp_path).keep(Exchange(question, {}, Authored("a test")))
    path = Cassette(tmp_path).path(question)
    path.write_bytes(Exchange(shaped("answer", "why"), {}, Authored("a test")).to_bytes())
    assert "its request was edited by hand" in missed(tmp_path, question)
