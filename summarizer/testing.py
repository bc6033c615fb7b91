"""A pytest plugin, installed with the package: tests that ask a model, offline, on recorded answers.

    def test_a_leak_is_a_complaint(replay):
        complaint = ask(TEXT, prompt=PROMPT, response_model=Complaint, model=replay("openai/gpt-5"))
        assert complaint.product == "kettle"

`pytest --record` asks the model and keeps what it answers in a folder beside the test; `pytest` alone plays that back, while
the test cannot reach the network. See docs/testing.md. Every run of pytest on a machine with this package imports this
module: what costs time is imported where it is used, and nothing happens to a test that asks for neither fixture.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
from collections.abc import Callable, Collection, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from summarizer.llm.asking import Model
    from summarizer.llm.cassette import Cassette

FOLDER = "cassettes"
LONGEST_NAME = 100

_METHODS = {"connect": 0, "connect_ex": 0, "sendto": -1, "sendmsg": 3}
"""Ways out of a socket, and which of their arguments is the address."""
_LOOKUPS = ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr")
_NOT_IN_NAMES = re.compile(r"[^\w.\[\]-]+")


class NetworkRefused(AssertionError):
    """A test reached for the network. Not an OSError, so that nothing takes it for a network that is down and goes on."""


class Replay:
    """Gives models that answer from a folder of recordings, or with `--record` ask live and record into it."""

    def __init__(self, test_file: Path, test_name: str, *, recording: bool) -> None:
        self._beside = test_file.parent
        self._own = Path(FOLDER, test_file.stem, _as_name(test_name))
        self._recording = recording
        self._cassettes: dict[Path, Cassette] = {}
        self._partly: set[Path] = set()
        self._models = ExitStack()

    def __call__(
        self, model: str, *, base_url: str | None = None, folder: str | Path | None = None, partly: bool = False
    ) -> Model:
        """The model of this name, connected.

        `folder`: where the recordings lie, from the folder of the test file; `cassettes/<test file>/<test>` if left out.
        Recordings that the test does not use fail it, and are deleted when it records, unless it uses the folder `partly`.
        What a person wrote is played back also when the test records, and never deleted.
        """
        from summarizer.llm import connect
        from summarizer.llm.cassette import Cassette
        from summarizer.settings import Settings

        place = (self._beside / (folder or self._own)).resolve()
        if not self._recording and not place.is_dir():
            pytest.fail(f"nothing is recorded in {os.fspath(place)!r}: run this test with --record", pytrace=False)
        cassette = self._cassettes.setdefault(place, Cassette(place))
        if partly:
            self._partly.add(place)
        connected = connect(
            model,
            settings=Settings.from_environment(),
            base_url=base_url,
            cache=False,
            record=cassette if self._recording else None,
            replay=None if self._recording else cassette,
        )
        return self._models.enter_context(connected)

    def finish(self) -> None:
        """After a test that passed: delete what it did not record anew, or fail for what it did not play back."""
        for place, cassette in self._cassettes.items():
            if place in self._partly:
                continue
            if self._recording:
                _delete_recorded(cassette)
            elif unused := [path.name for path, _ in cassette.entries() if path.name not in cassette.used]:
                pytest.fail(
                    f"the test did not use {len(unused)} of the exchanges in {os.fspath(place)!r} ({', '.join(unused)}):"
                    " delete them, or record again with --record, which leaves what a person wrote;"
                    " say partly=True where other tests use them",
                    pytrace=False,
                )

    def close(self) -> None:
        """Close the models."""
        self._models.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--record`."""
    group = parser.getgroup("summarizer", "language models")
    group.addoption("--record", action="store_true", help="ask the models of `replay` live, and keep their answers")


@contextmanager
def network_refused(*, but: Collection[str] = ()) -> Iterator[None]:
    """Refuses the network below every HTTP library: NetworkRefused. Sockets of the machine itself stay open.

    `but`: hosts that may be reached all the same, such as "127.0.0.1".
    """
    with pytest.MonkeyPatch.context() as patch:
        for name, place in _METHODS.items():
            patch.setattr(socket.socket, name, _method_to(getattr(socket.socket, name), place, but))
        for name in _LOOKUPS:
            patch.setattr(socket, name, _lookup_of(getattr(socket, name), but))
        yield


@pytest.fixture
def no_network() -> Iterator[None]:
    """Refuses the network to a test: see `network_refused`."""
    with network_refused():
        yield


@pytest.fixture
def replay(request: pytest.FixtureRequest) -> Iterator[Replay]:
    """Models that answer from recordings beside the test: `replay("openai/gpt-5")`. With `--record` they are asked live."""
    recording = request.config.getoption("--record")
    if not recording:
        request.getfixturevalue("no_network")
    _, *names = request.node.nodeid.split("::")
    played = Replay(request.node.path, ".".join(names), recording=recording)
    request.node.stash[_PLAYED] = played
    yield played
    played.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Let a test that used `replay` fail for recordings that it did not use. One that failed anyway has said enough."""
    __tracebackhide__ = True  # nobody's failure is about this frame
    result = yield
    played = item.stash.get(_PLAYED, None)
    if played is not None:
        played.finish()
    return result


_PLAYED = pytest.StashKey[Replay]()


def _delete_recorded(cassette: Cassette) -> None:
    """Delete what was not used and is a machine's for certain: the work of a person, even spoilt, is left to that person."""
    from summarizer.llm.cassette import Exchange, Recorded

    for path, entry in cassette.entries():
        if path.name not in cassette.used and isinstance(entry, Exchange) and isinstance(entry.origin, Recorded):
            cassette.remove(path.name)


def _method_to(method: Callable[..., Any], place: int, but: Collection[str]) -> Callable[..., Any]:
    """The method of a socket, for the hosts that may be reached."""

    def guarded(self: socket.socket, *arguments: Any) -> Any:  # Any: each method has arguments of its own
        if self.family != getattr(socket, "AF_UNIX", None):
            address = arguments[place] if place < len(arguments) else None  # none: the socket is connected already
            _refuse_unless(address is None or address[0] in but, arguments)
        return method(self, *arguments)

    return guarded


def _lookup_of(look_up: Callable[..., Any], but: Collection[str]) -> Callable[..., Any]:
    """The function that looks hosts up, for those that may be reached."""

    def guarded(host: Any, *arguments: Any, **options: Any) -> Any:  # Any: likewise
        _refuse_unless(host in but, (host, *arguments))
        return look_up(host, *arguments, **options)

    return guarded


def _refuse_unless(allowed: bool, arguments: tuple[object, ...]) -> None:
    if not allowed:
        raise NetworkRefused(f"a test reached for the network: {arguments!r}")


def _as_name(test: str) -> str:
    """The name of a test as that of a folder; with a few digits where two tests could otherwise get the same."""
    name = _NOT_IN_NAMES.sub("-", test)
    if name == test and len(name) <= LONGEST_NAME:
        return name
    return f"{name[:LONGEST_NAME]}-{hashlib.sha256(test.encode()).hexdigest()[:8]}"
