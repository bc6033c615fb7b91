"""Who a name of an English report means: the party's fullest name there, what it is, and for whom it speaks.

A name becomes another only where the report tells so, and of one alone: a surname of the only full name that ends in it, an
acronym of the only name that it abbreviates, an office of the only one who holds it, a capital of its state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import Cast, cast
from summarizer.grounding.english.full_names import FullNames, trimmed
from summarizer.grounding.english.mentions import mentions
from summarizer.grounding.english.states import states_in
from summarizer.grounding.english.titles import Called, is_body_word, is_role
from summarizer.grounding.languages import word_lists
from summarizer.grounding.naming import kind_of_state, places_of, sits_for, state_called
from summarizer.schema import Identity, PartyKind

_LISTS = word_lists("english_parties")
_FORMER = _LISTS["former"]
_AGAINST = _LISTS["against"]
_BEFORE_NAME = _LISTS["before_name"]
_REBELS = frozenset({"rebel", "rebels"})
_VAGUE = _LISTS["vague"]
_PERSONS = _LISTS["person"] | _LISTS["roles"]
_BODY_KINDS: tuple[PartyKind, ...] = ("government_body", "armed_group", "company", "bloc", "organisation")
_WORD = r"[\w’'-]+"
_OFFICE = (
    rf"(?P<office>(?:{_WORD} ){{0,4}}?(?i:{'|'.join(map(re.escape, sorted(_LISTS['roles'], key=len, reverse=True)))})"
    rf"(?: (?:of|for) (?:the )?[A-Z]{_WORD}(?: (?:of )?[A-Z]{_WORD})*)?)(?!\w)"
)
"""A regular expression for an office and some words before it."""
_BETWEEN = r"(?:[A-Z][\w.]+ |the [a-z]+ [a-z]+ )?$"
"""What may stand between an office and a name, after the comma."""
_BETWEEN_ALONE = re.compile(_BETWEEN)
_OFFICE_BEFORE = re.compile(rf"(?<!\w){_OFFICE}, {_BETWEEN}")
_OFFICE_AFTER = re.compile(rf", {_OFFICE}")
LONGEST_OFFICE = 120
"""Code points beside a name in which an office may stand."""


@lru_cache(maxsize=8)
def roster_of(text: str) -> Roster:
    """The roster of a report. Kept, since every name in it asks."""
    return Roster(text, cast(text))


class Roster:
    """The parties of one report."""

    def __init__(self, text: str, people: Cast) -> None:
        self._text, self._people, self._states = text, people, states_in(text)
        self._full = FullNames(text, people)
        self._names: dict[str, str] = {}

    def parties_called(self, words: str, *, before: int | None = None) -> tuple[str, ...]:
        """The fullest names of those whom the words name: one, or several that are named together.

        `before` is the place in the report up to which a body may have been named for "the ministry" to mean it.
        """
        plain = trimmed(words)
        parts = [trimmed(part) for part in plain.split(" and ")]
        if len(parts) > 1 and not state_called(plain) and all(self._is_named_apart(part) for part in parts):
            return tuple(dict.fromkeys(self.name_of(part, before=before) for part in parts))
        return (self.name_of(plain, before=before),)

    def name_of(self, words: str, *, before: int | None = None) -> str:
        """The fullest name of the one whom the words name; the words themselves where the report tells no other."""
        plain = trimmed(words)
        if plain not in self._names:
            self._names[plain] = self._fullest(plain)
        name = self._names[plain]
        return self._body_before(plain, before) or name if name == plain else name

    def identity(self, name: str) -> Identity:
        """What the report says of the party of this name, which is a fullest one."""
        told = [self._full.taken_apart(name), *self._told.get(name, ())]
        kind = self._kind(name, told)
        own = told[0].role if told[0].name not in ("", name) else ""
        role = max((each.role for each in told[1:] if each.role and kind == "person"), key=len, default=own)
        return Identity(name, kind, role or None, self._represented(name, kind, told))

    def _fullest(self, plain: str) -> str:
        called = self._full.taken_apart(plain)
        return self._full.fullest(called.name) if called.name else self._in_office(plain, called) or plain

    def _is_named_apart(self, part: str) -> bool:
        """Whether the report has one of those who are named together without the other."""
        found = mentions(part)
        alone = re.search(rf"(?<!\w)(?<!and ){re.escape(part)}(?!\w| and\b)", self._text) is not None
        own = alone or not part[0].isupper() or part in self._full.joint or not self._full.taken_apart(part).name
        return bool(found) and found[0].first == 0 and own

    def _stands(self, name: str) -> bool:
        return next(places_of(name, self._text), None) is not None

    def _in_office(self, plain: str, called: Called) -> str | None:
        """The only one who holds this office, by "Lena Dorn, Velia's premier" or "Premier Lena Dorn"."""
        holders = {
            name
            for name, each in self._held
            if each.role.lower().split()[-len(called.role.split()) :] == called.role.lower().split()
            and (not called.owner or not each.owner or self._state_or(called.owner) == self._state_or(each.owner))
        }
        return holders.pop() if len(holders) == 1 else None if holders else self._announced(plain)

    def _announced(self, office: str) -> str | None:
        """Who alone speaks in a release that gives the office in its heading, and the name further on."""
        speaker = self._people.only_speaker
        heading = speaker is not None and office[:1].isupper() and 0 <= self._text.find(office) < self._text.find(speaker.text)
        return self._full.fullest(speaker.text) if speaker and heading else None

    @cached_property
    def _held(self) -> Sequence[tuple[str, Called]]:
        """Persons with the offices that the report gives them, beside their names or before."""
        return [(name, called) for name, told in self._told.items() for called in told if called.role]

    def _tellings(self) -> Iterator[tuple[str, Called]]:
        """Each wording that says something of somebody with a name, with that name at its fullest."""
        for mention in self._people.mentions:
            called = self._of(mention.text, mention.before_head)
            if called.name:
                yield self._full.fullest(called.name), called
        for name in self._full.persons.values():
            for phrase in self._beside(name):
                called = self._of(trimmed(phrase), phrase)
                if not called.name and called.role:
                    yield self._full.fullest(name), called

    def _beside(self, name: str) -> Iterator[str]:
        """The offices that stand beside a name: "Velia's premier, Lena Dorn", "Lena Dorn, the premier of Velia"."""
        for start in self._places(name):
            before = self._text[max(0, start - LONGEST_OFFICE) : start]
            after = self._text[start + len(name) : start + len(name) + LONGEST_OFFICE]
            comma = before.rfind(", ")  # few names stand so behind one that an office could end in it
            may_be_before = comma >= 0 and _BETWEEN_ALONE.match(before, comma + 2)
            if found := (_OFFICE_BEFORE.search(before) if may_be_before else None) or _OFFICE_AFTER.match(after):
                yield _without_verb(found["office"])

    def _places(self, name: str) -> Iterator[int]:
        """Where this name begins in the report; one that ends in a mark only where a word follows at once."""
        if name[-1:].isalnum():
            return places_of(name, self._text)
        return (match.start() for match in re.finditer(rf"(?<!\w){re.escape(name)}\b", self._text))

    def _of(self, words: str, before: str) -> Called:
        """Words that call somebody, taken apart; who held an office speaks for nobody."""
        called = self._full.taken_apart(trimmed(words))
        role = called.role.split()
        if role and _FORMER & {word.lower() for word in (*before.split(), *role)}:
            return Called(called.name, called.role if _FORMER & set(role) else f"former {called.role}")
        return called

    def _body_before(self, plain: str, before: int | None) -> str | None:
        """The body of this kind that the report named last, by more than this word: the interior ministry of "the ministry"."""
        word = plain.lower().removesuffix("s") if plain.lower() not in ("police", "forces", "troops") else plain.lower()
        if " " in plain or not is_body_word(word) or word in _VAGUE:
            return None
        turns = re.compile(rf"(?:.* of (?:the )?|)(?P<body>.*\b{word}(?:$| (?:of|for|in|on)\b.*))", re.IGNORECASE)
        fuller = [match["body"] for match in map(turns.match, self._bodies) if match]
        proper = [each for each in fuller if each[0].isupper()]
        candidates = {self._full.as_written(each) for each in proper or fuller}
        if len(candidates) == 1:
            return candidates.pop()
        stands = {each: self._text.rfind(each, 0, before) for each in candidates} if before and not proper else {}
        return max(stands, key=lambda each: stands[each]) if stands and max(stands.values()) >= 0 else None

    @cached_property
    def _bodies(self) -> Sequence[str]:
        """The names of bodies, of two words or more; by common words, only those of a state."""
        found = []
        for each in self._people.mentions:
            text = trimmed(each.text)
            if text.islower() and each.head in _LISTS["departments"]:
                described = f"{each.before_head} {each.head}".split()
                words = [word for word in described if word.lower() not in lexicon.DETERMINERS | lexicon.STOPWORDS]
                found.append(" ".join(words))
            elif not text.islower():
                found.append(self._whole(text))
        return [each for each in dict.fromkeys(found) if " " in each]

    def _whole(self, body: str) -> str:
        """A body's name without what stands before it, and with the "and" in it: "Federation of Port and Rail Workers"."""
        words = body.split()
        name = " ".join(words[next((at for at, word in enumerate(words) if word[0].isupper()), 0) :])
        going_on = re.match(rf"{re.escape(name)}( and(?: [A-Z]\w+)+)", self._text[max(0, self._text.find(name)) :])
        return name + going_on[1] if going_on and " of " in name else name

    @cached_property
    def _told(self) -> Mapping[str, Sequence[Called]]:
        """What the report says of each party beside its name."""
        found: defaultdict[str, list[Called]] = defaultdict(list)
        for name, called in self._tellings():
            if called.role or called.owner:
                found[name].append(called)
        return found

    def _kind(self, name: str, told: Sequence[Called]) -> PartyKind:
        if state := state_called(name):
            return kind_of_state(state)
        if any(is_role(word) for each in told for word in each.role.split()):
            return "person"
        if name in self._states.invented:
            return "state"
        called = {each.role.split()[-1].lower() for each in told if each.role}
        if called & _REBELS:
            return "armed_group"
        if kind := self._kind_by_seat(name) or kind_by_words(name):
            return kind
        if called & _BEFORE_NAME:
            return "company" if called & (_LISTS["company"] | {"firm"}) else "organisation"
        return self._kind_by_noun(name) or "other"

    def _kind_by_seat(self, name: str) -> PartyKind | None:
        return "government_body" if self._seat(name) else None

    def _seat(self, name: str) -> str | None:
        """The state or union of which this is known to be a body, if it says so itself or the report names that."""
        states = sits_for(name) if " " in name else ()
        shows = self._states.of_people(name.partition(" ")[0])
        named = (self._states.called(state) for state in states)
        return next((state for state in named if state and (shows or self._stands(state))), None)

    def _kind_by_noun(self, name: str) -> PartyKind | None:
        """By the last noun of a name of common words; of a full name, that it is a person's."""
        noun = name.rpartition(" ")[2].lower()
        if self._full.is_person(name) and self._is_told_as_person(name):
            return "person"
        if noun in _PERSONS:
            return "person"
        if lexicon.names_party(noun) or noun in _LISTS["group"]:
            proper = name[:1].isupper() and " " in name and name.rpartition(" ")[2][:1].isupper()
            return "organisation" if proper else "group"
        return None

    def _is_told_as_person(self, name: str) -> bool:
        """Whether the report goes on to call it by the last word, tells who it is, or who said something."""
        escaped, last = re.escape(name), re.escape(name.split()[-1])
        if re.search(rf"(?:^|[^\w\s]|\b[a-z]\w*)\s*\b{last}(?!\w)", self._text, re.MULTILINE):
            return True
        goes_on = r" (?:said|says|told)\b|:|, (?:who\b|whose\b|an? |the |\d\d\b)| of (?:the )?[A-Z]"
        return re.search(rf"\b(?:said|told|wrote) {escaped}|{escaped}(?:{goes_on})", self._text) is not None

    def _represented(self, name: str, kind: PartyKind, told: Sequence[Called]) -> str | None:
        """For whom it speaks: whose office it holds, whose body it is; of an owner who is a person, for whom that one does."""
        if kind in ("state", "bloc"):
            return None
        for party in self._owners(name, told):
            owner = next(iter(self._owners(party, self._told.get(party, ()))), None) if self._full.is_person(party) else party
            if owner and owner != name and not self._full.is_person(owner):
                return owner
        return None

    def _owners(self, name: str, told: Sequence[Called]) -> Iterator[str]:
        held = (each.role for each in told if not _FORMER & set(each.role.split()))
        yield from filter(None, map(self._seat, (name, *held)))
        yield from (self._owner_name(each.owner) for each in told if each.owner and self._speaks(name, each))

    def _owner_name(self, owner: str) -> str:
        state = self._state_or(owner)
        return self.name_of(owner) if state == trimmed(owner) else state

    def _state_or(self, owner: str) -> str:
        """The state whose people this is, else the words themselves."""
        plain = trimmed(owner)
        return self._states.of_people(self._full.as_written(plain)) or self._states.called(plain) or plain

    def _speaks(self, name: str, called: Called) -> bool:
        """Whether somebody so called speaks for the one whose it is."""
        words = {word.lower() for word in f"{called.role} {called.name or name}".split()}
        if words & (_AGAINST - {"shadow"}):
            return False
        return (
            any(is_role(word) for word in called.role.split())
            or any(lexicon.speaks_for(word) for word in words)
            or kind_by_words(called.name) in ("government_body", "armed_group")
        )


def kind_by_words(name: str) -> PartyKind | None:
    """What a body is by the words of its name: of "the Supreme Court of Velia" a body of government."""
    before, _, _ = name.lower().partition(" of ")
    for part in (before.partition(" for ")[0], before, name.lower()):
        word = part.split()[-1] if part.split() else ""
        for kind in _BODY_KINDS:
            if word in _LISTS[kind]:
                return kind
    return None


def _without_verb(office: str) -> str:
    """An office without the words of the sentence before it: after its article, or from its first capital on."""
    words = office.split()
    starts = [at for at, word in enumerate(words) if word.lower() in lexicon.DETERMINERS | {"and"}]
    capital = next((at for at, word in enumerate(words) if word[0].isupper()), len(words) - 1)
    return " ".join(words[starts[-1] + 1 if starts else capital :])
