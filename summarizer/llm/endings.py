"""How a completion ended, read before it is parsed: a part is never taken for the whole, nor a refusal for an answer.

Works on the JSON as it came: providers add reasons of their own, and the client builds its types without checking them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

import httpx2

from summarizer.errors import AnswerError
from summarizer.llm.failures import Transient, Unfit, Unusable, error_object, of_status, readable
from summarizer.llm.profiles import Profile

_WHOLE = frozenset({"", "stop", "tool_calls", "function_call", "end_turn", "stop_sequence", "eos", "eos_token", "completed"})
"""Ways to end that leave an answer whole. No reason is one of them: what parses as one JSON object is not cut."""
_CUT = frozenset({"length", "model_length", "max_tokens", "max_output_tokens"})
_FILTERED = frozenset({"content_filter", "safety", "refusal", "recitation", "prohibited_content", "blocklist", "spii"})
_BROKEN = frozenset({"error", "abort", "timeout", "cancelled", "insufficient_system_resource"})


def require_whole(response: httpx2.Response, profile: Profile) -> None:
    """Let a response pass that holds one answer which came to its own end.

    Raises Transient, Unfit, Unusable or AnswerError for anything else that comes with status 200.
    """
    choice = _choice(_body(response, profile), profile)
    message = choice["message"]
    reason = str(choice.get("finish_reason") or "").casefold()
    if reason in _BROKEN:
        raise Transient("broke the answer off")
    if reason in _CUT:
        raise Unusable("truncated", "the answer was cut at the token limit", cut=_text(message))
    if reason in _FILTERED:
        raise Unusable("filtered", "the endpoint filtered the answer")
    if message.get("refusal"):
        raise Unusable("filtered", f"the model refused: {readable(message['refusal'])}")
    if reason not in _WHOLE:
        raise Unusable("failed", f"the answer ended in a way that is not known: {readable(reason)}")
    if message.get("tool_calls") and not _is_one_call(message["tool_calls"]):
        raise Unfit("the function was not called once, with one object")


def only_object(text: str) -> str:
    """The one JSON object in a text, without the prose or the fence that some models put around it.

    Raises Unfit where another one follows, since nobody knows which is meant. A text that does not hold a whole object, or
    holds it inside something else that may have been cut, is given back as it is.
    """
    start = text.find("{")
    if start < 0 or "[" in text[:start]:
        return text
    try:
        _, end = json.JSONDecoder(object_pairs_hook=_distinct).raw_decode(text, start)
    except (ValueError, RecursionError):
        return text
    if "{" in text[end:]:
        raise Unfit("there were several JSON objects, and one is wanted")
    return text[start:end]


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:  # Any: what a model wrote
    """The object of these pairs. Raises Unfit where a name comes twice: one of the two values would be lost in silence."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise Unfit("a name came twice in one object")
    return dict(pairs)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _body(response: httpx2.Response, profile: Profile) -> Mapping[str, Any]:
    if response.status_code != httpx2.codes.OK:
        raise Unusable("failed", f"the endpoint answered {response.status_code}, which promises no whole answer")
    try:
        body: object = json.loads(response.content, parse_constant=_refuse)
    except (ValueError, RecursionError):
        if response.text.lstrip().startswith("<"):
            raise AnswerError(
                f"{profile.name!r} at {profile.endpoint!r} answered with a web page:"
                " check --base-url, which usually ends in /v1"
            ) from None
        raise Transient("sent an answer that is not whole") from None
    if not isinstance(body, Mapping):
        raise Unusable("failed", "the endpoint answered with something that is not a chat completion")
    return body


def _choice(body: Mapping[str, Any], profile: Profile) -> Mapping[str, Any]:
    """The first choice, with a message. An error may come inside an answer, or inside its choice, with status 200."""
    choices = body.get("choices")
    if body.get("error") and not choices:
        raise _inside(body, profile)
    if not choices and profile.provider == "gemini":
        raise Unusable("filtered", "the endpoint blocked the prompt")  # this is how Google says so
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
        raise Unusable("failed", "the endpoint answered without a choice")
    choice = choices[0]
    if choice.get("error"):
        raise _inside(choice, profile)
    if not isinstance(choice.get("message"), Mapping):
        raise Unusable("failed", "the endpoint answered without a message")
    return choice


def _inside(holder: Mapping[str, Any], profile: Profile) -> Exception:
    error = error_object(holder.get("error"))
    code = error.get("code")
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    return of_status(status, error, {}, profile)


def _is_one_call(calls: object) -> bool:
    match calls:
        case [{"function": {"arguments": str() as arguments}}]:
            return bool(only_object(arguments))
        case _:
            return False


def _text(message: Mapping[str, Any]) -> str:
    """What the model wrote: the arguments of the tool that it calls, or the content."""
    match message.get("tool_calls"):
        case [{"function": {"arguments": str() as arguments}}, *_]:
            return arguments
        case _:
            return content_of(message.get("content"))


def content_of(content: object) -> str:
    """The text of a content, which some providers give in pieces: thoughts first, then the answer."""
    if not isinstance(content, list):
        return content if isinstance(content, str) else ""
    texts = (piece.get("text") for piece in content if isinstance(piece, Mapping) and piece.get("type") == "text")
    return "".join(text for text in texts if isinstance(text, str))
