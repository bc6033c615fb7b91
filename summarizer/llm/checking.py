"""Whether a model does as it is told: one tiny question by schema, and one by grammar where the profile takes one.

An endpoint may ignore a schema, and a grammar that it cannot read, without a word: the answer looks like any other. So the
question asks for something else than the form that is demanded beside it, and the form of the answer tells. Asked twice, a
model also shows how fast it is once it is loaded.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from summarizer.briefing import Usage
from summarizer.errors import AnswerError
from summarizer.llm.profiles import Profile
from summarizer.prompt import Message, Prompt, Response

if TYPE_CHECKING:
    from summarizer.llm.asking import Model

QUESTION = "The flag of Velia is green. Which colour is it?"
ODD_WORD = "zwillow"
MAX_TOKENS = 400
"""Of an answer: ten would do, but some hosted models think first, at the cost of their answer."""


class Colour(BaseModel):
    """The answer by schema. Nothing in the question says that it is JSON."""

    colour: str


class Word(BaseModel):
    """The answer by grammar: one that no model would give of its own accord."""

    word: str


BY_SCHEMA = Prompt((Message("user", QUESTION),), Colour, max_tokens=MAX_TOKENS)
BY_GRAMMAR = Prompt(
    (Message("user", f'{QUESTION} Answer with a JSON object: {{"word": "..."}}'),),
    Word,
    max_tokens=MAX_TOKENS,
    grammar=f'%llguidance {{}}\nstart: "{{\\"word\\":\\"{ODD_WORD}\\"}}"',
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One question: whether the first answer had the form that was demanded, else the reason why not; and what it took."""

    obeyed: bool
    reason: str
    seconds: float
    usage: Usage


@dataclass(frozen=True, slots=True)
class Check:
    """What a model does. `grammar` is None where the profile takes none."""

    profile: Profile
    schema: Trial
    grammar: Trial | None

    @property
    def works(self) -> bool:
        """Whether the model did all that it was told."""
        return not self.consequences

    @property
    def consequences(self) -> tuple[str, ...]:
        """What the user has to expect of all that does not work, a sentence each."""
        said = []
        if not self.schema.obeyed:
            said.append(
                "The schema is ignored: answers may not fit, are then asked for again, and at last counted as failed"
                " (strategy whole, and passage where it has no grammar)."
            )
        if self.grammar is not None and not self.grammar.obeyed:
            said.append(
                "The grammar is not obeyed: strategy passage will ask by schema instead, and withhold what is not copied."
            )
        return tuple(said)

    @property
    def usage(self) -> Usage:
        """What all questions took together."""
        return self.schema.usage if self.grammar is None else self.schema.usage + self.grammar.usage

    @property
    def latency(self) -> float:
        """Seconds from the last question to its whole answer: by then the model is loaded, where there were two."""
        return self._last.seconds / max(1, self._last.usage.calls)

    @property
    def tokens_per_second(self) -> float:
        """Of the last answer, reading the question included. 0 where the endpoint does not tell its tokens."""
        return self._last.usage.completion_tokens / self._last.seconds if self._last.seconds else 0.0

    @property
    def _last(self) -> Trial:
        return self.schema if self.grammar is None or not self.grammar.usage.calls else self.grammar


def check(model: Model, *, clock: Callable[[], float] = time.monotonic) -> Check:
    """What this model does with a tiny question: one request, and another where the profile takes a grammar.

    An answer that does not fit is asked for again as often as the model's owner lets it. Raises AnswerError when the model
    cannot be asked.
    """
    schema = _tried(model, BY_SCHEMA, clock, expected=lambda answer: bool(answer.colour))
    grammar = _grammar_tried(model, clock) if model.profile.grammar else None
    return Check(model.profile, schema, grammar)


def _grammar_tried(model: Model, clock: Callable[[], float]) -> Trial:
    """By now the model can be asked. When it cannot be asked this, the grammar is most likely why, and the error is shown."""
    try:
        return _tried(model, BY_GRAMMAR, clock, expected=lambda answer: answer.word == ODD_WORD)
    except AnswerError as error:
        return Trial(obeyed=False, reason=str(error), seconds=0.0, usage=Usage(cost=0.0))


def _tried(
    model: Model, prompt: Prompt[Response], clock: Callable[[], float], *, expected: Callable[[Response], bool]
) -> Trial:
    start = clock()
    answer = model.ask(prompt)
    seconds = clock() - start
    if answer.value is None:
        return Trial(obeyed=False, reason=answer.reason, seconds=seconds, usage=answer.usage)
    if answer.usage.reasks:
        return Trial(obeyed=False, reason="the first answer did not fit", seconds=seconds, usage=answer.usage)
    if not expected(answer.value):
        return Trial(obeyed=False, reason="the answer is another", seconds=seconds, usage=answer.usage)
    return Trial(obeyed=True, reason="", seconds=seconds, usage=answer.usage)
