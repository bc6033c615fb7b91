"""A grammar under which a model can only copy: LLGuidance, as llama.cpp takes it in a request.

The answer is `{"moves":[[words, party, act, ...], ...]}` in as few tokens as JSON allows. `words`, `party` and
`addressee` are runs of whole words of the text, escaped as JSON escapes them, so that what comes back parses to the
source's own characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

MOST_MOVES = 6
FEWEST_WORDS = 3
LONGEST_WORD = 100

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
_NO_NAMES = ("This", "That", "These", "Those", "However", "But", "And", "The", "There", "Both")


def copy_grammar(text: str, *, names: str, acts: Iterable[str], addressed: Sequence[str]) -> str | None:
    """The grammar of an answer about `text`; None where a word is so long that LLGuidance gives up, which fails open.

    `names` is the text that parties may be copied from, `acts` the closed list of acts, and `addressed` those of them
    that also name an addressee, which may be empty.
    """
    if any(len(chunk) > LONGEST_WORD for chunk in _chunks(f"{names} {text}")):
        return None
    plain = [act for act in acts if act not in addressed]
    return "\n".join((
        "%llguidance {}",
        rf'start: "{{\"moves\":[" (move ("," move){{0,{MOST_MOVES - 1}}})? "]}}"',
        r'move: "[\"" WORDS "\",\"" PARTY "\",\"" (PLAIN "\"]" | ADDRESSED "\",\"" ADDRESSEE "\"]")',
        f"WORDS: TEXT & /{_words(text)}/",
        f"PARTY: NAMES & /{_NAMELIKE if _holds_a_name(names) else _ANYTHING}/ & ~/({'|'.join(_NO_NAMES)})/",
        f'ADDRESSEE: "" | NAMES & /{_ANYTHING}/',
        f"PLAIN: {_alternatives(plain)}",
        f"ADDRESSED: {_alternatives(addressed)}",
        f"TEXT: {_runs_of(text)}",
        f"NAMES: {_runs_of(names)}",
    ))  # fmt: skip


def _words(text: str) -> str:
    """A regular expression for as many words as there must be, or as the text has: an empty rule would fail open."""
    patterns = (rf"[^ ].*( [^ ]+){{{further},}}" for further in range(FEWEST_WORDS - 1, -1, -1))
    written = "".join(_chunks(text))
    return next((pattern for pattern in patterns if re.search(pattern, written)), _ANYTHING)


def _runs_of(text: str) -> str:
    return f'%regex {{ "substring_chunks": {json.dumps(_chunks(text), ensure_ascii=False)} }}'


def _chunks(text: str) -> list[str]:
    """The words, spaces and marks of a text as JSON writes them."""
    return _CHUNK.findall(json.dumps(text, ensure_ascii=False)[1:-1])


def _holds_a_name(text: str) -> bool:
    """Whether some word begins with a capital and may be a name: in other scripts any words may."""
    return any(chunk[0].isupper() and chunk not in _NO_NAMES for chunk in _chunks(text))


def _alternatives(words: Sequence[str]) -> str:
    return " | ".join(json.dumps(word) for word in words)
