"""An answer that was cut: what stands in it is kept, the rest is asked for, and nothing is taken for what it is not."""

from __future__ import annotations

import json

import httpx2
import pytest
from pydantic import BaseModel

from builders import Wire, asked_over, completion, failure, moves, report
from summarizer.document import Passage
from summarizer.errors import LimitReached, NothingUsable
from summarizer.extraction import Extraction, Unanswered, extract
from summarizer.extraction.remainder import remainder
from summarizer.llm import Strategy
from summarizer.llm.partial import complete_part
from summarizer.progress import Progress
from summarizer.prompting import PromptLibrary
from summarizer.reading import split_sentences
from summarizer.schema import Claim

TEXT = "Kesh agreed to reopen the border on Friday. Ostria refused to withdraw. Dorn urged both to meet in the spring."
LENGTH = "the answer was cut at the token limit"


class Things(BaseModel):
    things: list[dict[str, int]]
    note: str = ""


@pytest.mark.parametrize(
    ("cut", "things"),
    [
        ('{"things": [{"a": 1}, {"b": 2}, {"c": 3', [{"a": 1}, {"b": 2}]),
        ('{"things": [{"a": 1}, {"b": 2}', [{"a": 1}]),
        ('{"things": [{"a": 1}, {"b": 2}], "note": "half a sen', [{"a": 1}]),
        ('{"things": [', []),
    ],
)
def test_of_a_cut_answer_all_but_its_end_is_complete(cut: str, things: list[dict[str, int]]) -> None:
    part = complete_part(cut, Things)
    assert part is not None
    assert (part.things, part.note) == (things, "")


@pytest.mark.parametrize("cut", ["", "I will", '{"th', "[1, 2", '{"things": 7', "{" * 100_000])
def test_what_fits_no_response_model_is_no_part_of_an_answer(cut: str) -> None:
    assert complete_part(cut, Things) is None


def item(sentence: int, statement: str, *more: int) -> dict[str, object]:
    nothing = dict.fromkeys(("stance", "status", "issue", "condition", "deadline", "timing", "reported_by"))
    return {
        "kind": "outcome",
        "parties": ["Velia"],
        "statement": statement,
        "sentences": [sentence, *more],
        "addressees": [],
        "core": False,
        **nothing,
    }


def cut(*items: dict[str, object]) -> httpx2.Response:
    """An answer with these items, the last one of which was being written."""
    return completion(json.dumps({"items": [*items, item(3, "lost")]})[:-30], finish_reason="length")


def whole(*items: dict[str, object]) -> str:
    return json.dumps({"items": list(items)})


def extracted(wire: Wire, strategy: Strategy = "whole", text: str = TEXT) -> Extraction:
    document = report(text)
    model = asked_over(wire, name="m", base_url="http://x.invalid/v1")
    return extract(
        document,
        split_sentences(document),
        model=model,
        strategy=strategy,
        prompts=PromptLibrary(),
        progress=Progress(),
    )


def said(made: Extraction) -> list[str | None]:
    return [claim.statement for claim in made.claims]


def test_the_rest_is_asked_for_from_the_last_complete_item_on() -> None:
    wire = Wire([cut(item(1, "a"), item(2, "b")), whole(item(2, "b"), item(3, "c"))])
    made = extracted(wire)
    assert (said(made), made.unanswered, made.passages) == (["a", "b", "c"], (), 2)
    shown = str(wire.bodies[1]["messages"])
    assert "2 Ostria refused" in shown
    assert "1 Kesh agreed" not in shown


def test_items_in_no_order_are_asked_for_again_in_two_halves() -> None:
    wire = Wire([cut(item(3, "c"), item(1, "a")), whole(item(1, "a")), whole(item(3, "c"))])
    made = extracted(wire)
    assert (said(made), made.unanswered, len(wire.requests)) == (["a", "c"], (), 3)


def test_where_the_rest_gets_no_answer_what_stood_complete_is_kept_and_the_gap_is_counted() -> None:
    wire = Wire([cut(item(1, "a"), item(2, "b")), completion(None, refusal="no")])
    made = extracted(wire)
    assert said(made) == ["a", "b"]
    assert made.unanswered == (Unanswered((2, 3), "filtered", "the model refused: no"),)


def test_an_answer_in_which_nothing_is_complete_is_not_asked_for_again() -> None:
    wire = Wire([completion('{"items": [' + "\n" * 100, finish_reason="length")])
    with pytest.raises(NothingUsable, match=LENGTH):
        extracted(wire)
    assert len(wire.requests) == 1


def test_an_endpoint_that_always_cuts_is_asked_a_bounded_number_of_times() -> None:
    wire = Wire([cut(item(1, "a"), item(2, "b"))])
    made = extracted(wire)
    assert len(wire.requests) == 2
    assert {gap.gap for gap in made.unanswered} == {"truncated"}
    assert "a" in said(made)


def test_a_long_sentence_is_asked_about_again_from_the_last_words_that_were_copied() -> None:
    text = "Kesh agreed to reopen the border on Friday, Dorn urged both to meet in the spring, and Ostria refused to withdraw."
    opened, urged, refused = (
        ("reopen the border", "Kesh", "agrees"),
        ("both to meet", "Dorn", "demands", ""),
        ("refused to withdraw", "Ostria", "refuses"),
    )
    wire = Wire([completion(moves(opened, urged, refused)[:-9], finish_reason="length"), moves(urged, refused)])
    made = extracted(wire, "passage", text)
    assert [claim.words for claim in made.claims] == ["reopen the border", "both to meet", "refused to withdraw"]
    assert made.claims[1].passage.text == text[text.index("both to meet") :]
    assert made.unanswered == ()


def test_a_passage_is_divided_so_that_nothing_is_lost() -> None:
    document = report(TEXT)
    sentences = tuple(split_sentences(document))
    passage = Passage(0, TEXT, sentences)
    claims = [Claim("outcome", ("Velia",), passage, cites=(number,)) for number in (2, 1)]
    kept, (first, second) = remainder(passage, claims)
    assert kept == []
    assert (first.sentences + second.sentences) == sentences
    assert TEXT[first.start : first.end].rstrip() == first.text
    assert TEXT[second.start : second.end] == second.text


def test_a_limit_in_the_middle_keeps_what_was_answered_and_says_why_the_rest_is_missing() -> None:
    stop = LimitReached("the limit of 1 calls is reached")
    made = extracted(Wire([moves(("reopen the border", "Velia", "agrees")), stop]), "passage")
    assert [claim.words for claim in made.claims] == ["reopen the border"]
    assert made.stopped is stop
    assert [(gap.sentences, gap.reason) for gap in made.unanswered] == [((2,), str(stop)), ((3,), str(stop))]
    assert made.passages == 3


def test_a_limit_within_a_cut_answer_keeps_what_stood_complete_in_it() -> None:
    stop = LimitReached("the limit of 1 call is reached")
    for items, kept in (((item(1, "a"), item(2, "b")), ["a", "b"]), ((item(3, "c"), item(1, "a")), ["c", "a"])):
        made = extracted(Wire([cut(*items), stop]))
        assert sorted(filter(None, said(made))) == sorted(kept)
        assert made.stopped is stop
        assert {gap.reason for gap in made.unanswered} == {str(stop)}
        assert made.passages == 1 + len(made.unanswered)


def test_an_endpoint_that_refuses_the_key_in_the_middle_ends_the_report_with_what_there_is() -> None:
    made = extracted(Wire([moves(), failure(401), moves()]), "passage")
    assert made.stopped is not None
    assert made.stopped.exit_status == 4
    assert len(made.unanswered) == 2


LONG_TEXT = " ".join(f"Kesh agreed to point {n} of the plan, which is long and has many words in it." for n in range(40))


def test_a_long_report_of_whose_answer_nothing_stands_is_divided_and_a_short_one_is_not() -> None:
    too_long = failure(400, code="context_length_exceeded")
    wire = Wire([too_long, whole(item(1, "a")), whole(item(30, "b"))])
    made = extracted(wire, text=LONG_TEXT)
    assert (said(made), made.unanswered, len(wire.requests)) == (["a", "b"], (), 3)


def test_a_model_that_goes_round_in_circles_is_asked_a_bounded_number_of_times() -> None:
    wire = Wire([completion('{"items": [' + "\n" * 100, finish_reason="length")])
    with pytest.raises(NothingUsable, match=LENGTH):
        extracted(wire, text=LONG_TEXT)
    assert len(wire.requests) <= 7


def test_a_model_that_refuses_the_beginning_of_a_report_is_not_asked_for_the_rest() -> None:
    wire = Wire([completion(None, refusal="I cannot help.")])
    with pytest.raises(NothingUsable, match="the model refused"):
        extracted(wire, text=" ".join([LONG_TEXT] * 30))
    assert len(wire.requests) == 1
