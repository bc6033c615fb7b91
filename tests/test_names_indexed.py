"""The shortcuts by which names are compared and looked up: they give what the long way gives."""

from __future__ import annotations

import re
from itertools import product

import pytest

from summarizer.grounding.english.mentions import mentions
from summarizer.grounding.english.offices import is_named, mention_keys, name_keys
from summarizer.grounding.naming import party_keys, places_of, same_party

NAMES = (
    "Velia", "Velian", "Velians", "the Velian government", "Velia's government", "Lena Dorn", "Dorn", "President Dorn",
    "Mrs Dorn", "Dorns", "United Port Workers", "UPW", "Union of Port Workers", "UPW's", "Russia", "Moscow", "the Kremlin",
    "Russian", "Labour", "the Labour Party", "the Supreme Court", "the court", "Court", "European Union", "EU", "Brussels",
    "the Ministry of Foreign Affairs", "MFA", "Foreign Ministry", "Ostrese", "Ostra", "Bread and Shelter", "", "the",
)  # fmt: skip
SENTENCE = (
    "The Supreme Court of Velia, the UPW (United Port Workers), Velia's foreign minister Lena Dorn, the Ministry of Foreign"
    " Affairs (MFA) of Russia, the court, President Dorn of the European Union and the Labour Party met Velian troops."
)


def test_two_names_of_one_party_share_a_key() -> None:
    one_party = [(one, other) for one, other in product(NAMES, NAMES) if same_party(one, other)]
    assert len(one_party) > len(NAMES)
    assert [pair for pair in one_party if party_keys(pair[0]).isdisjoint(party_keys(pair[1]))] == []


def test_a_mention_shares_a_key_with_each_name_of_its_party() -> None:
    named = [(mention, name) for mention, name in product(mentions(SENTENCE), NAMES) if is_named(mention, name)]
    assert named
    assert [pair for pair in named if mention_keys(pair[0]).isdisjoint(name_keys(pair[1]))] == []


@pytest.mark.parametrize("name", ["Dorn", "Lena Dorn", "U.S.", "Dorn Jr.", "aa", "-", "Élan"])
def test_a_name_stands_where_a_pattern_of_whole_words_finds_it(name: str) -> None:
    text = "Dorn, Lena Dorn's Dorns_ Dorn\u00b2 U.S. U.S.A aa aaa aa-aa - Élan Élané Dorn Jr. Dorn Jr.s DornDorn Dorn"
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    assert list(places_of(name, text)) == [match.start() for match in re.finditer(pattern, text)]
