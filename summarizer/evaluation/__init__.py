"""How good briefings are, measured by what readers found in the same texts.

    from pathlib import Path
    from summarizer import summarise
    from summarizer.evaluation import Dataset, evaluate, figures

    score = evaluate(Dataset.read(Path("seeds")), lambda case: summarise(case.document))
    print(figures(score).typed.f1)

`dataset` and `gold` are what is measured by, `results` what is measured, `matching` says which item is which, `scores` and
`figures` count, `comparing` tells what an earlier score had; `table` and `page` show it. Nothing here knows how a briefing is
made: whatever makes one is passed in.
"""

from __future__ import annotations

from summarizer.evaluation.dataset import Case, Dataset
from summarizer.evaluation.evaluating import evaluate
from summarizer.evaluation.figures import Figures, figures
from summarizer.evaluation.gold import Gold, GoldItem
from summarizer.evaluation.results import Prediction, Quotation, Result
from summarizer.evaluation.scores import CaseScore, Score

__all__ = [
    "Case",
    "CaseScore",
    "Dataset",
    "Figures",
    "Gold",
    "GoldItem",
    "Prediction",
    "Quotation",
    "Result",
    "Score",
    "evaluate",
    "figures",
]
