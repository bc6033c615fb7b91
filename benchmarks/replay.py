"""What replaying costs, against the same exchanges with openai and instructor alone.

    python benchmarks/replay.py [HOW_MANY]

So many exchanges are recorded first, each with a text of its own, from the answers in `fixtures/`. Then both sides run in
turn in one process, and the ratio is taken pair by pair. The bare side hears every answer from a transport that holds them
in memory, for the same messages and the same response model; ours finds each in its file, by what is asked.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import instructor
import openai

from summarizer import Settings, connect
from summarizer.extraction.passage import Moves
from summarizer.llm.cassette import Cassette, Exchange
from summarizer.prompt import Message, Prompt

PAIRS = 7
MODEL = "embedded/qwen2.5-coder-1.5b"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "ceasefire-call"


def recorded(folder: Path) -> Iterator[tuple[Prompt[Moves], object]]:
    """Each prompt of a cassette with its answer."""
    for _, entry in Cassette(folder).entries():
        if isinstance(entry, Exchange):
            body = entry.question.body
            messages = tuple(Message(each["role"], each["content"]) for each in body["messages"])
            yield Prompt(messages, Moves, body["max_tokens"], body["grammar"]), entry.answer


def many(pairs: list[tuple[Prompt[Moves], object]], count: int) -> list[tuple[Prompt[Moves], object]]:
    """So many different prompts, made from these."""
    return [(_numbered(*pairs[number % len(pairs)], number)) for number in range(count)]


def record(exchanges: list[tuple[Prompt[Moves], object]], folder: Path) -> None:
    """Put them into a cassette."""
    answers = iter(exchanges)
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=next(answers)[1]))
    with connect(MODEL, settings=Settings(folder, folder), cache=False, record=folder, transport=transport) as model:
        for prompt, _ in exchanges:
            model.ask(prompt)


def bare(exchanges: list[tuple[Prompt[Moves], object]]) -> None:
    """The same requests and answers, with openai and instructor alone."""
    answers = iter(exchanges)
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json=next(answers)[1]))
    with httpx2.Client(transport=transport) as http:
        client = openai.OpenAI(api_key="none", base_url="http://embedded.invalid/v1", http_client=http)
        asking = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        for prompt, _ in exchanges:
            messages = [{"role": each.role, "content": each.content} for each in prompt.messages]
            asking.chat.completions.create(response_model=Moves, messages=messages, model="m", temperature=0)  # type: ignore[arg-type]


def ours(exchanges: list[tuple[Prompt[Moves], object]], folder: Path) -> None:
    """The same on replay."""
    with connect(MODEL, settings=Settings(folder, folder), replay=folder) as model:
        for prompt, _ in exchanges:
            if model.ask(prompt).value is None:
                raise SystemExit("an exchange was not replayed")


def seconds(work: Callable[[], None]) -> float:
    """How long this takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(count: int) -> None:
    """Print both medians and the ratio."""
    exchanges = many(list(recorded(FIXTURES)), count)
    with tempfile.TemporaryDirectory() as folder:
        record(exchanges, Path(folder))
        pairs = [(seconds(lambda: ours(exchanges, Path(folder))), seconds(lambda: bare(exchanges))) for _ in range(PAIRS + 1)][
            1:
        ]
    print(f"{count} exchanges, {PAIRS} pairs")
    print(f"ours   {statistics.median(a for a, _ in pairs) / count * 1000:7.2f} ms an exchange")
    print(f"bare   {statistics.median(b for _, b in pairs) / count * 1000:7.2f} ms an exchange")
    ratios = sorted(a / b for a, b in pairs)
    print(f"ratio  {statistics.median(ratios):7.2f}    (lowest {ratios[0]:.2f}, highest {ratios[-1]:.2f})")


def _numbered(prompt: Prompt[Moves], answer: object, number: int) -> tuple[Prompt[Moves], object]:
    *before, last = prompt.messages
    messages = (*before, Message(last.role, f"{last.content}\n{number}"))
    return Prompt(messages, Moves, prompt.max_tokens, prompt.grammar), answer


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)
