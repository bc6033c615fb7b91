"""Questions put to a claim, none of which needs a model: is its party named, does its statement say what the source says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from summarizer.document import Document
from summarizer.grounding.demands import says_that_it_demands
from summarizer.grounding.locating import locate
from summarizer.grounding.pronouns import is_pronoun
from summarizer.schema import Check, CheckResult, Claim, Evidence

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_NAME = re.compile(r"(?<=[\w,;:)] )[^\W\d_a-z][\w’'\-]+")
_WORD = re.compile(r"\w+")
_TELLING = 4
"""Letters from which on a word says what a sentence is about."""


def check(claim: Claim, document: Document, evidence: tuple[Evidence, ...]) -> Iterator[Check]:
    """The checks of one claim. What the code will compose from copied words needs fewer than what a model wrote."""
    yield _party(claim, document)
    if claim.kind == "demand" or claim.recast:
        yield _demand(claim, document)
    if claim.addressees or claim.reported_by:
        yield _others(claim, document)
    if claim.statement is not None:
        quoted = " ".join(each.quote for each in evidence)
        yield _figures(" ".join((claim.statement, *_terms(claim))), quoted, document)
        yield _names(claim.statement, document)
        yield _subject(claim.statement, quoted)
        yield from (_term(words, document) for words in _terms(claim))


def _party(claim: Claim, document: Document) -> Check:
    """Every party is named by the report, and by more than a pronoun."""
    if not claim.parties or not all(claim.parties):
        return Check(name="party", result="fail", reason="no party is named")
    for name in claim.parties:
        if is_pronoun(name):
            return Check(name="party", result="fail", reason=f"{name!r} is a pronoun: whose move it is was not found")
    result, reason = _named(claim, claim.parties, document)
    if result != "pass":
        return Check(name="party", result=result, reason=reason)
    if claim.pronoun:
        return Check(name="party", result="doubt", reason=f"{claim.pronoun!r} was taken for {claim.parties[0]!r}, named before")
    for name in claim.parties:
        if not _share_of(name, claim.passage.text):
            return Check(name="party", result="doubt", reason=f"{name!r} is named before, not in the sentence itself")
    return Check(name="party", result="pass", reason="every party is named where the words stand")


def _others(claim: Claim, document: Document) -> Check:
    """Those of whom it is demanded, and who tells of it, are named by the report."""
    others = (*claim.addressees, *([claim.reported_by] if claim.reported_by else []))
    result, reason = _named(claim, others, document)
    return Check(name="others", result=result, reason=reason)


def _named(claim: Claim, names: tuple[str, ...], document: Document) -> tuple[CheckResult, str]:
    """Whether the report names all of these. A copied name must stand in it as it is; of another, every telling word."""
    copied = claim.words is not None
    shares = {name: float(_stands(name, document.text)) if copied else _share_of(name, document.text) for name in names}
    for name, share in sorted(shares.items(), key=lambda named: named[1]):
        if share == 0:
            return "fail", f"the report names nobody {name!r}"
        if share < 1:
            return "doubt", f"the report does not name {name!r} in full"
    return "pass", "the report names them all"


def _stands(name: str, text: str) -> bool:
    return locate(name, text) is not None


def _share_of(name: str, text: str) -> float:
    """How many of the telling words of a name stand in the text, from 0 to 1."""
    name, text = _plain(name), _plain(text)
    words = [word for word in _WORD.findall(name) if len(word) >= _TELLING] or [name]
    return sum(_stands(word, text) for word in words) / len(words)


def _terms(claim: Claim) -> list[str]:
    return [words for words in (claim.condition, claim.deadline, claim.timing) if words]


def _term(words: str, document: Document) -> Check:
    """A condition, a time limit or a time is given in the report's words, as the model was told."""
    if _share_of(words, document.text) < 1:
        return Check(name="terms", result="doubt", reason=f"{words!r} is not in the source")
    return Check(name="terms", result="pass", reason=f"the words of {words!r} stand in the source")


def _demand(claim: Claim, document: Document) -> Check:
    """Some word of the passage says that something is demanded: small models take plain narrative for a demand."""
    if claim.recast:
        return Check(name="demand", result="doubt", reason="the model called it a demand, which no word of the sentence says")
    if document.language != "en":
        return Check(name="demand", result="not_checked", reason=f"not known how {document.language!r} says that it demands")
    if not says_that_it_demands(claim):
        return Check(name="demand", result="doubt", reason="no word of the sentence says that something is demanded")
    return Check(name="demand", result="pass", reason="the sentence says that something is demanded")


def _figures(statement: str, quoted: str, document: Document) -> Check:
    """Every number of the statement stands in its evidence."""
    held = set(_FIGURE.findall(quoted))
    missing = [figure for figure in _FIGURE.findall(statement) if figure not in held]
    elsewhere = set(_FIGURE.findall(document.text))
    for figure in missing:
        if figure not in elsewhere:
            return Check(name="figures", result="fail", reason=f"{figure} is not in the source")
    if missing:
        return Check(name="figures", result="doubt", reason=f"{missing[0]} is in the source, but not in the cited sentences")
    return Check(name="figures", result="pass", reason="every figure stands in the cited sentences")


def _names(statement: str, document: Document) -> Check:
    """Every capitalised word inside the statement occurs in the report."""
    text = _plain(document.text)
    for name in _NAME.findall(statement):
        if _plain(name) not in text:
            return Check(name="names", result="doubt", reason=f"{name!r} is not in the source")
    return Check(name="names", result="pass", reason="every name stands in the source")


def _subject(statement: str, quoted: str) -> Check:
    """The statement shares at least one telling word with its evidence."""
    telling = {word for word in _WORD.findall(_plain(statement)) if len(word) >= _TELLING}
    if telling and not telling & set(_WORD.findall(_plain(quoted))):
        return Check(name="subject", result="fail", reason="nothing that the statement speaks of is in the cited sentences")
    return Check(name="subject", result="pass", reason="the cited sentences speak of the same")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
