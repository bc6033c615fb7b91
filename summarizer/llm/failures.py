"""What every way to fail means: worth another attempt, another question, a gap in the briefing, or the end of asking.

    Transient        the same request may fare better later            -> attempts
    GrammarRefused   the endpoint cannot read our grammar              -> the same question, by schema
    Unfit            the answer is whole, and not what was asked for   -> a reask that says so
    Unusable         there will be no answer to this prompt            -> a gap; the next prompt is asked
    AnswerError      there will be no answer to any prompt             -> the end, with what to do

An endpoint's own words are shown, since they often say best what is wrong, in one line and without what may be a key.
Foreign errors are not chained: a traceback would print the whole of what the endpoint sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx2

from summarizer.errors import AnswerError, GivenUp, RequestRefused
from summarizer.llm.profiles import Profile
from summarizer.printable import printable

Gap = Literal["failed", "truncated", "filtered"]

NOT_CONNECTED = (httpx2.ConnectError, httpx2.ConnectTimeout)
"""What a transport raises before anything of a request has left."""

TRANSIENT = frozenset({408, 409, 425, 429, *range(500, 600)}) - {501, 505}
_QUOTA = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})
_FILTER = frozenset({"content_filter", "content_policy_violation", "content_filtered", "safety"})
_FLAGGED = re.compile(r"was flagged|content management policy|content policy", re.IGNORECASE)
_WRONG_KEY = re.compile(r"api[ _-]?key", re.IGNORECASE)
_TOO_LONG = re.compile(
    r"context[ _](?:length|window|size)|maximum context|exceed_context|prompt is too long|too many (?:input )?tokens"
    r"|token count .{0,40}exceeds|input is too long|request too large",
    re.IGNORECASE,
)

_SECRET = re.compile(
    r"(?i)bearer\s+\S+"
    r"|\b[\w-]{0,30}?(?:key|token|secret|cookie|session|authorization|password|organi[sz]ation|project)[\w-]{0,30}"
    r"[\"']?\s?[:=]\s?\S+"
    r"|\b(?:sk|pk|rk|org|proj|sess|user|req|key|aiza)[-_][\w-]{6,}"
    r"|\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}"
)
_FOR_EVER = 1e6
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST_READ = 1_000
_LONGEST_SHOWN = 200


class Transient(Exception):
    """The request failed, and may not fail again. `retry_after`: seconds that the endpoint wants to be left alone for."""

    def __init__(self, what: str, *, retry_after: float | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after


class Unreachable(Transient):
    """There is nobody to ask: no such host, or nobody there takes the connection."""


class Unfit(Exception):
    """A whole answer that is not what was asked for; the message says what is wrong, for the model to read."""


class GrammarRefused(Exception):
    """The endpoint cannot read the grammar: the same is to be asked by schema."""


class Unusable(Exception):
    """An answer that must not be taken for one, and that asking again would not mend. `cut` is the text of one that was cut."""

    def __init__(self, gap: Gap, reason: str, *, cut: str = "") -> None:
        super().__init__(reason)
        self.gap = gap
        self.reason = reason
        self.cut = cut


def of_status(status: int, error: Mapping[str, Any], headers: Mapping[str, str], profile: Profile) -> Exception:
    """What a status and the error object that came with it mean, be it the status line's or one inside an answer."""
    asked, message = f"{profile.name!r} at {profile.endpoint!r}", str(error.get("message") or "")[:_LONGEST_READ]
    said = _said(message)
    codes = {str(error.get(name)).casefold() for name in ("code", "type")}
    if codes & _QUOTA or status == 402:
        return AnswerError(f"the quota of {asked} is used up: raise it, or name another model{said}")
    if codes & _FILTER or (status in (400, 403) and _FLAGGED.search(message)):
        return Unusable("filtered", "the endpoint's content filter refused the prompt")
    if status == 413 or (status in (400, 422, 500) and _TOO_LONG.search(f"{codes} {message}")):
        return Unusable("truncated", "the passage is too long for the model")
    if status in (401, 403) or (status == 400 and _WRONG_KEY.search(message)):
        return AnswerError(f"{asked} refused the key: check {profile.key_variable}{said}")
    if status in TRANSIENT:
        wanted = retry_after(headers)
        alone = "" if wanted is None else f", and wants to be left alone for {wanted:.0f} s"
        return Transient(f"answered {status}{said}{alone}", retry_after=wanted)
    if status == 404:
        return AnswerError(f"{asked} answered 404: check the model's name and --base-url, which usually ends in /v1{said}")
    kind = RequestRefused if status in (400, 422) else AnswerError
    return kind(f"{asked} answered {status}: name another model, or see what works with `summarizer model check`{said}")


def refuses_the_grammar(status: int, error: Mapping[str, Any]) -> bool:
    """Whether this answer to a request with a grammar says that the grammar cannot be read."""
    return status in (400, 500) and "grammar" in str(error.get("message") or "")[:_LONGEST_READ].casefold()


def given_up(failure: Transient, profile: Profile) -> GivenUp:
    """What to tell the user when the attempts are used up."""
    next_move = "check --base-url and the network" if isinstance(failure, Unreachable) else "try later, or name another model"
    return GivenUp(f"{profile.name!r} at {profile.endpoint!r} {failure}: {next_move}")


def error_object(body: object) -> Mapping[str, Any]:
    """The object that says what went wrong, wherever a provider puts it: alone, as `error`, in a list of one, as `detail`."""
    if isinstance(body, list):
        body = body[0] if body else {}
    if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping):
        body = body["error"]
    if not isinstance(body, Mapping):
        return {"message": str(body)} if body else {}
    return body if "message" in body else {"message": body.get("error") or body.get("detail") or "", **body}


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the endpoint wants to be left alone for: given in milliseconds, in seconds, or as a date."""
    milliseconds, asked = headers.get("retry-after-ms", ""), headers.get("retry-after", "").strip()
    if _NUMBER.fullmatch(milliseconds):
        return min(float(milliseconds) / 1000, _FOR_EVER)
    if _NUMBER.fullmatch(asked):
        return min(float(asked), _FOR_EVER)
    try:
        date = parsedate_to_datetime(asked)
        seconds = (date.replace(tzinfo=date.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
        return min(max(0.0, seconds), _FOR_EVER)
    except (ValueError, TypeError, OverflowError):
        return None


def readable(said: object) -> str:
    """What somebody said, in one short line and without what may be a key."""
    line = " ".join((str(said)[:_LONGEST_READ].strip() or type(said).__name__).split())
    return printable(_SECRET.sub("[...]", line)[:_LONGEST_SHOWN])


def _said(message: str) -> str:
    """The error's own words in brackets, if it has any; a page of HTML says nothing."""
    return f" ({readable(message)})" if message.strip() and not message.lstrip().startswith("<") else ""
