"""What others take for a quotation: where each finds words in a text. Those that are not installed are left out."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from importlib import import_module, metadata
from typing import Any

from quotations.texts import Span

Locator = Callable[[str, str], tuple[Span, ...] | None]
"""Words and a text to the places of the parts of the words in the text; None where it does not find them."""


def installed() -> Iterator[tuple[str, Locator]]:
    """Each rival with its version, as far as it can be loaded here."""
    yield "substring", substring
    for name, load in (("langextract", _langextract), ("instructor", _instructor)):
        try:
            locator = load()
        except ImportError:
            continue
        yield f"{name} {metadata.version(name)}", locator


def missing() -> list[str]:
    """The rivals that cannot be loaded here."""
    found = [name.split()[0] for name, _ in installed()]
    return [name for name in ("langextract", "instructor") if name not in found]


def substring(words: str, text: str) -> tuple[Span, ...] | None:
    """Python's own search."""
    start = text.find(words)
    return None if start < 0 else ((start, start + len(words)),)


def _langextract() -> Locator:
    """Its aligner of one extraction, with the settings that it has by default."""
    aligner: Any = import_module("langextract.resolver").WordAligner()
    extraction: Any = import_module("langextract.core.data").Extraction

    def locate(words: str, text: str) -> tuple[Span, ...] | None:
        ((aligned,),) = aligner.align_extractions([[extraction(extraction_class="quotation", extraction_text=words)]], text)
        place = aligned.char_interval
        return None if place is None else ((place.start_pos, place.end_pos),)

    return locate


def _instructor() -> Locator:
    """The check of its `CitationMixin`: up to five characters may differ."""
    with warnings.catch_warnings():  # it warns of its own modules
        warnings.simplefilter("ignore")
        mixin: Any = import_module("instructor").CitationMixin
    import_module("regex")

    def locate(words: str, text: str) -> tuple[Span, ...] | None:
        spans: list[Span] = list(mixin.model_construct(substring_quotes=[words]).get_spans(text))
        return (spans[0],) if spans else None

    return locate
