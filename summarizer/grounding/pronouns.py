"""Who "he" is, as far as can be told without a model: the party of the claim before. Always a doubt, never a pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from summarizer.schema import Claim

_PRONOUNS = frozenset({
    "he", "she", "it", "they", "him", "her", "them", "his", "its", "their", "we", "us", "our", "i", "me", "my", "you", "your",
    "this", "that", "these", "those", "who", "which", "both", "one", "himself", "herself", "itself", "themselves",
})  # fmt: skip
REACH = 2
"""How many sentences back a party may have been named for a pronoun to stand for it."""


def is_pronoun(name: str) -> bool:
    """Whether this names nobody by name. English; in other languages nothing is taken for a pronoun."""
    return name.casefold() in _PRONOUNS


def resolve(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, with a party that is only a pronoun replaced by the one party of the last claim before, if it is near."""
    antecedent: Claim | None = None
    for claim in claims:
        if len(claim.parties) == 1 and is_pronoun(claim.parties[0]):
            near = antecedent is not None and _first(claim) - _first(antecedent) <= REACH
            resolved = replace(claim, parties=antecedent.parties, pronoun=claim.parties[0]) if antecedent and near else claim
            yield resolved
            antecedent = resolved if near else antecedent
        else:
            yield claim
            antecedent = claim if len(claim.parties) == 1 else antecedent


def _first(claim: Claim) -> int:
    return claim.passage.sentences[0].number
