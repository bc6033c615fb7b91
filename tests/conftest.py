"""No test but those marked `embedded` reaches the network or the user's own folders; `loopback` opens 127.0.0.1 alone."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from summarizer.settings import ENDPOINT_VARIABLES, KEY_VARIABLES

hypothesis.settings.register_profile("untimed", deadline=None)  # a slow machine fails no test
hypothesis.settings.load_profile("untimed")


LOOPBACK = "127.0.0.1"


class NetworkRefused(AssertionError):
    """Not an OSError, so that nothing takes it for a network that is down and goes on."""


@pytest.fixture(autouse=True)
def _network_refused(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "embedded" in request.keywords:
        return
    hosts = {LOOPBACK} if "loopback" in request.keywords else set()
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_to(self: socket.socket, address: tuple[str, int]) -> None:
        _refuse_unless(address[0] in hosts)
        connect(self, address)

    def look_up_in(host: str, *rest: Any, **options: Any) -> Any:  # Any: the parameters are the socket module's
        _refuse_unless(host in hosts)
        return look_up(host, *rest, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_to)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_in)


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise NetworkRefused("a test reached for the network")


@pytest.fixture(autouse=True)
def _own_folders(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "user-cache"))
    for variable in (*KEY_VARIABLES, *ENDPOINT_VARIABLES):
        monkeypatch.delenv(variable, raising=False)
    if "embedded" not in request.keywords:
        monkeypatch.setenv("SUMMARIZER_WEIGHTS", str(tmp_path / "user-weights"))
