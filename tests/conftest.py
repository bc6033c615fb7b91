"""No test but those marked `embedded` reaches the network or the user's own folders; `loopback` opens 127.0.0.1 alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from pydantic import create_model

from loopback import endpoint
from summarizer import Settings, ask, connect
from summarizer.reading import confined
from summarizer.reading.confined import Bounds
from summarizer.settings import ENDPOINT_VARIABLES, KEY_VARIABLES
from summarizer.testing import network_refused

hypothesis.settings.register_profile("untimed", deadline=None)  # a slow machine fails no test
hypothesis.settings.load_profile("untimed")

LOOPBACK = frozenset({"127.0.0.1"})
PATIENT = Bounds(patience=600)  # likewise


@pytest.fixture(autouse=True)
def _network_refused(request: pytest.FixtureRequest) -> Iterator[None]:
    if "embedded" in request.keywords:
        yield
        return
    with network_refused(but=LOOPBACK if "loopback" in request.keywords else frozenset()):
        yield


@pytest.fixture(autouse=True)
def _readers_are_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "DEFAULT", PATIENT)


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "user-cache"))
    for variable in (*KEY_VARIABLES, *ENDPOINT_VARIABLES):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.delenv("SUMMARIZER_ALLOW_URL", raising=False)
    if "embedded" not in request.keywords:
        monkeypatch.setenv("SUMMARIZER_WEIGHTS", str(tmp_path / "user-weights"))
        monkeypatch.setenv("PIP_NO_INDEX", "1")  # pip runs in a process of its own, which no guard in this one reaches


@pytest.fixture(scope="session")
def all_imported() -> None:
    """All that asking imports is imported: what first came under `pytester` would come again after it, as another copy."""
    settings = Settings(cache_folder=Path(), weights_folder=Path())
    colour = create_model("Colour", colour=str)
    with endpoint('{"colour": "blue"}') as url, connect("any", settings=settings, base_url=url, cache=False) as model:
        ask("Which?", prompt="[[user]]\n{{ text }}", response_model=colour, model=model)
