"""Who stands where: parties by issues, with the stance of each position."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.rendering.html.numbering import Numbering
from summarizer.rendering.outline import Outline
from summarizer.schema import Position


@dataclass(frozen=True, slots=True)
class Heading:
    """A party, or an issue; `is_text` is false for the words that stand for "none given"."""

    text: str
    is_text: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A position, and its number among the items of the page."""

    number: int
    position: Position


@dataclass(frozen=True, slots=True)
class Row:
    """What stands beside a heading, one cell a column."""

    heading: Heading
    cells: tuple[tuple[Held, ...], ...]


@dataclass(frozen=True, slots=True)
class StanceTable:
    """Parties down and issues across, or the other way round where there are more issues than parties."""

    columns: tuple[Heading, ...]
    rows: tuple[Row, ...]
    parties_down: bool


def stance_table(page: Outline, *, numbering: Numbering) -> StanceTable:
    """The table of a page; it has no rows where nobody holds a position. Issues that many speak to come first."""
    positions = page.briefing.positions
    issues = _issues(positions)
    parties = sorted({number for position in positions for number in numbering.of_parties(position.parties)})
    held = _held(positions, numbering)

    def cell(party: int, issue: str) -> tuple[Held, ...]:
        return tuple(held.get((party, issue), ()))

    issue_headings = tuple(_heading(issue, page) for issue in issues.values())
    party_headings = tuple(Heading(page.briefing.parties[number - 1].name) for number in parties)
    if len(issues) <= len(parties) or not parties:
        rows = (
            Row(heading, tuple(cell(party, issue) for issue in issues))
            for heading, party in zip(party_headings, parties, strict=True)
        )
        return StanceTable(issue_headings, tuple(rows), parties_down=True)
    rows = (
        Row(heading, tuple(cell(party, issue) for party in parties))
        for heading, issue in zip(issue_headings, issues, strict=True)
    )
    return StanceTable(party_headings, tuple(rows), parties_down=False)


def _heading(issue: str, page: Outline) -> Heading:
    return Heading(issue) if issue else Heading(page.wording.say("no_issue"), is_text=False)


def _issues(positions: Sequence[Position]) -> dict[str, str]:
    """Each issue by its key, as it was first written; "" stands for none, and comes last."""
    counts = Counter(map(_key, positions))
    written = {_key(position): position.issue or "" for position in reversed(positions)}
    ordered = sorted(counts, key=lambda key: (not key, -counts[key]))
    return {key: written[key] for key in ordered}


def _key(position: Position) -> str:
    """The same for issues that differ in case alone."""
    return (position.issue or "").casefold()


def _held(positions: Sequence[Position], numbering: Numbering) -> dict[tuple[int, str], list[Held]]:
    """The positions by party and issue, in order."""
    held: dict[tuple[int, str], list[Held]] = {}
    for number, position in enumerate(positions, start=1):
        for party in numbering.of_parties(position.parties):
            held.setdefault((party, _key(position)), []).append(Held(number, position))
    return held
