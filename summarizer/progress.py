"""How a long job tells somebody how far it is. The methods do nothing here: override those that you want to hear."""

from __future__ import annotations


class Progress:
    """Told what goes on while a report is summarised. Never asked anything, and free to ignore it all."""

    def planned(self, passages: int, *, seconds_each: float) -> None:
        """So many passages will be asked; a live answer takes about `seconds_each` on a small machine, 0 when not known."""

    def waiting(self, why: str) -> None:
        """Something slow begins, which `why` names: loading a model, waiting for another process."""

    def answered(self, *, cached: bool) -> None:
        """One more of the planned passages is done; `cached` when the answer was at hand."""

    def downloading(self, name: str, *, done: int, total: int) -> None:
        """`done` of `total` bytes of `name` have been fetched. Called from a thread that watches the download."""
