"""Strategy `passage`, for small models: one request a sentence, and answers that can only copy.

Asked for the words first, then whose they are, then which act they are: a small model that names the kind first finds
less. Where the endpoint takes no grammar the same answer is asked for by JSON schema, and grounding withholds what is
not in the text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import BaseModel, Field, model_validator

from summarizer.acts import ACTS, BACKGROUND, ActName, as_act
from summarizer.document import Document, Passage, Sentence
from summarizer.extraction.grammar import copy_grammar
from summarizer.extraction.method import Method
from summarizer.llm import Profile
from summarizer.prompt import Prompt
from summarizer.prompting import Template, defused, fence
from summarizer.schema import Claim

MAX_TOKENS = 400
CONTEXT = 5_000
"""ASCII characters before a sentence that the model is shown. Nearly free: its prefix cache knows all but the last sentence."""
CONTEXT_STEP = 2_500
"""The context of a long report loses its beginning in steps of this many, so that the cached prefix holds in between."""
NAMED_NEAR = 1_200
"""Code points before a sentence from which a party may be named."""
LONGEST_PASSAGE = 2_000
"""ASCII characters. A longer sentence is asked about in pieces, so that request and answer fit the model."""


class Move(BaseModel):
    """One move of a party: over the wire an object, or the same values in a row, which takes fewer tokens."""

    words: str = Field(description="the words of the sentence that say what is demanded, held or decided, copied exactly")
    party: str = Field(description="who makes the move, by name, copied from the text")
    act: ActName
    addressee: str = Field(default="", description="of whom it is demanded, copied from the text; empty when it does not say")

    @model_validator(mode="before")
    @classmethod
    def _from_row(cls, value: Any) -> Any:
        return dict(zip(cls.model_fields, value, strict=False)) if isinstance(value, list) else value


class Moves(BaseModel):
    """The moves of one passage."""

    moves: list[Move]


def divide(document: Document, sentences: Sequence[Sentence], profile: Profile) -> Iterator[Passage]:
    """One passage a sentence, or several where a sentence is very long, with what stands before it."""
    width = round(len(document.text.encode()) / max(1, len(document.text)))  # bytes: where they are many, so are the tokens
    longest = LONGEST_PASSAGE // width
    for sentence in sentences:
        for offset in range(0, len(sentence.text), longest):
            start = sentence.start + offset
            context = document.text[_context_start(start, width) : start].strip()
            yield Passage(start, sentence.text[offset : offset + longest], (sentence,), context)


def prompt(passage: Passage, document: Document, template: Template) -> Prompt[Moves]:
    """The question about one passage."""
    messages = template.render(mark=fence(document), passage=defused(passage.text), context=defused(passage.context))
    near = f"{passage.context[-NAMED_NEAR:]} {passage.text}"
    grammar = copy_grammar(passage.text, names=near, acts=(*ACTS, BACKGROUND), addressed=("demands",))
    return Prompt(messages, Moves, MAX_TOKENS, grammar)


def _context_start(offset: int, width: int) -> int:
    step = CONTEXT_STEP // width
    return max(0, math.ceil((offset - CONTEXT // width) / step) * step)


def claims(answer: Moves, passage: Passage) -> Iterator[Claim]:
    """The claims that an answer makes about its passage; what it calls background is none."""
    for move in answer.moves:
        if move.act == BACKGROUND:
            continue
        made = Claim(
            kind="position",
            parties=(move.party.strip(),),
            passage=passage,
            words=move.words.strip(),
            addressees=(move.addressee.strip(),) if move.addressee.strip() else (),
        )
        yield as_act(made, move.act)


def answer_tokens(passage: Passage) -> tuple[int, int]:
    """From an empty list to several moves; measured: 5 to 115, 43 on average."""
    return 5, 120


PASSAGE = Method("passage", Moves, divide, prompt, claims, answer_tokens)
