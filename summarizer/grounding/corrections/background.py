"""Whether copied words are no move of a party but the reporter's background, which small models take for one."""

from __future__ import annotations

from summarizer.acts import act_of
from summarizer.document import Document
from summarizer.grounding.corrections.telling import telling_of
from summarizer.grounding.english.lexicon import STOPWORDS, is_move, speaks_for
from summarizer.grounding.english.words import tokens_of
from summarizer.schema import Claim


def _is_a_name(words: str) -> bool:
    """Whether the words are a name and nothing said of it, an office and a comma beside it perhaps."""
    said = [token for token in tokens_of(words) if token.is_word and token.lower not in STOPWORDS]
    return any(token.is_capital for token in said) and all(
        token.is_capital or speaks_for(token.text) or token.lower in ("former", "foreign") for token in said
    )


def is_background(claim: Claim, document: Document) -> tuple[str, ...]:
    """Why the words are no move: nobody says what was called a view, or what was done is no move. Else nothing."""
    telling = telling_of(claim, document)
    if telling is None:
        return ()
    if telling.sentences.endswith("?"):
        return ("background: it is a question",)
    if _is_a_name(telling.words):
        return ("background: it only names somebody",)
    if claim.kind == "position" and not any(act.clause.is_speaking for act in telling.acts):
        return ("background: nobody says this there",)
    if act_of(claim) == "acts" and not any(is_move(act.clause.verb) for act in telling.governing):
        return ("background: what is done there is no move towards others",)
    return ()
