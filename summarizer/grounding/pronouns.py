"""Who "he" is, as far as can be told without a model: the party of the claim before, when it is near. Always a doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from summarizer.grounding.english.lexicon import listed
from summarizer.schema import Claim

_NOBODIES = listed("nobodies")
REACH = 2
"""How many sentences back a party may have been named for a pronoun to stand for it."""


def is_pronoun(name: str) -> bool:
    """Whether this names nobody by name. English: in others nothing is taken for a pronoun. All in capitals is a name: US."""
    return name.casefold() in _NOBODIES and not (len(name) > 1 and name.isupper())


def resolve(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, where a lone pronoun gives way to the one party of the claim before, if that is near enough."""
    before: Claim | None = None
    for claim in claims:
        resolved = _resolved(claim, before)
        yield resolved
        if len(resolved.parties) == 1 and not is_pronoun(resolved.parties[0]):
            before = resolved


def _resolved(claim: Claim, before: Claim | None) -> Claim:
    if len(claim.parties) != 1 or not is_pronoun(claim.parties[0]) or before is None or _distance(before, claim) > REACH:
        return claim
    return replace(claim, parties=before.parties, pronoun=claim.parties[0])


def _distance(before: Claim, claim: Claim) -> int:
    return claim.passage.sentences[0].number - before.passage.sentences[0].number
