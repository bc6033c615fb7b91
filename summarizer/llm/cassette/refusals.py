"""Refusals of one request: errors after which a run goes on, with a gap or asking otherwise. A recording must hold them.

An endpoint may echo a key in any word of an error, so none of them is kept. In their place stands an error of our own making
that `failures` takes for the same. An error that ends a run, or that is worth another attempt, is no refusal in this sense:
played back it would stand for good for what was mended a day later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import httpx2

from summarizer.llm.cassette.exchanges import ORIGIN_HEADER
from summarizer.llm.failures import Unusable, error_object, of_status, refuses_the_grammar
from summarizer.llm.profiles import Profile

_NOT_KEPT = "the endpoint's own words are not kept"
_ANYBODY = Profile("any", "any", "any")
"""Whom the messages of `failures` would name; nobody reads them here."""


def refusal(response: httpx2.Response, *, with_grammar: bool) -> httpx2.Response | None:
    """The refusal that this response with an error status is, without a word of the endpoint's; None where it is none.

    `with_grammar`: the request had one, which may be what is refused.
    """
    said = error_object(_body(response))
    if with_grammar and refuses_the_grammar(response.status_code, said):
        error: Mapping[str, str] | None = {"code": "bad_grammar", "message": f"the grammar cannot be read; {_NOT_KEPT}"}
    else:
        error = _error(of_status(response.status_code, said, {}, _ANYBODY))
    if error is None:
        return None
    headers = {name: response.headers[name] for name in (ORIGIN_HEADER,) if name in response.headers}
    return httpx2.Response(response.status_code, headers=headers, json={"error": error})


def _error(meaning: Exception) -> Mapping[str, str] | None:
    match meaning:
        case Unusable(gap="filtered"):
            return {"code": "content_filter", "message": _NOT_KEPT}
        case Unusable(gap="truncated"):
            return {"code": "context_length_exceeded", "message": _NOT_KEPT}
        case _:
            return None


def _body(response: httpx2.Response) -> object:
    try:
        body: object = json.loads(response.content)
    except (ValueError, RecursionError):
        return response.text
    return body
