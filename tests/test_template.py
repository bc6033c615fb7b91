"""Pages by a template of the user's own, and pages of another length."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import answering, moves, report
from hostile import OWN, attack
from summarizer.briefing import Briefing
from summarizer.errors import UsageError
from summarizer.pipeline import summarise
from summarizer.rendering import Look, render
from summarizer.rendering.controls import pictured
from summarizer.rendering.outline import outline
from summarizer.rendering.template import Template

TEXT = "Velia agreed to reopen the border. Dorn said that Ostria must leave. Dorn welcomed rain. Velia demands fish."


def briefing() -> Briefing:
    answers = (
        moves(("reopen the border", "Velia", "agrees")),
        moves(("Ostria must leave", "Dorn", "demands", "Ostria"), ("never said", "Dorn", "supports")),
        moves(("welcomed rain", "Dorn", "supports")),
        moves(),
    )
    made = summarise(report(TEXT), model=answering(*answers))
    positions = tuple(position.model_copy(update={"core": False}) for position in made.positions)
    return made.model_copy(update={"positions": positions})


def filled(tmp_path: Path, source: str, made: Briefing | None = None, *, name: str = "page.md.j2") -> str:
    (tmp_path / name).write_text(source)
    return Template(tmp_path / name).page(outline(made or briefing()))


def test_a_template_is_filled_in_from_the_briefing_and_from_its_page(tmp_path: Path) -> None:
    source = "{{ briefing.summary[0].items | join }} {{ page.sections[1].entries[0].sources[0].place[0] }}"
    assert filled(tmp_path, source) == "outcome-1 sentence 2"


def test_what_the_contract_calls_schema_and_prompts_is_called_so(tmp_path: Path) -> None:
    source = (
        "{{ briefing.provenance.schema | length }} {{ briefing.provenance.prompts | list | join }} {{ page.wording.demands }}"
    )
    assert filled(tmp_path, source) == "64 passage-v1 Demands"


@pytest.mark.parametrize(
    "source",
    [
        "{{ nothing }}",
        "{{ briefing.__class__ }}",
        "{{ briefing.parse_file('x') }}",
        "{{ briefing.model_dump() }}",
        "{{ briefing.parties.append(1) }}",
        "{% include 'other' %}",
        "{% for x in range(10 ** 9) %}{% endfor %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ '%s'.format.__globals__ }}",
    ],
)
def test_a_template_gets_at_nothing_but_the_briefing(source: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'page\.md\.j2' cannot be filled in"):
        filled(tmp_path, source)


def test_a_file_that_is_no_template_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none that Jinja can read"):
        filled(tmp_path, "{% if %}")
    (tmp_path / "bytes.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        Template(tmp_path / "bytes.j2")


@pytest.mark.parametrize("name", ["page.html", "page.html.j2", "page.XML", "page.svg.jinja"])
def test_a_template_that_is_called_like_markup_escapes_what_is_filled_in(name: str, tmp_path: Path) -> None:
    made = briefing().model_copy(update={"headline": "<script>\x1b</script>"})
    assert filled(tmp_path, "<h1>{{ briefing.headline }}</h1>", made, name=name) == "<h1>&lt;script&gt;␛&lt;/script&gt;</h1>"


def test_the_markdown_filter_escapes_for_markdown(tmp_path: Path) -> None:
    made = briefing().model_copy(update={"headline": "[x](y) <b>"})
    assert filled(tmp_path, "{{ page.headline | markdown }}", made) == "\\[x\\]\\(y\\) \\<b\\>"


def test_nothing_that_is_filled_in_is_a_template_or_a_control_character(tmp_path: Path) -> None:
    for string in OWN:
        made = attack([string], numbered=False)
        page = filled(tmp_path, "{{ briefing.headline }}|{{ page.parties[0].party.name }}", made.briefing)
        assert page == f"{pictured(made.fields['headline'])}|{pictured(made.fields['name 1'])}"


def test_a_short_page_has_the_core_items_and_says_how_much_is_not_on_it() -> None:
    page = outline(briefing(), length="short")
    assert [[entry.item.id for entry in section.entries] for section in page.sections] == [[], ["demand-1"], ["outcome-1"]]
    assert [section.more for section in page.sections] == ["Not on this page: 1 more.", "", ""]
    assert [line.party.name for line in page.parties] == ["Velia", "Dorn", "Ostria"]
    assert page.withheld == ()
    assert page.withheld_because == "Claims that the source does not carry, not on this page: 1."
    assert "Not on this page: 1 more." in render(briefing(), look=Look(length="short"))
    assert "None found." not in render(briefing(), look=Look(length="short"))


def test_a_full_page_tells_of_each_check_and_of_what_was_passed_over() -> None:
    page = outline(briefing(), length="full")
    checks = page.sections[1].entries[0].checks
    assert checks[0] == "Check evidence: passed. the words stand in the source"
    assert page.passed_over == ("Sentence 4: Velia demands fish.",)
    assert "- Sentence 4: Velia demands fish.\n" in render(briefing(), look=Look(length="full"))


def test_a_page_is_of_standard_length_unless_asked() -> None:
    made = briefing()
    assert render(made, look=Look(length="standard")) == render(made)
