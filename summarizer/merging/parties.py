"""One party per name. A name that ends another one ("Putin", "Vladimir Putin") is the same party, where only one fits."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from summarizer.schema import Party

_ARTICLE = re.compile(r"^(?:the|a|an)\s+")
_POSSESSIVE = re.compile(r"[’']s?$")


class Register:
    """Who is who: names in, ids out. Parties are numbered in the order in which they are first named."""

    def __init__(self, names: Iterable[str]) -> None:
        spellings = _spellings(names)
        fullest = {key: _fullest(key, spellings) for key in spellings}
        groups: dict[str, list[str]] = defaultdict(list)
        for key, forms in spellings.items():
            groups[fullest[key]].extend(forms)
        ids = {key: f"party-{number}" for number, key in enumerate(groups, start=1)}
        self._ids = {key: ids[fullest[key]] for key in spellings}
        self.parties = tuple(_party(ids[key], spellings[key][0], forms) for key, forms in groups.items())

    def id_of(self, name: str) -> str:
        """The id of the party that goes by this name. Raises KeyError for a name that was not registered."""
        return self._ids[name_key(name)]

    def name_of(self, id: str) -> str:
        """The party's fullest name."""
        return next(party.name for party in self.parties if party.id == id)


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


def _party(id: str, name: str, forms: list[str]) -> Party:
    aliases = tuple(dict.fromkeys(form for form in forms if form != name))
    return Party(id=id, name=name, kind="other", role=None, represents=None, aliases=aliases)


def name_key(name: str) -> str:
    """What is compared: without case, article, possessive and spare white space."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    return _POSSESSIVE.sub("", _ARTICLE.sub("", plain)) or plain
