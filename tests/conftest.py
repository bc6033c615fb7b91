"""No test but those marked `embedded` reaches the network or the user's own folders."""

from __future__ import annotations

import socket
from pathlib import Path

import hypothesis
import pytest

hypothesis.settings.register_profile("untimed", deadline=None)  # a slow machine fails no test
hypothesis.settings.load_profile("untimed")


class NetworkRefused(AssertionError):
    """Not an OSError, so that nothing takes it for a network that is down and goes on."""


@pytest.fixture(autouse=True)
def _network_refused(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "embedded" in request.keywords:
        return

    def refuse(*_: object, **__: object) -> None:
        raise NetworkRefused("a test reached for the network")

    if "loopback" in request.keywords:
        return
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "user-cache"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("SUMMARIZER_API_KEY", raising=False)
    if "embedded" not in request.keywords:
        monkeypatch.setenv("SUMMARIZER_WEIGHTS", str(tmp_path / "user-weights"))
