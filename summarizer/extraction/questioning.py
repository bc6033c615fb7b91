"""Asking about the passages of one report, one after the other, and keeping count of what came of each.

An answer that was cut is neither believed to be whole nor thrown away: what stands complete in it is kept, and the rest of
the passage is asked about anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summarizer.briefing import Usage
from summarizer.document import Document, Passage
from summarizer.errors import NothingUsable, Stopped
from summarizer.extraction.method import Method
from summarizer.extraction.remainder import remainder, within
from summarizer.llm.asking import Answer, Model
from summarizer.llm.failures import Gap
from summarizer.progress import Progress
from summarizer.prompting import Template
from summarizer.schema import Claim

MOST_CUTS = 3
"""How many times in a row what is left of a passage is asked about."""
MOST_HALVINGS = 2
"""How many times in a row a passage is divided of whose answer nothing stands complete: it may not be too long at all."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A passage that got no usable answer: the numbers of its sentences, the gap that it leaves, and why."""

    sentences: tuple[int, ...]
    gap: Gap
    reason: str


class Questioning:
    """The questions about one report: what was claimed, what was left unanswered, what it took."""

    def __init__(self, how: Method[Any], document: Document, template: Template, model: Model) -> None:
        # Any: each method has a response model of its own
        self._how = how
        self._document = document
        self._template = template
        self._model = model
        self._deadline = model.deadline()
        self.passages = 0
        self.answered = 0
        self.claims: list[Claim] = []
        self.unanswered: list[Unanswered] = []
        self._silent: list[Passage] = []  # asked about, or left, and nothing at all was said of them
        self.usage = Usage(cost=0.0)

    def ask(self, passage: Passage, *, progress: Progress) -> None:
        """Ask about a passage, and about what is left of it where answers are cut. Raises Stopped."""
        before = self.usage
        self._ask(passage, cuts=0)
        progress.answered(cached=self.usage.calls - before.calls == self.usage.cached - before.cached)

    def require_consent(self) -> None:
        """Raise NothingUsable when nothing but refusals has been heard: to go on would be to pay for more of them."""
        if not self.answered and self.unanswered and all(each.gap == "filtered" for each in self.unanswered):
            raise NothingUsable(unusable(self._model, self._document, self.unanswered[0].reason))

    def leave(self, passages: Sequence[Passage], why: Stopped) -> None:
        """Count these as failed without asking about them."""
        self.passages += len(passages)
        self._silent.extend(passages)
        self.unanswered.extend(_unanswered(passage, "failed", str(why)) for passage in passages)

    def _ask(self, passage: Passage, *, cuts: int) -> None:
        try:
            answer = self._model.ask(self._how.prompt(passage, self._document, self._template), deadline=self._deadline)
        except Stopped as stopped:
            self.leave([passage], stopped)
            raise
        self.passages += 1
        self.usage += answer.usage
        if answer.gap is None:
            self.answered += 1
            self.claims.extend(self._how.claims(answer.value, passage))
        else:
            made = [] if answer.partial is None else list(self._how.claims(answer.partial, passage))
            self._ask_on(passage, answer, made, cuts=cuts)

    def _ask_on(self, passage: Passage, answer: Answer[Any], made: list[Claim], *, cuts: int) -> None:
        """Keep what stands in an answer that has a gap, and ask about the rest; what is silent about that gives way to it."""
        divisible = answer.gap == "truncated" and cuts < (MOST_CUTS if made else MOST_HALVINGS)
        standing, rest = remainder(passage, made) if divisible else (made, [])
        self.claims.extend(standing)
        if not rest:
            self.unanswered.append(_unanswered(passage, answer.gap or "failed", answer.reason))
            if not made:
                self._silent.append(passage)
            return
        mark = len(self._silent)
        try:
            while rest:
                self._ask(rest.pop(0), cuts=cuts + 1)
        except Stopped as stopped:
            self.leave(rest, stopped)
            raise
        finally:
            for silent in self._silent[mark:]:
                self.claims.extend(within(silent, made))
            del self._silent[mark:]


def unusable(model: Model, document: Document, reason: str) -> str:
    """That not one answer about this report could be used, and why."""
    return f"{model.profile.name!r} gave no usable answer about {document.source!r} ({reason}): name another model"


def _unanswered(passage: Passage, gap: Gap, reason: str) -> Unanswered:
    return Unanswered(tuple(sentence.number for sentence in passage.sentences), gap, reason)
