"""The whole journey of the seed, on the recordings of the embedded model in `fixtures/`, without a network."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from builders import EMBEDDED
from summarizer import Briefing, Document, Settings, SummarizerError, connect, read, summarise
from summarizer.briefing import json_schema
from summarizer.cli import run
from summarizer.cli.summarise import summarise as summarise_command
from summarizer.llm.cassette import Cassette
from summarizer.llm.cassette.inspection import listing
from summarizer.rendering import render

ROOT = Path(__file__).parent.parent
SEED = ROOT / "seeds" / "ceasefire-call.txt"
TAPE = ROOT / "fixtures" / "ceasefire-call"


def replayed(report: str | Path | Document) -> Briefing:
    with connect(EMBEDDED, settings=Settings.from_environment(), replay=TAPE) as model:
        return summarise(report, model=model)


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    return replayed(replace(read(SEED), source="seeds/ceasefire-call.txt"))


def test_every_passage_was_answered(briefing: Briefing) -> None:
    coverage = briefing.coverage
    assert (coverage.passages, coverage.gaps) == (coverage.sentences, 0)
    assert briefing.provenance.usage.calls == briefing.provenance.usage.cached == coverage.passages


def test_every_quotation_is_the_sources_own_words_at_its_place(briefing: Briefing) -> None:
    text = SEED.read_text()
    assert briefing.document.text == text
    for item in briefing.items:
        for evidence in item.evidence:
            start, end = briefing.document.sentence(evidence.sentence)
            assert text[evidence.start : evidence.end] == evidence.quote
            assert start <= evidence.start < evidence.end <= end


def test_the_demands_of_the_last_sentence_are_three(briefing: Briefing) -> None:
    last = [demand for demand in briefing.demands if demand.evidence[0].sentence == briefing.document.sentences]
    assert [demand.evidence[0].quote for demand in last] == [
        "Russia must retain control of occupied Ukrainian territory",
        "Western sanctions should be lifted",
        "Ukraine must hold a presidential election",
    ]


def test_every_reference_leads_to_something(briefing: Briefing) -> None:
    parties = {party.id for party in briefing.parties}
    items = {item.id for item in briefing.items}
    assert all(set(item.parties) <= parties for item in briefing.items)
    assert all(set(demand.addressees) <= parties for demand in briefing.demands)
    assert all(set(sentence.items) <= items for sentence in briefing.summary)
    assert len(items) == len(briefing.items)


def test_the_briefing_validates_against_the_published_schema(briefing: Briefing) -> None:
    jsonschema.validate(json.loads(briefing.to_json()), json_schema(), cls=jsonschema.Draft202012Validator)


def test_a_path_its_text_and_its_document_give_the_same_items(briefing: Briefing) -> None:
    document = Document(SEED.read_text(), source="elsewhere")
    assert replayed(SEED.read_text()).items == replayed(document).items == briefing.items


def test_the_command_prints_the_same_briefing_twice(capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for _ in range(2):
        assert run(summarise_command, "summarise", [str(SEED), "--replay", str(TAPE), "--format", "json"]) == 0
        printed.append(json.loads(capsys.readouterr().out))
        for field in ("created", "seconds"):
            del printed[-1]["provenance"][field]
    assert printed[0] == printed[1]


def test_the_example_in_the_docs_is_what_the_program_prints(briefing: Briefing) -> None:
    printed, example = render(briefing), (ROOT / "docs" / "example.md").read_text()
    assert example.partition("## Provenance")[0] == printed.partition("## Provenance")[0]


def test_the_example_page_is_what_the_program_makes(briefing: Briefing) -> None:
    made, example = render(briefing, format="html"), (ROOT / "docs" / "examples" / "ceasefire-call.html").read_text()
    assert without_provenance(example) == without_provenance(made)


def without_provenance(page: str) -> list[str]:
    """All but the lines that tell when it was made and how long it took."""
    before, _, rest = page.partition('<h2 id="provenance">')
    return [before, rest.partition("</section>")[2]]


def test_the_example_in_the_readme_is_a_part_of_it() -> None:
    readme, example = (ROOT / "README.md").read_text(), (ROOT / "docs" / "example.md").read_text()
    shown = readme.split("```markdown\n")[1].split("```")[0]
    parts = [part.strip("\n") for part in shown.split("\n[...]\n")]
    assert len(parts) > 2
    assert all(part in example for part in parts)


def test_another_report_is_a_miss() -> None:
    with pytest.raises(SummarizerError, match="holds no answer to this request"):
        replayed(SEED.read_text().replace("Putin", "Rasputin"))


def test_the_recordings_say_that_they_were_recorded_and_each_is_used(briefing: Briefing) -> None:
    lines = list(listing(Cassette(TAPE)))
    assert len(lines) == briefing.coverage.passages
    assert {(line.origin, line.model) for line in lines} == {("recorded", "qwen2.5-coder-1.5b")}
