"""The verbs by which a report tells of a move, as data by language, and the search for them and for names. English so far."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

MoveKind = Literal["saying", "demanding", "agreeing", "refusing", "ordering", "announcing"]

_ENGLISH: Mapping[MoveKind, str] = {
    "saying": """
        say says said saying tell tells told telling state stated stating claim claims claimed claiming
        argue argues argued arguing warn warns warned warning note noted noting add added adding
        insist insists insisted insisting believe believes believed think thinks thought assert asserts asserted asserting
        deny denies denied denying accuse accuses accused accusing criticise criticises criticised criticising
        criticize criticizes criticized criticizing condemn condemns condemned condemning praise praised praising
        welcome welcomes welcomed welcoming support supports supported supporting oppose opposes opposed opposing
        emphasise emphasises emphasised emphasising emphasize emphasizes emphasized emphasizing
        stress stressed stressing reiterate reiterates reiterated reiterating hint hints hinted hinting
        suggest suggests suggested suggesting caution cautions cautioned cautioning observed observing
        explain explains explained explaining describe describes described describing writes wrote
        """,
    "demanding": """
        demand demands demanded demanding urge urges urged urging request requests requested requesting
        require requires required requiring ask asks asked asking appeal appeals appealed appealing
        want wants wanted seek seeks sought seeking propose proposes proposed proposing
        recommend recommends recommended recommending press presses pressed pressing plead pleads pleaded pleading
        call_for calls_for called_for calling_for call_on calls_on called_on calling_on call_upon calls_upon
        called_upon calling_upon must should
        """,
    "agreeing": """
        agree agrees agreed agreeing accept accepts accepted accepting approve approves approved approving
        endorse endorses endorsed endorsing consent consents consented commit commits committed committing
        pledge pledges pledged pledging promise promises promised promising vow vows vowed vowing
        offer offers offered offering undertake undertook undertaken concede concedes conceded conceding
        sign signs signed signing ratify ratifies ratified confirm confirms confirmed confirming
        """,
    "refusing": """
        refuse refuses refused refusing reject rejects rejected rejecting decline declines declined declining
        dismiss dismisses dismissed dismissing veto vetoes vetoed block blocks blocked blocking
        rule_out rules_out ruled_out ruling_out withdraw withdraws withdrew withdrawn resist resists resisted resisting
        """,
    "ordering": """
        ordered ordering instruct instructs instructed instructing direct directed directing
        command commanded commanding ban bans banned banning forbid forbids forbade forbidden
        prohibit prohibits prohibited prohibiting impose imposes imposed imposing sanctioned
        decide decides decided deciding rule ruled authorise authorises authorised authorize authorizes authorized
        suspend suspends suspended suspending lift lifts lifted lifting halt halts halted halting
        """,
    "announcing": """
        announce announces announced announcing declare declares declared declaring unveil unveils unveiled unveiling
        publish publishes published proclaim proclaims proclaimed disclose discloses disclosed reveal reveals revealed
        plan plans planned planning intend intends intended schedule scheduled launch launches launched launching
        """,
}

MOVES: Mapping[str, Mapping[MoveKind, frozenset[str]]] = {
    "en": {kind: frozenset(form.replace("_", " ") for form in forms.split()) for kind, forms in _ENGLISH.items()}
}
"""By ISO 639-1 code: the forms of the verbs of each kind, in lower case. Some are nouns as well: `demands`, `plans`."""


@cache
def tells_of_a_move(language: str) -> re.Pattern[str] | None:
    """A pattern that finds any of the verbs in a sentence; None for a language whose verbs are not known here."""
    if language not in MOVES:
        return None
    return _whole_words((form for forms in MOVES[language].values() for form in forms), re.IGNORECASE)


def naming(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds any of these names as whole words, as they are written. Without a name it finds nothing."""
    return _whole_words(names, re.NOFLAG)


def _whole_words(words: Iterable[str], flags: re.RegexFlag) -> re.Pattern[str]:
    known = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)" if known else r"(?!)", flags)
