"""Until when, and when: phrases of the sentence itself that say so of the copied words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from summarizer.grounding.corrections.terms.wording import Wording, phrase_at, terms
from summarizer.grounding.english import lexicon
from summarizer.grounding.english.sentence import EnglishSentence
from summarizer.grounding.languages import figure_words

_FIGURES = figure_words("en")
_UNITS, _TIMES = terms("time_units"), terms("times")
_PREPOSITIONS, _INSIDE = terms("time_prepositions"), terms("inside_times")
_ALONE, _BESIDE_UNITS = terms("alone"), terms("beside_units")
_LIMITS, _AT_ONCE = terms("limits"), terms("at_once")
_ZONES, _MANNERS, _DENYING = terms("zones"), terms("manners"), terms("denying")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DASH = 1
"""Tokens before the first word of a line of a list."""
_LONGEST_LIMIT = 12
"""Words of a limit that is no date: "before any further talks are held"."""

Span = tuple[int, int]
"""Places of the first word and after the last one."""


def deadline_of(wording: Wording) -> str | None:
    """Until when it is wanted: "by Sunday", "within six months", "before the recess", "at once"."""
    sentence = wording.sentence
    times = [span for span in _times_in(sentence) if not phrase_at(sentence, span[0], _MANNERS)]
    dated = [span for span in times if sentence.lower(span[0]) in _LIMITS]
    at_once = [(at, at + length) for at in range(len(sentence.tokens)) if (length := phrase_at(sentence, at, _AT_ONCE))]
    return _chosen(wording, sorted([*dated, *_clausal(wording, {"before"}, dated), *at_once]))


def timing_of(wording: Wording) -> str | None:
    """When it happens, or for how long: "on 1 March", "for 14 days", "until joint patrols are resumed"."""
    dated = list(_times_in(wording.sentence))
    return _chosen(wording, sorted([*dated, *_clausal(wording, {"before", "until"}, dated)]))


def past_time(sentence: EnglishSentence, at: int) -> int:
    """The place after the time that is told from here on ("since Monday"); the place itself where none is."""
    first = at + (sentence.lower(at) in _PREPOSITIONS)
    end = first
    while _is_time(sentence, end) or sentence.lower(end) in _INSIDE or _is_number(sentence, end) or _abbreviates(sentence, end):
        end += 1
    while end > first and not _is_time(sentence, end - 1) and not _is_date(sentence, end - 1):
        end -= 1
    named = [i for i in range(first, end) if _is_time(sentence, i)]
    if not named or (sentence.lower(at) == "for" and _is_year(sentence.lower(first))):  # "the budget for 2031"
        return at
    day = sentence.is_day(at) and not _is_number(sentence, at - 1)  # but "a letter of 2 March"
    alone = sentence.lower(at) in _ALONE or day or (sentence.lower(at) in _BESIDE_UNITS and named[0] == at + 1)
    return end if first > at or alone else at


def _chosen(wording: Wording, spans: Sequence[Span]) -> str | None:
    """The phrase in the words; else the one that goes on from them, stands right before them, or opens the sentence."""
    within = [span for span in spans if wording.first <= span[0] < wording.last]
    after = [span for span in spans if span[0] >= wording.last and wording.goes_on_to(span[0])]
    before = [span for span in spans if wording.clause <= span[0] and _leads_to(wording, span[1])]
    opening = [span for span in spans if span[0] <= _DASH and wording.sentence.word(span[1]) in (",", ":")]
    chosen = next(iter([*within, *after, *before, *opening]), None)
    return wording.sentence.span(*chosen) if chosen else None


def _leads_to(wording: Wording, at: int) -> bool:
    """Whether no mark and no new clause stands between this place and the words after it: "by Sunday to | leave"."""
    return at <= wording.first and not any(_turns(wording, i) for i in range(at, wording.first))


def _turns(wording: Wording, at: int) -> bool:
    another = wording.sentence.lower(at) == "and" and wording.sentence.lower(at + 1) != "to"
    return another or wording.is_stop(at)


def _times_in(sentence: EnglishSentence) -> Iterator[Span]:
    """The phrases that tell a time, in their order; one that goes on with another is one: "by noon on Friday"."""
    at = 0
    while at < len(sentence.tokens):
        end = at
        while (further := past_time(sentence, end)) > end:
            end = _past_addition(sentence, further)
        if end > at and sentence.lower(at - 1) not in _DENYING:
            yield at, end
        at = max(end, at + 1)


def _past_addition(sentence: EnglishSentence, at: int) -> int:
    """The place after what makes a time more exact: "at 6 a.m. local time", "on the night of the vote"."""
    if phrase_at(sentence, at, _ZONES):
        return at + 2
    if sentence.lower(at) == "of" and sentence.lower(at + 1) in lexicon.DETERMINERS and sentence.tokens[at + 2 :]:
        return at + 3
    return at


def _is_time(sentence: EnglishSentence, at: int) -> bool:
    word, capital = sentence.lower(at), sentence.word(at)[:1].isupper()
    if _FIGURES is None or not word:
        return False
    if word in _FIGURES.months or word in _FIGURES.weekdays:
        return capital
    return word in _TIMES or _FIGURES.units.get(word) in _UNITS or _is_year(word) or _is_clock(word)


def _is_clock(word: str) -> bool:
    hours, colon, minutes = word.partition(":")
    return bool(colon) and hours.isdigit() and minutes.isdigit()


def _abbreviates(sentence: EnglishSentence, at: int) -> bool:
    """Whether a point ends a month here: "Oct. 15"."""
    return sentence.word(at) == "." and _is_time(sentence, at - 1) and sentence.word(at + 1).isdigit()


def _is_year(word: str) -> bool:
    return len(word) == len("2000") and word.isdigit() and _FIRST_YEAR <= int(word) < _LAST_YEAR


def _is_date(sentence: EnglishSentence, at: int) -> bool:
    """Whether this is the day of a month: "May 15", "Oct. 15"."""
    month = at - 1 - _abbreviates(sentence, at - 1)
    return _is_number(sentence, at) and _is_time(sentence, month) and sentence.word(month)[:1].isupper()


def _is_number(sentence: EnglishSentence, at: int) -> bool:
    word = sentence.lower(at)
    known = _FIGURES is not None and (word in _FIGURES.numbers or word in _FIGURES.ordinals or word in _FIGURES.scales)
    return word[:1].isdigit() or known


def _clausal(wording: Wording, words: Collection[str], dated: Sequence[Span]) -> Iterator[Span]:
    """Limits that are no date: "before the first bus leaves", "until joint patrols are resumed"."""
    for at in range(len(wording.sentence.tokens)):
        if wording.sentence.lower(at) in words and not any(first <= at < last for first, last in dated):
            end = wording.up_to_stop(at)
            if 1 < end - at <= _LONGEST_LIMIT:
                yield at, end
