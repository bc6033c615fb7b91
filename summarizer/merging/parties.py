"""One party per actor, with what the report says of it: names in, ids out.

Whom a name means is asked of the report, in English (`grounding.english.roster`). Other reports are not read: there names are
one that differ in case, article, possessive and title, or of which the one ends exactly one other ("Putin", "Vladimir Putin").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from summarizer.document import Document
from summarizer.grounding.english.roster import roster_of
from summarizer.grounding.naming import kind_of_state, state_called
from summarizer.schema import Claim, GroundedClaim, Identity, Party

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")
# English. What stands before the title goes with it: "European Commission President".
_TITLE = re.compile(
    r"^(.*\b(?i:president|prime minister|minister|secretary|chancellor|chair(?:man|woman)?|leader|king|queen|prince|general"
    r"|spokes(?:man|woman|person)|ambassador|commissioner|governor|mayor|senator|judge|professor|mrs?|ms|dr)\.?)\s+"
    r"(?=[^\W\da-z_])"
)


class Who(Protocol):
    """Whom the names in a report mean."""

    def parties_called(self, words: str, *, before: int | None = None) -> tuple[str, ...]:
        """The fullest names of those whom the words name, at this place of the report."""

    def identity(self, name: str) -> Identity:
        """What is known of the party of this fullest name."""


def who_is_who(grounded: Iterable[GroundedClaim], document: Document) -> Who:
    """Whom the names of these claims mean, by what the report tells, or by the names alone."""
    if document.language == "en":
        return roster_of(document.text)
    return Names(name for each in grounded for name in names_in(each.claim))


def names_in(claim: Claim) -> Iterator[str]:
    """Every name of a party in a claim."""
    yield from claim.parties
    yield from claim.addressees
    if claim.reported_by:
        yield claim.reported_by


def fully_named(each: GroundedClaim, who: Who) -> GroundedClaim:
    """The claim with every party by its fullest name: those who are named jointly each by their own."""
    claim, place = each.claim, _end(each.claim)

    def full(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for words in names for name in who.parties_called(words, before=place)))

    told_by = full([claim.reported_by])[0] if claim.reported_by else None
    return replace(
        each, claim=replace(claim, parties=full(claim.parties), addressees=full(claim.addressees), reported_by=told_by)
    )


def forms_in(grounded: Iterable[GroundedClaim], who: Who) -> Mapping[str, Sequence[str]]:
    """By which words these claims call each party, under its fullest name; not by words that name several."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for each in grounded:
        for words in names_in(each.claim):
            names = who.parties_called(words, before=_end(each.claim))
            if len(names) == 1 and words not in forms[names[0]]:
                forms[names[0]].append(words)
    return forms


def _end(claim: Claim) -> int:
    return claim.passage.start + len(claim.passage.text)


class Register:
    """The parties of a briefing: fullest names in, ids out. Numbered in the order in which they are first named.

    Those for whom others speak are parties too, after all that are named.
    """

    def __init__(self, names: Iterable[str], who: Who, forms: Mapping[str, Sequence[str]]) -> None:
        self._ids: dict[str, str] = {}
        identities: dict[str, Identity] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop(0)
            if name_key(name) not in self._ids:
                self._ids[name_key(name)] = id = f"party-{len(self._ids) + 1}"
                identities[id] = who.identity(name)
                waiting += filter(None, [identities[id].represents])
        self.parties = tuple(self._party(id, identity, forms.get(identity.name, ())) for id, identity in identities.items())

    def id_of(self, name: str) -> str:
        """The id of the party that goes by this name. Raises KeyError for a name that was not registered."""
        return self._ids[name_key(name)]

    def name_of(self, id: str) -> str:
        """The party's fullest name."""
        return next(party.name for party in self.parties if party.id == id)

    def _party(self, id: str, identity: Identity, forms: Sequence[str]) -> Party:
        return Party(
            id=id,
            name=identity.name,
            kind=identity.kind,
            role=identity.role,
            represents=self.id_of(identity.represents) if identity.represents else None,
            aliases=tuple(form for form in forms if _ARTICLE.sub("", form) != identity.name),
        )


class Names:
    """Names of a report that is not read, and which of them are one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._spellings = _spellings(names)

    def parties_called(self, words: str, *, before: int | None = None) -> tuple[str, ...]:
        """The longest name that ends in this one, without its title; the name itself where two different ones do."""
        return (_untitled(self._spellings[_fullest(name_key(words), self._spellings)][0]),)

    def identity(self, name: str) -> Identity:
        """Of a state that everybody knows, which kind it is; of others the title before a name."""
        key = name_key(name)
        forms = [form for other, spelt in self._spellings.items() if _fullest(other, self._spellings) == key for form in spelt]
        role = next((title[1] for form in forms if (title := _TITLE.match(form))), None)
        state = state_called(name)
        return Identity(name, kind_of_state(state) if state else "other", role, None)


@lru_cache(maxsize=16_384)
def name_key(name: str) -> str:
    """What is compared of a name: without case, title, article, possessive and spare white space."""
    plain = " ".join(unicodedata.normalize("NFKC", _untitled(name)).casefold().split())
    return _POSSESSIVE.sub("", _ARTICLE.sub("", plain)) or plain


def _untitled(name: str) -> str:
    return _TITLE.sub("", name)


def _spellings(names: Iterable[str]) -> dict[str, list[str]]:
    """Every way in which each name is written, in order."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if name not in spellings[name_key(name)]:
            spellings[name_key(name)].append(name)
    return spellings


def _fullest(key: str, keys: Iterable[str]) -> str:
    """The longest name that ends in this one; the name itself where two different ones do."""
    longer = sorted((other for other in keys if other.endswith(f" {key}")), key=len)
    nested = all(after.endswith(before) for before, after in pairwise(longer))
    return longer[-1] if longer and nested else key
