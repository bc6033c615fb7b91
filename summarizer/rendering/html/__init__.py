"""A web page of a briefing: one file that loads nothing, to be read on a phone, on a desk and on paper.

The text of the report stands beside the items, with links both ways. Without scripts everything is there; with them, items
and sentences light each other up, and items are filtered. The browser is told, by their hashes, to run this one script, to
apply this one style sheet, and to load and send nothing. No text of a report is inside either of them, nor part of a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summarizer.briefing import Briefing
from summarizer.rendering.html.cards import parts, withheld_cards
from summarizer.rendering.html.numbering import numbering
from summarizer.rendering.html.picture import WIDTH, picture
from summarizer.rendering.html.report import paragraphs
from summarizer.rendering.html.stances import stance_table
from summarizer.rendering.html.templates import content_hash, template, text_beside
from summarizer.rendering.outline import Outline

PALETTE = text_beside(__package__, "palette.css")
"""The colours of a page by day and by night, which pages beside it share."""
STANCE_SYMBOLS = {"supports": "✓", "opposes": "✗", "conditional": "◐", "neutral": "–"}
"""Beside the word and the colour, so that none has to be seen."""


def html(page: Outline) -> str:
    """The whole page as one HTML document."""
    page = replace(page, briefing=_on(page))
    numbers = numbering(page.briefing)
    style, script = PALETTE + text_beside(__package__, "page.css"), text_beside(__package__, "page.js")
    return (
        template(__package__, "page.html.j2").render(
            page=page,
            briefing=page.briefing,
            words=page.wording,
            say=page.wording.say,
            numbers=numbers,
            named=lambda parties: _named(parties, page),
            parts=parts(page, numbering=numbers),
            withheld=withheld_cards(page, numbering=numbers),
            table=stance_table(page, numbering=numbers),
            picture=picture(page, numbering=numbers),
            picture_width=WIDTH,
            paragraphs=paragraphs(page),
            symbols=STANCE_SYMBOLS,
            report_language=page.report_language,
            style=style,
            script=script,
            style_hash=content_hash(style),
            script_hash=content_hash(script),
        )
        + "\n"
    )


def _on(page: Outline) -> Briefing:
    """The briefing with the items, parties and withheld claims that are on the page: a short one has not all of them."""
    items = {section.kind: tuple(entry.item for entry in section.entries) for section in page.sections}
    return page.briefing.model_copy(
        update={
            "parties": tuple(line.party for line in page.parties),
            "positions": items["position"],
            "demands": items["demand"],
            "outcomes": items["outcome"],
            "withheld": page.briefing.withheld if page.withheld else (),
        }
    )


def _named(parties: Sequence[int], page: Outline) -> str:
    """The names of these parties, or the words for nobody in particular."""
    return ", ".join(page.briefing.parties[number - 1].name for number in parties) or page.wording.say("nobody_named")
