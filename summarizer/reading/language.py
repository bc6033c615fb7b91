"""In which language a text is written. The only module that knows py3langid."""

from __future__ import annotations

LEAST_LETTERS = 200
"""A shorter text is taken for English: a name or two decide there."""
_ENOUGH = 5_000
"""Code points that are looked at."""


def language_of(text: str, *, declared: str | None = None) -> str:
    """The ISO 639-1 code of the language that most of the beginning of the text is in.

    Of a text too short to tell, the one that was `declared`, else "en": what pages declare is often their template's language.
    """
    beginning = text[:_ENOUGH]
    if sum(map(str.isalpha, beginning)) < LEAST_LETTERS:
        return declared or "en"
    from py3langid import classify  # half a second, and only needed to read

    language, _ = classify(beginning)
    return str(language)
