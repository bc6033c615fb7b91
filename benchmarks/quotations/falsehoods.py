"""Quotations with other words than the text: more, fewer, others, in another order, or with another letter.

No operator looks whether the changed words happen to stand elsewhere in the text: `trials` does.
"""

from __future__ import annotations

import re
import unicodedata
from random import Random

from quotations.rewriting import Falsehood, edited, exchanged, replaced, straight, swapped, with_word, without_one_of
from quotations.texts import Quotation

_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")
_TWINS = dict(zip("aceopxyiABEHKMOPTX", "асеорхуіАВЕНКМОРТХ", strict=True))  # Latin to Cyrillic
_TWINS |= {cyrillic: latin for latin, cyrillic in _TWINS.items()}
_TWINS |= {"l": "Ӏ", "ー": "一", "ニ": "二", "カ": "力", "ν": "v", "0": "О", "1": "l"}
_LETTERS = ("abcdefghijklmnoprstuvw", "абвгдежзиклмнопрстуя", "ابتجحدرسعفقلمن", "कगचजटतनपबमरलवस", "กขคงจชดตถทนบปพมยรลวส")


def negation_inserted(quotation: Quotation, random: Random) -> str | None:
    """A "not" where there was none, also before the first word."""
    return with_word(quotation, random.randrange(len(quotation.words)), random.choice(quotation.source.language.inserted))


def negation_removed(quotation: Quotation, random: Random) -> str | None:
    """The "not" dropped from between the words."""
    language = quotation.source.language
    inner = range(1, len(quotation.words) - 1)
    words = straight(quotation.words)
    return without_one_of([at for at in inner if words[at].casefold() in language.negations], quotation, random)


def contradiction(quotation: Quotation, random: Random) -> str | None:
    """A word for its own denial, or the other way round: "can" and "can't", "binding" and "non-binding"."""
    return exchanged(quotation, quotation.source.language.contradictions, random)


def name_replaced(quotation: Quotation, random: Random) -> str | None:
    """A name for another name of the text."""
    names = quotation.source.names
    return exchanged(quotation, (names,), random)


def names_swapped(quotation: Quotation, random: Random) -> str | None:
    """Two names in each other's place."""
    named = [at for at, word in enumerate(quotation.words) if word in quotation.source.names]
    return swapped(quotation, *random.sample(named, 2)) if len(named) > 1 else None


def modal_changed(quotation: Quotation, random: Random) -> str | None:
    """May for must, will for could."""
    return exchanged(quotation, (quotation.source.language.modals,), random)


def word_dropped(quotation: Quotation, random: Random) -> str | None:
    """One word less, neither the first nor the last."""
    return without_one_of(range(1, len(quotation.words) - 1), quotation, random)


def word_added(quotation: Quotation, random: Random) -> str | None:
    """One word more."""
    return with_word(quotation, random.randrange(1, len(quotation.words)), random.choice(quotation.source.language.additions))


def word_replaced(quotation: Quotation, random: Random) -> str | None:
    """Another word of the text in the place of one."""
    at = random.randrange(len(quotation.words))
    return quotation.rewritten(replaced(quotation.words, at, random.choice(quotation.source.vocabulary)))


def opposite(quotation: Quotation, random: Random) -> str | None:
    """A word for its opposite."""
    return exchanged(quotation, quotation.source.language.opposites, random)


def words_swapped(quotation: Quotation, random: Random) -> str | None:
    """Two adjacent words in each other's place."""
    at = random.randrange(len(quotation.words) - 1)
    return swapped(quotation, at, at + 1)


def letter_changed(quotation: Quotation, random: Random) -> str | None:
    """One letter of a word for another of the same alphabet."""
    at = random.randrange(len(quotation.words))
    word = quotation.words[at]
    place = random.randrange(len(word))
    alphabet = next((letters for letters in _LETTERS if word[place] in letters), None)
    if alphabet is None:
        return None
    return quotation.rewritten(replaced(quotation.words, at, word[:place] + random.choice(alphabet) + word[place + 1 :]))


def mark_lost(quotation: Quotation, random: Random) -> str | None:
    """An accent, an umlaut, a vowel sign or a tone mark gone."""
    if quotation.source.language.id in ("ar", "fa"):  # where writers leave them out, and mean the same
        return None
    at = random.randrange(len(quotation.words))
    word = unicodedata.normalize("NFD", quotation.words[at])
    marks = [place for place, character in enumerate(word) if unicodedata.category(character) in ("Mn", "Mc")]
    if not marks or (quotation.source.language.id == "ru" and "\u0308" in word):  # ё is often written е
        return None
    place = random.choice(marks)
    return quotation.rewritten(replaced(quotation.words, at, unicodedata.normalize("NFC", word[:place] + word[place + 1 :])))


def twin_letter(quotation: Quotation, random: Random) -> str | None:
    """A letter of another script that looks the same: Cyrillic for Latin and the reverse."""
    at = random.randrange(len(quotation.words))
    word = quotation.words[at]
    places = [place for place, character in enumerate(word) if character in _TWINS]
    if not places:
        return None
    place = random.choice(places)
    return quotation.rewritten(replaced(quotation.words, at, word[:place] + _TWINS[word[place]] + word[place + 1 :]))


def capitals_changed(quotation: Quotation, random: Random) -> str | None:
    """US as us, Polish as polish, aids as AIDS: any word but the first that has letters in another case."""
    lettered = [at for at, word in enumerate(quotation.words) if any(map(str.isalpha, word))]
    if len(lettered) < 2:
        return None
    at = random.choice(lettered[1:])
    word = quotation.words[at]
    changed = word.lower() if word != word.lower() else random.choice((word.upper(), word.capitalize()))
    return quotation.rewritten(replaced(quotation.words, at, changed)) if changed != word else None


def first_word_in_capitals(quotation: Quotation, random: Random) -> str | None:
    """More of the first word in another case than its first letter."""
    word = quotation.words[0]
    changed = word.lower() if word.isupper() else word.upper()
    if changed[1:] == word[1:] or len(word) < 2:
        return None
    return quotation.rewritten(replaced(quotation.words, 0, changed))


def space_lost(quotation: Quotation, random: Random) -> str | None:
    """Two words as one, with or without something that no reader sees between them: "not able" as "notable"."""
    if quotation.source.language.id in ("ko", "th"):  # where writers space as they like, and mean the same
        return None
    return edited(quotation, _BETWEEN_WORDS, lambda _: random.choice(("", "\u200b", "\u200c", "\u200d", "\u2060")), random)


def space_gained(quotation: Quotation, random: Random) -> str | None:
    """One word as two: "nowhere" as "now here"."""
    at = random.randrange(len(quotation.words))
    word = quotation.words[at]
    if not quotation.source.language.space or quotation.source.language.id == "ko" or len(word) < 5 or not word.isalpha():
        return None
    place = random.randrange(2, len(word) - 1)
    return quotation.rewritten(replaced(quotation.words, at, f"{word[:place]} {word[place:]}"))


def apostrophe_changed(quotation: Quotation, random: Random) -> str | None:
    """It's as its, we're as were."""
    return edited(quotation, re.compile(r"(?<=[A-Za-z])['’](?=[a-z])"), lambda found: "", random)


def quotation_marks_lost(quotation: Quotation, random: Random) -> str | None:
    """What the text puts between quotation marks, as its own words."""
    inside = re.compile(r"(?<=\w )(?:“([^“”]+)”|‘([^‘’]+)’|«([^«»]+)»|\"([^\"]+)\")(?=[ ,.]+\w)")
    return edited(quotation, inside, lambda found: next(filter(None, found.groups())).strip(), random)


def question_turned(quotation: Quotation, random: Random) -> str | None:
    """A question as a statement, or the other way round."""
    text = quotation.text
    return text[:-1] + ("." if text[-1] == "?" else "?") if text[-1] in ".?" else None


def object_invented(quotation: Quotation, random: Random) -> str | None:
    """Something more at the end."""
    words = random.choice(quotation.source.language.objects)
    return quotation.text + quotation.source.language.space + words


def clauses_stitched(quotation: Quotation, random: Random) -> str | None:
    """Two parts of one sentence as one, with nothing to mark what was left out between them."""
    if len(quotation.words) < 7:
        return None
    first = random.randint(2, len(quotation.words) - 5)
    second = random.randint(first + 2, len(quotation.words) - 2)
    around = (*quotation.around[:first], quotation.source.language.space, *quotation.around[second + 1 :])
    return quotation.rewritten((*quotation.words[:first], *quotation.words[second:]), around)


def sentences_stitched(quotation: Quotation, random: Random) -> str | None:
    """The end of one sentence and the beginning of another as one."""
    other = random.choice(quotation.source.words_by_sentence)
    if other == quotation.sentence:
        return None
    text, (start, end) = quotation.source.text, (other[0][0], other[random.randrange(2, len(other))][1])
    own = text[quotation.start : quotation.places[-1][1]]
    return own + random.choice((quotation.source.language.space, ", ", "; ")) + text[start:end]


FALSEHOODS: dict[str, Falsehood] = {
    "negation inserted": negation_inserted,
    "negation removed": negation_removed,
    "contradicted": contradiction,
    "name replaced": name_replaced,
    "names swapped": names_swapped,
    "modal changed": modal_changed,
    "word dropped": word_dropped,
    "word added": word_added,
    "word replaced": word_replaced,
    "word for its opposite": opposite,
    "adjacent words swapped": words_swapped,
    "letter changed": letter_changed,
    "accent, vowel or tone mark lost": mark_lost,
    "letter of another script": twin_letter,
    "capitals changed inside": capitals_changed,
    "capitals of the first word changed": first_word_in_capitals,
    "space lost": space_lost,
    "space gained": space_gained,
    "apostrophe lost": apostrophe_changed,
    "quotation marks lost": quotation_marks_lost,
    "question for statement": question_turned,
    "object invented": object_invented,
    "clauses stitched": clauses_stitched,
    "sentences stitched": sentences_stitched,
}
