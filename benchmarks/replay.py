"""What replaying a report costs, against the same exchanges with openai and instructor alone.

    python benchmarks/replay.py [FIXTURES] [SEED]

Both sides run in turn in one process, and the ratio is taken pair by pair. The bare side hears every recorded answer from a
transport that holds them in memory, for the same messages and the same response model; it reads no report, splits no
sentence, checks no claim.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx2
import instructor
import openai

from summarizer import Settings, connect, summarise
from summarizer.extraction.passage import Moves
from summarizer.llm.cassette import Cassette, Exchange

PAIRS = 15
ROOT = Path(__file__).parent.parent


def exchanges(folder: Path) -> list[Exchange]:
    """Every exchange of a cassette."""
    return [entry for _, entry in Cassette(folder).entries() if isinstance(entry, Exchange)]


def bare(recorded: list[Exchange]) -> None:
    """The same requests and answers, with openai and instructor alone."""
    answers = iter(recorded)
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=next(answers).answer))
    with httpx2.Client(transport=transport) as http:
        client = openai.OpenAI(api_key="none", base_url="http://embedded.invalid/v1", http_client=http)
        asking = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        for exchange in recorded:
            messages, model = exchange.question.body["messages"], exchange.question.body["model"]
            asking.chat.completions.create(response_model=Moves, messages=messages, model=model, temperature=0)


def ours(folder: Path, seed: Path) -> None:
    """The whole journey on replay, from the file to the briefing."""
    with connect("embedded/qwen2.5-coder-1.5b", settings=Settings.from_environment(), replay=folder) as model:
        summarise(seed, model=model).to_json()


def seconds(work: Callable[[], None]) -> float:
    """How long this takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(folder: Path, seed: Path) -> None:
    """Print both medians and the ratio."""
    recorded = exchanges(folder)
    bare(recorded)
    ours(folder, seed)
    pairs = [(seconds(lambda: ours(folder, seed)), seconds(lambda: bare(recorded))) for _ in range(PAIRS)]
    print(f"{len(recorded)} exchanges, {PAIRS} pairs")
    print(f"ours   {statistics.median(a for a, _ in pairs) * 1000:7.1f} ms")
    print(f"bare   {statistics.median(b for _, b in pairs) * 1000:7.1f} ms")
    ratios = sorted(a / b for a, b in pairs)
    print(f"ratio  {statistics.median(ratios):7.2f}    (lowest {ratios[0]:.2f}, highest {ratios[-1]:.2f})")


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    main(*(given or [ROOT / "fixtures" / "ceasefire-call", ROOT / "seeds" / "ceasefire-call.txt"]))
