"""How much of 200 clean web pages is read, and how many of the ways to hide words are found.

    python benchmarks/html_pages.py [HOW_MANY]

Pages and ways are those of tests/pages.py. Exits with 1 where a visible word is not in its place, or hidden
words are not found.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from pages import CARRIERS, HIDDEN_WORDS, VISIBLE, clean_page, page
from summarizer.reading.readers.html import content


def visible(text: str) -> list[str]:
    """The words that are seen, less the line between cells."""
    return text.replace(" | ", " ").split()


def lost_in(number: int) -> int:
    """How many words of a clean page are not in its text; words in another order, hidden ones, wrong warnings count as one."""
    made = clean_page(number)
    found = content(made.data)
    if visible(found.text) == visible(made.words) and not found.hidden and bool(found.warnings) == made.must_warn:
        return 0
    return max(len(visible(made.words)) - len(visible(found.text)), 1)


def is_found(head: str, body: str) -> bool:
    """Whether words that are hidden so are left out and listed, and kept at their place where they are to be kept."""
    without, kept = content(page(body, head=head)), content(page(body, head=head), keep_hidden=True)
    return (
        HIDDEN_WORDS not in without.text
        and [each.words for each in without.hidden][-1:] == [HIDDEN_WORDS]
        and [kept.text[each.start : each.end] for each in kept.hidden][-1:] == [HIDDEN_WORDS]
    )


def main(how_many: int) -> int:
    """Print the figures; the exit status."""
    lost = {number: lost_in(number) for number in range(how_many)}
    missed = [name for name, (head, body) in CARRIERS.items() if not is_found(head, body)]
    taken = [
        name
        for name, (head, body) in VISIBLE.items()
        if HIDDEN_WORDS not in content(page(body.format(HIDDEN_WORDS), head=head)).text
    ]
    damaged = {number: count for number, count in lost.items() if count}
    print(f"clean pages: {how_many}, with a loss: {len(damaged)} {damaged or ''}")
    print(f"ways to hide: {len(CARRIERS)}, found: {len(CARRIERS) - len(missed)} {missed or ''}")
    print(f"visible all the same: {len(VISIBLE)}, read: {len(VISIBLE) - len(taken)} {taken or ''}")
    return int(bool(damaged or missed or taken))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
