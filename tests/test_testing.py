"""The pytest plugin, as somebody's own tests meet it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from loopback import endpoint

pytest_plugins = ["pytester"]

KETTLE, OVEN = '{"product": "kettle"}', '{"product": "oven"}'

COMPLAINTS = """
    from pydantic import BaseModel
    from summarizer import ask

    class Complaint(BaseModel):
        product: str

    def product(text, model):
        return ask(text, prompt="[[user]]\\n{{ text }}", response_model=Complaint, model=model).product
"""
ONE_TEST = """
    from complaints import product

    def test_a_leak(replay):
        assert product("The kettle leaks.", replay("any", base_url="URL")) == "kettle"
"""


class World:
    """A folder with tests of somebody's own, and an endpoint that they may record from."""

    def __init__(self, pytester: pytest.Pytester, url: str) -> None:
        self._pytester = pytester
        self._url = url
        pytester.makepyfile(complaints=COMPLAINTS)
        self.cassettes = pytester.path / "cassettes" / "test_complaints"

    def write(self, tests: str) -> None:
        self._pytester.makepyfile(test_complaints=tests.replace("URL", self._url))

    def run(self, *arguments: str) -> tuple[dict[str, int], str]:
        """How many tests passed, failed and so on, and what was printed."""
        result = self._pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)
        return result.parseoutcomes(), result.stdout.str()

    def recordings(self) -> list[str]:
        return sorted(str(path.relative_to(self.cassettes).parent) for path in self.cassettes.rglob("*.json"))


@pytest.fixture
def world(pytester: pytest.Pytester) -> Iterator[World]:
    with endpoint(KETTLE) as url:
        yield World(pytester, url)


pytestmark = [pytest.mark.loopback, pytest.mark.usefixtures("all_imported")]


def test_what_was_recorded_beside_a_test_is_replayed(world: World) -> None:
    world.write(ONE_TEST)
    assert world.run("--record")[0] == {"passed": 1}
    assert world.recordings() == ["test_a_leak"]
    assert world.run()[0] == {"passed": 1}


def test_where_nothing_is_recorded_the_test_fails_and_says_what_to_do(world: World) -> None:
    world.write(ONE_TEST)
    outcomes, printed = world.run()
    assert outcomes == {"failed": 1}
    assert "run this test with --record" in printed


def test_a_changed_text_is_a_miss_that_says_what_differs(world: World) -> None:
    world.write(ONE_TEST)
    world.run("--record")
    world.write(ONE_TEST.replace("leaks", "broke"))
    outcomes, printed = world.run()
    assert outcomes == {"failed": 1}
    assert "'The kettle leaks.' is now 'The kettle broke.'" in printed


def test_an_exchange_that_the_test_did_not_use_fails_it_and_recording_again_deletes_it(world: World) -> None:
    world.write(ONE_TEST + '        product("And the oven.", replay("any", base_url="URL"))\n')
    world.run("--record")
    world.write(ONE_TEST)
    outcomes, printed = world.run()
    assert outcomes == {"failed": 1}
    assert "the test did not use 1 of the exchanges in" in printed
    assert world.run("--record")[0] == {"passed": 1}
    assert world.recordings() == ["test_a_leak"]
    assert world.run()[0] == {"passed": 1}


def test_a_test_that_fails_is_not_blamed_for_what_it_did_not_use_nor_is_that_deleted(world: World) -> None:
    world.write(ONE_TEST)
    world.run("--record")
    world.write(ONE_TEST.replace("leaks", "broke").replace('"kettle"\n', '"oven"\n'))
    outcomes, printed = world.run()
    assert outcomes == {"failed": 1}
    assert "did not use" not in printed
    assert world.run("--record")[0] == {"failed": 1}
    assert world.recordings() == ["test_a_leak"] * 2


def author(path: Path, *, product: str) -> bytes:
    """Write another answer into a recording, as a person would, and give what the file then holds."""
    record = json.loads(path.read_text())
    record["answer"] = json.loads(json.dumps(record["answer"]).replace("kettle", product))
    path.write_text(json.dumps(record | {"origin": {"kind": "authored", "reason": "a test"}}))
    return path.read_bytes()


def test_what_a_person_wrote_is_played_back_while_the_test_records(world: World) -> None:
    world.write(ONE_TEST)
    world.run("--record")
    (path,) = world.cassettes.rglob("*.json")
    written = author(path, product="toaster")
    world.write(ONE_TEST.replace('"kettle"\n', '"toaster"\n'))
    assert world.run("--record")[0] == {"passed": 1}
    assert path.read_bytes() == written
    assert world.run()[0] == {"passed": 1}


def test_what_a_person_wrote_and_the_test_does_not_use_is_named_and_left_to_that_person(world: World) -> None:
    world.write(ONE_TEST)
    world.run("--record")
    (path,) = world.cassettes.rglob("*.json")
    author(path, product="kettle")
    world.write(ONE_TEST.replace("leaks", "broke"))
    assert world.run("--record")[0] == {"passed": 1}
    outcomes, printed = world.run()
    assert (outcomes, path.exists()) == ({"failed": 1}, True)
    assert f"({path.name})" in printed
    assert "which leaves what a person wrote" in printed


def test_a_folder_that_one_call_uses_partly_loses_nothing_of_what_another_call_records(world: World) -> None:
    world.write("""
        import pytest
        from complaints import product

        def test_it(replay):
            for text, folder, partly in (
                ("The kettle leaks.", "cassettes/test_complaints/shared", True),
                ("My kettle!", "cassettes/../cassettes/test_complaints/shared", False),
            ):
                assert product(text, replay("any", base_url="URL", folder=folder, partly=partly)) == "kettle"
    """)
    assert world.run("--record")[0] == {"passed": 1}
    assert world.recordings() == ["shared"] * 2
    assert world.run()[0] == {"passed": 1}


def test_tests_may_share_a_folder_that_each_uses_partly(world: World) -> None:
    world.write("""
        import pytest
        from complaints import product

        @pytest.mark.parametrize("text", ["The kettle leaks.", "My kettle!"])
        def test_a_complaint(replay, text):
            model = replay("any", base_url="URL", folder="cassettes/test_complaints/shared", partly=True)
            assert product(text, model) == "kettle"
    """)
    assert world.run("--record")[0] == {"passed": 2}
    assert world.recordings() == ["shared"] * 2
    assert world.run()[0] == {"passed": 2}


def test_every_test_has_a_folder_of_its_own_whatever_its_name(world: World) -> None:
    world.write("""
        import pytest
        from complaints import product

        class TestOne:
            def test_it(self, replay):
                product("The kettle leaks.", replay("any", base_url="URL"))

        @pytest.mark.parametrize("text", ["a/b", "a b", "plain", "x" * 300])
        def test_it(replay, text):
            product(text, replay("any", base_url="URL"))
    """)
    assert world.run("--record")[0] == {"passed": 5}
    assert world.run()[0] == {"passed": 5}
    folders = world.recordings()
    assert len(set(folders)) == 5
    assert {"TestOne.test_it", "test_it[plain]"} < set(folders)


def test_a_test_that_replays_cannot_reach_the_network(world: World) -> None:
    world.write(
        ONE_TEST
        + """
    def test_another_way(replay):
        import socket
        socket.create_connection(("127.0.0.1", 9))
"""
    )
    world.run("--record", "-k", "leak")
    outcomes, printed = world.run()
    assert outcomes == {"passed": 1, "failed": 1}
    assert "NetworkRefused: a test reached for the network" in printed


def test_the_guard_stands_alone_too_and_leaves_the_machines_own_sockets_open(world: World) -> None:
    world.write("""
        import socket
        import pytest
        from summarizer.testing import NetworkRefused

        CONNECT = socket.socket.connect

        @pytest.mark.parametrize("reach", [
            lambda tcp, udp: tcp.connect(("127.0.0.1", 9)),
            lambda tcp, udp: tcp.connect_ex(("127.0.0.1", 9)),
            lambda tcp, udp: udp.sendto(b"", ("127.0.0.1", 9)),
            lambda tcp, udp: socket.getaddrinfo("localhost", 9),
            lambda tcp, udp: socket.gethostbyname("localhost"),
        ])
        def test_refused(no_network, reach):
            with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
                with pytest.raises(NetworkRefused):
                    reach(tcp, udp)

        def test_own(no_network, tmp_path, monkeypatch):
            monkeypatch.chdir(tmp_path)
            with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
                server.bind("here")
                server.listen()
                client.connect("here")

        def test_open_again_afterwards():
            assert socket.socket.connect is CONNECT
    """)
    assert world.run()[0] == {"passed": 7}


def test_other_peoples_tests_run_as_ever(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("""
        import socket

        CONNECT = socket.socket.connect

        def test_theirs(request):
            assert not {"replay", "no_network"} & set(request.fixturenames)
            assert socket.socket.connect is CONNECT

        def test_failing():
            assert False
    """)
    result = pytester.runpytest_inprocess("-p", "no:cacheprovider")
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}
    assert "summarizer/testing.py" not in result.stdout.str()


def test_the_plugin_costs_next_to_nothing_to_import() -> None:
    code = (
        "import pytest, sys; import summarizer.testing;"
        "sys.exit(any(name in sys.modules for name in ('openai', 'httpx2', 'pydantic', 'jinja2', 'summarizer.llm')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_plugin_comes_with_the_package(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.get_plugin("summarizer") is sys.modules["summarizer.testing"]
    assert Path(sys.modules["summarizer.testing"].__file__ or "").name == "testing.py"
