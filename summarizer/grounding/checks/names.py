"""Every proper name of the statement is in its evidence, or before it, or stands there under another form of the same party."""

from __future__ import annotations

import re
from functools import lru_cache

from summarizer.grounding.checks.basis import Basis, plain
from summarizer.grounding.english import lexicon
from summarizer.grounding.figures import figures
from summarizer.grounding.naming import forms_of, names_in, places_of, same_party, states_of, words_of
from summarizer.schema import Check, Claim

LANGUAGES = frozenset({"en", "fr", "es", "ru", "uk"})
"""Those that give capitals to names, and to little else."""
_ENDING = 2
"""Letters at the end of a name that a case may change, in languages that have cases."""


def check(claim: Claim, basis: Basis) -> Check:
    """Fails where a name is nowhere in the report in any form, doubts where it comes only after the evidence."""
    if claim.statement is None:
        return Check(name="names", result="pass", reason="the words are the report's own")
    if basis.language not in LANGUAGES:
        return Check(name="names", result="not_checked", reason=f"names cannot be told by their letters in {basis.language!r}")
    asked = (*claim.parties, *claim.addressees, *([claim.reported_by] if claim.reported_by else []))  # by other checks
    stated = [name for name in _named(claim.statement, basis) if not any(same_party(name, other) for other in asked)]
    before = f"{basis.before}\n{basis.sentences}"
    missing = [name for name in stated if not _stands(name, before, basis)]
    for name in missing:
        if not _stands(name, basis.report, basis):
            return Check(name="names", result="fail", reason=f"{name!r} is not in the source")
    if missing:
        return Check(
            name="names", result="doubt", reason=f"{missing[0]!r} is in the source, but not in the cited sentences nor before"
        )
    return Check(name="names", result="pass", reason="every name stands in the cited sentences or before them")


def _named(statement: str, basis: Basis) -> list[str]:
    """The names, without the word that begins the statement where it has its capital only from there.

    Months and days are figures: also March and May, which alone could be words.
    """
    dated = {word for figure in figures(statement, basis.language) for word in figure.text.split()}
    names = list(names_in(statement))
    if names and statement.startswith(names[0]):
        first, _, rest = names[0].partition(" ")
        if next(places_of(first, basis.report), None) is None:
            names[0] = rest
    undated = dict.fromkeys(name for name in names if name and name not in dated)
    return [name for name in undated if not figures(name, basis.language)]


def _stands(name: str, text: str, basis: Basis) -> bool:
    """Whether the text holds the name, or each of its parts, in some form."""
    words, cased = _words_of(text), basis.language in ("ru", "uk")
    if all(_form_of(word, words, cased=cased) for word in _split(plain(name))):
        return True
    return any(same_party(name, other) for other in names_in(text)) or all(
        _form_of(word, words, cased=cased) or _otherwise(word, text) for word in words_of(name)
    )


def _form_of(word: str, words: frozenset[str], *, cased: bool) -> bool:
    if word in words or word.removesuffix("'s").removesuffix("'") in words:
        return True
    if cased and len(word) > _ENDING + 2:
        return any(other.startswith(word[:-_ENDING]) and abs(len(other) - len(word)) <= _ENDING for other in words)
    others = (word.removesuffix("s"), f"{word}s", f"{word}n", word.removesuffix("n"))  # allies, Velian
    return word in lexicon.STOPWORDS or any(other in words for other in others)


def _otherwise(word: str, text: str) -> bool:
    states = states_of(word.capitalize()) | states_of(word.upper())
    said = " ".join(("", *words_of(text), ""))
    return any(f" {form} " in said for state in states for form in forms_of(state))


@lru_cache(maxsize=16)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_split(plain(text)))


def _split(text: str) -> list[str]:
    return [word.removesuffix("'s") for word in re.findall(r"\w+(?:'\w+)*", text.replace(".", ""))]
