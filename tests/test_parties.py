"""One party per actor: who is meant by a name of an English report, what it is, and for whom it speaks."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies

from builders import answering, moves, report
from summarizer.grounding.english.roster import Roster, roster_of
from summarizer.grounding.english.states import states_in
from summarizer.pipeline import summarise
from summarizer.rendering import render
from summarizer.schema import Identity, PartyKind


def roster(text: str) -> Roster:
    return roster_of(text)


@pytest.mark.parametrize(
    ("text", "called", "name"),
    [
        ("Lena Dorn came. Dorn left.", "Dorn", "Lena Dorn"),
        ("Velian President Lena Dorn came. President Dorn left.", "President Dorn", "Lena Dorn"),
        ("Kessara's trade minister Oren Taviss left.", "Kessara's trade minister Oren Taviss", "Oren Taviss"),
        ("The president, Ivo Mark, left. The president was late.", "the president", "Ivo Mark"),
        ("Lena Dorn, Velia's prime minister, left.", "Velia’s prime minister", "Lena Dorn"),
        ("The mayor of Brev, Teo Lins, spoke. The mayor left.", "mayor", "Teo Lins"),
        ("“No,” said Ana Solv of the Institute for Peace.", "Ana Solv of the Institute", "Ana Solv"),
        ("CEO of the Harbour Council Ida Holm left.", "CEO of the Harbour Council Ida Holm", "Ida Holm"),
        ("The Union of Low Lands (ULL) came.", "ULL", "Union of Low Lands"),
        ("The Free Hill Command came. The FHC left.", "FHC", "Free Hill Command"),
        ("HELVAR spoke. Helvar left.", "HELVAR", "Helvar"),
        ("Velia's envoy, Idris al-Hareth, left. Al-Hareth spoke.", "al-Hareth", "Idris al-Hareth"),
        ("Moscow refused.", "Moscow", "Russia"),
        ("The Kremlin refused. Russia went on.", "the Kremlin", "Russia"),
        ("The White House refused. The U.S. went on.", "White House", "U.S."),
        ("Ostrin, the Velian capital, refused. Velia went on.", "Ostrin", "Velia"),
        ("Officials at the interior ministry met. The ministry refused.", "ministry", "interior ministry"),
        ("Men of the Federation of Port and Rail Staff met.", "federation", "Federation of Port and Rail Staff"),
        ("The aid group Bread and Shelter came.", "group Bread", "Bread and Shelter"),
        ("Corval Construction came. Corval left.", "Corval", "Corval Construction"),
        ("The mediator’s offer stood.", "mediator’s", "mediator"),
        ("Velia's opposition Civic Union came.", "Velia's opposition Civic Union", "Civic Union"),
    ],
)  # fmt: skip
def test_a_name_means_the_party_that_the_report_tells(text: str, called: str, name: str) -> None:
    assert roster(text).parties_called(called, before=len(text)) == (name,)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Lena Dorn met Ivo Dorn. Dorn left.", "Dorn"),
        ("A Velian official spoke. Another official left.", "official"),
        ("The contact group met. The Group of Sixty left.", "group"),
        ("The South was wet.", "South"),
        ("The Russians left. Russia stayed.", "Russians"),
        ("Corval Construction came. In Corval it rained.", "Corval"),
        ("Minister Lena Dorn met Minister Ivo Mark. The minister left.", "minister"),
    ],
)
def test_a_name_that_may_mean_another_stays_what_it_is(text: str, called: str) -> None:
    assert roster(text).parties_called(called) == (called,)


def test_of_several_ministries_the_ministry_is_the_one_named_last() -> None:
    text = "The labour ministry met the interior ministry. The ministry refused."
    assert roster(text).parties_called("ministry", before=len(text)) == ("interior ministry",)
    assert roster(text).parties_called("ministry", before=30) == ("labour ministry",)


@pytest.mark.parametrize(
    ("text", "called", "names"),
    [
        ("Velia and its Western allies came. Velia left.", "Velia and its Western allies", ("Velia", "Western allies")),
        ("Velia and Ostria came. Velia left. Ostria too.", "Velia and Ostria", ("Velia", "Ostria")),
        ("Ada Holm left. Holm and Velia's premier, Lena Dorn, met.", "Holm and Velia's premier", ("Ada Holm", "Lena Dorn")),
        ("Bosnia and Herzegovina left. Bosnia came.", "Bosnia and Herzegovina", ("Bosnia and Herzegovina",)),
        ("Coast and Country came. Coast and Country left.", "Coast and Country", ("Coast and Country",)),
        ("The Union of Port and Rail Staff came.", "Union of Port and Rail Staff", ("Union of Port and Rail Staff",)),
    ],
)  # fmt: skip
def test_those_named_together_are_each_a_party_but_a_joint_name_is_one(text: str, called: str, names: tuple[str, ...]) -> None:
    assert roster(text).parties_called(called) == names


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Russian President Vladimir Rehn came.", Identity("Vladimir Rehn", "person", "President", "Russia")),
        ("The former Russian President Vladimir Rehn came.", Identity("Vladimir Rehn", "person", "former President", None)),
        ("Lena Dorn, Velia's prime minister, left.", Identity("Lena Dorn", "person", "prime minister", "Velia")),
        ("The Minister of Trade of Valdre, Ada Linde, left.", Identity("Ada Linde", "person", "Minister of Trade", "Valdre")),
        ("European Commission President Ida Holm left.", Identity("Ida Holm", "person", "President", "European Commission")),
        ("“No,” said Nela Brandt, a beekeeper.", Identity("Nela Brandt", "person", None, None)),
        ("The Russian Foreign Ministry left.", Identity("Russian Foreign Ministry", "government_body", None, "Russia")),
        ("The Velian cabinet left Velia.", Identity("Velian cabinet", "government_body", None, "Velia")),
        ("Velia's justice ministry left.", Identity("Velia's justice ministry", "government_body", None, "Velia")),
        ("The European Commission left.", Identity("European Commission", "government_body", None, "European Union")),
        ("Russian troops left.", Identity("Russian troops", "armed_group", None, "Russia")),
        ("U.S. officials left.", Identity("U.S. officials", "group", None, "U.S.")),
        ("U.S. allies left.", Identity("U.S. allies", "group", None, None)),
        ("A Velian official left Velia.", Identity("Velian official", "person", None, "Velia")),
        ("Velia's opposition Civic Union left.", Identity("Civic Union", "organisation", None, None)),
        ("The State Department of the U.S. left.", Identity("State Department", "government_body", None, "U.S.")),
    ],
)  # fmt: skip
def test_a_party_is_known_by_kind_role_and_for_whom_it_speaks(text: str, identity: Identity) -> None:
    assert roster(text).identity(identity.name) == identity


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ukraine", "state"),
        ("NATO", "bloc"),
        ("United Nations", "organisation"),
        ("Supreme Court of Velia", "government_body"),
        ("Harbour Workers Union", "organisation"),
        ("Corval Ltd", "company"),
        ("Hill Militia", "armed_group"),
        ("analysts", "group"),
        ("Brev", "other"),
    ],
)
def test_what_a_party_is_can_be_seen_by_its_name(name: str, kind: PartyKind) -> None:
    assert roster(f"{name} came.").identity(name).kind == kind


def test_whom_others_speak_for_is_a_party_for_reference_and_the_page_says_so() -> None:
    text = report("Velian President Lena Dorn demanded a truce. Dorn left Velia.")
    made = summarise(text, model=answering(moves(("a truce", "Velian President Lena Dorn", "demands")), moves()))
    assert [(party.id, party.name, party.kind, party.represents) for party in made.parties] == [
        ("party-1", "Lena Dorn", "person", "party-2"),
        ("party-2", "Velia", "state", None),
    ]
    assert "- Lena Dorn, President, for Velia (also Velian President Lena Dorn)\n- Velia, state\n" in render(made)


WORDS = [
    "the",
    "Velia",
    "Velian",
    "President",
    "of",
    "and",
    "Dorn",
    "Mr",
    "’s",
    ",",
    "(ULL)",
    "ministry",
    "said",
    "US",
    "\n",
    "$5",
    "Head",
]
TEXTS = strategies.lists(strategies.sampled_from(WORDS), max_size=25).map(" ".join)


@given(text=TEXTS, called=TEXTS)
def test_whatever_is_called_a_party_has_a_name_and_an_identity(text: str, called: str) -> None:
    who = roster(text)
    assert all(who.identity(name).name == name for name in who.parties_called(called, before=len(text)))


def test_a_city_that_is_called_the_capital_of_a_people_is_its_state() -> None:
    states = states_in("Talks began in Paris, the French capital. France called for a truce.")
    assert (states.called("Paris"), states.called("France")) == ("France", "France")
