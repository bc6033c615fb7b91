"""Claims about small reports, and what the checks say of them."""

from __future__ import annotations

from dataclasses import replace

from builders import report
from summarizer.document import Document, Passage
from summarizer.grounding import ground
from summarizer.reading import split_sentences
from summarizer.schema import Check, Claim

CALL = report(
    "Kestrian President Tomas Rehn agreed on Monday to pause strikes on Velian ports but refused to sign a 30-day truce. "
    "Analysts suggest that the pause may be a ruse. However, he warned that a truce could help Velia to rearm."
)


def checked(
    document: Document, party: str, statement: str, *cites: int, kind: str = "position", language: str = "en"
) -> dict[str, Check]:
    """The checks of a statement that cites these sentences, by name; those that failed come from what was withheld."""
    document = replace(document, language=language)
    sentences = split_sentences(document)
    whole = Passage(sentences[0].start, document.text[sentences[0].start : sentences[-1].end], sentences)
    claim = Claim(kind, (party,), whole, cites=cites or (1,), statement=statement)  # type: ignore[arg-type]  # a Kind
    made = ground([claim], document)
    failed = [Check(name="fail", result="fail", reason=reason) for withheld in made.withheld for reason in withheld.reasons]
    return {check.name: check for check in (*failed, *(check for item in made.grounded for check in item.checks))}


def results(text: str, party: str, statement: str, *cites: int, language: str = "en") -> dict[str, str]:
    """The checks that did not pass, and the result of each."""
    checks = checked(report(text), party, statement, *cites, language=language)
    return {name: check.result for name, check in checks.items() if check.result != "pass"}


def copied(text: str, party: str, words: str, *, kind: str = "demand", verb: str = "demanded") -> dict[str, str]:
    """The checks of copied words that did not pass, of the one sentence of a text."""
    document = report(text)
    (sentence,) = split_sentences(document)
    claim = Claim(kind, (party,), Passage(0, sentence.text, (sentence,)), words=words, verb=verb)  # type: ignore[arg-type]
    made = ground([claim], document)
    return {check.name: check.result for item in made.grounded for check in item.checks if check.result != "pass"}


def party_check(text: str, party: str, statement: str, *cites: int, kind: str = "position") -> str:
    """The result of the party check: pass, doubt, or fail where the claim was withheld."""
    checks = checked(report(text), party, statement, *cites, kind=kind)
    return "fail" if "fail" in checks else checks["party"].result
