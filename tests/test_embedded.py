"""The real embedded model, asked about one paragraph. Fetches its weights (1.1 GB) when they are not there."""

from __future__ import annotations

import pytest

from summarizer import Settings, connect, summarise

PARAGRAPH = (
    "Union leader Petra Halm demanded on Tuesday that the ferry company pay overtime in full. "
    "The company refused to raise wages before the spring. The line was opened in 1923."
)


@pytest.mark.embedded
def test_the_embedded_model_finds_the_demand_and_copies_it_word_for_word() -> None:
    with connect("embedded/qwen2.5-coder-1.5b", settings=Settings.from_environment(), cache=False) as model:
        briefing = summarise(PARAGRAPH, model=model)
    assert briefing.coverage.gaps == 0
    assert all(PARAGRAPH[e.start : e.end] == e.quote for item in briefing.items for e in item.evidence)
    assert any("overtime" in demand.statement and "Petra Halm" in demand.statement for demand in briefing.demands)
