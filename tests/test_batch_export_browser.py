"""The list of the briefings of a run in a real browser: what it finds while one types, and where its links lead."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from builders import answering, moves
from kept_runs import BROKEN, keep_run, record
from summarizer.batch.exporting import export, pages
from summarizer.briefing import Briefing
from summarizer.document import Document
from summarizer.pipeline import summarise

CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine: apt-get install chromium")

CORPUS = (
    record("border", "Velia agreed to reopen the border.", title="The border reopens"),
    record("troops", "Dorn said that Ostria must leave. Velia agreed to reopen the harbour.", title="Œuvre for Erdoğan"),
    BROKEN,
    record("rain", "It rained.", title="<b>Rain</b> & sun"),
)
MOVES = {
    "Velia agreed to reopen the border.": [moves(("reopen the border", "Velia", "agrees"))],
    "It rained.": [moves()],
}
BOTH = [moves(("Ostria must leave", "Dorn", "demands", "Ostria")), moves(("reopen the harbour", "Velia", "agrees"))]


def brief(read: Document) -> Briefing:
    return summarise(read, model=answering(*MOVES.get(read.text, BOTH)))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    run = keep_run(tmp_path, CORPUS, brief)
    export(run, tmp_path / "pages", format="html")
    return tmp_path / "pages"


def opened(browser: Browser, page: Path, **wishes: Any) -> Page:
    """The page in a browser. Whatever breaks there, or is loaded but pages of the folder, ends the test."""
    tab = browser.new_context(**wishes).new_page()
    tab.on("pageerror", lambda error: pytest.fail(str(error)))
    tab.on("console", lambda message: pytest.fail(message.text))
    tab.goto(page.as_uri())
    return tab


def found(page: Page) -> list[str]:
    return page.locator("article:visible h2").all_text_contents()  # inner texts are those that are painted already


def lit(page: Page) -> list[str]:
    """The words that are lit up, as they stand on the page."""
    return [str(each) for each in page.evaluate("[...CSS.highlights.get('found')].map((each) => String(each))")]


def test_what_is_typed_is_found_in_headlines_parties_statements_and_sources(chromium: Browser, folder: Path) -> None:
    page = opened(chromium, folder / "index.html")
    border, troops, broken, rain = found(page)
    assert page.inner_text("#shown") == "4 of 4 shown"
    for words, expected in {
        "rain": [rain],
        "HARBOUR": [troops],
        "velia": [border, troops],
        "velia ostria": [troops],
        '"reopen the border"': [border],
        '"the reopen"': [],
        "erdogan": [troops],
        "reports.jsonl#rain": [rain],
        "<b>": [rain],
        "unread": [broken],
        " ": [border, troops, broken, rain],
    }.items():
        page.fill("input", words)
        assert (words, found(page)) == (words, expected)
    page.fill("input", "nowhere")
    assert page.is_visible("#none")
    assert page.inner_text("#shown") == "0 of 4 shown"


def test_what_was_found_in_statements_is_opened_and_lights_up_and_closes_again(chromium: Browser, folder: Path) -> None:
    page = opened(chromium, folder / "index.html")
    assert page.locator(".statements li:visible").count() == 0
    page.fill("input", "harbour")
    assert page.locator(".words:visible").all_text_contents() == ["Velia agreed to “reopen the harbour”."]
    assert lit(page) == ["harbour"]
    page.fill("input", "erdogan")
    assert lit(page) == ["Erdoğan"]
    page.fill("input", "")
    assert (page.locator(".statements li:visible").count(), lit(page)) == (0, [])


def test_only_what_failed_is_shown_on_demand(chromium: Browser, folder: Path) -> None:
    page = opened(chromium, folder / "index.html")
    page.select_option("select", "failed")
    assert page.locator("article:visible .failure").count() == page.locator("article:visible").count() == 1


def test_without_scripts_everything_is_there_and_links_lead_to_the_briefings(chromium: Browser, folder: Path) -> None:
    page = opened(chromium, folder / "index.html", java_script_enabled=False)
    assert len(found(page)) == 4
    assert not page.is_visible("form")
    page.click("summary >> nth=0")
    assert page.locator(".words:visible").all_text_contents() == ["Velia agreed to “reopen the border”."]
    page.click("article a >> nth=1")
    assert page.url.endswith("briefings/0001/000002-reports-troops.html")
    assert page.inner_text("h1") == "Œuvre for Erdoğan"


def test_links_to_other_lists_take_the_search_along(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ON_A_LIST", 1)  # as of 1,000
    export(keep_run(tmp_path, CORPUS, brief), tmp_path / "pages", format="html")
    page = opened(chromium, tmp_path / "pages" / "index.html")
    page.fill("input", '"the harbour" & ü')
    page.keyboard.press("Enter")
    page.wait_for_url("**/list/0001.html#*")
    assert found(page) == []
    page.fill("input", "harbour")
    page.click("a[rel=next]")
    page.wait_for_url("**/list/0002.html#*")
    assert page.input_value("input") == "harbour"
    assert len(found(page)) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 390])
def test_axe_finds_nothing_and_a_phone_need_not_scroll_sideways(
    chromium: Browser, folder: Path, scheme: str, width: int
) -> None:
    page = opened(chromium, folder / "index.html", color_scheme=scheme, viewport={"width": width, "height": 700})
    page.fill("input", "e")
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
