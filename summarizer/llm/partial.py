"""What stands complete in an answer that was cut: all but what was being written."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json

from summarizer.prompt import Response


def complete_part(cut: str, response_model: type[Response]) -> Response | None:
    """The answer without what may be incomplete; None where nothing that fits the response model is left.

    An answer is written in order, so only its last field can be incomplete, and of a list only the last element.
    """
    try:
        return response_model.model_validate(_without_end(from_json(cut, allow_partial=True)))
    except (ValueError, RecursionError):
        return None


def _without_end(value: Any) -> Any:  # Any: what a model wrote
    if not isinstance(value, dict) or not value:
        return value
    *complete, (name, last) = value.items()
    return dict(complete) | ({name: last[:-1]} if isinstance(last, list) else {})
