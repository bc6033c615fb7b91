"""Every place where one briefing differs from another, both as JSON of the same schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summarizer.verifying.finding import Finding, shown, unlike

Json = Any  # Any: JSON is of any shape


def numbered_alike(remade: Json, found: Json) -> Json:
    """The briefing with the ids of the one that was found, so that one item too few does not make all after it differ."""
    ids: dict[str, str] = {}
    for kind in ("parties", "positions", "demands", "outcomes"):
        ids |= _ids_of_the_same(remade[kind], found[kind])
    return _with_ids(remade, ids)


def _ids_of_the_same(remade: Sequence[Json], found: Sequence[Json]) -> dict[str, str]:
    """From ids to those of the same content there. Nothing where all is there: then the ids have to be the same, too."""
    ours, theirs = ({_content(each): each["id"] for each in those} for those in (remade, found))
    if ours.keys() == theirs.keys():
        return {}
    ids = {ours[content]: theirs[content] for content in ours.keys() & theirs.keys()}
    taken = set(ids.values())
    return ids | {id: f"another {id}" for id in ours.values() if id not in ids and id in taken}


def _content(value: Json) -> tuple[object, ...]:
    """By what a party or an item is known again."""
    return value.get("name"), value.get("statement"), *((each["start"], each["end"]) for each in value.get("evidence", ()))


def _with_ids(value: Json, ids: Mapping[str, str]) -> Json:
    match value:
        case dict():
            return {key: _with_ids(inner, ids) for key, inner in value.items()}
        case list():
            return [_with_ids(inner, ids) for inner in value]
        case str():
            return ids.get(value, value)
        case _:
            return value


def differences(found: Json, expected: Json, where: str = "") -> Iterator[Finding]:
    """Every place where one JSON value differs from another. Objects that have an id are compared with their own."""
    if isinstance(found, dict) and isinstance(expected, dict):
        yield from _members(found, expected, where)
    elif isinstance(found, list) and isinstance(expected, list):
        yield from _elements(found, expected, where)
    elif found != expected:
        yield unlike(where, found, expected)


def _members(found: Mapping[str, Json], expected: Mapping[str, Json], where: str) -> Iterator[Finding]:
    for key in expected:  # both are of one schema, so both have the same keys
        yield from differences(found[key], expected[key], f"{where}.{key}".removeprefix("."))


def _elements(found: Sequence[Json], expected: Sequence[Json], where: str) -> Iterator[Finding]:
    theirs = {_id(each, number): (number, each) for number, each in enumerate(found)}
    ours = {_id(each, number): each for number, each in enumerate(expected)}
    for id, (number, each) in theirs.items():
        if id in ours:
            yield from differences(each, ours[id], f"{where}[{number}]")
        else:
            yield Finding(f"{where}[{number}]", _brief(each), "nothing")
    for id, each in ours.items():
        if id not in theirs:
            yield Finding(where, "nothing more", _brief(each))
    if theirs.keys() == ours.keys() and [*theirs] != [*ours]:
        yield Finding(where, "another order", "the order that follows from the claims")


def _id(value: Json, number: int) -> object:
    return value["id"] if isinstance(value, dict) and "id" in value else number


def _brief(value: Json) -> str:
    """What somebody would look for: of an item its id and statement, of a party its id and name."""
    if isinstance(value, dict) and "id" in value:
        return f"{value['id']}, {shown(value.get('statement') or value.get('name'))}"
    return shown(value)
