"""What becomes of a doubt, by the user's choice: the one place that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from summarizer.schema import Check
from summarizer.settings import Policy


def reasons_to_withhold(checks: Sequence[Check], *, policy: Policy) -> tuple[str, ...]:
    """Why a claim with these checks is not shown: what failed, else under `withhold` what is doubted. Nothing: it is shown."""
    failures = tuple(check.reason for check in checks if check.result == "fail")
    match policy:
        case "show" | "strict":
            return failures
        case "withhold":
            return failures or tuple(check.reason for check in checks if check.result == "doubt")
        case _:
            assert_never(policy)
