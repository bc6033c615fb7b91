"""Fields of a Word document: between where one begins and where its result does stands its code, which Word does not show."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.reading.readers.docx.names import Element, W

_FIELD = f"{W}fldChar"


class Fields:
    """The fields that are open where a walk through parts stands. A beginning without an end begins nothing."""

    def __init__(self, notes: Iterable[Element]) -> None:
        self._ended = {mark for note in notes for mark in _ended(note)}
        self._are_codes: list[bool] = []

    def enter(self, part: Element) -> None:
        """Begin with a part."""
        self._ended |= _ended(part)
        self._are_codes = []

    def follow(self, mark: Element) -> None:
        """Take in a beginning, a separator or an end."""
        kind = _kind(mark)
        if kind == "begin" and mark in self._ended:
            self._are_codes.append(True)
        elif kind == "separate" and self._are_codes:
            self._are_codes[-1] = False
        elif kind == "end" and self._are_codes:
            self._are_codes.pop()

    @property
    def hidden_by(self) -> str | None:
        """By what text is hidden that stands here, None where it is shown."""
        return "the code of a field" if any(self._are_codes) else None


def _ended(part: Element) -> set[Element]:
    """The beginnings that have an end."""
    ended: set[Element] = set()
    begun: list[Element] = []
    for mark in part.iter(_FIELD):
        if _kind(mark) == "begin":
            begun.append(mark)
        elif _kind(mark) == "end" and begun:
            ended.add(begun.pop())
    return ended


def _kind(mark: Element) -> str | None:
    return mark.get(f"{W}fldCharType")
