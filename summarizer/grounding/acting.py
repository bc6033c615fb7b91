"""Which act a sentence tells of, by the verb of the party that makes it. English only."""

from __future__ import annotations

import os
import re
from dataclasses import replace

from summarizer.acts import ACTS
from summarizer.document import Document
from summarizer.grounding import english
from summarizer.grounding.cast import cast
from summarizer.grounding.checks.basis import basis
from summarizer.grounding.checks.party import _acts, _governing
from summarizer.grounding.evidence import evidence_of
from summarizer.schema import Claim

K = os.environ.get("K", "1234")
T = {
    "demands": "demand urge insist request appeal require exhort plead",
    "supports": "support back welcome endorse applaud praise hail favour favor",
    "opposes": "oppose condemn criticise criticize denounce deplore object protest regret lament",
    "warns": "warn caution fear",
    "refuses": "refuse reject decline",
    "agrees": "agree",
    "commits": "pledge commit promise vow undertake",
    "orders": "order instruct",
    "announces": "announce",
    "assesses": "say tell state note argue claim believe think assert describe explain suggest hint add maintain hope expect predict estimate consider remark observe post write stress emphasise emphasize underline reiterate acknowledge",
}
OF = {verb: act for act, verbs in T.items() for verb in verbs.split()}
_DUTY = re.compile(r"\b(?:must|should|ought to|needs? to|ha(?:s|ve) to|responsibility to)\b", re.IGNORECASE)


def acted(claim: Claim, document: Document) -> Claim:
    if claim.words is None or document.language != "en":
        return claim
    evidence, _ = evidence_of(claim, document)
    if not evidence:
        return claim
    held = basis(claim, document, evidence)
    people = cast(document.text)
    acts = [act for _, act in _acts(held, people)]
    governing = _governing([*_acts(held, people)], held, claim)
    own = [a for a in governing if any(people.acts_as(r.mention, claim.parties[0]) for r in a.parties)]
    inner = max(own, key=lambda a: (a.clause.is_speaking, not a.clause.attribution, a.clause.start), default=None)
    b = OF.get(inner.clause.verb) if inner else None
    start = held.sentences.find(held.quoted)
    around = [a for a in acts if not a.clause.attribution and a.clause.start < start < a.clause.end]
    deep = max(around, key=lambda a: a.clause.start, default=None)
    reach = held.quoted if deep is None or deep is inner else held.sentences[deep.clause.start : start + len(held.quoted)]
    a = next((name for name, act in ACTS.items() if act.verb == claim.verb), "")
    new = None
    reach = held.sentences[max(0, start - 25) : start + len(held.quoted)] if _DUTY.search(held.sentences[max(0, start - 12): start]) else held.quoted
    if "1" in K and _DUTY.search(reach) and a not in ("refuses", "demands", "opposes", "orders") and b not in ("agrees", "orders", "announces", "refuses") and (b or any(x.clause.is_speaking for x in acts)):
        new = "demands"
    elif "2" in K and b in ("demands", "supports", "opposes", "warns") and a != b and not (a == "demands" and b=="warns"):
        new = b
    elif "3" in K and b in ("refuses", "agrees", "commits", "orders", "announces") and a != b and a in ("assesses", "supports", "opposes", "warns", "acts"):
        new = b
    elif "4" in K and b == "assesses" and a in ("acts", "refuses"):
        new = "assesses" if a == "acts" else "opposes"
    speaking = [x for x in acts if x.clause.is_speaking]
    if not new and "5" in K and claim.kind == "position" and not speaking:
        if re.search(r"\b(?:uncertain|unclear|not (?:yet )?clear|undecided|to be seen|left open)\b", held.sentences):
            new = "leaves open"
        elif re.search(r"\b(?:will|(?:is|are|was|were) (?:set |due |expected |scheduled |planned )?to|scheduled|shall)\b", held.sentences):
            new = "announces"
    if not new and "6" in K and a == "acts" and re.search(r"\b(?:will|(?:is|are|was|were) (?:set |due |expected |scheduled |planned )?to|scheduled|shall)\b", reach):
        new = "announces"
    if not new:
        return claim
    act = ACTS[new]
    return replace(claim, kind=act.kind, verb=act.verb, stance=act.stance, outcome_status=act.status, addressees=claim.addressees if new == "demands" else ())
