"""Pages and documents from the web, for whoever asked for one: off unless the user allows it.

What the web sends may be hostile, and so may the address itself: whoever wrote it may want this machine to knock at doors
that only this machine can reach. So only public addresses are connected to, whatever an address is spelled like, whatever a
name resolves to, and wherever a page redirects. `targets` reads addresses as they are written, `addresses` knows which are
public, and `fetching` goes there, within bounds of size and time. What is defended, and what is not: docs/security.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.errors import SourceError
from summarizer.reading.web.naming import as_shown

if TYPE_CHECKING:
    from summarizer.reading.web.fetching import Fetched, Web

__all__ = ["as_shown", "fetch_url", "looks_like_url", "url_not_allowed"]

_URL = re.compile(r"\s*(?:https?:|[a-z][a-z0-9+.-]+://)", re.IGNORECASE)  # two letters at least: C:/ is a folder


def looks_like_url(text: str) -> bool:
    """Whether somebody who names this as a source means a web address, of whatever scheme, and not a file."""
    return _URL.match(text) is not None


def url_not_allowed(url: str) -> SourceError:
    """The error for a web address that was given without leave to fetch any."""
    return SourceError(
        f"{as_shown(url)} is a web address, and none is fetched unless asked: "
        "add --allow-url, or save the page and give the file."
    )


def fetch_url(url: str, *, limit: int, web: Web | None = None) -> Fetched:
    """What is at a web address: at most `limit` bytes, unpacked. Whether that is allowed is for the caller to ask first.

    `web` is how to get there, for tests; the internet if left out. Raises SourceError for whatever cannot be fetched, is too
    large or too slow, is no document, or leads to an address that is not public.
    """
    from summarizer.reading.web.fetching import Web, fetch  # here, since reading files needs no network

    return fetch(url, limit=limit, web=web or Web())
