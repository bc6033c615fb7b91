"""What a report costs on our side: CPU milliseconds per 1,000 words, for all but the model's own time.

    python benchmarks/own_cost.py [ROUNDS]

Strategy `whole` on the English seeds, whose gold items are the answers, with ten claims a report and with all of them. Prints
what each stage takes: reading (text and language, its sentences), asking (prompt, request, answer), composing (grounding and
merging) and serialising; beside asking, what openai and instructor take alone for the same messages and answers. In every
round each sentence and each statement ends in a word of that round: as in a batch of different reports, no text comes twice.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import instructor
import openai

from summarizer import Settings, connect
from summarizer.briefing import Provenance, Usage
from summarizer.composing import Asked, compose
from summarizer.document import Sentence
from summarizer.extraction import extract
from summarizer.extraction.whole import Report
from summarizer.llm.asking import Model
from summarizer.progress import Progress
from summarizer.prompting import PromptLibrary
from summarizer.reading import document_from_text, split_sentences
from summarizer.schema import ClaimRecord

SEEDS = Path(__file__).parent.parent / "seeds"
MODEL = "openai/gpt-5"
ROUNDS = 5
CLAIMS = 10
LETTERS = "bdfgkmprtz"
PROVENANCE = Provenance(
    summarizer="", model=MODEL, endpoint="", strategy="whole", policy="show", prompts={}, schema="", created="", seconds=0,
    usage=Usage(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """A report and what a model answers about it."""

    text: str
    answer: str


class Meter:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    @property
    def own(self) -> float:
        """All of ours."""
        return sum(seconds for stage, seconds in self.seconds.items() if not stage.startswith("("))

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Count what the block takes as this stage's."""
        start = time.process_time()
        yield
        self.seconds[stage] += time.process_time() - start


def jobs(number: int, *, claims: int | None) -> Iterator[Job]:
    """The English seeds with so many of their gold items, in the wording of this round."""
    mark = "".join(LETTERS[int(digit)] for digit in f"{number:03}")
    for path in sorted(SEEDS.glob("*.json")):
        document = document_from_text(path.with_suffix(".txt").read_text(encoding="utf-8"))
        if document.language == "en":
            sentences, gold = split_sentences(document), json.loads(path.read_text(encoding="utf-8"))["items"]
            yield Job(_marked_text(document.text, sentences, mark), _answer(gold[:claims], sentences, mark))


def _marked_text(text: str, sentences: Sequence[Sentence], mark: str) -> str:
    for sentence in reversed(sentences):
        end = sentence.start + len(sentence.text.rstrip(".!?:”\"')"))
        text = f"{text[:end]} {mark}{text[end:]}"
    return text


def _answer(gold: Sequence[dict[str, Any]], sentences: Sequence[Sentence], mark: str) -> str:
    """The answer of a model that gives these gold items. Any: JSON."""
    return json.dumps({"items": [_item(item, sentences, mark) for item in gold]})


def _item(item: dict[str, Any], sentences: Sequence[Sentence], mark: str) -> dict[str, Any]:
    told = [each.number for each in sentences if any(start < each.end and each.start < end for start, end in item["spans"])]
    settled, held = ("status", item["status"]), ("stance", item["stance"])
    kind = item["kinds"][0]
    return {
        **dict.fromkeys(("issue", "condition", "deadline", "timing", "reported_by", "stance", "status")),
        **dict([settled] if kind == "outcome" else [held] if kind == "position" else []),
        "kind": kind,
        "parties": item["parties"][:1],
        "addressees": item["targets"][:1] if kind == "demand" else [],
        "statement": f"{item['statement'].rstrip('.')} {mark}.",
        "sentences": told,
        "core": item["core"],
    }


def ours(given: Sequence[Job], meter: Meter) -> list[list[dict[str, str]]]:
    """Make the briefings; the messages that were sent."""
    sent: list[list[dict[str, str]]] = []
    answers = iter(given)

    def endpoint(request: httpx2.Request) -> httpx2.Response:
        sent.append(json.loads(request.content)["messages"])
        return _completion(next(answers).answer)

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder), Path(folder))
        with connect(MODEL, settings=settings, cache=False, transport=httpx2.MockTransport(endpoint)) as model:
            for job in given:
                _brief(job, model, meter)
    return sent


def _brief(job: Job, model: Model, meter: Meter) -> None:
    with meter.of("reading"):
        document = document_from_text(job.text)
        sentences = split_sentences(document)
    with meter.of("asking"):
        found = extract(document, sentences, model=model, strategy="whole", prompts=PromptLibrary(None), progress=Progress())
    with meter.of("composing"):
        records = [ClaimRecord.of(claim) for claim in found.claims]
        briefing = compose(document, sentences, records, asked=Asked(1, 0, 0, 0, ()), provenance=PROVENANCE)
    with meter.of("serialising"):
        briefing.to_json()


def bare(given: Sequence[Job], sent: Sequence[Any], meter: Meter) -> None:
    """The same questions and answers, with openai and instructor alone. Any: the messages are openai's."""
    answers = iter(given)
    transport = httpx2.MockTransport(lambda _: _completion(next(answers).answer))
    with httpx2.Client(transport=transport) as http:
        client = openai.OpenAI(api_key="none", base_url="http://bare.invalid/v1", http_client=http)
        asking = instructor.from_openai(client, mode=instructor.Mode.JSON_SCHEMA)
        for messages in sent:
            with meter.of("(bare asking)"):
                asking.chat.completions.create(response_model=Report, messages=messages, model="m")


def _completion(content: str) -> httpx2.Response:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return httpx2.Response(200, json=body)


def measured(number: int, *, claims: int | None) -> tuple[int, int, Meter]:
    """Reports and words of one round, and what it took."""
    given, meter = list(jobs(number, claims=claims)), Meter()
    bare(given, ours(given, meter), meter)
    return len(given), sum(len(job.text.split()) for job in given), meter


def main(rounds: int) -> None:
    """Print a table for each number of claims, of the round that took least: others work on the machine too."""
    for claims in (CLAIMS, None):
        measured(0, claims=claims)  # reads the word lists
        tried = [measured(number, claims=claims) for number in range(1, rounds + 1)]
        reports, words, meter = min(tried, key=lambda each: each[2].own)
        said = f"{claims} claims each" if claims else "all claims"
        print(f"{reports} reports of {words // reports} words, {said}: CPU ms per 1,000 words, the least of {rounds} rounds")
        for stage, seconds in [*meter.seconds.items(), ("all told", meter.own)]:
            print(f"{stage:14}{seconds / words * 1e6:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else ROUNDS)
