"""A model server on 127.0.0.1 that answers strategy `whole`: as slow, as limited and as broken as it is told to be.

    python benchmarks/batch/model_server.py [--latency 1] [--per-minute 600] [--faults 0.2] ...

One thread serves all connections, so that hundreds of requests may wait at the same time. An answer depends on its question
alone: items that state sentences of the report and cite their numbers, with keys that nobody asked for in some and without
lists in others. What goes wrong depends on the question, on how often it came before, and on the seed. What it saw on the
wire is told at `/counts`, as `Counts`. The first line that it prints is its base URL; it ends with its standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import http.client
import json
import random
import re
import socket
import struct
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

FAULTS = ("429 with Retry-After", "429", "500", "502", "503", "529", "reset", "reset within", "cut", "drip")
_FAULTY_STATUS = {"429": 429, "429 with Retry-After": 429, "500": 500, "502": 502, "503": 503, "529": 529}
_SENTENCE = re.compile(r"^(\d+) (.+)$", re.MULTILINE)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CROSSED = 0.25
"""Seconds in which a request and the refusal that closes the door may cross, on a busy machine: later ones came though the
client knew."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How the server behaves. Times in seconds; `faults` is a share of the requests, `burst` how many may come at once."""

    latency: float = 0.0
    per_minute: float = 0.0
    burst: int = 20
    limit_says_when: bool = True
    faults: float = 0.0
    retry_after: float = 2.0
    drip_seconds: float = 10.0
    seed: int = 1


@dataclass(slots=True)
class Counts:
    """What was seen on the wire.

    `answered` whole answers, `repeated` whole answers to questions that had one; `refused` 429s because of the limit; `early`
    requests that came while the server wanted to be left alone and the client knew, `crossed` those that were on their way,
    `latest` seconds after it had said so the last of either came;
    `closed` seconds for which it wanted to be left alone, `busy` seconds from the first request to the last end of one.
    """

    requests: int = 0
    questions: int = 0
    answered: int = 0
    repeated: int = 0
    refused: int = 0
    faults: dict[str, int] = field(default_factory=dict)
    most_for_one: int = 0
    most_at_once: int = 0
    early: int = 0
    crossed: int = 0
    latest: float = 0.0
    closed: float = 0.0
    busy: float = 0.0


class ModelServer:
    """What the server knows of its requests, and what it does with each."""

    def __init__(self, manner: Manner) -> None:
        self.manner = manner
        self._counts = Counts()
        self._faults: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._answered: Counter[str] = Counter()
        self._under_way = 0
        self._left = float(manner.burst)
        self._filled = time.monotonic()
        self._first = self._last = 0.0
        self._closed_at = self._closed_until = 0.0

    def counts(self) -> Counts:
        """What was seen until now."""
        counts = self._counts
        counts.faults = dict(sorted(self._faults.items()))
        counts.questions = len(self._asked)
        counts.most_for_one = max(self._asked.values(), default=0)
        counts.repeated = counts.answered - len(self._answered)
        counts.busy = self._last - self._first
        return counts

    async def answer(self, body: bytes, connection: Connection) -> None:
        """Do with this request what is due."""
        now = time.monotonic()
        question = hashlib.sha256(body).hexdigest()
        self._first = self._first or now
        self._note(question, now)
        self._under_way += 1
        self._counts.most_at_once = max(self._counts.most_at_once, self._under_way)
        try:
            await self._respond(question, body, connection, now)
        finally:
            self._under_way -= 1
            self._last = time.monotonic()

    async def _respond(self, question: str, body: bytes, connection: Connection, now: float) -> None:
        if not self._is_within_the_limit(now):
            self._counts.refused += 1
            self._refuse(connection, 429, says_when=self.manner.limit_says_when)
            return
        fault = self._fault(question)
        if fault in _FAULTY_STATUS:
            self._refuse(connection, _FAULTY_STATUS[fault], says_when=fault == "429 with Retry-After")
            return
        if fault == "reset":
            connection.reset()
            return
        await asyncio.sleep(self.manner.latency)
        content = completion(body)
        match fault:
            case "reset within":
                connection.send(200, content[: len(content) // 2], promised=len(content))
                connection.reset()
            case "cut":
                connection.send(200, content[: len(content) // 2], promised=len(content))
                connection.close()
            case "drip":
                await self._drip(connection, content)
                self._count_answer(question)
            case _:
                connection.send(200, content)
                self._count_answer(question)

    def _count_answer(self, question: str) -> None:
        self._counts.answered += 1
        self._answered[question] += 1

    def _note(self, question: str, now: float) -> None:
        self._counts.requests += 1
        self._asked[question] += 1
        if now < self._closed_until:
            self._counts.latest = max(self._counts.latest, now - self._closed_at)
            if now - self._closed_at < _CROSSED:
                self._counts.crossed += 1
            else:
                self._counts.early += 1

    def _is_within_the_limit(self, now: float) -> bool:
        if not self.manner.per_minute:
            return True
        self._left = min(self.manner.burst, self._left + (now - self._filled) * self.manner.per_minute / 60)
        self._filled = now
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def _fault(self, question: str) -> str:
        """What goes wrong this time; nothing is the empty string."""
        chance = random.Random(f"{self.manner.seed} {question} {self._asked[question]}")
        if chance.random() >= self.manner.faults:
            return ""
        fault = chance.choice(FAULTS)
        self._faults[fault] += 1
        return fault

    def _refuse(self, connection: Connection, status: int, *, says_when: bool) -> None:
        error = json.dumps({"error": {"message": "not now", "type": "x", "code": None}}).encode()
        head = f"retry-after: {self.manner.retry_after:g}\r\n" if says_when else ""
        connection.send(status, error, head=head)
        if not says_when:
            return
        now = time.monotonic()
        self._counts.closed += self.manner.retry_after - max(0.0, self._closed_until - now)
        if now >= self._closed_until:
            self._closed_at = now  # later refusals of the same time crossed with it
        self._closed_until = now + self.manner.retry_after

    async def _drip(self, connection: Connection, content: bytes) -> None:
        connection.send(200, b"", promised=len(content))
        steps = 40
        size = -(-len(content) // steps)
        for start in range(0, len(content), size):
            await asyncio.sleep(self.manner.drip_seconds / steps)
            connection.more(content[start : start + size])


class Connection(asyncio.Protocol):
    """One connection, kept open from request to request; one request at a time, as HTTP/1.1 clients do."""

    def __init__(self, server: ModelServer) -> None:
        self._server = server
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each request that is whole."""
        self._received += data
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._received[:end])
        found = _LENGTH.search(head)
        length = int(found[1]) if found else 0
        if len(self._received) < end + 4 + length:
            return
        body = bytes(self._received[end + 4 : end + 4 + length])
        del self._received[: end + 4 + length]
        if head.startswith(b"GET"):
            self.send(200, json.dumps(asdict(self._server.counts())).encode())
            return
        task = asyncio.ensure_future(self._server.answer(body, self))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def send(self, status: int, content: bytes, *, promised: int | None = None, head: str = "") -> None:
        """A head, which promises this content or more of it, and the content."""
        length = len(content) if promised is None else promised
        start = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{head}\r\n"
        self.more(start.encode() + content)

    def more(self, content: bytes) -> None:
        """More of what was promised."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(content)

    def close(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.close()

    def reset(self) -> None:
        """Break it off, as a machine does that dies."""
        if self._transport is None or self._transport.is_closing():
            return
        with suppress(OSError):
            self._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()


def completion(body: bytes) -> bytes:
    """The answer to this request, as an endpoint sends it."""
    asked = json.loads(body)
    shown = str(asked["messages"][-1]["content"])
    content = json.dumps(answer(shown))
    usage = {"prompt_tokens": len(body) // 4, "completion_tokens": len(content) // 4}
    usage["total_tokens"] = sum(usage.values())
    message = {"role": "assistant", "content": content, "refusal": None}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": asked["model"], "choices": [choice], "usage": usage}
    return json.dumps(whole).encode()


def answer(shown: str) -> dict[str, object]:
    """A few items of the report that this message shows, the same ones each time."""
    chance = random.Random(shown)
    sentences = _SENTENCE.findall(shown)
    cited = chance.sample(sentences, min(len(sentences), 4))
    items = [_item(int(number), text, chance) for number, text in sorted(cited, key=lambda each: int(each[0]))]
    extra = {"confidence": 0.9, "notes": ["nobody asked for this"]} if chance.random() < 0.2 else {}
    return extra if chance.random() < 0.02 else {"items": items, **extra}


def _item(number: int, text: str, chance: random.Random) -> dict[str, object]:
    kind = chance.choice(["position", "demand", "outcome"])
    item: dict[str, object] = {
        "kind": kind,
        "parties": [text.split()[0]],
        "statement": " ".join(text.split()[:25]),
        "sentences": [number],
        "stance": "supports" if kind == "position" else None,
        "status": "agreed" if kind == "outcome" else None,
        "addressees": [],
        "issue": "the border" if kind == "position" else None,
        "condition": None,
        "deadline": None,
        "timing": None,
        "reported_by": None,
        "core": chance.random() < 0.5,
    }
    if chance.random() < 0.2:
        item["certainty"] = {"of": "the model"}
    if chance.random() < 0.2:
        del item["addressees"]
    return item


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that runs in a process of its own."""

    url: str

    def counts(self) -> Counts:
        """What it has seen on the wire until now."""
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=60)
        try:
            connection.request("GET", "/counts")
            return Counts(**json.loads(connection.getresponse().read()))
        finally:
            connection.close()


@contextmanager
def serving(manner: Manner) -> Iterator[Serving]:
    """Such a server, for the length of the block."""
    command = [sys.executable, str(Path(__file__)), *_options(manner)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Serving(process.stdout.readline().strip())
        finally:
            process.stdin.close()


def _options(manner: Manner) -> Iterator[str]:
    for name, value in asdict(manner).items():
        yield f"--{name.replace('_', '-')}={value}"


async def serve(manner: Manner) -> None:
    """Serve until standard input ends."""
    model = ModelServer(manner)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(model), "127.0.0.1", 0, backlog=1024)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main() -> None:
    """Serve in the manner that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds: defaultdict[str, Callable[[str], object]] = defaultdict(lambda: float)
    kinds |= {"burst": int, "seed": int, "limit_says_when": lambda text: text == "True"}
    for each in fields(Manner):
        parser.add_argument(f"--{each.name.replace('_', '-')}", type=kinds[each.name], default=each.default)
    asyncio.run(serve(Manner(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
