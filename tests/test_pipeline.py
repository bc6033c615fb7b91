"""The Python call: what it takes, and what a briefing says of how it was made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders import EMBEDDED, answering, moves, report
from summarizer import Limits, summarise
from summarizer.errors import SourceError, UsageError
from summarizer.prompting import PromptLibrary

TEXT = "Velia agreed to reopen the border."
AGREED = moves(("reopen the border", "Velia", "agrees"))


def test_a_path_a_text_and_a_document_are_reports(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    briefings = [summarise(given, model=answering(AGREED)) for given in (path, TEXT, report(TEXT))]
    assert [briefing.document.source for briefing in briefings] == [str(path), "text", "text"]
    assert len({briefing.items for briefing in briefings}) == 1


def test_the_name_of_a_file_is_not_taken_for_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"'report.txt' is the name of a file: pass Path\('report.txt'\)"):
        summarise("report.txt")


def test_a_web_address_is_not_taken_for_a_report() -> None:
    with pytest.raises(UsageError, match=r"is a web address: pass read\('https://a.example/b', allow_url=True\)"):
        summarise("https://a.example/b")


def test_a_text_that_cannot_be_stored_is_an_error() -> None:
    with pytest.raises(SourceError, match="lone surrogate"):
        summarise("Velia \ud800 agreed.", model=answering(AGREED))


def test_a_briefing_says_how_it_was_made() -> None:
    made = summarise(TEXT, model=answering(AGREED)).provenance
    template = PromptLibrary().latest("passage")
    assert (made.model, made.strategy, made.prompts) == (EMBEDDED, "passage", {template.name: template.hash})
    assert (made.usage.calls, made.usage.cached, made.usage.prompt_tokens) == (1, 0, 10)


def test_the_strategy_can_be_chosen_and_is_told() -> None:
    made = summarise(TEXT, model=answering('{"items": []}'), strategy="whole")
    assert (made.provenance.strategy, list(made.provenance.prompts)) == ("whole", ["whole-v2"])


def test_a_heading_is_the_headline() -> None:
    made = summarise(f"Border to reopen\n\n{TEXT}", model=answering(moves(), AGREED))
    assert (made.document.title, made.headline) == ("Border to reopen", "Border to reopen")


def test_coverage_counts_the_sentences_that_are_cited() -> None:
    coverage = summarise(f"{TEXT} It rained.", model=answering(AGREED, moves())).coverage
    assert (coverage.sentences, coverage.cited, coverage.passages, coverage.gaps) == (2, 1, 2, 0)


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("Velia refused to pay.", (2,)),
        ("The ministry called on the Velia delegation to leave.", (2,)),
        ("He refused to pay.", ()),  # no party of the briefing is named
        ("Velian fishermen refused to pay.", ()),  # nor here: it is part of another word
        ("Velia lies in the north.", ()),  # no verb of a move
    ],
)
def test_coverage_names_the_sentences_that_name_a_party_and_a_move_and_gave_no_item(
    sentence: str, left_out: tuple[int, ...]
) -> None:
    made = summarise(f"{TEXT} {sentence}", model=answering(AGREED, moves()))
    assert made.coverage.moves_without_item == left_out


def test_in_a_language_whose_verbs_are_not_known_such_sentences_are_not_counted() -> None:
    document = replace(report("Velia fordert Fisch."), language="de")
    assert summarise(document, model=answering(moves())).coverage.moves_without_item is None


def test_a_briefing_keeps_what_the_model_claimed_in_that_order() -> None:
    answer = moves(("never said", "Dorn", "supports"), ("reopen the border", "Velia", "agrees"))
    claims = summarise(TEXT, model=answering(answer)).claims
    assert [(claim.words, claim.parties, claim.passage) for claim in claims] == [
        ("never said", ("Dorn",), (0, 34)),
        ("reopen the border", ("Velia",), (0, 34)),
    ]


def test_the_summary_cites_its_items_two_of_a_party_in_a_sentence() -> None:
    text = "".join(f"Velia agreed to point {n}. " for n in range(8))
    model = answering(*(moves((f"agreed to point {n}", "Velia", "agrees")) for n in range(8)))
    summary = summarise(text, model=model).summary
    assert [sentence.items for sentence in summary] == [(f"outcome-{n}", f"outcome-{n + 1}") for n in (1, 3, 5, 7)]


def test_limits_may_be_given_with_the_call_and_belong_to_a_connected_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "k")
    with pytest.raises(UsageError, match=r"the price of .* is not known"):
        summarise(TEXT, model="openai/unheard-of", limits=Limits(cost=1))
    with pytest.raises(UsageError, match="give them to connect"):
        summarise(TEXT, model=answering(AGREED), limits=Limits(calls=1))
