"""No test but those marked `embedded` or `loopback` reaches the network, nor the user's own folders."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile("untimed", deadline=None)  # a slow machine fails no test
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _network_refused(request: pytest.FixtureRequest) -> None:
    if not {"embedded", "loopback"} & request.keywords.keys():
        request.getfixturevalue("no_network")


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "user-cache"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("SUMMARIZER_API_KEY", raising=False)
    if "embedded" not in request.keywords:
        monkeypatch.setenv("SUMMARIZER_WEIGHTS", str(tmp_path / "user-weights"))
