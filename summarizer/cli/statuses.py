"""Exit statuses that belong to no error of ours: those stand in `summarizer.errors`."""

from __future__ import annotations

SOMETHING_TO_REPORT = 1
INTERRUPTED = 130
