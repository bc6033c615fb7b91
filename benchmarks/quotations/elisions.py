"""Quotations that leave something out: honest ones, whose gap does not matter, and those that mislead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from quotations.languages import Language
from quotations.texts import Quotation, Source, Span

MARKS = ("...", "…", "[...]", "[…]", "(...)", "(…)")
FEWEST = 2
"""Words of each part."""
LONGEST_GAP = 12
"""Words that an elision leaves out, at most."""
_STOPS = frozenset(".!?…;:。！？؟।")
_JOINS = frozenset(("and", "but", "while"))
_PRONOUNS = frozenset((
    *("i", "he", "she", "it", "they", "we", "who", "which", "that", "il", "elle", "qui", "er", "sie", "es", "die", "das", "él"),
    *("ella", "que", "он", "она", "они", "который", "він", "вона", "вони", "який"),
))  # fmt: skip


@dataclass(frozen=True)
class Elided:
    """Words with a mark of elision between two parts, and where the parts stand."""

    words: str
    spans: tuple[Span, ...]


Elision = Callable[[Quotation, Random], Elided | None]


def honest(quotation: Quotation, random: Random) -> Elided | None:
    """One elision in one sentence, whose gap holds no negation, modal, condition, contrast, stop, name or figure."""
    for begin, end in _gaps(quotation, random):
        if not (
            _matters(quotation, begin, end) or _names_somebody(quotation, begin, end) or _cuts_figure(quotation, begin, end)
        ):
            return _of_sentence(quotation, begin, end, random)
    return None


def honest_elsewhere(quotation: Quotation, random: Random) -> Elided | None:
    """The same in languages that not everybody who tolerates elisions has words of."""
    return honest(quotation, random) if quotation.source.language.id in ELSEWHERE else None


def honest_in_europe_and_arabic(quotation: Quotation, random: Random) -> Elided | None:
    """The same in English, French, German, Spanish, Russian, Ukrainian and Arabic."""
    return None if quotation.source.language.id in ELSEWHERE else honest(quotation, random)


def over_negation(quotation: Quotation, random: Random) -> Elided | None:
    """One that leaves out a "not"."""
    return _over(quotation, lambda language: language.negations, random)


def over_modal(quotation: Quotation, random: Random) -> Elided | None:
    """One that leaves out a "may" or a "must"."""
    return _over(quotation, lambda language: frozenset(language.modals), random)


def over_condition(quotation: Quotation, random: Random) -> Elided | None:
    """One that leaves out an "if"."""
    return _over(quotation, lambda language: language.conditions, random)


def over_subject(quotation: Quotation, random: Random) -> Elided | None:
    """One that leaves out who else acted: "Velia proposed ... signed the charter"."""
    if quotation.source.language.id != "en":
        return None
    for begin, end in _gaps(quotation, random):
        if any(_begins_clause(quotation, at) for at in range(begin, end)):
            return _of_sentence(quotation, begin, end, random)
    return None


def over_unit(quotation: Quotation, random: Random) -> Elided | None:
    """One that leaves out what a figure counts: "€18.5 ... from fees" of "€18.5 million came from fees"."""
    units = quotation.source.language.measures
    for begin, end in _gaps(quotation, random):
        before, first = (_text(quotation.source, quotation.sentence[at]) for at in (begin - 1, begin))
        if before[-1].isdecimal() and first.casefold() in units:
            return _of_sentence(quotation, begin, end, random)
    return None


def across_sentences(quotation: Quotation, random: Random) -> Elided | None:
    """A part of one sentence and a part of a later one."""
    source = quotation.source
    later = [row for row in source.words_by_sentence if row[0][0] > quotation.sentence[-1][1]]
    return _of_two(source, quotation.places, random.choice(later), random) if later else None


def across_neighbours(quotation: Quotation, random: Random) -> Elided | None:
    """The last words of a sentence and the first of the next."""
    source = quotation.source
    later = [row for row in source.words_by_sentence if row[0][0] > quotation.sentence[-1][1]]
    if not later:
        return None
    count = random.randint(1, 3)
    return _of_two(source, quotation.sentence[-random.randint(3, 5) - count : -count], later[0][:8], random)


def backwards(quotation: Quotation, random: Random) -> Elided | None:
    """The later part first."""
    for begin, end in _gaps(quotation, random):
        before, after = _span(quotation.sentence[:begin]), _span(quotation.sentence[end:])
        return _elided(quotation.source, after, before, random)
    return None


def twice(quotation: Quotation, random: Random) -> Elided | None:
    """Two elisions in one sentence, where one is what a reader can follow."""
    words = quotation.sentence
    if len(words) < 10:
        return None
    first = random.randint(2, len(words) - 8)
    second = random.randint(first + 3, len(words) - 4)
    parts = [_span(words[first - 2 : first]), _span(words[first + 1 : second]), _span(words[second + 1 :])]
    text = quotation.source.text
    pieces = [text[start:end] for start, end in parts]
    if any(quotation.source.count(piece) != 1 for piece in pieces):
        return None
    return Elided(f" {random.choice(MARKS)} ".join(pieces), tuple(parts))


def _over(quotation: Quotation, sought: Callable[[Language], frozenset[str]], random: Random) -> Elided | None:
    language = quotation.source.language
    for begin, end in _gaps(quotation, random):
        if language.has_one_of(sought(language), _gap(quotation, begin, end)):
            return _of_sentence(quotation, begin, end, random)
    return None


def _gaps(quotation: Quotation, random: Random) -> Iterator[tuple[int, int]]:
    """A few places for a gap in the sentence: indexes of its first word and of the one after its last."""
    words = quotation.sentence
    if len(words) < 2 * FEWEST + 1:
        return
    for _ in range(8):
        begin = random.randint(FEWEST, len(words) - FEWEST - 1)
        yield begin, random.randint(begin + 1, min(begin + LONGEST_GAP, len(words) - FEWEST))


def _gap(quotation: Quotation, begin: int, end: int) -> str:
    return quotation.source.text[quotation.sentence[begin - 1][1] : quotation.sentence[end][0]]


def _matters(quotation: Quotation, begin: int, end: int) -> bool:
    """Whether what is left out may change what is said: rather too often than too seldom."""
    gap, language = _gap(quotation, begin, end), quotation.source.language
    words = language.negations | frozenset(language.modals) | language.conditions | language.doubtful | language.measures
    says_so = language.has_one_of(words, gap)
    return (
        says_so
        or any(each in gap for each in (*"\n;:?!—…", "..."))
        or _ends_a_sentence(gap)
        or (language.id == "th" and " " in gap)
    )


def _ends_a_sentence(gap: str) -> bool:
    return any(word[-1] in _STOPS and len(word) > 1 for word in gap.split())


def _names_somebody(quotation: Quotation, begin: int, end: int) -> bool:
    """Whether a name or a pronoun is left out: who does what then follows may be somebody else."""
    words = [_text(quotation.source, word) for word in quotation.sentence[begin:end]]
    return any(word[:1].isupper() or word in quotation.source.names or word.casefold() in _PRONOUNS for word in words)


def _begins_clause(quotation: Quotation, at: int) -> bool:
    """Whether the word is the subject of a clause of its own: ", and Ostria signed"."""
    words, source = quotation.sentence, quotation.source
    name, before, after = (_text(source, words[place]) for place in (at, at - 1, at + 1))
    comma = source.text[words[at - 2][1] : words[at - 1][0]].startswith(",")
    return name in source.names and before in _JOINS and comma and after.islower()


def _cuts_figure(quotation: Quotation, begin: int, end: int) -> bool:
    """Whether a gap begins right after a figure, or ends in one or right before one: then what it counts is not what it did."""
    language = quotation.source.language
    sides = (_text(quotation.source, quotation.sentence[at]) for at in (begin - 1, end - 1, end))
    return any(word.casefold() in language.numbers or any(map(str.isdecimal, word)) for word in sides)


def _of_sentence(quotation: Quotation, begin: int, end: int, random: Random) -> Elided | None:
    """The words before the gap and those after it, as many of each as chance will have."""
    words = quotation.sentence
    first = random.randint(max(0, begin - 8), begin - FEWEST)
    last = random.randint(end + FEWEST, min(len(words), end + 8))
    return _elided(quotation.source, _span(words[first:begin]), _span(words[end:last]), random)


def _of_two(source: Source, one: tuple[Span, ...], other: tuple[Span, ...], random: Random) -> Elided | None:
    """The first words of a run and the last of another."""
    if len(one) < FEWEST or len(other) < FEWEST:
        return None
    return _elided(
        source, _span(one[: random.randint(FEWEST, len(one))]), _span(other[-random.randint(FEWEST, len(other)) :]), random
    )


def _elided(source: Source, before: Span, after: Span, random: Random) -> Elided | None:
    """Both parts with a mark between them; None where one stands elsewhere in the text, too, or has such a mark itself."""
    pieces = source.text[slice(*before)], source.text[slice(*after)]
    if any(source.count(piece) != 1 or "..." in piece or "…" in piece for piece in pieces):
        return None
    setting = " {} " if pieces[0].endswith(".") else random.choice((" {} ", "{} ", " {}", "{}"))
    return Elided(setting.format(random.choice(MARKS)).join(pieces), (before, after))


def _span(words: tuple[Span, ...]) -> Span:
    return words[0][0], words[-1][1]


def _text(source: Source, word: Span) -> str:
    return source.text[slice(*word)]


ELSEWHERE = frozenset(("fa", "hi", "ja", "ko", "th", "zh"))
HONEST: dict[str, Elision] = {
    "elided: en fr de es ru uk ar": honest_in_europe_and_arabic,
    "elided: fa hi th zh ja ko": honest_elsewhere,
}
MISLEADING: dict[str, Elision] = {
    "elided over a negation": over_negation,
    "elided over a modal": over_modal,
    "elided over a condition": over_condition,
    "elided over another subject": over_subject,
    "elided between a figure and its unit": over_unit,
    "elided across sentences": across_sentences,
    "elided across neighbouring sentences": across_neighbours,
    "elided backwards": backwards,
    "elided twice": twice,
}
