"""langextract, asked for what a briefing holds: the examples are those of our own prompts, in its form."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from summarizer.evaluation import Case, Prediction, Quotation, Result

EXAMPLES = Path(__file__).parent / "examples.json"
INSTRUCTIONS = """\
Extract the moves of the parties in the order in which they appear: every position (a view, an assessment, support or
opposition), demand (what somebody requires, urges or calls for) and outcome (what was agreed, decided, refused, ordered,
announced or left open). Use the exact words of the text; do not paraphrase, do not let extractions overlap. Name the party that
makes the move. History, numbers and places are no moves."""
MOST_TOKENS = 1_500
"""Of one answer: a small model under a schema can run on until its context is full."""
KINDS = ("position", "demand", "outcome")


@dataclass(frozen=True, slots=True)
class Setting:
    """How langextract is set: characters a chunk and of context before it, rounds over the text, answers by JSON schema."""

    characters: int = 1_000
    context: int = 0
    passes: int = 1
    schema: bool = True

    def __str__(self) -> str:
        written = "JSON schema" if self.schema else "JSON"
        return f"{self.characters} characters, {self.context} before, {self.passes} pass(es), {written}"


class Langextract:
    """Asks the model at an endpoint of OpenAI's kind about one case after the other."""

    def __init__(self, setting: Setting, *, model: str, url: str, key: str) -> None:
        logging.getLogger("absl").setLevel(logging.ERROR)
        self._lx: Any = import_module("langextract")  # Any: it is installed for this benchmark alone
        self._setting = setting
        self._config = self._lx.factory.ModelConfig(
            model_id=model,
            provider="OpenAILanguageModel",
            provider_kwargs={
                "api_key": key,
                "base_url": url,
                "temperature": 0.0,
                "max_workers": 1,
                "max_output_tokens": MOST_TOKENS,
            },
        )
        self._examples = [
            self._lx.data.ExampleData(
                text=example["text"],
                extractions=[
                    self._lx.data.Extraction(
                        extraction_class=each["class"], extraction_text=each["text"], attributes=each["attributes"]
                    )
                    for each in example["extractions"]
                ],
            )
            for example in json.loads(EXAMPLES.read_text("utf-8"))
        ]

    def __call__(self, case: Case) -> Result:
        """What it finds in the text of a case. What it cannot place in the text is no evidence, and so no item."""
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            made = self._lx.extract(
                text_or_documents=case.document.text,
                prompt_description=INSTRUCTIONS,
                examples=self._examples,
                config=self._config,
                max_char_buffer=self._setting.characters,
                context_window_chars=self._setting.context or None,
                extraction_passes=self._setting.passes,
                use_schema_constraints=self._setting.schema,
                max_workers=1,
                batch_length=1,
                show_progress=False,
            )
        extractions = [each for each in made.extractions or [] if each.extraction_class in KINDS and each.char_interval]
        return Result(tuple(_prediction(number, each, case) for number, each in enumerate(extractions, start=1)))


def _prediction(number: int, extraction: Any, case: Case) -> Prediction:
    attributes: Mapping[str, Any] = extraction.attributes or {}
    start, end = extraction.char_interval.start_pos, extraction.char_interval.end_pos
    party = str(attributes.get("party") or "")
    addressee = str(attributes.get("addressee") or "")
    return Prediction(
        id=f"{extraction.extraction_class}-{number}",
        kind=extraction.extraction_class,
        parties=((party,),) if party else (),
        statement=f"{party} {extraction.extraction_text}",
        evidence=(Quotation(start, end, case.document.text[start:end]),),
        addressees=(addressee,) if addressee else (),
        stance=attributes.get("stance") or None,
        status=attributes.get("status") or None,
    )
