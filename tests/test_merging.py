"""One party per name, one item per move."""

from __future__ import annotations

from dataclasses import replace

import pytest

from builders import report
from summarizer.document import Document, Passage
from summarizer.grounding import ground
from summarizer.merging import Merged, merge
from summarizer.reading import split_sentences
from summarizer.schema import Claim, Kind

TEXT = report("Lena Dorn of Velia agreed to reopen the border. Dorn agreed to reopen the border. Ostria must leave.")


def said(
    words: str, *, sentence: int, party: str, kind: Kind = "outcome", document: Document = TEXT, **values: object
) -> Claim:
    chosen = split_sentences(document)[sentence - 1]
    made = Claim(kind, (party,), Passage(chosen.start, chosen.text, (chosen,)), words=words, verb="agreed")
    return replace(made, **values)  # type: ignore[arg-type]  # the fields of a Claim


def merged(*claims: Claim, document: Document = TEXT) -> Merged:
    grounding = ground(claims, document)
    assert not grounding.withheld
    return merge(grounding.grounded, document)


def test_the_same_move_told_twice_is_one_item_with_both_sentences_as_evidence() -> None:
    one = said("agreed to reopen the border", sentence=1, party="Dorn")
    two = said("agreed to reopen the border", sentence=2, party="Dorn")
    (item,) = merged(one, two).outcomes
    assert [evidence.sentence for evidence in item.evidence] == [1, 2]


def test_two_moves_on_one_sentence_stay_two() -> None:
    document = report("Dorn wants taxes cut and wants the border open.")
    claims = [said(words, sentence=1, party="Dorn", document=document) for words in ("taxes cut", "the border open")]
    assert len(merged(*claims, document=document).demands) == 2


def test_the_same_words_copied_twice_from_a_sentence_are_one_move() -> None:
    one = said("agreed to reopen the border", sentence=1, party="Lena Dorn")
    two = said("reopen the border", sentence=1, party="Lena Dorn", kind="position")
    result = merged(one, two)
    assert (len(result.outcomes), len(result.positions)) == (1, 0)


def test_two_parties_that_do_the_same_with_the_same_words_do_it_jointly() -> None:
    words = "agreed to reopen the border"
    result = merged(said(words, sentence=1, party="Lena Dorn"), said(words, sentence=1, party="Velia"))
    (item,) = result.outcomes
    assert item.parties == ("party-1", "party-2")
    assert item.statement == "Lena Dorn and Velia agreed to “reopen the border”."


@pytest.mark.parametrize("other", ["the Velia", "VELIA", "Velia’s", " Velia"])
def test_names_that_differ_in_case_article_or_possessive_are_one_party(other: str) -> None:
    document = report(f"Velia agreed. {other} came back.")
    claims = (
        said("agreed", sentence=1, party="Velia", document=document),
        said("came back", sentence=2, party=other, document=document),
    )
    result = merged(*claims, document=document)
    assert [party.name for party in result.parties] == ["Velia"]


def test_a_surname_is_the_party_whose_name_ends_in_it() -> None:
    result = merged(
        said("agreed to reopen", sentence=2, party="Dorn"), said("reopen the border", sentence=1, party="Lena Dorn")
    )
    (party,) = result.parties
    assert (party.name, party.aliases) == ("Lena Dorn", ("Dorn",))


def test_a_title_is_a_role_and_not_a_part_of_the_name() -> None:
    document = report("Velian President Lena Dorn came. President Dorn left. Dorn wrote.")
    claims = [
        said("came", sentence=1, party="Velian President Lena Dorn", document=document),
        said("left", sentence=2, party="President Dorn", document=document),
        said("wrote", sentence=3, party="Dorn", document=document),
    ]
    (party,) = merged(*claims, document=document).parties
    assert (party.name, party.role) == ("Lena Dorn", "Velian President")
    assert party.aliases == ("Velian President Lena Dorn", "President Dorn", "Dorn")


@pytest.mark.parametrize("name", ["President of Velia", "general staff", "King", "Leaders Forum", "Velia"])
def test_a_title_without_a_name_after_it_is_a_name(name: str) -> None:
    document = report(f"{name} came.")
    party, *_ = merged(said("came", sentence=1, party=name, document=document), document=document).parties
    assert (party.name, party.role) == (name, None)


def test_in_another_language_a_name_that_ends_one_other_is_that_one() -> None:
    document = Document("Lena Dorn kam. Dorn ging. Russia schwieg.", language="de")
    claims = [
        said("Lena Dorn kam", sentence=1, party="Lena Dorn", document=document),
        said("Dorn ging", sentence=2, party="Dorn", document=document),
        said("Russia schwieg", sentence=3, party="Russia", document=document),
    ]
    parties = merged(*claims, document=document).parties
    assert [(party.name, party.aliases, party.kind) for party in parties] == [
        ("Lena Dorn", ("Dorn",), "other"),
        ("Russia", (), "state"),
    ]


def test_a_name_that_ends_two_others_is_neither() -> None:
    document = report("North Velia came. South Velia went. Velia stayed.")
    claims = [
        said("North Velia came", sentence=1, party="North Velia", document=document),
        said("South Velia went", sentence=2, party="South Velia", document=document),
        said("Velia stayed", sentence=3, party="Velia", document=document),
    ]
    assert [party.name for party in merged(*claims, document=document).parties] == ["North Velia", "South Velia", "Velia"]


def test_items_are_numbered_by_kind_in_the_order_of_the_report() -> None:
    demand = said("must leave", sentence=3, party="Dorn", kind="demand", addressees=("Ostria",))
    outcome = said("reopen the border", sentence=1, party="Dorn")
    result = merged(demand, outcome, said("Dorn agreed", sentence=2, party="Dorn"))
    assert [item.id for item in result.items] == ["demand-1", "outcome-1", "outcome-2"]
    (only,) = result.demands
    assert [party.name for party in result.parties if party.id in only.addressees] == ["Ostria"]


def test_a_statement_that_the_model_wrote_is_kept() -> None:
    told = said("must leave", sentence=3, party="Ostria")
    made = replace(told, words=None, cites=(3,), statement="Ostria must leave.", core=True)
    (item,) = merged(made).outcomes
    assert (item.statement, item.core) == ("Ostria must leave.", True)


def test_nothing_gives_nothing() -> None:
    assert merged() == Merged((), (), (), ())


def test_what_and_joins_with_a_verb_of_its_own_is_another_move() -> None:
    document = report("Dorn regretted the delay and warned of a strike.")
    words = ("regretted the delay", "warned of a strike")
    claims = [said(each, sentence=1, party="Dorn", kind="position", document=document) for each in words]
    assert len(merged(*claims, document=document).positions) == 2


def test_what_has_no_verb_is_the_same_move_by_whatever_act_of_its_kind() -> None:
    document = report("Dorn signed the accord on Monday morning, without much joy.")
    one = said("signed the accord", sentence=1, party="Dorn", document=document)
    two = said("without much joy", sentence=1, party="Dorn", document=document, verb="refused", outcome_status="rejected")
    (item,) = merged(one, two, document=document).outcomes
    assert [evidence.quote for evidence in item.evidence] == ["signed the accord", "without much joy"]


def told_again(again: str) -> list[list[int]]:
    """The sentences of each outcome, where the first tells that Dorn closed ports and the second tells this."""
    document = report(f"Dorn closed three northern ports. On Monday Dorn {again}.")
    one = said("closed three northern ports", sentence=1, party="Dorn", document=document)
    two = said(again, sentence=2, party="Dorn", document=document)
    return [[each.sentence for each in item.evidence] for item in merged(one, two, document=document).outcomes]


@pytest.mark.parametrize(
    ("again", "items"),
    [
        ("closed the ports in the northern islands", [[1, 2]]),
        ("had not closed the northern ports", [[1], [2]]),
        ("closed 12 northern ports", [[1], [2]]),
        ("closed the embassy", [[1], [2]]),
    ],
)
def test_a_move_told_again_in_most_of_its_words_is_one_item(again: str, items: list[list[int]]) -> None:
    assert told_again(again) == items


@pytest.mark.parametrize(
    ("denial", "items"),
    [
        ("Dorn rejected the accusation", [[1, 2]]),
        ("Dorn denied this on Monday evening", [[1, 2]]),
        ("Dorn denied that ships were armed", [[1], [2]]),
    ],
)
def test_a_bare_denial_and_what_is_said_for_it_right_after_are_one_position(denial: str, items: list[list[int]]) -> None:
    document = report(f"{denial}. Dorn said the guards were asleep.")
    one = said(denial, sentence=1, party="Dorn", kind="position", document=document, verb="opposed")
    two = said("the guards were asleep", sentence=2, party="Dorn", kind="position", document=document, verb="said")
    found = merged(one, two, document=document).positions
    assert [[each.sentence for each in item.evidence] for item in found] == items
