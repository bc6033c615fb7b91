"""Whether copied words are no move of a party but the reporter's background, which small models take for one."""

from __future__ import annotations

import re

from summarizer.acts import act_of
from summarizer.document import Document
from summarizer.grounding.corrections.telling import Telling, telling_of
from summarizer.grounding.english.lexicon import STOPWORDS, is_move, speaks_for
from summarizer.grounding.english.mentions import mentions
from summarizer.grounding.english.verbs import has_verb
from summarizer.grounding.english.words import tokens_of
from summarizer.schema import Claim

_ASKING = frozenset({"what", "why", "how", "who", "where"})
_ASKED = re.compile(r"(?:when )?asked\b", re.IGNORECASE)


def is_background(claim: Claim, document: Document) -> tuple[str, ...]:
    """Why the words are no move: nobody says what was called a view, or what was done is no move. Else nothing."""
    telling = telling_of(claim, document)
    if telling is None:
        return ()
    if telling.sentences.endswith("?") or _is_heading(telling.sentences):
        return ("background: it is a question",)
    if telling.sentences.endswith(":") and telling.sentences[telling.end :].strip() == ":":
        return ("background: it announces what follows",)
    if _is_asked(telling):
        return ("background: it is what somebody was asked",)
    if _is_a_name(telling.words) or _only_names(claim, telling):
        return ("background: it only names somebody",)
    if claim.kind == "position" and not any(act.clause.is_speaking for act in telling.acts):
        return ("background: nobody says this there",)
    if act_of(claim) == "acts" and not any(is_move(act.clause.verb) for act in telling.governing):
        return ("background: what is done there is no move towards others",)
    return ()


def _is_heading(sentence: str) -> bool:
    """Whether it is a heading that asks what comes: "What the minister wants"."""
    words = sentence.split()
    return words[0].lower() in _ASKING and words[-1][-1].isalnum()


def _is_asked(telling: Telling) -> bool:
    """Whether the words are a question that is answered after them: "Asked whether the port would close, she ..."."""
    _, comma, _ = telling.sentences[telling.end - 1 :].partition(",")
    return bool(_ASKED.match(telling.sentences)) and bool(comma) and "," not in telling.sentences[: telling.start]


def _only_names(claim: Claim, telling: Telling) -> bool:
    """Whether the words name the party of the claim, with what it is perhaps, and say nothing of it."""
    return not has_verb(telling.words) and any(
        telling.people.acts_as(named, claim.parties[0]) for named in mentions(telling.words)
    )


def _is_a_name(words: str) -> bool:
    """Whether the words are a name and nothing said of it, an office and a comma beside it perhaps."""
    said = [token for token in tokens_of(words) if token.is_word and token.lower not in STOPWORDS]
    return any(token.is_capital for token in said) and all(
        token.is_capital or speaks_for(token.text) or token.lower in ("former", "foreign") for token in said
    )
