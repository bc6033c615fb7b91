"""One party per name. A title is a role; a name that ends another ("Putin", "Vladimir Putin") is one where only one fits."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from summarizer.schema import Party

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")
# English. What stands before the title goes with it: "European Commission President".
_TITLE = re.compile(
    r"^(.*\b(?i:president|prime minister|minister|secretary|chancellor|chair(?:man|woman)?|leader|king|queen|prince|general"
    r"|spokes(?:man|woman|person)|ambassador|commissioner|governor|mayor|senator|judge|professor|mrs?|ms|dr)\.?)\s+"
    r"(?=[^\W\da-z_])"
)


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


def name_key(name: str) -> str:
    """What is compared of a name: without case, title, article, possessive and spare white space."""
    plain = " ".join(unicodedata.normalize("NFKC", _TITLE.sub("", name)).casefold().split())
    return _POSSESSIVE.sub("", _ARTICLE.sub("", plain)) or plain


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
    shown = _TITLE.sub("", name)
    role = next((title[1] for form in forms if (title := _TITLE.match(form))), None)
    aliases = tuple(dict.fromkeys(form for form in forms if form != shown))
    return Party(id=id, name=shown, kind="other", role=role, represents=None, aliases=aliases)
