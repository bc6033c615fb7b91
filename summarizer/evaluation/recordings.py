"""Where the recorded answers about each case lie: in a folder of its own, as `summarise CASE --record DIR/CASE` puts them."""

from __future__ import annotations

from pathlib import Path

from summarizer.evaluation.dataset import Case
from summarizer.llm.cassette import Cassette


class RecordingsByCase(Cassette):
    """The cassette of the case that was turned to last, so that one connected model serves all cases.

    It lies in `folder`/<name of the case>; where there is no such folder and exchanges lie in `folder` itself, there.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._all = folder

    def turn_to(self, case: Case) -> None:
        """Play back and record answers about this case from now on; not while another is still asked about."""
        own = self._all / case.name
        self.folder = own if own.is_dir() or not any(self._all.glob("*.json")) else self._all
