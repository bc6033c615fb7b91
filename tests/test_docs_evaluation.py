"""`docs/evaluation.md`: its example is a case, and it names every field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builders import answering, moves
from summarizer import pipeline
from summarizer.evaluation import Dataset, Gold, GoldItem, evaluate, figures
from summarizer.evaluation.figures import Counts, DocumentFigures, Figures, Share, Shares

PAGE = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text()


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with the case of the page."""
    for suffix, language in ((".txt", "text"), (".json", "json")):
        (block,) = re.findall(rf"```{language}\n(.*?)\n```", PAGE, re.DOTALL)
        (tmp_path / f"talks{suffix}").write_text(block)
    return tmp_path


def test_the_example_can_be_evaluated_and_its_items_found(example: Path) -> None:
    model = answering(
        moves(("Ostrand withdraw", "Velia", "demands", "Ostrand")),
        moves(("refused", "Ostrand", "refuses")),
    )
    score = evaluate(Dataset.read(example), lambda case: pipeline.summarise(case.document, model=model))
    assert figures(score).documents[0].found == ("1", "2")


@pytest.mark.parametrize("model", [Gold, GoldItem, Figures, DocumentFigures, Counts, Share, Shares])
def test_every_field_is_on_the_page(model: type[Gold]) -> None:
    unnamed = [name for name in model.model_fields if not re.search(rf'[`"]{name}[`"]', PAGE)]
    assert [name for name in unnamed if name != "items"] == []
