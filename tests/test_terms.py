"""What code reads in the sentence of copied words of the terms of a move: to whom, for what, on what condition, until when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summarizer.acts import ActName, as_act
from summarizer.document import Document, Passage
from summarizer.grounding import ground
from summarizer.reading import split_sentences
from summarizer.schema import Claim, GroundedClaim


def read(
    text: str, party: str, words: str, act: ActName, *, addressees: tuple[str, ...] = (), language: str = "en"
) -> GroundedClaim:
    """What becomes of words copied from the last sentence of a text."""
    document = Document(text, language=language)
    last = split_sentences(document)[-1]
    made = as_act(Claim("position", (party,), Passage(last.start, last.text, (last,)), words=words), act)
    (item,) = ground([replace(made, addressees=addressees)], document).grounded
    return item


@pytest.mark.parametrize(
    ("text", "words", "addressees"),
    [
        ("Velia urged Ostria to free the crew.", "free the crew", ("Ostria",)),
        ("Velia urged Ostria to free the crew and to return the ship.", "return the ship", ("Ostria",)),
        ("Velia urged our own fishermen to stay in port.", "stay in port", ("our own fishermen",)),
        ("Velia called on Monday on both sides to respect the truce.", "respect the truce", ("both sides",)),
        ("Velia appealed to the rebels and the army to stop.", "stop", ("rebels", "army")),
        ("Velia urged the Council, Norland and Ostria to act at once.", "act at once", ("Council", "Norland", "Ostria")),
        ("Velia asked the bank for a loan.", "a loan", ("bank",)),
        ("Velia has been pressing since Monday for the government to step in.", "the government to step in", ("government",)),
        ("Velia wants Ivo Mark to resign.", "Ivo Mark to resign", ("Ivo Mark",)),
        ("Velia gave Ostria until Sunday to reopen the bridge.", "reopen the bridge", ("Ostria",)),
        ("Velia wrote to the Council, asking for a session.", "asking for a session", ("Council",)),
        ("Velia demanded that the 4th Brigade leave the port.", "the 4th Brigade leave the port", ("4th Brigade",)),
        ("Velia insisted that Ostria must leave.", "Ostria must leave", ("Ostria",)),
        ("Velia said that Ostria has a special responsibility to act.", "responsibility to act", ("Ostria",)),
        ("Velia called for an end to Ostria's raids.", "an end to Ostria's raids", ("Ostria",)),
        ("Velia demanded Ivo Mark's resignation.", "demanded Ivo Mark's resignation", ("Ivo Mark",)),
        ("Velia met the minister, Ivo Mark, and urged him to sign.", "sign", ("Ivo Mark",)),
        ("Ostria was urged by Velia to leave the port.", "leave the port", ("Ostria",)),
    ],
)
def test_of_whom_something_is_demanded_is_read_in_the_sentence(text: str, words: str, addressees: tuple[str, ...]) -> None:
    assert read(text, "Velia", words, "demands").claim.addressees == addressees


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Velia demands that night shifts be paid double.", "night shifts be paid double"),
        ("Velia said that Ostria should be included.", "Ostria should be included"),
        ("Velia insisted that Velia must keep the port.", "Velia must keep the port"),
        ("Velia asked for access to the prisons.", "access to the prisons"),
        ("Velia demanded the prisoner's release.", "the prisoner's release"),
        ("Velia urged Ostria to leave and Norland said that sanctions should be lifted.", "sanctions should be lifted"),
        ("Velia urged Ostria to leave and demanded that sanctions be lifted.", "sanctions be lifted"),
        ("Velia urged Ostria to leave, because the port must be closed.", "the port must be closed"),
        ("Velia told the News Agency any deal must be signed.", "any deal must be signed"),
    ],
)
def test_a_demand_that_names_nobody_has_no_addressee_whatever_the_model_named(text: str, words: str) -> None:
    item = read(text, "Velia", words, "demands", addressees=("Ostria",) if "Ostria" in text else ())
    assert item.claim.addressees == ()


def test_an_addressee_of_the_model_stays_where_a_pronoun_may_mean_it() -> None:
    text = "Velia said that it would press the regime until it changes its mind."
    item = read(text, "Velia", "until it changes its mind", "demands", addressees=("the regime",))
    assert item.claim.addressees == ("the regime",)


def test_an_addressee_that_the_sentence_does_not_tell_is_told_in_the_checks() -> None:
    item = read("Velia said that sanctions should go.", "Velia", "sanctions should go", "demands", addressees=("Norland",))
    reasons = [check.reason for check in item.checks if check.name == "reading"]
    assert reasons == ["the model had it addressed to 'Norland'; read as the sentence tells it"]


@pytest.mark.parametrize(
    ("text", "words", "stance"),
    [
        ("Velia welcomed the truce.", "the truce", "supports"),
        ("Velia condemned the truce.", "the truce", "opposes"),
        ("Velia said it cannot support the truce.", "cannot support the truce", "opposes"),
        ("Velia said the truce was a great step.", "the truce was a great step", "supports"),
        ("Velia said the truce was unfair.", "the truce was unfair", "opposes"),
        ("Velia said the truce was not a good step.", "the truce was not a good step", "opposes"),
        ("Velia said the truce was no hearing.", "the truce was no hearing", "opposes"),
        ("Velia said the truce of May was unfair.", "the truce of May", "opposes"),
        ("Velia said the truce began in May.", "the truce began in May", "neutral"),
        ("Velia said the truce could hold only if Ostria left.", "the truce could hold", "conditional"),
        ("Velia said the truce could hold provided that Ostria left.", "the truce could hold", "conditional"),
        ("Velia made its support conditional on the truce, it said.", "support conditional on the truce", "conditional"),
        ("Velia said a truce would not have come if Ostria had.", "a truce would not have come if Ostria had", "opposes"),
        ("Velia disputed that, saying the truce began in May.", "the truce began in May", "opposes"),
    ],
)
def test_a_stance_is_read_in_the_verb_and_the_words(text: str, words: str, stance: str) -> None:
    assert read(text, "Velia", words, "assesses").claim.stance == stance


@pytest.mark.parametrize(
    ("text", "words", "act", "status"),
    [
        ("Velia agreed to reopen the port.", "reopen the port", "acts", "agreed"),
        ("Velia did not agree to reopen the port.", "not agree to reopen the port", "agrees", "rejected"),
        ("Velia promised to reopen the port.", "reopen the port", "acts", "committed"),
        ("Velia refused to reopen the port.", "reopen the port", "acts", "rejected"),
        ("Velia agreed to a camp, but a kitchen was turned down.", "a kitchen", "agrees", "rejected"),
        ("Velia announced that the port would reopen.", "the port would reopen", "agrees", "announced"),
        ("Velia and Ostria are due to meet to agree a line.", "due to meet to agree a line", "agrees", "announced"),
        ("Velia will reopen the port.", "reopen the port", "commits", "announced"),
        ("Velia left open whether the port closes.", "whether the port closes", "leaves open", "pending"),
        ("Velia's talks collapsed without agreement.", "talks collapsed", "agrees", "failed"),
        ("Velia signed the treaty.", "signed the treaty", "agrees", "done"),
        ("Velia closed the port.", "closed the port", "commits", "done"),
    ],
)
def test_a_status_is_read_in_the_nearest_verb(text: str, words: str, act: ActName, status: str) -> None:
    assert read(text, "Velia", words, act).claim.outcome_status == status


@pytest.mark.parametrize(
    ("text", "words", "condition"),
    [
        ("Velia urged Ostria to leave unless a truce is signed.", "leave", "unless a truce is signed"),
        ("If Ostria stays, Velia demanded, the port must close.", "the port must close", "If Ostria stays"),
        ("Velia demanded a loan provided that the port stays open, it said.", "a loan", "provided that the port stays open"),
        ("Velia wants the port shut only if Ostria agrees.", "the port shut", "only if Ostria agrees"),
        (
            "Velia wants the port shut unless there is “a deed, not a word”.",
            "the port shut",
            "unless there is “a deed, not a word”",
        ),
        ("Velia asked Ostria if the port must close.", "the port must close", None),
        ("Velia wants the port shut, and Dorn said that it would agree if paid.", "the port shut", None),
    ],
)
def test_a_condition_is_the_phrase_of_the_sentence(text: str, words: str, condition: str | None) -> None:
    assert read(text, "Velia", words, "demands").claim.condition == condition


@pytest.mark.parametrize(
    ("text", "words", "deadline"),
    [
        ("Velia urged Ostria to leave the port by Sunday.", "leave the port", "by Sunday"),
        ("Velia urged Ostria to leave within six months.", "leave", "within six months"),
        ("Velia asked for a loan before the recess on 18 December.", "a loan", "before the recess on 18 December"),
        ("Velia gave Ostria until noon on Friday to leave.", "leave", "until noon on Friday"),
        ("Velia urged Ostria to free the crew without delay.", "free the crew", "without delay"),
        ("Velia asked for a list before the first bus leaves.", "a list", "before the first bus leaves"),
        ("Velia urged Ostria to report by Oct. 15 on the port.", "report by Oct. 15 on the port", "by Oct. 15"),
        ("Velia demanded access by night.", "access by night", None),
        ("Velia urged Ostria, backed by Norland, to leave.", "leave", None),
        ("Velia urged Ostria on Monday to leave.", "leave", None),
    ],
)
def test_a_time_limit_is_the_phrase_of_the_sentence(text: str, words: str, deadline: str | None) -> None:
    assert read(text, "Velia", words, "demands").claim.deadline == deadline


@pytest.mark.parametrize(
    ("text", "words", "timing"),
    [
        ("Velia promised to reopen the port on 1 March for 14 days.", "reopen the port", "on 1 March for 14 days"),
        ("Velia agreed on Tuesday to reopen the port.", "reopen the port", "on Tuesday"),
        ("On Monday, Velia ordered a halt.", "a halt", "On Monday"),
        ("Velia closed the port at 6 a.m. local time on Tuesday.", "closed the port", "at 6 a.m. local time on Tuesday"),
        ("Velia announced cuts from next week.", "cuts", "from next week"),
        ("Velia agreed to reopen the port, but not this week.", "reopen the port, but not this week", None),
        ("Velia agreed that a truce may last.", "a truce may last", None),
    ],
)
def test_a_time_is_the_phrase_of_the_sentence(text: str, words: str, timing: str | None) -> None:
    assert read(text, "Velia", words, "agrees").claim.timing == timing


LEVY = "Velia wants a port levy. The port levy is high. Ostria voted. "


@pytest.mark.parametrize(
    ("text", "words", "issue"),
    [
        ("Velia said the levy was unfair.", "the levy was unfair", "port levy"),
        ("Ostria welcomed a lower port levy.", "a lower port levy", "port levy"),
        ("Ostria said that the bridge was old.", "the bridge was old", None),
    ],
)
def test_an_issue_has_one_name_for_all_parties(text: str, words: str, issue: str | None) -> None:
    party = text.split()[0]
    assert read(f"{LEVY}{text}", party, words, "assesses").claim.issue == issue


def test_in_another_language_the_terms_stay_as_the_model_gave_them() -> None:
    text = "Velia fordert Ostria zum Abzug bis Sonntag auf."
    item = read(text, "Velia", "Ostria zum Abzug bis Sonntag auf", "demands", addressees=("Ostria",), language="de")
    assert (item.claim.addressees, item.claim.deadline) == (("Ostria",), None)


def test_the_terms_of_a_statement_that_a_model_wrote_stay_as_it_gave_them() -> None:
    document = Document("Velia urged Ostria to leave by Sunday.")
    (sentence,) = split_sentences(document)
    passage = Passage(0, sentence.text, (sentence,))
    made = Claim("demand", ("Velia",), passage, cites=(1,), statement="Velia urged Ostria to leave.", addressees=("Ostria",))
    (item,) = ground([made], document).grounded
    assert item.claim == made
