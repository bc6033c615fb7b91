"""No test but those marked `embedded` reaches the network or the user's own folders.

One marked `loopback` reaches 127.0.0.1, and nothing else.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

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

    connect, resolve = socket.socket.connect, socket.getaddrinfo
    hosts = ("127.0.0.1", "localhost") if "loopback" in request.keywords else ()

    def connect_here(self: socket.socket, address: Any) -> None:  # Any: of whatever family
        if address[0] not in hosts[:1]:
            raise NetworkRefused("a test reached for the network")
        connect(self, address)

    def resolve_here(host: Any, *rest: Any, **options: Any) -> Any:  # Any: socket's own types
        if host not in hosts:
            raise NetworkRefused("a test reached for the network")
        return resolve("127.0.0.1", *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", resolve_here)


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "user-cache"))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("SUMMARIZER_API_KEY", raising=False)
    if "embedded" not in request.keywords:
        monkeypatch.setenv("SUMMARIZER_WEIGHTS", str(tmp_path / "user-weights"))
