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


def chosen(mark: Element) -> str:
    """What is chosen in the list that begins here, of a form; nothing where none does."""
    given = mark.find(f"{W}ffData/{W}ddList")
    if given is None:
        return ""
    entries = [entry.get(f"{W}val") or "" for entry in given.iter(f"{W}listEntry")]
    said = given.find(f"{W}result") if given.find(f"{W}result") is not None else given.find(f"{W}default")
    number = (said.get(f"{W}val") if said is not None else None) or "0"
    return entries[int(number)] if number.isdecimal() and int(number) < len(entries) else ""


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
