"""A grammar under which a model can only copy: LLGuidance, as llama.cpp takes it in a request.

The answer is `{"moves":[[words, party, act, ...], ...]}` in as few tokens as JSON allows. `words`, `party` and
`addressee` are runs of whole words of the text, escaped as JSON escapes them, so that what comes back parses to the
source's own characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

MOST_MOVES = 6
FEWEST_WORDS = 3

_CHUNK = re.compile(
    r"""\\u[0-9a-f]{4} | \\.              # a JSON escape, never divided
      | (?:[^\W\d_]\.){2,}                # U.S.
      | \w+ (?:[.,’'\-]\w+)*              # words, 30-day, Russia’s, 1,000
      | \s+ | .""",
    re.VERBOSE | re.DOTALL,
)


_ANYTHING = "[^ ].*"
# A name, with its article if it has one, or a group in the plural ("some lawyers").
_NAMELIKE = r"(([Tt]he|some|many|several|most) )?(\p{Lu}.*|\p{Ll}{4,}s)"
# A pronoun may be named: better an honest "he", which is resolved or withheld, than somebody else's name.
_NO_NAMES = "(This|That|These|Those|However|But|And|The|There|Both)"


def copy_grammar(text: str, *, names: str, acts: Sequence[str], addressed: Sequence[str]) -> str:
    """The grammar of an answer about `text`.

    `names` is the text that parties may be copied from, `acts` the closed list of acts, and `addressed` those of them
    that also name an addressee, which may be empty.
    """
    plain = [act for act in acts if act not in addressed]
    return "\n".join((
        "%llguidance {}",
        rf'start: "{{\"moves\":[" (move ("," move){{0,{MOST_MOVES - 1}}})? "]}}"',
        r'move: "[\"" WORDS "\",\"" PARTY "\",\"" (PLAIN "\"]" | ADDRESSED "\",\"" ADDRESSEE "\"]")',
        f"WORDS: TEXT & /{_at_least(min(FEWEST_WORDS, len(text.split())))}/",
        f"PARTY: NAMES & /{_NAMELIKE if _has_capitals(names) else _ANYTHING}/ & ~/{_NO_NAMES}/",
        f'ADDRESSEE: "" | NAMES & /{_ANYTHING}/',
        f"PLAIN: {_alternatives(plain)}",
        f"ADDRESSED: {_alternatives(addressed)}",
        f"TEXT: {_runs_of(text)}",
        f"NAMES: {_runs_of(names)}",
    ))  # fmt: skip


def _at_least(words: int) -> str:
    """A regular expression for that many words or more. Scripts without spaces count as one word."""
    return rf"[^ ].*( [^ ]+){{{max(0, words - 1)},}}"


def _runs_of(text: str) -> str:
    chunks = _CHUNK.findall(json.dumps(text, ensure_ascii=False)[1:-1])
    return f'%regex {{ "substring_chunks": {json.dumps(chunks, ensure_ascii=False)} }}'


def _alternatives(words: Sequence[str]) -> str:
    return " | ".join(json.dumps(word) for word in words)


def _has_capitals(text: str) -> bool:
    """Whether the script tells names from other words."""
    return any(character.isupper() for character in text)
