"""Whether a briefing holds: what is found in one that was altered, and what is not said of one that was not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from builders import answering, completion, moves, report
from summarizer import Briefing, SummarizerError, summarise, verify
from summarizer.document import Document
from summarizer.errors import SourceError
from summarizer.extraction import schema_hash
from summarizer.prompting import PromptLibrary
from summarizer.settings import POLICIES, Policy
from summarizer.verifying import Verification
from summarizer.verifying.standing import not_standing
from summarizer.verifying.text import parse
from verifying import FORGERIES, edited, forgeries, numbers, offsets, quotations, seed_briefing, whatever_follows

TEXT = "Velia agreed to reopen the border. Lena Dorn said that Ostria must leave. She also wants the harbour. It rained."
REPORT = report(TEXT)
ANSWERS = (
    moves(("reopen the border", "Velia", "agrees"), ("never said", "Velia", "supports")),
    moves(("Ostria must leave", "Lena Dorn", "demands", "Ostria")),
    moves(("wants the harbour", "Velia", "demands")),
    moves(),
)
Record = dict[str, Any]  # Any: JSON


def briefing(document: Document = REPORT, *, policy: Policy = "show") -> Briefing:
    return summarise(document, model=answering(*ANSWERS), policy=policy)


def record() -> Record:
    return json.loads(briefing().to_json())  # type: ignore[no-any-return]  # JSON


def findings(forged: Record) -> list[str]:
    return [str(finding) for finding in verify(json.dumps(forged)).findings]


SHIPPED = PromptLibrary().latest("passage")
NOT_COMPARED = "not compared with the source 'text', which is not here: give it with --source"


@pytest.mark.parametrize("policy", POLICIES)
def test_a_briefing_as_it_was_made_holds_under_every_policy(policy: Policy) -> None:
    made = verify(briefing(policy=policy))
    assert (made.holds, made.findings, made.notes) == (True, (), (NOT_COMPARED,))


def test_what_there_was_to_verify_is_counted() -> None:
    counts = verify(briefing()).counts
    assert (counts.items, counts.quotations, counts.withheld, counts.sentences) == (3, 3, 1, 4)


def test_a_briefing_by_strategy_whole_holds() -> None:
    nothing = dict.fromkeys(("stance", "issue", "condition", "deadline", "timing", "reported_by"))
    item = {"kind": "outcome", "parties": ["Velia"], "statement": "Velia agreed to reopen the border.", "sentences": [1, 9]}
    answer = json.dumps({"items": [nothing | item | {"status": "agreed", "addressees": [], "core": True}]})
    made = summarise(TEXT, model=answering(answer), strategy="whole")
    assert (len(made.items), verify(made).findings) == (1, ())


def test_a_briefing_with_gaps_and_one_without_a_word_hold() -> None:
    cut = completion('{"moves": [["reopen the border", "Velia", "agrees"]', finish_reason="length")
    gaps = summarise(TEXT, model=answering(cut, *ANSWERS[1:]))
    assert (gaps.coverage.gaps, verify(gaps).findings) == (1, ())
    assert verify(summarise(Document(" "), model=answering(moves()))).findings == ()


def test_a_long_sentence_that_was_asked_about_in_pieces_holds() -> None:
    text = f"Velia agreed to reopen the border, {'and to talk on, ' * 300}and to free the fishermen."
    made = summarise(text, model=answering(ANSWERS[0], moves(("free the fishermen", "Velia", "agrees"))))
    assert (made.coverage.passages > made.coverage.sentences, verify(made).findings) == (True, ())


@pytest.fixture(scope="module")
def seed() -> Record:
    return seed_briefing()


def test_the_briefing_of_the_seed_holds(seed: Record) -> None:
    assert verify(json.dumps(seed)).findings == ()


def test_a_thousand_edits_of_one_character_in_quotations_offsets_and_sentence_numbers_are_all_found(seed: Record) -> None:
    chance = random.Random(1)
    missed = []
    for number in range(1_002):
        forged = edited(seed, (quotations, offsets, numbers)[number % 3], chance)
        read = parse(json.dumps(forged), "forged")
        if isinstance(read, Briefing) and not any(not_standing(read)):
            missed.append(forged)
    assert missed == []


def test_edits_of_one_character_anywhere_in_what_follows_from_the_claims_are_all_found(seed: Record) -> None:
    chance = random.Random(2)
    forged = [edited(seed, whatever_follows, chance) for _ in range(100)]
    assert [each for each in forged if verify(json.dumps(each)).holds] == []


@pytest.mark.parametrize("name", FORGERIES)
def test_what_somebody_might_do_who_knows_the_format_is_found(name: str, seed: Record) -> None:
    assert not verify(json.dumps(dict(forgeries(seed))[name])).holds


def altered(alter: Callable[[Record], object]) -> Record:
    forged = record()
    alter(forged)
    return forged


@pytest.mark.parametrize(
    ("alter", "found"),
    [
        (
            lambda it: it["outcomes"][0]["evidence"][0].update(quote="reopen the harbour"),
            "outcomes[0].evidence[0].quote: there is 'reopen the harbour'; there should be 'reopen the border',"
            " as document.text[16:33] has",
        ),
        (
            lambda it: it["outcomes"][0]["evidence"][0].update(sentence=2),
            "outcomes[0].evidence[0].sentence: there is 2, which is [35:73]; there should be the sentence that holds [16:33]",
        ),
        (
            lambda it: it["outcomes"][0]["evidence"][0].update(sentence=99),
            "outcomes[0].evidence[0].sentence: there is 99; there should be at most 4",
        ),
        (
            lambda it: it["outcomes"][0].update(parties=["party-9"]),
            "outcomes[0].parties[0]: there is 'party-9'; there should be the id of a party",
        ),
        (
            lambda it: it["summary"][0].update(items=["outcome-9"]),
            "summary[0].items[0]: there is 'outcome-9'; there should be the id of an item",
        ),
        (
            lambda it: it["demands"][1].update(verdict="flagged"),
            "demands[1].verdict: there is 'flagged'; there should be 'grounded', by its checks",
        ),
        (
            lambda it: it["coverage"].update(cited=4),
            "coverage.cited: there is 4; there should be 3",
        ),
        (
            lambda it: it["coverage"].update(moves_without_item=[4]),
            "coverage.moves_without_item[0]: there is 4; there should be nothing",
        ),
        (
            lambda it: it["coverage"].update(failed=9),
            "coverage.passages: there is 4; there should be at least 9, as many as got no whole answer",
        ),
        (
            lambda it: it["outcomes"].pop(),
            "outcomes: there is nothing more; there should be outcome-1, 'Velia agreed to “reopen the border”.'",
        ),
        (
            lambda it: it["demands"].reverse(),
            "demands: there is another order; there should be the order that follows from the claims",
        ),
        (
            lambda it: it["withheld"].clear(),
            "withheld: there is nothing more; there should be {'kind': 'position', 'item': {'parties': ['Velia'],"
            " 'words': 'never said', 'stat…",
        ),
        (
            lambda it: it.update(headline="Peace at last"),
            "headline: there is 'Peace at last'; there should be 'Velia agreed to reopen the border'",
        ),
        (
            lambda it: it["document"].update(sentence_spans=[[0, 34], [35, 73], [74, 101], [103, 112]]),
            "document.sentence_spans[3]: there is 'I' in no sentence; there should be every word in one sentence",
        ),
        (
            lambda it: it["claims"][0].update(passage=[34, 73]),
            "claims[0].passage: there is [34, 73]; there should be a place in document.text that begins in a sentence",
        ),
        (
            lambda it: it["provenance"].update(prompts={"whole-v1": "0"}),
            "provenance.prompts: there is ['whole-v1']; there should be one template of strategy passage, passage-v1 or so",
        ),
    ],
)
def test_a_finding_says_where_what_is_there_and_what_should_be(alter: Callable[[Record], object], found: str) -> None:
    assert found in findings(altered(alter))


def test_a_thing_that_does_not_hold_is_said_once() -> None:
    assert len(findings(altered(lambda it: it["outcomes"][0]["evidence"][0].update(quote="reopen the harbour")))) == 1


def test_an_item_that_is_no_longer_made_does_not_make_all_after_it_differ() -> None:
    points = ("point one", "point two", "point three")
    text = " ".join(f"Velia agreed to {point}." for point in points)
    made = summarise(text, model=answering(*(moves((point, "Velia", "agrees")) for point in points)))
    forged = json.loads(made.to_json())
    forged["claims"][0].update(words="never said")
    found = verify(json.dumps(forged)).findings
    assert [(each.where, each.expected) for each in found if each.where.startswith("outcomes")] == [("outcomes[0]", "nothing")]
    assert "withheld" in [each.where for each in found]


def test_an_altered_text_does_not_have_the_hash_and_one_with_the_hash_does_not_carry_the_claims() -> None:
    altered_text = altered(lambda it: it["document"].update(text=TEXT.replace("border", "harbor")))
    assert findings(altered_text)[0].startswith("document.id: there is ")
    made = briefing(report(TEXT.replace("border", "harbor")))
    assert len(made.withheld) == 2


@pytest.mark.parametrize(
    ("alter", "note"),
    [
        (
            lambda it: it["provenance"].update(prompts={"passage-v1": "0" * 64}),
            f"made with another prompt: passage-v1 was '{'0' * 64}', and this version has {SHIPPED.hash}",
        ),
        (
            lambda it: it["provenance"].update(schema="0" * 64),
            f"made with another response schema: '{'0' * 64}', and {schema_hash('passage')} in this version",
        ),
    ],
)
def test_another_prompt_or_schema_is_a_note_of_another_version_and_a_finding_of_this(
    alter: Callable[[Record], object], note: str
) -> None:
    forged = altered(alter)
    assert not verify(json.dumps(forged)).holds
    forged["provenance"]["summarizer"] = "9.0"
    of_another = verify(json.dumps(forged))
    assert (of_another.holds, note in of_another.notes) == (True, True)
    assert of_another.notes[0].startswith("made with summarizer '9.0', verified with ")


def test_templates_of_ones_own_are_compared_where_they_are_given(tmp_path: Path) -> None:
    (tmp_path / "passage-v7.j2").write_text("[[user]]\n{{ mark }} {{ passage }} {{ context }}")
    made = summarise(TEXT, model=answering(*ANSWERS), prompts=tmp_path)
    assert verify(made, prompts=tmp_path).holds
    (without,) = verify(made).findings
    assert (without.where, without.expected) == (
        "provenance.prompts.passage-v7",
        "what this version has, none of that name: give --prompts DIR for one of your own",
    )


def test_the_source_is_compared_where_it_is_given_and_where_it_is_found(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    assert verify(briefing(), source=path) == Verification(findings=(), counts=verify(briefing()).counts)
    from_file = briefing(replace(REPORT, source=str(path)))
    assert verify(from_file).notes == ()
    path.write_text(TEXT.replace("Ostria", "Kestria"))
    other = briefing(report(path.read_text())).document.id
    for found in (verify(from_file).findings, verify(briefing(), source=path).findings):
        assert [(each.where, each.expected) for each in found] == [
            ("document.id", f"'{other}', the SHA-256 of the source '{path}', which differs from character 55 on")
        ]


def test_a_source_that_cannot_be_read_is_an_error_where_it_was_given_and_a_note_where_it_was_found(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"\xff")
    with pytest.raises(SourceError, match="is not UTF-8"):
        verify(briefing(), source=path)
    (note,) = verify(briefing(replace(REPORT, source=str(path)))).notes
    assert note.startswith("not compared with the source: ")


@pytest.mark.parametrize("source", ["a\0b", "x" * 100_000, "/dev/zero", "//elsewhere/report.txt", "\\\\elsewhere\\report.txt"])
def test_a_source_that_is_no_file_here_is_not_opened(source: str) -> None:
    (note,) = verify(json.dumps(altered(lambda it: it["document"].update(source=source)))).notes
    assert note.startswith("not compared with the source ")


def test_sentences_and_a_title_that_the_program_would_read_otherwise_are_notes() -> None:
    made = summarise(replace(report("It rained; it poured."), title="Weather"), model=answering(moves()))
    forged = json.loads(made.to_json())
    forged["document"].update(sentences=2, sentence_spans=[[0, 10], [11, 21]])
    forged["coverage"].update(sentences=2)
    verified = verify(json.dumps(forged))
    assert (verified.findings, verified.notes[:2]) == (
        (),
        (
            "today 1 sentences are found, and 2 are recorded; they differ from sentence 1 on",
            "the title 'Weather' was given, not read: the text gives None",
        ),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("x" * 1_000, "cannot be read as JSON"),
        ("[" * 200_000, "nested too deeply"),
        ('{"schema_version": 1, "document": ' + "[" * 500 + "]" * 500 + "}", r"cannot be read as JSON \(.*recursion limit"),
        ('{"schema_version": 1, "document": NaN}', "NaN is no number in JSON"),
        ('{"schema_version": 1, "document": -1e999}', "-1e999 is beyond every number"),
        ('{"schema_version": 1, "schema_version": 1}', "stands twice"),
        ('{"schema_version": 1, "document": ' + "9" * 5_000 + "}", r"cannot be read as JSON \(.*4300 digits"),
        ('{"schema_version": 1, "document": "\\ud800"}', "cannot be read as JSON"),
        ("[]", "no briefing"),
        ("12", "no briefing"),
        ('{"a": 1}', "no briefing"),
        ('{"schema_version": 2, "document": {}}', "schema_version 2"),
        ('{"schema_version": true, "document": {}}', "schema_version True"),
        ('{"schema_version": {"\\u001b[31m": 1}, "document": {}}', r"schema_version \{.\\x1b"),
    ],
)
def test_what_is_no_briefing_is_an_error_of_one_line(text: str, message: str) -> None:
    with pytest.raises(SummarizerError, match=message) as raised:
        verify(text, name="it")
    assert len(str(raised.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("alter", "where"),
    [
        (lambda it: it.update(parties=3), ["parties"]),
        (lambda it: it.update(surprise=1), ["surprise"]),
        (lambda it: it["outcomes"][0]["evidence"][0].update(start="16"), ["outcomes[0].evidence[0].start"]),
        (lambda it: it["outcomes"][0]["evidence"][0].update(start=16.0), ["outcomes[0].evidence[0].start"]),
        (lambda it: it["outcomes"][0]["evidence"][0].update(start=-1), ["outcomes[0].evidence[0].start"]),
        (lambda it: it["outcomes"][0]["evidence"][0].pop("quote"), ["outcomes[0].evidence[0].quote"]),
        (lambda it: it["demands"][0].update(core=1, verdict="sure"), ["demands[0].core", "demands[0].verdict"]),
    ],
)
def test_a_briefing_that_does_not_fit_the_schema_does_not_hold(alter: Callable[[Record], object], where: list[str]) -> None:
    verified = verify(json.dumps(altered(alter)))
    assert [finding.where for finding in verified.findings] == where
    assert verified.notes == ("nothing else was verified, since it does not fit the schema",)


@pytest.mark.parametrize(
    "alter",
    [
        lambda it: it["document"].update(text="", sentences=0, sentence_spans=[]),
        lambda it: it["document"].update(text="   "),
        lambda it: it["document"].update(language="zz\0"),
        lambda it: it["document"].update(sentence_spans=[[10**400, -5], [3, 1]]),
        lambda it: it["outcomes"][0]["evidence"][0].update(start=10**300, end=10**301, sentence=10**200),
        lambda it: it["claims"][0].update(passage=[-4, 10**30], context=10**40),
        lambda it: it["claims"][0].update(words=" ", passage=[34, 40]),
        lambda it: it["claims"][0].update(words="", parties=[]),
        lambda it: it["claims"][0].update(words=None, statement="", cites=[-1, 10**50, 1], parties=["", ""], addressees=[" "]),
        lambda it: it["provenance"].update(prompts={"../../passage-v1": "x"}),
    ],
)
def test_values_that_no_briefing_has_are_findings_and_nothing_worse(alter: Callable[[Record], object]) -> None:
    assert findings(altered(alter)) != []


def test_a_finding_cannot_steer_a_terminal() -> None:
    (found,) = findings(altered(lambda it: it.update(headline="\x1b[31m\u202eevil\n\x9b")))
    assert found.isprintable()
