"""The web page of a briefing in a real browser: Debian's Chromium, driven by Playwright, with axe-core to judge it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from builders import answering, moves, report
from hostile import OWN, attack
from summarizer.briefing import Briefing
from summarizer.pipeline import summarise
from summarizer.rendering import render

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine: apt-get install chromium")

WIDE, PHONE = {"width": 1300, "height": 600}, {"width": 390, "height": 700}
RAIN = " ".join(f"It rained in the valley on day {day}, as it had on all the days before that one." for day in range(1, 60))
TEXT = f"Velia agreed to reopen the border. {RAIN}\nDorn said that Ostria must leave. Ostria refused to leave."
SENTENCES = 62
Opened = Callable[..., Page]


@cache
def briefing() -> Briefing:
    """Dorn's demand rests on the sentence before the last, far down; a claim about the last sentence is withheld."""
    nothing = [moves()] * (SENTENCES - 3)
    demand = moves(("Ostria must leave", "Dorn", "demands", "Ostria"))
    refusal = moves(("refused to leave", "Ostria", "refuses"), ("never said", "Dorn", "supports"))
    return summarise(report(TEXT), model=answering(moves(("reopen the border", "Velia", "agrees")), *nothing, demand, refusal))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser, tmp_path: Path) -> Iterator[Opened]:
    """Opens the page of a briefing from a file. It fails the test if the page asks for anything else, or if a script breaks."""
    asked: list[str] = []
    broken: list[str] = []
    contexts = []

    def open_page(made: Briefing | None = None, *, viewport: dict[str, int] = WIDE, place: str = "", **wishes: Any) -> Page:
        path = tmp_path / "page.html"
        path.write_text(render(made or briefing(), format="html"), encoding="utf-8", newline="")
        contexts.append(chromium.new_context(viewport=viewport, reduced_motion="reduce", **wishes))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on("console", lambda message: broken.append(message.text))
        page.on("dialog", lambda dialog: broken.append(dialog.message))
        page.goto(path.as_uri() + place)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert {url.partition("#")[0] for url in asked} == {(tmp_path / "page.html").as_uri()}
    assert broken == []


def lit(page: Page) -> list[str]:
    """Numbers of the sentences that are lit up."""
    return [str(each.get_attribute("data-number")) for each in page.locator(".sentence.lit").all()]


def chosen(page: Page) -> list[str]:
    return [each.inner_text() for each in page.locator(".card.chosen .id").all()]


def visible(page: Page) -> list[str]:
    """The statements of the cards that are not filtered out."""
    return [each.inner_text() for each in page.locator(".card:visible .statement").all()]


def is_in_view(page: Page, selector: str) -> bool:
    return bool(
        page.locator(selector).evaluate(
            "each => new Promise(done => new IntersectionObserver(([seen]) => done(seen.isIntersecting)).observe(each))"
        )
    )


def test_the_world_is_as_it_should_be() -> None:
    made = briefing()
    assert made.document.sentences == SENTENCES
    assert [item.id for item in made.items] == ["demand-1", "outcome-1", "outcome-2"]
    assert len(made.withheld) == 1


def test_choosing_an_item_lights_up_its_sentence_and_brings_it_into_view(opened: Opened) -> None:
    page = opened()
    assert not is_in_view(page, "#sentence-61")
    page.click("#item-1 .statement")
    assert (chosen(page), lit(page)) == (["demand-1"], ["61"])
    assert is_in_view(page, "#sentence-61")
    assert page.inner_text("#told") == "demand-1. Sentences lit up: 1."


def test_choosing_a_sentence_lights_up_its_items_and_brings_them_into_view(opened: Opened) -> None:
    page = opened()
    page.click("#item-1 .statement")
    page.evaluate("scrollTo(0, 0)")
    page.click("#sentence-62", position={"x": 40, "y": 8})
    assert (chosen(page), lit(page)) == (["outcome-2"], ["62"])
    assert is_in_view(page, "#item-3")


def test_links_lead_to_the_sentence_and_back(opened: Opened) -> None:
    page = opened()
    page.click("#item-1 .cite")
    assert page.url.endswith("#sentence-61")
    assert is_in_view(page, "#sentence-61")
    page.click("#sentence-62 .back")
    assert page.url.endswith("#source-3")
    assert is_in_view(page, "#source-3")
    assert (chosen(page), lit(page)) == (["outcome-2"], ["62"])


def test_a_link_from_elsewhere_to_an_item_chooses_it(opened: Opened) -> None:
    page = opened(place="#item-1")
    assert (chosen(page), lit(page)) == (["demand-1"], ["61"])


def test_a_demand_is_chosen_in_the_picture(opened: Opened) -> None:
    page = opened()
    page.click(".node.demand")
    assert chosen(page) == ["demand-1"]
    assert page.locator(".node.chosen").count() == 1


@pytest.mark.parametrize(
    ("choice", "statements"),
    [
        ({"kind": "demand"}, ["Dorn said that “Ostria must leave”."]),
        ({"state": "withheld"}, ["position of Dorn: never said"]),
        ({"state": "flagged"}, []),
        ({"party": "Velia"}, ["Velia agreed to “reopen the border”."]),
        ({"party": "Ostria", "kind": "outcome"}, ["Ostria refused to “leave”."]),
    ],
)
def test_items_are_filtered_by_party_kind_and_verdict(opened: Opened, choice: dict[str, str], statements: list[str]) -> None:
    page = opened()
    for name, wanted in choice.items():
        page.select_option(f"select[name={name}]", wanted)  # by value or by label
    assert visible(page) == statements
    assert page.inner_text("#shown") == f"{len(statements)} of 4 shown"
    page.click("#filters button")
    assert page.inner_text("#shown") == "4 of 4 shown"
    assert len(visible(page)) == 4


def test_where_filters_leave_nothing_the_page_says_so(opened: Opened) -> None:
    page = opened()
    page.select_option("select[name=state]", "flagged")
    assert page.locator(".none:visible").all_inner_texts() == ["None with these filters."] * 3


def test_a_link_to_an_item_that_is_filtered_out_shows_it_again(opened: Opened) -> None:
    page = opened()
    page.select_option("select[name=kind]", "outcome")
    page.click("details summary")
    page.click("details a")
    assert page.inner_text("#shown") == "4 of 4 shown"
    assert chosen(page) == ["demand-1"]


def test_source_sentences_are_left_out_on_demand(opened: Opened) -> None:
    page = opened()
    page.uncheck("input[name=sources]")
    assert page.locator(".sources q:visible").count() == 0
    assert page.locator(".sources .cite:visible").count() == 3


def test_everything_is_reached_with_the_keyboard(opened: Opened) -> None:
    page = opened()
    page.focus("#item-1 .cite")
    assert (chosen(page), lit(page)) == (["demand-1"], ["61"])
    page.keyboard.press("j")
    assert chosen(page) == ["outcome-1"]
    page.keyboard.press("k")
    assert chosen(page) == ["demand-1"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#sentence-61")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "[1]"
    assert lit(page) == ["61"]
    page.keyboard.press("Escape")
    assert (chosen(page), lit(page)) == ([], [])


def test_letters_typed_elsewhere_do_nothing(opened: Opened) -> None:
    page = opened()
    page.focus("select[name=kind]")
    page.keyboard.press("j")
    assert chosen(page) == []


def test_without_scripts_everything_is_there_and_links_lead_both_ways(opened: Opened) -> None:
    page = opened(java_script_enabled=False)
    assert len(visible(page)) == 4
    assert not page.is_visible("#filters")
    page.click("#item-1 .cite")
    assert page.url.endswith("#sentence-61")
    page.click("#sentence-61 .back")
    assert page.url.endswith("#source-1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(opened: Opened, scheme: str, viewport: dict[str, int]) -> None:
    page = opened(color_scheme=scheme, viewport=viewport)
    page.click("#item-1 .statement")
    found = Axe().run(page)
    assert [
        (each["id"], each["impact"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]
    ] == []


def test_dark_is_dark(opened: Opened) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    assert opened(color_scheme="light").evaluate(background) == "rgb(253, 253, 251)"
    assert opened(color_scheme="dark").evaluate(background) == "rgb(22, 24, 26)"


@pytest.mark.parametrize("made", [briefing, lambda: attack(OWN).briefing], ids=["calm", "hostile"])
def test_a_phone_need_not_scroll_sideways(opened: Opened, made: Callable[[], Briefing]) -> None:
    page = opened(made(), viewport=PHONE)
    assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]


def test_hostile_strings_do_nothing_in_a_browser(opened: Opened) -> None:
    page = opened(attack(OWN).briefing)
    for each in page.locator(".card, .sentence").all():
        each.dispatch_event("click")
    assert page.locator("script").count() == 1
    assert page.evaluate("document.title").startswith(attack(OWN).fields["headline"][:40])


INTRUDERS = """() => {
    addEventListener("securitypolicyviolation", (event) => (window.refused ??= []).push(event.effectiveDirective));
    const markup = '<img src="https://evil.example/x" onerror="window.ran = 1"><p style="color: red">';
    document.body.insertAdjacentHTML("beforeend", markup);
    const script = document.createElement("script");
    script.textContent = "window.ran = 1";
    document.body.append(script);
}"""


def test_what_is_not_ours_does_not_run_and_loads_nothing(chromium: Browser, tmp_path: Path) -> None:
    path, loaded, refused = tmp_path / "page.html", list[str](), list[str | None]()
    path.write_text(render(briefing(), format="html"), encoding="utf-8")
    with chromium.new_page() as page:
        page.on("requestfinished", lambda request: loaded.append(request.url))
        page.on("requestfailed", lambda request: refused.append(request.failure))
        page.goto(path.as_uri())
        page.evaluate(INTRUDERS)
        page.wait_for_function("window.refused?.length >= 4")
        assert sorted(page.evaluate("window.refused")) == ["img-src", "script-src-attr", "script-src-elem", "style-src-attr"]
        assert page.evaluate("window.ran") is None
    assert (loaded, refused) == ([path.as_uri()], ["csp"])


def test_on_paper_stand_the_items_and_the_whole_report_and_no_controls(opened: Opened) -> None:
    page = opened()
    pages = PdfReader(io.BytesIO(page.pdf())).pages
    text = " ".join(" ".join(each.extract_text() for each in pages).split())
    assert "Dorn said that “Ostria must leave”." in text
    assert "It rained in the valley on day 59" in text
    assert "show all" not in text
    assert "4 of 4 shown" in text
