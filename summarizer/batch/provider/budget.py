"""The user's limits, kept before anything is submitted: a line goes into a batch only when the worst that it can take is left.

What a batch really took is known when it is back; then the rest of what was reserved is free for the next. So a limit is never
passed, and as many rounds run as fit. Limits are those of one call of the program, as they are when it asks live.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.llm.cassette import Question
from summarizer.llm.metering import Taken, reached_by, require_price, worst_of
from summarizer.llm.prices import Price
from summarizer.settings import Limits

SHARE_OF_PRICE = 0.5
"""What a token costs in a batch, of what it costs live: https://help.openai.com/en/articles/9197833-batch-api-faq."""


def in_batches(price: Price | None) -> Price | None:
    """The price of tokens in batches, from that of tokens that are asked for live."""
    return None if price is None else lambda prompt, completion: SHARE_OF_PRICE * price(prompt, completion)


class Budget:
    """What is left of the limits."""

    def __init__(self, limits: Limits, price: Price | None, *, name: str) -> None:
        """`price` in batches of the model called `name`. Raises UsageError for a limit of money where it is not known."""
        require_price(limits, price, name=name)
        self._limits = limits
        self._price = price or (lambda prompt, completion: 0.0)
        self._taken = self._reserved = Taken()
        self.reached = ""
        """Why something did not fit since the last `settle`; empty when all did."""

    def reserve(self, questions: Sequence[Question]) -> bool:
        """Reserve the worst that these can take together; gives whether it was left."""
        worst = sum((worst_of(question.body, self._price) for question in questions), Taken())
        reached = reached_by(self._taken + self._reserved, worst, self._limits)
        self.reached = self.reached or reached
        if not reached:
            self._reserved += worst
        return not reached

    def settle(self, used: Taken) -> None:
        """Count what the batches took that are back, and free what was reserved for them."""
        self._taken += used
        self._reserved = Taken()
        self.reached = ""
