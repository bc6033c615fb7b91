"""What the statement puts between quotation marks is in its evidence, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.grounding.checks.basis import Basis, stands
from summarizer.schema import Check, Claim

_QUOTED = re.compile(
    r"“(?P<english>[^“”]+)”|„(?P<german>[^„“”]+)[“”]|«(?P<french>[^«»]+)»|»(?P<book>[^«»]+)«|\"(?P<typed>[^\"]+)\"|「(?P<corner>[^「」]+)」"
    r"|『(?P<double>[^『』]+)』|‹(?P<angle>[^‹›]+)›"
    r"|(?<![\w’'])[‘'](?P<single>(?:[^‘'’]|[’'](?=\w))+)[’'](?!\w)|‚(?P<low>[^‚‘’]+)[‘’]"
)
_LOOSE = " \u00a0\u202f.,;:!?"


def check(claim: Claim, basis: Basis) -> Check:
    """Fails where quoted words are nowhere in the report, doubts where they are not in the cited sentences."""
    if claim.statement is None:
        return Check(name="quotation", result="pass", reason="the words are the report's own")
    quotations = list(quoted_in(claim.statement))
    for words in quotations:
        if not stands(words, basis.report):
            return Check(name="quotation", result="fail", reason=f"the report does not hold the quoted words {words!r}")
    for words in quotations:
        if not stands(words, basis.sentences):
            return Check(name="quotation", result="doubt", reason=f"{words!r} is quoted from elsewhere in the report")
    reason = "the quoted words stand in the cited sentences" if quotations else "nothing is quoted"
    return Check(name="quotation", result="pass", reason=reason)


def quoted_in(statement: str) -> Iterator[str]:
    """What stands between quotation marks, of all shapes, without punctuation at its ends."""
    for match in _QUOTED.finditer(statement):
        words = next(group for group in match.groups() if group is not None).strip(_LOOSE)
        if words:
            yield words
