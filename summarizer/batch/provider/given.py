"""The answers that a round finds in the store: whole ones, and those that a batch brought, cut and refused ones among them.

Who is asked live hears a cut answer once, and goes on from there. A round runs the same pipeline again from its beginning, so
that it has to hear it every time, until its document is settled.
"""

from __future__ import annotations

from summarizer.batch.answers import StoredAnswers
from summarizer.batch.provider.lines import Lines
from summarizer.batch.store import Store
from summarizer.errors import GivenUp
from summarizer.llm.cassette import Exchange, Question

MOST_TRIES = 3
"""How often a question is asked in batches of which nothing comes."""


class Given:
    """What `Caching` gives in a round. It keeps nothing: what passes there beside it is no answer, but a note."""

    def __init__(self, store: Store, *, name: str) -> None:
        """`name` of the model, for messages."""
        self._stored = StoredAnswers(store)
        self._lines = Lines(store)
        self._name = name
        self._unfit: list[Question] = []

    def find(self, question: Question) -> Exchange | None:
        """The answer to this question; None where it is still to be asked. Raises GivenUp where there will be none."""
        whole = self._stored.find(question)
        if whole is not None:
            return whole
        past = self._lines.past(question)
        if past.answered:
            return self._stored.last(question)
        if past.refused is not None:
            raise GivenUp(past.refused)
        if past.vain >= MOST_TRIES:
            raise GivenUp(
                f"{self._name!r} gave no answer in {past.vain} batches ({past.reason}): try again with --retry-failed"
            )
        return None

    def keep(self, exchange: Exchange, *, whole: bool) -> None:
        """Nothing: it is a note."""

    def forget(self, question: Question) -> None:
        """Do not give this answer again once the document is settled: until then its pipeline would ask for it anew."""
        self._unfit.append(question)

    def begin(self) -> None:
        """The pipeline of another document begins."""
        self._unfit.clear()

    def settle(self) -> None:
        """The document is done, or has failed. Raises OutputError."""
        for question in self._unfit:
            self._stored.forget(question)
            self._lines.forget(question)
        self._unfit.clear()
