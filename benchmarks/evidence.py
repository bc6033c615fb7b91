"""Whether every quotation is the source's own words, and every briefing fits the published schema.

python benchmarks/evidence.py FOLDER    a folder of briefings made with --format json
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path

import jsonschema

from summarizer.briefing import Briefing, json_schema


def main(folder: Path) -> None:
    """Print the counts. Exits with 1 where a quotation or a briefing is not what it should be."""
    paths = sorted(folder.glob("*.json"))
    validator = jsonschema.Draft202012Validator(json_schema())
    invalid = [path.name for path in paths if not validator.is_valid(json.loads(path.read_text()))]
    briefings = [Briefing.model_validate_json(path.read_text()) for path in paths]
    evidence = [(briefing.document, each) for briefing in briefings for item in briefing.items for each in item.evidence]
    wrong = [each for document, each in evidence if document.text[each.start : each.end] != each.quote]
    sentences = [end - start for briefing in briefings for start, end in briefing.document.sentence_spans]
    print(f"{len(paths)} briefings, {len(invalid)} of them do not fit the schema {invalid or ''}")
    print(f"{len(evidence)} quotations, {len(wrong)} of them are not the source's own words")
    print(f"median quotation {statistics.median(len(each.quote) for _, each in evidence):.0f} characters")
    print(f"median sentence  {statistics.median(sentences):.0f} characters")
    sys.exit(bool(wrong or invalid))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
