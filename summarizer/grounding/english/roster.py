"""Who a name of an English report means: the party's fullest name there, what it is, and for whom it speaks.

A name becomes another only where the report tells so, and of one alone: a surname of the only full name that ends in it, an
acronym of the only name that it abbreviates, an office of the only one who holds it, a capital of its state.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from summarizer.grounding.english import lexicon
from summarizer.grounding.english.cast import Cast, cast
from summarizer.grounding.english.mentions import Mention, mentions
from summarizer.grounding.english.states import states_in
from summarizer.grounding.english.titles import Called, is_body_word, is_role, taken_apart
from summarizer.grounding.languages import word_lists
from summarizer.grounding.naming import (
    is_acronym,
    kind_of_state,
    sits_for,
    state_called,
    words_of,
)
from summarizer.schema import Identity, PartyKind

_LISTS = word_lists("english_parties")
_FORMER = _LISTS["former"]
_AGAINST = _LISTS["against"]
_PLACES = _LISTS["places"]
_BEFORE_NAME = _LISTS["before_name"]
_REBELS = frozenset({"rebel", "rebels"})
_VAGUE = _LISTS["vague"]
_PERSONS = _LISTS["person"] | _LISTS["roles"]
_BODY_KINDS: tuple[PartyKind, ...] = ("government_body", "armed_group", "company", "bloc", "organisation")
_PARTICLES = lexicon.listed("particles")
_ARTICLE = re.compile(r"^(?:the|an?)\s+(?=\S)", re.IGNORECASE)
_OWNERS = re.compile(r"^(?:its|their|his|her|our)\s+(?=\S)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?<=\w)[’']s$|(?<=s)[’']$")
_POINTS = '"“”„«»‘,;:()[] '
_WORD = r"[\w’'-]+"
_OFFICE = (
    rf"(?P<office>(?:{_WORD} ){{0,4}}?(?i:{'|'.join(map(re.escape, sorted(_LISTS['roles'], key=len, reverse=True)))})"
    rf"(?: (?:of|for) (?:the )?[A-Z]{_WORD}(?: (?:of )?[A-Z]{_WORD})*)?)(?!\w)"
)
"""A regular expression for an office and some words before it."""
_OFFICE_BEFORE = re.compile(rf"(?<!\w){_OFFICE}, (?:[A-Z][\w.]+ |the [a-z]+ [a-z]+ )?$")
_OFFICE_AFTER = re.compile(rf", {_OFFICE}")
LONGEST_OFFICE = 120
"""Code points beside a name in which an office may stand."""
LONGEST_PERSON = 5
"""Words of a person's name."""


@lru_cache(maxsize=8)
def roster_of(text: str) -> Roster:
    """The roster of a report. Kept, since every name in it asks."""
    return Roster(text, cast(text))


class Roster:
    """The parties of one report."""

    def __init__(self, text: str, people: Cast) -> None:
        self._text, self._people, self._states = text, people, states_in(text)
        self._names: dict[str, str] = {}

    def parties_called(self, words: str, *, before: int | None = None) -> tuple[str, ...]:
        """The fullest names of those whom the words name: one, or several that are named together.

        `before` is the place in the report up to which a body may have been named for "the ministry" to mean it.
        """
        plain = _trimmed(words)
        parts = [_trimmed(part) for part in plain.split(" and ")]
        if len(parts) > 1 and all(self._is_named_apart(part) for part in parts):
            return tuple(dict.fromkeys(self.name_of(part, before=before) for part in parts))
        return (self.name_of(plain, before=before),)

    def name_of(self, words: str, *, before: int | None = None) -> str:
        """The fullest name of the one whom the words name; the words themselves where the report tells no other."""
        plain = _trimmed(words)
        if plain not in self._names:
            self._names[plain] = self._fullest(plain)
        name = self._names[plain]
        return self._body_before(plain, before) or name if name == plain else name

    def identity(self, name: str) -> Identity:
        """What the report says of the party of this name, which is a fullest one."""
        told = [self._taken_apart(name), *self._told.get(name, ())]
        kind = self._kind(name, told)
        own = told[0].role if told[0].name not in ("", name) else ""
        role = max((each.role for each in told[1:] if each.role and kind == "person"), key=len, default=own)
        return Identity(name, kind, role or None, self._represented(name, kind, told))

    def _fullest(self, plain: str) -> str:
        called = self._taken_apart(plain)
        return self._full_name(called.name) if called.name else self._in_office(plain, called) or plain

    def _full_name(self, name: str) -> str:
        """The fullest form of a name that has no office in it."""
        name = self._without_institute(_trimmed(name))
        return (
            self._full_person(name)
            or self._states.called(self._as_written(name))
            or self._long_form(name)
            or self._joint.get(name)
            or self._begun_alike(name)
            or self._as_written(name)
        )

    # names

    def _full_person(self, name: str) -> str | None:
        """The only full name that ends in this one."""
        words = words_of(name)
        longer = sorted((full for full in self._by_surname[words[-1:]] if full[-len(words) :] == words), key=len)
        nested = all(after[-len(one) :] == one for one, after in pairwise(longer))
        return self._persons[longer[-1]] if longer and nested else None

    @cached_property
    def _by_surname(self) -> Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]:
        """The words of the full names, by the last of them."""
        found: defaultdict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
        for words in self._persons:
            found[words[-1:]].append(words)
        return found

    @cached_property
    def _persons(self) -> Mapping[tuple[str, ...], str]:
        """The full names of persons, of two words or more, by their words."""
        persons = (_trimmed(each.text) for each in self._people.mentions if self._may_be_person(each))
        names = (self._without_institute(self._taken_apart(person).name) for person in persons)
        return {words_of(name): name for name in reversed(list(names)) if _is_full_name(name)}

    def _is_person(self, name: str) -> bool:
        return words_of(name) in self._persons

    def _may_be_person(self, mention: Mention) -> bool:
        first = mention.text.split()[0].lower()
        return self._people.is_person(mention) and first not in _PLACES and not state_called(mention.text)

    def _without_institute(self, name: str) -> str:
        """A person's name without what stands after "of": "Lena Dorn of the Institute"."""
        before, of, _ = name.partition(" of ")
        person = next(iter(mentions(before)), None) if of and _is_full_name(before) else None
        return before if person and self._may_be_person(person) and not self._is_body_name(before) else name

    def _is_body_name(self, name: str) -> bool:
        return any(is_body_word(word) or lexicon.names_party(word) for word in name.split())

    def _long_form(self, name: str) -> str | None:
        """The only name of the report that this one abbreviates."""
        if not (name.isupper() and " " not in name):
            return None
        beside = {each.text for each in self._people.mentions if each.also == name}
        parts = [part for each in self._people.mentions for part in _ends(each.text)]
        short = {part for part in parts if is_acronym(words_of(name), words_of(part))}
        long = {self._as_written(each) for each in short or beside if short or _may_abbreviate(name, each)}
        return long.pop() if len(long) == 1 else None

    def _begun_alike(self, name: str) -> str | None:
        """The only longer name that begins with this word, which is no place: "Corval" of "Corval Construction"."""
        if " " in name or not name[:1].isupper() or is_body_word(name) or is_role(name) or name.lower() in _PLACES:
            return None
        if re.search(rf"\b(?:in|at|from|near|of) {re.escape(name)}\b", self._text):
            return None
        longer = {
            each.text for each in self._people.mentions if re.fullmatch(rf"{re.escape(name)}(?: [A-Z][\w-]+)+", each.text)
        }
        return longer.pop() if len(longer) == 1 else None

    @cached_property
    def _joint(self) -> Mapping[str, str]:
        """Names of two that are one, "Bread and Shelter", by their first word: that are never named apart."""
        found: dict[str, str] = {}
        for match in re.finditer(r"(?P<before>\w+ )?\b(?P<one>[A-Z]\w+) and (?P<other>[A-Z]\w+)\b", self._text):
            one, other = match["one"], match["other"]
            whole = f"{one} and {other}"
            times = len(re.findall(rf"\b{re.escape(whole)}\b", self._text))
            apart = any(len(re.findall(rf"\b{re.escape(word)}\b", self._text)) > times for word in (one, other))
            announced = lexicon.names_party((match["before"] or "").strip()) and (match["before"] or "").islower()
            if not apart and (times > 1 or announced):
                found |= {one: whole, whole: whole}
        return found

    def _is_named_apart(self, part: str) -> bool:
        """Whether the report has one of those who are named together without the other."""
        found = mentions(part)
        alone = re.search(rf"(?<!\w)(?<!and ){re.escape(part)}(?!\w| and\b)", self._text) is not None
        return bool(found) and found[0].first == 0 and (alone or not part[0].isupper() or part in self._joint)

    def _as_written(self, name: str) -> str:
        """The name, with capitals at the beginnings of its words where the report has it so somewhere."""
        if not name.isupper() or len(name) < 3:
            return name
        others = (match[0] for match in re.finditer(rf"\b{re.escape(name)}\b", self._text, re.IGNORECASE))
        return next((" ".join(other.split()) for other in others if not other.isupper() and other[0].isupper()), name)

    def _stands(self, name: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", self._text) is not None

    # offices and bodies without a name

    def _in_office(self, plain: str, called: Called) -> str | None:
        """The only one who holds this office, by "Lena Dorn, Velia's premier" or "Premier Lena Dorn"."""
        holders = {
            name
            for name, each in self._held
            if each.role.lower().split()[-len(called.role.split()) :] == called.role.lower().split()
            and (not called.owner or not each.owner or self._state_or(called.owner) == self._state_or(each.owner))
        }
        if not holders and plain[:1].isupper() and self._people.only_speaker:
            return self._full_name(self._people.only_speaker.text)
        return holders.pop() if len(holders) == 1 else None

    @cached_property
    def _held(self) -> Sequence[tuple[str, Called]]:
        """Persons with the offices that the report gives them, beside their names or before."""
        found = []
        for name, each in self._tellings():
            if each.role and name:
                found.append((name, each))
        return found

    def _tellings(self) -> Iterator[tuple[str, Called]]:
        """Each wording that says something of somebody with a name, with that name at its fullest."""
        for mention in self._people.mentions:
            called = self._of(mention.text, mention.before_head)
            if called.name:
                yield self._full_name(called.name), called
        for name in self._persons.values():
            for phrase in self._beside(name):
                called = self._of(_trimmed(phrase), phrase)
                if not called.name and called.role:
                    yield self._full_name(name), called

    def _beside(self, name: str) -> Iterator[str]:
        """The offices that stand beside a name: "Velia's premier, Lena Dorn", "Lena Dorn, the premier of Velia"."""
        for match in re.finditer(rf"(?<!\w){re.escape(name)}\b", self._text):
            before = self._text[max(0, match.start() - LONGEST_OFFICE) : match.start()]
            after = self._text[match.end() : match.end() + LONGEST_OFFICE]
            if found := _OFFICE_BEFORE.search(before) or _OFFICE_AFTER.match(after):
                yield _without_verb(found["office"])

    def _of(self, words: str, before: str) -> Called:
        """Words that call somebody, taken apart; who held an office speaks for nobody."""
        called = self._taken_apart(_trimmed(words))
        role = called.role.split()
        if role and _FORMER & {word.lower() for word in (*before.split(), *role)}:
            return Called(called.name, called.role if _FORMER & set(role) else f"former {called.role}")
        return called

    def _body_before(self, plain: str, before: int | None) -> str | None:
        """The body of this kind that the report named last, by more than this word: the interior ministry of "the ministry"."""
        word = plain.lower().removesuffix("s") if plain.lower() not in ("police", "forces", "troops") else plain.lower()
        if " " in plain or not is_body_word(word) or word in _VAGUE:
            return None
        fuller = [each for each in self._bodies if re.search(rf"\b{word}(?:$| (?:of|for|in|on)\b)", each, re.IGNORECASE)]
        proper = [each for each in fuller if each[0].isupper()]
        candidates = {self._as_written(each) for each in proper or fuller}
        if len(candidates) == 1:
            return candidates.pop()
        stands = {each: self._text.rfind(each, 0, before) for each in candidates} if before and not proper else {}
        return max(stands, key=lambda each: stands[each]) if stands and max(stands.values()) >= 0 else None

    @cached_property
    def _bodies(self) -> Sequence[str]:
        """The names of bodies, of two words or more; by common words, only those of a state."""
        found = []
        for each in self._people.mentions:
            text = _trimmed(each.text)
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

    # what it is

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
        if any(is_role(each.role.split()[-1]) for each in told if each.role):
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
        shows = self._states.of_people(name.split()[0]) if name else None
        named = (self._states.called(state) for state in states)
        return next((state for state in named if state and (shows or self._stands(state))), None)

    def _kind_by_noun(self, name: str) -> PartyKind | None:
        """By the last noun of a name of common words; of a full name, that it is a person's."""
        noun = name.split()[-1].lower()
        if self._is_person(name) and self._is_told_as_person(name):
            return "person"
        if noun in _PERSONS:
            return "person"
        if lexicon.names_party(noun) or noun in _LISTS["group"]:
            proper = name[0].isupper() and " " in name and name.split()[-1][0].isupper()
            return "organisation" if proper else "group"
        return None

    def _is_told_as_person(self, name: str) -> bool:
        """Whether the report goes on to call it by the last word, tells who it is, or who said something."""
        escaped, last = re.escape(name), re.escape(name.split()[-1])
        alone = re.search(rf"(?:^|[^\w\s]|\b[a-z]\w*)\s*\b{last}(?!\w)", self._text, re.MULTILINE)
        said = re.search(
            rf"\b(?:said|told|wrote) {escaped}|{escaped}(?: (?:said|says|told)\b|:|, (?:who\b|whose\b|an? |the |\d\d\b)| of (?:the )?[A-Z])",
            self._text,
        )
        return bool(alone or said)

    def _taken_apart(self, words: str) -> Called:
        return taken_apart(words, self._is_owner) if words else Called("")

    def _is_owner(self, words: str) -> bool:
        """Whether these words name a state, its people, or a body or a party of the report."""
        plain = self._as_written(_ARTICLE.sub("", words))
        if self._states.of_people(plain) or self._states.called(plain):
            return True
        return plain[:1].isupper() and not is_role(plain) and plain in self._possessors

    @cached_property
    def _possessors(self) -> frozenset[str]:
        """Names, of up to three words, that stand somewhere as those to whom something belongs."""
        runs = re.findall(r"((?:[A-Z][\w-]* ){0,2}[A-Z][\w-]*)[’']s\b", self._text)
        return frozenset(" ".join(run.split()[at:]) for run in runs for at in range(len(run.split())))

    def _represented(self, name: str, kind: PartyKind, told: Sequence[Called]) -> str | None:
        """For whom it speaks: whose office it holds, whose body it is; of an owner who is a person, for whom that one does."""
        if kind in ("state", "bloc"):
            return None
        for party in self._owners(name, told):
            owner = next(iter(self._owners(party, self._told.get(party, ()))), None) if self._is_person(party) else party
            if owner and owner != name and not self._is_person(owner):
                return owner
        return None

    def _owners(self, name: str, told: Sequence[Called]) -> Iterator[str]:
        held = (each.role for each in told if not _FORMER & set(each.role.split()))
        yield from filter(None, map(self._seat, (name, *held)))
        yield from (self._owner_name(each.owner) for each in told if each.owner and self._speaks(name, each))

    def _owner_name(self, owner: str) -> str:
        state = self._state_or(owner)
        return self.name_of(owner) if state == _trimmed(owner) else state

    def _state_or(self, owner: str) -> str:
        """The state whose people this is, else the words themselves."""
        plain = _trimmed(owner)
        return self._states.of_people(self._as_written(plain)) or self._states.called(plain) or plain

    def _speaks(self, name: str, called: Called) -> bool:
        """Whether somebody so called speaks for the one whose it is."""
        words = {word.lower() for word in f"{called.role} {called.name or name}".split()}
        if words & (_AGAINST - {"shadow"}):
            return False
        return (
            is_role(called.role.split()[-1] if called.role else "")
            or any(lexicon.speaks_for(word) for word in words)
            or kind_by_words(called.name)
            in (
                "government_body",
                "armed_group",
            )
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


def _trimmed(words: str) -> str:
    """The words without article, possessive and marks around them."""
    plain = " ".join(words.split()).strip(_POINTS)
    plain = _OWNERS.sub("", _ARTICLE.sub("", plain))
    return _POSSESSIVE.sub("", plain) or plain


def _is_full_name(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= LONGEST_PERSON and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)


def _ends(name: str) -> Iterator[str]:
    """The name, and what it ends in from each capital on."""
    words = name.split()
    yield from (" ".join(words[at:]) for at in range(len(words) - 1) if words[at][0].isupper())


def _may_abbreviate(short: str, long: str) -> bool:
    """Whether the letters of the one stand in the other in this order, from its first one on."""
    letters = iter(long.lower())
    return short.isalpha() and short[0].lower() == long[0].lower() and all(letter in letters for letter in short.lower())


def _without_verb(office: str) -> str:
    """An office without the words of the sentence before it: after its article, or from its first capital on."""
    words = office.split()
    starts = [at for at, word in enumerate(words) if word.lower() in lexicon.DETERMINERS]
    capital = next((at for at, word in enumerate(words) if word[0].isupper()), len(words) - 1)
    return " ".join(words[starts[-1] + 1 if starts else capital :])
