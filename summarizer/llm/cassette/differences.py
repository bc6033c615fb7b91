"""What a request that a cassette does not hold differs in from the nearest one that it does.

Six aspects, each a text that can be compared and shown: the endpoint, the model, the prompt, the schema, the other
parameters, and the text that is asked about. The text stands between the fence marks (`<1e26>` ... `</1e26>`) of the last
message; what else the messages say is the prompt. A grammar repeats the text, so those parts of it are none of the schema.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from summarizer.llm.cassette.exchanges import Exchange, Question, canonical
from summarizer.llm.cassette.folder import Cassette

Aspect = Literal["endpoint", "model", "prompt", "schema", "parameters", "text", "mark", "grammar's words"]
Aspects = Mapping[Aspect, str]

SHOWN_BEFORE = 12
SHOWN_AFTER = 28
FIRST_WORDS = 60

_SCHEMA_FIELDS = ("response_format", "grammar", "tools", "tool_choice", "functions", "function_call")
_OTHER_FIELDS = frozenset({"model", "messages", "input", *_SCHEMA_FIELDS})
_FENCED = re.compile(r"<([0-9a-f]{4,})>\n?(.*?)\n?</\1>", re.DOTALL)
_WORDS_OF_THE_TEXT = re.compile(r"(?<=%regex \{).*(?=\})")
_FOLLOWING: frozenset[Aspect] = frozenset({"mark", "grammar's words"})


def why_missing(question: Question, cassette: Cassette) -> str:
    """One line: that this folder holds no answer to the question, which file is nearest, and what differs."""
    folder = os.fspath(cassette.folder)
    held = [(path.name, aspects(entry.question)) for path, entry in cassette.entries() if isinstance(entry, Exchange)]
    if not held:
        return f"{folder!r} holds no answer to this request: nothing is recorded in it. Record it with --record."
    now = aspects(question)
    file, found = nearest(now, held)
    return (
        f"{folder!r} holds no answer to this request; the nearest one, {file!r}, differs."
        f" {capitalised('; '.join(differences(found, now)))}."
        " Record it again with --record, or add what is missing with --record-missing."
    )


def nearest(now: Aspects, held: Iterable[tuple[str, Aspects]]) -> tuple[str, Aspects]:
    """The one of those held, each under a name, that differs in the fewest aspects, and then by the fewest characters."""
    counted = [(_count(before, now), name, before) for name, before in held]
    fewest = min(count for count, _, _ in counted)
    close = [(name, before) for count, name, before in counted if count == fewest]
    return min(close, key=lambda each: (_distance(each[1], now), each[0]))


def differences(old: Aspects, new: Aspects) -> list[str]:
    """Each aspect that differs, with the first place where it does: `prompt: 'be brief' is now 'be brie'`."""
    differing = [name for name in new if old[name] != new[name]]
    telling = [name for name in differing if name not in _FOLLOWING]
    if telling:
        return [f"{name}: {_place(old[name], new[name])}" for name in telling]
    if "mark" in differing:
        return ["text: the report is another one before or after this passage"]
    return [f"schema: in its words of the text, {_place(old[name], new[name])}" for name in differing]


def aspects(question: Question) -> Aspects:
    """The aspects of a question. The last two follow from the text, and tell something only where nothing else does."""
    body: dict[str, Any] = question.body if isinstance(question.body, dict) else {"body": question.body}
    prompt, text, mark = _prompt_and_text(body)
    schema = _named({name: body[name] for name in _SCHEMA_FIELDS if name in body}, "\n")
    return {
        "endpoint": f"{question.method} {question.url}",
        "model": str(body.get("model", "")),
        "prompt": prompt,
        "schema": _WORDS_OF_THE_TEXT.sub("", schema),
        "parameters": _named({name: value for name, value in sorted(body.items()) if name not in _OTHER_FIELDS}, ", "),
        "text": text,
        "mark": mark,
        "grammar's words": "\n".join(_WORDS_OF_THE_TEXT.findall(schema)),
    }


def first_words(question: Question) -> str:
    """The first words of what was asked about, in one line: of the last fenced text, else of the last message."""
    messages = _messages(question.body)
    content = messages[-1][1] if messages else _as_text(question.body)
    fenced = _FENCED.findall(content)
    words = " ".join((fenced[-1][1] if fenced else content).split())
    return words if len(words) <= FIRST_WORDS else words[: FIRST_WORDS - 1].rstrip() + "…"


def capitalised(sentence: str) -> str:
    """The sentence with a capital at its beginning, and nothing else changed."""
    return sentence[:1].upper() + sentence[1:]


def _prompt_and_text(body: Mapping[str, Any]) -> tuple[str, str, str]:
    """The messages without what is fenced in the last one; what is fenced there; its mark."""
    messages = _messages(body)
    if not messages:
        return "", _as_text(body.get("input", "")), ""
    *before, (role, content) = messages
    fenced = _FENCED.findall(content)
    said = [*before, (role, _FENCED.sub("<>", content))]
    prompt = "\n".join(f"[[{role}]]\n{content}" for role, content in said)
    return prompt, "\n".join(text for _, text in fenced), fenced[0][0] if fenced else ""


def _messages(body: Any) -> list[tuple[str, str]]:
    messages = body.get("messages") if isinstance(body, dict) else None
    return [(str(each.get("role")), _as_text(each.get("content"))) for each in messages or () if isinstance(each, dict)]


def _named(values: Mapping[str, Any], between: str) -> str:
    return between.join(f"{name} {_as_text(value)}" for name, value in values.items())


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else canonical(value)


def _count(before: Aspects, now: Aspects) -> int:
    return sum(before[name] != now[name] for name in now if name not in _FOLLOWING)


def _distance(before: Aspects, now: Aspects) -> int:
    """How many characters lie between the first and the last difference of each aspect."""
    return sum(_differing(before[name], now[name]) for name in now if before[name] != now[name])


def _differing(before: str, now: str) -> int:
    start = _shared(before, now)
    end = _shared(before[start:][::-1], now[start:][::-1])
    return max(len(before), len(now)) - start - end


def _shared(one: str, other: str) -> int:
    """How many characters both begin with, by halving: slices compare a hundred times faster than characters."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _place(before: str, now: str) -> str:
    """The first difference in its line, or with the lines around it where the line is the same."""
    start = _shared(before, now)
    old, new = _in_line(before, start), _in_line(now, start)
    if old == new:
        old, new = (_cut(text, start - SHOWN_BEFORE, start + SHOWN_AFTER) for text in (before, now))
    return f"{old} is now {new}"


def _in_line(text: str, place: int) -> str:
    begin, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    line = text[begin:] if end < 0 else text[begin:end]
    if len(line) <= SHOWN_BEFORE + SHOWN_AFTER:
        return _cut(line, 0, len(line))
    return _cut(line, place - begin - SHOWN_BEFORE, place - begin + SHOWN_AFTER)


def _cut(text: str, begin: int, end: int) -> str:
    shown = text[max(0, begin) : end]
    return repr(f"{'…' if begin > 0 else ''}{shown}{'…' if end < len(text) else ''}") if text else "nothing"
