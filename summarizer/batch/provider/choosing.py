"""Whose batches can be used, and with what: said before anything is read."""

from __future__ import annotations

from summarizer.errors import UsageError
from summarizer.llm import Profile, Strategy
from summarizer.llm.families import providers
from summarizer.settings import Limits

VIA = "--via provider-batch"


def require_batches(profile: Profile, *, strategy: Strategy, limits: Limits, is_replayed: bool) -> None:
    """Let pass what can be asked in batches. Raises UsageError.

    An endpoint of the user's own may take them: that is found out there.
    """
    provider = providers().get(profile.provider)
    if profile.embedded:
        raise UsageError(f"{VIA} is for hosted models: {profile.name!r} runs on this machine")
    if provider is not None and not provider.batches:
        takers = ", ".join(f"{name}/<name>" for name, each in providers().items() if each.batches)
        raise UsageError(f"{provider.title} takes no batches that we know of: name {takers}, or leave {VIA} out")
    if strategy != "whole":
        raise UsageError(f"{VIA} is for strategy whole: with {strategy} a report has more questions than a batch is worth")
    if limits.seconds is not None:
        raise UsageError(f"--deadline is for answers that come live: a batch takes up to a day, so leave it or {VIA} out")
    if is_replayed:
        raise UsageError(f"--replay asks nothing: leave it or {VIA} out")
