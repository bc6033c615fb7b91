"""Screenshots of the example web page, as Debian's Chromium shows it: on a desk, in the dark, on a phone, filtered.

    python benchmarks/screenshots.py docs/examples/ceasefire-call.html

writes `ceasefire-call-desk.png` and so on beside the page. Needs the `test` extra and `apt-get install chromium`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright


def main(path: Path) -> None:
    """Take all screenshots of the page at this path."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        desk = opened(browser, path, width=1200)
        desk.locator("#item-6 .statement").click()
        taken(desk, path, "desk")
        desk.select_option("select[name=party]", label="Ukraine")
        desk.select_option("select[name=kind]", "demand")
        desk.evaluate("document.getElementById('picture').scrollIntoView()")
        taken(desk, path, "filtered")
        dark = opened(browser, path, width=1200, dark=True)
        dark.evaluate("document.getElementById('stances').scrollIntoView()")
        dark.locator("a.stance").first.focus()
        taken(dark, path, "dark")
        phone = opened(browser, path, width=390)
        phone.locator("#item-6 .statement").click()
        taken(phone, path, "phone")
        browser.close()


def opened(browser: Browser, path: Path, *, width: int, dark: bool = False) -> Page:
    """The page in a window of this width."""
    page = browser.new_page(
        viewport={"width": width, "height": 760}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    page.goto(path.resolve().as_uri())
    return page


def taken(page: Page, path: Path, name: str) -> None:
    """Write what the window shows now."""
    page.screenshot(path=path.with_name(f"{path.stem}-{name}.png"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
